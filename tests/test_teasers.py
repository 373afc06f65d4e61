"""The few sentences under a title."""

from __future__ import annotations

import unicodedata

import pytest
from digest.teasers.fit import cut, fit
from hypothesis import given
from hypothesis import strategies as st

from builders import article
from digest.model import Paragraph, Teaser
from digest.teasers import tease


def teaser(**fields: object) -> Teaser:
    return tease(article(**fields), length=280, language="en")


def test_the_own_summary_goes_before_the_lead() -> None:
    """What the article says of itself is taken as it stands."""
    assert teaser(summary="A strike ends.", body="The strike ended on Monday.") == Teaser(
        text="A strike ends.", origin="own summary"
    )


def test_the_more_mark_ends_the_teaser() -> None:
    """Text after the author's mark is not read."""
    assert teaser(body="Before the mark.\nAfter the mark.", more=1) == Teaser(
        text="Before the mark.", origin="more-mark"
    )


def test_the_lead_is_whole_sentences_up_to_the_budget() -> None:
    """A sentence that does not fit is left out whole, and so is all behind it."""
    long = "This one is so long that it can't be held, " + "and on, " * 40 + "and ends."
    assert teaser(body=f"One sentence here. {long} Short.").text == "One sentence here."


def test_abbreviations_do_not_end_a_sentence() -> None:
    """A name with a title before it stays whole."""
    assert fit(["Dr. Ilieva met Mr. Petrov in Varna. They sailed."], length=40, language="en") == (
        "Dr. Ilieva met Mr. Petrov in Varna."
    )


def test_a_short_first_paragraph_goes_on_into_the_next() -> None:
    """A lead of a few words alone says too little."""
    text = fit(["The port is open.", "Ships wait outside."], length=280, language="en")
    assert text == "The port is open. Ships wait outside."


def test_headings_and_lists_are_no_lead() -> None:
    """Only prose can be read on its own."""
    body = (
        Paragraph(text="What happened", kind="heading"),
        Paragraph(text="first point", kind="item"),
        Paragraph(text="The ferry left at nine."),
    )
    assert teaser(body=body).text == "The ferry left at nine."


def test_a_headline_has_no_teaser() -> None:
    """Where only a title is known nothing is made up."""
    assert teaser(headline=True, body=()).text == ""


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one, two", 6, "one…"),
        ("безпробільний", 6, "безпр…"),
    ],
)
def test_a_cut_falls_between_words(text: str, length: int, expected: str) -> None:
    """A sentence that is too long ends at a word, and the ellipsis counts."""
    assert cut(text, length) == expected


@given(st.lists(st.text(min_size=1), max_size=5), st.integers(min_value=40, max_value=300))
def test_no_teaser_is_over_its_budget(paragraphs: list[str], length: int) -> None:
    """The budget holds for any text, counted after NFC."""
    text = fit(paragraphs, length=length, language="en")
    assert len(unicodedata.normalize("NFC", text)) <= length
