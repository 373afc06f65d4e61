"""Editions: several newsletters from one source tree; and what their sections can't be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from digest.config.mistakes import KeyPath, Mistake
from digest.model import Match, Publication, SectionSpec, SelectionRules, Theme
from digest.text.plain import fold
from digest.text.spans import span


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One ``[editions.NAME]`` table: what it has of its own; the rest is the publication's.

    Its issues lie under ``issues/NAME/``.
    """

    name: str | None = None
    tagline: str | None = None
    language: str | None = None
    subject: str | None = None
    view_url: str | None = None
    window: str | None = None
    theme: Theme | None = None
    selection: SelectionRules | None = None
    sections: tuple[SectionSpec, ...] = ()

    def publication(self, base: Publication) -> Publication:
        """Return *base* with what this edition says instead."""
        names = ("name", "tagline", "language", "subject", "view_url")
        own = {name: getattr(self, name) for name in names}
        return replace(base, **{name: value for name, value in own.items() if value is not None})

    def rules(self, base: SelectionRules) -> SelectionRules:
        """Return how this edition selects."""
        rules = self.selection or base
        return replace(rules, window=self.window) if self.window else rules

    def mistakes(self, name: str, sources: frozenset[str] | None) -> Iterator[Mistake]:
        """Yield what can't be in the edition *name*, by the path of its key.

        *sources* are the names of all sources, ``None`` where not all are known.
        """
        at: KeyPath = ("editions", name)
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", name):
            problem = "can't name a folder: lower-case letters, digits and hyphens"
            yield at, problem, ""
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}.*", name):
            yield at, "looks like the folder of an issue", "give it a word for a name"
        if self.language is not None and not re.fullmatch(
            r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", self.language
        ):
            yield (*at, "language"), 'is no language tag such as "en" or "pt-BR"', ""
        if self.window is not None and not span(self.window):
            yield (*at, "window"), 'is no span such as "7d", "1month"', ""
        yield from check_sections(self.sections, (*at, "sections"), sources)


def check_sections(
    sections: Sequence[SectionSpec], at: KeyPath, sources: frozenset[str] | None = None
) -> Iterator[Mistake]:
    """Yield what can't be in the ``[[sections]]`` at the path *at*."""
    titles: dict[str, int] = {}
    for number, spec in enumerate(sections):
        here = (*at, number)
        if not spec.title.strip():
            yield (*here, "title"), "must not be empty", ""
        if titles.setdefault(fold(spec.title), number) != number:
            yield (*here, "title"), f'"{spec.title}" is there twice', "give one another title"
        yield from _check_numbers(spec, here)
        if why := _unreachable(number, sections) or _no_source(spec, sources):
            yield here, f'"{spec.title}" can be reached by no article: {why}', ""
    catching = [number for number, spec in enumerate(sections) if spec.catch_all]
    for number in catching[1:]:
        first = sections[catching[0]].title
        hint = "only one can take what is left"
        yield (*at, number, "catch_all"), f'is set for "{first}" already', hint


def _check_numbers(spec: SectionSpec, here: KeyPath) -> Iterator[Mistake]:
    for key in ("limit", "per_source", "minimum"):
        value = getattr(spec, key)
        if value is not None and value < (0 if key == "minimum" else 1):
            yield (*here, key), "must be 1 or more" if key != "minimum" else "must be 0 or more", ""
    if spec.limit is not None and spec.minimum > spec.limit >= 1:
        yield (*here, "minimum"), f"is over the limit of {spec.limit}", ""


def _unreachable(number: int, sections: Sequence[SectionSpec]) -> str | None:
    """Return why no article can come into section *number*, or ``None``."""
    spec = sections[number]
    before = [each for each in sections[:number] if not each.catch_all]
    if spec.catch_all:
        before = [each for each in sections if not each.catch_all]
    for other in before:
        endless = other.limit is None and other.per_source is None and other.minimum <= 1
        if endless and other.layout not in ("lead", "headlines") and _covers(other, spec):
            return f'"{other.title}" takes all of them before'
    own = [match for match in (spec, *spec.all) if _says_something(match)]
    for refused in spec.none:
        if any(_within(match, refused) for match in own):
            return "none refuses what its own rule asks for"
    return None


def _no_source(spec: SectionSpec, sources: frozenset[str] | None) -> str | None:
    """Return that *spec* asks for sources alone that aren't there, or ``None``."""
    known = {fold(name) for name in sources or ()}
    if not spec.sources or sources is None or known & set(map(fold, spec.sources)):
        return None
    return f"there is no source {spec.sources[0]}, only {', '.join(sorted(sources))}"


def source_names(tables: Iterable[Mapping[str, object]]) -> frozenset[str] | None:
    """Return what the ``[[sources]]`` are called, ``None`` where one says it only when read."""
    names = {str(each.get("name") or PurePath(str(each.get("path", ""))).name) for each in tables}
    return None if names & {"", ".", ".."} else frozenset(names)


def _covers(other: SectionSpec, spec: SectionSpec) -> bool:
    """Tell whether *other* takes all that *spec* could take, as far as their tables show."""
    if not (_says_something(other) or other.any or other.all or other.none):
        return True
    simple = not (other.any or other.all or other.none)
    return simple and _says_something(spec) and _within(spec, other)


def _says_something(match: Match) -> bool:
    return any(_lists(match).values())


def _within(inner: Match, outer: Match) -> bool:
    """Tell whether whatever meets *inner* meets *outer*: each list is there, and no longer."""
    has = _lists(inner)
    return _says_something(outer) and all(
        not wanted or (has[key] and has[key] <= wanted) for key, wanted in _lists(outer).items()
    )


def _lists(match: Match) -> dict[str, frozenset[str]]:
    keys = ("tags", "authors", "sources", "language", "path", "text")
    return {key: frozenset(map(str.casefold, getattr(match, key))) for key in keys}
