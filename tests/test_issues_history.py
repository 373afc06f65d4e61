"""History: the folders under issues/, and which issue a build makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import KYIV, at, window
from digest.errors import DigestError, IssueFileError, NothingToSend
from digest.issues.history import Plan, Record, Wish, load, which
from digest.model import Others, Trace, Window
from digest.text.spans import Span

NOW = at("2026-01-21T10:00")


def record(first: str = "2026-01-01", last: str = "2026-01-14", **fields: Any) -> Record:
    slug = fields.get("slug", last)
    defaults: dict[str, Any] = {
        "slug": slug,
        "number": 1,
        "status": "draft",
        "window": window(first, last),
        "path": Path("issues", slug, "issue.toml"),
    }
    return Record(**(defaults | fields))


def plan(*records: Record, now: datetime = NOW, **wish: Any) -> Plan:
    """Return the plan without what it knows of other issues."""
    return replace(which(records, Wish(**wish), now, KYIV), others=Others())


PUBLISHED = record(status="published")
DRAFT = record("2026-01-15", "2026-01-20", number=2)


def test_the_first_issue_holds_the_last_seven_days() -> None:
    """Whole days, today included."""
    expected = Plan(slug="2026-01-21", number=1, window=window("2026-01-15", "2026-01-21"))
    assert plan() == expected


def test_a_new_issue_begins_where_the_last_one_ended() -> None:
    """Without a draft the windows follow each other, without a gap."""
    expected = Plan(slug="2026-01-21", number=2, window=window("2026-01-15", "2026-01-21"))
    assert plan(PUBLISHED) == expected


def test_the_newest_draft_goes_on_in_its_own_window() -> None:
    """Whatever the day, a build without flags makes the same issue again."""
    older = record("2025-12-01", "2025-12-07", number=7)
    expected = Plan(slug="2026-01-20", number=2, window=DRAFT.window, record=DRAFT)
    assert plan(older, PUBLISHED, DRAFT) == expected


def test_the_same_start_is_the_same_issue_with_a_new_end() -> None:
    """The folder keeps the name of the first build."""
    expected = Plan(
        slug="2026-01-20", number=2, window=window("2026-01-15", "2026-01-21"), record=DRAFT
    )
    assert plan(PUBLISHED, DRAFT, since=date(2026, 1, 15)) == expected


def test_an_end_alone_changes_the_end_of_the_draft() -> None:
    """Only a start makes another issue."""
    expected = window("2026-01-15", "2026-01-18")
    assert plan(DRAFT, until=date(2026, 1, 18)).window == expected


@pytest.mark.parametrize("status", ["approved", "published"])
def test_an_issue_that_is_no_draft_is_not_built_again(status: str) -> None:
    """What was approved stays as it was approved."""
    with pytest.raises(IssueFileError) as caught:
        plan(record(status=status), since=date(2026, 1, 1))
    assert str(caught.value) == (
        f"issues/2026-01-14/issue.toml: this issue is {status} "
        '(write status = "draft" there to build it again, or choose another first day)'
    )


def test_another_start_is_another_issue_in_a_free_folder() -> None:
    """A folder that is taken gets a number behind its name, also where only the case differs."""
    taken = record("2026-01-15", "2026-01-21"), record("2026-01-16", slug="2026-01-21-2")
    made = plan(*taken, since=date(2026, 1, 20))
    expected = Plan(slug="2026-01-21-3", number=2, window=window("2026-01-20", "2026-01-21"))
    assert made == expected


def test_the_last_days_count_back_from_the_windows_last_day() -> None:
    """One day is that day."""
    assert plan(last=Span(days=1)).window == window("2026-01-21", "2026-01-21")
    expected = window("2026-01-03", "2026-01-09")
    assert plan(last=Span(days=7), until=date(2026, 1, 9)).window == expected


def test_instants_are_taken_as_they_are() -> None:
    """An instant as the end is not included; one without an offset is the publication's."""
    made = plan(since=datetime(2026, 1, 5, 18), until=datetime(2026, 1, 7, tzinfo=KYIV))  # noqa: DTZ001
    assert made == Plan(
        slug="2026-01-06",
        number=1,
        window=Window(start=at("2026-01-05T18:00"), end=at("2026-01-07T00:00")),
    )


def test_today_is_the_publications_today() -> None:
    """At 23:30 in London it is tomorrow in Kyiv."""
    late = datetime.fromisoformat("2026-01-21T23:30+00:00")
    assert plan(now=late, last=Span(days=1)).window == window("2026-01-22", "2026-01-22")


def test_a_day_of_a_clock_change_is_a_whole_day() -> None:
    """The window of 29 March 2026 in Kyiv has 23 hours."""
    one = plan(since=date(2026, 3, 29), until=date(2026, 3, 29)).window
    assert one.end.timestamp() - one.start.timestamp() == timedelta(hours=23).total_seconds()


