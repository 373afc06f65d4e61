"""Turn an issue into what templates see: guarded words, held addresses, dates in words.

Every value from outside enters the templates here and nowhere else. Templates only lay out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from digest.model import Image, Issue, Item, Publication, Section
from digest.render.guard import Addresses, guard, web_address
from digest.render.language import (
    Direction,
    Language,
    language,
    same_language,
    written_direction,
)
from digest.render.prose import Prose, from_markdown, from_words
from digest.render.setting import Setting
from digest.render.theme import theme_view
from digest.render.views import (
    IssueView,
    ItemView,
    PictureView,
    PublicationView,
    SectionView,
    View,
)
from digest.tags.stand_ins import UNSUBSCRIBE, VIEW, held_address

_MARKS: dict[Direction, str] = {"ltr": "\u200e", "rtl": "\u200f"}
_NUMBER, _ALSO = _PATTERNS = ("number", "also")  # guarded when they are filled in
_LABELLED = ("sponsor", "event", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    publication: Publication
    language: Language
    labels: Mapping[str, str]
    addresses: Addresses
    also: bool


def view(issue: Issue, setting: Setting, addresses: Addresses) -> View:
    """Return *issue* as templates see it, its addresses held in *addresses*."""
    publication = setting.publication
    words = language(publication.language)
    labels = _labels(setting, words)
    drawing = _Drawing(
        publication=publication,
        language=words,
        labels=labels,
        addresses=addresses,
        also=setting.theme.also,
    )
    shown = [section for section in issue.sections if section.items]
    return View(
        issue=_issue(issue, drawing),
        publication=_publication(drawing),
        theme=theme_view(setting.theme, labels, addresses.hold),
        sections=tuple(
            _section(section, drawing, first=index == 0) for index, section in enumerate(shown)
        ),
        labels=labels,
    )


def _issue(issue: Issue, drawing: _Drawing) -> IssueView:
    words, prose = drawing.language, partial(from_markdown, addresses=drawing.addresses)
    number = guard(drawing.labels[_NUMBER].replace("{number}", words.number(issue.number)))
    return IssueView(
        slug=guard(issue.slug),
        subject=guard(issue.subject),
        preheader=guard(issue.preheader),
        date=words.full_date(issue.window.last_day),
        number=number,
        language=words.tag,
        direction=words.direction,
        intro=prose(issue.intro) if issue.intro.strip() else None,
        signoff=prose(issue.signoff) if issue.signoff.strip() else None,
    )


def _publication(drawing: _Drawing) -> PublicationView:
    publication, hold = drawing.publication, drawing.addresses.hold
    return PublicationView(
        name=guard(publication.name),
        tagline=guard(publication.tagline),
        address=held_address(guard(publication.address or "")),
        url=hold(publication.url) if publication.url else None,
        unsubscribe=UNSUBSCRIBE,
        view=VIEW,
    )


def own_page(issue: Issue, publication: Publication) -> str | None:
    """Return the address of *issue* on the publication's site, if it says one."""
    page = publication.view_url
    return page.replace("{slug}", quote(issue.slug)) if page else None


def own_unsubscribe(publication: Publication) -> str:
    """Return where the publication itself lets readers leave: a page, else a mail to it."""
    by_mail = f"mailto:{publication.sender.email}?subject=unsubscribe"
    return publication.unsubscribe_url or by_mail


def _section(section: Section, drawing: _Drawing, *, first: bool) -> SectionView:
    heading = guard(section.title or "") or _own_heading(section, drawing.labels, first=first)
    return SectionView(
        name=guard(section.name),
        layout=section.layout,
        heading=heading,
        level=3 if heading else 2,
        items=tuple(_item(item, drawing) for item in section.items),
    )


def _own_heading(section: Section, labels: Mapping[str, str], *, first: bool) -> str | None:
    """Return the label that stands over a section without a title, if one does."""
    keys = {"stories": None if first else "stories", "headlines": "news"}
    key = keys.get(section.layout)
    return labels[key] if key else None


def _item(item: Item, drawing: _Drawing) -> ItemView:
    words, url = drawing.language, web_address(item.url)
    foreign = item.language and not same_language(item.language, words.tag)
    own = language(item.language) if item.language and foreign else None
    day = item.published.astimezone(drawing.publication.timezone) if item.published else None
    return ItemView(
        title=guard(item.title),
        teaser=_teaser(item, drawing.addresses),
        kind=item.kind,
        label=drawing.labels[item.kind] if item.kind in _LABELLED else None,
        mark=drawing.labels["paywall"] if item.paywall else None,
        url=drawing.addresses.hold(url) if url else None,
        date=words.long_date(day.date()) if day else "",
        day=words.short_date(day.date()) if day else "",
        authors=_closed(guard(", ".join(item.authors)), words.direction),
        image=_picture(item.image, drawing.addresses),
        language=own.tag if own else None,
        direction=own.direction if own else _turned(item, words.direction),
        also=_also(item, drawing),
    )


def _also(item: Item, drawing: _Drawing) -> str:
    """Return who else reported the story, in words, if the theme wants it said."""
    sources = ", ".join(dict.fromkeys(each.source for each in item.also))
    if not (sources and drawing.also):
        return ""
    return guard(drawing.labels[_ALSO].replace("{sources}", sources))


def _closed(text: str, around: Direction) -> str:
    """Return *text* so that digits behind it don't join its letters, if these run the other way.

    Source: Unicode Standard Annex 9, rules W2 and W7.
    """
    own = written_direction(text)
    return text if own in (None, around) else text + _MARKS[around]


def _turned(item: Item, around: Direction) -> Direction | None:
    """Return the direction of an item's letters where it isn't that of the text *around*."""
    own = written_direction(f"{item.title} {item.teaser}")
    return own if own and own != around else None


def _teaser(item: Item, addresses: Addresses) -> Prose:
    if item.by == "editor":
        return from_markdown(item.teaser, addresses)
    return from_words(item.teaser)


def _picture(image: Image | None, addresses: Addresses) -> PictureView | None:
    url = web_address(image.url) if image else None
    if not image or not url or url.lower().startswith("mailto:"):
        return None
    return PictureView(
        src=addresses.hold(url),
        alt=guard(image.alt or ""),
        credit=guard(image.credit or ""),
        chosen=image.chosen,
        width=image.width or None,
        height=image.height or None,
    )


def _labels(setting: Setting, words: Language) -> dict[str, str]:
    """Return the words of the language, the theme's own instead where it has some."""
    written = {**words.labels, **setting.theme.labels}
    # Filled in before it is guarded, because a brace could begin somebody's merge tag.
    written["reason"] = written["reason"].replace("{name}", setting.publication.name)
    return {key: word if key in _PATTERNS else guard(word) for key, word in written.items()}
