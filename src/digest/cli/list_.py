"""``digest list``: every article of the window with its decision."""

from __future__ import annotations

from typing import Annotated

import typer

from digest.cli import options, output


@output.reported
def list_(
    since: options.Since = None,
    until: options.Until = None,
    last: options.Last = None,
    week: options.Week = None,
    month: options.Month = None,
    late: options.Late = False,
    ignore_history: options.IgnoreHistory = False,
    folder: options.Folder = None,
    edition: options.Edition = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those whose date is outside the window.")
    ] = False,
    as_json: options.Json = False,
    file: options.ConfigFile = None,
    now: options.Now = None,
) -> None:
    """List every article of the window: in or out, and why.

    The window is the one that `digest build` would take with the same options.
    """
    from digest.cli import asking, project, tables

    found = project.load(file, folder, edition)
    span = options.Span(
        since=since,
        until=until,
        last=last,
        week=week,
        month=month,
        late=late,
        ignore_history=ignore_history,
    )
    chosen = asking.choose(found, span, project.now(now, found.publication.timezone))
    if as_json:
        output.say_json(tables.listing(chosen, everything=everything))
    else:
        tables.show_decisions(chosen, everything=everything)
