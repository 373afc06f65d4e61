"""Find the lists of headlines in a text dump: runs of titles and dates.

The structure decides: which lines are dates, what stands between them, where the blank
lines are and how wide lines run. No word of any language is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.sources.dates import Dated
from digest.sources.glue import Words, unglued
from digest.sources.paragraphs import ends_sentence, fits, join, starts_lower

LONGEST_TITLE = 250
LONGEST_HEADING = 60
MOST_WORDS = 6  # of a heading
FEWEST = 2  # pairs that make a list
MOST_LINES = 3  # A title may be wrapped over so many.
_DATE_TAIL = re.compile(r"(?<=[^\W\d])(?=\d{1,2}[\s./-]|\d{4}-)")

ReadDate = Callable[[str], Dated | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A title and the day that stands beside it."""

    title: str
    dated: Dated


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The headlines of a dump, in file order, and the *lines* that are left."""

    headlines: tuple[Headline, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One title and its date, by the numbers of their lines. *end* is excluded."""

    title: str
    date: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    lines: Sequence[str]
    dates: Mapping[int, Dated]
    words: Words


def find(lines: Sequence[str], read_date: ReadDate) -> Found:
    """Return the lists of headlines in *lines* ("" is a blank one) and what is no part of them.

    A list is two or more pairs of a title and a date, in either order, whose dates are
    written alike. The line that heads it goes with it.
    """
    split_lines, dates = _dated_lines(lines, read_date)
    page = _Page(lines=split_lines, dates=dates, words=Words(split_lines))
    headlines: list[Headline] = []
    gone: set[int] = set()
    for run in _runs(page):
        entries = _entries(page, run)
        if len(entries) < FEWEST:
            continue
        headlines += [Headline(title=entry.title, dated=dates[entry.date]) for entry in entries]
        gone.update(range(entries[0].start, entries[-1].end))
    gone.update(_headings(page, gone))
    rest = tuple(line for number, line in enumerate(split_lines) if number not in gone)
    return Found(headlines=tuple(headlines), lines=rest)


def _dated_lines(lines: Sequence[str], read_date: ReadDate) -> tuple[list[str], dict[int, Dated]]:
    """Return the lines, and which of them are dates.

    A heading that is glued to a date gets a line of its own where a date of the same
    form follows (``Latest news09.01.2026``).
    """
    shapes = {_shape(line) for line in lines if line and read_date(line)}
    kept: list[str] = []
    dates: dict[int, Dated] = {}
    for line in lines:
        for part in _parts(line, shapes):
            if dated := read_date(part) if part else None:
                dates[len(kept)] = dated
            kept.append(part)
    return kept, dates


def _parts(line: str, shapes: set[str]) -> tuple[str, ...]:
    tail = _DATE_TAIL.search(line) if len(line) <= LONGEST_HEADING else None
    if tail and _shape(line[tail.start() :]) in shapes:
        return line[: tail.start()].rstrip(), line[tail.start() :]
    return (line,)


