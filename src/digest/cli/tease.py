"""``digest tease``: what could stand under a title, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from digest.cli import options, output


@output.reported
def tease(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An article, or a folder of them.")],
    length: Annotated[
        int | None,
        typer.Option(min=40, max=2000, help="Characters at most (default: the project's, or 280)."),
    ] = None,
    maker: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who writes: extract, llm or a plugin's.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="TAG", help="Of articles that don't say theirs: uk.")
    ] = None,
    as_json: options.Json = False,
    config: options.ConfigFile = None,
) -> None:
    """Show every teaser that an article could have, the chosen one first.

    It works outside a project too, and writes nothing.
    """
    from digest import teasers  # takes 0.1 s, which --help need not wait for
    from digest.cli import article_files, tables

    brief = article_files.brief(config, length=length, maker=maker, language=language)
    reading = article_files.read(file, brief.language)
    output.warn(reading.problems)
    found = [(each, teasers.tease(each, brief)) for each in reading.articles if not each.headline]
    if as_json:
        listed: list[dict[str, Any]] = [tables.teasing(*each) for each in found]
        output.say_json(listed)
        return
    for article, teaser in found:
        tables.show_teasers(article, teaser)
