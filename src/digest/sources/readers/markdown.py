"""Read Markdown files with front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.model import Article, DatedBy, Paragraph
from digest.sources import fields as front
from digest.sources.address import Naming, patterned, picture, web_address
from digest.sources.dates import Dated
from digest.sources.dating import date_in_name, date_in_path, first_known
from digest.sources.frontmatter import split
from digest.sources.raw import Raw
from digest.text import markdown
from digest.text.plain import fold

_ADDRESSES = ("url", "canonical", "canonicalurl", "permalink")
_PATHS = ("path", *_ADDRESSES)
_IMPORT = re.compile(r"^(?:import|export)\s.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Markdown:
    """Markdown as Hugo, Jekyll, Zola, Astro and their like keep it."""

    suffixes: frozenset[str] = frozenset({".md", ".markdown", ".mdx"})

    def read(self, page: Raw) -> tuple[Article, ...]:
        """Return the one article in *page*.

        Its title comes from the front matter, else from a heading at the start, else
        from the file's name.

        Raises:
            ReadError: It isn't text, or its front matter is broken.
        """
        document = split(page.text(), where=page.where)
        return (_article(page, document.fields, _body(page, document.body)),)


READER = Markdown()


def _body(page: Raw, text: str) -> markdown.Reading:
    return markdown.read(_IMPORT.sub("", text) if page.path.endswith(".mdx") else text)


def _article(page: Raw, fields: front.Fields, body: markdown.Reading) -> Article:
    dated, dated_by = first_known(_dates(page, fields))
    title, paragraphs = _title(page, fields, body.paragraphs)
    naming = Naming(published=dated.at if dated else None, slug=front.text(fields, "slug"))
    own = (web_address(front.text(fields, key)) for key in _ADDRESSES)
    url = next(filter(None, own), None) or patterned(page, naming)
    return Article(
        id=front.text(fields, "id", "guid") or page.id,
        title=title,
        source=page.source,
        where=page.where,
        url=url,
        published=dated.at if dated else None,
        day_only=dated.day_only if dated else False,
        dated_by=dated_by,
        authors=front.names(fields, "author", "authors"),
        tags=front.names(fields, "tags", "categories"),
        language=_language(page, fields),
        summary=markdown.plain(front.summary(fields) or "") or None,
        body=paragraphs,
        more=_more(body, paragraphs),
        image=picture(front.image(fields) or body.image, url),
        draft=front.is_draft(fields),
        paywall=front.is_paid(fields),
        mark=front.mark(fields),
        rank=front.rank(fields),
    )


def _language(page: Raw, fields: front.Fields) -> str | None:
    own = front.language_tag(front.text(fields, "language", "lang"))
    return own or front.language_tag(page.own_language)


def _dates(page: Raw, fields: front.Fields) -> Iterator[tuple[DatedBy, Dated | None]]:
    languages = (_language(page, fields) or page.language, page.language)
    yield "metadata", front.published(fields, page.zone, languages)
    for key in _PATHS:
        yield "url", date_in_path(front.text(fields, key), page.zone)
    yield "file name", date_in_name(page.path, page.zone)


def _title(
    page: Raw, fields: front.Fields, body: tuple[Paragraph, ...]
) -> tuple[str, tuple[Paragraph, ...]]:
    """Return the title, and *body* without the heading that says the same."""
    own = markdown.plain(front.text(fields, "title") or "")
    if body and body[0].kind == "heading" and (not own or fold(own) == fold(body[0].text)):
        return own or body[0].text, body[1:]
    return own or page.title, body


def _more(body: markdown.Reading, kept: tuple[Paragraph, ...]) -> int | None:
    if body.more is None:
        return None
    return max(body.more - (len(body.paragraphs) - len(kept)), 0)
