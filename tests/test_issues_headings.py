"""A section that was probably mistyped is told; every other one is a heading."""

from __future__ import annotations

import pytest

from digest.issues.headings import notes
from digest.issues.layout import LAYOUTS
from digest.issues.merge import Note
from digest.issues.values import FileItem


def told(*sections: str) -> list[tuple[str, str]]:
    """Return the section and the hint of each note on items of these sections."""
    items = [FileItem(id=name, section=name) for name in sections]
    return [(note.about, note.hint) for note in notes(items, LAYOUTS)]


@pytest.mark.parametrize(
    ("sections", "name", "meant"),
    [
        (["lead", "stories", "storys"], "storys", "stories"),
        (["Stories"], "Stories", "stories"),
        (["story"], "story", "stories"),
        (["New"], "New", "news"),
        (["leads"], "leads", "lead"),
        (["In depth", "in depth"], "in depth", "In depth"),
        (["In dept", "In depth", "In depth"], "In dept", "In depth"),
    ],
)
def test_a_near_name_is_suggested(sections: list[str], name: str, meant: str) -> None:
    """One of digest's own, or the one that stands there more often, or first."""
    assert told(*sections) == [(name, f'did you mean "{meant}"?')]


@pytest.mark.parametrize(
    "sections",
    [
        ["lead", "stories", "news"],
        ["In depth", "Top stories", "Events", "Newsroom", "Reviews", "Read on"],
        ["Part 1", "Part 2", "Part 12"],
        ["Women's sport", "Men's sport"],
    ],
)
def test_a_heading_of_its_own_is_none_of_digests_business(sections: list[str]) -> None:
    """Most names are meant as they are written."""
    assert told(*sections) == []


def test_one_note_is_enough_and_what_is_not_drawn_needs_none() -> None:
    """The first item of the name is where to look."""
    items = [
        FileItem(id="a", section="storys", drop=True),
        FileItem(id="b", section="storys"),
        FileItem(id="c", section="storys"),
    ]
    problem = 'section "storys" becomes a heading of its own'
    assert notes(items, LAYOUTS) == (
        Note(about="b", problem=problem, hint='did you mean "stories"?'),
    )
