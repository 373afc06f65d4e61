from __future__ import annotations

import textwrap

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import KYIV
from digest.errors import ReadError
from digest.sources.paragraphs import ends_sentence, paragraphs, starts_lower
from digest.sources.raw import Raw
from digest.sources.readers import readers

WORDS = (
    "harbour", "the", "ferry", "of", "Odesa", "a", "reopened", "U.S.", "Дж.", "long-term", "12",
    "– and", "порт", "“quay”", "(late)", "Monday", "internationalisation", "9. May",
)  # fmt: skip
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=3, max_size=25).map(
    lambda words: "The " + " ".join(words) + " ended."
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=5).map(" ".join)
MARKUP = st.text(alphabet="-+:{}[]#*_<>!&;=\"'`|~ \n\t0123456789abcТ.,/\\%@", max_size=400)


def read_all(suffix: str, data: bytes) -> None:
    page = Raw(data=data, where="x", source="s", path=f"x{suffix}", zone=KYIV)
    try:
        articles = readers()[suffix].read(page)
    except ReadError:
        return
    for article in articles:
        assert article.title
        assert "\n" not in article.title
        assert all(block.text for block in article.body)


@given(st.lists(PARAGRAPHS, min_size=1, max_size=8), st.integers(50, 100))
def test_rewrapped_paragraphs_begin_and_end_with_sentences(texts: list[str], width: int) -> None:
    """At any width no paragraph starts or ends inside a sentence, and no word is lost."""
    lines = [line for text in texts for line in textwrap.wrap(text, width)]
    found = paragraphs(lines)
    assert all(ends_sentence(block.text) for block in found)
    assert not any(starts_lower(block.text) for block in found)
    assert " ".join(block.text for block in found) == " ".join(texts)


@given(st.lists(PARAGRAPHS, min_size=1, max_size=8), st.integers(50, 100))
def test_blank_lines_bring_every_paragraph_back(texts: list[str], width: int) -> None:
    """Where paragraphs are set apart by blank lines they come back as they were."""
    lines = [line for text in texts for line in (*textwrap.wrap(text, width), "")]
    assert [word for block in paragraphs(lines) for word in block.text.split()] == [
        word for text in texts for word in text.split()
    ]


@given(st.sampled_from([".md", ".txt"]), st.binary(max_size=400) | MARKUP.map(str.encode))
def test_no_bytes_break_the_readers_of_text(suffix: str, data: bytes) -> None:
    """Any bytes are an article or a ReadError."""
    read_all(suffix, data)


@given(st.sampled_from(["---\n{}\n---\n", "+++\n{}\n+++\n", "{{{}}}"]), MARKUP)
def test_no_front_matter_breaks_the_reader(fence: str, text: str) -> None:
    """Whatever stands between the fences is read or refused."""
    read_all(".md", fence.format(text).encode())


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400) | MARKUP.map(lambda text: f"<html><p>{text}</p>".encode()))
def test_no_bytes_break_the_reader_of_pages(data: bytes) -> None:
    """Any bytes are an article or a ReadError."""
    read_all(".html", data)


@given(
    st.lists(
        st.sampled_from(
            ["", "Latest news", "A Title of Its Own", "09.Jan.2026", "14 Jan 2026", "lower case.",
             "Latest newsThe Use of It", "2026-01-09", "- an item", "A sentence that ends."]
        ),
        max_size=14,
    )
)  # fmt: skip
def test_any_order_of_lines_is_read(lines: list[str]) -> None:
    """No arrangement of titles, dates and text is lost in a crash."""
    read_all(".txt", "\n".join(lines).encode())
