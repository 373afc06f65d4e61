"""Cut the text of an issue file into its ``[[items]]`` blocks, to the byte.

TOML libraries give a comment above a header to the table before it. Here the comment
lines directly above a header belong to the block that the header opens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

# Strings are matched so that what only looks like a header or a comment inside one is not.
_TOKEN = re.compile(
    r"""
      (?P<items>^[ \t]*\[\[[ \t]*(?:items|"items"|'items')[ \t]*\]\])
    | (?P<comment>^[ \t]*\#[^\n]*)
    | \"{3}(?:\\.|[^\\])*?\"{3,5}
    | '{3}.*?'{3,5}
    | "(?:\\.|[^"\\\n])*"
    | '[^'\n]*'
    | \#[^\n]*
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The text before the first block, and the blocks; joined, they are the whole text."""

    top: str
    blocks: tuple[str, ...]

    def line(self, item: int | None, key: str) -> int:
        """Return the line of *key* in block number *item* (from 0), or in the top.

        Where the key isn't written, the block's header is named.
        """
        known = item is not None and item < len(self.blocks)
        block = self.blocks[item] if item is not None and known else self.top
        before = self.top + "".join(self.blocks[:item]) if item is not None and known else ""
        pattern = rf"^\s*[\"']?{re.escape(key)}[\"']?\s*[=.]|^\s*\[\s*{re.escape(key)}\s*\]"
        found = re.search(pattern, block, re.MULTILINE) or re.search(
            r"^\s*\[\[", block, re.MULTILINE
        )
        inside = len(block[: found.end()].rstrip().splitlines()) if found else 1
        return before.count("\n") + inside


def cut(text: str) -> Cut:
    """Return the blocks of *text*, which must be TOML."""
    comments: set[int] = set()
    starts: list[int] = []
    for token in _TOKEN.finditer(text):
        if token["items"]:
            starts.append(_with_comments(text, token.start(), comments))
        elif token["comment"]:
            comments.add(token.start())
    blocks = tuple(text[start:end] for start, end in pairwise([*starts, len(text)]))
    return Cut(top=text[: starts[0]] if starts else text, blocks=blocks)


def _with_comments(text: str, start: int, comments: set[int]) -> int:
    """Return where the comment lines begin that end directly above *start*."""
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if above not in comments:
            break
        start = above
    return start
