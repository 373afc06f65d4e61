"""Tell whether two articles tell one story: the thresholds, and what they must not catch."""

from __future__ import annotations

import re
from typing import Literal

from digest.text.likeness import Shared
from digest.text.plain import fold

Relation = Literal["same", "update"]

# Fixed on one half of a made set and measured on the other: benchmarks/bench_stories.py.
SAME = 0.8  # so much of one text has to stand in the other
KEPT = 0.5  # a text less than half as long is a brief, or is quoted in a round-up
LITTLE = 30  # runs of words; shorter texts are alike by chance
PROVES = 100  # runs of words that prove more than nearly equal titles deny
EQUAL = 0.95
_NUMBER = re.compile(r"\d")


def relation(titles: tuple[str, str], sizes: tuple[int, int], shared: Shared) -> Relation | None:
    """Return what the newer of two articles is to the older: the same story, or its update.

    All pairs are (older, newer); *sizes* are numbers of runs. An update holds the older
    text and as much again as a quarter of it that is new.
    """
    if min(sizes) < LITTLE or min(sizes) < KEPT * max(sizes) or shared.most < SAME:
        return None
    if is_series(*titles, proof=shared.most if min(sizes) >= PROVES else 0.0):
        return None
    return "update" if shared.of_older >= SAME > shared.of_newer else "same"


def is_series(older: str, newer: str, *, proof: float) -> bool:
    """Tell whether two titles are of one series: alike but for a number or a word in four.

    "Node.js 20.1.0 (Current)" and "Node.js 20.1.1 (Current)" are, and so are "Goals, March"
    and "Goals, April", unless *proof*, the likeness of their texts, says that they are one.
    """
    first, second = fold(older).split(), fold(newer).split()
    if first == second:
        return False
    numbers, others = _parted(first)
    numbers_2, others_2 = _parted(second)
    if numbers != numbers_2 and len(others & others_2) >= 0.5 * min(len(others), len(others_2)):
        return bool(others & others_2)
    changed = sum(one != other for one, other in zip(first, second, strict=False))
    slot = len(first) == len(second) and changed <= max(1, len(first) // 4) < len(first)
    return slot and proof < EQUAL


def _parted(words: list[str]) -> tuple[set[str], set[str]]:
    numbers = {word for word in words if _NUMBER.search(word)}
    return numbers, set(words) - numbers
