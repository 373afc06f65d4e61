from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import KYIV, at
from digest.sources.dates import YEARS, Dated, parse_date
from digest.sources.dating import date_in_name, date_in_path


def parse(value: object, language: str = "en") -> Dated | None:
    return parse_date(value, zone=KYIV, languages=(language, "en"))


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-09", "2026-1-9", "20260109", "2026-W02-5", "2026/01/09", "09.01.2026",
        "9. 1. 2026",
        "09.Jan.2026", "9 Jan 2026", "Jan. 9, 2026", "January 9th, 2026", "Friday, 9 January 2026",
        "9 января 2026 г.", "9 січня 2026", "9 січ. 2026", "9. Januar 2026", "9 de enero de 2026",
        "9 janvier 2026", "9 stycznia 2026", "9 იანვარი, 2026", "٩ يناير ٢٠٢٦", "2026年1月9日",
        "9 Ιανουαρίου 2026", "Published: 9 Jan 2026", "9 Jan 2026 | 10:15 EET",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    """A date without a clock time is the start of its day in the publication's zone."""
    assert parse(text) == Dated(at=at("2026-01-09"), day_only=True)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-01-09T10:15:00Z", "2026-01-09T10:15:00+00:00"),
        ("2026-01-09 10:15:00 -0500", "2026-01-09T10:15:00-05:00"),
        ("2026-01-09 10:15", "2026-01-09T10:15:00+02:00"),
        ("Fri, 09 Jan 2026 10:15:00 -0500", "2026-01-09T10:15:00-05:00"),
        ("9 січня 2026, 10:15", "2026-01-09T10:15:00+02:00"),
        ("Jan 9, 2026 10:15 PM", "2026-01-09T22:15:00+02:00"),
        ("10:15, 09.01.2026", "2026-01-09T10:15:00+02:00"),
    ],
)
def test_an_offset_that_is_written_down_is_kept(text: str, iso: str) -> None:
    """A clock time without an offset is the publication's own."""
    assert parse(text) == Dated(at=datetime.fromisoformat(iso), day_only=False)
    dated = parse(text)
    assert dated is not None
    assert dated.at.isoformat() == iso


@pytest.mark.parametrize(
    "junk",
    [
        "2026", "Jan 2026", "May", "Sat", "10", "2026-01", "2026-W02", "2026-13-45", "30.02.2026",
        "1767952800", "0001-01-01", "9999-12-31T23:59:59Z", "World Cup 2026 begins in 11 cities",
        "today", "09/01/2026 or so, said the man who had come by the evening ferry", "", None, 2026,
        "5 listopada 2025",
    ],
)  # fmt: skip
def test_what_is_no_whole_date_is_refused(junk: object) -> None:
    """Nothing is filled in from today, and no month is guessed between two languages."""
    assert parse(junk) is None


def test_two_readings_are_refused_and_one_is_taken() -> None:
    """Between slashes a number above 12 tells day from month; 09/01 is two dates."""
    days = [parse(text) for text in ("09/01/2026", "13/01/2026", "01/13/2026", "05/05/2026")]
    assert [dated and dated.at.date() for dated in days] == [
        None,
        date(2026, 1, 13),
        date(2026, 1, 13),
        date(2026, 5, 5),
    ]


def test_the_language_settles_which_month_a_name_means() -> None:
    """Listopad is October in Croatian and November in Polish."""
    months = [parse("5 listopada 2025", language) for language in ("hr", "pl-PL")]
    assert [dated and dated.at.month for dated in months] == [10, 11]


def test_dates_of_toml_are_taken_as_they_are() -> None:
    """A date value is a day, a datetime value an instant."""
    moment = datetime(2026, 1, 9, 10, tzinfo=UTC)
    assert parse(date(2026, 1, 9)) == Dated(at=at("2026-01-09"), day_only=True)
    assert parse(moment) == Dated(at=moment, day_only=False)


@given(st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)))
def test_a_day_survives_being_written(day: date) -> None:
    """What strftime writes without ambiguity is read back as the same day."""
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%B %d, %Y", "%d.%b.%Y"):
        dated = parse(day.strftime(form))
        assert dated is not None
        assert (dated.at.date(), dated.day_only) == (day, True)


@given(st.text(max_size=80) | st.from_regex(r"[\w .,/:-]{1,20}\d{4}[\w .,/:-]{0,20}"))
def test_no_text_breaks_it(text: str) -> None:
    """Any text is a date or none."""
    dated = parse(text)
    assert dated is None or (dated.at.tzinfo is not None and dated.at.year in YEARS)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2026-01-09-story.md", "2026-01-09"),
        ("20260109-story.md", "2026-01-09"),
        ("story-2026-01-09.md", "2026-01-09"),
        ("2026/01/09/story.md", "2026-01-09"),
        ("2026-01-09-story/index.md", "2026-01-09"),
        ("2026-13-09-story.md", None),
        ("story-12026-01-09123.md", None),
    ],
)
def test_a_file_name_can_hold_a_date(path: str, day: str | None) -> None:
    """Jekyll's names, stamps, folders of days and bundles; an impossible day is none."""
    dated = date_in_name(path, KYIV)
    assert (dated.at if dated else None) == (at(day) if day else None)


def test_an_address_can_hold_a_date() -> None:
    """Only a whole day in the path counts; a query is no path."""
    urls = ("https://a.example/2026/01/09/story", "https://a.example/2026/01/", "/x?d=/2026/01/09/")
    found = [date_in_path(url, KYIV) for url in urls]
    assert found == [Dated(at=at("2026-01-09"), day_only=True), None, None]
