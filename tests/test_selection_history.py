"""What other issues held is not sent again; what they missed is."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import KYIV, article, at
from digest.errors import IssueFileError
from digest.model import Article, Rules, SectionSpec
from weekly import Desk

STOCK = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]


def text(seed: int) -> str:
    return " ".join(random.Random(seed).choices(STOCK, k=200))  # noqa: S311 - always the same


FERRY = article(title="The ferry", published=at("2026-01-07T09:00"), body=text(1))
TRAIN = article(title="The train", published=at("2026-01-08T09:00"), body=text(2))
PORT = article(title="The port", published=at("2026-01-14T09:00"), body=text(3))
FIRST, SECOND, THIRD = at("2026-01-11T12:00"), at("2026-01-18T12:00"), at("2026-01-25T12:00")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk whose first issue, of 5 to 11 January, held the ferry and is out."""
    made = Desk(folder=tmp_path / "issues", zone=KYIV)
    assert made.build([FERRY], FIRST) == "2026-01-11"
    made.publish("2026-01-11")
    return made


MOVED = {"published": at("2026-01-15T09:00")}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (MOVED, "issue 2026-01-11 held it already"),
        (MOVED | {"title": "Another title"}, "issue 2026-01-11 held it already"),
        (
            MOVED | {"id": "new", "title": "Another", "body": (), "summary": "Another text."},
            'issue 2026-01-11 held it already, as "The ferry"',
        ),
        (
            MOVED | {"id": "new", "title": "Another", "url": "http://www.example.org/The-ferry/"},
            'issue 2026-01-11 held it already, as "The ferry"',
        ),
        (
            MOVED | {"id": "new", "title": "Another title", "url": "https://else.example/1"},
            'issue 2026-01-11 held it already, as "The ferry"',
        ),
    ],
)
def test_what_an_issue_held_is_not_taken_again(
    desk: Desk, changes: dict[str, Any], reason: str
) -> None:
    """It is known by its id, its address, or its text, under a changed title and date."""
    changed = replace(FERRY, **changes)
    assert desk.build([changed, PORT], SECOND) == "2026-01-18"
    assert desk.sent("2026-01-18") == [PORT.id]
    assert desk.why("2026-01-18")[changed.id] == reason


def test_what_is_asked_for_again_comes_again_and_stays(desk: Desk) -> None:
    """--repeat counts from then on as put in by hand."""
    assert desk.build([FERRY, PORT], SECOND, repeat=frozenset({FERRY.id}))
    assert desk.sent("2026-01-18") == [PORT.id, FERRY.id]
    files = desk.files()
    assert desk.build([FERRY, PORT], SECOND)
    assert desk.files() == files


def test_a_later_issue_counts_as_well(desk: Desk) -> None:
    """A draft that is built again takes nothing that a later issue held."""
    desk.build([FERRY, PORT], SECOND)
    desk.build([FERRY, PORT, TRAIN], THIRD, since=at("2026-01-19T00:00"), until=None, late=True)
    assert desk.sent("2026-01-25") == [TRAIN.id]
    moved = replace(TRAIN, published=at("2026-01-13T09:00"))
    desk.build([FERRY, PORT, moved], THIRD, slug="2026-01-18")
    assert desk.sent("2026-01-18") == [PORT.id]


def test_a_late_article_comes_with_the_next_issue_and_is_said_to_be_late(desk: Desk) -> None:
    """It was published in an earlier window, and wasn't there when that issue was built."""
    desk.build([FERRY, TRAIN, PORT], SECOND)
    assert desk.sent("2026-01-18") == [PORT.id, TRAIN.id]
    assert desk.why("2026-01-18")[TRAIN.id] == (
        "late: published 2026-01-08 (by its metadata), "
        "and not there when issue 2026-01-11 was built"
    )


