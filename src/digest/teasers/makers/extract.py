"""Make a teaser of the article's own sentences: select, trim, normalise, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from digest.model import Article, Brief, Teaser
from digest.teasers.candidates import drafts

_OFFERED = 4  # alternatives that an editor is shown


def make(article: Article, brief: Brief, repeated: frozenset[str]) -> Teaser:
    """Return the best of the texts in *article* that may stand under its title.

    Among equals the earlier in order wins. A headline has an empty teaser. *repeated* are
    the folded texts that several articles begin with, and so tell nothing about one.
    """
    found: dict[str, Teaser] = {}
    for draft in drafts(article, brief, repeated):
        known = found.get(draft.text)
        if draft.text and draft.score > (known.score if known else 0):
            found[draft.text] = draft
    if not found:
        return Teaser(text="", origin="lead", reason="nothing here can stand alone", score=0)
    best, *others = sorted(found.values(), key=lambda draft: -draft.score)
    return replace(best, alternatives=tuple(others[:_OFFERED]))


MAKER = make
