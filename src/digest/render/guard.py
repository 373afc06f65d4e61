"""Keep outside text and addresses from being changed or obeyed on their way into a mail.

What looks like a merge tag, and every address, gets a stand-in (:mod:`digest.tags.stand_ins`)
until everything is drawn; private-use characters are taken out of outside text first.

Source: the merge tags in the manuals of 17 mailing services, November 2026.
"""

from __future__ import annotations

import re

from digest.tags.stand_ins import BASE, HIDDEN, STAND_IN, first_name, numbered
from digest.text.plain import clean

_NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff]")
_GREETING = re.compile(chr(BASE + ord("{")) + r"first_name\|([^\W_][\w \u2019\-]*(?<! ))\}")
_UNSAFE_IN_URL = re.compile(
    r'[\s\x00-\x20\x7f-\xa0<>"\u2028-\u202e\u2060-\u2069\ud800-\udfff\ue000-\uf8ff]'
)
_SCHEMES = ("https://", "http://", "mailto:")


class Addresses:
    """Stand-ins for addresses, in the order in which they were met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def hold(self, url: str) -> str:
        """Return the stand-in of *url*: a plain address that every library leaves alone."""
        return numbered(self._numbers.setdefault(url, len(self._numbers)))

    @property
    def held(self) -> tuple[str, ...]:
        """Return the addresses, each at the place of its number."""
        return tuple(self._numbers)


def guard(text: str) -> str:
    """Return *text* on one line, clean, without anything a provider could take for a tag."""
    return HIDDEN.sub(_hidden, clean(text))


def guard_lines(text: str) -> str:
    """Return *text*, of several lines or in HTML, with the openings of merge tags hidden."""
    return HIDDEN.sub(_hidden, _NEVER.sub("", text))


def greeted(text: str) -> str:
    """Return guarded *text* of an editor's with the places of first names marked.

    ``{first_name|reader}`` is one: the word behind the bar is for readers without a name.
    It holds letters, digits, spaces and hyphens, so that it can stand in anybody's tag.
    """
    return _GREETING.sub(lambda match: first_name(match[1]), text)


def web_address(url: str | None) -> str | None:
    """Return *url* if a mail may link to it, else ``None``.

    Only http, https and mailto are let through. What would end a line or an attribute is
    percent-encoded; every other byte stays as it is.
    """
    url = (url or "").strip()
    if not url.lower().startswith(_SCHEMES):
        return None
    return _UNSAFE_IN_URL.sub(_percent, url)


def is_stand_in(text: str) -> bool:
    """Tell whether *text* is one held address and nothing else."""
    return STAND_IN.fullmatch(text) is not None


def _hidden(match: re.Match[str]) -> str:
    return chr(BASE + ord(match[0]))


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
