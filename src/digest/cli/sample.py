"""``digest sample``: a project to try things on."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

import digest
from digest.cli import output
from digest.errors import WriteError

_PARTS = ("digest.toml", "articles")


@output.reported
def sample(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
) -> None:
    """Lay out a sample project: an imaginary publication with articles in every format.

    digest sample demo && cd demo && digest build --since 2026-01-01
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WriteError(str(folder), "is there already and not empty", "name a new folder")
    try:
        for part in _PARTS:
            _copy(_shipped() / part, folder / part)
        (folder / "issues").mkdir()
    except OSError as error:
        raise WriteError(str(error.filename or folder), f"{error.strerror}") from error
    output.say(f"{folder} is ready. Next: cd {folder} && digest build --since 2026-01-01")


def _shipped() -> Path:
    """Return the folder of the sample: in the package, or the checkout itself."""
    package = Path(digest.__file__).parent
    packaged = package / "_data" / "sample"
    return packaged if packaged.is_dir() else package.parents[1]


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
