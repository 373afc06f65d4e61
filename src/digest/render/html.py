"""Make one HTML mail of a theme's MJML: compile, put styles inline, take out what is idle.

Source: measurements of mjml-python 1.4.2, premailer 3.10.0 and libxml2 2.14, November 2026.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache

import cssutils.util
from mjml import mjml2html
from premailer import Premailer

from digest.errors import TemplateError
from digest.render.guard import Addresses, reveal_in_html
from digest.render.templates import Templates
from digest.render.view import View

_OPTIONS: dict[str, object] = {
    "align_floating_images": False,  # 20 ms at 20 stories with it, 5 ms without
    "allow_network": False,
    "cssutils_logging_level": logging.CRITICAL,
    "disable_validation": True,
    "keep_style_tags": False,
    "strip_important": False,  # else the columns of a phone lose their width
}
_STYLE = re.compile(r"<style([^>]*)>([^<]*)</style>")
_ONLY_IN_HEAD = re.compile(r"@|:root|\[data-ogs|#outlook|:hover|u \+ ")
_RUST_ESCAPE = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_POSITION = re.compile(r"position (\d+):")
_BLOCK = (
    "body|div|h[1-6]|head|html|li|link|meta|ol|p|script|style|table|tbody|td|th|title|tr|ul"
    "|blockquote|hr"
)
_IDLE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"[ \t\r\n]+(?=</?(?:{_BLOCK})\b)"), ""),
    (re.compile(rf"(</?(?:{_BLOCK})\b[^>]*>)[ \t\r\n]+"), r"\1"),
    (re.compile(r">[ \t]*\n[ \t\r\n]*<"), ">\n<"),
    (re.compile(r"<!\[endif\]--><!--\[if mso \| IE\]>"), ""),
)
_TAG = re.compile(r"<[a-z][^<>]*>")
# MJML says the alignment twice, on the cell and on the text in it.
_IDLE_ATTRIBUTE = re.compile(
    r' (?:data-premailer="ignore"|type="text/css"|align="(?:left|right)"(?= class=))'
)
_CSS_SPACE = re.compile(r"\s*([{};,])\s*|(:)\s+")
_INLINE_STYLE = re.compile(r"(?<=\sstyle=\")[^\"]*|(?<=\sstyle=')[^']*")


def _refuse(_url: str) -> tuple[None, bytes]:
    return None, b""


# cssutils follows @import to the network and to files, whatever premailer is told.
cssutils.util._defaultFetcher = _refuse  # noqa: SLF001 - it has no public switch


class _Inliner(Premailer):  # type: ignore[misc]  # it has no types
    """Premailer that remembers what a style sheet said: the same few are used again and again."""

    def _parse_style_rules(self, css: str, index: int) -> object:
        return _rules(css, index)

    def _style_to_basic_html_attributes(
        self, element: object, style_content: str, force: bool = False
    ) -> None:
        """Leave attributes alone: width="182" of a picture would become 100% here."""


# Reading a theme's style sheet anew for every mail costs 3 ms of 4.
@lru_cache(maxsize=32)
def _rules(css: str, index: int) -> object:
    return Premailer("", **_OPTIONS)._parse_style_rules(css, index)  # noqa: SLF001 - the same method


def to_html(templates: Templates, page: View, addresses: Addresses) -> str:
    """Return the HTML mail of *page*.

    Raises:
        TemplateError: a template that can't be drawn, or MJML that can't be compiled.
    """
    html = compile_mjml(templates.draw_mjml(page), templates)
    return reveal_in_html(_compact(inline(html)), addresses)


def compile_mjml(mjml: str, templates: Templates) -> str:
    """Return the HTML of *mjml*, complete but with its styles in the head.

    Raises:
        TemplateError: the MJML can't be read; names the line of the template if it can be
            found.
    """
    try:
        html = mjml2html(mjml, disable_comments=True, fonts={})
    except ValueError as error:
        raise _mjml_error(error, mjml, templates) from error
    # Attributes come out as Rust literals: "\u{200d}" for a joiner. Outside text has no
    # backslash of its own here (digest.render.guard), so each of these is such an escape.
    html = _RUST_ESCAPE.sub(lambda match: chr(int(match[1], 16)), html)
    # premailer looks for "<!DOCTYPE" in capitals, and drops it otherwise: quirks mode.
    return html.replace("<!doctype html>", "<!DOCTYPE html>", 1)


def inline(html: str) -> str:
    """Return *html* with its styles inline, except those that only work in the head."""
    marked = _STYLE.sub(_mark, html)
    transformed: str = _Inliner(marked, **_OPTIONS).transform(pretty_print=False)
    return transformed


def _mark(match: re.Match[str]) -> str:
    attributes, css = match[1], match[2]
    kept = "media=" in attributes or _ONLY_IN_HEAD.search(css)
    marker = ' data-premailer="ignore"' if kept else ""
    return f"<style{attributes}{marker}>{css}</style>"


def _compact(html: str) -> str:
    html = _STYLE.sub(lambda match: f"<style{match[1]}>{_small(match[2])}</style>", html)
    for idle, instead in _IDLE:
        html = idle.sub(instead, html)
    return _TAG.sub(lambda match: _small_tag(match[0]), html)


@lru_cache(maxsize=4096)
def _small_tag(tag: str) -> str:
    return _INLINE_STYLE.sub(lambda match: _small(match[0]), _IDLE_ATTRIBUTE.sub("", tag))


@lru_cache(maxsize=1024)
def _small(css: str) -> str:
    return _CSS_SPACE.sub(r"\1\2", " ".join(css.split())).replace(";}", "}").rstrip(";")


def _mjml_error(error: ValueError, mjml: str, templates: Templates) -> TemplateError:
    """Return *error* with the template's line, found by the text of the compiled line.

    Positions are byte offsets in the MJML that the template made, not lines of it.
    """
    position = _POSITION.search(str(error))
    if not position:
        hint = "look for a bare <, an unclosed <p>, or a closing tag too many"
        return TemplateError(templates.place_of(""), f"MJML: {error}", hint)
    before = mjml.encode()[: int(position[1])].decode("utf-8", "ignore")
    line = mjml.splitlines()[before.count("\n")].strip()
    return TemplateError(templates.place_of(line), f"MJML: {error}", f"near {line[:60]!r}")
