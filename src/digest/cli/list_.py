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
    folder: options.Folder = None,
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
    from digest import pipeline
    from digest.cli import project, tables

    found = project.load(file, folder)
    span = options.Span(since=since, until=until, last=last)
    moment = project.now(now, found.publication.timezone)
    plan = pipeline.plan(found, project.wish(span), moment)
    with output.Progress() as progress:
        chosen = pipeline.choose(found, plan, progress)
    output.warn(chosen.problems)
    if as_json:
        output.say_json(tables.listing(chosen, everything=everything))
    else:
        tables.show_decisions(chosen, everything=everything)
