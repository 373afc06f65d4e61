"""The order of an issue: digest's, until the editor wants another, and then for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digest.issues.merge import MergedItems, merge_items
from digest.issues.values import FileItem, GeneratedItem

ALL = "abcde"


def generated(ids: str) -> tuple[GeneratedItem, ...]:
    return tuple(GeneratedItem(id=name, section="stories", title=name, teaser="") for name in ids)


def build(
    last: MergedItems | None, ids: str, mine: Sequence[FileItem] | None = None
) -> MergedItems:
    """Build with what *last* left, in which the editor's file is *mine* if it was changed."""
    if last is None:
        return merge_items(None, (), generated(ids), {})
    return merge_items(last.base, last.items if mine is None else mine, generated(ids), {})


def order(merged: MergedItems) -> str:
    return "".join(item.id for item in merged.items)


def in_order(merged: MergedItems, ids: str) -> tuple[FileItem, ...]:
    items = {item.id: item for item in merged.items}
    return tuple(items[name] for name in ids)


def test_a_block_that_is_pasted_back_stays_where_it_was_pasted() -> None:
    """Deleting and pasting is how many people move things, with or without a build between."""
    first = build(None, ALL)
    gone = build(first, ALL, first.items[:4])
    a, *rest = gone.items
    back = build(gone, ALL, (a, first.items[4], *rest))
    assert order(back) == "aebcd"
    assert order(build(back, "xabcde")) == "xaebcd"


def test_an_article_that_vanished_comes_back_where_the_editor_had_it() -> None:
    """An outage of a source costs no editor's order."""
    first = build(None, ALL)
    moved = build(first, ALL, in_order(first, "aebcd"))
    gone = build(moved, "abcd")
    assert order(gone) == "aebcd"
    assert order(build(build(gone, "abcd"), ALL)) == "aebcd"


def test_a_vanished_block_may_be_moved() -> None:
    """It comes back where the editor left it."""
    first = build(None, ALL)
    gone = build(first, "acde")
    assert order(build(gone, ALL, in_order(gone, "acdeb"))) == "acdeb"


def test_an_article_that_nobody_moved_comes_back_where_digest_has_it() -> None:
    """Also behind what came in meanwhile."""
    gone = build(build(None, ALL), "acde")
    assert order(gone) == ALL
    assert order(build(gone, "anbcde")) == "anbcde"


def test_a_mistyped_id_costs_no_order() -> None:
    """The corrected block stays where it is, though it holds the mark of the mistyped one."""
    first = build(None, ALL)
    moved = build(first, ALL, in_order(first, "aebcd"))
    slip = tuple(replace(item, id="x") if item.id == "e" else item for item in moved.items)
    gone = build(moved, ALL, slip)
    assert order(gone) == "axbcd"
    mended = tuple(replace(item, id="e") if item.id == "x" else item for item in gone.items)
    assert order(build(gone, ALL, mended)) == "aebcd"


@given(st.permutations(ALL), st.lists(st.sets(st.sampled_from(ALL)), max_size=4))
def test_whatever_vanishes_and_comes_back_the_order_is_the_editors(
    wanted: list[str], outages: list[set[str]]
) -> None:
    """Neither one outage nor several after another change what the editor arranged."""
    first = build(None, ALL)
    merged = build(first, ALL, in_order(first, "".join(wanted)))
    for outage in outages:
        merged = build(merged, "".join(name for name in ALL if name not in outage))
        assert order(merged) == "".join(wanted)
    assert order(build(merged, ALL)) == "".join(wanted)


@given(st.sampled_from(ALL), st.integers(0, 4), st.booleans())
def test_wherever_a_deleted_block_is_pasted_it_stays(name: str, place: int, taken: bool) -> None:
    """Whether digest would still take the article while its block is gone, or not."""
    first = build(None, ALL)
    (block,) = in_order(first, name)
    without = ALL.replace(name, "")
    gone = build(first, ALL if taken else without, in_order(first, without))
    mine = list(gone.items)
    mine.insert(place, block)
    back = build(gone, ALL, mine)
    assert order(back) == without[:place] + name + without[place:]
    assert order(build(back, ALL)) == order(back)
