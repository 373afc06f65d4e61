"""Write the few sentences under each title.

A maker (``makers/``) shortens one article; :func:`tease_all` then looks at the teasers of
an issue together. What the default maker gives stands in the article, and
:func:`not_in_article` proves it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from digest.model import Article, Brief, Decision, Teaser
from digest.plugins import named
from digest.teasers.faithful import not_in_article
from digest.teasers.maker import GROUP, Maker
from digest.teasers.together import fit_together
from digest.text.plain import fold
from digest.text.sentences import sentences

__all__ = ["maker", "not_in_article", "repeated", "tease", "tease_all"]

_TOO_OFTEN = 3  # articles that begin with the same words: then it is the site that speaks


def tease(article: Article, brief: Brief, repeated: frozenset[str] = frozenset()) -> Teaser:
    """Return the teaser of *article*; a headline's is empty.

    *repeated* comes from :func:`repeated`, where other articles of the site are known.

    Raises:
        PluginError: there is no maker of the name that *brief* gives.
        TeaserError: the maker can't work as it is set up.
    """
    return maker(brief.maker)(article, brief, repeated)


def tease_all(decisions: Sequence[Decision], brief: Brief) -> Mapping[str, Teaser]:
    """Return the teasers of the articles that are in, by article id; see :func:`tease`.

    No two begin alike where there is a choice, and none is far shorter than the others.
    """
    known = repeated(each.article for each in decisions)
    chosen = [each.article for each in decisions if each.taken]
    return fit_together({each.id: tease(each, brief, known) for each in chosen}, brief.length)


@cache
def maker(name: str) -> Maker:
    """Return the maker called *name*.

    Raises:
        PluginError: there is none, or it can't be loaded.
    """
    found: Maker = named("digest.teasers.makers", name, "MAKER", GROUP)
    return found


def repeated(articles: Iterable[Article]) -> frozenset[str]:
    """Return, folded, the summaries and first sentences that three articles or more share."""
    counts = Counter(text for article in articles for text in set(_openings(article)))
    return frozenset(text for text, count in counts.items() if count >= _TOO_OFTEN and text)


def _openings(article: Article) -> Iterator[str]:
    if article.summary:
        yield fold(article.summary)
    for paragraph in article.body[:2]:
        first = sentences(paragraph.text[:400], article.language or "en")[:1]
        yield fold(first[0]) if first else ""
