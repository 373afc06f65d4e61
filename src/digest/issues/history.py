"""Know the issues under ``issues/``, and decide which one a build makes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.errors import DigestError, IssueFileError, NothingToSend
from digest.issues.file import read
from digest.issues.values import FileIssue
from digest.model import UTC, Status, Window
from digest.text.plain import clean

LONGEST_DAYS = 36_500
FIRST_DAYS = 7  # the window of a publication's first issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One earlier issue. *ids* are the articles that it holds; *path* is its issue.toml."""

    slug: str
    number: int | None
    status: Status
    window: Window
    ids: tuple[str, ...]
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the person asked for. Days are included at both ends, instants at the start only.

    *last* counts whole days, the window's last day included.
    """

    since: date | datetime | None = None
    until: date | datetime | None = None
    last: int | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The issue that a build makes; *record* is the earlier build of the same issue."""

    slug: str
    number: int
    window: Window
    record: Record | None = None


def where(path: Path) -> str:
    """Return the name of a file of an issue in messages, such as issues/2026-01-14/issue.toml."""
    return clean("/".join(path.parts[-3:]))


def load(folder: Path) -> tuple[Record, ...]:
    """Return the issues under *folder*, the earliest window first.

    Folders without an ``issue.toml`` and hidden ones are no issues.

    Raises:
        IssueFileError: if one of them is damaged, because to forget it would send its
            stories twice.
    """
    try:
        folders = sorted(folder.iterdir()) if folder.exists() else []
        paths = [path / "issue.toml" for path in folders if not path.name.startswith(".")]
        records = [_record(path) for path in paths if path.is_file()]
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise IssueFileError(clean(folder.name), f"can't be read: {reason}") from error
    return tuple(sorted(records, key=lambda record: (_start(record), record.slug)))


