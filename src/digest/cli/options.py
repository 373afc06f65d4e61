"""The options that several commands share, as they are typed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

_WINDOW = "Which articles (default: continue the newest draft, else since the last issue)"

Since = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="First day, included: 2026-01-01.", rich_help_panel=_WINDOW),
]
Until = Annotated[
    str | None,
    typer.Option(
        metavar="DAY", help="Last day, included (default: today).", rich_help_panel=_WINDOW
    ),
]
Last = Annotated[
    str | None,
    typer.Option(
        metavar="SPAN",
        help="The last days, today included: 7d, 2w or 1month.",
        rich_help_panel=_WINDOW,
    ),
]
Week = Annotated[
    str | None,
    typer.Option(metavar="WEEK", help="An ISO week: 2026-W02.", rich_help_panel=_WINDOW),
]
Month = Annotated[
    str | None,
    typer.Option(metavar="MONTH", help="A month: 2026-01.", rich_help_panel=_WINDOW),
]
Late = Annotated[
    bool,
    typer.Option(
        "--late",
        help="Late and rolled-over articles join, whatever the window.",
        rich_help_panel=_WINDOW,
    ),
]
Repeat = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ID",
        help="Take this article although another issue held it. May be given again.",
        rich_help_panel=_WINDOW,
    ),
]
IgnoreHistory = Annotated[
    bool,
    typer.Option(
        "--ignore-history",
        help="Go on although an earlier issue is damaged; its stories may come again.",
        rich_help_panel=_WINDOW,
    ),
]
Edition = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Which of the editions in digest.toml."),
]
Slug = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Name of the issue's folder (default: the window's last day)."
    ),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="The project's digest.toml (default: here or above)."
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--source", metavar="DIR", help="Read this folder instead of the project's sources."
    ),
]
Now = Annotated[
    str | None,
    typer.Option(
        metavar="INSTANT", help="Take this for now: 2026-01-14T12:00. Also SOURCE_DATE_EPOCH."
    ),
]
Providers = Annotated[
    list[str] | None,
    typer.Option(
        "--provider",
        metavar="NAME",
        help="Mailing services to write files for (default: [output] providers).",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]


def listed(values: list[str]) -> tuple[str, ...]:
    """Return the words of *values*, in which commas part them, each once."""
    words = (word.strip() for value in values for word in value.split(","))
    return tuple(dict.fromkeys(filter(None, words)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a command was told about its window, as typed."""

    since: str | None = None
    until: str | None = None
    last: str | None = None
    week: str | None = None
    month: str | None = None
    slug: str | None = None
    late: bool = False
    repeat: tuple[str, ...] = ()
    ignore_history: bool = False
