"""Lay out plain text: 72 columns of display width, addresses alone on their lines."""

from __future__ import annotations

import re
from functools import lru_cache

import wcwidth

from digest.render.guard import is_stand_in
from digest.tags.stand_ins import MARKS

WIDTH = 72

# Letters that take one column each, so that counting characters is enough: Latin, Greek,
# Cyrillic, Armenian, common punctuation. Measuring every word costs 2 ms at 20 stories.
_NARROW = re.compile("[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027]*")
_BLANK_LINES = re.compile(r"\n{3,}")
_MARK = re.compile(r"( *)(- |> |\d+[.)] |)")  # before an item, a quotation


def flow(text: str, first: str = "", rest: str | None = None) -> str:
    """Return *text* wrapped; *first* stands before its first line, *rest* before the others.

    Empty lines part paragraphs, single line breaks stay. A held address is never broken.
    A list item keeps its text clear of its mark. Without *rest*, the others are indented
    by the width of *first*.
    """
    rest = " " * _width(first) if rest is None else rest
    lines: list[str] = []
    for line in text.split("\n"):
        found = _MARK.match(line)
        indent, mark = found.groups() if found else ("", "")
        lead = (rest if lines else first) + indent if line else ""
        hang = rest + indent + (mark if mark == "> " else " " * len(mark))
        lines += _wrap(line, lead, hang)
    return "\n".join(lines)


def rule(character: str) -> str:
    """Return a line of *character*, as long as a line may be."""
    return character * WIDTH


def finish(text: str) -> str:
    """Return drawn *text* with one empty line at most between blocks, its stand-ins in it."""
    bare = "\n".join([line.rstrip() for line in text.split("\n")])
    return _BLANK_LINES.sub("\n\n", bare).strip() + "\n"


def _wrap(line: str, lead: str, hang: str) -> list[str]:
    if is_stand_in(line):
        return [lead + line]
    room = WIDTH - len(hang)
    if len(lead) == len(hang) and _NARROW.fullmatch(line) and _longest(line) <= room:
        first, *rest = _lines(room).findall(" ".join(line.split())) or ("",)
        return [lead + first, *(hang + found for found in rest)]
    lines, current, used = [], lead, _width(lead)
    empty = True
    for word, columns in _words(line, WIDTH - max(used, len(hang))):
        if not empty and used + 1 + columns > WIDTH:
            lines.append(current)
            current, used, empty = hang, len(hang), True
        current += word if empty else f" {word}"
        used += columns + (not empty)
        empty = False
    return [*lines, current]


def _longest(line: str) -> int:
    return max(map(len, line.split()), default=0)


# One pattern cuts narrow lines four times as fast as counting word by word.
@lru_cache(maxsize=32)
def _lines(room: int) -> re.Pattern[str]:
    return re.compile(rf"(.{{1,{room}}})(?: |$)")


def _words(line: str, room: int) -> list[tuple[str, int]]:
    """Return the words of *line* with their widths, those wider than *room* cut up."""
    words = line.split()
    if _NARROW.fullmatch(line) and max(map(len, words), default=0) <= room:
        return [(word, len(word)) for word in words]
    return [(part, _width(part)) for word in words for part in _parts(word, room)]


def _parts(word: str, room: int) -> list[str]:
    return [word] if _width(word) <= room else wcwidth.wrap(word, room)


@lru_cache(maxsize=4096)
def _width(word: str) -> int:
    return wcwidth.width(MARKS.sub("", word))
