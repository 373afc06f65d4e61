"""The wire form: what Python's parser reads back is what went in."""

from __future__ import annotations

import email
import email.policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import issue, item, publication
from digest.model import Image, Inline, Mail, Sender, Theme
from digest.render import Setting, draw, shipped_templates, to_eml
from digest.render.headers import mailbox
from digest.text.plain import clean

LINES = st.text(st.characters(codec="utf-8"), max_size=300).map(clean)


def mail(**fields: object) -> Mail:
    chosen = Setting(publication=publication(), theme=Theme(), templates=(shipped_templates(),))
    return draw(issue(item(title="Порт 👩‍🌾"), **fields), chosen)


def parsed(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def decoded(data: bytes, name: str) -> str:
    """Return a header as the strict reading of RFC 2047 gives it, unfolded."""
    raw = email.message_from_bytes(data)[name]
    return str(make_header(decode_header(raw.replace("\r\n", "").replace("\n", ""))))


def with_headers(*headers: tuple[str, str]) -> Mail:
    return Mail(html="<p>a</p>", text="a\n", subject="", preheader="", headers=headers)


def test_both_parts_come_back() -> None:
    """Text first, HTML last, each as it was, but for the line ends of the wire."""
    drawn = mail()
    message = parsed(to_eml(drawn))
    parts = list(message.iter_parts())
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert [part.get_payload(decode=True) for part in parts] == [
        drawn.text.replace("\n", "\r\n").encode(),
        drawn.html.replace("\n", "\r\n").encode(),
    ]
    assert message.defects == []


def test_headers_come_back() -> None:
    """Every header of the mail, in order, and nothing between them."""
    drawn = mail()
    message = email.message_from_bytes(to_eml(drawn))
    own = [(name, value) for name, value in message.items() if "MIME" not in name]
    assert own[:-2] == list(drawn.headers)
    assert own[-2] == ("To", "undisclosed-recipients:;")
    assert own[-1][0] == "Content-Type"


def test_a_recipient_that_is_named_stays() -> None:
    """Only a mail to nobody gets the empty group."""
    data = to_eml(with_headers(("To", "a@b.example")))
    assert email.message_from_bytes(data).get_all("To") == ["a@b.example"]


def test_lines_are_those_of_the_standard() -> None:
    """CRLF everywhere, ASCII alone, no line of a body over 76 bytes."""
    data = to_eml(mail())
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 76


def test_the_boundary_follows_from_the_content() -> None:
    """The same mail has the same bytes, another one another boundary."""
    one, other = to_eml(mail()), to_eml(mail(preheader="Other"))
    assert one == to_eml(mail())
    assert parsed(one).get_boundary() != parsed(other).get_boundary()


@given(LINES)
@example("Дуже довга тема листа " * 12)
@example("👩‍🌾" * 60)
@example("plain =?utf-8?q?not_encoded?= words")
@example("word " * 60 + "end")
@example("w" * 300)
def test_subjects_come_back(subject: str) -> None:
    """Also long ones, in any script, and those that look encoded already."""
    data = to_eml(with_headers(("Subject", subject)))
    assert decoded(data, "Subject") == subject
    head = data.split(b"\r\n\r\n")[0].split(b"\r\n")
    assert [line for line in head if not line.isascii()] == []


@given(LINES)
@example('Acme, "Inc." <evil@x.example>')
@example("Редакція «Чорне море», Одеса — дуже довга назва видання з комами, (дужками) і \\")
@example("=?utf-8?q?x?=")
@example("a@b.example")
def test_names_come_back(name: str) -> None:
    """A sender's name is a name, whatever stands in it."""
    data = to_eml(with_headers(("From", mailbox(name, "digest@example.org"))))
    raw = email.message_from_bytes(data)["From"].replace("\r\n", "").replace("\n", "")
    words, address = parseaddr(raw)
    assert (str(make_header(decode_header(words))), address) == (name, "digest@example.org")
    assert parsed(data)["From"].addresses[0].addr_spec == "digest@example.org"


def test_a_long_unsubscribe_address_stays_raw() -> None:
    """Folded or encoded, it would be dead."""
    url = "https://example.org/u?" + "&".join(f"key{n}=value;{n},x" for n in range(30))
    data = to_eml(with_headers(("List-Unsubscribe", f"<{url}>")))
    assert f"List-Unsubscribe: <{url}>\r\n".encode() in data


def test_a_domain_in_another_script_is_sent_in_ascii() -> None:
    """Addresses of the headers are in the form that every server knows."""
    brief = publication(sender=Sender(name="Порт", email="news@порт.укр"))
    chosen = Setting(publication=brief, theme=Theme(), templates=(shipped_templates(),))
    headers = dict(draw(issue(item()), chosen).headers)
    assert headers["From"] == "Порт <news@xn--n1abei.xn--j1amh>"
    assert headers["Message-ID"] == "<2026-01-14.news@xn--n1abei.xn--j1amh>"


@pytest.mark.parametrize("slug", ["2026-01-14", "нічний випуск", "a/b<c>@d"])
def test_the_message_id_is_one_token(slug: str) -> None:
    """It is stable, and holds no character that would end it."""
    value = dict(mail(slug=slug).headers)["Message-ID"]
    assert value.count("@") == value.count("<") == value.count(">") == 1
    assert value.isascii()
    assert " " not in value


PICTURE = "https://example.org/a.jpg?w=1&h=2"
INLINE = Inline(url=PICTURE, cid="a-1.jpg@digest", type="image/jpeg", data=bytes(range(256)) * 9)
OTHER = Inline(url="https://example.org/b.png", cid="b.png@digest", type="image/png", data=b"b")


def pictured(*inline: Inline) -> tuple[Mail, EmailMessage]:
    lead = item(title=f'src="{PICTURE}"', section="lead", image=Image(url=PICTURE, alt="A"))
    chosen = Setting(publication=publication(), theme=Theme(), templates=(shipped_templates(),))
    drawn = draw(issue(lead), chosen)
    return drawn, parsed(to_eml(drawn, inline))


def test_pictures_travel_beside_the_html_that_shows_them() -> None:
    """In one part with it, after the plain text; one that isn't shown stays at home."""
    drawn, message = pictured(OTHER, INLINE)
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        *("multipart/alternative", "text/plain"),
        *("multipart/related", "text/html", "image/jpeg"),
    ]
    _, _, related, page, picture = message.walk()
    assert related.get_param("type") == "text/html"
    assert (picture["Content-ID"], picture["Content-Disposition"]) == (
        "<a-1.jpg@digest>",
        "inline",
    )
    assert picture.get_payload(decode=True) == INLINE.data
    html = page.get_payload(decode=True)
    assert isinstance(html, bytes)
    shown = drawn.html.replace(
        'src="https://example.org/a.jpg?w=1&amp;h=2"', 'src="cid:a-1.jpg@digest"'
    )
    assert html.decode().replace("\r\n", "\n") == shown != drawn.html
    assert message.defects == []


def test_a_message_with_pictures_keeps_the_lines_of_the_standard() -> None:
    """CRLF everywhere, ASCII alone, no line over 78 bytes, the same bytes each time."""
    drawn, _ = pictured()
    data = to_eml(drawn, (INLINE,))
    assert data == to_eml(drawn, (INLINE,))
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 78


def test_without_pictures_shown_the_message_is_the_plain_one() -> None:
    """No empty related part around the HTML."""
    drawn, _ = pictured()
    assert to_eml(drawn, (OTHER,)) == to_eml(drawn)
