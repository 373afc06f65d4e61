"""Draw an issue as a mail: HTML, plain text and headers, and the wire form of all three.

    issue ──► view ──► mail.mjml.j2 ──► MJML ──► HTML, styles inline ──► compact ──► Mail.html
                  └──► mail.txt.j2 ──► Mail.text

Between the view and the end, addresses and the openings of merge tags are stand-ins
(:mod:`digest.render.guard`), so that no library on the way can change or obey them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from digest.errors import Problem
from digest.model import Inline, Issue, Mail
from digest.render.setting import Setting, setting, shipped_templates
from digest.tags import PLAIN, Sealed, opened

__all__ = [
    "Setting",
    "draw",
    "files",
    "plain",
    "remarks",
    "seal",
    "setting",
    "shipped_templates",
    "themes",
    "to_eml",
]


def draw(issue: Issue, setting: Setting) -> Mail:
    """Return *issue* as a mail for any service: no tags of its own, and nobody's in its text.

    Raises:
        TemplateError: a theme that isn't there, or a template that can't be drawn.
    """
    return plain(seal(issue, setting))


def plain(sealed: Sealed) -> Mail:
    """Return *sealed* as a mail for any service."""
    return opened(sealed, PLAIN).mail


def seal(issue: Issue, setting: Setting) -> Sealed:
    """Return *issue* drawn once, for every provider to open; always the same bytes.

    Raises:
        TemplateError: a theme that isn't there, or a template that can't be drawn.
    """
    # Drawing needs jinja2, mjml, premailer and babel (0.2 s); most commands never draw.
    from digest.render.guard import Addresses, guard
    from digest.render.headers import headers
    from digest.render.html import to_html
    from digest.render.plaintext import finish
    from digest.render.templates import load
    from digest.render.view import own_page, own_unsubscribe, view

    addresses = Addresses()
    page = view(issue, setting, addresses)
    templates = load(setting.templates, setting.theme.name)
    html, text = to_html(templates, page), finish(templates.draw_text(page))
    publication, subject = setting.publication, guard(issue.subject)
    return Sealed(
        html=html,
        text=text,
        subject=subject,
        preheader=guard(issue.preheader),
        headers=headers(issue, publication, subject),
        addresses=addresses.held,
        unsubscribe=own_unsubscribe(publication),
        view=own_page(issue, publication),
        address=bool(publication.address),
    )


def remarks(setting: Setting) -> tuple[Problem, ...]:
    """Return what of *setting* was put right: words that a language lacks, faint colours."""
    from digest.render.corrections import corrections

    return corrections(setting)


def themes(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Return the folder of each theme by name; of two with one name the first folder's counts."""
    from digest.render.templates import themes as found

    return found(folders)


def to_eml(mail: Mail, inline: Sequence[Inline] = ()) -> bytes:
    """Return *mail* as a message that mail programs open: text first, then HTML, CRLF.

    The pictures of *inline* travel in it, where the HTML shows them.
    """
    from digest.render.eml import encode

    return encode(mail, inline)


def files(mail: Mail, inline: Sequence[Inline] = ()) -> dict[str, bytes]:
    """Return *mail* as the bytes of its files, by name; only the message holds *inline*."""
    return {
        "digest.html": mail.html.encode(),
        "digest.txt": mail.text.encode(),
        "digest.eml": to_eml(mail, inline),
    }
