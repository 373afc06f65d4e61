"""Make a teaser of the article's own sentences: select, trim, normalise, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from digest.model import Article, Brief, Teaser
from digest.teasers.candidates import Reader

_OFFERED = 4  # alternatives that an editor is shown


def make(article: Article, brief: Brief, repeated: frozenset[str] = frozenset()) -> Teaser:
    """Return the best of the texts in *article* that may stand under its title.

    Among equals the earlier in order wins. A headline has an empty teaser. *repeated* are
    the folded texts that several articles begin with, and so tell nothing about one.
    """
    drafts: dict[str, Teaser] = {}
    for draft in Reader(article, brief, repeated).drafts():
        known = drafts.get(draft.text)
        if draft.text and (known is None or known.score < draft.score):
            drafts[draft.text] = draft
    if not drafts:
        return Teaser(text="", origin="lead", reason="holds no text", score=0)
    best, *others = sorted(drafts.values(), key=lambda draft: -draft.score)
    return replace(best, alternatives=tuple(others[:_OFFERED]))


MAKER = make
