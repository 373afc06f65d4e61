"""Keep outside text and addresses from being changed or obeyed on their way into a mail.

Mailing services fill in merge tags wherever they find them, also in the middle of an
article's title. And the libraries that draw a mail rewrite some addresses, escape some
characters of attributes twice, and decode entities. So the first character of whatever
looks like a tag becomes a private-use character and each address becomes a number, until
everything is drawn. Private-use characters are taken out of outside text first, so
nobody can forge one.

Source: the merge tags in the manuals of 17 mailing services, November 2026.
"""

from __future__ import annotations

import re
from html import escape

from digest.text.plain import clean

_BASE = 0xE000
_PERCENT = chr(_BASE + ord("%"))
_OPENING = re.compile(
    r"\{(?=\S)"  # {{ x }}, {% x %}, {# x #}, {$x}, {x}
    r"|\[(?=[\w\[])"  # [[x]], [unsubscribe]
    r"|\*(?=\|)"  # *|X|*
    r"|[<>\"]"  # <%x%>, and whatever a library could take for a tag in an attribute
    r"|%(?=[\w.:\-]+%)"  # %recipient%, %%x%%
    r"|\\"  # mjml writes attributes as Rust literals; see digest.render.html
    r"|m(?=erge\.invalid)"  # the addresses below
)
_NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff]")
_SENTINEL = re.compile("[\ue000-\ue07f]")
_STAND_IN = re.compile(r"https://merge\.invalid/(\d+)/")
_JOINER = "\u2060"
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
        return f"https://merge.invalid/{self._numbers.setdefault(url, len(self._numbers))}/"

    def put_back(self, text: str, *, in_html: bool) -> str:
        """Return *text* with every stand-in replaced by its address, escaped for HTML if asked."""
        urls = [escape(url) if in_html else url for url in self._numbers]
        return _STAND_IN.sub(lambda match: urls[int(match[1])], text)


def guard(text: str) -> str:
    """Return *text* on one line, clean, without anything a provider could take for a tag."""
    return _OPENING.sub(_hidden, clean(text))


def guard_lines(text: str) -> str:
    """Return *text*, of several lines or in HTML, with the openings of merge tags hidden."""
    return _OPENING.sub(_hidden, _NEVER.sub("", text))


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
    return _STAND_IN.fullmatch(text) is not None


def reveal_in_html(html: str, addresses: Addresses) -> str:
    """Return *html* with addresses put back and hidden characters as entities."""
    shown = _SENTINEL.sub(lambda match: f"&#{ord(match[0]) - _BASE};", html)
    return addresses.put_back(shown, in_html=True)


def reveal_in_text(text: str, addresses: Addresses) -> str:
    """Return *text* with addresses put back and hidden characters cut off by a word joiner.

    U+2060 is invisible, breaks no line, and is in no provider's tag.
    """
    shown = _SENTINEL.sub(_revealed, text)
    return addresses.put_back(shown, in_html=False)


def _hidden(match: re.Match[str]) -> str:
    return chr(_BASE + ord(match[0]))


def _revealed(match: re.Match[str]) -> str:
    character, after = chr(ord(match[0]) - _BASE), match.string[match.end() : match.end() + 1]
    harmless = character in '\\>"' or (character == "<" and after not in ("%", _PERCENT))
    return character if harmless else character + _JOINER


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
