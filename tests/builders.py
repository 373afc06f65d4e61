"""Values with defaults, so that a test names only what it is about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from digest.model import Article, Issue, Item, Paragraph, Publication, Section, Sender, Window

KYIV = ZoneInfo("Europe/Kyiv")


def at(text: str) -> datetime:
    """Return the instant *text* (ISO 8601) in Kyiv."""
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)


def window(first: str = "2026-01-01", last: str = "2026-01-14") -> Window:
    return Window.of_days(date.fromisoformat(first), date.fromisoformat(last), KYIV)


def article(**fields: Any) -> Article:
    title = fields.get("title", "A quiet day in Odesa")
    if isinstance(fields.get("body"), str):
        fields["body"] = tuple(Paragraph(text=text) for text in fields["body"].split("\n"))
    defaults: dict[str, Any] = {
        "id": f"articles/{title}.md",
        "title": title,
        "source": "articles",
        "where": f"articles/{title}.md",
        "url": f"https://example.org/{title.replace(' ', '-')}",
        "published": at("2026-01-07T09:00"),
        "dated_by": "metadata",
        "body": (Paragraph(text="The port opened on time. Nobody was late."),),
    }
    return Article(**(defaults | fields))


def item(**fields: Any) -> Item:
    title = fields.get("title", "A quiet day in Odesa")
    defaults: dict[str, Any] = {
        "id": f"articles/{title}.md",
        "section": "stories",
        "title": title,
        "teaser": "The port opened on time.",
        "origin": "lead",
        "url": f"https://example.org/{title.replace(' ', '-')}",
        "published": at("2026-01-07T09:00"),
        "dated_by": "metadata",
    }
    return Item(**(defaults | fields))


def issue(*items: Item, **fields: Any) -> Issue:
    layouts: dict[str, Any] = {"lead": "lead", "stories": "stories", "news": "headlines"}
    names = tuple(dict.fromkeys(item.section for item in items))
    sections = tuple(
        Section(
            name=name,
            layout=layouts.get(name, "stories"),
            items=tuple(item for item in items if item.section == name),
        )
        for name in names
    )
    defaults: dict[str, Any] = {
        "slug": "2026-01-14",
        "number": 3,
        "status": "draft",
        "window": window(),
        "subject": "Black Sea Brief No. 3: A quiet day in Odesa",
        "preheader": "The port opened on time.",
        "sections": sections,
    }
    return Issue(**(defaults | fields))


def publication(**fields: Any) -> Publication:
    defaults: dict[str, Any] = {
        "name": "Black Sea Brief",
        "sender": Sender(name="Black Sea Brief", email="digest@blackseabrief.example"),
        "timezone": KYIV,
        "url": "https://blackseabrief.example",
        "address": "12 Harbour Street, Odesa",
        "unsubscribe_url": "https://blackseabrief.example/unsubscribe",
        "view_url": "https://blackseabrief.example/newsletter/{slug}/",
    }
    return Publication(**(defaults | fields))
