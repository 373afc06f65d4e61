"""Links that tell where readers came from, and break nothing on the way."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import issue, item
from digest.links import mark, track
from digest.model import LinkPatterns

UTM = {"utm_source": "newsletter", "utm_campaign": "2026-01-14"}
NAMES = st.sampled_from(["utm_source", "utm_campaign", "utm_content", "a", "utm source"])
PARAMETERS = st.dictionaries(NAMES, st.text(st.characters(codec="utf-8"), max_size=12), max_size=4)
REST = st.text(st.characters(codec="utf-8", exclude_characters="{}<>|%[]"), max_size=30)
ADDRESSES = REST.map("https://example.org/".__add__)


@pytest.mark.parametrize(
    ("url", "marked"),
    [
        (
            "https://example.org/a/",
            "https://example.org/a/?utm_source=newsletter&utm_campaign=2026-01-14",
        ),
        (
            "https://example.org/a?id=7&b=%D0%B0+x#part",
            "https://example.org/a?id=7&b=%D0%B0+x&utm_source=newsletter"
            "&utm_campaign=2026-01-14#part",
        ),
        (
            "https://example.org/?utm_source=own",
            "https://example.org/?utm_source=own&utm_campaign=2026-01-14",
        ),
        (
            "HTTP://example.org?",
            "HTTP://example.org?utm_source=newsletter&utm_campaign=2026-01-14",
        ),
        (
            "https://example.org/?a&",
            "https://example.org/?a&utm_source=newsletter&utm_campaign=2026-01-14",
        ),
        (
            "https://example.org/#/route?utm_source=x",
            "https://example.org/?utm_source=newsletter&utm_campaign=2026-01-14"
            "#/route?utm_source=x",
        ),
        (
            "https://[2001:db8::1]/",
            "https://[2001:db8::1]/?utm_source=newsletter&utm_campaign=2026-01-14",
        ),
    ],
)
def test_parameters_go_behind_the_query_and_before_the_fragment(url: str, marked: str) -> None:
    """Every other byte stays, and what is there already isn't doubled."""
    assert mark(url, UTM) == marked


@pytest.mark.parametrize(
    "url",
    [
        "mailto:digest@example.org?subject=unsubscribe",
        "*|UNSUB|*",
        "https://example.org/*|LIST:URL|*",
        "https://example.org/{{ link }}",
        "https://example.org/?u=[unsubscribe]",
        "https://example.org/<%asm_url%>",
        "https://example.org/%recipient.email%",
        "/relative",
        "tel:+380",
    ],
)
def test_mail_addresses_and_merge_tags_are_left_alone(url: str) -> None:
    """A provider must find its tag as it was written."""
    assert mark(url, UTM) == url


@given(ADDRESSES, PARAMETERS)
def test_marking_adds_and_changes_nothing(url: str, parameters: dict[str, str]) -> None:
    """Take what was added out again, and the address is the old one, byte by byte."""
    marked = mark(url, parameters)
    address, _, anchor = url.partition("#")
    after, _, anchor_after = marked.partition("#")
    assert anchor_after == anchor
    assert after.startswith(address)
    known = {name for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
    wanted = [(name, value) for name, value in parameters.items() if value and name not in known]
    added = parse_qsl(after[len(address) :].lstrip("?&"), errors="strict")
    assert added == wanted or ";" in address


@given(ADDRESSES, PARAMETERS)
def test_marking_twice_is_marking_once(url: str, parameters: dict[str, str]) -> None:
    """Nothing is ever doubled."""
    once = mark(url, parameters)
    assert mark(once, parameters) == once


def test_an_issue_s_items_are_marked_with_its_slug_and_their_place() -> None:
    """Counted over the whole issue; an item without a link still has a place."""
    first = item(title="A", section="lead", url="https://example.org/a")
    linkless = item(title="B", url=None)
    last = item(title="C", url="https://example.org/c?x=1")
    patterns = LinkPatterns(utm_campaign="{slug}", utm_content="{section}-{position}")
    tracked = track(issue(first, linkless, last), patterns)
    assert [each.url for each in tracked.items] == [
        "https://example.org/a?utm_campaign=2026-01-14&utm_content=lead-1",
        None,
        "https://example.org/c?x=1&utm_campaign=2026-01-14&utm_content=stories-3",
    ]


def test_without_patterns_nothing_is_touched() -> None:
    """Off, unless digest.toml says otherwise."""
    untouched = issue(item())
    assert track(untouched, LinkPatterns()) is untouched
