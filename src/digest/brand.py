"""Tell which values a ``[theme]`` table may hold; nothing else of it reaches a style sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Check = tuple[tuple[str, ...], Callable[[Any], bool], str]

FONTS = re.compile(r"[\w ,'\"-]{1,200}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_WEB = re.compile(r"https?://[^\s/]+")
_SECURE = re.compile(r"https://[^\s/]+")
_MAIL = re.compile(r"(mailto:)?[^@\s<>\",:]+@[^@\s<>\",]+")
_WIDTHS = range(480, 721)  # under 480 no picture impresses; over 720 mail programs scroll
_RADII = range(33)
_LOGO_SIZES = range(16, 601)
_COLOURS = ("accent", "background", "paper")
_FONTS = ("font", "heading_font")


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_web(value: Any) -> bool:
    return isinstance(value, str) and _WEB.match(value) is not None


def _is_secure(value: Any) -> bool:
    return isinstance(value, str) and _SECURE.match(value) is not None


def _are_links(rows: Any) -> bool:
    return not isinstance(rows, list) or all(
        not isinstance(row, dict) or "url" not in row or _is_web(row["url"]) for row in rows
    )


def _is_contact(value: Any) -> bool:
    return _is_web(value) or _matches(_MAIL)(value)


THEME_CHECKS: tuple[Check, ...] = (
    *((("theme", key), _matches(_COLOUR), 'is no colour such as "#0b5394"') for key in _COLOURS),
    *(
        (("theme", key), _matches(FONTS), 'is no list of fonts such as "Georgia, serif"')
        for key in _FONTS
    ),
    (("theme", "width"), lambda value: value in _WIDTHS, "must be from 480 to 720"),
    (("theme", "radius"), lambda value: value in _RADII, "must be from 0 to 32"),
    (("theme", "logo", "url"), _is_secure, "must begin with https://: a mail can't hold files"),
    (("theme", "logo", "dark"), _is_secure, "must begin with https://: a mail can't hold files"),
    (("theme", "logo", "width"), lambda value: value in _LOGO_SIZES, "must be from 16 to 600"),
    (("theme", "logo", "height"), lambda value: value in _LOGO_SIZES, "must be from 16 to 600"),
    (("theme", "social"), _are_links, "needs addresses that begin with https://"),
    (("theme", "contact"), _is_contact, "is no mail address and no web address"),
    (("theme", "support", "url"), _is_web, "must begin with https://"),
)
