"""Read the values that front matter holds, whatever its dialect calls them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from digest.model import Image
from digest.sources.dates import Dated, parse_date
from digest.text.plain import clean

Fields = Mapping[str, object]

_DATES = ("date", "published", "pubdate", "publishdate", "publishedat", "datepublished")
_SUMMARIES = ("summary", "description", "excerpt", "deck")
_IMAGES = ("image", "cover", "featuredimage")
_ADDRESSES = ("src", "url", "image", "path")
_TRUE = frozenset({"true", "yes", "on", "1", "y"})
_FALSE = frozenset({"false", "no", "off", "0", "n"})
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LONGEST_MARK = 20
_LONGEST_TAG = 35  # RFC 5646, section 4.4.1
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def text(fields: Fields, *keys: str) -> str | None:
    """Return the first of *keys* that holds text, on one line, or ``None``."""
    for key in keys:
        value = fields.get(key)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            found = clean(html.unescape(_printed(value)))
            if found and found != "~":
                return found
    return None


def _printed(value: str | float) -> str:
    try:
        return str(value)
    except ValueError:  # an integer of more than 4,300 digits
        return ""


def summary(fields: Fields) -> str | None:
    """Return the author's own summary without tags."""
    found = text(fields, *_SUMMARIES)
    return clean(_TAG.sub("", found)) or None if found else None


def names(fields: Fields, *keys: str) -> tuple[str, ...]:
    """Return the names under the first of *keys* that has some.

    A string is split at its commas; of a list, each entry is a string or a table with a
    ``name``. Each name comes once.
    """
    for key in keys:
        found = tuple(dict.fromkeys(filter(None, map(clean, _strings(fields.get(key))))))
        if found:
            return found
    return ()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from map(html.unescape, value.split(","))
    elif isinstance(value, Mapping):
        yield from _strings(value.get("name"))
    elif isinstance(value, list):
        for entry in value:
            if isinstance(entry, str):
                yield html.unescape(entry)
            elif isinstance(entry, Mapping):
                yield str(entry.get("name") or "")


def published(fields: Fields, zone: ZoneInfo, languages: tuple[str, ...]) -> Dated | None:
    """Return the date under the first key that holds a readable one."""
    dates = (parse_date(fields.get(key), zone=zone, languages=languages) for key in _DATES)
    return next(filter(None, dates), None)


def is_draft(fields: Fields) -> bool:
    """Tell whether the author calls it a draft: Hugo's, Jekyll's and others' ways."""
    return (
        _word(fields, "draft") in _TRUE
        or _word(fields, "published") in _FALSE
        or _word(fields, "status") == "draft"
    )


def is_paid(fields: Fields) -> bool:
    """Tell whether only subscribers can read it."""
    return _word(fields, "paywall") in _TRUE


def mark(fields: Fields) -> str | None:
    """Return what the author tells digest: "pin", "never", or another word by mistake.

    A whole sentence is some site's own summary of that name, and none of our business.
    """
    found = ", ".join(names(fields, "digest")).lower()
    return found if 0 < len(found) <= _LONGEST_MARK else None


def rank(fields: Fields) -> int | None:
    """Return the author's own order, the lowest first: ``rank``, or Hugo's ``weight``."""
    found = text(fields, "rank", "weight") or ""
    return int(found) if re.fullmatch(r"-?\d{1,9}", found) else None


def _word(fields: Fields, key: str) -> str:
    return str(fields.get(key, ""))[:16].strip().lower()


def language_tag(found: str | None) -> str | None:
    """Return *found* as a BCP 47 tag if it looks like one."""
    found = (found or "").strip().replace("_", "-")
    return found if _LANGUAGE.fullmatch(found) and len(found) <= _LONGEST_TAG else None


def image(fields: Fields) -> Image | None:
    """Return the picture that the front matter names, its address as written."""
    for key in _IMAGES:
        value = fields.get(key)
        nested = _lowered(value) if isinstance(value, Mapping) else {"src": value}
        if url := text(nested, *_ADDRESSES):
            alt = nested.get("alt", fields.get("imagealt", fields.get("coveralt")))
            return Image(
                url=url,
                alt=clean(html.unescape(alt)) if isinstance(alt, str) else None,
                credit=_credit(fields, nested),
            )
    return None


def _credit(fields: Fields, nested: Fields) -> str | None:
    """Return whose picture it is, and under which licence, as far as either is said."""
    credit = text(nested, "credit") or text(fields, "imagecredit")
    spellings = ("licence", "license")
    licence = text(nested, *spellings) or text(fields, *(f"image{each}" for each in spellings))
    return f"{credit} ({licence})" if credit and licence else credit or licence


def _lowered(value: Mapping[object, object]) -> dict[str, object]:
    return {str(key).lower(): entry for key, entry in value.items()}
