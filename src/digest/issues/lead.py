"""Give the issue one lead story, as long as there is a story to lead it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from digest.issues.three import Known, Three, kept
from digest.issues.values import FileItem, GeneratedItem


def with_lead(sides: Three, order: Sequence[str], pins: frozenset[str]) -> dict[str, GeneratedItem]:
    """Return what is new with digest's lead story; *order* is that of the next issue file.

    It is the one that was generated, or where the editor left that out the first story
    that remains. Where the editor made another one the lead, digest's own joins the stories.
    """
    lead = None if _is_chosen(sides) else _lead(sides, order, pins)
    return {
        name: replace(item, section="lead" if name == lead else _elsewhere(item))
        for name, item in sides.new.items()
    }


def change(sides: Three, merged: Mapping[str, FileItem]) -> tuple[str, str] | None:
    """Return the ids of digest's last lead and of the one that takes its place, if one does."""
    last = next((item for item in (sides.base or {}).values() if _leads(item)), None)
    now = next((item for item in sides.new.values() if _leads(item)), None)
    if last is None or now is None or last.id == now.id:
        return None
    return (last.id, now.id) if merged[now.id].section == "lead" else None


def _leads(item: GeneratedItem) -> bool:
    return item.section == "lead" and not item.out


def _elsewhere(item: GeneratedItem) -> str | None:
    return "stories" if item.section == "lead" else item.section


def _is_chosen(sides: Three) -> bool:
    """Tell whether the editor made a story the lead that digest doesn't."""
    known = sides.base or {}
    return any(
        item.section == "lead"
        and not (item.drop or item.kind)
        and (item.by == "editor" or _is_no_lead(item.id, sides.new))
        and (item.by == "editor" or item.id not in known or _is_no_lead(item.id, known))
        for item in sides.mine.values()
    )


def _is_no_lead(name: str, items: Known) -> bool:
    return name in items and items[name].section != "lead"


def _lead(sides: Three, order: Sequence[str], pins: frozenset[str]) -> str | None:
    """Return the story that digest makes the lead; a pinned one only where there is no other."""
    free = [name for name in order if _is_free(name, sides)]
    own = [name for name in free if sides.new[name].section == "lead"]
    return next(iter([*own, *(name for name in free if name not in pins), *free]), None)


def _is_free(name: str, sides: Three) -> bool:
    """Tell whether item *name* is a story that is drawn where digest wants it.

    One that the editor put back among the stories counts, because so an issue without a
    lead is asked for; one in a section of the editor's own doesn't.
    """
    new, mine = sides.new.get(name), sides.mine.get(name)
    if new is None or new.section == "news":
        return False
    if mine is None:
        return True
    section = kept("section", sides.known(name), mine, new)
    return not mine.drop and section in ("lead", "stories")
