"""Outside text is data: no merge tag, no markup, no header; addresses arrive byte for byte."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from builders import issue, item, publication
from digest.model import Image, Mail, Sender, Theme
from digest.render import Setting, draw, shipped_templates, to_eml
from digest.render.guard import web_address

# One tag of every kind of provider; the braces, bars and brackets are theirs.
TAGS = (
    "*|UNSUB|*",
    "*|IF:FNAME|*",
    "{{ unsubscribe }}",
    "{{{unsubscribe}}}",
    "{{UnsubscribeURL}}",
    "{{insert first_name}}",
    "{% unsubscribe_link %}",
    "{# note #}",
    "{$unsubscribe}",
    "{unsubscribe_url}",
    "{contactfield=firstname}",
    "[[UNSUB_LINK_EN]]",
    "[unsubscribe]",
    "[firstname,fallback=there]",
    "<%asm_group_unsubscribe_url%>",
    "%recipient.first%",
    "%unsubscribe_url%",
    "%UNSUBSCRIBELINK%",
    "%%view_email_url%%",
    "<unsubscribe>",
)
URLS = (
    "https://example.org/%D0%9E%D0%B4%D0%B5%D1%81%D0%B0?a=1&b=2&amp;c=%20%2F",
    "https://example.org/Одеса/?q=[x]&r={y}#z",
    "https://example.org/{{x}}/*|UNSUB|*/%recipient%",
    "https://example.org/it's~a(path);p=1,2+3",
    "https://example.org/%7B%7B%20x%20%7D%7D",
    "HTTPS://EXAMPLE.org/%e2%82%ac",
    "https://merge.invalid/0/",
    "https://example.org/&lt;&#38;&quot;",
    "mailto:tips@example.org?subject=a%20b&body=c",
)
HOSTILE = (
    "<script>alert(1)</script>",
    "</title></mj-title><mj-raw>",
    '" onload="alert(1)" x="',
    "' onload='alert(1)' x='",
    "<!-- --> <![CDATA[ ]]> <!--[if mso]>",
    "{{ 7 * 7 }} {% include 'x' %} ${7*7}",
    "https://merge.invalid/0/ and https://merge.invalid/7/",
    "\ue07b\ue02a forged sentinels \ue05c",
    "a\\u{41}\\\"b\\",
    "&lt;b&gt; &amp;amp; &#123;&#123; x }}",
    "x style=\"a:  b;  c\" align=\"left\" class=\"y\" data-premailer=\"ignore\"",
    "@import url(http://evil.example/x.css);",
    "\x1b[31mred\x07 \x00nul",
    "line\r\nBcc: victim@example.org",
)  # fmt: skip


def drawn(*items: Any, **fields: Any) -> Mail:
    brief = publication(**fields.pop("publication", {}))
    chosen = Setting(publication=brief, theme=Theme(), templates=(shipped_templates(),))
    return draw(issue(*items, **fields), chosen)


def everywhere(text: str) -> Mail:
    """Return a mail with *text* in every place that takes outside words."""
    picture = Image(url="https://img.example/a.jpg", alt=text)
    own = {"title": text, "url": "https://example.org/a"}
    return drawn(
        item(**own, section="lead", teaser=text, authors=(text,), image=picture),
        item(**own, teaser=text),
        item(**own, teaser=_as_markdown(text), by="editor", kind="note"),
        item(**own, section="news", kind="headline", teaser=""),
        subject=text,
        preheader=text,
        intro=_as_markdown(text),
        signoff=_as_markdown(text) + f"\n\n![{_as_markdown(text)}](https://img.example/b.jpg)",
        publication={
            "name": text,
            "tagline": text,
            "address": text,
            "sender": Sender(name=text, email="a@example.org"),
        },
    )


def _as_markdown(text: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))


def _without_joiners(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u2060", ""))


@pytest.mark.parametrize("tag", TAGS)
def test_no_tag_survives_as_a_tag(tag: str) -> None:
    """What looks like a merge tag stands in no version of the mail, but can be read in all."""
    words = f"Dear {tag} friend"
    mail = everywhere(words)
    for version in (mail.html, mail.text, mail.subject, mail.preheader):
        assert (tag in version) == (tag == "<unsubscribe>" and version is not mail.html)
    assert _without_joiners(mail.text).count(words) >= 9
    assert unescape(mail.html).count(words) >= 14
    assert _without_joiners(mail.subject) == words


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_not_obeyed(text: str) -> None:
    """The elements and addresses of a mail are the same whatever its words are."""

    def shape(mail: Mail) -> list[tuple[str, list[str]]]:
        page = lxml_html.fromstring(mail.html)
        return [
            (node.tag, sorted(map(str, node.keys())))
            for node in page.iter()
            if isinstance(node.tag, str)
        ]

    mail, plain = everywhere(text), everywhere("words")
    assert shape(mail) == shape(plain)
    assert re.findall('href="([^"]*)"', mail.html) == re.findall('href="([^"]*)"', plain.html)
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff]", mail.html + mail.text.replace("\n", "")
    )
    head = to_eml(mail).split(b"\r\n\r\n", 1)[0]
    assert [line for line in head.split(b"\r\n") if line.lower().startswith(b"bcc")] == []


@pytest.mark.parametrize("url", URLS)
def test_addresses_arrive_byte_for_byte(url: str) -> None:
    """An address is the same in both versions, but for the escapes of HTML."""
    picture = Image(url=url.replace("mailto:tips@example.org", "https://example.org/"), alt="a")
    mail = drawn(item(url=url, image=picture, section="lead"), item(title="B", url=url))
    # The picture's link and two titles; the rest are the publication's own.
    assert mail.html.count(f'href="{escape(url)}"') == 3
    assert mail.html.count(f'src="{escape(picture.url)}"') == 1
    assert [line.strip() for line in mail.text.splitlines()].count(url) == 2


@settings(max_examples=80)
@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=60))
def test_any_address_arrives(path: str) -> None:
    """Whatever can stand in an address stays; the rest is percent-encoded."""
    url = web_address(f"https://example.org/{path}")
    assert url is not None
    assert f'href="{escape(url)}"' in drawn(item(url=url)).html
    assert not re.search(r"[\s<>\"]", url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        " JavaScript:x",
        "/local",
        "#",
        "ftp://x",
        "",
        None,
    ],
)
def test_other_schemes_make_no_link(url: str | None) -> None:
    """Only http, https and mailto are linked; the title stays."""
    mail = drawn(item(title="Title", url=url), intro=f"[words]({url})")
    page = lxml_html.fromstring(mail.html)
    assert [(node.text, len(node)) for node in page.iter("h2")] == [("Title", 0)]
    assert "words" in mail.html
    assert "alert" not in "".join(re.findall(r'href="[^"]*"', mail.html))


def test_a_line_break_in_an_address_adds_no_line() -> None:
    """Control characters and spaces of an address are percent-encoded."""
    assert web_address(" https://a.example/x\r\ny z\u202e ") == (
        "https://a.example/x%0D%0Ay%20z%E2%80%AE"
    )


def test_the_publications_own_addresses_stay_as_configured() -> None:
    """A provider's merge tag may stand where the unsubscribe address would."""
    mail = drawn(
        item(), publication={"unsubscribe_url": "{{ unsubscribe }}", "view_url": "*|ARCHIVE|*"}
    )
    assert 'href="{{ unsubscribe }}"' in mail.html
    assert 'href="*|ARCHIVE|*"' in mail.html
    assert "\n{{ unsubscribe }}\n" in mail.text


def test_html_in_an_editors_markdown_is_text() -> None:
    """Editors write Markdown; tags of theirs are shown."""
    mail = drawn(
        item(),
        intro="<b>bold</b> <mj-raw>x</mj-raw> `{{ code }}`\n\n> quote\n\n    indented\n      more",
    )
    assert "&lt;b&gt;bold&lt;/b&gt;" in mail.html
    assert "><code>indented\n  more\n</code></pre>" in mail.html
    assert "{{" not in mail.html
