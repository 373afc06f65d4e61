"""Read Markdown: as paragraphs of an article, or as an editor's words in a mail."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from digest.model import Image, Paragraph, ParagraphKind
from digest.text.plain import clean, clean_lines

# What site generators fill in or take out: Hugo's and Jekyll's shortcodes, footnotes and
# their marks, kramdown's attribute lists. A reader of a mail would see them raw.
_GENERATOR = re.compile(
    r"\{\{[<%].*?[%>]\}\}|\{%.*?%\}|^\[\^[^\]\s]+\]:[^\n]*$|\[\^[^\]\s]+\]|\{:[^}\n]*\}",
    re.DOTALL | re.MULTILINE,
)
MORE_MARK = re.compile(r"^<!--\s*more\b.*?-->\s*$", re.IGNORECASE | re.DOTALL)

# html=True only so that the reader can see a more-mark and drop the rest of the HTML.
_READER = MarkdownIt("commonmark", {"html": True}).enable("table")
_EDITOR = MarkdownIt("commonmark", {"html": False, "breaks": True})
_SKIPPED = {"table_open": "table_close"}
_HTML_TEXT = re.compile(r"<(?:p|li|blockquote)\b", re.IGNORECASE)
_HTML_KINDS: dict[str, ParagraphKind] = {"li": "item", "blockquote": "quote"}
_NO_TEXT = ("script", "style", "table", "pre", "figure", "iframe", "svg")
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

    Code and tables are left out, because they make no sense in a teaser, and so is what
    only a site generator understands: shortcodes, footnotes, attribute lists.
    """
    paragraphs: list[Paragraph] = []
    more: int | None = None
    image: Image | None = None
    for block in _blocks(_READER.parse(_GENERATOR.sub("", source))):
        if block.token.type == "html_block":
            if more is None and MORE_MARK.match(block.token.content.strip()):
                more = len(paragraphs)
            paragraphs += _of_html(block.token.content)
        elif block.token.type == "inline":
            image = image or _first_image(block.token)
            if text := clean(_inline_text(block.token)):
                paragraphs.append(Paragraph(text=text, kind=block.kind))
    return Reading(paragraphs=tuple(paragraphs), more=more, image=image)


def plain(source: str) -> str:
    """Return a line or a few of Markdown, such as a title or a summary, without its marks."""
    tokens = _READER.parseInline(_GENERATOR.sub("", source))
    return clean(" ".join(map(_inline_text, tokens)))


def to_html(source: str) -> str:
    """Return an editor's Markdown as HTML; raw HTML in it is shown as text, never obeyed."""
    return str(_EDITOR.render(source)).strip()


def to_text(source: str) -> tuple[str, ...]:
    """Return an editor's Markdown as plain paragraphs, each link's address behind its words.

    Line breaks stay, list items keep their marks, quotations and code are indented, and a
    picture is its alt text.
    """
    return tuple(filter(None, map(_plain_block, _blocks(_EDITOR.parse(source)))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A block of text or HTML; *mark* is what stands before an item of a list."""

    token: Token
    kind: ParagraphKind
    mark: str = ""


def _blocks(tokens: list[Token]) -> Iterator[_Block]:
    """Yield each block that holds text or HTML, with the kind of the block around it."""
    around: list[tuple[ParagraphKind, str]] = [("text", "")]
    skip_until: str | None = None
    for token in tokens:
        if skip_until:
            skip_until = None if token.type == skip_until else skip_until
        elif token.type in _SKIPPED:
            skip_until = _SKIPPED[token.type]
        elif token.type in _KINDS:
            depth = sum(kind == "item" for kind, _ in around)
            mark = token.info + re.sub(r"[*+]", "-", token.markup)
            around.append((_KINDS[token.type], f"{'  ' * depth}{mark} "))
        elif token.type.replace("_close", "_open") in _KINDS:
            around.pop()
        elif token.type in ("inline", "html_block", "fence", "code_block", "hr"):
            kind, mark = around[-1]
            yield _Block(token=token, kind=kind, mark=mark if kind == "item" else "")


def _plain_block(block: _Block) -> str:
    if block.token.type in ("fence", "code_block"):
        return textwrap.indent(clean_lines(block.token.content), "    ")
    if block.token.type == "hr":
        return "* * *"
    text = clean_lines(_inline_text(block.token, written_out=True))
    if block.kind == "quote":
        return "\n".join(f"> {line}" for line in text.split("\n"))
    return f"{block.mark}{text}" if text else ""


def _inline_text(token: Token, *, written_out: bool = False) -> str:
    """Return the words of *token*; *written_out* with breaks, alt texts and addresses."""
    parts: list[str] = []
    href = ""
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n" if written_out else " ")
        elif child.type == "link_open":
            href = str(child.attrGet("href") or "")
        elif written_out and child.type == "link_close" and parts[-1:] != [href]:
            parts.append(f" <{href}>")
        elif written_out and child.type == "image" and child.content:
            parts.append(f"[{child.content}]")
    return "".join(parts)


def _first_image(token: Token) -> Image | None:
    for child in token.children or ():
        if child.type == "image" and (url := child.attrGet("src")):
            return Image(url=str(url), alt=clean(child.content))
    return None


def _of_html(source: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a block of HTML within Markdown."""
    if not _HTML_TEXT.search(source):
        return
    # Imported here: 30 ms, and few Markdown files hold paragraphs in HTML.
    from lxml import etree, html

    try:
        tree = html.fragment_fromstring(source, create_parent="div")
    except (etree.ParserError, ValueError):
        return
    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
    for element in tree.xpath(".//p | .//li | .//blockquote[not(.//p)]"):
        if text := clean(element.text_content()):
            yield Paragraph(text=text, kind=_HTML_KINDS.get(element.tag, "text"))
