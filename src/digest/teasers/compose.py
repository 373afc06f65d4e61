"""Put whole sentences together, up to a number of characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.teasers import faults
from digest.teasers.balance import balanced
from digest.teasers.cut import ELLIPSIS, cut, hard_cut
from digest.teasers.reading import Piece, Pieces
from digest.text.languages import Language

# A lead of one short sentence goes on into the next paragraph; a longer one stands alone.
_ENOUGH = 0.5
_TAIL = 40  # characters; longer than any words that announce a list
_SHORT = 55  # characters; a sentence of fewer takes a part of the next one with it
_COLONS = (":", "：")


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A text, the sentence that it begins with, and what is wrong with it."""

    text: str
    first: str
    faults: tuple[str, ...] = ()


def compose(pieces: Pieces, paragraph: int, sentence: int, length: int) -> Composed:
    """Return whole sentences from the given one on, in at most *length* characters.

    The next paragraph is read on into only while less than half of *length* is used. A
    first sentence that is too long is cut at a clause.
    """
    piece = pieces[paragraph]
    first, known = piece.sentences[sentence], piece.known
    found = faults.inside(first)
    if len(first) > length:
        return _shortened(first, length, known, found)
    taken = _run(pieces, paragraph, sentence, length)
    while len(taken) > 1 and not _closes(taken, known):
        taken.pop()
    if len(first) < _SHORT and len(taken) == 1 and len(piece.sentences) > sentence + 1:
        longer = _with_clause(first, piece, sentence + 1, length)
        if longer:
            return Composed(text=longer, first=first, faults=(*found, "is cut at a clause"))
    return _single(first, length, known, found) if len(taken) == 1 else _joined(taken, known, found)


def _with_clause(first: str, piece: Piece, after: int, length: int) -> str:
    """Return the short sentence *first* with the next one of *piece*, cut at a clause, or ""."""
    following, known = piece.sentences[after], piece.known
    if not faults.ends(first) or piece.unwanted(after) or faults.inside(following):
        return ""
    shortened = cut(following, length - len(first) - 1, known)
    text = f"{first}{' ' if known.spaces else ''}{shortened.text}" if shortened else ""
    return text if shortened and shortened.natural and balanced(text) else ""


def _run(pieces: Pieces, paragraph: int, sentence: int, length: int) -> list[str]:
    """Return the sentences that fit, in their order and without a gap."""
    taken: list[str] = []
    for number in range(paragraph, len(pieces)):
        piece, begin = pieces[number], sentence if number == paragraph else 0
        if number > paragraph and not faults.ends(taken[-1]):
            break
        for at in range(begin, len(piece.sentences)):
            each = piece.sentences[at]
            if taken and not _fits(taken, each, piece.unwanted(at), length):
                if piece.unwanted(at) and not at:
                    break  # a caption or notice of its own between two paragraphs
                return taken
            taken.append(each)
        if _size(taken, piece.known) >= length * _ENOUGH:
            break
    return taken


def _fits(taken: Sequence[str], each: str, unwanted: str, length: int) -> bool:
    fits = len(" ".join([*taken, each])) <= length
    return fits and not unwanted and not faults.inside(each) and faults.ends(each)


def _closes(taken: Sequence[str], known: Language) -> bool:
    last = taken[-1]
    return (
        not known.lead_in.search(last[-_TAIL:])
        and not last.endswith(_COLONS)
        and balanced(" ".join(taken))
    )


def _joined(taken: Sequence[str], known: Language, found: tuple[str, ...]) -> Composed:
    text = (" " if known.spaces else "").join(taken)
    return Composed(text=text, first=taken[0], faults=found)


def _size(taken: Sequence[str], known: Language) -> int:
    return len((" " if known.spaces else "").join(taken))


def _single(first: str, length: int, known: Language, found: tuple[str, ...]) -> Composed:
    """Return the teaser of one sentence, which may end badly."""
    if not balanced(first):
        return _rebalanced(first, length, known, found)
    if first.endswith(_COLONS) or known.lead_in.search(first[-_TAIL:]):
        return _without_colon(first, length, known, found)
    if not faults.ends(first):
        text = first.rstrip(" ,;-–—") + known.full_stop
        text = text if len(text) <= length else hard_cut(first, length)
        return Composed(text=text, first=first, faults=(*found, "has no sentence end"))
    return Composed(text=first, first=first, faults=found)


def _rebalanced(first: str, length: int, known: Language, found: tuple[str, ...]) -> Composed:
    """Return *first* without a quote at its edge that nothing closes, or cut before it."""
    fault = (*found, "quotes or brackets don't close")
    for shorter in (first[1:], first[:-1], first[:-2] + first[-1:]):
        if balanced(shorter) and shorter and not shorter[0].isspace():
            text = shorter.strip()
            text = text if faults.ends(text) else text.rstrip(" ,;:-–—") + known.full_stop
            return Composed(text=text, first=shorter, faults=fault)
    shortened = cut(first, min(length, len(first)), known)
    text = shortened.text if shortened else _stripped(first, length, known)
    return Composed(text=text, first=first, faults=fault)


def _stripped(first: str, length: int, known: Language) -> str:
    """Return *first* without any quotes and brackets: where they are broken they say nothing."""
    bare = "".join(letter for letter in first if letter not in '"“”„«»‹›()[]{}「」『』（）【】‘')
    bare = hard_cut(" ".join(bare.split()), length)
    return bare if faults.ends(bare) else bare.rstrip(" ,;:") + known.full_stop


def _without_colon(first: str, length: int, known: Language, found: tuple[str, ...]) -> Composed:
    bare = first.rstrip(" :：.")
    shortened = cut(bare + " ….", min(length, len(bare) + 1), known)
    text = shortened.text if shortened else hard_cut(bare, length - 1).rstrip(ELLIPSIS) + ELLIPSIS
    return Composed(text=text, first=first, faults=(*found, "ends on a colon"))


def _shortened(first: str, length: int, known: Language, found: tuple[str, ...]) -> Composed:
    shortened = cut(first, length, known)
    if shortened is None:
        text = hard_cut(first, length)
        if not balanced(text):
            text = hard_cut(_stripped(first, 10**9, known), length)
        fault = (
            "quotes or brackets don't close" if not balanced(first) else "is cut inside a clause"
        )
        return Composed(text=text, first=first, faults=(*found, fault))
    fault = "is cut at a clause" if shortened.natural else "is cut inside a clause"
    return Composed(text=shortened.text, first=first, faults=(*found, fault))
