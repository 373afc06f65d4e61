"""Read ``digest.toml`` into a :class:`Config`, and report every mistake in it at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from digest.config.editions import check_sections, source_names
from digest.config.mistakes import problems
from digest.config.settings import FILE_NAME, PRESETS, Config, Kinds, Output, Settings
from digest.config.structure import structure
from digest.config.values import check_sources, check_values
from digest.errors import ConfigError
from digest.model import SourceSpec

__all__ = [
    "FILE_NAME",
    "PRESETS",
    "Config",
    "Kinds",
    "Output",
    "find",
    "load",
    "spec_of",
]


def find(start: Path) -> Path:
    """Return the ``digest.toml`` in *start* or the nearest folder above it.

    Raises:
        ConfigError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise ConfigError(
        FILE_NAME,
        "not found here or in a folder above",
        "`digest sample DIR` makes a project to start from; --config names another file",
    )


def load(path: Path, kinds: Kinds) -> Config:
    """Return the project that the file *path* describes.

    *kinds* maps the key of each kind of source ("path") to the other keys it takes.

    Raises:
        ConfigError: the file can't be read, or holds mistakes; all of them are named.
    """
    text = _read(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path.name, f"is not valid TOML: {error}") from error
    settings, mistakes = structure(Settings, data, ())
    mistakes += check_sources(data.get("sources"), kinds)
    mistakes += check_values(data, frozenset(mistake[0] for mistake in mistakes))
    if settings:
        names = source_names(settings.sources)
        mistakes += check_sections(settings.sections, ("sections",), names)
        for name, edition in settings.editions.items():
            mistakes += edition.mistakes(name, names)
    if mistakes:
        raise ConfigError.of(problems(path.name, text, mistakes))
    return Config(
        root=path.resolve().parent,
        publication=settings.publication,
        sources=tuple(spec_of(table, kinds) for table in settings.sources),
        teaser=settings.teaser,
        theme=settings.theme,
        images=settings.images,
        links=settings.links,
        output=settings.output,
        selection=settings.selection,
        sections=settings.sections,
        editions=settings.editions,
    )


def spec_of(table: Mapping[str, object], kinds: Kinds) -> SourceSpec:
    """Return the source that a checked ``[[sources]]`` *table* describes."""
    kind = next(key for key in table if key in kinds)
    options = {key: value for key, value in table.items() if key != kind}
    return SourceSpec(kind=kind, target=str(table[kind]), options=options)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(str(path), f"can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), "isn't UTF-8 text", "save it as UTF-8") from error
