"""Read Markdown: as paragraphs of an article, or as an editor's words in a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from digest.model import Image, Paragraph, ParagraphKind
from digest.text.plain import clean

MORE_MARK = re.compile(r"^<!--\s*more\b.*?-->\s*$", re.IGNORECASE | re.DOTALL)

# html=True only so that the reader can see a more-mark and drop the rest of the HTML.
_READER = MarkdownIt("commonmark", {"html": True}).enable("table")
_EDITOR = MarkdownIt("commonmark", {"html": False, "breaks": True})
_SKIPPED = {"table_open": "table_close"}
_KINDS: dict[str, ParagraphKind] = {
    "heading_open": "heading",
    "list_item_open": "item",
    "blockquote_open": "quote",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a Markdown text holds. *more* counts the paragraphs before the more-mark."""

    paragraphs: tuple[Paragraph, ...]
    more: int | None
    image: Image | None


def read(source: str) -> Reading:
    """Return the paragraphs of *source*, its more-mark and its first picture.

    Code, tables and HTML are left out: they make no sense in a teaser.
    """
    paragraphs: list[Paragraph] = []
    more: int | None = None
    image: Image | None = None
    for kind, token in _blocks(_READER.parse(source)):
        if token.type == "html_block":
            if more is None and MORE_MARK.match(token.content.strip()):
                more = len(paragraphs)
            continue
        image = image or _first_image(token)
        text = clean(_inline_text(token))
        if text:
            paragraphs.append(Paragraph(text=text, kind=kind))
    return Reading(paragraphs=tuple(paragraphs), more=more, image=image)


def to_html(source: str) -> str:
    """Return an editor's Markdown as HTML; raw HTML in it is shown as text, never obeyed."""
    return str(_EDITOR.render(source)).strip()


def to_text(source: str) -> tuple[str, ...]:
    """Return an editor's Markdown as plain paragraphs, each link's address behind its words."""
    tokens = _blocks(_EDITOR.parse(source))
    texts = ((kind, clean(_inline_text(token, links=True))) for kind, token in tokens)
    return tuple(f"- {text}" if kind == "item" else text for kind, text in texts if text)


def _blocks(tokens: list[Token]) -> Iterator[tuple[ParagraphKind, Token]]:
    """Yield each inline or HTML block with the kind of the block that holds it."""
    open_kinds: list[ParagraphKind] = []
    skip_until: str | None = None
    for token in tokens:
        if skip_until:
            skip_until = None if token.type == skip_until else skip_until
        elif token.type in _SKIPPED:
            skip_until = _SKIPPED[token.type]
        elif token.type in _KINDS:
            open_kinds.append(_KINDS[token.type])
        elif token.type.replace("_close", "_open") in _KINDS:
            open_kinds.pop()
        elif token.type in ("inline", "html_block"):
            yield (open_kinds[-1] if open_kinds else "text"), token


def _inline_text(token: Token, *, links: bool = False) -> str:
    parts: list[str] = []
    href = ""
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "link_open":
            href = str(child.attrGet("href") or "")
        elif child.type == "link_close" and links and parts[-1:] != [href]:
            parts.append(f" <{href}>")
    return "".join(parts)


def _first_image(token: Token) -> Image | None:
    for child in token.children or ():
        if child.type == "image" and (url := child.attrGet("src")):
            return Image(url=str(url), alt=clean(child.content))
    return None
