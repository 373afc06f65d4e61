"""Cut the heading of a list off the first title, where a page's text has lost the space."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

LONGEST_HEADING = 40
MOST_WORDS = 5
SHORTEST_TITLE = 10
_SHORT = 3  # letters: "mac" in macOS, "UN", "tv"
_QUOTES = '“«„"‚‘'
_WORD = re.compile(r"[^\W_]+")


class Words:
    """The words of a dump, counted once when they are first asked for."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset(word for line in self._lines for word in _WORD.findall(line))

    @cached_property
    def _small(self) -> frozenset[str]:
        return frozenset(word.lower() for word in self._exact)

    def knows(self, word: str) -> bool:
        """Tell whether *word* stands alone somewhere, whatever its case."""
        return word.lower() in self._small

    def twice(self, token: str) -> bool:
        """Tell whether *token* stands in more than one line, as names do."""
        return sum(token in line for line in self._lines) > 1

    def stands_alone(self, text: str) -> bool:
        """Tell whether a line begins with *text*."""
        return any(line.startswith(text) for line in self._lines)


def unglued(title: str, words: Words) -> str:
    """Return *title* without the heading that is glued to its front, if one is.

    The sign is a small letter with a capital or an opening quote right behind it. Names
    have it too (iPhone, YouTube, McDonald): a cut needs a heading that looks like one,
    and, where the torn word itself begins with a capital, the title's first word
    elsewhere in the dump. In doubt the title stays whole.
    """
    for cut in _cuts(title):
        if _is_glue(title, cut, words):
            return title[cut:]
    return title


def _cuts(title: str) -> Iterator[int]:
    for cut in range(2, min(len(title) - SHORTEST_TITLE, LONGEST_HEADING) + 1):
        before, here, after = title[cut - 1], title[cut], title[cut + 1 : cut + 2]
        opens = here.isupper() or here.isdigit() or (here in _QUOTES and after.isalpha())
        capitals = before.isupper() and here.isupper() and after.islower()
        if (before.islower() and opens) or capitals:
            yield cut


def _is_glue(title: str, cut: int, words: Words) -> bool:
    heading, rest = title[:cut], title[cut:]
    if len(heading.split()) > MOST_WORDS or heading[0].islower() or " " not in rest:
        return False
    if words.stands_alone(rest):
        return True
    torn = re.split(r"[\s(\[“«„\"'’-]", heading)[-1]
    right = _WORD.match(rest)
    if right is None:  # an opening quote
        return len(torn) > 1
    if words.twice(torn + right[0]):
        return False
    return _tears(torn, right[0], words)


def _tears(torn: str, right: str, words: Words) -> bool:
    """Tell whether *torn* + *right* are two words and no name with a capital inside."""
    if right[0].isdigit():
        return torn.islower() and len(torn) > _SHORT
    if torn.isupper():
        return len(torn) > _SHORT and words.knows(right)
    if torn[0].isupper():
        return words.knows(right) and len(torn) > 1
    return len(torn) > _SHORT or (len(torn) > 1 and not right.isupper())
