"""Lay an issue out: from chosen articles, and again from the items of the issue file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from digest.issues.history import Plan
from digest.issues.values import FileItem
from digest.issues.wording import wording
from digest.model import (
    Decision,
    Image,
    Issue,
    Item,
    Layout,
    Publication,
    Section,
    SectionSpec,
    Teaser,
)

LAYOUTS: dict[str, Layout] = {"lead": "lead", "stories": "stories", "news": "headlines"}


def generate(
    chosen: Sequence[Decision],
    teasers: Mapping[str, Teaser],
    plan: Plan,
    publication: Publication,
    specs: Sequence[SectionSpec] = (),
) -> Issue:
    """Return the issue that digest makes of the taken articles of *chosen*, in their order.

    *teasers* are found by article id; an article without one stands with its title alone.
    The sections of *specs* are laid out as they say; those that hold nothing come last.
    """
    items = [
        _item(each, each.section or "stories", teasers.get(each.article.id))
        for each in chosen
        if each.taken
    ]
    words = wording(items, plan.number, plan.window.last_day, publication)
    return Issue(
        slug=plan.slug,
        number=plan.number,
        status="draft",
        window=plan.window,
        subject=words.subject or "",
        preheader=words.preheader or "",
        sections=_outlined(items, specs),
    )


def section_names(generated: Issue) -> frozenset[str]:
    """Return the sections that digest itself lays out in *generated*, also where one is empty."""
    names = frozenset(section.name for section in generated.sections)
    return names if names - LAYOUTS.keys() else frozenset(LAYOUTS)


def drawn(items: Iterable[FileItem], generated: Issue) -> tuple[Item, ...]:
    """Return what readers get of the issue file's *items*: none dropped, none vanished.

    An editor's item without a section joins the one of the item before it.
    """
    articles = {item.id: item for item in generated.items}
    result: list[Item] = []
    section = "stories"
    for item in items:
        section = item.section or section
        if item.drop or item.vanished:
            continue
        if item.by == "editor":
            result.append(_own(item, section))
        elif item.id in articles:
            result.append(_edited(articles[item.id], item, section))
    return tuple(result)


def _outlined(items: Iterable[Item], specs: Iterable[SectionSpec]) -> tuple[Section, ...]:
    outline = [
        Section(name=spec.title, layout=spec.layout or LAYOUTS.get(spec.title, "stories"))
        for spec in specs
    ]
    made = sections(items, outline)
    names = {section.name for section in made}
    return (*made, *(section for section in outline if section.name not in names))


def sections(items: Iterable[Item], like: Iterable[Section] = ()) -> tuple[Section, ...]:
    """Return *items* by section, in the order in which the sections first appear.

    Only the lead never comes after the stories or the news, wherever its item stands. A
    section is laid out as the one of its name in *like*.
    """
    items = tuple(items)
    layouts = LAYOUTS | {section.name: section.layout for section in like}
    names = list(dict.fromkeys(item.section for item in items))
    after = [names.index(name) for name in ("stories", "news") if name in names]
    if "lead" in names and after and names.index("lead") > min(after):
        names.remove("lead")
        names.insert(min(after), "lead")
    return tuple(
        Section(
            name=name,
            layout=layouts.get(name, "stories"),
            title=None if name in LAYOUTS else name,
            items=tuple(item for item in items if item.section == name),
        )
        for name in names
    )


def _item(decision: Decision, section: str, teaser: Teaser | None) -> Item:
    article = decision.article
    return Item(
        id=article.id,
        section=section,
        title=article.title,
        teaser=teaser.text if teaser else "",
        kind="headline" if article.headline else "story",
        origin=teaser.origin if teaser else None,
        reason=teaser.reason if teaser else "",
        alternatives=teaser.alternatives if teaser else (),
        url=article.url,
        published=article.published,
        dated_by=article.dated_by,
        authors=article.authors,
        language=article.language,
        image=article.image,
        paywall=article.paywall,
        also=decision.also,
    )


def _own(item: FileItem, section: str) -> Item:
    return Item(
        id=item.id,
        section=section,
        title=item.title or "",
        teaser=item.teaser or "",
        kind=item.kind or "story",
        by="editor",
        origin="editor",
        url=item.url or None,
        image=_image(None, item),
    )


def _edited(article: Item, item: FileItem, section: str) -> Item:
    teaser = article.teaser if item.teaser is None else item.teaser
    return replace(
        article,
        section=section,
        title=article.title if item.title is None else item.title,
        teaser=teaser,
        origin=article.origin if teaser == article.teaser else "editor",
        reason=article.reason if teaser == article.teaser else "",
        alternatives=article.alternatives if teaser == article.teaser else _with_own(article),
        url=article.url if item.url is None else item.url or None,
        image=_image(article.image, item),
    )


def _with_own(article: Item) -> tuple[Teaser, ...]:
    """Return what else could stand there: also what digest would write itself."""
    if not article.teaser or not article.origin:
        return article.alternatives
    own = Teaser(text=article.teaser, origin=article.origin, reason=article.reason)
    return (own, *article.alternatives)


def _image(image: Image | None, item: FileItem) -> Image | None:
    if item.picture == "":
        return None
    if item.picture is not None:
        known = image if image and image.url == item.picture else Image(url=item.picture)
        image = replace(known, chosen=True)
    return replace(image, alt=item.alt) if image and item.alt is not None else image
