"""What a maker of teasers is: something that shortens one article to what is asked of it."""

from __future__ import annotations

from typing import Protocol

from digest.model import Article, Brief, Teaser

GROUP = "digest.teasers"


class Maker(Protocol):
    """Write the teaser of one article.

    A maker is a module of ``digest.teasers.makers`` with a ``MAKER``, or an entry point of
    the group ``digest.teasers``; ``[teaser] maker`` gives its name.
    """

    def __call__(self, article: Article, brief: Brief, repeated: frozenset[str], /) -> Teaser:
        """Return the teaser of *article* in at most ``brief.length`` characters.

        *repeated* are folded texts that several articles have, and so tell nothing about one.

        Raises:
            TeaserError: the maker can't work as ``brief.options`` set it up.
        """
