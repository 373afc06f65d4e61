"""The calls that a build makes, one after another, on a real folder."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import KYIV, article, at, item, publication, window
from digest import issues
from digest.errors import ConfigError, Problem
from digest.issues import Merged, Plan, Wish
from digest.issues.layout import sections
from digest.issues.wording import wording
from digest.model import Article, Decision, Image, Issue, Item, Teaser

PLAN = Plan(slug="2026-01-14", number=4, window=window())
LEAD = (
    "Ports reopen after the storm. Ships are moving again. The third sentence doesn't fit any more."
)
PORT = article(title="Ports reopen", id="a/1.md", image=Image(url="https://a.example/p.jpg"))
TRAIN = article(title="Night trains", id="a/2.md")
NEWS = article(title="A headline", id="a/3.md", headline=True, body=())
TEASERS = {
    "a/1.md": Teaser(text=LEAD, origin="lead"),
    "a/2.md": Teaser(text="Trains run.", origin="own summary"),
}


def generate(
    *articles: Article, plan: Plan = PLAN, pinned: frozenset[str] = frozenset(), **fields: Any
) -> Issue:
    """Lay *articles* out as the selection does, which never makes a pinned one the lead."""
    ordered = sorted(articles, key=lambda each: each.headline)
    names = ["news" if each.headline else "stories" for each in ordered]
    free = [not (each.headline or each.id in pinned) for each in ordered]
    if True in free:
        names[free.index(True)] = "lead"
    chosen = [
        Decision(article=each, taken=True, reason="in the window", section=name)
        for each, name in zip(ordered, names, strict=True)
    ]
    return issues.generate(chosen, TEASERS, plan, publication(**fields))


def build(root: Path, *articles: Article, out: tuple[Decision, ...] = ()) -> Merged:
    """Build the issue in *root* as the pipeline does, and return what was merged."""
    plan = issues.plan(root, Wish(since=date(2026, 1, 1)), at("2026-01-14T09:00"), KYIV)
    edited = issues.load_issue(plan, root)
    generated = generate(*articles, plan=plan, pinned=edited.pinned)
    merged = issues.merge(edited, generated, out, publication())
    report = json.dumps({"generated": merged.base}).encode()
    files = {"issue.toml": merged.toml.encode(), "report.json": report}
    issues.write_all(root / plan.slug, files, edited.seen)
    return merged


def edit(root: Path, old: str, new: str) -> None:
    path = root / "2026-01-14" / "issue.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def shown(merged: Merged) -> list[tuple[str, list[str]]]:
    return [(each.name, [one.title for one in each.items]) for each in merged.issue.sections]


def test_an_issue_is_laid_out_from_chosen_articles() -> None:
    """The first full article leads, also behind a newer headline; headlines are news."""
    assert generate(NEWS, PORT, TRAIN) == Issue(
        slug="2026-01-14",
        number=4,
        status="draft",
        window=window(),
        subject="Black Sea Brief No. 4: Ports reopen",
        preheader="Ports reopen after the storm. Ships are moving again.",
        sections=sections(
            [
                item(id="a/1.md", section="lead", title="Ports reopen", teaser=LEAD,
                     url=PORT.url, image=PORT.image),
                item(id="a/2.md", title="Night trains", teaser="Trains run.",
                     origin="own summary", url=TRAIN.url),
                item(id="a/3.md", section="news", title="A headline", teaser="",
                     kind="headline", origin=None, url=NEWS.url),
            ]
        ),
    )  # fmt: skip


def test_a_pinned_article_is_not_the_lead() -> None:
    """A story that the editor brings back doesn't change what the issue is about."""
    made = generate(PORT, TRAIN, pinned=frozenset({"a/1.md"}))
    assert [(each.id, each.section) for each in made.items] == [
        ("a/2.md", "lead"),
        ("a/1.md", "stories"),
    ]
    assert made.subject == "Black Sea Brief No. 4: Night trains"


def test_decisions_against_an_article_keep_it_out() -> None:
    """Only what is taken is laid out."""
    out = Decision(article=PORT, taken=False, reason="a draft")
    assert issues.generate([out], {}, PLAN, publication()).items == ()


def test_sections_come_in_order_and_the_lead_before_the_stories() -> None:
    """An editor's section has its name as its title."""
    names = ["Top", "stories", "lead", "news", "In depth", "stories"]
    made = sections(item(section=name, title=str(place)) for place, name in enumerate(names))
    assert [(each.name, each.layout, each.title, len(each.items)) for each in made] == [
        ("Top", "stories", "Top", 1),
        ("lead", "lead", None, 1),
        ("stories", "stories", None, 2),
        ("news", "headlines", None, 1),
        ("In depth", "stories", "In depth", 1),
    ]


