"""The values of the issue file: what editors see, and what digest generated last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from digest.model import ItemKind, Status, Window

ARTICLE_FIELDS = ("section", "title", "teaser")
WORDS = ("subject", "preheader", "intro", "signoff")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileItem:
    """One ``[[items]]`` block. ``None`` is a key that isn't written there.

    *teaser* is the Markdown ``text`` where *by* is "editor". An empty *url* or *picture*
    takes the link or the picture away. *vanished* says why the article is no longer chosen.
    """

    id: str
    by: Literal["digest", "editor"] = "digest"
    kind: ItemKind | None = None
    section: str | None = None
    title: str | None = None
    teaser: str | None = None
    url: str | None = None
    picture: str | None = None
    alt: str | None = None
    drop: bool = False
    vanished: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileIssue:
    """A whole ``issue.toml``. *timezone* is "" where the file names none."""

    window: Window
    timezone: str = ""
    status: Status = "draft"
    number: int | None = None
    subject: str | None = None
    preheader: str | None = None
    intro: str | None = None
    signoff: str | None = None
    items: tuple[FileItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedItem:
    """What digest itself wrote for one article; ``None`` where it never wrote anything.

    *pinned* articles are in because an editor named them. *out* ones are remembered though
    they are not in the issue: the editor deleted them, or they vanished. *deleted* ones are
    out though digest would have taken them.
    """

    id: str
    section: str | None = None
    title: str | None = None
    teaser: str | None = None
    pinned: bool = False
    out: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of an issue that belong to no item."""

    subject: str | None = None
    preheader: str | None = None
    intro: str | None = None
    signoff: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What digest generated at the last build: the base of the three-way merge."""

    words: Words
    items: tuple[GeneratedItem, ...] = ()
    number: int | None = None
