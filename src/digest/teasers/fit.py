"""Fit text into a number of characters without breaking a sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from digest.text.sentences import sentences

ELLIPSIS = "…"
# A lead of one short sentence goes on into the next paragraph; a longer one stands alone.
_ENOUGH = 0.5


def fit(paragraphs: Sequence[str], *, length: int, language: str) -> str:
    """Return whole sentences from the start of *paragraphs*, in at most *length* characters.

    Characters are counted after NFC. The next paragraph is read on into only while less
    than half of *length* is used. If the first sentence alone is too long it is cut
    between two words, and the ellipsis counts.
    """
    taken: list[str] = []
    for paragraph in paragraphs:
        whole = sentences(unicodedata.normalize("NFC", paragraph), language)
        fitting = _fitting(taken, whole, length)
        taken += fitting
        if len(fitting) < len(whole) or _size(taken) >= length * _ENOUGH:
            break
    if taken:
        return " ".join(taken)
    first = next(_sentences(paragraphs, language), "")
    return cut(first, length) if first else ""


def cut(text: str, length: int) -> str:
    """Return *text* cut between two words, with an ellipsis, in at most *length* characters.

    Text without spaces is cut between two characters, never before a combining one.
    """
    if len(text) <= length:
        return text
    room = text[: length - len(ELLIPSIS) + 1]
    head, space, _ = room.rpartition(" ")
    if not space:
        head = room[:-1]
        while head and unicodedata.combining(text[len(head)]):
            head = head[:-1]
    return head.rstrip(" ,;:–—-(«„“\"'") + ELLIPSIS


def _fitting(taken: Sequence[str], whole: Iterable[str], length: int) -> list[str]:
    found: list[str] = []
    for sentence in whole:
        if _size([*taken, *found, sentence]) > length:
            break
        found.append(sentence)
    return found


def _size(parts: Sequence[str]) -> int:
    return len(" ".join(parts))


def _sentences(paragraphs: Sequence[str], language: str) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from sentences(unicodedata.normalize("NFC", paragraph), language)
