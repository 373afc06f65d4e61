"""Who publishes, and how it looks: what ``digest.toml`` says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from digest.model.articles import UTC

ImageMode = Literal["link", "host", "embed"]
Pictures = Literal["all", "lead", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who the mail is from."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Who publishes: the ``[publication]`` table of ``digest.toml``."""

    name: str
    sender: Sender
    language: str = "en"
    timezone: ZoneInfo = UTC
    tagline: str = ""
    url: str | None = None
    address: str | None = None
    unsubscribe_url: str | None = None
    view_url: str | None = None
    subject: str = "{name} No. {number}: {lead}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture in place of the publication's name; sizes are pixels as shown."""

    url: str
    dark: str | None = None
    width: int = 200
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place elsewhere, by name."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """An appeal with a button; a *label* of ``None`` is the theme's own word."""

    url: str
    text: str = ""
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Which templates draw the issue, and how: the ``[theme]`` table.

    Colours are ``#rrggbb``, sizes pixels. ``None`` leaves a value to the templates.
    *background* lies around the *paper*, which lies under the text. *also* names who else
    reported a story. *labels* replace words of the language by their keys.
    """

    name: str = "classic"
    accent: str = "#0b5394"
    background: str | None = None
    paper: str | None = None
    font: str | None = None
    heading_font: str | None = None
    width: int = 600
    radius: int | None = None
    pictures: Pictures | None = None
    also: bool = False
    logo: Logo | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    social: tuple[Link, ...] = ()
    contact: str | None = None
    support: Support | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagePolicy:
    """What becomes of pictures: the ``[images]`` table.

    "link" leaves each at its own address; "host" stores them under the issue for *base_url*;
    "embed" puts them into the message. Pictures of another host than the publication's or
    the article's are only taken where *third_party* says so.
    """

    mode: ImageMode = "link"
    base_url: str | None = None
    third_party: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where a publication is at home: its address, its project, its folders of articles."""

    url: str | None
    root: Path
    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPatterns:
    """What is added to the links of items: the ``[links]`` table. "" adds nothing."""

    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""
    utm_term: str = ""
    utm_content: str = ""
