"""Write a mail as a message: multipart/alternative, text first, the same bytes every time.

Python's own message classes lose spaces of long subjects, encode List-Unsubscribe and draw
a random boundary (measured on 3.11 to 3.13), so the parts are put together here.

Source: RFC 5322 (message), RFC 2045 to 2047 (MIME), RFC 2369 and 2919 (lists).
"""

from __future__ import annotations

import binascii
import hashlib
from email.header import Header
from email.utils import parseaddr

from digest.model import Mail

_WIDTH = 76
_WORD = 60
# A mail without To looks like spam to filters (0.9 of SpamAssassin's 5 points); a group
# without members is how RFC 5322, appendix A.1.3, says that nobody needs to be named.
_NOBODY = ("To", "undisclosed-recipients:;")
_MAILBOXES = ("From", "List-Id")


def encode(mail: Mail) -> bytes:
    """Return *mail* as bytes with CRLF line ends and no line over 998 bytes.

    Whoever sends it names the recipients; until then it is to nobody in particular.
    """
    parts = (("plain", mail.text), ("html", mail.html))
    # "=_" can't stand in quoted-printable, so no part can hold the boundary.
    boundary = "=_" + hashlib.sha256(f"{mail.text}\0{mail.html}".encode()).hexdigest()[:32]
    addressed = any(name == "To" for name, _ in mail.headers)
    headers = mail.headers if addressed else (*mail.headers, _NOBODY)
    lines = [
        *(_header(name, value) for name, value in headers),
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"',
        "",
    ]
    head = "\r\n".join(lines).encode()  # ASCII, but for an address with a local part that isn't
    bodies = b"".join(_part(kind, text, boundary) for kind, text in parts)
    return head + bodies + f"\r\n--{boundary}--\r\n".encode()


def _part(kind: str, text: str, boundary: str) -> bytes:
    body = text.replace("\n", "\r\n")
    head = (
        f"\r\n--{boundary}\r\n"
        f"Content-Type: text/{kind}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode() + binascii.b2a_qp(body.encode(), istext=True)


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
