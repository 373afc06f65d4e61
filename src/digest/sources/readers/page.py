"""Read saved HTML pages: trafilatura finds the text, the page itself says the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from digest.errors import ReadError
from digest.model import Article, DatedBy, Paragraph, ParagraphKind
from digest.sources.address import Naming, patterned, picture
from digest.sources.dates import Dated, parse_date
from digest.sources.dating import date_in_name, date_in_path, first_known
from digest.sources.fields import language_tag
from digest.sources.page_metadata import PageFacts, facts
from digest.sources.paragraphs import ends_sentence
from digest.sources.raw import Raw
from digest.text.plain import clean, fold

SHORTEST_LEAD = 40
_KINDS: dict[str, ParagraphKind] = {
    "head": "heading",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "item": "item",
    "li": "item",
    "quote": "quote",
    "blockquote": "quote",
}
_BLOCKS = frozenset({*_KINDS, "body", "p", "div", "section", "article", "main", "list", "ul", "ol"})
_LEFT_OUT = frozenset({"table", "code", "pre", "graphic", "img", "figure", "script", "style"})
_WIDE = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A web page as a browser saves it."""

    suffixes: frozenset[str] = frozenset({".html", ".htm"})

    def read(self, page: Raw) -> tuple[Article, ...]:
        """Return the one article in *page*; its body is empty where no text was found.

        Raises:
            ReadError: It isn't text.
        """
        if not page.data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" in page.data:
            raise ReadError(page.where, "isn't text", "it holds NUL bytes")
        # Imported here: 150 ms, and only saved pages need it.
        from trafilatura import load_html

        tree = load_html(page.data) if page.data.strip() else None
        return (_article(page, tree),)


READER = Page()


def _article(page: Raw, tree: Any) -> Article:
    said = facts(tree) if tree is not None else _NOTHING
    dated, dated_by = first_known(_dates(page, tree, said))
    title = said.title or page.title
    url = said.url or patterned(page, Naming(published=dated.at if dated else None))
    return Article(
        id=page.id,
        title=title,
        source=page.source,
        where=page.where,
        url=url,
        published=dated.at if dated else None,
        day_only=dated.day_only if dated else False,
        dated_by=dated_by,
        authors=said.authors,
        tags=said.tags,
        language=said.language or language_tag(page.own_language),
        summary=said.summary,
        body=_from_lead(_body(tree), title) if tree is not None else (),
        image=picture(said.image, url),
    )


_NOTHING = PageFacts(
    title=None, url=None, dates=(), summary=None, image=None, authors=(), tags=(), language=None
)


def _dates(page: Raw, tree: Any, said: PageFacts) -> Iterator[tuple[DatedBy, Dated | None]]:
    languages = (said.language or page.language, *page.languages)
    for text in said.dates:
        yield "metadata", parse_date(text, zone=page.zone, languages=languages)
    yield "url", date_in_path(said.url, page.zone)
    yield "file name", date_in_name(page.path, page.zone)
    if tree is not None:
        yield "guess", _guess(tree, page)


def _guess(tree: Any, page: Raw) -> Dated | None:
    # Imported here: only pages that don't say their date need it.
    from htmldate import find_date

    # A fixed end, so that the clock has no say in what is read.
    found = find_date(tree, original_date=True, max_date="2100-12-31")
    return parse_date(found, zone=page.zone, languages=()) if found else None


def _body(tree: Any) -> tuple[Paragraph, ...]:
    # Imported here: 150 ms, and only saved pages need it.
    from trafilatura import bare_extraction

    found = bare_extraction(tree, favor_precision=True, include_comments=False)
    body = getattr(found, "body", None)
    return tuple(_paragraphs(body)) if body is not None else ()


def _paragraphs(body: Any) -> Iterator[Paragraph]:
    """Yield the blocks of trafilatura's tree; text between blocks is a block of its own."""
    kind: ParagraphKind = "text"
    parts: list[str] = []
    for piece in _pieces(body):
        if isinstance(piece, str):
            parts.append(piece)
            continue
        if text := clean("".join(parts)):
            yield Paragraph(text=text, kind=kind)
        kind, parts = piece[0], []


def _pieces(body: Any) -> Iterator[str | tuple[ParagraphKind]]:
    """Yield texts, and at each edge of a block the kind of what follows it.

    Without recursion: a page can be nested as deep as it likes.
    """
    stack: list[tuple[Any, ParagraphKind, bool]] = [(body, "text", True)]
    while stack:
        element, outer, opens = stack.pop()
        block = element.tag in _BLOCKS
        if not opens:
            if block:
                yield (outer,)
            yield element.tail or ""
            continue
        kind = _KINDS.get(element.tag, outer) if block else outer
        stack.append((element, outer, False))
        if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
            yield " "
            continue
        if block:
            yield (kind,)
        yield " " if element.tag in ("lb", "br") else element.text or ""
        stack.extend((child, kind, True) for child in reversed(element))
    yield ("text",)


def _from_lead(blocks: tuple[Paragraph, ...], title: str) -> tuple[Paragraph, ...]:
    """Return *blocks* from the lead on: titles, bylines, dates and share bars come before it.

    Where nothing looks like a lead, nothing is skipped.
    """
    lead = next((number for number, block in enumerate(blocks) if _is_lead(block, title)), 0)
    return blocks[lead:]


def _is_lead(block: Paragraph, title: str) -> bool:
    length = len(block.text) + len(_WIDE.findall(block.text))
    prose = length >= SHORTEST_LEAD and ends_sentence(block.text)
    return block.kind != "heading" and prose and fold(block.text) != fold(title)
