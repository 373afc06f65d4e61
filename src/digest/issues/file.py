"""Read ``issue.toml`` as an editor left it, and name every mistake with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from digest.errors import IssueFileError
from digest.issues.blocks import cut
from digest.issues.mistakes import TYPE_WORDS, Mistakes, checked, one_of
from digest.issues.values import FileIssue, FileItem
from digest.model import UTC, Window
from digest.text.plain import clean
from digest.text.slug import slugify

LARGEST = 4_000_000  # bytes; an issue of 1,000 stories has about 500,000
LARGEST_NUMBER = 999_999
STATUSES = ("draft", "approved", "published")
LABELS = ("sponsor", "event", "note")

_TOP: dict[str, type] = {
    "status": str,
    "number": int,
    "subject": str,
    "preheader": str,
    "intro": str,
    "signoff": str,
    "window": dict,
    "items": list,
}
_WINDOW: dict[str, type] = {"start": datetime, "end": datetime, "timezone": str}
_ITEM: dict[str, type] = {
    "id": str,
    "by": str,
    "kind": str,
    "section": str,
    "title": str,
    "teaser": str,
    "text": str,
    "url": str,
    "picture": str,
    "alt": str,
    "drop": bool,
    "vanished": str,
}
_SCHEMES = {"url": ("http", "https", "mailto"), "picture": ("http", "https")}


def read(data: bytes, where: str) -> FileIssue:
    """Return what the issue file *data* says, its text cleaned; *where* names it in messages.

    Raises:
        IssueFileError: with every mistake of the file.
    """
    text = decode(data, where)
    table = _parse(text, where)
    mistakes = Mistakes(text, where)
    top = checked(table, _TOP, mistakes, None)
    window = _window(top.pop("window", None), mistakes)
    raw_items = top.pop("items", [])
    items = tuple(_item(raw, index, mistakes) for index, raw in enumerate(raw_items))
    _check_ids(items, mistakes)
    _check_top(top, mistakes)
    mistakes.stop()
    if window is None:  # unreachable: its mistake has stopped us
        raise IssueFileError(where, "no window")
    zone = window.start.tzinfo
    name = zone.key if isinstance(zone, ZoneInfo) else ""
    return FileIssue(window=window, timezone=name, items=_named(items), **top)


def decode(data: bytes, where: str) -> str:
    """Return the text of *data*; a byte order mark stays in it.

    Raises:
        IssueFileError: if it is not UTF-8, or larger than any issue file can be.
    """
    if len(data) > LARGEST:
        raise IssueFileError(
            where, f"larger than {LARGEST // 1_000_000} MB", "is it the right file?"
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise IssueFileError(f"{where}:{line}", "not UTF-8", "save it as UTF-8") from error


def check_blocks(text: str, issue: FileIssue, where: str) -> None:
    """Make sure that every item of *issue* has a block of its own in *text*.

    Raises:
        IssueFileError: if items are written inside ``items = […]``.
    """
    if len(cut(text).blocks) != len(issue.items):
        line = cut(text).line(None, "items")
        hint = "so that your comments can stay with them"
        raise IssueFileError(f"{where}:{line}", "write each item as an [[items]] block", hint)


def _parse(text: str, where: str) -> dict[str, Any]:
    marker = re.search(r"^(<{7}|>{7})(?: .*)?$", text, re.MULTILINE)
    if marker:
        line = text.count("\n", 0, marker.start()) + 1
        hint = "keep one of the two versions and take the marks out"
        raise IssueFileError(f"{where}:{line}", "a git conflict mark stands here", hint)
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError as error:
        raise IssueFileError(where, "not TOML: brackets nested too deep") from error
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        problem = clean(str(error))
        found = re.search(r" \(at line (\d+), column (\d+)\)", problem)
        line = int(found[1]) if found else len(text.splitlines()) or 1
        problem = problem.removesuffix(found[0] if found else " (at end of document)")
        hint = f"at character {found[2]}" if found else "at the end of the file"
        raise IssueFileError(f"{where}:{line}", f"not TOML: {problem[:200]}", hint) from error


def _check_top(top: dict[str, Any], mistakes: Mistakes) -> None:
    one_of("status", top, STATUSES, mistakes)
    if not 1 <= top.get("number", 1) <= LARGEST_NUMBER:
        mistakes.add("number", f"number must be from 1 to {LARGEST_NUMBER}")


def _window(raw: dict[str, Any] | None, mistakes: Mistakes) -> Window | None:
    if raw is None:
        if not any("window" in mistake.problem for mistake in mistakes.found):
            mistakes.add("window", "no [window] with start and end")
        return None
    values = checked(raw, _WINDOW, mistakes, None)
    zone = _zone(values.get("timezone"), mistakes)
    start, end = (_instant(values.get(key), key, zone, mistakes) for key in ("start", "end"))
    if start is None or end is None:
        for key in {"start", "end"} - raw.keys():
            mistakes.add("window", f"[window] has no {key}")
        return None
    if start.timestamp() >= end.timestamp():
        mistakes.add("end", "the window ends before it starts")
    return Window(start=start, end=end)


def _zone(name: str | None, mistakes: Mistakes) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # "America" is a folder of the database
        mistakes.add("timezone", f'unknown timezone "{name}"', 'such as "Europe/Kyiv"')
        return None


def _instant(
    value: datetime | None, key: str, zone: ZoneInfo | None, mistakes: Mistakes
) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None and zone is None:
        mistakes.add(key, f"{key} needs an offset or a timezone", TYPE_WORDS[datetime])
        return None
    try:
        instant = value.replace(tzinfo=zone) if value.tzinfo is None else value
        instant.astimezone(UTC)
        return instant.astimezone(zone) if zone else instant
    except OverflowError:  # the year 1 or 9999
        mistakes.add(key, f"{key} is out of range")
        return None


def _item(raw: object, index: int, mistakes: Mistakes) -> FileItem:
    if not isinstance(raw, dict):
        mistakes.add("items", "write each item as an [[items]] block", item=index)
        return FileItem(id="")
    values = checked(raw, _ITEM, mistakes, index)
    one_of("by", values, ("editor", "digest"), mistakes, index)
    one_of("kind", values, LABELS, mistakes, index)
    for key, schemes in _SCHEMES.items():
        if not _is_address(values.get(key) or "", schemes):
            hint = f"an address that starts with {' or '.join(schemes)}"
            mistakes.add(key, f'{key} can\'t be "{values[key][:60]}"', hint, item=index)
    by_editor = values.get("by") == "editor" or "kind" in values
    (_check_own if by_editor else _check_article)(values, raw, index, mistakes)
    values["by"] = "editor" if by_editor else "digest"
    if by_editor:
        values["teaser"] = values.get("text")
    elif not values.get("title"):  # no story is without a title: its own is written again
        values["title"] = None
    values.pop("text", None)
    return FileItem(**{"id": "", **values, "section": values.get("section") or None})


def _is_address(address: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    if not address:
        return True
    rest = parts.path if parts.scheme == "mailto" else parts.hostname
    return parts.scheme in schemes and bool(rest) and not re.search(r"[\s\\<>\"]", address)


def _check_own(
    values: Mapping[str, Any], raw: Mapping[str, Any], index: int, mistakes: Mistakes
) -> None:
    for key, hint in (("teaser", "text"), ("vanished", "drop")):
        if key in values:
            problem = f"an item of your own has no {key}"
            mistakes.add(key, problem, f'did you mean "{hint}"?', item=index)
    if not (values.get("title") or values.get("text")) and not {"title", "text"} & raw.keys():
        mistakes.add("items", "an item of your own needs a title or a text", item=index)


def _check_article(
    values: Mapping[str, Any], raw: Mapping[str, Any], index: int, mistakes: Mistakes
) -> None:
    if "text" in values:
        hint = 'did you mean "teaser"? or add by = "editor"'
        mistakes.add("text", "text is for items of your own", hint, item=index)
    if not values.get("id") and not isinstance(raw.get("id"), int | float | list | dict):
        hint = 'for an item of your own write by = "editor"'
        mistakes.add("items", "an item needs the id of an article", hint, item=index)


def _check_ids(items: tuple[FileItem, ...], mistakes: Mistakes) -> None:
    first: dict[str, int] = {}
    for index, item in enumerate(items):
        if item.id and first.setdefault(item.id, index) != index:
            hint = f"the first is on line {mistakes.line('id', first[item.id])}"
            mistakes.add("id", f'the id "{item.id[:120]}" is here twice', hint, item=index)


def _named(items: tuple[FileItem, ...]) -> tuple[FileItem, ...]:
    """Give items without an id one made from their words; only in memory, never on disk."""
    taken = {item.id for item in items}
    named: list[FileItem] = []
    for item in items:
        words = slugify((item.title or item.teaser or "")[:60]) or item.kind or "item"
        name, count = f"editor/{words}", 1
        while not item.id and name in taken:
            count += 1
            name = f"editor/{words}-{count}"
        named.append(item if item.id else replace(item, id=name))
        taken.add(named[-1].id)
    return tuple(named)
