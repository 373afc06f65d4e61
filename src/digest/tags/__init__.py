"""Merge tags: what a mailing service takes for one, and how text is kept from being one."""

from digest.tags.grammar import (
    JOINER,
    Found,
    Grammar,
    grammar,
    protect_html,
    protect_text,
)

__all__ = ["JOINER", "Found", "Grammar", "grammar", "protect_html", "protect_text"]
