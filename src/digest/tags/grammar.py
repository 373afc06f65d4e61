"""Find what a mailing service would take for a merge tag, and take its power away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

JOINER = "\u2060"
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_SHOWN = 60  # characters of a tag in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A tag, or its opening, and the index of its first character."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """What one service takes for a tag; *pattern* is ``None`` where it knows none."""

    pattern: re.Pattern[str] | None

    def find(self, text: str) -> tuple[Found, ...]:
        """Return the tags in *text* that don't overlap, in order."""
        if not self.pattern:
            return ()
        return tuple(Found(text=m[0], at=m.start()) for m in self.pattern.finditer(text))

    def opens(self, text: str, at: int) -> bool:
        """Tell whether a tag begins with the character *at* of *text*."""
        return bool(self.pattern and self.pattern.match(text, at))

    def in_link(self, url: str) -> str | None:
        """Return the tag in *url*, or ``None``.

        What is percent-encoded is no tag: ``%D0%BF`` are two bytes of a Cyrillic letter.
        """
        if not self.pattern:
            return None
        bare = _ENCODED.sub("\0\0\0", url)
        found = self.pattern.search(bare)
        return url[found.start() : found.end()][:_SHOWN] if found else None

    def starts(self, text: str) -> tuple[int, ...]:
        """Return where tags begin in *text*, those inside of others too: ``{{{x}}}`` has two."""
        places, at = [], 0
        while self.pattern and (found := self.pattern.search(text, at)):
            places.append(found.start())
            at = found.start() + 1
        return tuple(places)


@lru_cache(maxsize=128)
def grammar(patterns: tuple[str, ...]) -> Grammar:
    """Return the grammar of *patterns*.

    Raises:
        re.error: one of them is no regular expression.
    """
    return Grammar(re.compile("|".join(f"(?:{each})" for each in patterns)) if patterns else None)


def protect_html(text: str, known: Grammar) -> str:
    """Return *text*, words in HTML, with the first character of each tag as an entity."""
    return _changed(text, known.starts(text), lambda character: f"&#{ord(character)};")


def protect_text(text: str, known: Grammar) -> str:
    """Return *text*, plain or a subject, with each tag cut by a word joiner behind its start.

    U+2060 is invisible, breaks no line, and is in no service's tag.
    """
    return _changed(text, known.starts(text), lambda character: character + JOINER)


def _changed(text: str, places: Iterable[int], change: Callable[[str], str]) -> str:
    pieces, end = [], 0
    for at in places:
        pieces += [text[end:at], change(text[at])]
        end = at + 1
    return "".join((*pieces, text[end:]))
