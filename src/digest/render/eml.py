"""Write a mail as a message: multipart/alternative, text first, the same bytes every time.

    alternative ── text/plain
                └─ text/html, or related ── text/html
                                         └─ the pictures that travel along

Python's own message classes lose spaces of long subjects, encode List-Unsubscribe and draw
a random boundary (measured on 3.11 to 3.13), so the parts are put together here.

Source: RFC 5322 (message), RFC 2045 to 2047 (MIME), RFC 2387 (related), RFC 2392 (cid),
RFC 2369 and 2919 (lists).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from email.header import Header
from email.utils import parseaddr
from html import escape

from digest.model import Inline, Mail

_WIDTH = 76
_WORD = 60
# A mail without To looks like spam to filters (0.9 of SpamAssassin's 5 points); a group
# without members is how RFC 5322, appendix A.1.3, says that nobody needs to be named.
_NOBODY = ("To", "undisclosed-recipients:;")
_SHOWN = re.compile(r'(?<=\s)src="([^"]*)"')
_MAILBOXES = ("From", "List-Id")


def encode(mail: Mail, inline: Sequence[Inline] = ()) -> bytes:
    """Return *mail* as bytes with CRLF line ends and no line over 998 bytes.

    Those of *inline* that the HTML shows go along, and the HTML of the message shows them
    from there. Whoever sends it names the recipients; until then it is to nobody in
    particular.
    """
    html, shown = _by_cid(mail.html, inline)
    page = _text("html", html)
    if shown:
        page = _multipart('related; type="text/html"', (page, *map(_picture, shown)))
    addressed = any(name == "To" for name, _ in mail.headers)
    headers = mail.headers if addressed else (*mail.headers, _NOBODY)
    lines = [*(_header(name, value) for name, value in headers), "MIME-Version: 1.0", ""]
    head = "\r\n".join(lines).encode()  # ASCII, but for an address with a local part that isn't
    return head + _multipart("alternative", (_text("plain", mail.text), page))


def _by_cid(html: str, inline: Sequence[Inline]) -> tuple[str, tuple[Inline, ...]]:
    """Return *html* with the pictures of *inline* shown from the message, and those it shows."""
    known = {escape(each.url): each for each in inline}
    shown: dict[str, Inline] = {}

    def refer(match: re.Match[str]) -> str:
        found = known.get(match[1])
        if not found:
            return match[0]
        shown[found.cid] = found
        return f'src="cid:{found.cid}"'

    return _SHOWN.sub(refer, html), tuple(shown.values())


def _multipart(kind: str, parts: Sequence[bytes]) -> bytes:
    # "=_" can't stand in quoted-printable or base64, so no part can hold the boundary.
    boundary = "=_" + hashlib.sha256(b"\0".join((kind.encode(), *parts))).hexdigest()[:32]
    head = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n'.encode()
    bodies = b"".join(f"\r\n--{boundary}\r\n".encode() + part for part in parts)
    return head + bodies + f"\r\n--{boundary}--\r\n".encode()


def _text(kind: str, text: str) -> bytes:
    body = text.replace("\n", "\r\n")
    head = (
        f"Content-Type: text/{kind}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode() + binascii.b2a_qp(body.encode(), istext=True)


def _picture(picture: Inline) -> bytes:
    head = (
        f"Content-Type: {picture.type}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-ID: <{picture.cid}>\r\n"
        "Content-Disposition: inline\r\n\r\n"
    )
    return head.encode() + base64.encodebytes(picture.data).replace(b"\n", b"\r\n")


def _header(name: str, value: str) -> str:
    """Return one header, folded and encoded as far as it must be."""
    if name in _MAILBOXES:
        return f"{name}: {_mailbox(name, value)}"
    if name == "Subject":
        return f"{name}: {_encoded(name, value)}"
    return f"{name}: {value}"


def _mailbox(name: str, value: str) -> str:
    words, address = parseaddr(value)
    if words.isascii() and "=?" not in words:
        return value
    return f"{_encoded(name, words)}\r\n <{address}>"


def _encoded(name: str, value: str) -> str:
    # A word that fills a line would be folded away from the name, and gain a space.
    foldable = max(map(len, value.split()), default=0) <= _WORD
    plain = value.isascii() and "=?" not in value and foldable
    header = Header(value, "us-ascii" if plain else "utf-8", maxlinelen=_WIDTH, header_name=name)
    return header.encode(linesep="\r\n")
