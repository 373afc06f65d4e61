"""The values that the stages hand to each other: frozen, and the same for everybody.

Times are aware. A date without a time is the start of that day in the publication's
zone, and ``day_only`` says so. ``None`` stands for "absent" and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

UTC = ZoneInfo("UTC")

DatedBy = Literal["metadata", "url", "file name", "text", "page", "guess", "file time"]
Origin = Literal["editor", "own summary", "more-mark", "lead", "later paragraph", "llm"]
Status = Literal["draft", "approved", "published"]
ItemKind = Literal["story", "headline", "sponsor", "event", "note"]
ImageMode = Literal["link", "host", "embed"]
Layout = Literal["lead", "stories", "headlines"]
ParagraphKind = Literal["text", "heading", "item", "quote"]
Pictures = Literal["all", "lead", "none"]
Order = Literal["newest", "oldest", "rank", "longest"]
Preference = Literal["article", "source", "longest", "earliest"]
Rule = Literal[
    "window", "late", "rolled over", "pinned", "put in",  # in
    "draft", "empty", "undated", "never", "outside", "held", "late refused",
    "repeat", "duplicate", "updated", "limit", "rolls over", "no section",
]  # fmt: skip


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
class Also:
    """Another report of a story, which was not chosen."""

    source: str
    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An article, whether it is in, and the reason in one line.

    *outside* marks one that is left out for its date alone, as nearly all of an archive is.
    *rule* is what took or refused it, in one word of the schema. *story* is the id of the
    article that was chosen in its place, *issue* the other issue that *reason* names, and
    *also* are the reports of its story that gave way to it.
    """

    article: Article
    taken: bool
    reason: str
    outside: bool = False
    rule: Rule = "window"
    section: str | None = None
    story: str | None = None
    issue: str | None = None
    also: tuple[Also, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What another issue remembers of one article that it decided about.

    *day* is ISO 8601, and *text* a sketch of its text; both are "" where there is none.
    *held* are the articles that the issue sent, and other reports of the same stories.
    """

    id: str
    title: str = ""
    url: str | None = None
    source: str = ""
    day: str = ""
    text: str = ""
    rule: str = "window"
    held: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Another issue, as far as it bears on what this one may hold.

    *traces* are of articles that it held or put off; *seen* are the ids of all others that
    it decided about for good.
    """

    slug: str
    window: Window
    traces: tuple[Trace, ...] = ()
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """All other issues, as far as they bear on what this one may hold.

    Late and rolled-over articles join where *joins* is true: the window begins where that
    of another issue ends, or somebody asked for them. The ids in *repeat* are asked for again.
    """

    issues: tuple[Past, ...] = ()
    joins: bool = False
    repeat: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What an article has to have: one of each list that isn't empty, upper case or lower.

    *path* are patterns such as "articles/news/*" for its file, or a piece of its address;
    *text* are words that stand in its title, summary or text.
    """

    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSpec(Match):
    """One ``[[sections]]`` table: which articles it takes, how many, and in which order.

    An article has to match the table itself, every table of *all*, one of *any* and none of
    *none*. A limit of ``None`` is no limit. Below *minimum* the section isn't made. The
    catch-all is asked last and takes what is left.
    """

    title: str
    layout: Layout | None = None
    any: tuple[Match, ...] = ()
    all: tuple[Match, ...] = ()
    none: tuple[Match, ...] = ()
    limit: int | None = None
    minimum: int = 1
    per_source: int | None = None
    order: Order = "newest"
    catch_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionRules:
    """The ``[selection]`` table.

    *minimum* counts stories and headlines. *prefer* says which report of a story is chosen,
    the first rule first; *sources* the order of sources, else that of ``[[sources]]``.
    *window* is the span of a first issue: "7d", "2w" or "1month".
    """

    minimum: int = 1
    rollover: bool = False
    late: bool = True
    prefer: tuple[Preference, ...] = ("article", "source", "longest", "earliest")
    sources: tuple[str, ...] = ()
    window: str = "7d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules(SelectionRules):
    """All rules of a choice. *language* is that of articles that say none."""

    sections: tuple[SectionSpec, ...] = ()
    language: str = "en"


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
    *background* lies around the *paper*, which lies under the text. *labels* replace words
    of the language by their keys.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpec:
    """One ``[[sources]]`` table: its kind, what it points at, and its other keys as written."""

    kind: str
    target: str
    options: Mapping[str, object] = field(default_factory=dict)
