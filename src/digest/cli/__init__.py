"""The command line: parse, call, report. One file a command; only this package knows typer."""

from __future__ import annotations

from typing import Annotated

import typer

from digest import __version__
from digest.cli import build, list_, preview, providers, sample, tease, theme, why

app = typer.Typer(
    name="digest",
    help="Make a newsletter from the articles you already publish.",
    epilog="Start with: digest sample demo && cd demo && digest build --since 2026-01-01",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"digest {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Make a newsletter from the articles you already publish."""


app.command("build")(build.build)
app.command("list")(list_.list_)
app.command("preview")(preview.preview)
app.command("providers")(providers.providers)
app.command("sample")(sample.sample)
app.command("tease")(tease.tease)
app.add_typer(theme.theme, name="theme")
app.command("why")(why.why)
