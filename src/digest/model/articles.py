"""What is read: articles, and the window that they are chosen for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

UTC = ZoneInfo("UTC")
DatedBy = Literal["metadata", "url", "file name", "text", "page", "guess", "file time"]
ParagraphKind = Literal["text", "heading", "item", "quote"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A span of instants: *start* is included, *end* is not."""

    start: datetime
    end: datetime

    @classmethod
    def of_days(cls, first: date, last: date, zone: ZoneInfo) -> Window:
        """Return the window of whole days from *first* to *last*, both included.

        Midnight is the publication's own, so a day of a clock change has 23 or 25 hours.
        """
        return cls(
            start=datetime.combine(first, time.min, zone),
            end=datetime.combine(last + timedelta(days=1), time.min, zone),
        )

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    @property
    def last_day(self) -> date:
        """Return the day that holds the last instant of the window."""
        return (self.end - timedelta(microseconds=1)).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block of an article's text, on one line, free of markup and control characters."""

    text: str
    kind: ParagraphKind = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture by address; *alt* is ``None`` where the source gave none, "" where decorative.

    A *chosen* one was named by the editor, and is drawn whatever the theme does with others.
    """

    url: str
    alt: str | None = None
    width: int | None = None
    height: int | None = None
    credit: str | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One piece as it was read, before anybody decided about it.

    *id* is stable across runs: the name of the source and the path below it, or what the
    article says itself. *where* is the file or address to name in a message. *more* counts
    the paragraphs of *body* that stand before the author's more-mark. A headline is an
    article of which only the title and the date are known. *mark* is what its author says
    to digest ("pin" or "never"; anything else is a mistake), *rank* the author's order,
    the lowest first.
    """

    id: str
    title: str
    source: str
    where: str
    url: str | None = None
    published: datetime | None = None
    day_only: bool = False
    dated_by: DatedBy | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    summary: str | None = None
    body: tuple[Paragraph, ...] = ()
    more: int | None = None
    image: Image | None = None
    draft: bool = False
    headline: bool = False
    paywall: bool = False
    mark: str | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpec:
    """One ``[[sources]]`` table: its kind, what it points at, and its other keys as written."""

    kind: str
    target: str
    options: Mapping[str, object] = field(default_factory=dict)
