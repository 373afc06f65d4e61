"""Cut a sentence that is too long where a reader would take a breath."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from digest.teasers.balance import balanced
from digest.text.languages import Language

ELLIPSIS = "…"
_TRAILING = " ,;:–—-(«„“\"'/&+|、，；：·"
_PAUSE = re.compile(r"[,;:–—]$|[、，；：]$")
_BREATH = re.compile(r"[、，；：,;]|——")
_WORD = re.compile(r"[\w’'&+@#%$€£-]+")
_EARLIEST = 0.45  # of the room: an earlier end says too little
_JOINERS = "\u200c\u200d"
_AFTER_NUMBER = re.compile(r"\d\W?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A text that ends with an ellipsis; *natural* where a clause ends there."""

    text: str
    natural: bool


def cut(sentence: str, room: int, known: Language) -> Cut | None:
    """Return *sentence* cut to at most *room* characters, the ellipsis counted.

    It never ends inside a word, a number, a name, a quotation or a bracket. ``None`` where
    there is no such place.
    """
    limit = room - len(ELLIPSIS)
    places = _between_words if " " in sentence[:limit] and known.spaces else _between_letters
    best, rank = None, 0.0
    for end, worth in places(sentence, limit, known):
        head = sentence[:end].rstrip(_TRAILING)
        value = worth + len(head) / limit
        if value > rank and len(head) >= limit * _EARLIEST / 1.5 and balanced(head):
            best, rank = Cut(text=head + ELLIPSIS, natural=worth > 0), value
    return best


def hard_cut(text: str, room: int) -> str:
    """Return *text* cut between two words, or between two letters where it has no spaces.

    The last resort, in at most *room* characters with the ellipsis.
    """
    if len(text) <= room:
        return text
    limit = room - len(ELLIPSIS)
    head, space, _ = text[: limit + 1].rpartition(" ")
    if not space:
        while limit > 1 and _joined(text, limit):
            limit -= 1
        head = text[:limit]
    return head.rstrip(_TRAILING) + ELLIPSIS


def _between_words(text: str, limit: int, known: Language) -> Iterator[tuple[int, float]]:
    """Yield the places before which a cut may fall, each with what it is worth."""
    for space in re.finditer(" ", text[: limit + len(_TRAILING)]):
        end = space.start()
        before, after = text[:end].rsplit(" ", 1)[-1], text[end + 1 :].split(" ", 1)[0]
        if len(text[:end].rstrip(_TRAILING)) > limit or _breaks(before, after, known):
            continue
        yield end, _worth(before, after, known)


def _worth(before: str, after: str, known: Language) -> float:
    if _PAUSE.search(before) or after[:1] in "–—-(":
        return 0.3
    return 0.2 if after.casefold().strip(",.;:") in known.joiners else 0.0


def _breaks(before: str, after: str, known: Language) -> bool:
    """Tell whether a cut between two words breaks a name, a number or a phrase."""
    bare = before.strip("\"'“”„«»()[],;:–—-").casefold()
    if not bare or known.abbreviated.search(before):
        return True
    if _PAUSE.search(before):
        return False
    if bare in known.weak_ends or bare.endswith(("'s", "’s", "’", "'")):
        return True
    if _AFTER_NUMBER.search(before) or after[:1].isdigit() or after[:1] in "$€£%":
        return True
    return before[:1].isupper() and after[:1].isupper()


def _between_letters(text: str, limit: int, known: Language) -> Iterator[tuple[int, float]]:
    for end in range(int(limit * _EARLIEST), min(limit, len(text) - 1) + 1):
        if _BREATH.match(text[end]):
            yield end, 0.4
        elif not _joined(text, end) and not _inside(text, end):
            ends = any(text[:end].endswith(word) for word in known.weak_ends)
            starts = any(text.startswith(word, end) for word in known.joiners)
            yield end, (-0.3 if ends else 0.0) + (0.1 if starts else 0.0)


def _inside(text: str, end: int) -> bool:
    """Tell whether *end* is inside a number, a Latin word or a run of katakana."""
    return _kind(text[end - 1]) == _kind(text[end]) != ""


def _kind(letter: str) -> str:
    if letter.isascii() or letter.isdigit():
        return "word" if letter.isalnum() else ""
    if "\u30a0" <= letter <= "\u30ff":
        return "katakana"
    name = unicodedata.category(letter)
    wide = "\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af"
    return "" if wide or not name.startswith("L") else "letter"


def _joined(text: str, at: int) -> bool:
    """Tell whether the characters before and at *at* are parts of one that people see."""
    after, before = text[at], text[at - 1]
    if unicodedata.combining(after) or unicodedata.category(after).startswith("M"):
        return True
    flags = "\U0001f1e6" <= after <= "\U0001f1ff" and "\U0001f1e6" <= before <= "\U0001f1ff"
    tone = "\U0001f3fb" <= after <= "\U0001f3ff" or after == "\ufe0f"
    return flags or tone or after in _JOINERS or before in _JOINERS
