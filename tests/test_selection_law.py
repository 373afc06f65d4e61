"""Nothing lost, nothing twice: two years of weekly issues over sources that change and fail."""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.model import Article, Paragraph, Rules, SectionSpec
from weekly import Desk

START = datetime(2024, 1, 1, tzinfo=UTC)
WEEKS = 104
STOCK = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]
SOURCES = ("harbour", "wire", "council")


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What happens to one article, in weeks from the start; ``None`` where it doesn't.

    *copies* is the number of an article whose text this one has, a word in fifty changed;
    it comes up to three days later.
    """

    day: int
    seen: int
    source: str
    moved: tuple[int, int] | None
    retitled: int | None
    renamed: int | None
    finished: int
    copies: int | None


weeks = st.integers(0, WEEKS - 1)
lives = st.builds(
    Life,
    day=st.integers(-10, WEEKS * 7 - 1) | st.integers(100, 200),
    seen=st.integers(0, 4),
    source=st.sampled_from(SOURCES),
    moved=st.none() | st.tuples(weeks, st.integers(-200, 200)),
    retitled=st.none() | weeks,
    renamed=st.none() | weeks,
    finished=st.one_of(st.just(0), weeks),
    copies=st.none() | st.none() | st.integers(0, 40),
)
outages = st.dictionaries(weeks, st.sampled_from(SOURCES), max_size=20)


def story_of(number: int, all_lives: list[Life]) -> int:
    """Return the number of the article whose text number *number* has first or last."""
    copies = all_lives[number].copies
    return number if copies is None or copies >= number else story_of(copies, all_lives)


def text_of(number: int, all_lives: list[Life]) -> str:
    """Return the words of article *number*, which are its story's, or nearly."""
    story = story_of(number, all_lives)
    words = random.Random(story).choices(STOCK, k=150)  # noqa: S311 - the same every time
    if story != number:
        words[number % 50 :: 50] = ["otherwise"] * 3
    return " ".join(words)


def as_read(number: int, all_lives: list[Life], week: int) -> Article:
    """Return article *number* as its source has it in *week*."""
    life = all_lives[number]
    story = story_of(number, all_lives)
    day = life.day if story == number else all_lives[story].day + life.day % 4
    day += life.moved[1] if life.moved and life.moved[0] <= week else 0
    path = "old" if life.renamed is None or life.renamed > week else "new"
    title = "Before" if life.retitled is None or life.retitled > week else "After"
    text = text_of(number, all_lives)
    return Article(
        id=f"{life.source}/{path}/{number}.md",
        title=f"{title} {' '.join(text.split()[number : number + 6])}",
        source=life.source,
        where=f"{life.source}/{path}/{number}.md",
        url=f"https://{life.source}.example/{path}/{number}",
        published=START + timedelta(days=day, hours=9),
        dated_by="metadata",
        body=(Paragraph(text=text),),
        draft=life.finished > week,
    )


def readable(all_lives: list[Life], week: int, outage: str | None) -> list[Article]:
    """Return what the sources hold in *week*, without the one that is out."""
    found = []
    for number, life in enumerate(all_lives):
        if life.source != outage and max(life.day, 0) // 7 + life.seen <= week:
            found.append(as_read(number, all_lives, week))
    return found


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(lives, min_size=60, max_size=90), outages, st.booleans(), st.booleans())
def test_every_article_is_in_one_issue_or_in_a_report(
    all_lives: list[Life], out: dict[int, str], rollover: bool, late: bool
) -> None:
    """Every article that was ever in a window is in one issue, or in a report with its reason.

    No story comes twice, and building an issue again changes no byte.
    """
    sections = (
        SectionSpec(title="lead", layout="lead", limit=1),
        SectionSpec(title="Harbour", sources=("harbour",), limit=1),
        SectionSpec(title="Rest", catch_all=True, limit=2, per_source=2),
    )
    rules = Rules(rollover=rollover, late=late, sections=sections)
    with tempfile.TemporaryDirectory() as folder:
        play(Desk(folder=Path(folder) / "issues", rules=rules), all_lives, out)


def play(desk: Desk, all_lives: list[Life], out: dict[int, str]) -> None:
    """Build every week, and check the law after each."""
    stories: dict[int, str] = {}
    settled: set[str] = set()
    first: datetime | None = None
    for week in range(WEEKS):
        articles = readable(all_lives, week, out.get(week))
        now = START + timedelta(weeks=week, days=6, hours=12)
        slug = desk.build(articles, now)
        if slug is None:
            continue
        files = desk.files()
        assert desk.build(articles, now) == slug
        assert desk.files() == files
        report = desk.report(slug)
        for name in desk.sent(slug):
            story = story_of(int(name.rpartition("/")[2].removesuffix(".md")), all_lives)
            assert story not in stories, f"story {story} is in {stories[story]} and in {slug}"
            stories[story] = slug
        assert all(each["reason"] for each in report["decisions"])
        settled |= {each["id"] for each in report["decisions"] if each["rule"] != "draft"}
        first = first or datetime.fromisoformat(report["window"]["start"])
        check_none_is_lost(articles, (first, now), settled)
        desk.publish(slug)


def check_none_is_lost(
    articles: list[Article], span: tuple[datetime, datetime], settled: set[str]
) -> None:
    """Let what is there pass if each article of a window was decided about in some issue."""
    for article in articles:
        assert article.published
        inside = span[0] <= article.published < span[1] + timedelta(hours=12)
        assert article.id in settled or article.draft or not inside, article


def test_the_words_of_a_copy_are_nearly_its_storys() -> None:
    """Otherwise the law would say nothing about stories."""
    life = Life(
        day=0, seen=0, source="wire", moved=None, retitled=None, renamed=None, finished=0, copies=0
    )
    original, copy = (as_read(number, [replace(life, copies=None), life], 0) for number in (0, 1))
    words, others = original.body[0].text.split(), copy.body[0].text.split()
    assert sum(one != other for one, other in zip(words, others, strict=True)) == 3
