"""Tools that know language and nothing of newsletters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Image, Paragraph
from digest.text import markdown
from digest.text.plain import clean, clean_lines, fold
from digest.text.sentences import sentences
from digest.text.slug import slugify


@given(st.text())
def test_clean_text_can_not_command_anything(text: str) -> None:
    """What is left is one line, in NFC, without controls or private characters, and stable."""
    cleaned = clean(text)
    assert cleaned == clean(cleaned) == unicodedata.normalize("NFC", cleaned)
    assert not any(unicodedata.category(each) in {"Cc", "Co", "Cs", "Zl"} for each in cleaned)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x1b[31mred\r\nBcc: x", "a[31mred Bcc: x"),
        ("Ke\u0301 \u00a0 x\u202ey", "Ké xy"),
        ("\U0001f468\u200d\U0001f469 می\u200cخواهم", "\U0001f468\u200d\U0001f469 می\u200cخواهم"),
        ("Черно\u00adморськ", "Черноморськ"),
    ],
)
def test_clean_keeps_what_writing_needs(text: str, expected: str) -> None:
    """Joiners of emoji and scripts stay; escapes, overrides and soft hyphens go."""
    assert clean(text) == expected


def test_lines_may_be_kept() -> None:
    """An editor's Markdown keeps its breaks, and only them."""
    assert clean_lines("one\r\ntwo \x07\n\nthree\u2028four") == "one\ntwo\n\nthree\nfour"


def test_titles_that_read_alike_fold_to_one() -> None:
    """Case, punctuation and width do not make another title."""
    assert fold("The Port: open!") == fold("the port open") == fold("Ｔhe port — Open")


def test_slugs_keep_their_script() -> None:
    """Nothing is transliterated, and nothing but letters, digits and hyphens is left."""
    assert slugify("Порт Одеси — знову!") == "порт-одеси-знову"
    assert slugify("«…»") == ""


@pytest.mark.parametrize("language", ["pt-BR", "pt_BR", "pt"])
def test_a_region_does_not_change_the_language(language: str) -> None:
    """The library takes an unknown tag for English; only the first part of a tag counts."""
    assert sentences("O Sr. Silva chegou. Saiu.", language) == ("O Sr. Silva chegou.", "Saiu.")


def test_wrapped_lines_are_one_sentence() -> None:
    """A line break inside a paragraph is a space."""
    assert sentences("One\nline.  Two.", "en") == ("One line.", "Two.")


def test_markdown_is_read_as_paragraphs() -> None:
    """Marks go, links keep their words, code, tables and HTML are left out, pictures are found."""
    source = (
        "# Title\n\nA *b* [link](https://x.y) ![alt text](/p.jpg)\nsecond\n\n- one\n\n"
        "<!-- more -->\n\n> quoted\n\n```\ncode\n```\n\n|a|b|\n|-|-|\n|1|2|\n\n<div>html</div>\n"
    )
    assert markdown.read(source) == markdown.Reading(
        paragraphs=(
            Paragraph(text="Title", kind="heading"),
            Paragraph(text="A b link second"),
            Paragraph(text="one", kind="item"),
            Paragraph(text="quoted", kind="quote"),
        ),
        more=3,
        image=Image(url="/p.jpg", alt="alt text"),
    )


def test_an_editor_s_markdown_is_safe_html() -> None:
    """Raw HTML is shown as text and a script's address is no link."""
    assert markdown.to_html("Hi <b>you</b> [a](https://b.c/?x=1&y=2) [j](javascript:x)") == (
        "<p>Hi &lt;b&gt;you&lt;/b&gt; "
        '<a href="https://b.c/?x=1&amp;y=2">a</a> [j](javascript:x)</p>'
    )


def test_an_editor_s_markdown_is_plain_text_with_addresses() -> None:
    """A link's address follows its words, unless it is its own words."""
    assert markdown.to_text("See [it](https://b.c) or <https://d.e/>\n\n- one\n- two") == (
        "See it <https://b.c> or https://d.e/",
        "- one",
        "- two",
    )
