from __future__ import annotations

import pytest

from builders import KYIV, at
from digest.errors import ReadError
from digest.model import Article, Image, Paragraph
from digest.sources.raw import Raw
from digest.sources.readers.markdown import READER


def read(text: str | bytes, path: str = "story.md", url: str | None = None) -> Article:
    data = text.encode() if isinstance(text, str) else text
    (article,) = READER.read(
        Raw(data=data, where=path, source="posts", path=path, zone=KYIV, url_pattern=url)
    )
    return article


FULL = """---
title: "Rust: the book"
date: 2026-01-12 09:30:00 +0200
draft: no
summary: The author's own words &mdash; short.
authors: [Ana Roe, {name: Bo Lind}, Ana Roe]
tags: "sea, ferry"
lang: en_GB
image: {src: /img/a b.jpg, alt: A ferry, credit: B. Lind}
url: https://a.example/rust
id: rust-1
---
The port opened.

<!--more-->

- It was late.
"""


def test_every_field_of_the_front_matter_is_read() -> None:
    """One article comes out whole, its picture at an absolute address."""
    assert read(FULL) == Article(
        id="rust-1",
        title="Rust: the book",
        source="posts",
        where="story.md",
        url="https://a.example/rust",
        published=at("2026-01-12T09:30"),
        dated_by="metadata",
        authors=("Ana Roe", "Bo Lind"),
        tags=("sea", "ferry"),
        language="en-GB",
        summary="The author's own words — short.",
        body=(Paragraph(text="The port opened."), Paragraph(text="It was late.", kind="item")),
        more=1,
        image=Image(url="https://a.example/img/a%20b.jpg", alt="A ferry", credit="B. Lind"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: T\ndate: 2026-01-12\n---\nBody.",
        "\ufeff---\r\ntitle: T\r\ndate: 2026-01-12\r\n...\r\nBody.",
        '+++\ntitle = "T"\ndate = 2026-01-12\n+++\nBody.',
        '{"title": "T", "date": "2026-01-12"}\nBody.',
    ],
)
def test_yaml_toml_and_json_say_the_same(text: str) -> None:
    """The dialect, a byte order mark and the line ends make no difference."""
    for data in (text.encode(), ("\ufeff" + text.removeprefix("\ufeff")).encode("utf-16-le")):
        article = read(data)
        assert (article.title, article.published, article.body) == (
            "T",
            at("2026-01-12"),
            (Paragraph(text="Body."),),
        )


def test_yaml_values_stay_as_they_were_written() -> None:
    """No turns neither into false, 12:30 not into 750, 1.0 keeps its zero."""
    titles = [read(f"---\ntitle: {text}\n---\n").title for text in ("No", "12:30", "1.0", "2026")]
    assert titles == ["No", "12:30", "1.0", "2026"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ndate: 2026-01-12\ntitle: Rust: the book\n---\n", 3),
        ("---\ntitle: [a\n---\n", 3),
        ("---\na: &a [x]\nb: *a\n---\n", 3),
        ("---\ntitle: T\nNo end\n", 1),
        ("+++\ntitle = T\n+++\n", 2),
        ('{\n"title": T}\n', 2),
        ("---\ntitle: T\n" + "#\n" * 40_000 + "---\n", 1),
        ("---\n" + "a: " + "[" * 30 + "]" * 30 + "\n---\n", 2),
        ("+++\na = " + "[" * 5000 + "\n+++\n", 2),
    ],
)
def test_broken_front_matter_is_refused_with_its_line(text: str, line: int) -> None:
    """The article is named, not read half."""
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.problems[0].where == f"story.md:{line}"
    assert caught.value.problems[0].problem.startswith("broken front matter: ")


@pytest.mark.parametrize("text", ["---\n\nA rule.\n", "---\nJust words\n---\nA rule.", "{{< x >}}"])
def test_a_rule_or_shortcode_at_the_start_is_no_front_matter(text: str) -> None:
    """Only what looks like keys can be broken front matter."""
    assert read(text).title in ("Story", "Just words")


def test_without_a_title_the_first_heading_is_it() -> None:
    """That heading is then no part of the body; without one the file's name serves."""
    headed, named = read("# The ferry\n\nIt left."), read("It left.", "2026-01-12-the_ferry.md")
    assert (headed.title, headed.body) == ("The ferry", (Paragraph(text="It left."),))
    assert (named.title, named.body) == ("The ferry", (Paragraph(text="It left."),))


