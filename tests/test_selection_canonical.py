"""The many addresses of one article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.selection.canonical import canonical

SAME = (
    "https://example.org/2026/ferry",
    "http://example.org/2026/ferry/",
    "https://www.example.org/2026/ferry",
    "HTTPS://WWW.Example.ORG:443/2026/ferry#comments",
    "https://example.org//2026//ferry",
    "https://example.org/2026/ferry?utm_source=feed&utm_medium=rss",
    "https://example.org/2026/ferry?fbclid=IwAR0&gclid=3",
    "https://example.org/2026/ferry/amp/",
    "https://amp.example.org/2026/ferry",
    "https://example.org/amp/2026/ferry",
    "https://example.org/2026/ferry?amp=1",
    "https://example.org/2026/ferry?outputType=amp",
    "https://www.google.com/amp/s/example.org/2026/ferry/amp",
    "https://example-org.cdn.ampproject.org/c/s/example.org/2026/ferry",
    "//example.org/2026/ferry",
)


@pytest.mark.parametrize("url", SAME)
def test_the_addresses_of_one_article_are_one(url: str) -> None:
    """Tracking parameters, http, www, the trailing slash, the fragment and AMP fold away."""
    assert canonical(url) == "example.org/2026/ferry"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a?cid=1", "https://example.org/a?cid=2"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "https://news.example.org/a"),
        ("https://example.org/amplifier", "https://example.org/lifier"),
        ("https://example.org/lamp", "https://example.org/l"),
        ("https://example.org/#!/a", "https://example.org/#!/b"),
        ("https://example.org:8080/a", "https://example.org/a"),
    ],
)
def test_the_addresses_of_two_articles_stay_two(one: str, other: str) -> None:
    """What may say which article it is is never folded away."""
    assert canonical(one) != canonical(other)


def test_the_order_of_parameters_does_not_matter() -> None:
    """Nor does what is tracked between them."""
    assert canonical("https://e.org/?b=2&utm_id=9&a=1") == canonical("https://e.org/?a=1&b=2")


@given(st.text())
def test_any_text_has_a_form_that_stays(text: str) -> None:
    """Hostile addresses raise nothing."""
    canonical(f"https://example.org/{text}")
    canonical(text)
