"""Say windows and dates in words that a person checks at a glance."""

from __future__ import annotations

from datetime import datetime, time

from digest.model import Article, Window


def in_words(window: Window) -> str:
    """Return *window* in words, both ends included where they are whole days.

    "1 to 14 January 2026 (Europe/Kyiv)", or with the hours where it begins or ends
    within a day: "from 1 January 2026 12:00 until before 2 January 2026 12:00 (…)".
    """
    zone = getattr(window.start.tzinfo, "key", None) or str(window.start.tzinfo)
    if window.start.time() == time.min == window.end.time():
        first, last = window.start.date(), window.last_day
        if first == last:
            return f"{_day(window.start)} ({zone})"
        same_year, same_month = first.year == last.year, first.month == last.month
        begin = f"{first.day}" if same_year and same_month else f"{first.day} {first:%B}"
        begin = begin if same_year else _day(window.start)
        return f"{begin} to {last.day} {last:%B} {last.year} ({zone})"
    return f"from {_moment(window.start)} until before {_moment(window.end)} ({zone})"


def on_day(article: Article, window: Window) -> str:
    """Return the day of *article* in the window's zone, and where its date came from."""
    if article.published is None:
        return "on no known day"
    day = day_of(article.published, window)
    return f"{day} (by its {article.dated_by})"


def day_of(published: datetime, window: Window) -> str:
    """Return the day of *published* in the zone of *window*, in ISO 8601."""
    return published.astimezone(window.start.tzinfo).date().isoformat()


def _day(instant: datetime) -> str:
    return f"{instant.day} {instant:%B} {instant.year}"


def _moment(instant: datetime) -> str:
    return f"{_day(instant)} {instant:%H:%M}"