def test_late_articles_can_be_refused(desk: Desk) -> None:
    """The report says so once."""
    desk.rules = Rules(late=False)
    desk.build([FERRY, TRAIN, PORT], SECOND)
    assert desk.sent("2026-01-18") == [PORT.id]
    assert desk.why("2026-01-18")[TRAIN.id].endswith("; [selection] late is false")


def test_late_articles_join_no_window_of_its_own(desk: Desk) -> None:
    """Only one that begins where another issue ends, unless they are asked for."""
    since = at("2026-01-13T00:00")
    desk.build([FERRY, TRAIN, PORT], SECOND, since=since)
    assert desk.sent("2026-01-18") == [PORT.id]
    desk.build([FERRY, TRAIN, PORT], SECOND, since=since, late=True)
    assert desk.sent("2026-01-18") == [PORT.id, TRAIN.id]


def test_an_article_that_was_a_draft_is_late_when_it_is_done(desk: Desk) -> None:
    """A fault that is mended is no decision."""
    desk.build([FERRY, PORT, replace(TRAIN, published=at("2026-01-13T09:00"), draft=True)], SECOND)
    desk.publish("2026-01-18")
    desk.build([FERRY, PORT, replace(TRAIN, published=at("2026-01-13T09:00"))], THIRD)
    assert desk.sent("2026-01-25") == [TRAIN.id]


def test_what_fell_over_a_limit_rolls_over_once(desk: Desk) -> None:
    """It goes before newer articles the next time, and then no more."""
    one = SectionSpec(title="All", limit=1, catch_all=True)
    desk.rules = Rules(rollover=True, sections=(one,))
    parts = [
        replace(PORT, id=name, title=name, url=None, body=replace(FERRY, body=()).body)
        for name in ("a", "b", "c")
    ]
    parts = [replace(each, summary=f"Summary of {each.id}.") for each in parts]
    desk.build(parts, SECOND)
    desk.publish("2026-01-18")
    assert (
        desk.why("2026-01-18")["b"] == 'over the limit of 1 in "All"; rolls over to the next issue'
    )
    newer = replace(TRAIN, published=at("2026-01-20T09:00"))
    desk.build([*parts, newer], THIRD)
    assert desk.sent("2026-01-25") == ["b"]
    assert desk.why("2026-01-25") == {
        "b": "rolled over from issue 2026-01-18; published 2026-01-14 (by its metadata)",
        TRAIN.id: 'over the limit of 1 in "All"; rolls over to the next issue',
        "c": 'over the limit of 1 in "All", for the second time',
    }


def test_other_reports_of_a_story_that_was_sent_count_as_sent(desk: Desk) -> None:
    """Even where the one that was chosen is gone."""
    copy = replace(PORT, id="copy", title="Elsewhere", url=None, source="wire")
    desk.build([PORT, copy], SECOND)
    assert desk.sent("2026-01-18") == [PORT.id]
    desk.publish("2026-01-18")
    changed = replace(copy, published=at("2026-01-21T09:00"), body=article(body=text(9)).body)
    assert desk.build([changed], THIRD) is None


def test_what_an_editor_took_out_may_come_again_with_a_new_date(desk: Desk) -> None:
    """It was not sent."""
    desk.build([PORT, TRAIN], SECOND, late=True)
    path = desk.folder / "2026-01-18" / "issue.toml"
    data = path.read_text(encoding="utf-8")
    path.write_text(data.replace(f'id = "{PORT.id}"', f'id = "{PORT.id}"\ndrop = true'), "utf-8")
    desk.publish("2026-01-18")
    desk.build([replace(PORT, published=at("2026-01-20T09:00"))], THIRD)
    assert desk.sent("2026-01-25") == [PORT.id]


def test_an_update_of_what_was_sent_is_taken_and_said_to_be_one(desk: Desk) -> None:
    """It holds the old text and half as much again."""
    longer = article(
        title="The ferry sails",
        published=at("2026-01-15T09:00"),
        body=f"{text(1)} {text(8)[:600]}",
    )
    desk.build([longer], SECOND)
    assert desk.why("2026-01-18")[longer.id] == (
        'published 2026-01-15 (by its metadata); an update of "The ferry" in issue 2026-01-11'
    )


