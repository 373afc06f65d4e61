"""Bring together what digest generated last, what an editor made of it, and what is new.

Pure, over plain values. *base* is what digest generated last, *mine* the editor's file and
*new* what digest generates now. Where mine still says what base says, nobody changed it and
the new value stands; everything else is a person's and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from digest.issues.lead import change, with_lead
from digest.issues.order import order, remembered, reordered
from digest.issues.three import Items, Three, by_id, kept
from digest.issues.values import ARTICLE_FIELDS, WORDS, FileItem, GeneratedItem, Words

_GONE = "no article with this id was read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing to tell the editor: about an item (by id), or about the issue's words."""

    about: str
    problem: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedItems:
    """The items for the file in order, and the base to merge against next time."""

    items: tuple[FileItem, ...]
    base: tuple[GeneratedItem, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the project and the person ask for beside the items themselves.

    The articles of *repeat* count from now on as pinned. Without *lead* digest makes no
    story the lead, because the project has sections of its own.
    """

    repeat: frozenset[str] = frozenset()
    lead: bool = True


_NOTHING = Asked()


def pinned(mine: Items, base: Sequence[GeneratedItem] | None) -> frozenset[str]:
    """Return the ids of articles that are in because the editor wrote them into the file.

    Those are ids that digest never generated for this issue, ids that it remembers as
    vanished and that now stand there again, and the pins of earlier builds. An article that
    was deleted while digest would have taken it is no pin when its block is back: it is as
    if it had never been deleted.
    """
    known = by_id(base or ())
    return frozenset(item.id for item in mine if _is_pin(item, known.get(item.id)))


def merge_items(
    base: Sequence[GeneratedItem] | None,
    mine: Items,
    new: Sequence[GeneratedItem],
    reasons: Mapping[str, str],
    asked: Asked = _NOTHING,
) -> MergedItems:
    """Return the items of the next issue file; *base* is ``None`` where it is lost.

    What the editor deleted stays deleted as long as base remembers it. An article that is
    no longer in *new* stays as vanished, with its reason of *reasons*, and comes back with
    the editor's words. Editor's own items stay where they are.
    """
    sides = Three.of(base, mine, new)
    names, pins = order(sides), pinned(mine, base) | asked.repeat
    if asked.lead:
        sides = replace(sides, new=with_lead(sides, names, pins))
    merged = {name: _result(name, sides, reasons) for name in names}
    notes = [note for item in mine for note in _notes(item, merged[item.id], sides)]
    return MergedItems(
        items=tuple(merged.values()),
        base=tuple(_next_base(sides, pins)),
        notes=(*notes, *_lead_notes(sides, merged)),
    )


def merge_words(base: Words | None, mine: Words, new: Words) -> tuple[Words, tuple[Note, ...]]:
    """Return the words of the next issue file, and what was kept against a new value."""
    values = {name: kept(name, base, mine, new) for name in WORDS}
    return Words(**values), tuple(_kept_notes("", (base, mine, new), WORDS))


def _is_pin(item: FileItem, known: GeneratedItem | None) -> bool:
    if item.by == "editor" or item.drop:
        return False
    if known is None:
        return item.vanished is None
    return known.pinned or (known.out and not known.deleted and item.vanished is None)


def _result(name: str, sides: Three, reasons: Mapping[str, str]) -> FileItem:
    item, new = sides.mine.get(name), sides.new.get(name)
    if item is None:
        return _added(sides.new[name])
    if item.by == "editor":
        return item
    if new is None:
        reason = reasons.get(name) or _GONE
        return item if item.drop else replace(item, vanished=reason)
    values = {field: kept(field, sides.known(name), item, new) for field in ARTICLE_FIELDS}
    return replace(item, **values, vanished=None)


def _added(item: GeneratedItem) -> FileItem:
    return FileItem(id=item.id, section=item.section, title=item.title, teaser=item.teaser)


def _next_base(sides: Three, pins: frozenset[str]) -> Iterable[GeneratedItem]:
    """Yield what is generated now, and what has to be remembered from before."""
    for name in remembered(sides):
        item, deleted = sides.new.get(name), sides.deleted(name)
        if item is not None:
            yield replace(item, pinned=name in pins, out=deleted, deleted=deleted)
            continue
        item = sides.known(name) or GeneratedItem(id=name)
        pin = name in pins or (deleted and item.pinned)
        yield replace(item, pinned=pin, out=True, deleted=False)


def _notes(item: FileItem, merged: FileItem, sides: Three) -> Iterable[Note]:
    if item.by == "editor":
        return
    if merged.vanished and not item.vanished:
        hint = "its block stays, and is drawn again when the article is back"
        yield Note(about=item.id, problem=f"left out: {merged.vanished}", hint=hint)
    new = sides.new.get(item.id)
    if new is not None:
        yield from _kept_notes(item.id, (sides.known(item.id), item, new), ARTICLE_FIELDS)


def _lead_notes(sides: Three, merged: Mapping[str, FileItem]) -> Iterable[Note]:
    """Yield a note where digest's new lead takes the place of one the editor worked on."""
    leads = change(sides, merged)
    if leads is None:
        return
    last, now = leads
    known, item = sides.known(last), sides.mine.get(last)
    words = [name for name in ("title", "teaser") if item and getattr(item, name) is not None]
    if reordered(sides) or any(getattr(item, name) != getattr(known, name) for name in words):
        hint = 'for another one write section = "lead" in its block'
        yield Note(about=now, problem=f"new lead: {merged[now].title}", hint=hint)


def _kept_notes(
    about: str, three: tuple[object, object, object], names: Sequence[str]
) -> Iterable[Note]:
    """Yield a note for each field that both the editor and digest have changed."""
    for name in names:
        was, own, now = (getattr(side, name, None) for side in three)
        if None not in (was, own, now) and own not in (was, now) and was != now:
            problem = f"kept your {name}"
            yield Note(about=about, problem=problem, hint=f'digest would now write "{now}"')
