"""Make values of tables, and find every key that is missing, unknown or of another type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from digest.config.mistakes import KeyPath, Mistake, suggest


def structure(kind: type, data: Mapping[str, object], at: KeyPath) -> tuple[Any, list[Mistake]]:
    """Return an instance of the dataclass *kind* made from *data*, or ``None`` and why not."""
    known = {each.name: each for each in fields(kind)}
    types = get_type_hints(kind)
    mistakes: list[Mistake] = [
        ((*at, key), "is no key that digest knows", suggest(key, known))
        for key in data
        if key not in known
    ]
    mistakes += [
        ((*at, name), "is missing", "")
        for name, each in known.items()
        if name not in data and _required(each)
    ]
    values: dict[str, object] = {}
    for key in known.keys() & data.keys():
        values[key], found = _convert(types[key], data[key], (*at, key))
        mistakes += found
    return (None if mistakes else kind(**values)), mistakes


def _convert(kind: Any, value: object, at: KeyPath) -> tuple[Any, list[Mistake]]:
    inner = _table_in(kind)
    if inner and isinstance(value, list) and get_origin(kind) is tuple:
        return _several(inner, dict(enumerate(value)), at, lambda found: tuple(found.values()))
    if inner and isinstance(value, dict) and get_origin(kind) is dict:
        return _several(inner, value, at, dict)
    if inner and isinstance(value, dict):
        return structure(inner, value, at)
    if kind == tuple[str, ...] and isinstance(value, str):
        value = [value]
    try:
        return msgspec.convert(value, kind, dec_hook=_zone), []
    except msgspec.ValidationError as error:
        return None, [(at, _in_words(str(error)), _choice(kind))]


def _choice(kind: Any) -> str:
    """Return the words that a key of the type *kind* may hold, if they are counted."""
    inner = (word for each in get_args(kind) for word in (each, *get_args(each)))
    names = [word for word in inner if isinstance(word, str)]
    return f"one of {', '.join(names)}" if names else ""


def _table_in(kind: Any) -> type | None:
    """Return the dataclass that *kind* is or holds, as ``Logo | None`` does."""
    found = (each for each in (kind, *get_args(kind)) if is_dataclass(each))
    return next((each for each in found if isinstance(each, type)), None)


def _several(
    kind: type, values: Mapping[Any, object], at: KeyPath, whole: Callable[[dict[Any, Any]], object]
) -> tuple[Any, list[Mistake]]:
    """Return *values* as instances of *kind*, put together by *whole*."""
    made: dict[Any, Any] = {}
    mistakes: list[Mistake] = []
    for key, value in values.items():
        made[key], found = _convert(kind, value, (*at, key))
        mistakes += found
    return (None if mistakes else whole(made)), mistakes


def _zone(kind: type, value: object) -> object:
    if kind is ZoneInfo and isinstance(value, str):
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{value!r} is no time zone") from None
    raise ValueError("must be text in quotes")


def _required(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _in_words(message: str) -> str:
    """Return msgspec's *message* in the words of people who edit TOML."""
    words = {
        "str": "text in quotes",
        "int": "a whole number",
        "object": "a table",
        "array": "a list",
    }
    message = message.partition(" - at `")[0].replace("Invalid enum value", "can't be")
    named = re.sub(r"`(\w+)( \| null)?`", lambda found: words.get(found[1], found[1]), message)
    return re.sub(r"^Expected (.*?), got (.*)$", r"must be \1, not \2", named)
