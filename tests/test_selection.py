"""Which articles go in, and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import article, at, window
from digest.model import Article, Window
from digest.selection import Terms, choose, in_words, problems


def verdicts(*articles: Article, **terms: Any) -> list[tuple[str, bool, str]]:
    decisions = choose(articles, Terms(window=window(), **terms))
    return [(each.article.title, each.taken, each.reason) for each in decisions]


def test_both_days_of_the_window_are_in() -> None:
    """The first instant of the first day and the last of the last day are in, no other."""
    articles = [
        article(title="A", published=at("2025-12-31T23:59:59")),
        article(title="B", published=at("2026-01-01T00:00")),
        article(title="C", published=at("2026-01-14T23:59:59")),
        article(title="D", published=at("2026-01-15T00:00")),
    ]
    assert verdicts(*articles) == [
        ("C", True, "published 2026-01-14 (by its metadata)"),
        ("B", True, "published 2026-01-01 (by its metadata)"),
        ("D", False, "published after the window: 2026-01-15 (by its metadata)"),
        ("A", False, "published before the window: 2025-12-31 (by its metadata)"),
    ]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"draft": True}, "a draft"),
        ({"body": ()}, "empty: a title and no text"),
        (
            {"published": None, "dated_by": None},
            "undated: no date in its metadata, address, file name or text",
        ),
    ],
)
def test_what_can_not_be_sent_is_left_out_with_its_reason(
    fields: dict[str, object], reason: str
) -> None:
    """A draft, an empty and an undated article are each named."""
    assert verdicts(article(title="A", **fields)) == [("A", False, reason)]


@pytest.mark.parametrize(
    "second",
    [
        {"id": "articles/A.md", "title": "B", "url": None},
        {"id": "x", "title": "B", "url": "https://example.org/A/"},
        {"id": "x", "title": "a!", "url": None},
        {"id": "x", "title": "A", "url": None, "headline": True, "body": ()},
    ],
)
def test_the_same_article_counts_once(second: dict[str, object]) -> None:
    """The same id, address, or title on the same day: the fuller one is kept."""
    first = article(title="A", body="A long text of its own, and more of it.")
    other = article(where="elsewhere.txt", **({"body": "Short."} | second))
    for articles in ((first, other), (other, first)):
        decisions = choose(articles, Terms(window=window()))
        assert [(each.article, each.taken) for each in decisions] == [(first, True), (other, False)]
        assert decisions[1].reason == "the same as articles/A.md"


def test_a_pin_beats_every_reason() -> None:
    """What an editor puts in is in, also from another month."""
    old = article(title="A", published=at("2025-06-01T00:00"))
    assert verdicts(old, pinned=frozenset({old.id})) == [("A", True, "put in by the editor")]


@given(st.permutations([article(title=title) for title in "ABCDEF"]))
def test_the_order_of_reading_does_not_matter(articles: list[Article]) -> None:
    """Articles of one instant stand in the order of their titles."""
    assert [each.article.title for each in choose(articles, Terms(window=window()))] == list(
        "ABCDEF"
    )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-01-01", "2026-01-14", "1 to 14 January 2026 (Europe/Kyiv)"),
        ("2026-01-14", "2026-01-14", "14 January 2026 (Europe/Kyiv)"),
        ("2026-01-30", "2026-02-05", "30 January to 5 February 2026 (Europe/Kyiv)"),
        ("2025-12-30", "2026-01-05", "30 December 2025 to 5 January 2026 (Europe/Kyiv)"),
    ],
)
def test_whole_days_are_said_as_days(first: str, last: str, words: str) -> None:
    """Both days that are named are in the window."""
    assert in_words(window(first, last)) == words


def test_hours_are_said_where_they_matter() -> None:
    """A window within days names its instants and says that the end is not in it."""
    start = at("2026-01-01T12:00")
    assert in_words(Window(start=start, end=start + timedelta(days=1))) == (
        "from 1 January 2026 12:00 until before 2 January 2026 12:00 (Europe/Kyiv)"
    )


def test_a_day_is_the_day_in_the_publication_s_zone() -> None:
    """Half past eleven at night in New York is the next morning in Kyiv."""
    late = article(title="A", published=datetime.fromisoformat("2026-01-13T23:30-05:00"))
    assert verdicts(late) == [("A", True, "published 2026-01-14 (by its metadata)")]


def test_flaws_are_problems_and_a_draft_is_none() -> None:
    """What is wrong is named where it lies; what waits on purpose is not."""
    terms = Terms(window=window())
    decisions = choose(
        [
            article(title="A", published=None, dated_by=None),
            article(title="B", body=()),
            article(title="C", draft=True),
            article(title="D", published=at("2025-01-01T00:00")),
        ],
        terms,
    )
    assert [str(problem) for problem in problems(decisions, terms)] == [
        "articles/B.md: empty: a title and no text",
        "articles/A.md: undated: no date in its metadata, address, file name or text",
    ]


def test_a_pinned_draft_is_said_to_be_one() -> None:
    """The editor's word counts, and what is odd about it is not hidden."""
    draft = article(title="A", draft=True)
    reason = "put in by the editor, although a draft"
    assert verdicts(draft, pinned=frozenset({draft.id})) == [("A", True, reason)]
