"""What readers get: teasers, items, sections, the issue, and the mail drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from digest.model.articles import DatedBy, Image, Window
from digest.model.choices import Also, Layout

Origin = Literal["editor", "own summary", "more-mark", "lead", "later paragraph", "llm"]
Status = Literal["draft", "approved", "published"]
ItemKind = Literal["story", "headline", "sponsor", "event", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """The few sentences under a title, where they came from, and why these.

    *score* is at most 100. *alternatives* are what else could stand there, best first.
    """

    text: str
    origin: Origin
    reason: str = ""
    score: int = 100
    alternatives: tuple[Teaser, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What is wanted of a teaser.

    *length* counts characters after NFC, an ellipsis included. *language* is a BCP 47 tag,
    for an article that doesn't say its own. *maker* names who writes, *options* are that
    maker's own, and *cache* is a folder that it may keep answers in.
    """

    length: int = 280
    language: str = "en"
    maker: str = "extract"
    options: Mapping[str, object] = field(default_factory=dict)
    cache: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of an issue: a story, a headline, or a labelled block of the editor's own.

    *teaser* is plain text, except for what editors add themselves (*by* is "editor"):
    theirs is Markdown. *reason* says why this teaser, *alternatives* what else was found.
    """

    id: str
    section: str
    title: str
    teaser: str
    kind: ItemKind = "story"
    by: Literal["digest", "editor"] = "digest"
    origin: Origin | None = None
    reason: str = ""
    alternatives: tuple[Teaser, ...] = ()
    url: str | None = None
    published: datetime | None = None
    dated_by: DatedBy | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    image: Image | None = None
    paywall: bool = False
    also: tuple[Also, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A named run of items. A title of ``None`` is the theme's own word for *name*."""

    name: str
    layout: Layout
    title: str | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What readers get. *intro* and *signoff* are Markdown; *subject* is one line."""

    slug: str
    number: int
    status: Status
    window: Window
    subject: str
    preheader: str
    intro: str = ""
    signoff: str = ""
    sections: tuple[Section, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Return every item, in the order that readers meet them."""
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The drawn issue. *headers* are names and unfolded, unencoded values in order."""

    html: str
    text: str
    subject: str
    preheader: str
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """A picture that travels inside the message, in place of the one at *url*."""

    url: str
    cid: str
    type: str
    data: bytes
