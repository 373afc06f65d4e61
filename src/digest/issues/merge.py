"""Bring together what digest generated last, what an editor made of it, and what is new.

Pure, over plain values. *base* is what digest generated last, *mine* the editor's file and
*new* what digest generates now. Where mine still says what base says, nobody changed it and
the new value stands; everything else is a person's and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from digest.issues.values import ARTICLE_FIELDS, WORDS, FileItem, GeneratedItem, Words

_GONE = "no article with this id was read"

Items = Sequence[FileItem]
Known = Mapping[str, GeneratedItem]


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
class _Three:
    """The three sides, by id."""

    base: Known | None
    mine: Mapping[str, FileItem]
    new: Known

    def known(self, name: str) -> GeneratedItem | None:
        return (self.base or {}).get(name)

    def deleted(self, name: str) -> bool:
        return name not in self.mine and self.known(name) is not None


def pinned(mine: Items, base: Sequence[GeneratedItem] | None) -> frozenset[str]:
    """Return the ids of articles that are in because the editor wrote them into the file.

    Those are ids that digest never generated for this issue, ids that it remembers as
    deleted or vanished and that now stand there again, and the pins of earlier builds.
    """
    known = _by_id(base or ())
    return frozenset(item.id for item in mine if _is_pin(item, known.get(item.id)))


def merge_items(
    base: Sequence[GeneratedItem] | None,
    mine: Items,
    new: Sequence[GeneratedItem],
    reasons: Mapping[str, str],
    repeat: frozenset[str] = frozenset(),
) -> MergedItems:
    """Return the items of the next issue file; *base* is ``None`` where it is lost.

    The articles of *repeat* count from now on as pinned.

    What the editor deleted stays deleted as long as base remembers it. An article that is
    no longer in *new* stays as vanished, with its reason of *reasons*, and comes back with
    the editor's words. Editor's own items stay where they are.
    """
    new = _yielding_lead(base, mine, new)
    known = None if base is None else _by_id(base)
    sides = _Three(base=known, mine={item.id: item for item in mine}, new=_by_id(new))
    merged = {item.id: _merged(item, sides, reasons) for item in mine}
    added = {item.id: _added(item) for item in new if not sides.deleted(item.id)}
    items = tuple((added | merged)[name] for name in _order(sides))
    pins = pinned(mine, base) | repeat
    notes = tuple(note for item in mine for note in _notes(item, merged[item.id], sides))
    return MergedItems(items=items, base=tuple(_next_base(sides, pins)), notes=notes)


def merge_words(base: Words | None, mine: Words, new: Words) -> tuple[Words, tuple[Note, ...]]:
    """Return the words of the next issue file, and what was kept against a new value."""
    values = {name: _kept(name, base, mine, new) for name in WORDS}
    return Words(**values), tuple(_kept_notes("", (base, mine, new), WORDS))


def _by_id(items: Iterable[GeneratedItem]) -> dict[str, GeneratedItem]:
    return {item.id: item for item in items}


def _is_pin(item: FileItem, known: GeneratedItem | None) -> bool:
    if item.by == "editor" or item.drop:
        return False
    if known is None:
        return item.vanished is None
    return known.pinned or (known.out and item.vanished is None)


def _kept(name: str, base: object, mine: object, new: object) -> Any:
    """Return one field of the result: the editor's where there is one, else the new."""
    own = getattr(mine, name)
    changed = own is not None and (base is None or own != getattr(base, name))
    return own if changed else getattr(new, name)


def _merged(item: FileItem, sides: _Three, reasons: Mapping[str, str]) -> FileItem:
    if item.by == "editor":
        return item
    new = sides.new.get(item.id)
    if new is None:
        reason = reasons.get(item.id) or _GONE
        return item if item.drop else replace(item, vanished=reason)
    known = sides.known(item.id)
    values = {name: _kept(name, known, item, new) for name in ARTICLE_FIELDS}
    return replace(item, **values, vanished=None)


