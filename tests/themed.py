"""One issue with everything that a theme can draw, in three languages, for eyes and tests."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from builders import issue, item, publication
from digest.model import Image, Issue, Item, Link, Mail, Support, Theme
from digest.render import Setting, draw, shipped_templates

THEMES = ("classic", "brief", "cards")
LANGUAGES = ("en", "uk", "ar")
HOST = "https://images.example/"
PICTURES = (
    *("harbour-cranes", "danube-pilots", "lighthouse", "research-buoy", "vineyard"),
    *("night-ferry", "wind-turbines"),
)
_CASES = Path(__file__).parent / "cases" / "themes"


@lru_cache
def words(language: str) -> dict[str, Any]:
    """Return the words of the sample issue in *language*."""
    return tomllib.loads((_CASES / f"{language}.toml").read_text("utf-8"))


def themed(name: str, language: str = "en", **fields: Any) -> Setting:
    """Return a setting with every block of the footer; *fields* are those of the theme."""
    said = words(language)
    defaults: dict[str, Any] = {
        "social": (
            Link(name="Mastodon", url="https://social.example/@brief"),
            Link(name="Telegram", url="https://t.example/brief"),
        ),
        "contact": "editors@blackseabrief.example",
        "support": Support(url="https://blackseabrief.example/support", text=said["support"]),
    }
    return Setting(
        publication=publication(name=said["name"], tagline=said["tagline"], language=language),
        theme=Theme(name=name, **(defaults | fields)),
        templates=(shipped_templates(),),
    )


def sample(language: str = "en") -> Issue:
    """Return an issue with a lead, stories in two languages, blocks and headlines."""
    said = words(language)
    lead, *stories = (_story(index, said) for index in range(len(said["stories"])))
    return issue(
        lead,
        *stories[:3],
        _foreign(said),
        _block("event", said),
        *stories[3:],
        _block("sponsor", said),
        *(_headline(title, index) for index, title in enumerate(said["news"])),
        **{key: said[key] for key in ("subject", "preheader", "intro", "signoff")},
    )


@lru_cache
def drawn(name: str, language: str = "en") -> Mail:
    """Return the sample issue as theme *name* draws it."""
    return draw(sample(language), themed(name, language))


def _story(index: int, said: dict[str, Any]) -> Item:
    title, teaser, alt = said["stories"][index]
    picture = Image(url=f"{HOST}{PICTURES[index]}.jpg", alt=alt, width=1200, height=675)
    return item(
        title=title,
        section="stories" if index else "lead",
        teaser=teaser,
        url=f"https://blackseabrief.example/2026/story-{index}/",
        authors=tuple(said["authors"][index % 3 : index % 3 + 1]),
        image=picture,
        paywall=index == 2,
    )


def _foreign(said: dict[str, Any]) -> Item:
    return item(
        title=said["foreign_title"],
        teaser=said["foreign_teaser"],
        language=said["foreign"],
        url="https://blackseabrief.example/2026/foreign/",
    )


def _block(kind: str, said: dict[str, Any]) -> Item:
    title, teaser = said[kind]
    return item(title=title, teaser=teaser, kind=kind, by="editor", published=None, url=None)


def _headline(title: str, index: int) -> Item:
    url = f"https://blackseabrief.example/2026/news-{index}/"
    return item(title=title, section="news", kind="headline", teaser="", origin=None, url=url)
