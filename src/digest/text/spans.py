"""Read spans of time as people write them: 7d, 2w, 1month, 2026-W02, 2026-01."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_SPAN = re.compile(r"([1-9]\d{0,3})\s*(d|days?|w|weeks?|months?)", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """So many days, or so many calendar months."""

    days: int = 0
    months: int = 0

    def before(self, last: date) -> date:
        """Return the first day of the span that ends with the day *last*.

        A month that ends on 14 February began on 15 January. Where a month has no such
        day, its last one stands in: the month that ends on 30 March begins on 28 February.

        Raises:
            OverflowError: that is before the year 1.
        """
        if not self.months:
            return last - timedelta(days=self.days - 1)
        after = last + timedelta(days=1)
        months = after.year * 12 + after.month - 1 - self.months
        year, month = divmod(months, 12)
        if year < 1:
            raise OverflowError
        days = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(after.day, days))


def span(text: str) -> Span | None:
    """Return the span that *text* names, such as "7d", "2w" or "1month", or ``None``."""
    found = _SPAN.fullmatch(text.strip())
    if not found:
        return None
    count, unit = int(found[1]), found[2].lower()
    if unit.startswith("m"):
        return Span(months=count)
    return Span(days=count * (7 if unit.startswith("w") else 1))


def week(text: str) -> tuple[date, date] | None:
    """Return the Monday and the Sunday of the ISO week *text* ("2026-W02"), or ``None``.

    Raises:
        ValueError: the year has no such week.
    """
    found = _WEEK.fullmatch(text.strip())
    if not found:
        return None
    monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    return monday, monday + timedelta(days=6)


def month(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of the month *text* ("2026-01"), or ``None``.

    Raises:
        ValueError: the year has no such month.
    """
    found = _MONTH.fullmatch(text.strip())
    if not found:
        return None
    first = date(int(found[1]), int(found[2]), 1)
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
