"""Make one HTML mail of a theme's MJML: compile, put styles inline, take out what is idle.

Source: measurements of mjml-python 1.4.2, premailer 3.10.0 and libxml2 2.14, November 2026.
"""

from __future__ import annotations

import re

from mjml import mjml2html

from digest.errors import TemplateError
from digest.render.inline import STYLE, inline, small
from digest.render.templates import Templates
from digest.render.views import View

_RUST_ESCAPE = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_POSITION = re.compile(r"position (\d+):")
_BLOCK = (
    "body|div|h[1-6]|head|html|li|link|meta|ol|p|script|style|table|tbody|td|th|title|tr|ul"
    "|blockquote|hr"
)
_IDLE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\n[ \t\r\n]*(?=</?(?:{_BLOCK})\b)"), ""),
    (re.compile(rf"(</?(?:{_BLOCK})\b[^>]*>)[ \t\r\n]+"), r"\1"),
    (re.compile(r">[ \t]*\n[ \t\r\n]*<"), ">\n<"),
    (re.compile(r"<!\[endif\]--><!--\[if mso \| IE\]>"), ""),
)
# MJML says the alignment twice, on the cell and on the text in it. Texts can't look like
# this: their quotes are hidden until the end (digest.render.guard).
_IDLE_ALIGN = re.compile(r' align="(?:left|right)"(?= class=)')
_IDLE_ATTRIBUTES = (' type="text/css"', ' target="_blank"')


def to_html(templates: Templates, page: View) -> str:
    """Return the HTML mail of *page*, its stand-ins still in it.

    Raises:
        TemplateError: a template that can't be drawn, or MJML that can't be compiled.
    """
    html = compile_mjml(templates.draw_mjml(page), templates)
    return _compact(inline(html))


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


def _compact(html: str) -> str:
    html = STYLE.sub(lambda match: f"<style{match[1]}>{small(match[2])}</style>", html)
    for idle, instead in _IDLE:
        html = idle.sub(instead, html)
    html = _IDLE_ALIGN.sub("", html)
    for attribute in _IDLE_ATTRIBUTES:
        html = html.replace(attribute, "")
    return html


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
