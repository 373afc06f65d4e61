"""Everybody can read it: the Email Markup Consortium's checks, and what we ask beyond them.

Source: Email Markup Consortium, accessibility report 2026 (376,348 mails, 99.88 % of which
fail one of these badly).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from lxml import html as lxml_html

from themed import LANGUAGES, THEMES, drawn, sample, words

EACH = pytest.mark.parametrize(
    ("theme", "language"), [(theme, language) for theme in THEMES for language in LANGUAGES]
)


def page_of(theme: str, language: str) -> Any:
    return lxml_html.document_fromstring(drawn(theme, language).html)


@EACH
def test_language_and_direction_stand_on_root_and_wrapper(theme: str, language: str) -> None:
    """Serious: 62 % of mails lack lang on html, 96 % on the wrapper, 97 % its dir."""
    page = page_of(theme, language)
    direction = "rtl" if language == "ar" else "ltr"
    for element in (page, page.find("body/div")):
        assert (element.get("lang"), element.get("dir")) == (language, direction)


@EACH
def test_it_has_a_title_and_a_label(theme: str, language: str) -> None:
    """Serious: 45 % of mails have no title."""
    page = page_of(theme, language)
    assert page.findtext("head/title") == words(language)["subject"]
    assert page.find("body/div").get("role") == "article"
    assert page.find("body/div").get("aria-label") == words(language)["subject"]


@EACH
def test_tables_are_for_layout(theme: str, language: str) -> None:
    """Serious: 84 % of mails have layout tables that claim to hold data; Outlook's ones too."""
    tables = re.findall(r"<table[^>]*>", drawn(theme, language).html)
    assert len(tables) > 4
    assert [table for table in tables if 'role="presentation"' not in table] == []


@EACH
def test_links_say_where_they_lead(theme: str, language: str) -> None:
    """Serious and moderate: every link has words, and no two places have the same ones."""
    places: dict[str, set[str]] = {}
    for link in page_of(theme, language).iter("a"):
        alts = " ".join(image.get("alt", "") for image in link.iter("img"))
        said = f"{link.text_content()} {alts}".strip()
        assert said or link.get("aria-hidden") == "true"
        places.setdefault(said, set()).add(link.get("href"))
    assert {said: urls for said, urls in places.items() if len(urls) > 1} == {}
    assert not {"Read more", "Here", "Click here", "here"} & places.keys()


@EACH
def test_pictures_have_an_alt(theme: str, language: str) -> None:
    """Critical: 48 % of mails have pictures without; ours have sizes, too."""
    for image in page_of(theme, language).iter("img"):
        assert image.get("alt") is not None
        assert image.get("width", "").isdecimal()
        assert image.get("height", "").isdecimal()


@EACH
def test_headings_are_in_order(theme: str, language: str) -> None:
    """Mild: one h1, no rank left out, none empty."""
    headings = page_of(theme, language).xpath("//h1|//h2|//h3|//h4|//h5|//h6")
    ranks = [int(each.tag[1]) for each in headings]
    assert ranks.count(1) == 1
    assert ranks[0] == 1
    assert [b for a, b in pairwise(ranks) if b > a + 1] == []
    assert [each for each in headings if not each.text_content().strip()] == []


@EACH
def test_items_in_another_language_say_so(theme: str, language: str) -> None:
    """Lang and dir stand around such an item, and around no other."""
    foreign = words(language)["foreign"]
    marked = page_of(theme, language).xpath("//body/div//*[@lang]")
    assert [(each.get("lang"), each.get("dir")) for each in marked] == [(foreign, "ltr")]
    assert words(language)["foreign_title"] in marked[0].text_content()


@EACH
def test_dark_mode_is_declared_and_drawn(theme: str, language: str) -> None:
    """Both metas stand there, and both ways in which clients ask for the night."""
    html = drawn(theme, language).html
    for name in ("color-scheme", "supported-color-schemes"):
        assert f'<meta name="{name}" content="light dark">' in html
    assert "@media (prefers-color-scheme:dark)" in html
    assert "[data-ogsc] .page" in html


@EACH
def test_text_links_are_underlined(theme: str, language: str) -> None:
    """A link in running text never hangs on its colour alone."""
    links = page_of(theme, language).xpath("//p//a|//li//a")
    assert links
    assert [link for link in links if "text-decoration:none" in (link.get("style") or "")] == []


@EACH
def test_no_words_are_in_vml_or_pictures_alone(theme: str, language: str) -> None:
    """Critical: nothing stands in Outlook's drawings, and every title is text."""
    mail = drawn(theme, language)
    assert "<v:" not in mail.html
    text = page_of(theme, language).text_content()
    assert [each.title for each in sample(language).items if each.title not in text] == []
