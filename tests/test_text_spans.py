"""Spans of time as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from digest.text.spans import Span, month, span, week


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7d", Span(days=7)),
        ("2w", Span(days=14)),
        ("1month", Span(months=1)),
        ("3 months", Span(months=3)),
        ("0d", None),
        ("soon", None),
        ("-1d", None),
    ],
)
def test_a_span_is_days_weeks_or_months(text: str, expected: Span | None) -> None:
    """Anything else is no span."""
    assert span(text) == expected


@pytest.mark.parametrize(
    ("last", "first"),
    [
        ("2026-01-14", "2025-12-15"),
        ("2026-02-28", "2026-02-01"),
        ("2026-03-30", "2026-02-28"),
        ("2026-12-31", "2026-12-01"),
        ("2026-01-31", "2026-01-01"),
    ],
)
def test_a_month_ends_with_its_last_day(last: str, first: str) -> None:
    """It begins on the day after the same day of the month before."""
    assert Span(months=1).before(date.fromisoformat(last)) == date.fromisoformat(first)


def test_weeks_are_those_of_iso_8601() -> None:
    """Week 1 of 2026 begins in 2025."""
    assert week("2026-W01") == (date(2025, 12, 29), date(2026, 1, 4))
    assert week("2026W02") == (date(2026, 1, 5), date(2026, 1, 11))
    assert week("2026-2") is None
    assert week("2026-W53") == (date(2026, 12, 28), date(2027, 1, 3))
    with pytest.raises(ValueError, match="week"):
        week("2025-W53")


def test_months_have_all_their_days() -> None:
    """Leap years too."""
    assert month("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert month("January") is None
    with pytest.raises(ValueError, match="month"):
        month("2026-13")
