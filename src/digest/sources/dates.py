"""Read a date as people and programs write it, or not at all: nothing is filled in.

The way down: date values, ISO 8601, RFC 2822, dates in numbers, dates with the name of a
month, and last dateparser. What has no year, or can mean two days, is refused.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from digest.sources.months import month_number
from digest.text.plain import clean

LONGEST = 60
YEARS = range(1990, 2101)
_MONTHS = range(1, 13)
_WORDS = range(1, 7)
_AMBIGUOUS = re.compile(r"\d\s?[-/.]\s?\d")  # read above, or refused
_DAYS = frozenset(range(1, 32))

_CLOCK = (
    r"(?:[\s,|·•@–—-]*(?:[^\W\d]{1,3}\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<offset>z|utc|gmt|[+-]\d{2}:?\d{2}|[a-z]{2,5})?)?"
)
_LEAD = r"(?:[^\W\d]+\.?[,:]\s*|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\s+)?"
_YEAR_SIGN = r"(?:\s?(?:г|р|года|року|წ|წელი|г\.|р\.|წ\.))?"
_YEAR_FIRST = (
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?:t(?=\d))?"
)
_EAST_ASIAN = r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"
_DOTTED = rf"{_LEAD}(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}){_YEAR_SIGN}"
_SLASHED = rf"{_LEAD}(?P<one>\d{{1,2}})(?P<mark>[/-])(?P<two>\d{{1,2}})(?P=mark)(?P<year>\d{{4}})"
_DAY_NAME = (
    rf"{_LEAD}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|º|er)?(?:\s+(?:de|of)\b)?[\s.\-/]*"
    r"(?P<name>[^\W\d]{2,}[’']?)\.?,?(?:\s+(?:de|del)\b)?[\s.\-/]*"
    rf"(?P<year>\d{{4}}){_YEAR_SIGN}"
)
_NAME_DAY = (
    rf"{_LEAD}(?P<name>[^\W\d]{{2,}})\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?,?\s+"
    r"(?P<year>\d{4})"
)
_FORMS = tuple(
    re.compile(f"^{form}{_CLOCK}$", re.IGNORECASE)
    for form in (_YEAR_FIRST, _EAST_ASIAN, _DOTTED, _SLASHED, _DAY_NAME, _NAME_DAY)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """An instant; with *day_only*, the start of a day in the publication's zone."""

    at: datetime
    day_only: bool


def parse_date(
    value: object, *, zone: ZoneInfo, languages: Sequence[str], thorough: bool = True
) -> Dated | None:
    """Return the date that *value* says, or ``None`` where it says none or two.

    An offset that is written down is kept. A clock time without one is *zone*'s. Days
    come before months between dots (``09.01.2026``); between slashes they must speak
    for themselves (``13/01/2026``). Without *thorough*, dateparser (a millisecond and more
    for each text) isn't asked.
    """
    if isinstance(value, datetime):
        return _moment(value, zone)
    if isinstance(value, date):
        return _day(value, zone)
    if not isinstance(value, str) or len(value) > 10 * LONGEST:
        return None
    text = clean(value)
    if len(text) > LONGEST or not re.search(r"\d{4}", text):
        return None
    known = _parse_text(text, zone, tuple(languages))
    if known is None and thorough and not _AMBIGUOUS.search(text):
        return _by_dateparser(text, zone, tuple(languages))
    return known


@lru_cache(maxsize=4096)
def _parse_text(text: str, zone: ZoneInfo, languages: tuple[str, ...]) -> Dated | None:
    if dated := _iso(text, zone):
        return dated
    match = next(filter(None, (form.match(_clock_last(text)) for form in _FORMS)), None)
    if match is None:
        return _mail(text, zone)
    return _from_match(match, zone, languages)


def _clock_last(text: str) -> str:
    """Return ``10:15, 09.01.2026`` with the clock time behind the date."""
    return re.sub(r"^(\d{1,2}:\d{2}(?::\d{2})?)[\s,|·•–—-]+(.*)$", r"\2 \1", text)