@pytest.mark.parametrize("name", ["issue.toml", "report.json"])
def test_a_damaged_issue_stops_the_build_unless_it_is_ignored(desk: Desk, name: str) -> None:
    """Each is named; the others still count."""
    desk.build([PORT], SECOND)
    desk.publish("2026-01-18")
    (desk.folder / "2026-01-11" / name).write_text("{", encoding="utf-8")
    with pytest.raises(IssueFileError, match=f"issues/2026-01-11/{name}"):
        desk.build([PORT, TRAIN], THIRD)
    moved = replace(PORT, published=at("2026-01-20T09:00"))
    desk.build(
        [moved, replace(TRAIN, published=at("2026-01-21T09:00"))], THIRD, ignore_history=True
    )
    assert desk.sent("2026-01-25") == [TRAIN.id]


def test_an_issue_is_never_written_over_one_that_is_damaged(desk: Desk) -> None:
    """Its folder is taken, whatever stands in it."""
    (desk.folder / "2026-01-11" / "issue.toml").write_text("{", encoding="utf-8")
    with pytest.raises(IssueFileError, match="is there already, and damaged"):
        desk.build([FERRY], FIRST, ignore_history=True)


def test_hand_changed_blocks_are_read_and_not_the_report(desk: Desk) -> None:
    """The report speaks for the blocks only as long as they are as digest wrote them."""
    path = desk.folder / "2026-01-11" / "issue.toml"
    data = path.read_text(encoding="utf-8")
    path.write_text(data.replace("[[items]]\n", "[[items]]\ndrop = true\n"), encoding="utf-8")
    desk.build([replace(FERRY, published=at("2026-01-15T09:00"))], SECOND)
    assert desk.sent("2026-01-18") == [FERRY.id]


def test_the_report_holds_what_its_page_says(desk: Desk) -> None:
    """Every decision with its rule, and how many each rule took."""
    desk.build([FERRY, TRAIN, PORT], SECOND)
    report = desk.report("2026-01-18")
    assert report["counts"] == {"late": 1, "outside": 1, "window": 1}
    assert report["sent"] == [PORT.id, TRAIN.id]
    keys = set(json.loads(json.dumps(report["decisions"][0])))
    assert keys == {
        *("id", "title", "where", "published", "dated_by", "url", "source", "taken", "rule"),
        *("reason", "section", "story", "issue", "also", "text"),
    }


def test_articles_before_the_first_window_are_never_late(desk: Desk) -> None:
    """An archive is no arrival."""
    old: Article = replace(TRAIN, published=FIRST - timedelta(days=30))
    desk.build([old, PORT], SECOND)
    assert desk.sent("2026-01-18") == [PORT.id]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026-03-29T12:00", "2026-04-05T12:00"),  # summer time begins on the 29th
        ("2026-10-25T12:00", "2026-11-01T12:00"),  # and ends on the 25th
        ("2025-12-31T12:00", "2026-01-07T12:00"),
    ],
)
def test_windows_follow_each_other_over_clock_changes_and_years(
    tmp_path: Path, first: str, second: str
) -> None:
    """The last instant of one window and the first of the next are each in one issue."""
    desk = Desk(folder=tmp_path / "issues", zone=KYIV)
    midnight = at(first[:10] + "T00:00") + timedelta(days=1)
    last = article(title="Last", published=midnight - timedelta(microseconds=1), url=None)
    next_ = article(title="Next", published=midnight, url=None)
    late = article(title="Late", published=midnight - timedelta(hours=30), url=None)
    one = desk.build([last, next_], at(first))
    assert one is not None
    desk.publish(one)
    two = desk.build([last, next_, late], at(second))
    assert two is not None
    assert (desk.sent(one), desk.sent(two)) == ([last.id], [next_.id, late.id])