def _added(item: GeneratedItem) -> FileItem:
    return FileItem(id=item.id, section=item.section, title=item.title, teaser=item.teaser)


def _yielding_lead(
    base: Sequence[GeneratedItem] | None, mine: Items, new: Sequence[GeneratedItem]
) -> Sequence[GeneratedItem]:
    """Return *new* without its lead story where the editor made another one the lead.

    An issue has one lead story: digest's own then joins the stories.
    """
    known = _by_id(base or ())
    fresh = _by_id(new)
    by_hand = any(
        item.section == "lead"
        and not (item.drop or item.kind)
        and (item.by == "editor" or (item.id in fresh and fresh[item.id].section != "lead"))
        and (item.by == "editor" or item.id not in known or known[item.id].section != "lead")
        for item in mine
    )
    if not by_hand:
        return new
    return [replace(item, section="stories") if item.section == "lead" else item for item in new]


def _order(sides: _Three) -> list[str]:
    """Return the ids of the result in order."""
    taken = [name for name in sides.new if not sides.deleted(name)]
    return _in_mine(sides, taken) if _reordered(sides) else _in_new(sides, taken)


def _reordered(sides: _Three) -> bool:
    if sides.base is None:
        return True
    common = [name for name, item in sides.base.items() if not item.out and name in sides.mine]
    chosen = set(common)
    return common != [name for name in sides.mine if name in chosen]


def _in_new(sides: _Three, taken: list[str]) -> list[str]:
    """Return the new order, with what only the editor placed behind its neighbour in mine."""
    placed_by_digest = {
        name
        for name in taken
        if name not in sides.mine
        or (sides.mine[name].by == "digest" and sides.known(name) is not None)
    }
    order = [name for name in taken if name in placed_by_digest]
    place = 0
    for name in sides.mine:
        if name not in placed_by_digest:
            order.insert(place, name)
        place = order.index(name) + 1
    return order


def _in_mine(sides: _Three, taken: list[str]) -> list[str]:
    """Return the editor's order, with each new item behind the one that it follows in new.

    The editor's own items stay directly behind their neighbour, so new ones come after them.
    """
    order = list(sides.mine)
    place = 0
    for name in taken:
        if name in sides.mine:
            place = order.index(name) + 1
            continue
        while place < len(order) and _is_own(order[place], sides):
            place += 1
        order.insert(place, name)
        place += 1
    return order


def _is_own(name: str, sides: _Three) -> bool:
    return name in sides.mine and sides.mine[name].by == "editor"


def _next_base(sides: _Three, pins: frozenset[str]) -> Iterable[GeneratedItem]:
    """Yield what is generated now, and then what has to be remembered from before."""
    for name, item in sides.new.items():
        yield replace(item, pinned=name in pins, out=sides.deleted(name))
    for name, item in (sides.base or {}).items():
        if name not in sides.new:
            yield replace(item, pinned=name in pins, out=True)
    for name, own in sides.mine.items():
        if own.by == "digest" and name not in sides.new and sides.known(name) is None:
            yield GeneratedItem(id=name, pinned=name in pins, out=True)


def _notes(item: FileItem, merged: FileItem, sides: _Three) -> Iterable[Note]:
    if item.by == "editor":
        return
    if merged.vanished and not item.vanished:
        hint = "its block stays, and is drawn again when the article is back"
        yield Note(about=item.id, problem=f"left out: {merged.vanished}", hint=hint)
    new = sides.new.get(item.id)
    if new is not None:
        yield from _kept_notes(item.id, (sides.known(item.id), item, new), ARTICLE_FIELDS)


def _kept_notes(
    about: str, three: tuple[object, object, object], names: Sequence[str]
) -> Iterable[Note]:
    """Yield a note for each field that both the editor and digest have changed."""
    for name in names:
        was, own, now = (getattr(side, name, None) for side in three)
        if None not in (was, own, now) and own not in (was, now) and was != now:
            problem = f"kept your {name}"
            yield Note(about=about, problem=problem, hint=f'digest would now write "{now}"')
