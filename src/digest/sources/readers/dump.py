"""Read text dumps of pages: what is left when a page is saved or pasted as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.errors import ReadError
from digest.model import Article, DatedBy
from digest.sources import headlines
from digest.sources.address import Naming, patterned
from digest.sources.dates import Dated, parse_date
from digest.sources.dating import date_in_name, first_known
from digest.sources.fields import language_tag
from digest.sources.headlines import Headline
from digest.sources.paragraphs import ends_sentence, fits, join, paragraphs, starts_lower, width_of
from digest.sources.raw import Raw
from digest.text.plain import clean
from digest.text.slug import slugify

LONGEST_DATE = 40
LONGEST_TITLE = 250
LONGEST_PAGE = 5_000_000
MOST_TRIES = 50
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_SOFT_HYPHEN = re.compile("\u00ad[ \t]*\n[ \t]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """Plain text: a title, the text, and around it what the page showed beside it."""

    suffixes: frozenset[str] = frozenset({".txt"})

    def read(self, page: Raw) -> tuple[Article, ...]:
        """Return the page's article, then each headline of its lists.

        A dump that is nothing but a list has no article of its own.

        Raises:
            ReadError: It isn't text, or too much of it for a page.
        """
        lines = _lines(page)
        read_date = _DateLines(page)
        found = headlines.find(lines, read_date)
        listed = tuple(_headline(headline, page) for headline in found.headlines)
        if listed and not any(found.lines):
            return listed
        return (_article(found.lines, page, read_date), *listed)


READER = Dump()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """A page's own text, taken apart."""

    title: str
    lines: tuple[str, ...]
    by_title: Dated | None = None
    at_end: Dated | None = None


def _lines(page: Raw) -> list[str]:
    text = page.text()
    if len(text) > LONGEST_PAGE:
        raise ReadError(page.where, f"has {len(text):,} characters, which is no page")
    return [line and clean(line) for line in _SOFT_HYPHEN.sub("", text).split("\n")]


class _DateLines:
    """Tell which lines of a page are dates and nothing else.

    The slow way of reading a date is gone so many times for a page and no more, so that
    a page of lines that nearly are dates can't hold up the rest.
    """

    def __init__(self, page: Raw) -> None:
        self._page = page
        self._known: dict[str, Dated | None] = {}
        self._tries = MOST_TRIES

    def __call__(self, line: str) -> Dated | None:
        if not line or len(line) > LONGEST_DATE or not _YEAR.search(line) or line.isdigit():
            return None
        if line not in self._known:
            self._known[line] = self._parse(line, thorough=False) or self._slowly(line)
        return self._known[line]

    def _slowly(self, line: str) -> Dated | None:
        if not self._tries:
            return None
        self._tries -= 1
        return self._parse(line, thorough=True)

    def _parse(self, line: str, *, thorough: bool) -> Dated | None:
        page = self._page
        return parse_date(line, zone=page.zone, languages=page.languages, thorough=thorough)


def _headline(headline: Headline, page: Raw) -> Article:
    day = headline.dated.at.date().isoformat()
    return Article(
        id=f"{page.source}/headline/{day}/{slugify(headline.title)}",
        title=headline.title,
        source=page.source,
        where=page.where,
        published=headline.dated.at,
        day_only=headline.dated.day_only,
        dated_by="text",
        language=language_tag(page.own_language),
        headline=True,
    )


def _article(lines: Sequence[str], page: Raw, read_date: _DateLines) -> Article:
    parts = _taken_apart(lines, read_date)
    dated, dated_by = first_known(_dates(parts, page))
    return Article(
        id=page.id,
        title=parts.title or page.title,
        source=page.source,
        where=page.where,
        url=patterned(page, Naming(published=dated.at if dated else None)),
        published=dated.at if dated else None,
        day_only=dated.day_only if dated else False,
        dated_by=dated_by,
        language=language_tag(page.own_language),
        body=paragraphs(parts.lines),
    )


def _dates(parts: _Parts, page: Raw) -> Iterator[tuple[DatedBy, Dated | None]]:
    yield "file name", date_in_name(page.path, page.zone)
    yield "text", parts.by_title
    yield "page", parts.at_end


def _taken_apart(lines: Sequence[str], read_date: _DateLines) -> _Parts:
    rest = list(lines)
    _trim(rest)
    above = _take_date(rest, 0, read_date)
    title = _take_title(rest, width_of(rest), read_date)
    below = _take_date(rest, 0, read_date)
    at_end = _take_date(rest, -1, read_date)
    return _Parts(title=title, lines=tuple(rest), by_title=below or above, at_end=at_end)


def _take_date(rest: list[str], place: int, read_date: _DateLines) -> Dated | None:
    """Take the date that stands alone at the start (0) or the end (-1) of *rest*."""
    _trim(rest)
    dated = read_date(rest[place]) if rest else None
    if dated:
        del rest[place]
        _trim(rest)
    return dated


def _take_title(rest: list[str], width: int, read_date: _DateLines) -> str:
    """Take the title off the start of *rest*; "" where the text begins without one."""
    ends = (row for row, line in enumerate(rest) if not line or read_date(line))
    block = rest[: next(ends, len(rest))]
    if not block or len(block[0]) > LONGEST_TITLE or _is_prose(block, rest):
        return ""
    taken = 1
    while taken < min(len(block), 3) and _goes_on(block, taken, width):
        taken += 1
    del rest[:taken]
    return join(block[:taken])


def _is_prose(block: Sequence[str], rest: Sequence[str]) -> bool:
    """Tell whether the first block of the text is a paragraph and no title."""
    more = len(rest) > len(block)
    return len(block) > 1 and more and ends_sentence(block[-1]) and not ends_sentence(block[0])


def _goes_on(block: Sequence[str], taken: int, width: int) -> bool:
    """Tell whether the title was wrapped before the line after the *taken* ones."""
    line, after = block[taken - 1], block[taken]
    if ends_sentence(line):
        return False
    return starts_lower(after) or not fits(line, after, min(width, len(max(block, key=len))))


def _trim(lines: list[str]) -> None:
    filled = [row for row, line in enumerate(lines) if line]
    lines[:] = lines[filled[0] : filled[-1] + 1] if filled else []
