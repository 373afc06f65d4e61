"""Read an article as far as its teaser needs it, a paragraph at a time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from digest.model import Article, Paragraph
from digest.teasers import faults
from digest.teasers.tidy import tidy, without_opening
from digest.text.languages import Language, spoken
from digest.text.sentences import sentences

PARAGRAPHS = 8  # an opening that isn't found in so many is none
_SLACK = 400  # characters read beyond twice the budget
_POINTS = 24  # paragraphs in which points are looked for
_LINKS = 3  # addresses in a paragraph; with so many it is a list of them
_LABEL, _WORDS = 24, 3  # characters and spaces; a point with fewer names a thing
_NOTE = re.compile(r"\[\^?[\w-]{1,24}\]:")
_HASH = re.compile(r"^\W?[0-9a-f]{7,}\W+")
_CREDIT = re.compile(r"(?:\s*\((?:[^()]{2,40})\))?(?:\s*[-–—]?\s*(?:PR-?URL:?\s*|PR\s*)?#\d+)*$")


@dataclass(slots=True, kw_only=True)
class Piece:
    """The sentences of one paragraph, or of its beginning where it is long."""

    sentences: tuple[str, ...]
    known: Language
    _judged: dict[int, str] = field(default_factory=dict)

    def unwanted(self, at: int) -> str:
        """Return why sentence *at* has no place in a teaser, or "" where it has."""
        if at not in self._judged:
            self._judged[at] = faults.unwanted(self.sentences[at], self.known)
        return self._judged[at]


class Pieces:
    """The paragraphs of a part of an article, each split when somebody asks for it."""

    def __init__(self, texts: Sequence[str], reading: Reading) -> None:
        self._texts = tuple(texts[:PARAGRAPHS])
        self._reading = reading
        self._read: dict[int, Piece] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, at: int) -> Piece:
        if at not in self._read:
            self._read[at] = self._reading.piece(self._texts[at])
        return self._read[at]

    def __iter__(self) -> Iterator[Piece]:
        return (self[at] for at in range(len(self)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article with what is known of its language, and the budget of its teaser."""

    article: Article
    known: Language
    length: int

    @classmethod
    def of(cls, article: Article, language: str, length: int) -> Reading:
        """Return the reading of *article*, which is in *language* unless it says otherwise."""
        opening = article.body[0].text if article.body else article.summary or article.title
        return cls(
            article=article, known=spoken(article.language or language, opening), length=length
        )

    def piece(self, text: str) -> Piece:
        """Return *text* in sentences, without what precedes it and what notes mark in it."""
        room = 2 * self.length + _SLACK
        head = tidy(_composed(text[: room + 200]))
        head = without_opening(head, self.article.title, self.known)
        whole = sentences(head[:room], self.known.tag)
        if len(head) > room and len(whole) > 1:
            whole = whole[:-1]
        elif len(head) > room and whole:
            whole = (head,)
        return Piece(sentences=whole, known=self.known)

    def summary(self) -> Pieces:
        """Return the article's own summary."""
        return Pieces([self.article.summary] if self.article.summary else [], self)

    def before_more(self) -> Pieces:
        """Return the plain paragraphs before the more-mark."""
        return Pieces(_prose(self.article.body[: self.article.more or 0]), self)

    def body(self) -> Pieces:
        """Return the plain paragraphs."""
        return Pieces(_prose(self.article.body), self)

    def items(self) -> Pieces:
        """Return the points of its lists, without the numbers and names of changes."""
        items = (each.text for each in self.article.body[:_POINTS] if each.kind == "item")
        bare = (_CREDIT.sub("", _HASH.sub("", text)) for text in items)
        long = (text for text in bare if len(text) > _LABEL and text.count(" ") >= _WORDS)
        stop = self.known.full_stop
        return Pieces([text if faults.ends(text) else text + stop for text in long], self)


def _is_links(text: str) -> bool:
    return text.count("://") >= _LINKS


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _prose(body: Sequence[Paragraph]) -> list[str]:
    """Return the plain paragraphs of *body*, or its quotations where it has none."""
    texts = (each.text for each in body if each.kind == "text")
    prose = [text for text in texts if not _is_links(text) and not _NOTE.match(text)]
    return prose or [paragraph.text for paragraph in body if paragraph.kind == "quote"]
