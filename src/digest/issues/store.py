"""Read an issue's folder, and write it so that it is never half written."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

from digest.errors import IssueFileError, WriteError
from digest.issues.history import where
from digest.issues.values import ARTICLE_FIELDS, WORDS, Generated, GeneratedItem, Words
from digest.text.plain import clean, clean_lines

_HINT = "delete report.json to build without it; stories that you took out may come back"
# Renamed in this order, and last. A kill between the two leaves words in the issue file that
# digest takes for the editor's own; the other way round a new story would seem deleted.
_LAST = ("issue.toml", "report.json")
_STALE = 60  # seconds; a build at work, such as the preview's, renames its files long before


def load_base(folder: Path) -> Generated | None:
    """Return what digest generated last for the issue in *folder*, ``None`` where it is lost.

    Raises:
        IssueFileError: if ``report.json`` is there and can't be trusted.
    """
    path = folder / "report.json"
    try:
        report = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise IssueFileError(where(path), f"can't be read: {reason}") from error
    except (ValueError, RecursionError) as error:
        raise IssueFileError(where(path), "not JSON", _HINT) from error
    if not isinstance(report, dict) or report.get("generated") is None:
        return None
    try:
        return _from_json(report["generated"])
    except (AttributeError, KeyError, TypeError) as error:
        raise IssueFileError(where(path), '"generated" is damaged', _HINT) from error


def to_json(base: Generated) -> dict[str, Any]:
    """Return *base* as it stands under "generated" in ``report.json``."""
    items = [
        {key: value for key, value in asdict(item).items() if value not in (None, False)}
        for item in base.items
    ]
    return {**asdict(base.words), "number": base.number, "items": items}


def write_all(
    folder: Path, files: Mapping[str, bytes], seen: Mapping[str, bytes | None] | None = None
) -> tuple[Path, ...]:
    """Write *files* (by name below *folder*) and return their paths, in the same order.

    All of them or none: everything is written to hidden files first and then renamed, and
    whatever fails, the old files stand. Files that already hold these bytes aren't touched.
    A new folder appears only when it is complete. What killed builds left behind is cleared
    away. *seen* are the bytes that the caller read of some of the files, ``None`` for one
    that wasn't there.

    Raises:
        IssueFileError: if a file is no longer as it was *seen*: somebody has saved it since.
        WriteError: if the disk refuses.
    """
    targets = {folder / _safe(name): data for name, data in files.items()}
    try:
        _check_seen(folder, seen or {})
        _clear((folder, *targets))
        if folder.exists():
            changed = [path for path, data in targets.items() if not _holds(path, data)]
            changed.sort(key=lambda path: _rank(path.relative_to(folder)))
            _replace({path: targets[path] for path in changed})
        else:
            _create(folder, {path.relative_to(folder): data for path, data in targets.items()})
    except OSError as error:
        named = "/".join(folder.parts[-2:])
        reason = error.strerror or "unknown error"
        hint = "the files of the last build are as they were"
        raise WriteError(clean(named), f"can't be written: {reason}", hint) from error
    return tuple(targets)


def _from_json(data: dict[str, Any]) -> Generated:
    words = {key: _text(data.get(key), lines=key in ("intro", "signoff")) for key in WORDS}
    number = data.get("number")
    return Generated(
        words=Words(**words),
        number=number if isinstance(number, int) else None,
        items=tuple(_item(item) for item in data["items"]),
    )


def _item(data: dict[str, Any]) -> GeneratedItem:
    name = _text(data["id"])
    if not name:
        raise TypeError
    values = {key: _text(data.get(key)) for key in ARTICLE_FIELDS}
    pinned, out, deleted = (data.get(key) is True for key in ("pinned", "out", "deleted"))
    return GeneratedItem(id=name, pinned=pinned, out=out, deleted=deleted, **values)


def _text(value: object, *, lines: bool = False) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError
    return value and (clean_lines(value) if lines else clean(value))


def _safe(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.name or "\\" in name:
        raise ValueError(name)
    return path


def _rank(name: Path) -> int:
    return _LAST.index(str(name)) if str(name) in _LAST else -1


def _clear(paths: Iterable[Path]) -> None:
    """Take away the hidden files and folders that killed builds left beside *paths*."""
    names: dict[Path, set[str]] = {}
    for path in paths:
        names.setdefault(path.parent, set()).add(path.name)
    for folder, known in names.items():
        for left in folder.glob(".*.tmp"):
            found = re.fullmatch(r"\.(.+)\.[0-9a-f]{8}\.tmp", left.name)
            if found and found[1] in known:
                _clear_one(left)


def _clear_one(left: Path) -> None:
    with contextlib.suppress(OSError):  # to be tidy is worth no failure
        state = left.lstat()  # its change, because a link keeps the time of writing
        if time.time() - state.st_ctime < _STALE:
            return
        if stat.S_ISDIR(state.st_mode):
            shutil.rmtree(left)
        else:
            left.unlink()


def _check_seen(folder: Path, seen: Mapping[str, bytes | None]) -> None:
    for name, data in seen.items():
        path = folder / _safe(name)
        if (path.read_bytes() if path.exists() else None) != data:
            raise IssueFileError(where(path), "was saved by somebody meanwhile", "build again")


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and not path.is_symlink() and path.read_bytes() == data
    except PermissionError:  # writing may still work
        return False


def _create(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Make *folder* under a hidden name, and rename it when it is complete."""
    parents = [parent for parent in folder.parents if not parent.exists()]
    hidden = _hidden(folder)
    try:
        for name, data in files.items():
            (hidden / name).parent.mkdir(parents=True, exist_ok=True)
            _write(hidden / name, data)
        hidden.rename(folder)
    except BaseException:
        shutil.rmtree(hidden, ignore_errors=True)
        _remove((), parents)
        raise
    _sync(folder.parent)


def _replace(files: Mapping[Path, bytes]) -> None:
    """Put *files* in place of those that are there; the old ones come back if one fails."""
    made = [parent for path in files for parent in path.parents if not parent.exists()]
    temporary = {path: _hidden(path) for path in files}
    old = {path: _hidden(path) for path in files if os.path.lexists(path)}
    renamed: list[Path] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(temporary[path], data, like=path)
        for path, kept in old.items():
            _keep(path, kept)
        for path, written in temporary.items():
            written.replace(path)
            renamed.append(path)
    except BaseException:
        _put_back(renamed, old)
        _remove((*temporary.values(), *old.values()), made)
        raise
    _remove(old.values(), ())
    for parent in {path.parent for path in files}:
        _sync(parent)


def _put_back(renamed: Iterable[Path], old: Mapping[Path, Path]) -> None:
    for path in renamed:
        with contextlib.suppress(OSError):
            old[path].replace(path) if path in old else path.unlink()


def _remove(files: Iterable[Path], folders: Iterable[Path]) -> None:
    """Take away *files* that are there, then those of *folders* that are empty."""
    for path in files:
        with contextlib.suppress(OSError):
            path.unlink()
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _hidden(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")


def _write(path: Path, data: bytes, *, like: Path | None = None) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if like is not None and like.is_file():
        shutil.copymode(like, path)


def _keep(path: Path, kept: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(21, f"{path.name} is a folder")
    try:
        os.link(path, kept, follow_symlinks=False)
    except OSError:  # a file system without links
        shutil.copy2(path, kept, follow_symlinks=False)


def _sync(folder: Path) -> None:
    """Make the renames in *folder* last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
