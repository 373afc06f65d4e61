"""Find the texts of an article that may stand under its title, in order, with their faults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from digest.model import Article, Brief, Origin, Teaser
from digest.teasers import faults
from digest.teasers.compose import Composed, compose
from digest.teasers.faults import WEIGHTS
from digest.teasers.reading import Pieces, Reading
from digest.text.languages import Language
from digest.text.plain import fold

_BASE = 80  # what the author set apart as the summary is worth 20 more
_GOOD = 74  # behind a lead of this score nothing better needs to be looked for
_STARTS = 4  # sentences of a paragraph that a teaser may begin with
_OFFERED = 1  # paragraphs behind a good lead that are read for the editor
_POINTS = 4  # of a list, that a teaser may begin with
_PER_SENTENCE, _PER_PARAGRAPH, _NOT_THE_LEAD = 3, 4, 12
_OPEN_END = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(more\)|read more|weiterlesen|lire la suite|[»→])\W*$",
    re.IGNORECASE,
)
# Where tools cut: 150, 155, 160, 200, 250 and 300 characters, to the last whole word.
_ROUND = (*range(148, 162), *range(196, 202), *range(246, 256), *range(296, 302))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a teaser begins. *lost* is what stands before it and says something."""

    paragraph: int
    sentence: int
    lost_sentences: int = 0
    lost_paragraphs: int = 0
    skipped: tuple[str, ...] = ()


def drafts(article: Article, brief: Brief, repeated: frozenset[str]) -> Iterator[Teaser]:
    """Yield the candidates in order: own summary, before the more-mark, lead, later.

    *repeated* are folded texts that several articles have, and so tell nothing about one.
    The points of a list are the last resort.
    """
    reading = Reading.of(article, brief.language, brief.length)
    judge = Judge(reading=reading, repeated=repeated)
    best = 0
    if article.summary:
        for draft in judge.summary(article.summary):
            best = max(best, draft.score)
            yield draft
    parts: tuple[tuple[Pieces, Origin], ...] = (
        (reading.before_more(), "more-mark"),
        (reading.body(), "lead"),
    )
    for pieces, origin in parts:
        for draft in judge.body(pieces, origin):
            best = max(best, draft.score)
            yield draft
    if best < _BASE // 2 and (items := reading.items()):
        yield from judge.points(items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Make teasers of the pieces of one article, and say what is wrong with each."""

    reading: Reading
    repeated: frozenset[str]

    def summary(self, summary: str) -> Iterator[Teaser]:
        """Yield what the article's own summary gives."""
        pieces = self.reading.summary()
        extra = ["stands on several pages"] if fold(summary) in self.repeated else []
        if self._is_cut_off(summary):
            whole = pieces[0].sentences[:-1]
            pieces[0].sentences = whole or pieces[0].sentences
            extra += [] if whole else ["is cut off by its author's tool"]
        for place in Walk(pieces=pieces, starts=2).places():
            yield self._judged(self._composed(pieces, place), place, "own summary", extra)

    def body(self, pieces: Pieces, origin: Origin) -> Iterator[Teaser]:
        """Yield what *pieces* give from each place where a teaser may begin."""
        walk = Walk(pieces=pieces, starts=_STARTS if len(pieces) > 1 else 2 * _STARTS)
        for place in walk.places():
            later = origin == "lead" and place.lost_paragraphs
            name: Origin = "later paragraph" if later else origin
            found = self._judged(self._composed(pieces, place), place, name, [])
            if walk.good is None and found.score >= _GOOD:
                walk.good = place.paragraph
            yield found

    def points(self, pieces: Pieces) -> Iterator[Teaser]:
        """Yield the first points of a list, which are no prose."""
        for place in islice(Walk(pieces=pieces, starts=1).places(), _POINTS):
            draft = self._composed(pieces, place)
            yield self._judged(draft, place, "later paragraph", ["is not prose"])

    def _composed(self, pieces: Pieces, place: Place) -> Composed:
        return compose(pieces, place.paragraph, place.sentence, self.reading.length)

    def _is_cut_off(self, summary: str) -> bool:
        """Tell whether a tool has cut *summary* off, as most do at a round length."""
        text = summary.strip()
        if _OPEN_END.search(text[-14:]):
            return True
        if not text or faults.ends(text):
            return False
        last = text.rsplit(" ", 1)[-1].casefold()
        if last in self.reading.known.weak_ends or text[-1] in ",;-–—(" or len(text) in _ROUND:
            return True
        body = " ".join(paragraph.text for paragraph in self.reading.article.body[:3])
        at = body.find(text)
        return at >= 0 and body[at + len(text) : at + len(text) + 1] not in ("", ".", "!", "?")

    def _judged(
        self, draft: Composed, place: Place, origin: Origin, extra: Sequence[str]
    ) -> Teaser:
        found = dict.fromkeys((*extra, *draft.faults, *self._at_start(draft, place)))
        found |= dict.fromkeys(faults.of_size(draft.text, self.reading.length))
        if origin == "own summary" or "is not prose" in found:
            found.pop("has no sentence end", None)
        score = _BASE if origin in ("lead", "later paragraph") else 100
        score -= sum(WEIGHTS[fault] for fault in found)
        score -= _PER_SENTENCE * place.lost_sentences + _PER_PARAGRAPH * place.lost_paragraphs
        score -= _NOT_THE_LEAD * bool(place.lost_paragraphs)
        return Teaser(text=draft.text, origin=origin, reason=_reason(found, place), score=score)

    def _at_start(self, draft: Composed, place: Place) -> Iterator[str]:
        known: Language = self.reading.known
        yield from faults.at_start(draft.first, known)
        if place.lost_sentences or place.lost_paragraphs:
            yield from faults.after_gap(draft.first, known)
        if faults.repeats(draft.first, self.reading.article.title, known):
            yield "repeats the title"
        if self.repeated and fold(draft.first) in self.repeated:
            yield "stands on several pages"


def _reason(found: dict[str, None], place: Place) -> str:
    words = list(found) or ["well formed"]
    if place.skipped:
        words.append("after what " + " and what ".join(dict.fromkeys(place.skipped)))
    return ", ".join(words)


@dataclass(slots=True, kw_only=True)
class Walk:
    """Go through the places where a teaser may begin; fewer once *good* is found.

    *starts* counts the sentences of the first paragraph that are tried; of each one behind
    it one fewer. *good* is the paragraph of
    the first good one: behind it only what an editor may want to see is read.
    """

    pieces: Pieces
    starts: int
    good: int | None = None

    def places(self) -> Iterator[Place]:
        """Yield the places in order."""
        lost_paragraphs = 0
        skipped: list[str] = []
        for number, piece in enumerate(self.pieces):
            lost = 0
            for at in range(len(piece.sentences)):
                if at >= (1 if self.good is not None else max(self.starts - number, 1)):
                    break
                if reason := piece.unwanted(at):
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
            if self.good is not None and number >= self.good + _OFFERED:
                return
