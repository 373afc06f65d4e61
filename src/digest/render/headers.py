"""Say in headers who sends a mail, when, and how to leave the list."""

from __future__ import annotations

from datetime import datetime, time
from email.utils import format_datetime
from urllib.parse import quote

from digest.model import Issue, Publication
from digest.text.plain import clean

_HOUR = time(7)
_SPECIALS = frozenset('()<>[]:;@\\,."')


def headers(issue: Issue, publication: Publication, subject: str) -> tuple[tuple[str, str], ...]:
    """Return names and values, unfolded and unencoded, in the order in which they are sent.

    The mail is dated 7 o'clock, in the publication's zone, of the window's last day: no
    header holds the time of the build.
    """
    local, _, domain = clean(publication.sender.email).partition("@")
    domain = _in_ascii(domain)
    email = f"{local}@{domain}"
    sent = datetime.combine(issue.window.last_day, _HOUR, publication.timezone)
    leave = _unsubscribe(publication, email)
    return (
        ("From", mailbox(clean(publication.sender.name), email)),
        ("Subject", subject),
        ("Date", format_datetime(sent)),
        ("Message-ID", f"<{quote(issue.slug, safe='')}.{local}@{domain}>"),
        ("List-Id", mailbox(clean(publication.name), f"{local}.{domain}")),
        *((("List-Unsubscribe", f"<{leave}>"),) if leave else ()),
    )


def mailbox(name: str, address: str) -> str:
    """Return *name* and *address* as one value, the name quoted where it must be.

    Source: RFC 5322, section 3.2.4 (quoted strings) and 3.4 (mailboxes).
    """
    if not name:
        return f"<{address}>"
    if _SPECIALS.isdisjoint(name):
        return f"{name} <{address}>"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{address}>'


def _unsubscribe(publication: Publication, email: str) -> str | None:
    """Return where to unsubscribe, or ``None`` if no header may hold it.

    A provider's merge tag stands for an address that only the provider knows.
    """
    url = publication.unsubscribe_url
    if url is None:
        return f"mailto:{email}?subject=unsubscribe"
    if not url.startswith(("https://", "mailto:")):
        return None
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~-._")


def _in_ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain
