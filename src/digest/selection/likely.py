"""Tell whether two articles tell one story: the thresholds, and what they must not catch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from digest.text.likeness import Shared
from digest.text.plain import fold

Relation = Literal["same", "update"]

# Fixed on one half of a made set and measured on the other: benchmarks/bench_stories.py.
SAME = 0.8  # so much of one text has to stand in the other
KEPT = 0.5  # a text less than half as long is a brief, or is quoted in a round-up
LITTLE = 30  # runs of words; shorter texts are alike by chance
PROVES = 100  # runs of words that prove more than nearly equal titles deny
EQUAL = 0.98
_TEMPLATE = 0.5  # of two titles, so much is alike when they are of one series
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One text as it is compared: *size* is its number of runs, *day* ISO 8601 or ""."""

    title: str
    size: int
    source: str = ""
    day: str = ""


def relation(older: Telling, newer: Telling, shared: Shared) -> Relation | None:
    """Return what the newer of two texts is to the older: the same story, or its update.

    An update holds the older text and a quarter of it again that is new.
    """
    least, most = sorted((older.size, newer.size))
    if least < LITTLE or least < KEPT * most or shared.most < SAME:
        return None
    equal = shared.most >= EQUAL and least >= PROVES
    if not equal and (is_series(older.title, newer.title) or _is_column(older, newer)):
        return None
    if equal and _numbered(older.title, newer.title):
        return None
    return "update" if shared.of_older >= SAME > shared.of_newer else "same"


def is_series(older: str, newer: str) -> bool:
    """Tell whether two titles are of one series: alike but for a number or a word in four.

    "Node.js 20.1.0 (Current)" and "Node.js 20.1.1 (LTS)" are, and so are "Goals for March"
    and "Goals for April".
    """
    first, second = fold(older).split(), fold(newer).split()
    if first == second:
        return False
    changed = sum(one != other for one, other in zip(first, second, strict=False))
    slot = len(first) == len(second) and changed <= max(1, len(first) // 4) < len(first)
    return slot or _numbered(older, newer)


def _is_column(older: Telling, newer: Telling) -> bool:
    """Tell whether one source used one title on two days, as columns do."""
    same = older.source == newer.source and fold(older.title) == fold(newer.title)
    return same and older.day != newer.day


def _numbered(older: str, newer: str) -> bool:
    """Tell whether two titles have other numbers in what is else much the same."""
    (numbers, words), (numbers_2, words_2) = _parted(older), _parted(newer)
    if numbers == numbers_2 or not (words and words_2):
        return False
    return SequenceMatcher(None, words, words_2, autojunk=False).ratio() >= _TEMPLATE


def _parted(title: str) -> tuple[set[str], list[str]]:
    found = fold(title).split()
    numbers = {word for word in found if _NUMBER.search(word)}
    return numbers, [word for word in found if word not in numbers]
