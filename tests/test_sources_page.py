from __future__ import annotations

import json

import pytest

from builders import KYIV
from digest.errors import ReadError
from digest.model import Article, Image
from digest.sources.raw import Raw
from digest.sources.readers.page import READER

LEAD = "The harbour of Port Selva reopened on Monday morning after eleven days of repairs."
TEXT = "“We were ready on Friday,” said Marta Quill of the port authority. “The weather was not.”"


def read(page: str | bytes, path: str = "page.html", url: str | None = None) -> Article:
    data = page.encode() if isinstance(page, str) else page
    (article,) = READER.read(
        Raw(data=data, where=path, source="pages", path=path, zone=KYIV, url_pattern=url)
    )
    return article


def page(head: str = "", body: str = "", lang: str = "en") -> str:
    article = f"<h1>Harbour reopens</h1><p>By Ana Roe</p>{body}<p>{LEAD}</p><p>{TEXT}</p>"
    more = "".join(f"<p>{TEXT} It is day {day} of the works.</p>" for day in range(9))
    return (
        f"<!doctype html><html lang='{lang}'><head><title>Harbour reopens | Port Post</title>"
        f"{head}</head><body><nav>Home</nav><article>{article}{more}</article></body></html>"
    )


def test_what_a_page_says_of_itself_is_read() -> None:
    """Metadata are read from JSON-LD, Open Graph and meta, the text by trafilatura."""
    data = {
        "@graph": [
            {"@type": "WebSite", "name": "Port Post"},
            {
                "@type": ["NewsArticle"],
                "headline": "Harbour reopens",
                "datePublished": "2026-01-12T09:30:00+02:00",
                "author": [{"name": "Ana Roe"}, {"name": "https://x.example"}],
                "keywords": "sea, ferry",
            },
        ]
    }
    head = f"""<script type="application/ld+json">{json.dumps(data)}</script>
      <meta property="og:site_name" content="Port Post">
      <meta property="og:title" content="Harbour reopens | Port Post">
      <meta property="og:description" content="Ferries &amp; fishermen are back.">
      <meta property="og:image" content="/i/h.jpg"><meta property="og:image:alt" content="Quay">
      <meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">
      <link rel="canonical" href="https://post.example/harbour">"""
    article = read(page(head))
    assert article.body[0].text == LEAD
    assert article.published is not None
    assert (article.published.isoformat(), article.dated_by) == (
        "2026-01-12T09:30:00+02:00",
        "metadata",
    )
    assert (article.title, article.url, article.summary, article.language) == (
        "Harbour reopens",
        "https://post.example/harbour",
        "Ferries & fishermen are back.",
        "en",
    )
    assert (article.authors, article.tags) == (("Ana Roe",), ("sea", "ferry"))
    assert article.image == Image(
        url="https://post.example/i/h.jpg", alt="Quay", width=1200, height=630
    )


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<meta property='article:published_time' content='2026-01-12'>", "metadata"),
        ("<link rel=canonical href='https://a.example/2026/01/12/x'>", "url"),
        ("<meta name='last' content='x'>", "guess"),
    ],
)
def test_a_page_is_dated_by_the_surest_sign(head: str, expected: str) -> None:
    """A guess comes last, and is called one."""
    article = read(page(head, body="<p><time>12 January 2026</time></p>"))
    assert article.published is not None
    assert (f"{article.published:%Y-%m-%d}", article.day_only, article.dated_by) == (
        "2026-01-12",
        True,
        expected,
    )


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<link rel=canonical href='/story'>", None),
        ("<link rel=canonical href='javascript:alert(1)'>", None),
        ("<link rel=canonical href=/x><meta property=og:url content=https://a.example/s>", "https://a.example/s"),
    ],
)  # fmt: skip
def test_only_absolute_addresses_count(head: str, url: str | None) -> None:
    """Canonical comes first, og:url next; a relative one says nothing in a saved file."""
    assert read(page(head)).url == url


@pytest.mark.parametrize(
    ("pictures", "expected"),
    [
        ("<img src='/a.jpg' alt='Quay' width=800>", ("/a.jpg", "Quay", 800)),
        ("<img src='/me.jpg' width=48><img src='/a.jpg'>", ("/a.jpg", None, None)),
        ("<img src='data:image/gif;base64,R0'><img src='/a.jpg' alt=''>", ("/a.jpg", "", None)),
        ("<img><img src='Story_files/a.jpg'><img src='/logo.svg?2'>", None),
        ("", None),
    ],
)
def test_without_metadata_the_article_s_first_picture_serves(
    pictures: str, expected: tuple[str, str | None, int | None] | None
) -> None:
    """Portraits, drawings and what a browser saved beside the page don't."""
    head = "<link rel=canonical href='https://a.example/s'>"
    found = read(page(head, f"<figure>{pictures}</figure>")).image
    if expected is None:
        assert found is None
    else:
        path, alt, width = expected
        assert found == Image(url=f"https://a.example{path}", alt=alt, width=width)


def test_titles_and_bylines_are_no_lead() -> None:
    """Short blocks and those that end no sentence are skipped, at the start alone."""
    article = read(page(body="<p>Reading time: 4 minutes</p><p>Harbour reopens</p>"))
    assert article.body[0].text == LEAD
    assert article.title == "Harbour reopens"


def test_list_items_headings_and_quotations_keep_their_kind() -> None:
    """The kinds of blocks survive, their text on one line each."""
    body = f"<p>{LEAD}</p><h2>What changed</h2><ul><li>a longer quay,</li><li>two gates.</li></ul>"
    kinds = [(block.kind, block.text) for block in read(page(body=body)).body[1:4]]
    assert kinds == [
        ("heading", "What changed"),
        ("item", "a longer quay,"),
        ("item", "two gates."),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html></html>",
        b"no markup at all",
        b"<" * 10_000,
        b"<html><head><script type='application/ld+json'>" + b"[" * 100_000 + b"</script></head>",
        ("<div>" * 10_000 + LEAD + "</div>" * 10_000).encode(),
        ("<ul><li>" * 5_000 + LEAD).encode(),
        ("<table><tr><td>" * 3_000 + LEAD).encode(),
    ],
)
def test_junk_gives_an_article_without_a_crash(data: bytes) -> None:
    """A page without text is an empty article, named by its file."""
    assert read(data, "some-page.html").title == "Some page"


def test_binary_is_no_page() -> None:
    """NUL bytes are a sign of another format."""
    with pytest.raises(ReadError, match="isn't text"):
        read(b"<html>\0\0</html>")
