"""Make the part of an address or an id that names a thing."""

from __future__ import annotations

from digest.text.plain import fold


def slugify(text: str) -> str:
    """Return the words of *text* in lower case, joined by hyphens, in their own script.

    Empty where *text* has no letter or digit.
    """
    return fold(text).replace("_", " ").replace(" ", "-")
