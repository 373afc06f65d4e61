"""Read the articles that lie in a folder, and in the folders below it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from digest.errors import ReadError
from digest.model import Article, SourceSpec
from digest.sources.address import check_pattern
from digest.sources.kind import ReadContext, Unread
from digest.sources.raw import Raw, Reader
from digest.sources.readers import readers
from digest.text.plain import clean

MOST_BYTES = 20_000_000
_HIDDEN = (".", "_")
# What digest itself and package managers put beside the articles is nobody's article.
_NOT_ARTICLES = frozenset({"issues", "templates", "public"})
_NEVER = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The kind ``path``: a folder of Markdown files, saved pages and text dumps."""

    key: str = "path"
    options: frozenset[str] = frozenset({"url", "name", "language"})

    def name(self, spec: SourceSpec, context: ReadContext) -> str:
        """Return the source's own name, or the last part of its path."""
        chosen = clean(_option(spec, "name") or "").strip("/")
        return chosen or clean(_folder(spec, context).name) or "articles"

    def pieces(self, spec: SourceSpec, context: ReadContext) -> Sequence[Unread]:
        """Return one piece for each file that a reader knows, sorted by path.

        Names that begin with a dot or an underscore are left out; so is a folder met
        before, which ends loops of links.

        Raises:
            ReadError: There is no such folder.
        """
        folder = _folder(spec, context)
        where = clean(spec.target)
        _check_folder(folder, where)
        blank = self._blank(spec, context)
        found = tuple(_walk(folder, blank, context.root))
        if not found:
            return (Unread(where=where, load=partial(_nothing, where)),)
        return found

    def _blank(self, spec: SourceSpec, context: ReadContext) -> Raw:
        """Return what all files of this source share."""
        pattern = _option(spec, "url")
        if pattern:
            check_pattern(pattern, where=clean(spec.target))
        return Raw(
            data=b"",
            where="",
            source=self.name(spec, context),
            path="",
            zone=context.zone,
            language=context.language,
            own_language=_option(spec, "language"),
            url_pattern=pattern,
        )


KIND = Folder()


def _option(spec: SourceSpec, key: str) -> str | None:
    value = spec.options.get(key)
    if value is None or isinstance(value, str):
        return value
    raise ReadError(clean(spec.target), f"{key} isn't text", f'write {key} = "…"')


def _folder(spec: SourceSpec, context: ReadContext) -> Path:
    return Path(os.path.abspath(context.root / spec.target))  # noqa: PTH100  keeps links as named


def _check_folder(folder: Path, where: str) -> None:
    try:
        mode = folder.stat().st_mode
    except (OSError, ValueError) as error:
        hint = "check path under [[sources]] in digest.toml"
        raise ReadError(where, "no such folder", hint) from error
    if not stat.S_ISDIR(mode):
        raise ReadError(where, "isn't a folder", "path names the folder that the file lies in")


def _walk(folder: Path, blank: Raw, root: Path) -> Iterator[Unread]:
    """Yield what lies under *folder*, depth first, without recursion: links can nest deep."""
    met: set[tuple[int, int]] = set()
    stack = [folder]
    known = readers()
    inside = (folder.resolve(), root.resolve())
    while stack:
        path = stack.pop()
        where = name_of(path, root)
        try:
            if path.is_symlink() and not _within(path, inside):
                yield Unread(where=where, load=partial(_refuse, where, _LINK))
            elif path != folder and _is_output(path, root):
                continue
            elif path.is_dir():
                stack.extend(reversed(_entries(path, met)))
            elif reader := _reader_for(path, known):
                below = clean(path.relative_to(folder).as_posix())
                raw = replace(blank, where=where, path=below)
                yield Unread(where=where, load=partial(load, path, reader, raw))
        except OSError as error:
            yield Unread(where=where, load=partial(_refuse, where, _reason(error)))


def _within(path: Path, folders: tuple[Path, ...]) -> bool:
    return any(path.resolve().is_relative_to(folder) for folder in folders)


def _is_output(path: Path, root: Path) -> bool:
    return path.name in _NEVER or (path.parent == root and path.name in _NOT_ARTICLES)


def _reader_for(path: Path, known: Mapping[str, Reader]) -> Reader | None:
    return known.get(path.suffix.lower())


def _entries(folder: Path, met: set[tuple[int, int]]) -> list[Path]:
    state = folder.stat()
    if (state.st_dev, state.st_ino) in met:
        return []
    met.add((state.st_dev, state.st_ino))
    return sorted(path for path in folder.iterdir() if not path.name.startswith(_HIDDEN))


def name_of(path: Path, root: Path) -> str:
    """Return *path* as a person at *root* would type it, with forward slashes."""
    relative = os.path.relpath(path, root)
    absolute = str(path)
    inside = not relative.startswith("..") or len(relative) < len(absolute)
    return clean((relative if inside else absolute).replace(os.sep, "/"))


def load(path: Path, reader: Reader, raw: Raw) -> tuple[Article, ...]:
    """Return the articles in the file at *path*.

    Raises:
        ReadError: It can't be opened, is too large, isn't text, or is nested without end.
    """
    try:
        return reader.read(replace(raw, data=_bytes(path, raw.where)))
    except OSError as error:
        raise ReadError(raw.where, _reason(error)) from error
    except RecursionError as error:
        raise ReadError(raw.where, "is nested too deeply to be read") from error


def _bytes(path: Path, where: str) -> bytes:
    state = path.stat()
    if not stat.S_ISREG(state.st_mode):
        raise ReadError(where, "isn't a regular file")
    if state.st_size > MOST_BYTES:
        size, most = state.st_size // 1_000_000, MOST_BYTES // 1_000_000
        raise ReadError(where, f"is {size} MB long", f"an article may have {most} MB")
    return path.read_bytes()


_LINK = "is a link out of its source's folder, and isn't followed"


def _reason(error: OSError) -> str:
    said = re.sub(r"^\[.*?\] *", "", error.strerror or type(error).__name__)
    return f"can't be opened: {said.lower()}"


def _nothing(where: str) -> tuple[Article, ...]:
    suffixes = ", ".join(sorted(readers()))
    raise ReadError(where, "no articles in this folder", f"files that count: {suffixes}")


def _refuse(where: str, problem: str) -> tuple[Article, ...]:
    raise ReadError(where, problem)