def _iso(text: str, zone: ZoneInfo) -> Dated | None:
    if not re.match(r"\d{4}-?(?:\d\d-?\d\d|W\d\d-?\d)", text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return _moment(moment, zone) if len(text) > len("2026-W02-5") else _day(moment.date(), zone)


def _mail(text: str, zone: ZoneInfo) -> Dated | None:
    """Return a date as mail headers write it, which always has a clock time."""
    if not re.search(r"\d{4} \d\d?:\d\d", text):
        return None
    try:
        return _moment(parsedate_to_datetime(text), zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _from_match(match: re.Match[str], zone: ZoneInfo, languages: tuple[str, ...]) -> Dated | None:
    parts = match.groupdict()
    month, day = _month_and_day(parts, languages)
    if month is None or day is None:
        return None
    try:
        found = date(int(parts["year"]), month, day)
    except ValueError:
        return None
    return _with_clock(found, parts, zone)


def _month_and_day(
    parts: dict[str, str | None], languages: tuple[str, ...]
) -> tuple[int | None, int | None]:
    if name := parts.get("name"):
        return month_number(name, languages), int(parts["day"] or 0)
    if parts.get("one"):
        one, two = int(parts["one"] or 0), int(parts["two"] or 0)
        if one in _MONTHS and two in _MONTHS and one != two:
            return None, None  # 09/01/2026: two readings, both likely
        return (two, one) if two in _MONTHS else (one, two)
    return int(parts["month"] or 0), int(parts["day"] or 0)


def _with_clock(found: date, parts: dict[str, str | None], zone: ZoneInfo) -> Dated | None:
    if not parts.get("hour"):
        return _day(found, zone)
    offset = _offset(parts.get("offset"), zone)
    if offset is None:
        return _day(found, zone)  # "10:15 EET": whose EET? The day alone is sure.
    hour, half = int(parts["hour"] or 0), (parts.get("half") or "")[:1].lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        clock = time(hour, int(parts["minute"] or 0), int(parts["second"] or 0))
    except ValueError:
        return None
    return _moment(datetime.combine(found, clock, offset), zone)


def _offset(text: str | None, zone: ZoneInfo) -> timezone | ZoneInfo | None:
    if not text:
        return zone
    if text.lower() in ("z", "utc", "gmt"):
        return UTC
    if text[0] not in "+-":
        return None
    digits = text[1:].replace(":", "")
    hours = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if hours >= timedelta(hours=24):
        return None
    return timezone(-hours if text[0] == "-" else hours)


@lru_cache(maxsize=4096)
def _by_dateparser(text: str, zone: ZoneInfo, languages: tuple[str, ...]) -> Dated | None:
    """Return what dateparser makes of *text*, if the numbers it names stand there."""
    numbers = {int(number) for number in re.findall(r"\d+", text)}
    words = re.findall(r"[^\W\d]+", text)
    if len(words) not in _WORDS or not numbers & _DAYS:
        return None
    moment = _ask_dateparser(text, languages)
    if moment is None or not {moment.year, moment.day} <= numbers:
        return None
    clock = re.search(r"\d:\d\d", text)
    return _moment(moment, zone) if clock else _day(moment.date(), zone)


def _ask_dateparser(text: str, languages: tuple[str, ...]) -> datetime | None:
    # Imported here: 60 ms and more, for the few dates that nothing above could read.
    import dateparser  # type: ignore[import-untyped]
    from dateparser.data.languages_info import (  # type: ignore[import-untyped]
        language_order,
    )

    bases = (re.split(r"[-_]", tag)[0].lower() for tag in (*languages, "en"))
    known = [base for base in dict.fromkeys(bases) if base in language_order]
    settings = {
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["year", "month", "day"],
        "PREFER_LOCALE_DATE_ORDER": False,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found: datetime | None = dateparser.parse(text, languages=known, settings=settings)
        except (ValueError, OverflowError, TypeError, AttributeError, IndexError, KeyError):
            return None
    return found


def _moment(moment: datetime, zone: ZoneInfo) -> Dated | None:
    if moment.year not in YEARS:
        return None
    return Dated(at=moment if moment.tzinfo else moment.replace(tzinfo=zone), day_only=False)


def _day(day: date, zone: ZoneInfo) -> Dated | None:
    if day.year not in YEARS:
        return None
    return Dated(at=datetime.combine(day, time.min, zone), day_only=True)
