"""Read articles that a command names itself, in a project or outside one."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from digest import config, sources
from digest.errors import ConfigError, ReadError
from digest.model import Brief, SourceSpec


def brief(
    file: Path | None, *, length: int | None, maker: str | None, language: str | None
) -> Brief:
    """Return the brief of the project, changed by what was asked for on the command line.

    Raises:
        ConfigError: the project's file holds mistakes.
    """
    found = _project_brief(file)
    return replace(
        found,
        length=length or found.length,
        maker=maker or found.maker,
        language=language or found.language,
    )


def read(file: Path, language: str) -> sources.Reading:
    """Return the articles in *file*, which may be a folder.

    Raises:
        ReadError: there is no such file, or nothing in it can be read.
    """
    context = sources.ReadContext(root=Path.cwd(), zone=ZoneInfo("UTC"), language=language)
    if not file.exists():
        raise ReadError(str(file), "isn't there")
    if file.is_dir():
        return _read(file, context)
    # A source is a folder; one file is one that holds nothing else.
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(file, Path(folder) / file.name)
        found = _read(Path(folder), context)
    return sources.Reading(
        articles=tuple(replace(each, id=file.name, where=str(file)) for each in found.articles),
        problems=tuple(replace(each, where=str(file)) for each in found.problems),
    )


def _read(folder: Path, context: sources.ReadContext) -> sources.Reading:
    spec = SourceSpec(kind="path", target=str(folder.resolve()))
    return sources.read((spec,), context)


def _project_brief(file: Path | None) -> Brief:
    try:
        place = file or config.find(Path.cwd())
    except ConfigError:
        return Brief()
    return config.load(place, sources.kinds()).brief
