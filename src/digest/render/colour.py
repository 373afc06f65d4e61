"""Keep colours legible: contrast of text against its ground."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.errors import TemplateError

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
LEGIBLE = 4.5  # WCAG 2.2, success criterion 1.4.3
_STEPS = 40
_KEPT = 4096  # answers; the same few pairs are asked for at every mail
_MIDDLE = 0.18  # luminance of a grey that black and white stand out on alike
_LINEAR_UP_TO = 0.04045  # WCAG 2.2


@lru_cache(maxsize=_KEPT)
def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21.

    Source: WCAG 2.2, "contrast ratio" and "relative luminance".
    """
    low, high = sorted((_luminance(_channels(one)), _luminance(_channels(other))))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=_KEPT)
def legible(colour: str, ground: str, ratio: float = LEGIBLE) -> str:
    """Return *colour*, or the nearest tint or shade of it that stands out on *ground*.

    Both are ``#rgb`` or ``#rrggbb``; the answer has six digits. A light ground darkens the
    colour, a dark one lightens it.

    Raises:
        TemplateError: one of them is not such a colour.
    """
    channels, ground_channels = _channels(colour), _channels(ground)
    target = 0 if _luminance(ground_channels) > _MIDDLE else 255
    for step in range(_STEPS + 1):
        mixed = [round(c + (target - c) * step / _STEPS) for c in channels]
        result = "#{:02x}{:02x}{:02x}".format(*mixed)
        if contrast(result, ground) >= ratio:
            return result
    return f"#{target:02x}{target:02x}{target:02x}"


def mixed(one: str, other: str, share: float) -> str:
    """Return the colour that lies *share* (0 to 1) of the way from *one* to *other*."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#{:02x}{:02x}{:02x}".format(*(round(a + (b - a) * share) for a, b in pairs))


def _channels(colour: str) -> tuple[int, ...]:
    if not _HEX.fullmatch(colour):
        raise TemplateError("theme", f"{colour!r} is not a colour", "write it like #0b5394")
    digits = colour[1:]
    if len(digits) == len("rgb"):
        digits = "".join(digit * 2 for digit in digits)
    return tuple(bytes.fromhex(digits))


def _luminance(channels: tuple[int, ...]) -> float:
    linear = [
        c / 255 / 12.92 if c / 255 <= _LINEAR_UP_TO else ((c / 255 + 0.055) / 1.055) ** 2.4
        for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
