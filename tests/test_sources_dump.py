from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders import KYIV, at
from digest.model import Article
from digest.sources import ReadContext, Reading, read
from digest.sources.glue import Words, unglued
from digest.sources.raw import Raw
from digest.sources.readers.dump import READER

CASES = Path(__file__).parent / "cases" / "dumps"


def dump(text: str, path: str = "page.txt") -> tuple[Article, ...]:
    return READER.read(
        Raw(data=text.encode(), where=path, source="dumps", path=path, zone=KYIV, language="en")
    )


def as_data(articles: tuple[Article, ...]) -> dict[str, object]:
    page = [article for article in articles if not article.headline]
    return {
        "articles": [
            {
                "title": article.title,
                "published": article.published.isoformat() if article.published else None,
                "day_only": article.day_only,
                "dated_by": article.dated_by,
                "body": [f"{block.kind}: {block.text}" for block in article.body],
            }
            for article in page
        ],
        "headlines": [
            f"{article.published:%Y-%m-%d} {article.title}"
            for article in articles
            if article.headline
        ],
    }


@pytest.mark.parametrize("case", sorted(CASES.glob("*.txt")), ids=lambda case: case.stem)
def test_a_dump_is_taken_apart_by_its_structure(case: Path) -> None:
    """Title, paragraphs, lists and headlines come out right in any language."""
    expected = json.loads(case.with_suffix(".json").read_text(encoding="utf-8"))
    assert as_data(dump(case.read_text(encoding="utf-8"), case.name)) == expected


def test_the_real_dump_gives_one_article_and_ten_headlines(seed: Path) -> None:
    """The sidebar's heading is cut off its first title, and none of it is in the text."""
    reading = _read_seed(seed)
    story, *headlines = reading.articles
    assert (story.title, story.published, story.day_only, story.dated_by) == (
        "Ukraine and Syria Restore Diplomatic Relations",
        at("2026-01-14"),
        True,
        "page",
    )
    assert story.body[0].text == (
        "Ukraine and Syria have signed a joint communiqué on the restoration of diplomatic "
        "relations, President of Ukraine Volodymyr Zelensky announced."
    )
    assert [block.kind for block in story.body].count("item") == 3
    assert story.body[-1].text.endswith("in the Middle East.")
    assert len(headlines) == 10
    assert {(article.dated_by, article.url, article.body) for article in headlines} == {
        ("text", None, ())
    }


def test_the_real_dumps_headlines_keep_the_order_of_the_file(seed: Path) -> None:
    """The list is read from its first line to its last."""
    headlines = [article for article in _read_seed(seed).articles if article.headline]
    ends = [(article.title, f"{article.published:%Y-%m-%d}") for article in headlines]
    assert ends[0] == (
        "The Use of the “Oreshnik” Missile and a New Phase of Escalation Around Ukraine",
        "2026-01-09",
    )
    assert ends[-1] == (
        "The South Caucasus in the Context of Expanding External Involvement",
        "2026-01-02",
    )


def _read_seed(seed: Path) -> Reading:
    from digest.model import SourceSpec

    spec = SourceSpec(kind="path", target=str(seed))
    return read([spec], ReadContext(root=seed.parent, zone=KYIV, language="en"))


def test_a_headline_has_the_same_id_on_every_dump() -> None:
    """The id is made of source, day and title, so one list on ten pages counts once."""
    listed = "Latest\nOne Thing\n09.01.2026\nAnother Thing\n08.01.2026\n"
    first = dump(f"A title\n\nSome text.\n{listed}", "a.txt")
    second = dump(f"{listed}\nB title\n\nOther text.", "b.txt")
    ids = {article.id for article in (*first, *second) if article.headline}
    assert ids == {"dumps/headline/2026-01-09/one-thing", "dumps/headline/2026-01-08/another-thing"}


def test_one_title_and_date_are_no_list() -> None:
    """A list begins with two pairs; a single pair is the page's own title and date."""
    (article,) = dump("The Bridge\n12.01.2026\n\nIt opened at noon.\n")
    assert (article.title, article.published, article.dated_by) == (
        "The Bridge",
        at("2026-01-12"),
        "text",
    )


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_pages_own_date_above_a_list_is_no_part_of_it(gap: str) -> None:
    """A date without a title, written like those of the list, is the page's."""
    listed = "Latest newsThe Bridge\n09.Jan.2026\nThe Quay\n08.Jan.2026\n"
    story, *headlines = dump(f"The Ferry\n\nThe ferry left at noon.{gap}14.Jan.2026\n{listed}")
    assert (story.published, story.dated_by) == (at("2026-01-14"), "page")
    assert [(found.title, found.published) for found in headlines] == [
        ("The Bridge", at("2026-01-09")),
        ("The Quay", at("2026-01-08")),
    ]


def test_a_date_in_the_file_name_beats_those_on_the_page() -> None:
    """What the text says may be the day of printing; a name was given on purpose."""
    (article,) = dump("The Bridge\n\nIt opened at noon.\n\n14 Jan 2026\n", "2026-01-12-bridge.txt")
    assert (article.published, article.dated_by) == (at("2026-01-12"), "file name")


def test_a_title_without_text_is_an_empty_article() -> None:
    """The selection, not the reader, decides about articles without text."""
    (article,) = dump("Only a title\n")
    assert (article.title, article.body) == ("Only a title", ())


def test_an_empty_dump_is_an_empty_article_named_by_its_file() -> None:
    """An empty file is named, never lost."""
    (article,) = dump("\n \n", "bridge-opens.txt")
    assert (article.title, article.body, article.id) == (
        "Bridge opens",
        (),
        "dumps/bridge-opens.txt",
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Latest newsThe Use of Force", "The Use of Force"),
        ("Latest newsA New Phase Begins", "A New Phase Begins"),
        ("Latest newsUN Chief Speaks Out", "UN Chief Speaks Out"),
        ("Top stories5 Reasons to Stay", "5 Reasons to Stay"),
        ("Останні новини«Орешник» і новий етап", "«Орешник» і новий етап"),
        ("Latest NewsThe Use of Force", "The Use of Force"),
        ("NachrichtenDie Brücke bei Ebbe", "Die Brücke bei Ebbe"),
        ("iPhone Thefts Worry the Island", "iPhone Thefts Worry the Island"),
        ("YouTube Bans Three Channels", "YouTube Bans Three Channels"),
        ("Why YouTube Bans Three Channels", "Why YouTube Bans Three Channels"),
        ("Old McDonald Had a Farm", "Old McDonald Had a Farm"),
        ("Apple’s macOS Gets a Rival", "Apple’s macOS Gets a Rival"),
        ("A PhD for the LinkedIn Founder", "A PhD for the LinkedIn Founder"),
        ("Why eBay Sellers Leave Town", "Why eBay Sellers Leave Town"),
    ],
)
def test_only_headings_are_cut_off_a_title(title: str, expected: str) -> None:
    """A capital inside a name is no seam; in doubt the title stays whole."""
    words = Words(["The council met. Die Brücke ist zu.", title])
    assert unglued(title, words) == expected