def read_file(path: Path) -> tuple[bytes, FileIssue]:
    """Return the bytes of an issue file and what they say.

    Raises:
        IssueFileError: if it can't be read or trusted.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise IssueFileError(where(path), f"can't be read: {reason}") from error
    return data, read(data, where(path))


def which(records: Sequence[Record], wish: Wish, now: datetime, zone: ZoneInfo) -> Plan:
    """Return which issue a build makes: an issue is known by its window's start.

    The same start in a draft is that draft, with the window's new end. Without a start the
    newest draft goes on, in its own window unless *wish* has another end; without a draft
    an issue begins where the last one ended.

    Raises:
        DigestError: if the wish contradicts itself or an issue that is there.
        IssueFileError: if the issue is approved or published.
        NothingToSend: if the last issue already reaches to the end of the window.
    """
    _check(wish)
    draft = _continued(records, wish)
    try:
        window = _window(records, wish, draft, now.astimezone(zone))
    except OverflowError as error:  # before the year 1, after 9999
        raise DigestError("window", "lies outside the calendar") from error
    record = draft or _same_start(records, wish, window)
    _check_record(records, record, wish)
    numbers = [other.number or 0 for other in records if other is not record]
    number = (record.number if record else None) or max(numbers, default=0) + 1
    slug = record.slug if record else wish.slug or _free_slug(records, window)
    return Plan(slug=slug, number=number, window=window, record=record)


def _record(path: Path) -> Record:
    _, issue = read_file(path)
    held = (item for item in issue.items if item.by == "digest")
    return Record(
        slug=path.parent.name,
        number=issue.number,
        status=issue.status,
        window=issue.window,
        ids=tuple(item.id for item in held if not (item.drop or item.vanished)),
        path=path,
    )


def _start(record: Record) -> float:
    return record.window.start.timestamp()


def _check(wish: Wish) -> None:
    if wish.since is not None and wish.last is not None:
        raise DigestError("window", "has both a first day and a number of days", "give one of them")
    if wish.last is not None and not 1 <= wish.last <= LONGEST_DAYS:
        raise DigestError("window", f"can't have {wish.last} days", f"from 1 to {LONGEST_DAYS}")
    slug = wish.slug
    safe = slug is None or (re.fullmatch(r"\w[\w.-]{0,99}", slug) and not slug.endswith("."))
    if slug is not None and not safe:
        hint = "letters, digits, hyphens, dots; such as 2026-01-14"
        raise DigestError("slug", f'"{clean(slug)[:60]}" can\'t name a folder', hint)


def _continued(records: Sequence[Record], wish: Wish) -> Record | None:
    """Return the issue that goes on because no start is wished for."""
    if wish.since is not None or wish.last is not None:
        return None
    if wish.slug is not None:
        return next((record for record in records if _named(record, wish.slug)), None)
    drafts = [record for record in records if record.status == "draft"]
    return max(drafts, key=_start, default=None)


def _named(record: Record, slug: str) -> bool:
    return record.slug.casefold() == slug.casefold()  # some file systems can't tell them apart


def _window(records: Sequence[Record], wish: Wish, draft: Record | None, now: datetime) -> Window:
    if draft is not None and wish.until is None:
        return draft.window
    end = _end(wish.until if wish.until is not None else now.date(), now)
    last_day = Window(start=end, end=end).last_day
    window = Window(start=_begin(records, wish, draft, (last_day, now)), end=end)
    for instant in (window.start, window.end):
        instant.astimezone(UTC)  # raises where the year there is 0 or 10000
    if window.start.timestamp() < window.end.timestamp():
        return window
    first, last = f"{window.start:%Y-%m-%d %H:%M}", f"{last_day}"
    if wish.since is None and wish.until is None:
        problem = f"the last issue already reaches to the end of {last}"
        raise NothingToSend("window", problem, "choose another first day, or build tomorrow")
    raise DigestError("window", f"starts at {first}, after its last day {last}")


def _begin(
    records: Sequence[Record], wish: Wish, draft: Record | None, days: tuple[date, datetime]
) -> datetime:
    last_day, now = days
    if isinstance(wish.since, datetime):
        return _aware(wish.since, now)
    if wish.since is not None:
        return _midnight(wish.since, now)
    if wish.last is None and draft is not None:
        return draft.window.start
    if wish.last is None and records:
        return max(records, key=lambda record: record.window.end.timestamp()).window.end
    return _midnight(last_day - timedelta(days=(wish.last or FIRST_DAYS) - 1), now)


def _end(until: date | datetime, now: datetime) -> datetime:
    if isinstance(until, datetime):
        return _aware(until, now)
    return _midnight(until + timedelta(days=1), now)


def _aware(instant: datetime, now: datetime) -> datetime:
    if instant.tzinfo is None:
        return instant.replace(tzinfo=now.tzinfo)
    return instant.astimezone(now.tzinfo)


def _midnight(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time.min, now.tzinfo)


def _same_start(records: Sequence[Record], wish: Wish, window: Window) -> Record | None:
    """Return the issue of this start; among several the one wished for, then a draft."""
    same = [record for record in records if _start(record) == window.start.timestamp()]
    same.sort(key=lambda record: (record.slug != wish.slug, record.status != "draft"))
    return same[0] if same else None


def _check_record(records: Sequence[Record], record: Record | None, wish: Wish) -> None:
    holder = next((each for each in records if wish.slug and _named(each, wish.slug)), None)
    if holder is not None and holder is not record:
        start = f"{holder.window.start:%Y-%m-%d}"
        hint = "choose another slug, or that first day"
        raise DigestError(where(holder.path), f"this issue starts on {start}", hint)
    if record is not None and wish.slug and not holder:
        problem = f"the issue of this start is here already, not in {wish.slug}"
        raise DigestError(where(record.path), problem, "leave the slug out, or rename the folder")
    if record is not None and record.status != "draft":
        hint = 'write status = "draft" there to build it again, or choose another first day'
        raise IssueFileError(where(record.path), f"this issue is {record.status}", hint)


def _free_slug(records: Sequence[Record], window: Window) -> str:
    taken = {record.slug.casefold() for record in records}
    slug, count = window.last_day.isoformat(), 1
    while slug in taken:
        count += 1
        slug = f"{window.last_day.isoformat()}-{count}"
    return slug
