"""Read articles from where they lie: the first stage, and the only one that opens them.

A source kind is one module of this package with a ``KIND``, or an entry point of the group
``digest.sources``; a reader of one file format is one module of ``readers`` with a
``READER``, or an entry point of the group ``digest.readers``. Nothing else needs an edit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from digest.errors import Problem, ReadError
from digest.model import Article, SourceSpec
from digest.plugins import found
from digest.sources.kind import ReadContext, SourceKind, Unread

__all__ = ["ReadContext", "Reading", "kinds", "read"]

OnStep = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What all sources held, in their order, and what could not be read."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


def _silent(done: int, total: int, where: str) -> None:
    """Say nothing about a step."""


def read(specs: Sequence[SourceSpec], context: ReadContext, on_step: OnStep = _silent) -> Reading:
    """Return every article of *specs*, in order, and a problem for each that failed.

    *on_step* hears ``(done, total, where)`` after each piece: a file, or a whole feed.

    Raises:
        ReadError: a source that can't be one, such as a folder that isn't there; all of
            them are named, because an issue built without it would look right.
    """
    articles: list[Article] = []
    problems: list[Problem] = []
    pieces = _pieces(specs, context)
    for done, piece in enumerate(pieces, start=1):
        try:
            articles.extend(piece.load())
        except ReadError as error:
            problems.extend(error.problems)
        on_step(done, len(pieces), piece.where)
    return Reading(articles=tuple(articles), problems=tuple(problems))


def kinds() -> Mapping[str, frozenset[str]]:
    """Return the option keys that each kind of source knows, by the kind's key."""
    return {key: kind.options for key, kind in _kinds().items()}


def _pieces(specs: Sequence[SourceSpec], context: ReadContext) -> list[Unread]:
    pieces: list[Unread] = []
    problems: list[Problem] = []
    names: dict[str, SourceSpec] = {}
    for spec in specs:
        try:
            kind = _kind(spec)
            name = kind.name(spec, context)
            if names.setdefault(name, spec) is not spec:
                problems.append(_same_name(name, spec))
            pieces.extend(kind.pieces(spec, context))
        except ReadError as error:
            problems.extend(error.problems)
    if problems:
        raise ReadError.of(problems)
    return pieces


def _same_name(name: str, spec: SourceSpec) -> Problem:
    return Problem(
        where=spec.target,
        problem=f'another source is called "{name}" too, and their articles may be taken for one',
        hint=f'give this one a name of its own: name = "{name}-2"',
    )


def _kind(spec: SourceSpec) -> SourceKind:
    known = _kinds()
    if spec.kind not in known:
        choices = ", ".join(sorted(known))
        raise ReadError(spec.target, f'no such kind of source: "{spec.kind}"', f"known: {choices}")
    return known[spec.kind]


@cache
def _kinds() -> Mapping[str, SourceKind]:
    every: tuple[SourceKind, ...] = found(__name__, "KIND", "digest.sources")
    return {kind.key: kind for kind in every}
