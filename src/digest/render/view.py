"""Turn an issue into what templates see: guarded words, held addresses, dates in words.

Every value from outside enters the templates here and nowhere else. Templates only lay out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from digest.model import Image, Issue, Item, Publication, Section
from digest.render.colour import legible
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

_LABELLED = ("sponsor", "event", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture; *alt* is "" where it is decorative, sizes are pixels where known."""

    src: str
    alt: str
    width: int | None
    height: int | None

    def height_at(self, width: int) -> int | None:
        """Return how high the picture is when it is *width* pixels wide."""
        return round(self.height * width / self.width) if self.width and self.height else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One entry. *label* is the visible word of a labelled block.

    *language* and *direction* are set only where they are not the issue's own; direction
    alone where only the script gives it away. *also* are the sources that reported it too.
    """

    title: str
    teaser: Prose
    kind: str
    label: str | None
    url: str | None
    date: str
    day: str
    authors: str
    image: PictureView | None
    language: str | None
    direction: Direction | None
    also: str = ""

    @property
    def meta(self) -> str:
        """Return authors and date on one line, or what is known of them."""
        return " · ".join(filter(None, (self.authors, self.date)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A run of items; *level* is the rank of their headings, 2 or 3."""

    name: str
    layout: str
    heading: str | None
    level: int
    items: tuple[ItemView, ...]

    @property
    def runs(self) -> tuple[tuple[ItemView, ...], ...]:
        """Return the items in order: neighbouring headlines together, all others alone."""
        runs: list[tuple[ItemView, ...]] = []
        for item in self.items:
            if runs and self.lists(item) and self.lists(runs[-1][0]):
                runs[-1] += (item,)
            else:
                runs.append((item,))
        return tuple(runs)

    def lists(self, item: ItemView) -> bool:
        """Tell whether *item* is one line of a list here, rather than a story."""
        short = item.kind == "headline" or not item.teaser
        return self.layout == "headlines" and short and not item.label


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """The issue itself. *number* is "No. 3" in words of the language."""

    slug: str
    subject: str
    preheader: str
    date: str
    number: str
    language: str
    direction: Direction
    intro: Prose | None
    signoff: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationView:
    """Who publishes, and the two addresses of the footer."""

    name: str
    tagline: str
    address: str
    url: str | None
    unsubscribe: str
    view: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeView:
    """Brand values. :meth:`accent_on` keeps the accent legible on any ground."""

    name: str
    accent: str

    def accent_on(self, ground: str) -> str:
        """Return the accent, or the nearest shade of it that reads well on *ground*."""
        return legible(self.accent, ground)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that a template can name."""

    issue: IssueView
    publication: PublicationView
    theme: ThemeView
    sections: tuple[SectionView, ...]
    labels: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    publication: Publication
    language: Language
    addresses: Addresses


def view(issue: Issue, setting: Setting, addresses: Addresses) -> View:
    """Return *issue* as templates see it, its addresses held in *addresses*."""
    publication = setting.publication
    words = language(publication.language)
    drawing = _Drawing(publication=publication, language=words, addresses=addresses)
    shown = [section for section in issue.sections if section.items]
    return View(
        issue=_issue(issue, drawing),
        publication=_publication(issue, drawing),
        theme=ThemeView(name=setting.theme.name, accent=setting.theme.accent),
        sections=tuple(
            _section(section, drawing, first=index == 0) for index, section in enumerate(shown)
        ),
        labels=_labels(publication, words),
    )


def _issue(issue: Issue, drawing: _Drawing) -> IssueView:
    words, prose = drawing.language, partial(from_markdown, addresses=drawing.addresses)
    number = words.labels["number"].format(number=words.number(issue.number))
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


def _publication(issue: Issue, drawing: _Drawing) -> PublicationView:
    publication, hold = drawing.publication, drawing.addresses.hold
    unsubscribe = publication.unsubscribe_url or _unsubscribe_by_mail(publication)
    page = publication.view_url
    return PublicationView(
        name=guard(publication.name),
        tagline=guard(publication.tagline),
        address=guard(publication.address or ""),
        url=hold(publication.url) if publication.url else None,
        unsubscribe=hold(unsubscribe),
        view=hold(page.replace("{slug}", issue.slug)) if page else None,
    )


def _unsubscribe_by_mail(publication: Publication) -> str:
    return f"mailto:{publication.sender.email}?subject=unsubscribe"


def _section(section: Section, drawing: _Drawing, *, first: bool) -> SectionView:
    heading = guard(section.title or "") or _own_heading(section, drawing.language, first=first)
    return SectionView(
        name=guard(section.name),
        layout=section.layout,
        heading=heading,
        level=3 if heading else 2,
        items=tuple(_item(item, drawing) for item in section.items),
    )


def _own_heading(section: Section, words: Language, *, first: bool) -> str | None:
    """Return the label that stands over a section without a title, if one does."""
    labels = {"stories": None if first else "stories", "headlines": "news"}
    label = labels.get(section.layout)
    return words.labels[label] if label else None


def _item(item: Item, drawing: _Drawing) -> ItemView:
    words, url = drawing.language, web_address(item.url)
    foreign = item.language and not same_language(item.language, words.tag)
    own = language(item.language) if item.language and foreign else None
    day = item.published.astimezone(drawing.publication.timezone) if item.published else None
    return ItemView(
        title=guard(item.title),
        teaser=_teaser(item, drawing.addresses),
        kind=item.kind,
        label=words.labels[item.kind] if item.kind in _LABELLED else None,
        url=drawing.addresses.hold(url) if url else None,
        date=words.long_date(day.date()) if day else "",
        day=words.short_date(day.date()) if day else "",
        authors=guard(", ".join(item.authors)),
        image=_picture(item.image, drawing.addresses),
        language=own.tag if own else None,
        direction=own.direction if own else _turned(item, words.direction),
        also=guard(", ".join(dict.fromkeys(each.source for each in item.also))),
    )


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
        width=image.width or None,
        height=image.height or None,
    )


def _labels(publication: Publication, words: Language) -> dict[str, str]:
    reason = words.labels["reason"].replace("{name}", guard(publication.name))
    return dict(words.labels) | {"reason": reason}
