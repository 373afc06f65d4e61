"""Split text into sentences in any language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import sentencex

from digest.text.languages import Language, language

_TAIL = 18  # characters; longer than any abbreviation
_NUMBER = re.compile(r"^\W{0,2}\d{1,3}[.)]$")
_ORDINAL = re.compile(r"(?<!\w)\d{1,2}\.$")
_INITIAL = re.compile(r"(?:^|[^\W\d_a-zа-я][^\W_]*\.? |[.(“\"'«„-])[^\W\d_]\.$")
_GLUED = re.compile(r"[.!?]+[\"”’»)]?(?=[\"“«„(]?[^\W\d_]['’]?[\w ,])")
_BEFORE_GLUE = re.compile(r"[^\W_][^\W_%)\"”’»]$|\w[%)\"”’»]$")
_ENDINGS = frozenset(
    {
        "com",
        "org",
        "net",
        "gov",
        "edu",
        "io",
        "js",
        "rs",
        "py",
        "md",
        "html",
        "az",
        "eu",
        "ge",
        "info",
        "kz",
        "ru",
        "tv",
        "ua",
        "uk",
    }
)
_HIDDEN = re.compile(rf"\.(?:{'|'.join(sorted(_ENDINGS))})[.!?](?= [A-Z“\"])")
_NO_WORD = re.compile(r"[@/_\\()<>{}=]|\w\.\w")
_CAMEL = re.compile(r"[a-z][A-Z]")
_LAST_NUMBER = re.compile(r"(?<=\S) (?=[⁃•·▪◦‣] ?\d{1,3}[.)]$)")
_QUESTION = re.compile(r"[?!][\"”’»)]*$")


def sentences(text: str, tag: str) -> tuple[str, ...]:
    """Return the sentences of *text*, one paragraph, in order and without outer space.

    *tag* is a BCP 47 tag. Only its first part counts, because the library takes an
    unknown tag such as "pt-BR" for English without a word. What the library cuts after an
    abbreviation, an initial or a number is joined again; sentences that a page has glued
    together ("It ended.Then") are cut.
    """
    known = language(tag)
    flat = _unglued(" ".join(text.split()))
    pieces = sentencex.segment(known.tag, flat)
    if _HIDDEN.search(flat):
        pieces = [part for piece in pieces for part in _parts(piece)]
    return tuple(_mended((piece.strip() for piece in pieces), known))


def _parts(piece: str) -> Iterator[str]:
    """Yield *piece*, cut where a sentence ends with an address such as "example.com"."""
    begin = 0
    for match in _HIDDEN.finditer(piece):
        yield piece[begin : match.end()]
        begin = match.end()
    yield piece[begin:]


def _mended(pieces: Iterable[str], known: Language) -> Iterator[str]:
    held = ""
    for piece in pieces:
        if not piece:
            continue
        if held and (point := _LAST_NUMBER.search(held)):
            yield held[: point.start()]
            held = held[point.end() :]
        if held and _goes_on(held, piece, known):
            held = f"{held} {piece}"
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _goes_on(before: str, after: str, known: Language) -> bool:
    """Tell whether the sentence *before* goes on with *after*."""
    tail = before[-_TAIL:]
    if not tail.endswith("."):
        # "Really?" he asked.
        return bool(_QUESTION.search(tail)) and tail[-1] not in "?!" and after[0].islower()
    return bool(
        _NUMBER.match(before)
        or known.abbreviated.search(tail)
        or (after[0].isdigit() and known.counted.search(tail))
        or (known.ordinals and _ORDINAL.search(tail))
        or (_INITIAL.search(tail) and tail[-2].isupper() and after[0].isupper())
    )


def _unglued(text: str) -> str:
    """Return *text* with a space between sentences that stand without one.

    Names such as "ASP.NET", "Node.js" and "System.Text" stay whole.
    """
    found = [match for match in _GLUED.finditer(text) if _is_end(text, match)]
    sure = [match for match in found if not _word_before(text, match)[:1].isupper()]
    for match in reversed(found if len(found) > 1 else sure):
        text = f"{text[: match.end()]} {text[match.end() :]}"
    return text


def _is_end(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 40].split(" ", 1)[0]
    if match[0].startswith("..") or _CAMEL.search(after):
        return False
    letter = after.lstrip('"“«„(')[:2]
    before = _word_before(text, match)
    if not _BEFORE_GLUE.search(text[max(match.start() - 2, 0) : match.start()]):
        return False
    if after.strip('"“«„().,;:!?').lower() in _ENDINGS:
        return False
    whole = not _NO_WORD.search(before) and not _NO_WORD.search(after.rstrip('.,;:!?)”"'))
    return letter[:1].isupper() and not letter[1:].isupper() and whole


def _word_before(text: str, match: re.Match[str]) -> str:
    return text[max(match.start() - 40, 0) : match.start()].rsplit(" ", 1)[-1]
