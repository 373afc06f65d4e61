"""Look at the teasers of one issue together, as its readers will."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from dataclasses import replace

from digest.model import Teaser
from digest.teasers.faults import WEIGHTS
from digest.text.plain import fold

_ALIKE = 3  # words; two teasers that share as many at the start begin alike
_LETTERS = 6  # the same for a script without spaces
_MOST_WORSE = WEIGHTS["begins like another"]
_BALANCE_WORSE = 12  # points of score that a better length is worth
_TOO_SHORT, _TOO_LONG = 0.4, 2.2  # of the median length of the issue


def fit_together(teasers: Mapping[str, Teaser], length: int) -> Mapping[str, Teaser]:
    """Return *teasers* by article id, where a better choice next to the others is taken.

    The earlier in order keeps its words. Within a budget of *length* characters, the ones
    that are far from the median length give way to an alternative that is nearer.
    """
    middle = _median(teasers.values())
    taken: set[str] = set()
    result: dict[str, Teaser] = {}
    for key, teaser in teasers.items():
        fitting = _unlike(_balanced(teaser, middle, length), taken)
        taken.add(opening(fitting.text))
        result[key] = fitting
    return result


def opening(text: str) -> str:
    """Return the words by which a reader sees that two texts begin alike."""
    words = fold(text).split()
    return " ".join(words[:_ALIKE]) if len(words) > _ALIKE else fold(text)[:_LETTERS]


def _median(teasers: Iterable[Teaser]) -> float:
    lengths = [len(each.text) for each in teasers if each.text]
    return statistics.median(lengths) if lengths else 0.0


def _unlike(teaser: Teaser, taken: set[str]) -> Teaser:
    if not teaser.text or opening(teaser.text) not in taken:
        return teaser
    others = [
        each
        for each in teaser.alternatives
        if opening(each.text) not in taken and each.score >= teaser.score - _MOST_WORSE
    ]
    if not others:
        return replace(teaser, reason=f"{teaser.reason}, begins like another")
    return _instead(teaser, others[0], "the first choice begins like another teaser")


def _balanced(teaser: Teaser, middle: float, length: int) -> Teaser:
    size = len(teaser.text)
    if not size or _TOO_SHORT * middle <= size <= max(_TOO_LONG * middle, length / 2):
        return teaser
    better = [
        each
        for each in teaser.alternatives
        if each.score >= teaser.score - _BALANCE_WORSE
        and abs(len(each.text) - middle) < abs(size - middle)
        and each.origin == teaser.origin
    ]
    return _instead(teaser, better[0], "nearer to the others in length") if better else teaser


def _instead(teaser: Teaser, other: Teaser, why: str) -> Teaser:
    """Return *other* with *teaser* among its alternatives."""
    rest = (replace(teaser, alternatives=()), *teaser.alternatives)
    return replace(
        other,
        reason=f"{other.reason}; {why}",
        alternatives=tuple(each for each in rest if each.text != other.text),
    )
