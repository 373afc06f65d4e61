"""Shorten the lead of an article to a teaser."""

from __future__ import annotations

from collections.abc import Iterable

from digest.model import Article, Decision, Teaser
from digest.teasers.candidates import candidates
from digest.teasers.fit import fit

__all__ = ["tease", "tease_all"]


def tease(article: Article, *, length: int, language: str) -> Teaser:
    """Return the teaser of *article*: at most *length* characters after NFC, ellipsis included.

    The first candidate that has any text is taken: the article's own summary, what stands
    before its more-mark, its lead. A headline has an empty teaser. *language* is a BCP 47
    tag, for an article that doesn't say its own.
    """
    spoken = article.language or language
    for candidate in candidates(article):
        text = fit(candidate.paragraphs, length=length, language=spoken)
        if text:
            return Teaser(text=text, origin=candidate.origin)
    return Teaser(text="", origin="lead")


def tease_all(decisions: Iterable[Decision], length: int, language: str) -> dict[str, Teaser]:
    """Return the teasers of the articles that are in, by article id; see :func:`tease`."""
    return {
        each.article.id: tease(each.article, length=length, language=language)
        for each in decisions
        if each.taken
    }
