"""Know the issues under ``issues/``, and decide which one a build makes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.errors import DigestError, IssueFileError, NothingToSend, Problem
from digest.issues.file import read
from digest.issues.traces import REPORT, fingerprint, parted, recall, seen, traces
from digest.issues.values import FileIssue
from digest.model import UTC, Others, Past, Status, Trace, Window
from digest.text.plain import clean
from digest.text.spans import Span

_MEND = "mend it, because its stories would come again; --ignore-history lets them"
FIRST = Span(days=7)  # the window of a publication's first issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One issue that is there. *path* is its issue.toml.

    *traces* are of the articles that it held or put off, *seen* the ids of all that it
    decided about for good.
    """

    slug: str
    number: int | None
    status: Status
    window: Window
    path: Path
    traces: tuple[Trace, ...] = ()
    seen: frozenset[str] = frozenset()

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the articles that it sent, and of other reports of their stories."""
        return tuple(trace.id for trace in self.traces if trace.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the person asked for. Days are included at both ends, instants at the start only.

    *last* is a span of whole days, the window's last day included, and *first* that of a
    publication's first issue, where nothing else says when it begins. *late* lets late and
    rolled-over articles join whatever the window, and *repeat* are articles that an earlier
    issue may have held. Damaged issues are passed over only where *ignore_history* says so.
    """

    since: date | datetime | None = None
    until: date | datetime | None = None
    last: Span | None = None
    first: Span = FIRST
    slug: str | None = None
    late: bool = False
    repeat: frozenset[str] = frozenset()
    ignore_history: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The issue that a build makes; *record* is the earlier build of the same issue.

    *others* is what bears on it of all other issues.
    """

    slug: str
    number: int
    window: Window
    record: Record | None = None
    others: Others = field(default_factory=Others)
    problems: tuple[Problem, ...] = ()


def where(path: Path) -> str:
    """Return the name of a file of an issue in messages, such as issues/2026-01-14/issue.toml."""
    in_edition = path.parts[-4:-3] == ("issues",)
    return clean("/".join(path.parts[-4 if in_edition else -3 :]))


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The issues that are there, the earliest window first, and what is damaged of them.

    *slugs* are the names of all their folders, damaged or not.
    """

    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()
    slugs: frozenset[str] = frozenset()


def load(folder: Path) -> tuple[Record, ...]:
    """Return the issues under *folder*, the earliest window first.

    Raises:
        IssueFileError: if any of them is damaged, because to forget it would send its
            stories twice; all of them are named.
    """
    history = survey(folder)
    if history.problems:
        raise IssueFileError.of(
            [each if each.hint else replace(each, hint=_MEND) for each in history.problems]
        )
    return history.records


def survey(folder: Path) -> History:
    """Return the issues under *folder*, with a problem for each that is damaged.

    Folders without an ``issue.toml`` and hidden ones are no issues.

    Raises:
        IssueFileError: if *folder* itself can't be read.
    """
    try:
        folders = sorted(folder.iterdir()) if folder.exists() else []
        paths = [path / "issue.toml" for path in folders if not path.name.startswith(".")]
        paths = [path for path in paths if path.is_file()]
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise IssueFileError(clean(folder.name), f"can't be read: {reason}") from error
    records: list[Record] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            records.append(_record(path))
        except IssueFileError as error:
            problems += error.problems
    return History(
        records=tuple(sorted(records, key=lambda record: (_start(record), record.slug))),
        problems=tuple(problems),
        slugs=frozenset(path.parent.name for path in paths),
    )


def plan(folder: Path, wish: Wish, now: datetime, zone: ZoneInfo) -> Plan:
    """Return which issue under *folder* a build makes; see :func:`which`.

    Raises:
        DigestError: as :func:`which`, or an issue is damaged and *wish* doesn't ignore it.
    """
    history = survey(folder)
    if history.problems and not wish.ignore_history:
        raise IssueFileError.of(
            [each if each.hint else replace(each, hint=_MEND) for each in history.problems]
        )
    found = which(history.records, wish, now, zone)
    if found.record is None and found.slug in history.slugs:
        hint = "name another folder with --slug"
        raise IssueFileError(f"issues/{found.slug}", "is there already, and damaged", hint)
    return replace(found, problems=history.problems)


