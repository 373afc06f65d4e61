"""Sections and editions in digest.toml, and what can't be in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest import config
from digest.errors import ConfigError
from digest.model import Match, SectionSpec, SelectionRules, Theme

KINDS = {"path": frozenset({"url", "name", "language"})}
BASE = """[publication]
name = "Brief"
sender = { name = "Brief", email = "brief@example.org" }
[[sources]]
path = "articles"
"""


def load(tmp_path: Path, text: str) -> config.Config:
    path = tmp_path / "digest.toml"
    path.write_text(BASE + text, encoding="utf-8")
    return config.load(path, KINDS)


def test_sections_are_read_with_all_their_keys(tmp_path: Path) -> None:
    """One word may stand for a list of one."""
    found = load(
        tmp_path,
        """
[selection]
minimum = 3
rollover = true
late = false
prefer = ["source", "longest"]
sources = ["wire"]
[[sections]]
title = "lead"
layout = "lead"
limit = 1
[[sections]]
title = "In depth"
tags = "analysis"
any = [{ text = ["port"] }, { authors = ["Olena"] }]
none = [{ sources = ["wire"], language = ["en"] }]
minimum = 2
per_source = 3
order = "rank"
[[sections]]
title = "Rest"
catch_all = true
""",
    )
    assert found.selection == SelectionRules(
        minimum=3, rollover=True, late=False, prefer=("source", "longest"), sources=("wire",)
    )
    assert found.sections == (
        SectionSpec(title="lead", layout="lead", limit=1),
        SectionSpec(
            title="In depth",
            tags=("analysis",),
            any=(Match(text=("port",)), Match(authors=("Olena",))),
            none=(Match(sources=("wire",), language=("en",)),),
            minimum=2,
            per_source=3,
            order="rank",
        ),
        SectionSpec(title="Rest", catch_all=True),
    )


def test_an_edition_has_its_own_words_and_the_rest_of_the_publication(tmp_path: Path) -> None:
    """Its issues lie in a folder of its own."""
    found = load(
        tmp_path,
        """
[selection]
late = false
[[sections]]
title = "All"
[editions.uk]
name = "Огляд"
language = "uk"
window = "1month"
theme = { accent = "#112233" }
[[editions.uk.sections]]
title = "Усе"
language = ["uk"]
""",
    )
    edition = found.as_edition("uk")
    assert edition.publication.name == "Огляд"
    assert edition.publication.sender == found.publication.sender
    assert edition.rules.language == "uk"
    assert edition.selection == SelectionRules(late=False, window="1month")
    assert edition.theme == Theme(accent="#112233")
    assert edition.sections == (SectionSpec(title="Усе", language=("uk",)),)
    assert edition.issues == found.root / "issues" / "uk"
    with pytest.raises(ConfigError, match=r'there is no edition "uc" \(known: uk\)'):
        found.as_edition("uc")


MISTAKES = [
    ("[selection]\nminimum = -1", "7: selection.minimum must be 0 or more"),
    ('[selection]\nwindow = "soon"', '7: selection.window is no span such as "7d", "1month"'),
    ('[selection]\nprefer = ["best"]', "7: selection.prefer can't be 'best' (one of article,"),
    ('[[sections]]\ntitle = "A"\nlimti = 3', "8: sections.limti is no key that digest knows"),
    ('[[sections]]\ntitle = "A"\nlimit = 0', "8: sections.limit must be 1 or more"),
    ('[[sections]]\ntitle = "A"\nlimit = 2\nminimum = 3', "9: sections.minimum is over the limit"),
    ('[[sections]]\ntitle = "A"\nany = [{ tag = ["x"] }]', "8: sections.any.tag is no key that"),
    (
        '[[sections]]\ntitle = "A"\ntags=["a"]\n[[sections]]\ntitle = "a"\ntags=["b"]',
        '10: sections.title "a" is there twice (give one another title)',
    ),
    (
        '[[sections]]\ntitle = "A"\ncatch_all = true\n[[sections]]\ntitle = "B"\ncatch_all = true',
        '11: sections.catch_all is set for "A" already (only one can take what is left)',
    ),
    (
        '[[sections]]\ntitle = "A"\n[[sections]]\ntitle = "B"\ntags = ["x"]',
        '8: sections "B" can be reached by no article: "A" takes all of them before',
    ),
    (
        '[[sections]]\ntitle = "A"\ntags = ["x", "y"]\n[[sections]]\ntitle = "B"\ntags = ["X"]',
        '9: sections "B" can be reached by no article: "A" takes all of them before',
    ),
    (
        '[[sections]]\ntitle = "A"\ntags = ["x"]\nnone = [{ tags = ["x"] }]',
        '6: sections "A" can be reached by no article: none refuses what its own rule asks for',
    ),
    (
        '[[sections]]\ntitle = "A"\nsources = ["wire"]',
        '6: sections "A" can be reached by no article: there is no source wire, only articles',
    ),
    ('[editions."../up"]', "editions.../up can't name a folder"),
    ("[editions.2026-01-14]", "editions.2026-01-14 looks like the folder of an issue"),
    ('[editions.uk]\nlanguage = "ukrainian!"', "7: editions.uk.language is no language tag"),
    ('[editions.uk]\nwindow = "x"', "7: editions.uk.window is no span"),
    ('[editions.uk]\nsource = "x"', "7: editions.uk.source is no key that digest knows"),
    (
        '[editions.uk]\n[[editions.uk.sections]]\ntitle = "A"\nlimit = 0',
        "9: editions.uk.sections.limit must be 1 or more",
    ),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_what_can_t_be_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    """One clear line each."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert message in str(caught.value)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    "text",
    [
        '[[sections]]\ntitle = "A"\nlimit = 3\n[[sections]]\ntitle = "B"',
        '[[sections]]\ntitle = "A"\nlayout = "headlines"\n[[sections]]\ntitle = "B"',
        '[[sections]]\ntitle = "A"\ntags = ["x"]\n[[sections]]\ntitle = "B"\ntags = ["x", "y"]',
        '[[sections]]\ntitle = "A"\ncatch_all = true\n[[sections]]\ntitle = "B"\ntags = ["x"]',
        '[[sections]]\ntitle = "A"\ntags = ["x"]\nsources = ["articles"]\n'
        '[[sections]]\ntitle = "B"\ntags = ["x"]',
    ],
)
def test_sections_that_can_be_reached_are_left_alone(tmp_path: Path, text: str) -> None:
    """A limit, a narrower rule or a catch-all leave something to those below."""
    assert len(load(tmp_path, text).sections) == 2
