"""Hold a run of text twice, as HTML and as plain text, from plain words or from Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from itertools import chain, zip_longest

from markupsafe import Markup

from digest.render.guard import (
    Addresses,
    greeted,
    guard,
    guard_lines,
    is_stand_in,
    web_address,
)
from digest.text.markdown import to_html, to_text

_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r' (?P<name>[a-z]+)="(?P<value>[^"]*)"')
# Headings are the theme's: one h1, and no rank left out.
_HEADING = {f"<h{n}>": "<p><strong>" for n in range(1, 7)} | {
    f"</h{n}>": "</strong></p>" for n in range(1, 7)
}
_ITEM = re.compile(r" *(?:- |\d+[.)] )")
_BEGIN, _END = Markup("<p>"), Markup("</p>")
_CLOSING = re.compile(r"^[.,;:!?…)\]»”’]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A run of text. In *text*, paragraphs stand apart by an empty line.

    Inside a paragraph of *text*, an address is a line of its own.
    """

    html: Markup
    text: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def ending(self, words: Markup) -> Markup:
        """Return the HTML with *words* behind the last of its own, in the same paragraph."""
        if not words:
            return self.html
        opened = self.html.removesuffix(_END) if self.html.endswith(_END) else self.html + _BEGIN
        return opened + " " + words + _END

    @property
    def has_links(self) -> bool:
        """Tell whether an address stands in it."""
        return any(map(is_stand_in, self.text.split("\n")))


def from_words(words: str) -> Prose:
    """Return plain *words*, one paragraph of data."""
    shown = guard(words)
    html = f"<p>{escape(shown, quote=False)}</p>" if shown else ""
    return Prose(html=Markup(html), text=shown)  # noqa: S704 - escaped one line above


def from_markdown(source: str, addresses: Addresses) -> Prose:
    """Return an editor's Markdown, its links held in *addresses*.

    A link that a mail can't hold (a script, a relative path) loses its address and keeps
    its words.
    """
    html, urls = _guarded(to_html(source), addresses)
    paragraphs = _with_addresses(to_text(source), urls, addresses)
    return Prose(html=Markup(html), text=_joined(paragraphs))  # noqa: S704 - markdown-it has escaped it


def _guarded(html: str, addresses: Addresses) -> tuple[str, list[str]]:
    """Return *html* with its words guarded and its addresses held, and the links as written."""
    links: list[str] = []

    def attribute(match: re.Match[str]) -> str:
        name, value = match["name"], unescape(match["value"])
        if name not in ("href", "src"):
            return f' {name}="{escape(guard_lines(value))}"'
        url = web_address(value)
        if url and name == "href":
            links.append(value)
        return f' {name}="{addresses.hold(url)}"' if url else ""

    words = map(_words, _TAG.split(html))
    tags = [_HEADING.get(tag) or _ATTRIBUTE.sub(attribute, tag) for tag in _TAG.findall(html)]
    return "".join(chain.from_iterable(zip_longest(words, tags, fillvalue=""))), links


def _words(text: str) -> str:
    return greeted(guard_lines(text))


def _with_addresses(
    paragraphs: tuple[str, ...], urls: list[str], addresses: Addresses
) -> list[str]:
    """Return *paragraphs*, guarded, with each of *urls* (in order) moved to its own line."""
    waiting = list(urls)
    result = []
    for paragraph in paragraphs:
        pieces, rest = [], paragraph
        while waiting and (found := _cut(rest, waiting[0])):
            before, rest = found
            pieces += [_words(before), addresses.hold(web_address(waiting.pop(0)) or "")]
        pieces.append(_words(rest.lstrip() if pieces else rest))
        result.append("\n".join(filter(None, pieces)))
    return result


def _joined(paragraphs: list[str]) -> str:
    """Return *paragraphs* as one text; the items of a list stand together."""
    pairs = zip(["", *paragraphs], paragraphs, strict=False)
    gaps = ["\n" if _ITEM.match(a) and _ITEM.match(b) else "\n\n" for a, b in pairs]
    return "".join(chain.from_iterable(zip(gaps, paragraphs, strict=True))).strip("\n")


def _cut(text: str, url: str) -> tuple[str, str] | None:
    """Return what stands before and after *url* in *text*; punctuation goes before."""
    for form in (f"<{url}>", url):
        before, found, after = text.partition(form)
        if found:
            mark = _CLOSING.match(after)
            end = mark[0] if mark else ""
            return before.rstrip() + end, after[len(end) :]
    return None