def read_file(path: Path) -> tuple[bytes, FileIssue]:
    """Return the bytes of an issue file and what they say.

    Raises:
        IssueFileError: if it can't be read or trusted.
    """
    data = _read_bytes(path)
    return data, read(data, where(path))


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise IssueFileError(where(path), f"can't be read: {reason}") from error


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
    begin = _Beginning(records=records, wish=wish, draft=draft)
    try:
        window = _window(begin, now.astimezone(zone))
    except OverflowError as error:  # before the year 1, after 9999
        raise DigestError("window", "lies outside the calendar") from error
    record = draft or _same_start(records, wish, window)
    _check_record(records, record, wish)
    numbers = [other.number or 0 for other in records if other is not record]
    number = (record.number if record else None) or max(numbers, default=0) + 1
    slug = record.slug if record else wish.slug or _free_slug(records, window)
    others = _others([other for other in records if other is not record], window, wish)
    return Plan(slug=slug, number=number, window=window, record=record, others=others)


def _others(records: Sequence[Record], window: Window, wish: Wish) -> Others:
    follows = any(_ends(record) == window.start.timestamp() for record in records)
    return Others(
        issues=tuple(
            Past(slug=each.slug, window=each.window, traces=each.traces, seen=each.seen)
            for each in records
        ),
        joins=follows or wish.late,
        repeat=wish.repeat,
    )


def _record(path: Path) -> Record:
    """Return the issue whose file is *path*.

    Its blocks are read only where somebody changed them since digest wrote them.
    """
    report = recall(path.parent, where(path.with_name(REPORT)))
    data = _read_bytes(path)
    top, blocks = parted(data)
    as_written = report.blocks is not None and report.blocks == fingerprint(blocks)
    try:
        issue = read(top if as_written else data, where(path))
    except IssueFileError:
        if not as_written:
            raise
        as_written = False  # its [window] stands below the items
        issue = read(data, where(path))
    held = (item for item in issue.items if item.by == "digest")
    sent = [item.id for item in held if not (item.drop or item.vanished)]
    return Record(
        slug=path.parent.name,
        number=issue.number,
        status=issue.status,
        window=issue.window,
        traces=traces(report, report.sent if as_written else sent),
        seen=seen(report),
        path=path,
    )


def _start(record: Record) -> float:
    return record.window.start.timestamp()


def _ends(record: Record) -> float:
    return record.window.end.timestamp()


def _check(wish: Wish) -> None:
    if wish.since is not None and wish.last is not None:
        raise DigestError("window", "has both a first day and a number of days", "give one of them")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beginning:
    """What decides where a window begins."""

    records: Sequence[Record]
    wish: Wish
    draft: Record | None

    def at(self, last_day: date, now: datetime) -> datetime:
        """Return the start of the window that ends with *last_day*."""
        wish = self.wish
        if isinstance(wish.since, datetime):
            return _aware(wish.since, now)
        if wish.since is not None:
            return _midnight(wish.since, now)
        if wish.last is None and self.draft is not None:
            return self.draft.window.start
        if wish.last is None and self.records:
            return max(self.records, key=_ends).window.end
        return _midnight((wish.last or wish.first).before(last_day), now)


def _window(begin: _Beginning, now: datetime) -> Window:
    wish, draft = begin.wish, begin.draft
    if draft is not None and wish.until is None:
        return draft.window
    end = _end(wish.until if wish.until is not None else now.date(), now)
    last_day = Window(start=end, end=end).last_day
    window = Window(start=begin.at(last_day, now), end=end)
    for instant in (window.start, window.end):
        instant.astimezone(UTC)  # raises where the year there is 0 or 10000
    if window.start.timestamp() < window.end.timestamp():
        return window
    first, last = f"{window.start:%Y-%m-%d %H:%M}", f"{last_day}"
    if wish.since is None and wish.until is None:
        problem = f"the last issue already reaches to the end of {last}"
        raise NothingToSend("window", problem, "choose another first day, or build tomorrow")
    raise DigestError("window", f"starts at {first}, after its last day {last}")


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
