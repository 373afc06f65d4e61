"""``digest build``: make an issue, or make it again."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from digest.cli import options, output


@output.reported
def build(
    since: options.Since = None,
    until: options.Until = None,
    last: options.Last = None,
    week: options.Week = None,
    month: options.Month = None,
    late: options.Late = False,
    repeat: options.Repeat = None,
    ignore_history: options.IgnoreHistory = False,
    slug: options.Slug = None,
    folder: options.Folder = None,
    edition: options.Edition = None,
    all_editions: Annotated[
        bool, typer.Option("--all", help="Every edition in turn; sources are read once.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what it would hold; write nothing.")
    ] = False,
    take_images: Annotated[
        bool,
        typer.Option("--images", help="Take the pictures along, under the issue or in the mail."),
    ] = False,
    provider: options.Providers = None,
    as_json: options.Json = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail, and write nothing, if anything is amiss.")
    ] = False,
    file: options.ConfigFile = None,
    now: options.Now = None,
) -> None:
    """Make an issue: choose articles, write teasers, draw the mail.

    Build as often as you like: what you changed in issue.toml stays, and new articles come in.

    \b
    digest build --since 2026-01-01                      from New Year until today
    digest build --week 2026-W02                         one week, Monday to Sunday
    digest build --last 7d --dry-run                     what this week's would hold
    digest build --images                                the pictures come along
    digest build --provider mailchimp,listmonk           for these; digest providers lists them
    """  # noqa: D301 - a real \b, which keeps the lines below it apart
    from digest import config, images
    from digest.cli import editions, project  # takes 0.2 s, which --help need not wait for

    if edition and all_editions:
        raise typer.BadParameter("--edition and --all can't both say which edition")
    found = project.load(file, folder, edition)
    if take_images:
        found = replace(found, images=images.asked(found.images))
    if provider:
        found = replace(found, output=config.Output(providers=options.listed(provider)))
    span = options.Span(
        since=since,
        until=until,
        last=last,
        week=week,
        month=month,
        slug=slug,
        late=late,
        repeat=tuple(repeat or ()),
        ignore_history=ignore_history,
    )
    how = editions.How(write=not dry_run, as_json=as_json, strict=strict)
    moment = project.now(now, found.publication.timezone)
    if all_editions:
        editions.build_all(found, span, moment, how)
    else:
        editions.build_one(found, span, moment, how)
