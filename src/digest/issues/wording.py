"""Find the subject and the preheader of an issue from what it holds."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date

from digest.errors import ConfigError
from digest.issues.values import Words
from digest.model import Item, Publication
from digest.text.markdown import read
from digest.text.plain import clean
from digest.text.sentences import sentences

SUBJECT_LENGTH = 60  # characters; what most inboxes show of a subject
PREHEADER_LENGTH = 90  # characters; what Gmail and Apple Mail show beside a subject on a phone
_BETWEEN_TITLES = " · "


def wording(items: Sequence[Item], number: int, day: date, publication: Publication) -> Words:
    """Return the words that digest finds for an issue of *items*, whose last day is *day*."""
    stories = [item for item in items if item.kind in ("story", "headline")]
    first = next((item for item in stories if item.section == "lead"), None)
    lead = first or next(iter(sorted(stories, key=lambda item: item.kind == "headline")), None)
    return Words(
        subject=_subject(lead.title if lead else "", number, day, publication),
        preheader=_preheader(lead, stories, publication.language),
        intro="",
        signoff="",
    )


def _subject(lead: str, number: int, day: date, publication: Publication) -> str:
    """Return the filled-in template, or what of it fits into an inbox.

    Where it is too long the lead's title stands alone, and where that is too long the
    template stands without it: only an editor shortens a title.
    """
    subject = _filled(lead, number, day, publication)
    if len(subject) <= SUBJECT_LENGTH or "{lead" not in publication.subject:
        return subject
    return lead if len(lead) <= SUBJECT_LENGTH else _filled("", number, day, publication) or lead


def _filled(lead: str, number: int, day: date, publication: Publication) -> str:
    shown = _in_words(day, publication.language) if "{date" in publication.subject else ""
    values = {"name": publication.name, "number": number, "lead": lead, "date": shown}
    try:
        subject = clean(publication.subject.format_map(values))
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        hint = "it may hold {name}, {number}, {lead} and {date}"
        raise ConfigError("[publication] subject", "can't be filled in", hint) from error
    return subject if lead else subject.rstrip(" :-–—,|·")


def _in_words(day: date, language: str) -> str:
    from babel import Locale, UnknownLocaleError  # 60 ms, and only for subjects with a date
    from babel.dates import format_date

    try:
        return format_date(day, "long", locale=Locale.parse(language, sep="-"))
    except (UnknownLocaleError, ValueError):
        return day.isoformat()


def _preheader(lead: Item | None, stories: Sequence[Item], language: str) -> str:
    """Return the lead's first sentences that fit, else the titles of what comes after it."""
    if lead is None:
        return ""
    teaser = lead.teaser
    if lead.by == "editor":
        teaser = " ".join(paragraph.text for paragraph in read(teaser).paragraphs)
    titles = (item.title for item in stories if item is not lead and item.title)
    opening = _that_fit(sentences(teaser, lead.language or language), " ")
    return opening or _that_fit(tuple(titles), _BETWEEN_TITLES) or _cut(teaser)


def _that_fit(parts: Sequence[str], between: str) -> str:
    taken = ""
    for part in parts:
        longer = f"{taken}{between}{part}" if taken else part
        if len(longer) > PREHEADER_LENGTH:
            break
        taken = longer
    return taken


def _cut(text: str) -> str:
    short = textwrap.shorten(text, PREHEADER_LENGTH, placeholder="…")
    return f"{text[: PREHEADER_LENGTH - 1]}…" if short == "…" != text else short