@pytest.mark.parametrize(
    ("items", "preheader"),
    [
        ([], ""),
        ([item(teaser="Short one. " + "x" * 90 + ".")], "Short one."),
        ([item(teaser="x" * 91), item(title="Next"), item(title="Third")], "Next · Third"),
        ([item(teaser=""), item(title="y" * 91)], ""),
        ([item(teaser="word " * 30)], "word " * 17 + "word…"),
        ([item(teaser="x" * 100)], "x" * 89 + "…"),
        ([item(teaser="**Ours** [here](https://a.example)", by="editor")],
         "Ours here"),
        ([item(kind="sponsor", teaser="Buy."), item(teaser="Read.")], "Read."),
        ([item(kind="headline", teaser="", title="N"), item(teaser="Read.")], "Read."),
    ],
)  # fmt: skip
def test_the_preheader_is_the_leads_opening(items: list[Item], preheader: str) -> None:
    """Whole sentences in 90 characters, else the next titles, else cut at a word."""
    found = wording(items, 1, date(2026, 1, 14), publication())
    assert found.preheader == preheader


@pytest.mark.parametrize(
    ("template", "language", "subject"),
    [
        ("{name} {number:03}: {lead}", "en", "Black Sea Brief 004: {name} wins"),
        ("{date}", "uk", "14 січня 2026 р."),
        ("{date}", "xx", "2026-01-14"),
    ],
)
def test_the_subject_is_filled_in_once(template: str, language: str, subject: str) -> None:
    """Braces in a title are a title's, and dates are in the publication's language."""
    settings = publication(subject=template, language=language)
    found = wording([item(title="{name} wins")], 4, date(2026, 1, 14), settings)
    assert found.subject == subject


LONG = "The harbours of the western Black Sea wait for ice"


@pytest.mark.parametrize(
    ("template", "title", "subject"),
    [
        ("{name} No. {number}: {lead}", "Ports reopen", "Black Sea Brief No. 4: Ports reopen"),
        ("{name} No. {number}: {lead}", LONG, LONG),
        ("{name} No. {number}: {lead}", f"{LONG}, and for rain", "Black Sea Brief No. 4"),
        ("{lead}", f"{LONG}, and for rain", f"{LONG}, and for rain"),
    ],
)
def test_the_subject_fits_an_inbox(template: str, title: str, subject: str) -> None:
    """60 characters; the title stands alone or not at all, and only an editor shortens it."""
    found = wording([item(title=title)], 4, date(2026, 1, 14), publication(subject=template))
    assert found.subject == subject


def test_a_subject_without_a_lead_ends_well() -> None:
    """No colon is left hanging."""
    assert wording([], 4, date(2026, 1, 14), publication()).subject == "Black Sea Brief No. 4"


def test_a_subject_that_can_not_be_filled_in_is_named() -> None:
    """One line, as for every mistake in digest.toml."""
    with pytest.raises(ConfigError, match=r"\[publication\] subject: can't be filled in"):
        wording([], 4, date(2026, 1, 14), publication(subject="{titel}"))


def test_two_builds_write_the_same_bytes(tmp_path: Path) -> None:
    """Building again changes nothing where nothing changed."""
    first = build(tmp_path, PORT, TRAIN, NEWS)
    assert build(tmp_path, PORT, TRAIN, NEWS) == first
    assert first.issue == generate(PORT, TRAIN, NEWS, plan=replace(PLAN, number=1))


def test_an_editors_work_survives_the_next_build(tmp_path: Path) -> None:
    """Words, order, own blocks and comments stay, and a new article comes in."""
    build(tmp_path, PORT, TRAIN)
    edit(tmp_path, 'teaser = "Trains run."', 'teaser = "They run." # checked\nalt = "A train"')
    edit(tmp_path, 'signoff = ""', 'signoff = "Bye."')
    path = tmp_path / "2026-01-14" / "issue.toml"
    own = '\n# Paid\n[[items]]\nkind = "sponsor"\ntitle = "Ad"\nurl = "https://ad.example"\n'
    path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")
    merged = build(tmp_path, PORT, article(title="New", id="a/9.md"), TRAIN, NEWS)
    text = path.read_text(encoding="utf-8")
    assert shown(merged) == [
        ("lead", ["Ports reopen"]),
        ("stories", ["New", "Night trains", "Ad"]),
        ("news", ["A headline"]),
    ]
    train, ad = merged.issue.items[2:4]
    assert (train.teaser, train.origin, merged.issue.signoff) == ("They run.", "editor", "Bye.")
    assert ad == Item(
        id="editor/ad", section="stories", title="Ad", teaser="", kind="sponsor", by="editor",
        origin="editor", url="https://ad.example",
    )  # fmt: skip
    assert 'teaser = "They run." # checked\nalt = "A train"\n' in text
    assert own in text


def test_the_subject_follows_the_editors_choice(tmp_path: Path) -> None:
    """A mail isn't announced by a story that the editor left out."""
    build(tmp_path, PORT, TRAIN)
    edit(tmp_path, 'id = "a/1.md"', 'id = "a/1.md"\ndrop = true')
    merged = build(tmp_path, PORT, TRAIN)
    assert merged.issue.subject == "Black Sea Brief No. 1: Night trains"
    assert merged.issue.preheader == "Trains run."


