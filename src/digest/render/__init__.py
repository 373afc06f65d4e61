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

__all__ = [
    "Setting",
    "draw",
    "files",
    "remarks",
    "setting",
    "shipped_templates",
    "themes",
    "to_eml",
]


def draw(issue: Issue, setting: Setting) -> Mail:
    """Return *issue* as a mail; the same issue and setting always make the same bytes.

    Raises:
        TemplateError: a theme that isn't there, or a template that can't be drawn.
    """
    # Drawing needs jinja2, mjml, premailer and babel (0.2 s); most commands never draw.
    from digest.render.guard import Addresses, guard, reveal_in_text
    from digest.render.headers import headers
    from digest.render.html import to_html
    from digest.render.plaintext import finish
    from digest.render.templates import load
    from digest.render.view import view

    addresses = Addresses()
    page = view(issue, setting, addresses)
    templates = load(setting.templates, setting.theme.name)
    subject, preheader = (
        reveal_in_text(guard(line), addresses) for line in (issue.subject, issue.preheader)
    )
    return Mail(
        html=to_html(templates, page, addresses),
        text=finish(templates.draw_text(page), addresses),
        subject=subject,
        preheader=preheader,
        headers=headers(issue, setting.publication, subject),
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
