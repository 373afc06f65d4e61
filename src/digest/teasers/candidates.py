"""Find the texts of an article that may stand under its title, best first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digest.model import Article, Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Paragraphs that a teaser may be made of, and where they stand in the article."""

    paragraphs: tuple[str, ...]
    origin: Origin


def candidates(article: Article) -> Iterator[Candidate]:
    """Yield the candidates of *article*: own summary, part before the more-mark, lead."""
    if article.summary:
        yield Candidate(paragraphs=(article.summary,), origin="own summary")
    if article.more:
        yield Candidate(paragraphs=_prose(article, article.more), origin="more-mark")
    yield Candidate(paragraphs=_prose(article, len(article.body)), origin="lead")


def _prose(article: Article, end: int) -> tuple[str, ...]:
    """Return the plain paragraphs before *end*: no headings, list items or quotations.

    An article that holds nothing else gives what it has.
    """
    opening = article.body[:end]
    prose = tuple(paragraph.text for paragraph in opening if paragraph.kind == "text")
    return prose or tuple(paragraph.text for paragraph in opening if paragraph.kind != "heading")