def test_a_vanished_article_is_left_out_and_told(tmp_path: Path) -> None:
    """Its block stays, with the reason."""
    build(tmp_path, PORT, TRAIN)
    out = Decision(article=TRAIN, taken=False, reason="a draft now")
    merged = build(tmp_path, PORT, out=(out,))
    note = Problem(
        where="issues/2026-01-14/issue.toml: a/2.md",
        problem="left out: a draft now",
        hint="its block stays, and is drawn again when the article is back",
    )
    told = replace(note, where=note.where.replace("issues", tmp_path.name, 1))
    assert (shown(merged), merged.notes) == ([("lead", ["Ports reopen"])], (told,))
    assert 'vanished = "a draft now"' in merged.toml


def test_pictures_and_addresses_are_the_editors_to_change(tmp_path: Path) -> None:
    """An empty address takes the link or the picture away; alt text alone keeps the picture."""
    build(tmp_path, PORT, TRAIN)
    edit(tmp_path, 'id = "a/2.md"', 'id = "a/2.md"\nurl = ""\npicture = "https://b.example/n.png"')
    edit(tmp_path, 'id = "a/1.md"', 'id = "a/1.md"\nalt = "Ships"')
    port, train = build(tmp_path, PORT, TRAIN).issue.items
    assert port.image == Image(url="https://a.example/p.jpg", alt="Ships")
    assert (train.url, train.image) == (None, Image(url="https://b.example/n.png", chosen=True))
    edit(tmp_path, 'alt = "Ships"', 'picture = ""')
    assert build(tmp_path, PORT, TRAIN).issue.items[0].image is None


def test_pins_are_told_to_the_selection(tmp_path: Path) -> None:
    """An id that the editor wrote is asked for at every build."""
    plan = Plan(slug="2026-01-14", number=1, window=window())
    assert issues.load_issue(plan, tmp_path).pinned == frozenset()
    build(tmp_path, PORT)
    edit(tmp_path, "[[items]]\n", '[[items]]\nid = "a/2.md"\n\n[[items]]\n')
    assert issues.load_issue(plan, tmp_path).pinned == {"a/2.md"}
    build(tmp_path, PORT, TRAIN)
    assert issues.load_issue(plan, tmp_path).pinned == {"a/2.md"}


def test_a_pin_leads_only_where_its_block_says_so(tmp_path: Path) -> None:
    """The subject stays with the lead, however new the pinned article is."""
    build(tmp_path, TRAIN)
    edit(tmp_path, "[[items]]\n", '[[items]]\nid = "a/1.md"\n\n[[items]]\n')
    merged = build(tmp_path, PORT, TRAIN)
    assert shown(merged) == [("lead", ["Night trains"]), ("stories", ["Ports reopen"])]
    assert merged.issue.subject == "Black Sea Brief No. 1: Night trains"
    edit(tmp_path, 'section = "stories"', 'section = "lead"')
    merged = build(tmp_path, PORT, TRAIN)
    assert shown(merged) == [("lead", ["Ports reopen"]), ("stories", ["Night trains"])]
    assert merged.issue.subject == "Black Sea Brief No. 1: Ports reopen"


def test_a_dropped_lead_is_followed_by_the_first_story_left(tmp_path: Path) -> None:
    """The issue file says so too, and building again changes nothing."""
    build(tmp_path, PORT, TRAIN)
    edit(tmp_path, 'id = "a/1.md"', 'id = "a/1.md"\ndrop = true')
    merged = build(tmp_path, PORT, TRAIN)
    assert shown(merged) == [("lead", ["Night trains"])]
    assert 'id = "a/2.md"\nsection = "lead"' in merged.toml
    assert build(tmp_path, PORT, TRAIN) == merged
    edit(tmp_path, "drop = true\n", "")
    back = build(tmp_path, PORT, TRAIN)
    assert shown(back) == [("lead", ["Ports reopen"]), ("stories", ["Night trains"])]


def test_an_empty_title_is_the_articles_own_again(tmp_path: Path) -> None:
    """In the mail and in the file, like a title that was taken out."""
    first = build(tmp_path, PORT, TRAIN)
    edit(tmp_path, 'title = "Night trains"', 'title = ""')
    assert build(tmp_path, PORT, TRAIN) == first


def test_a_section_that_is_nearly_another_is_told(tmp_path: Path) -> None:
    """It is drawn as the editor wrote it."""
    build(tmp_path, PORT, TRAIN)
    edit(tmp_path, 'section = "stories"', 'section = "storys"')
    merged = build(tmp_path, PORT, TRAIN)
    assert shown(merged) == [("lead", ["Ports reopen"]), ("storys", ["Night trains"])]
    assert [str(note).partition("issue.toml: ")[2] for note in merged.notes] == [
        'a/2.md: section "storys" becomes a heading of its own (did you mean "stories"?)'
    ]
