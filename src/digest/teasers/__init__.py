"""Write the few sentences under each title."""

from __future__ import annotations

from digest.model import Article, Brief, Teaser
from digest.teasers.makers import extract

def tease(article: Article, brief: Brief, repeated: frozenset[str] = frozenset()) -> Teaser:
    return extract.make(article, brief, repeated)
