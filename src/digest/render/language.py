"""Say dates, numbers and a theme's fixed words in a language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

Direction = Literal["ltr", "rtl"]

_LABELS = Path(__file__).with_name("labels")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language as templates need it. *tag* is BCP 47; *labels* are complete."""

    tag: str
    direction: Direction
    labels: Mapping[str, str]
    locale: Locale

    def full_date(self, day: date) -> str:
        """Return *day* with its weekday, as it stands at the start of a line."""
        text = _format_date(day, "full", self.locale)
        return text[:1].title() + text[1:]

    def long_date(self, day: date) -> str:
        """Return *day* with the name of its month and its year."""
        return _format_date(day, "long", self.locale)

    def short_date(self, day: date) -> str:
        """Return *day* and the name of its month, without the year."""
        return _format_short(day, self.locale)

    def number(self, number: int) -> str:
        """Return *number* as this language groups digits."""
        return str(format_decimal(number, locale=self.locale))


@lru_cache(maxsize=64)
def language(tag: str) -> Language:
    """Return the language of *tag*; an unknown one has English labels and dates.

    Labels that the language's file does not have are English, too.
    """
    tag = tag.replace("_", "-")
    tag = tag if _TAG.fullmatch(tag) else "en"
    locale = _locale(tag)
    labels = _labels("en") | _labels(tag.split("-")[0].lower())
    rtl = locale.text_direction == "rtl"
    return Language(tag=tag, direction="rtl" if rtl else "ltr", labels=labels, locale=locale)


def label_keys() -> frozenset[str]:
    """Return the keys of all words that themes draw."""
    return frozenset(_labels("en"))


def lacking(tag: str) -> frozenset[str]:
    """Return the keys of the words that the language of *tag* has no word of its own for."""
    return label_keys() - _labels(re.split("[-_]", tag)[0].lower()).keys()


def same_language(one: str, other: str) -> bool:
    """Tell whether two tags name one language, whatever the region."""
    return re.split("[-_]", one)[0].lower() == re.split("[-_]", other)[0].lower()


def written_direction(text: str) -> Direction | None:
    """Return the direction of the first letter of *text* that has one.

    Source: Unicode Standard Annex 9, rules P2 and P3.
    """
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return None


def _locale(tag: str) -> Locale:
    for name in (tag, tag.split("-", maxsplit=1)[0]):
        try:
            return Locale.parse(name, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@lru_cache(maxsize=64)
def _labels(base: str) -> dict[str, str]:
    path = _LABELS / f"{base}.toml"
    if not path.is_file():
        return {}
    return {key: str(value) for key, value in tomllib.loads(path.read_text("utf-8")).items()}


# An issue shows the same few days again and again; formatting one costs about 20 µs.
@lru_cache(maxsize=1024)
def _format_date(day: date, style: Literal["full", "long"], locale: Locale) -> str:
    return str(format_date(day, style, locale=locale))


@lru_cache(maxsize=1024)
def _format_short(day: date, locale: Locale) -> str:
    return str(format_skeleton("MMMMd", day, locale=locale))
