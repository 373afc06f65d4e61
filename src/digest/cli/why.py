"""``digest why``: what becomes of one article, and by which rule."""

from __future__ import annotations

from typing import Annotated

import typer

from digest.cli import options, output


@output.reported
def why(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="Its id, address, file or title, or a part.")
    ],
    since: options.Since = None,
    until: options.Until = None,
    last: options.Last = None,
    week: options.Week = None,
    month: options.Month = None,
    late: options.Late = False,
    ignore_history: options.IgnoreHistory = False,
    folder: options.Folder = None,
    edition: options.Edition = None,
    as_json: options.Json = False,
    file: options.ConfigFile = None,
    now: options.Now = None,
) -> None:
    """Say why an article is in the issue or not.

    The issue is the one that `digest build` would make with the same options.
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
    meant = asking.find(chosen.decisions, article)
    if as_json:
        output.say_json(tables.reasons(chosen, meant))
    else:
        tables.show_reasons(chosen, meant)
