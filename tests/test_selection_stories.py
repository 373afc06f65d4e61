"""The same story from several sources, and what only looks like it."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import article, at, window
from digest.model import Also, Article, Decision, Rules
from digest.selection import Terms, choose
from digest.selection.likely import is_series
from digest.text import likeness

STOCK = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]


def words(seed: int, count: int = 300) -> list[str]:
    return random.Random(seed).choices(STOCK, k=count)  # noqa: S311 - the same words every time


def made(title: str, text: list[str], **fields: Any) -> Article:
    return article(title=title, body=" ".join(text), **fields)


def reprint(text: list[str]) -> list[str]:
    """Return another site's copy: a dateline, a third cut, one word in fifty changed."""
    kept = text[: len(text) * 2 // 3]
    kept[::50] = ["otherwise"] * len(kept[::50])
    return ["ODESA,", "12", "January", "—", *kept]


def choice(*articles: Article, **rules: Any) -> list[tuple[str, str, str | None]]:
    decisions = choose(articles, Terms(window=window(), rules=Rules(**rules)))
    return [(each.article.title, each.rule, each.story) for each in decisions]


ORIGINAL = made("The harbour opens", words(1))
COPY = made("What a morning in Odesa", reprint(words(1)), source="wire")


def test_a_reprint_is_gathered_with_its_original() -> None:
    """The longer text of the source that stands first is chosen, the other is named."""
    decisions = choose([COPY, ORIGINAL], Terms(window=window(), rules=Rules(prefer=("longest",))))
    assert [(each.article, each.taken, each.reason) for each in decisions] == [
        (ORIGINAL, True, "published 2026-01-07 (by its metadata)"),
        (COPY, False, f"the same story as {ORIGINAL.where}"),
    ]
    assert decisions[0].also == (Also(source="wire", title=COPY.title, url=COPY.url),)
    assert decisions[1].story == ORIGINAL.id


def test_the_rule_of_preference_is_the_publications_own() -> None:
    """Preferred sources by their order, else the order of reading; the longest; the earliest."""
    early = made("Early and short", reprint(words(1)), published=at("2026-01-02T09:00"))
    assert choice(ORIGINAL, COPY, prefer=("source",), sources=("wire",))[0][0] == COPY.title
    assert choice(COPY, ORIGINAL, prefer=("source",))[0][0] == COPY.title
    assert choice(COPY, ORIGINAL, prefer=("longest",))[0][0] == ORIGINAL.title
    assert choice(early, ORIGINAL, prefer=("longest",))[0][0] == ORIGINAL.title
    late = made("Late and short", reprint(words(1)), published=at("2026-01-09T09:00"))
    assert choice(late, ORIGINAL, prefer=("earliest",))[0][0] == ORIGINAL.title


def test_of_an_update_the_newer_is_chosen() -> None:
    """What holds the older text and half as much again is its update."""
    newer = made("It opened", [*words(1), *words(2, 150)], published=at("2026-01-08T09:00"))
    assert choice(ORIGINAL, newer) == [
        ("It opened", "window", None),
        ("The harbour opens", "updated", newer.id),
    ]


def test_two_issues_of_one_series_are_two_stories() -> None:
    """Alike in title and frame, other in what they hold: none is dropped."""
    frame = words(3, 200)
    first = made("Weekly security roundup, 5 January", [*frame, *words(4, 60)])
    second = made("Weekly security roundup, 12 January", [*frame, *words(5, 40)])
    assert [rule for _, rule, _ in choice(first, second)] == ["window", "window"]


def test_titles_of_a_series_differ_in_a_number_or_a_word() -> None:
    """Another title is no series, and neither is the same."""
    assert is_series("Node.js 20.1.0 (Current)", "Node.js 20.1.1 (LTS)")
    assert is_series("Project goals for March", "Project goals for April")
    assert not is_series("The ferry is back", "Odesa sees its ferry again")
    assert not is_series("Weekly notes", "Weekly notes")


def test_one_title_of_one_source_on_two_days_is_a_column() -> None:
    """Columns repeat their frame; only the same text twice is the same."""
    frame = words(6, 200)
    first = made("Design meetings", [*frame, *words(7, 20)], id="1", url=None)
    day = at("2026-01-12T09:00")
    second = made("Design meetings", [*frame, *words(8, 20)], id="2", url=None, published=day)
    again = made("Design meetings", [*frame, *words(7, 20)], id="3", url=None, published=day)
    assert [rule for _, rule, _ in choice(first, second)] == ["window", "window"]
    assert [rule for _, rule, _ in choice(first, again)] == ["window", "duplicate"]


def test_a_brief_and_a_round_up_that_quotes_it_are_two_stories() -> None:
    """A text less than half as long doesn't vanish into the longer one."""
    round_up = made("The week", [*words(1, 100), *words(9, 400)])
    brief = made("One thing of it", words(1, 100))
    assert [rule for _, rule, _ in choice(round_up, brief)] == ["window", "window"]


def test_short_texts_are_never_gathered_by_their_words() -> None:
    """A line such as "This is a security release." stands over many things."""
    text = "This is a security release and everybody should update as soon as they can."
    articles = [article(title=title, body=text) for title in ("Express", "Fastify")]
    assert [rule for _, rule, _ in choice(*articles)] == ["window", "window"]


def test_a_headline_disappears_into_its_article() -> None:
    """By its title on the same day, or by a long title on any day."""
    long = made("The harbour opens again after two years", words(1))
    day = at("2026-01-09T09:00")
    headline = article(
        title=long.title, id="h", url=None, published=day, headline=True, body=(), source="page"
    )
    assert choice(headline, long) == [
        (long.title, "window", None),
        (long.title, "repeat", long.id),
    ]


def test_a_pinned_report_is_the_one_that_is_chosen() -> None:
    """Its author's word goes before every preference; what an editor puts in stays."""
    pinned = made("What a morning", reprint(words(1)), mark="pin")
    assert choice(ORIGINAL, pinned)[0][0] == "What a morning"
    terms = Terms(window=window(), pinned=frozenset({COPY.id, ORIGINAL.id}))
    assert [each.taken for each in choose([ORIGINAL, COPY], terms)] == [True, True]


@settings(deadline=None)
@given(st.permutations([ORIGINAL, COPY, made("Third", words(1)[:250], source="other")]))
def test_the_order_of_reading_chooses_no_other_story(articles: list[Article]) -> None:
    """Where sources are preferred by name, the same one is chosen."""
    rules: dict[str, Any] = {"prefer": ("source", "longest"), "sources": ("other", "wire")}
    assert choice(*articles, **rules)[0][0] == "Third"


@settings(deadline=None)
@given(st.lists(st.integers(0, 5000), min_size=1, max_size=400, unique=True), st.integers(0, 100))
def test_a_sketch_estimates_what_two_texts_share(values: list[int], kept: int) -> None:
    """The part that stands in the other is estimated to within 0.25; small sets exactly."""
    older = frozenset(values)
    newer = frozenset(values[: max(len(values) * kept // 100, 1)])
    exact = likeness.compare(older, newer)
    found = likeness.compare_sketches(likeness.sketch(older), likeness.sketch(newer))
    assert abs(found.of_older - exact.of_older) < (0.25 if len(values) > 128 else 0.01)


def test_a_sketch_survives_a_file() -> None:
    """What can't be one is none."""
    sketch = likeness.sketch(likeness.runs(ORIGINAL))
    assert likeness.from_text(likeness.to_text(sketch)) == sketch
    for text in ("", "x", "12:&", "a:AAAA", "12:AAA=", "1:AAAAAAA=", "0:", "0:AAAAAA=="):
        assert likeness.from_text(text) is None


def test_texts_in_scripts_without_spaces_have_runs() -> None:
    """Each character counts for a word."""
    text = Decision(article=article(body="港口今天重新开放"), taken=True, reason="").article
    assert len(likeness.runs(text)) == 6
