"""The lead story: one, digest's own choice, or the editor's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from digest.issues.merge import MergedItems, Note, merge_items
from digest.issues.values import FileItem, GeneratedItem

HINT = 'for another one write section = "lead" in its block'


def generated(ids: str, lead: str = "") -> tuple[GeneratedItem, ...]:
    """Return stories, the lead the first if not another; what is in upper case is news."""
    return tuple(
        GeneratedItem(id=name, section=_section(name, lead or ids[:1]), title=name * 2, teaser="")
        for name in ids
    )


def _section(name: str, lead: str) -> str:
    return "news" if name.isupper() else "lead" if name == lead else "stories"


def edited(merged: MergedItems, **changes: dict[str, Any]) -> tuple[FileItem, ...]:
    """Return the file with the changes of some items by id; ``{}`` deletes one."""
    kept = [item for item in merged.items if changes.get(item.id) != {}]
    return tuple(replace(item, **changes.get(item.id, {})) for item in kept)


def build(last: MergedItems, mine: tuple[FileItem, ...], ids: str, lead: str = "") -> MergedItems:
    """Merge, and once more, which must change nothing."""
    merged = merge_items(last.base, mine, generated(ids, lead), {})
    again = merge_items(merged.base, merged.items, generated(ids, lead), {})
    assert again == replace(merged, notes=())
    return merged


def sections(merged: MergedItems) -> dict[str, str | None]:
    return {item.id: item.section for item in merged.items if not (item.drop or item.vanished)}


FIRST = merge_items(None, (), generated("abcN"), {})


def test_without_the_lead_the_first_remaining_story_leads() -> None:
    """Deleted or dropped, also both one after the other, but never a headline."""
    dropped = build(FIRST, edited(FIRST, a={"drop": True}), "abcN")
    assert sections(dropped) == {"b": "lead", "c": "stories", "N": "news"}
    deleted = build(dropped, edited(dropped, b={}), "abcN")
    assert sections(deleted) == {"c": "lead", "N": "news"}
    none = build(deleted, edited(deleted, c={}), "abcN")
    assert sections(none) == {"N": "news"}


def test_the_first_story_is_the_first_of_the_editors_order() -> None:
    """What the reader would see first."""
    a, b, c, news = FIRST.items
    moved = build(FIRST, (a, c, b, news), "abcN")
    dropped = build(moved, edited(moved, a={"drop": True}), "abcN")
    assert sections(dropped) == {"c": "lead", "b": "stories", "N": "news"}


def test_a_lead_that_comes_back_leads_again() -> None:
    """Digest's own choices follow digest."""
    dropped = build(FIRST, edited(FIRST, a={"drop": True}), "abcN")
    back = build(dropped, edited(dropped, a={"drop": False}), "abcN")
    assert back == FIRST


def test_a_lead_put_among_the_stories_by_hand_stays_there() -> None:
    """So an editor asks for an issue without a lead, and one of two leads is enough."""
    flat = build(FIRST, edited(FIRST, a={"section": "stories"}), "abcN")
    assert sections(flat) == {"a": "stories", "b": "stories", "c": "stories", "N": "news"}
    dropped = build(FIRST, edited(FIRST, a={"drop": True}), "abcN")
    kept = build(dropped, edited(dropped, b={"section": "stories"}), "abcN")
    assert sections(kept) == {"b": "stories", "c": "stories", "N": "news"}


def test_a_lead_moved_to_a_section_of_the_editors_makes_room() -> None:
    """The next story leads."""
    moved = build(FIRST, edited(FIRST, a={"section": "In depth"}), "abcN")
    assert sections(moved) == {"a": "In depth", "b": "lead", "c": "stories", "N": "news"}


def test_a_lead_of_the_editors_own_is_enough() -> None:
    """Nothing of digest's takes its place, also when digest's own lead is deleted."""
    own = FileItem(id="own", by="editor", section="lead", title="Ours", teaser="")
    merged = build(FIRST, (own, *edited(FIRST, a={})), "abcN")
    assert sections(merged) == {"own": "lead", "b": "stories", "c": "stories", "N": "news"}


def test_a_pinned_story_leads_only_where_it_is_alone() -> None:
    """Wherever the editor put it."""
    mine = (FileItem(id="p"), *edited(FIRST, a={"drop": True}))
    pin = build(FIRST, mine, "pabcN", lead="a")
    assert sections(pin) == {"p": "stories", "b": "lead", "c": "stories", "N": "news"}
    alone = build(pin, edited(pin, b={}, c={}), "pabcN", lead="a")
    assert sections(alone) == {"p": "lead", "N": "news"}
    more = build(alone, alone.items, "pdabcN", lead="d")
    assert sections(more) == {"p": "stories", "d": "lead", "N": "news"}


def test_a_new_lead_is_told_where_the_editor_worked_on_the_old_one() -> None:
    """A changed title or order is work on what the issue is about; else digest is silent."""
    told = (Note(about="n", problem="new lead: nn", hint=HINT),)
    titled = build(FIRST, edited(FIRST, a={"title": "Mine"}), "abcN")
    assert build(titled, titled.items, "nabcN").notes == told
    teased = build(FIRST, edited(FIRST, a={"teaser": "Mine"}), "nabcN")
    assert teased.notes == told
    a, b, c, news = FIRST.items
    assert build(FIRST, (a, c, b, news), "nabcN").notes == told
    assert build(FIRST, edited(FIRST, b={"title": "Mine"}), "nabcN").notes == ()


def test_a_lead_of_the_editors_choice_is_no_news() -> None:
    """Nobody has to be told what they wrote."""
    mine = edited(FIRST, a={"title": "Mine"}, b={"section": "lead"})
    assert build(FIRST, mine, "nabcN").notes == ()
