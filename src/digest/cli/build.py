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
    slug: options.Slug = None,
    folder: options.Folder = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what it would hold; write nothing.")
    ] = False,
    take_images: Annotated[
        bool,
        typer.Option("--images", help="Take the pictures along, under the issue or in the mail."),
    ] = False,
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
    digest build --since 2026-01-05 --until 2026-01-11   one week, both days included
    digest build --last 7d --dry-run                     what this week's would hold
    digest build --images                                the pictures come along
    """  # noqa: D301 - a real \b, which keeps the lines below it apart
    from digest import images, issues, pipeline  # takes 0.2 s, which --help need not wait for
    from digest.cli import project, tables

    found = project.load(file, folder)
    if take_images:
        found = replace(found, images=images.asked(found.images))
    span = options.Span(since=since, until=until, last=last, slug=slug)
    moment = project.now(now, found.publication.timezone)
    plan = pipeline.plan(found, project.wish(span), moment)
    with output.Progress() as progress:
        built = pipeline.build(found, plan, progress)
    output.warn((*built.facts.problems, *built.facts.notes))
    if strict and built.facts.problems:
        raise typer.Exit(1)
    paths = () if dry_run else pipeline.write(built)
    if as_json:
        output.say_json(issues.summary(built.facts))
    else:
        tables.show_issue(built.facts, paths)
