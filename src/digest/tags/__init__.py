"""Merge tags: what a mailing service takes for one, and how text is kept from being one."""

from digest.tags.grammar import (
    JOINER,
    Found,
    Grammar,
    grammar,
    protect_html,
    protect_text,
)
from digest.tags.sealed import PLAIN, Opened, Sealed, fill, opened
from digest.tags.stand_ins import ANY

__all__ = [
    "ANY",
    "JOINER",
    "PLAIN",
    "Found",
    "Grammar",
    "Opened",
    "Sealed",
    "fill",
    "grammar",
    "opened",
    "protect_html",
    "protect_text",
]