def _shape(line: str) -> str:
    """Return how a date is written: ``09.Jan.2026`` and ``14.May.2025`` are alike."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d]+", "a", line))


def _runs(page: _Page) -> Iterator[list[int]]:
    """Yield the dates that may be of one list: alike, with nothing but titles between."""
    run: list[int] = []
    for number in sorted(page.dates):
        if run and not _belongs(page, run[-1], number):
            yield run
            run = []
        run.append(number)
    yield run


def _belongs(page: _Page, before: int, number: int) -> bool:
    alike = _shape(page.lines[before]) == _shape(page.lines[number])
    between = [line for line in page.lines[before + 1 : number] if line]
    titles = 1 <= len(between) <= MOST_LINES and all(map(_may_be_title, between))
    return alike and titles


def _may_be_title(line: str) -> bool:
    return len(line) <= LONGEST_TITLE and not re.search(r"[.。।۔;,:]$", line)


def _entries(page: _Page, run: list[int]) -> list[_Entry]:
    """Return the entries of a run, in the order of titles and dates that explains it best."""
    if len(run) < FEWEST:
        return []
    below, above = _titles_below(page, run), _titles_above(page, run)
    if len(above) != len(below):
        return max(above, below, key=len)
    return below if _dates_first(page, run) else above


def _dates_first(page: _Page, run: list[int]) -> bool:
    """Tell whether each date stands above its title, where both orders are possible."""
    lines = page.lines
    inner = [number for number in run[1:] if lines[number - 1] == ""]
    after = [number for number in run[:-1] if lines[number + 1] == ""]
    if len(inner) != len(after):
        return len(inner) > len(after)
    before = lines[run[0] - 1] if run[0] else ""
    behind = lines[run[-1] + 1] if run[-1] + 1 < len(lines) else ""
    # The odd one out is the heading above or the link to more below, the shorter of both.
    return bool(behind) and (not before or len(before) < len(behind))


def _titles_above(page: _Page, run: list[int]) -> list[_Entry]:
    """Read the run as title, date, title, date."""
    entries: list[_Entry] = []
    widest = _widest(page, run)
    for number in run:
        rows = _rows_above(page, number, widest)
        if rows:
            title = join([page.lines[row] for row in rows])
            start = entries[-1].end if entries else rows[0]
            entries.append(_Entry(title=title, date=number, start=start, end=number + 1))
        elif entries:
            break
    return _without_glue(page, entries)


def _without_glue(page: _Page, entries: list[_Entry]) -> list[_Entry]:
    if not entries:
        return []
    first = entries[0]
    title = unglued(first.title, page.words)
    return [_Entry(title=title, date=first.date, start=first.start, end=first.end), *entries[1:]]


def _rows_above(page: _Page, number: int, widest: int) -> list[int]:
    """Return the lines of the title above the date at *number*, or none."""
    row = number - 1
    if row >= 0 and not page.lines[row]:
        row -= 1
    rows: list[int] = []
    while row >= 0 and len(rows) < MOST_LINES and _usable(page, row):
        if rows and not _wrapped(page.lines[row], page.lines[rows[0]], widest):
            break
        rows.insert(0, row)
        row -= 1
    return rows


def _titles_below(page: _Page, run: list[int]) -> list[_Entry]:
    """Read the run as date, title, date, title."""
    entries: list[_Entry] = []
    widest = _widest(page, run)
    for number in run:
        rows = _rows_below(page, number, widest)
        if not rows:
            break
        title = join([page.lines[row] for row in rows])
        start = entries[-1].end if entries else number
        entries.append(_Entry(title=title, date=number, start=start, end=rows[-1] + 1))
    return entries


def _rows_below(page: _Page, number: int, widest: int) -> list[int]:
    row = number + 1
    if row < len(page.lines) and not page.lines[row]:
        row += 1
    rows: list[int] = []
    while row < len(page.lines) and len(rows) < MOST_LINES and _usable(page, row):
        if rows and not _wrapped(page.lines[rows[-1]], page.lines[row], widest):
            break
        rows.append(row)
        row += 1
    return rows


def _usable(page: _Page, row: int) -> bool:
    line = page.lines[row]
    return bool(line) and row not in page.dates and _may_be_title(line)


def _wrapped(line: str, after: str, widest: int) -> bool:
    """Tell whether a title goes on in the next line: no heading, no title of its own."""
    return starts_lower(after) or not fits(line, after, widest)


def _widest(page: _Page, run: list[int]) -> int:
    """Return the width of the widest line between the dates of a run."""
    rows = range(run[0] + 1, run[-1])
    return max((len(page.lines[row]) for row in rows if row not in page.dates), default=0)


def _headings(page: _Page, gone: set[int]) -> Iterator[int]:
    """Yield the line above each list that heads it, unless it is the page's own title."""
    for start in sorted(number for number in gone if number - 1 not in gone):
        row = start - 1
        if row >= 0 and not page.lines[row]:
            row -= 1
        if row < 0 or not _heads(page, row):
            continue
        above = [line for line in page.lines[:row] if line]
        if above or _starts_with_title(page, start, gone):
            yield row


def _heads(page: _Page, row: int) -> bool:
    line = page.lines[row]
    short = len(line) <= LONGEST_HEADING and len(line.split()) <= MOST_WORDS
    before = page.lines[row - 1] if row else ""
    own_line = not before or ends_sentence(before) or row - 1 in page.dates
    return short and own_line and not ends_sentence(line) and row not in page.dates


def _starts_with_title(page: _Page, start: int, gone: set[int]) -> bool:
    left_out = gone | page.dates.keys()
    rest = [page.lines[row] for row in range(start, len(page.lines)) if row not in left_out]
    text = "\n".join(rest).strip("\n").split("\n\n")[0]
    return not text or not ends_sentence(text)
