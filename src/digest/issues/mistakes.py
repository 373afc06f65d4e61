"""Check the keys and values of one table, and collect every mistake with its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from digest.errors import IssueFileError, Problem
from digest.issues.blocks import Cut, cut
from digest.text.plain import clean, clean_lines

MOST = 20  # mistakes of one file that are told; the rest waits for the next build

TYPE_WORDS = {
    str: 'text in quotes: "…"',
    int: "a whole number",
    bool: "true or false",
    dict: "a [window] table",
    list: "[[items]] blocks",
    datetime: "a time such as 2026-01-01T00:00:00+02:00",
}
_SEVERAL_LINES = {"intro", "signoff", "text"}


class Mistakes:
    """Collect what is wrong with one file, each with its line."""

    def __init__(self, text: str, where: str) -> None:
        self.found: list[Problem] = []
        self._text = text
        self._where = where

    @cached_property
    def _parts(self) -> Cut:  # only a file with mistakes is cut: it is a fifth of the reading
        return cut(self._text)

    def add(self, key: str, problem: str, hint: str = "", *, item: int | None = None) -> None:
        """Note one mistake at *key* of block number *item* (from 0), or of the top."""
        if len(self.found) == MOST:
            return
        where = f"{self._where}:{self.line(key, item)}"
        self.found.append(Problem(where=where, problem=problem, hint=hint))

    def line(self, key: str, item: int | None) -> int:
        """Return the line on which *key* stands."""
        return self._parts.line(item, key)

    def stop(self) -> None:
        """Raise one error with everything found, if anything was."""
        if self.found:
            first = self.found[0]
            error = IssueFileError(first.where, first.problem, first.hint)
            error.problems = tuple(self.found)
            raise error


def checked(
    table: Mapping[str, Any], known: Mapping[str, type], mistakes: Mistakes, item: int | None
) -> dict[str, Any]:
    """Return the known keys of *table* with values of the right type, their text cleaned."""
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            mistakes.add(key, f'unknown key "{clean(key)[:60]}"', _nearest(key, known), item=item)
        elif type(value) is not known[key]:
            mistakes.add(key, f"{key} must be {TYPE_WORDS[known[key]]}", item=item)
        elif isinstance(value, str):
            values[key] = clean_lines(value) if key in _SEVERAL_LINES else clean(value)
        else:
            values[key] = value
    return values


def one_of(
    key: str,
    values: Mapping[str, Any],
    allowed: tuple[str, ...],
    mistakes: Mistakes,
    item: int | None = None,
) -> None:
    """Note a mistake where the value of *key* is none of those *allowed*."""
    value = values.get(key)
    if value is not None and value not in allowed:
        problem = f'{key} can\'t be "{value[:60]}"'
        mistakes.add(key, problem, _nearest(value, allowed), item=item)


def _nearest(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word[:60], tuple(known), n=1)
    return f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(known)}"
