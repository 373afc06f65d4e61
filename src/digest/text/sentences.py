"""Split text into sentences in any language."""

from __future__ import annotations

import re

import sentencex

_SPACES = re.compile(r"\s+")


def sentences(text: str, language: str) -> tuple[str, ...]:
    """Return the sentences of *text*, one paragraph, in order and without outer space.

    *language* is a BCP 47 tag. Only its first part counts, because the library takes an
    unknown tag such as "pt-BR" for English without a word.
    """
    base = re.split(r"[-_]", language)[0].lower()
    pieces = sentencex.segment(base, _SPACES.sub(" ", text).strip())
    return tuple(piece.strip() for piece in pieces if piece.strip())