def test_an_editors_own_number_stays() -> None:
    """The next issue counts on from the highest."""
    own = record(number=41)
    none = record("2026-01-15", "2026-01-20", number=None)
    assert plan(own).number == 41
    assert plan(own, none).number == 42


def test_a_wished_slug_names_the_folder() -> None:
    """Or the issue that goes on, if it is there."""
    assert plan(slug="january", since=date(2026, 1, 1)).slug == "january"
    assert plan(DRAFT, record(slug="new-year"), slug="new-year").window == window()


REFUSED: list[tuple[tuple[Record, ...], dict[str, Any], str]] = [
    ((), {"slug": "../up"}, 'slug: "../up" can\'t name a folder (letters, digits, hyphens, '),
    ((), {"slug": ".git"}, 'slug: ".git" can\'t name a folder'),
    ((), {"slug": "a\n"}, 'slug: "a" can\'t name a folder'),
    ((), {"slug": ""}, 'slug: "" can\'t name a folder'),
    (
        (DRAFT,),
        {"slug": "2026-01-20", "since": date(2026, 1, 1)},
        "issues/2026-01-20/issue.toml: this issue starts on 2026-01-15 (choose another slug",
    ),
    (
        (DRAFT,),
        {"slug": "other", "since": date(2026, 1, 15)},
        "issues/2026-01-20/issue.toml: the issue of this start is here already, not in other",
    ),
    (
        (),
        {"since": date(2026, 1, 1), "last": Span(days=3)},
        "window: has both a first day and a number",
    ),
    ((), {"since": date(2026, 2, 1)}, "window: starts at 2026-02-01 00:00, after its last day 2"),
    ((), {"until": date(9999, 12, 31)}, "window: lies outside the calendar"),
    ((), {"since": date(2026, 1, 9), "until": date(2026, 1, 8)}, "window: starts at 2026-01-09"),
]


@pytest.mark.parametrize(("records", "wish", "message"), REFUSED)
def test_a_wish_that_can_not_be_met_is_refused(
    records: tuple[Record, ...], wish: dict[str, Any], message: str
) -> None:
    """One clear line each."""
    with pytest.raises(DigestError) as caught:
        plan(*records, **wish)
    assert str(caught.value).startswith(message)


def test_nothing_is_left_to_send_on_the_day_of_the_last_issue() -> None:
    """A second issue of the same day would be empty."""
    today = record("2026-01-15", "2026-01-21", status="published")
    with pytest.raises(NothingToSend, match="the last issue already reaches to the end of 2026-"):
        plan(today)


FILE = """\
status = "published"
number = 3
[window]
start = 2026-01-01T00:00:00+02:00
end = 2026-01-15T00:00:00+02:00
timezone = "Europe/Kyiv"
[[items]]
id = "a"
[[items]]
id = "b"
drop = true
[[items]]
id = "c"
vanished = "gone"
[[items]]
by = "editor"
title = "Ours"
"""


def test_issues_are_loaded_with_what_they_hold(tmp_path: Path) -> None:
    """Dropped and vanished articles were not sent; the earliest issue comes first."""
    for slug, text in (("a", FILE.replace("01-01T", "01-03T")), ("b", FILE), (".c", "x")):
        (tmp_path / slug).mkdir()
        (tmp_path / slug / "issue.toml").write_text(text, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "README.md").write_text("words", encoding="utf-8")
    first, second = load(tmp_path)
    path = tmp_path / "b" / "issue.toml"
    expected = record(slug="b", number=3, status="published", traces=(Trace(id="a"),), path=path)
    assert (first, second.slug) == (expected, "a")


def test_no_folder_is_no_history(tmp_path: Path) -> None:
    """A publication may never have built an issue."""
    assert load(tmp_path / "issues") == ()


def test_a_damaged_issue_stops_the_build(tmp_path: Path) -> None:
    """To forget it would send its stories twice."""
    (tmp_path / "issues" / "old").mkdir(parents=True)
    (tmp_path / "issues" / "old" / "issue.toml").write_text("status = ", encoding="utf-8")
    with pytest.raises(IssueFileError, match=r"issues/old/issue\.toml:1: not TOML"):
        load(tmp_path / "issues")


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    """``issues`` may be anything on a disk."""
    (tmp_path / "issues").write_text("", encoding="utf-8")
    with pytest.raises(IssueFileError, match=r"issues: can't be read: Not a directory"):
        load(tmp_path / "issues")


@pytest.mark.parametrize("wish", [{"since": date(1, 1, 1)}, {"until": date(9999, 12, 31)}])
def test_a_window_at_the_ends_of_time_is_refused(wish: dict[str, Any]) -> None:
    """East of Greenwich the first day of the year 1 begins in the year 0."""
    with pytest.raises(DigestError, match=r"^window: lies outside the calendar$"):
        plan(**wish)
