"""Say where in the file a mistake stands, and which key was meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from digest.errors import Problem

KeyPath = tuple[str | int, ...]
Mistake = tuple[KeyPath, str, str]


def suggest(key: str, known: Mapping[str, object] | frozenset[str]) -> str:
    """Return the key of *known* that *key* was meant as, or all of them."""
    near = difflib.get_close_matches(key, list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else f"known: {', '.join(sorted(known))}"


def problems(name: str, text: str, mistakes: Iterable[Mistake]) -> list[Problem]:
    """Return *mistakes* as they are told, in the order of the lines of *text*, the file *name*."""
    located = [(_line_of(text, mistake[0]) or 0, mistake) for mistake in mistakes]
    placed = sorted(located, key=lambda each: (each[0], str(each[1])))
    return [_problem(name, *each) for each in placed]


def _problem(name: str, line: int, mistake: Mistake) -> Problem:
    at, problem, hint = mistake
    key = ".".join(str(part) for part in at if isinstance(part, str))
    return Problem(where=f"{name}:{line}" if line else name, problem=f"{key} {problem}", hint=hint)


def _line_of(text: str, at: KeyPath) -> int | None:
    """Return the line (from 1) where the key at path *at* stands, or the nearest above it."""
    found: int | None = None
    here: KeyPath = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*(\[\[?)\s*([\w.-]+)\s*\]", line):
            name = header[2]
            counts[name] = counts.get(name, -1) + 1
            here = (*name.split("."), counts[name]) if header[1] == "[[" else tuple(name.split("."))
            found = number if here and here == at[: len(here)] else found
        elif key := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*[=.]", line):
            path = (*here, key[1])
            if path == at[: len(path)]:
                found = number
    return found
