"""The names of the months, in the languages that a date may be written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

_ENGLISH = "january february march april may june july august september october november december"
# Which languages to ask when neither the page nor the publication knows the name. A name
# that means two months (listopad: October in Croatian, November in Polish) is refused.
_SCRIPTS = {
    "[\u0400-\u04ff]": "uk ru be bg sr mk kk",
    "[\u10a0-\u10ff]": "ka",
    "[\u0530-\u058f]": "hy",
    "[\u0600-\u06ff]": "ar fa ur",
    "[\u0590-\u05ff]": "he",
    "[\u0370-\u03ff]": "el",
    "[\u0900-\u097f]": "hi",
    "[a-z]": "de fr es it pt nl pl cs sk ro tr az sv nb da fi hu lt lv et hr sl sq id vi",
}


def month_number(name: str, languages: Iterable[str]) -> int | None:
    """Return 1 to 12 for the *name* of a month, whole or shortened, or ``None``.

    English is always known; then *languages* (BCP 47 tags) are asked in order, and last
    all that share the name's script.
    """
    key = _key(name)
    if number := _english().get(key):
        return number
    for language in languages:
        if number := _names(language).get(key):
            return number
    said = {_names(other).get(key) for other in _neighbours(key)} - {None}
    return said.pop() if len(said) == 1 else None


def _neighbours(name: str) -> list[str]:
    for script, languages in _SCRIPTS.items():
        if re.search(script, name):
            return languages.split()
    return []


@cache
def _english() -> Mapping[str, int]:
    whole = {name: number for number, name in enumerate(_ENGLISH.split(), start=1)}
    return whole | {name[:3]: number for name, number in whole.items()} | {"sept": 9}


@cache
def _names(language: str) -> Mapping[str, int]:
    # Imported here: 25 ms, and only pages in other languages than English need it.
    from babel import Locale, UnknownLocaleError

    try:
        months = Locale.parse(re.split(r"[-_]", language)[0].lower()).months
    except (UnknownLocaleError, ValueError, TypeError):
        return {}
    names = {
        _key(name): int(number)
        for use in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in months[use][width].items()
    }
    return _shortened(names) | names


def _shortened(names: Mapping[str, int]) -> dict[str, int]:
    """Return the first three letters of each month that no other month begins with."""
    meant: dict[str, set[int]] = {}
    for name, number in names.items():
        meant.setdefault(name[:3], set()).add(number)
    return {name: numbers.pop() for name, numbers in meant.items() if len(numbers) == 1}


def _key(name: str) -> str:
    return name.casefold().strip(".’'ʼ ")