def test_a_heading_that_repeats_the_title_goes() -> None:
    """The more-mark then counts one paragraph less."""
    article = read("---\ntitle: The Ferry\n---\n# The ferry\n\nIt left.\n\n<!-- more -->\n\nLate.")
    assert (article.more, len(article.body)) == (1, 2)


@pytest.mark.parametrize(
    ("fields", "path", "expected"),
    [
        ("date: 2026-01-12", "2026-01-09-x.md", ("2026-01-12", "metadata")),
        ("pubDate: Jan 12 2026", "x.md", ("2026-01-12", "metadata")),
        ("date: soon\npublish_date: 2026-01-12", "x.md", ("2026-01-12", "metadata")),
        ("permalink: /2026/01/12/x/", "2026-01-09-x.md", ("2026-01-12", "url")),
        ("path: 2026/01/12/x", "x.md", ("2026-01-12", "url")),
        ("date: 09/01/2026", "2026-01-09-x.md", ("2026-01-09", "file name")),
        ("title: x", "x.md", (None, None)),
    ],
)
def test_the_surest_date_wins(
    fields: str, path: str, expected: tuple[str | None, str | None]
) -> None:
    """Metadata come before addresses, addresses before file names, and it says which."""
    article = read(f"---\n{fields}\n---\nText.", path)
    day = f"{article.published:%Y-%m-%d}" if article.published else None
    assert (day, article.dated_by) == expected


@pytest.mark.parametrize("field", ["draft: true", "published: false", "status: draft"])
def test_drafts_say_so_in_several_ways(field: str) -> None:
    """Hugo's, Jekyll's and others' ways to hold an article back."""
    assert read(f"---\n{field}\n---\nText.").draft


@pytest.mark.parametrize(
    ("front", "pattern", "url"),
    [
        ("url: javascript:alert(1)", None, None),
        ("url: '#'", None, None),
        ("permalink: /story/", None, None),
        ("url: /story/\ncanonical: https://a.example/s", None, "https://a.example/s"),
        ("title: x", "https://a.example/{slug}/", "https://a.example/story/"),
        ("slug: новини моря", "https://a.example/{slug}/", "https://a.example/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8%20%D0%BC%D0%BE%D1%80%D1%8F/"),
        ("date: 2026-01-12", "https://a.example/{year}/{month}/{day}/{path}", "https://a.example/2026/01/12/sub/story"),
        ("title: undated", "https://a.example/{year}/{slug}/", None),
    ],
)  # fmt: skip
def test_an_address_is_absolute_or_absent(front: str, pattern: str | None, url: str | None) -> None:
    """The article's own address wins, then the source's pattern; nothing else is a link."""
    path = "sub/story.md" if pattern and "{path}" in pattern else "story.md"
    assert read(f"---\n{front}\n---\nText.", path, pattern).url == url


@pytest.mark.parametrize(
    ("image", "url", "expected"),
    [
        ("/images/x.jpg", "https://a.example/2026/s/", "https://a.example/images/x.jpg"),
        ("x.jpg", "https://a.example/2026/s/", "https://a.example/2026/s/x.jpg"),
        ("x.jpg", None, None),
        ("data:image/png;base64,AA", "https://a.example/s/", None),
        ("//cdn.example/x.jpg", "https://a.example/s/", "https://cdn.example/x.jpg"),
    ],
)
def test_a_picture_has_an_absolute_address_or_goes(
    image: str, url: str | None, expected: str | None
) -> None:
    """A relative address is read against the article's own."""
    address = f"url: {url}\n" if url else ""
    article = read(f"---\n{address}cover: {image}\n---\nText.")
    assert (article.image.url if article.image else None) == expected


def test_the_first_picture_of_the_text_serves_without_another() -> None:
    """Its alternative text comes with it."""
    article = read("---\nurl: https://a.example/s\n---\n![A ferry](/f.jpg)\n\nText.")
    assert article.image == Image(url="https://a.example/f.jpg", alt="A ferry")


@pytest.mark.parametrize(
    ("lines", "credit"),
    [
        ("image_credit: B. Lind", "B. Lind"),
        ("image_credit: B. Lind\nimage_licence: CC BY 4.0", "B. Lind (CC BY 4.0)"),
        ("image_license: CC0", "CC0"),
        ("alt: x", None),
    ],
)
def test_credit_and_licence_of_a_picture_are_kept(lines: str, credit: str | None) -> None:
    """Together, in both spellings."""
    article = read(f"---\nurl: https://a.example/s\nimage: /f.jpg\n{lines}\n---\nText.")
    assert article.image is not None
    assert article.image.credit == credit
