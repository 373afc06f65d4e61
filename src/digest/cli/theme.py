"""``digest theme``: which themes there are, and a copy of one to start from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from digest.cli import options, output
from digest.errors import WriteError

theme = typer.Typer(help="Show the themes, or copy one to change it.", no_args_is_help=True)

_TEMPLATE = "mail.mjml.j2"
_NAME = re.compile(r"[\w-]+")


@theme.command("list")
@output.reported
def list_(file: options.ConfigFile = None) -> None:
    """List the themes: the project's own and those that come with digest."""
    from digest import render
    from digest.cli import project

    found = project.load(file, None)
    for name, folder in render.themes((found.templates, render.shipped_templates())).items():
        own = "yours, in templates/" if folder.is_relative_to(found.templates) else "shipped"
        chosen = ", in use" if name == found.theme.name else ""
        output.say(f"{name}: {_purpose(folder)} ({own}{chosen})")


@theme.command()
@output.reported
def eject(
    name: Annotated[str, typer.Argument(metavar="THEME", help="A theme of `digest theme list`.")],
    new: Annotated[str, typer.Option("--as", metavar="NAME", help="Its name in templates/.")] = "",
    shared: Annotated[
        bool, typer.Option("--partials", help="Also the parts that all themes share.")
    ] = False,
    file: options.ConfigFile = None,
) -> None:
    r"""Copy a theme into templates/, where a file counts before the shipped one of its name.

    Nothing that is there already is written over.

    \b
    digest theme eject classic              change classic itself
    digest theme eject classic --as ours    start a theme of your own: [theme] name = "ours"
    """
    from digest import render
    from digest.cli import project

    templates = project.load(file, None).templates
    shipped = render.shipped_templates()
    if name not in render.themes((shipped,)):
        known = ", ".join(render.themes((shipped,)))
        raise WriteError("theme", f"there is no theme {name!r}", f"there are: {known}")
    if new and (not _NAME.fullmatch(new) or new == "partials"):
        raise WriteError("--as", f"{new!r} is no name for a folder", "letters, digits and hyphens")
    copies = {path: templates / (new or name) / path.name for path in _files(shipped / name)}
    if shared:
        copies |= {
            path: templates / "partials" / path.name for path in _files(shipped / "partials")
        }
    _copy(copies)
    output.say(f"{len(copies)} files are in {templates}; delete those that you don't change.")


def _purpose(folder: Path) -> str:
    """Return what the comment at the head of a theme says about it."""
    text = (folder / _TEMPLATE).read_text("utf-8", "replace")
    found = re.match(r"\s*\{#-?\s*(?:[\w-]+: )?(.*?)[.:#]", text, re.DOTALL)
    return " ".join(found[1].split()) if found else "a theme"


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.j2"))


def _copy(copies: dict[Path, Path]) -> None:
    """Copy each file to its new place, all or none if one of them is there already."""
    there = [target for target in copies.values() if target.exists()]
    if there:
        raise WriteError(str(there[0]), "is there already", "move it away first, or use --as")
    for source, target in copies.items():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(source.read_bytes())
        except OSError as error:
            raise WriteError(str(target), f"can't be written: {error.strerror}") from error
