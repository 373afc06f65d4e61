"""``digest preview``: see an issue in the browser as readers will get it."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

from digest.cli import options, output


@output.reported
def preview(
    slug: Annotated[
        str | None, typer.Argument(metavar="[ISSUE]", help="Which issue (default: the newest).")
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Listen on this port (default: a free one).")
    ] = 0,
    edition: options.Edition = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Don't open the browser.")] = False,
    file: options.ConfigFile = None,
) -> None:
    """Show an issue in the browser, drawn again when an article, a template or issue.toml changes.

    It listens on this machine alone, and ends with Ctrl-C.
    """
    from digest.cli import project
    from digest.preview import lay_out, serve  # the server takes 0.2 s to load

    desk = lay_out(lambda: project.load(file, None, edition), slug)
    output.warn(desk.rebuild())

    def ready(address: str) -> None:
        output.say(f"Issue {desk.folder.name} is at {address} (Ctrl-C ends)")
        if not no_open:
            webbrowser.open(address)

    serve(desk, port=port, ready=ready)
