"""Find what is of the right type and wrong all the same."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from digest.brand import THEME_CHECKS
from digest.config.mistakes import KeyPath, Mistake, suggest
from digest.config.settings import PRESETS, Kinds
from digest.model import LinkPatterns
from digest.text.spans import span


def check_sources(tables: object, kinds: Kinds) -> Iterator[Mistake]:
    """Yield what can't be in the ``[[sources]]`` *tables*, each of one of *kinds*."""
    if not isinstance(tables, list):
        return
    if not tables:
        yield ("sources",), "is empty", 'add [[sources]] with path = "articles"'
    for number, table in enumerate(tables):
        found = [key for key in table if key in kinds] if isinstance(table, dict) else []
        if len(found) != 1:
            choice = " or ".join(sorted(kinds))
            near = suggest(next(iter(table), ""), kinds) if isinstance(table, dict) else ""
            yield ("sources", number), f"must have one of {choice}", near
            continue
        for key in table.keys() - {found[0]} - kinds[found[0]]:
            yield (
                ("sources", number, key),
                "is no key that digest knows here",
                suggest(key, kinds[found[0]] | {found[0]}),
            )


def _is_http(value: str) -> bool:
    return bool(re.match(r"https?://[^\s/]+", value))


def _is_pattern(value: str, *pieces: str) -> bool:
    """Tell whether the braces of *value* hold nothing but *pieces*."""
    try:
        parsed = [piece[1:] for piece in string.Formatter().parse(value) if piece[1] is not None]
    except ValueError:
        return False
    return all(name in pieces and not spec and not cast for name, spec, cast in parsed)


def _is_link(value: str) -> bool:
    return _is_pattern(value, "slug", "number", "section", "position")


_LINK_MESSAGE = "may hold {slug}, {number}, {section} and {position}, and no other braces"
_LENGTHS = range(40, 2001)  # below, no sentence fits; above, it is no teaser
_CHECKS: tuple[tuple[tuple[str, ...], Callable[[Any], bool], str], ...] = (
    (("publication", "name"), lambda value: bool(value.strip()), "must not be empty"),
    (("publication", "url"), _is_http, "must begin with https://"),
    (("publication", "unsubscribe_url"), _is_http, "must begin with https://"),
    (("publication", "view_url"), _is_http, "must begin with https://"),
    (
        ("publication", "subject"),
        lambda value: _is_pattern(value, "name", "number", "lead", "date"),
        "may hold {name}, {number}, {lead} and {date}, and no other braces",
    ),
    (
        ("publication", "sender", "email"),
        lambda value: bool(re.fullmatch(r"[^@\s<>\",]+@[^@\s<>\",]+", value)),
        "is no mail address",
    ),
    (
        ("publication", "language"),
        lambda value: bool(re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", value)),
        'is no language tag such as "en" or "pt-BR"',
    ),
    (("selection", "minimum"), lambda value: value >= 0, "must be 0 or more"),
    (("selection", "window"), lambda value: bool(span(value)), 'is no span such as "7d", "1month"'),
    (
        ("teaser", "length"),
        lambda value: value in _LENGTHS or value in PRESETS,
        'must be from 40 to 2000, or "short" or "long"',
    ),
    (
        ("images",),
        lambda value: value.get("mode") != "host" or "base_url" in value,
        'needs base_url where mode is "host": the address at which they will be',
    ),
    (
        ("images", "base_url"),
        lambda value: _is_http(value) and _is_pattern(value, "slug"),
        "must begin with https:// and may hold {slug}, no other braces",
    ),
    *((("links", each.name), _is_link, _LINK_MESSAGE) for each in fields(LinkPatterns)),
    *THEME_CHECKS,
)


def check_values(data: Mapping[str, object], mistaken: frozenset[KeyPath]) -> Iterator[Mistake]:
    """Yield what is of the right type and wrong all the same; *mistaken* is known to be wrong."""
    for path, holds, message in _CHECKS:
        value: Any = data
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None and not _within(path, mistaken) and not holds(value):
            yield path, message, ""


def _within(path: KeyPath, mistaken: frozenset[KeyPath]) -> bool:
    return any(each[: len(path)] == path for each in mistaken)
