"""Notice a section that was probably mistyped, because any name becomes a heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher

from digest.issues.merge import Note
from digest.issues.values import FileItem

MOST = 100  # different names that are compared with each other
_SLIP = 2  # characters by which the lengths may differ
_LIKE_OURS = 0.65  # "storys" and "story" are meant as "stories", "New" as "news"
_LIKE_ANOTHER = 0.85  # "In dept" is meant as "In depth"


def notes(items: Iterable[FileItem], ours: Collection[str]) -> tuple[Note, ...]:
    """Return a note for each section name of *items* that nearly is one of *ours* or another."""
    shown = [item for item in items if item.section and not (item.drop or item.vanished)]
    counts = Counter(item.section for item in shown if item.section)
    first = {item.section: item.id for item in reversed(shown) if item.section}
    names = dict(list(counts.items())[:MOST])
    near = {name: _near(name, names, ours) for name in names if name not in ours}
    return tuple(
        Note(
            about=first[name],
            problem=f'section "{name[:60]}" becomes a heading of its own',
            hint=f'did you mean "{meant[:60]}"?',
        )
        for name, meant in near.items()
        if meant
    )


def _near(name: str, counts: Mapping[str, int], ours: Collection[str]) -> str | None:
    """Return the name that *name* was meant as: one of ours, or one that stands more often.

    Of two that stand equally often the later is the mistyped one.
    """
    own = (known for known in ours if _is_like(name, known, _LIKE_OURS))
    places = {each: place for place, each in enumerate(counts)}
    others = (
        other
        for other in counts
        if (-counts[other], places[other]) < (-counts[name], places[name])
        and other not in ours
        and _is_like(name, other, _LIKE_ANOTHER)
    )
    return next(own, None) or next(others, None)


def _is_like(name: str, other: str, least: float) -> bool:
    """Tell whether *name* is a slip of *other*; "Part 1" is none of "Part 2"."""
    one, two = name.casefold(), other.casefold()
    if one == two:
        return True
    if one[0] != two[0] or abs(len(one) - len(two)) > _SLIP or _letters(one) == _letters(two):
        return False
    return SequenceMatcher(None, one[:100], two[:100], autojunk=False).ratio() >= least


def _letters(name: str) -> str:
    return "".join(letter for letter in name if not letter.isnumeric())
