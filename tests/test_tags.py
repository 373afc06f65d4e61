"""The grammar of merge tags: what is one, what isn't, and how text stops being one."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.tags import JOINER, Found, grammar, protect_html, protect_text

BRACES = grammar((r"\{\{", r"\{%"))
PERCENT = grammar((r"%[A-Z][A-Z0-9_-]*%",))


def test_tags_are_found_in_order() -> None:
    """Each tag is told with the place of its first character."""
    assert BRACES.find("a {{ b }} {% c %}") == (Found(text="{{", at=2), Found(text="{%", at=10))


def test_no_patterns_match_nothing() -> None:
    """A service without tags takes nothing for one."""
    assert grammar(()).find("{{ x }} *|X|*") == ()
    assert protect_text("{{ x }}", grammar(())) == "{{ x }}"


def test_only_what_matches_is_changed() -> None:
    """The first character of each tag changes, also of one that begins inside another."""
    assert protect_html("{{{x}}} [[y]] 5 %", BRACES) == "&#123;&#123;{x}}} [[y]] 5 %"
    assert protect_text("*|X|* {{ y }}", BRACES) == f"*|X|* {{{JOINER}{{ y }}}}"


@pytest.mark.parametrize(
    ("url", "tag"),
    [
        ("https://example.org/%D0%BF%D0%BE%D1%80%D1%82", None),
        ("https://example.org/%BFABC%D0", None),
        ("https://example.org/%NAME%/", "%NAME%"),
    ],
)
def test_percent_encoding_is_no_tag(url: str, tag: str | None) -> None:
    """Bytes of an address that are percent-encoded open no tag."""
    assert PERCENT.in_link(url) == tag


@given(st.text(alphabet="{}%[]*|<>x ", max_size=30))
def test_nothing_is_left_to_obey(text: str) -> None:
    """Protected text holds no tag, and reads as before."""
    every = grammar((r"\{\{", r"\{%", r"\*\|", r"\[\[", r"<%", r"%x+%"))
    html, plain = protect_html(text, every), protect_text(text, every)
    assert every.find(html) == every.find(plain) == ()
    assert (unescape(html), plain.replace(JOINER, "")) == (text, text)
