"""Sections: which articles, how many, in which order."""

from __future__ import annotations

from typing import Any

import pytest

from builders import article, at, window
from digest.model import Article, Match, Rules, SectionSpec
from digest.selection import Terms, choose
from digest.selection.matching import matches

LEAD = SectionSpec(title="lead", layout="lead", limit=1)
REST = SectionSpec(title="Everything else", catch_all=True)


def day(number: int, title: str, **fields: Any) -> Article:
    return article(title=title, published=at(f"2026-01-{number:02}T09:00"), **fields)


def laid(articles: list[Article], *sections: SectionSpec, **rules: Any) -> list[tuple[str, str]]:
    """Return (section, title) of what is in, and (rule, title) of what isn't."""
    terms = Terms(window=window(), rules=Rules(sections=sections, **rules))
    decisions = choose(articles, terms)
    return [(each.section or each.rule, each.article.title) for each in decisions]


def test_what_one_section_can_t_take_goes_on_to_the_next() -> None:
    """Sections choose in their order, the catch-all last, wherever it stands."""
    deep = SectionSpec(title="In depth", tags=("analysis",), limit=1)
    articles = [day(n, f"Piece {n}", tags=("Analysis",)) for n in (1, 2, 3)]
    articles += [day(4, "Other"), day(5, "Newest")]
    assert laid(articles, REST, LEAD, deep) == [
        ("Everything else", "Other"),
        ("Everything else", "Piece 2"),
        ("Everything else", "Piece 1"),
        ("lead", "Newest"),
        ("In depth", "Piece 3"),
    ]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest", ["C", "B", "A"]),
        ("oldest", ["A", "B", "C"]),
        ("rank", ["B", "C", "A"]),
        ("longest", ["A", "B", "C"]),
    ],
)
def test_each_section_has_its_order(order: Any, expected: list[str]) -> None:
    """By date, by the author's rank (the lowest first, none last), or by length."""
    articles = [
        day(1, "A", body="long " * 30),
        day(2, "B", body="long " * 20, rank=1),
        day(3, "C", body="long " * 10, rank=2),
    ]
    section = SectionSpec(title="All", order=order, catch_all=True)
    assert [title for _, title in laid(articles, section)] == expected


def test_limits_are_said() -> None:
    """Over the whole section and of one source."""
    articles = [day(n, f"Piece {n}", source="wire" if n > 1 else "own") for n in (1, 2, 3)]
    section = SectionSpec(title="All", limit=2, per_source=1, catch_all=True)
    decisions = choose(articles, Terms(window=window(), rules=Rules(sections=(section,))))
    assert [(each.article.title, each.reason) for each in decisions if not each.taken] == [
        ("Piece 2", 'over the limit of 1 from one source in "All"')
    ]
    one = SectionSpec(title="All", limit=1, catch_all=True)
    decisions = choose(
        articles, Terms(window=window(), rules=Rules(sections=(one,), rollover=True))
    )
    assert [(each.rule, each.reason) for each in decisions if not each.taken] == [
        ("rolls over", 'over the limit of 1 in "All"; rolls over to the next issue')
    ] * 2


def test_below_its_minimum_a_section_isn_t_made() -> None:
    """Its articles go on to the next section, or out with the reason."""
    few = SectionSpec(title="Few", tags=("x",), minimum=2)
    articles = [day(1, "A", tags=("x",)), day(2, "B")]
    assert laid(articles, few, REST) == [("Everything else", "B"), ("Everything else", "A")]
    only = Terms(window=window(), rules=Rules(sections=(few,)))
    assert [each.reason for each in choose(articles, only)] == [
        "in no section: no rule takes it, and there is no catch-all",
        '"Few" is made of 2 or more, and has 1',
    ]


def test_a_pin_falls_over_no_limit_and_stands_first() -> None:
    """Front matter's pin holds inside the window only; never holds everywhere."""
    articles = [
        day(1, "A", mark="pin"),
        day(2, "B"),
        day(3, "C", mark="never"),
        article(title="Old", published=at("2025-01-01T09:00"), mark="pin"),
    ]
    one = SectionSpec(title="All", limit=1, catch_all=True)
    assert laid(articles, one) == [
        ("All", "A"),
        ("never", "C"),
        ("limit", "B"),
        ("outside", "Old"),
    ]


def test_a_lead_is_a_full_article() -> None:
    """And headlines go into a section of headlines, which takes nothing else."""
    news = SectionSpec(title="Short", layout="headlines")
    articles = [day(3, "H", headline=True, body=()), day(2, "A"), day(1, "B")]
    assert laid(articles, LEAD, news, REST) == [
        ("lead", "A"),
        ("Short", "H"),
        ("Everything else", "B"),
    ]


def test_without_sections_there_are_lead_stories_and_news() -> None:
    """The newest full article leads."""
    articles = [day(3, "H", headline=True, body=()), day(2, "A"), day(1, "B")]
    assert laid(articles) == [("lead", "A"), ("stories", "B"), ("news", "H")]


ONE = article(
    title="The Harbour opens",
    tags=("Ports", "Black Sea"),
    authors=("Olena K.",),
    language="uk-UA",
    where="articles/news/one.md",
    url="https://example.org/news/one",
    body="Nobody was late.",
)


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        (Match(), True),
        (Match(tags=("ports",)), True),
        (Match(tags=("rail", "black sea")), True),
        (Match(tags=("sea",)), False),
        (Match(authors=("olena k",)), True),
        (Match(sources=("articles",)), True),
        (Match(sources=("wire",)), False),
        (Match(language=("uk",)), True),
        (Match(language=("en",)), False),
        (Match(path=("articles/news/*",)), True),
        (Match(path=("/news/*",)), True),
        (Match(path=("news",)), False),
        (Match(text=("harbour",)), True),
        (Match(text=("was late",)), True),
        (Match(text=("arbour",)), False),
        (Match(tags=("ports",), sources=("wire",)), False),
    ],
)
def test_an_article_has_to_have_one_of_each_list(match: Match, expected: bool) -> None:
    """Case, accents of notation and country don't matter; whole words do."""
    assert matches(ONE, match, "en") is expected


def test_any_all_and_none_bind_rules_together() -> None:
    """One of any, every of all, none of none."""
    spec = SectionSpec(
        title="Ports",
        any=(Match(tags=("ports",)), Match(text=("harbour",))),
        all=(Match(language=("en",)),),
        none=(Match(sources=("wire",)),),
    )
    articles = [
        day(1, "Ports", tags=("ports",)),
        day(2, "Harbour"),
        day(3, "Harbour in French", language="fr"),
        day(4, "Harbour by wire", source="wire"),
        day(5, "Hills"),
    ]
    assert laid(articles, spec) == [
        ("Ports", "Harbour"),
        ("Ports", "Ports"),
        ("no section", "Hills"),
        ("no section", "Harbour by wire"),
        ("no section", "Harbour in French"),
    ]


def test_what_an_editor_puts_in_has_a_place_without_a_rule() -> None:
    """The catch-all, or the last section; it never becomes the lead."""
    one, two = day(1, "A"), day(2, "B")
    rules = Rules(sections=(LEAD, SectionSpec(title="Ports", tags=("ports",))))
    terms = Terms(window=window(), pinned=frozenset({one.id, two.id}), rules=rules)
    assert [(each.article.title, each.section) for each in choose([one, two], terms)] == [
        ("B", "Ports"),
        ("A", "Ports"),
    ]
