"""Find the texts of an article that may stand under its title, in order, with their faults."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from digest.model import Article, Brief, Origin, Paragraph, Teaser
from digest.teasers import faults
from digest.teasers.compose import Composed, compose
from digest.teasers.faults import WEIGHTS
from digest.teasers.tidy import tidy, without_opening
from digest.text.languages import Language, spoken
from digest.text.plain import fold
from digest.text.sentences import sentences

PARAGRAPHS = 10  # an opening that isn't found in so many is none
_STARTS = 4  # sentences of a paragraph that a teaser may begin with
_GOOD = 76  # a lead of this score needs no search behind it
_BASE = 80  # what the author set apart is worth 20 more
_PER_SENTENCE, _PER_PARAGRAPH = 3, 5
_READ_MORE = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(more\)|read more|weiterlesen|lire la suite|»|→)\W*$", re.I)
_ROUND = (*range(148, 162), *range(196, 202), *range(246, 256), *range(296, 302))


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One paragraph as a teaser may use it; *more* where only its beginning was read."""

    sentences: tuple[str, ...]
    known: Language

    @cached_property
    def unwanted(self) -> tuple[str, ...]:
        """Return for each sentence why it has no place in a teaser, or ""."""
        return tuple(faults.unwanted(sentence, self.known) for sentence in self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a teaser begins: after *skipped* sentences, of which *lost* say something."""

    paragraph: int
    sentence: int
    lost_sentences: int
    lost_paragraphs: int
    skipped: tuple[str, ...]


class Reader:
    """Read an article as far as its teaser needs it."""

    def __init__(self, article: Article, brief: Brief, repeated: frozenset[str]) -> None:
        self.article, self.brief, self.repeated = article, brief, repeated
        opening = article.body[0].text if article.body else article.summary or article.title
        self.known = spoken(article.language or brief.language, opening)
        self.title = article.title

    def drafts(self) -> Iterator[Teaser]:
        """Yield the candidates in order: own summary, before the more-mark, lead, later."""
        if summary := self.article.summary:
            yield from self._of_summary(summary)
        if more := self.article.more:
            pieces = self.pieces(_prose(self.article.body[:more]))
            yield from self._of_body(pieces, "more-mark")
        yield from self._of_body(self.pieces(_prose(self.article.body)), "lead")

    def pieces(self, paragraphs: Sequence[Paragraph]) -> tuple[Piece, ...]:
        """Return the first of *paragraphs*, split into sentences."""
        found = (self.piece(paragraph.text) for paragraph in paragraphs[:PARAGRAPHS])
        return tuple(piece for piece in found if piece.sentences)

    def piece(self, text: str) -> Piece:
        """Return *text* without what precedes and interrupts it, in sentences."""
        room = 3 * self.brief.length + 600
        head = without_opening(
            tidy(unicodedata.normalize("NFC", text[: room + 200])), self.title, self.known
        )
        whole = sentences(head, self.known.tag)
        if len(text) > room and len(whole) > 1:
            whole = whole[:-1]
        return Piece(sentences=whole, known=self.known)

    def _of_summary(self, summary: str) -> Iterator[Teaser]:
        piece = self.piece(summary)
        broken = self._is_cut_off(summary)
        if broken and len(piece.sentences) > 1:
            piece = Piece(sentences=piece.sentences[:-1], known=self.known)
            broken = False
        extra = ["is cut off by its author's tool"] if broken else []
        if fold(summary) in self.repeated:
            extra.append("stands on several pages")
        for place in _places((piece,), 2):
            draft = compose((piece,), place.paragraph, place.sentence, self.brief.length)
            yield self._judged(draft, place, "own summary", extra)

    def _is_cut_off(self, summary: str) -> bool:
        """Tell whether a tool has cut *summary* off, as most do at a round length."""
        text = summary.strip()
        if _READ_MORE.search(text[-14:]):
            return True
        if faults.ends(text) or not text:
            return False
        last = text.rsplit(" ", 1)[-1].casefold()
        if last in self.known.weak_ends or text[-1] in ",;-–—(":
            return True
        if len(text) in _ROUND:
            return True
        body = " ".join(paragraph.text for paragraph in self.article.body[:3])
        at = body.find(text[:60])
        return at >= 0 and body[at + len(text) : at + len(text) + 1] not in ("", ".", "!", "?")

    def _of_body(self, pieces: Sequence[Piece], origin: Origin) -> Iterator[Teaser]:
        good = False
        for place in _places(pieces, _STARTS):
            if good and (place.sentence or place.paragraph > 3):
                continue
            draft = compose(pieces, place.paragraph, place.sentence, self.brief.length)
            name: Origin = "later paragraph" if origin == "lead" and place.lost_paragraphs else origin
            found = self._judged(draft, place, name, [])
            good = good or found.score >= _GOOD - (0 if origin == "lead" else -20)
            yield found

    def _judged(self, draft: Composed, place: Place, origin: Origin, extra: list[str]) -> Teaser:
        found = [*extra, *draft.faults]
        first = draft.first
        found += faults.at_start(first, self.known)
        found += faults.of_size(draft.text, self.brief.length)
        if place.lost_sentences or place.lost_paragraphs:
            found += faults.after_gap(first, self.known)
        if faults.repeats(first, self.title):
            found.append("repeats the title")
        if self.repeated and fold(first) in self.repeated:
            found.append("stands on several pages")
        if origin == "own summary" and "has no sentence end" in found:
            found.remove("has no sentence end")
        score = _BASE if origin in ("lead", "later paragraph") else 100
        score -= sum(WEIGHTS[fault] for fault in dict.fromkeys(found))
        score -= _PER_SENTENCE * place.lost_sentences + _PER_PARAGRAPH * place.lost_paragraphs
        return Teaser(text=draft.text, origin=origin, reason=_reason(found, place), score=score)


def _reason(found: Sequence[str], place: Place) -> str:
    words = list(dict.fromkeys(found)) or ["well formed"]
    if place.skipped:
        words.append("begins after what " + " and what ".join(dict.fromkeys(place.skipped)))
    return ", ".join(words)


def _prose(body: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Return the plain paragraphs of *body*, or what else it has where there is none."""
    prose = tuple(paragraph for paragraph in body if paragraph.kind == "text")
    return prose or tuple(paragraph for paragraph in body if paragraph.kind != "heading")


def _places(pieces: Sequence[Piece], starts: int) -> Iterator[Place]:
    """Yield where a teaser may begin, in order."""
    lost_paragraphs, skipped = 0, []
    for number, piece in enumerate(pieces):
        lost = 0
        for at, reason in enumerate(piece.unwanted[:starts]):
            if reason:
                skipped.append(reason)
                continue
            yield Place(
                paragraph=number,
                sentence=at,
                lost_sentences=lost,
                lost_paragraphs=lost_paragraphs,
                skipped=tuple(skipped),
            )
            lost += 1
        lost_paragraphs += bool(lost)
