"""What is decided about articles, what other issues remember, and by which rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from digest.model.articles import Article, Window

Layout = Literal["lead", "stories", "headlines"]
Order = Literal["newest", "oldest", "rank", "longest"]
Preference = Literal["article", "source", "longest", "earliest"]
Rule = Literal[
    "window", "late", "rolled over", "pinned", "put in",  # in
    "draft", "empty", "undated", "never", "outside", "held", "late refused",
    "repeat", "duplicate", "updated", "limit", "rolls over", "no section",
]  # fmt: skip


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
