"""The three-way merge: a person's change always survives, and digest's own news come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from digest.issues.merge import MergedItems, Note, merge_items, merge_words, pinned
from digest.issues.values import FileItem, GeneratedItem, Words

REASONS = {"b": "a draft now"}
SPONSOR = FileItem(id="ad", by="editor", kind="sponsor", title="Ad")


def news(*ids: str, **titles: str) -> tuple[GeneratedItem, ...]:
    """Return generated items, the first of them the lead; titles are the ids unless given."""
    return tuple(
        GeneratedItem(
            id=name,
            section="stories" if place else "lead",
            title=titles.get(name, name.upper()),
            teaser=f"{name}.",
        )
        for place, name in enumerate(ids)
    )


def built(*ids: str) -> MergedItems:
    """Return what the first build of an issue leaves behind."""
    return merge_items(None, (), news(*ids), {})


def ids(merged: MergedItems) -> str:
    return " ".join(item.id for item in merged.items)


def by_id(merged: MergedItems) -> dict[str, FileItem]:
    return {item.id: item for item in merged.items}


def test_the_first_build_takes_everything() -> None:
    """Without a file the result is what digest generates."""
    merged = built("a", "b")
    assert merged == MergedItems(
        items=(
            FileItem(id="a", section="lead", title="A", teaser="a."),
            FileItem(id="b", section="stories", title="B", teaser="b."),
        ),
        base=news("a", "b"),
    )


def test_what_nobody_changed_follows_digest() -> None:
    """A title that still is digest's own becomes the new one."""
    before = built("a", "b")
    after = merge_items(before.base, before.items, news("a", "b", a="New"), {})
    assert (by_id(after)["a"].title, after.notes) == ("New", ())


def test_a_changed_title_stays_and_the_new_one_is_told() -> None:
    """The editor's words win, and the editor hears what digest would write."""
    before = built("a")
    mine = (replace(before.items[0], title="Mine"),)
    after = merge_items(before.base, mine, news("a", a="New"), {})
    note = Note(about="a", problem="kept your title", hint='digest would now write "New"')
    assert (after.items, after.notes) == (mine, (note,))


def test_a_line_that_the_editor_took_out_is_written_again() -> None:
    """A missing title is not an empty one: digest's own stands."""
    before = built("a")
    after = merge_items(before.base, [replace(before.items[0], title=None)], news("a"), {})
    assert after.items == before.items


def test_new_articles_come_in_where_digest_has_them() -> None:
    """With the order untouched, the result has digest's order."""
    before = built("b", "d")
    after = merge_items(before.base, before.items, news("a", "b", "c", "d"), {})
    assert ids(after) == "a b c d"


def test_the_editors_order_stays_and_new_articles_join_their_neighbours() -> None:
    """A new article stands behind the one that it follows in digest's order."""
    before = built("b", "d")
    after = merge_items(before.base, before.items[::-1], news("a", "b", "c", "d", "e"), {})
    assert ids(after) == "a d e b c"


def test_editors_items_stay_behind_their_neighbour() -> None:
    """A block stays in its place whichever order wins."""
    before = built("b", "d")
    b, d = before.items
    new = news("a", "b", "c", "d")
    assert ids(merge_items(before.base, (b, SPONSOR, d), new, {})) == "a b ad c d"
    assert ids(merge_items(before.base, (SPONSOR, b, d), new, {})) == "ad a b c d"
    assert ids(merge_items(before.base, (d, b, SPONSOR), new, {})) == "a d b ad c"


def test_deleted_stays_deleted() -> None:
    """What the editor took out doesn't come back, however often it is generated."""
    before = built("a", "b")
    after = merge_items(before.base, before.items[:1], news("a", "b", "c"), {})
    again = merge_items(after.base, after.items, news("a", "b", "c"), {})
    assert (ids(after), ids(again)) == ("a c", "a c")


def test_vanished_stays_in_the_file_and_comes_back_with_the_editors_words() -> None:
    """An outage of a source costs no editor's work."""
    before = built("a", "b")
    mine = (before.items[0], replace(before.items[1], title="Mine"))
    gone = merge_items(before.base, mine, news("a"), REASONS)
    back = merge_items(gone.base, gone.items, news("a", "b"), REASONS)
    hint = "its block stays, and is drawn again when the article is back"
    assert gone.items == (mine[0], replace(mine[1], vanished="a draft now"))
    assert gone.notes == (Note(about="b", problem="left out: a draft now", hint=hint),)
    assert back.items == mine
    assert pinned(gone.items, gone.base) == frozenset()


def test_ids_that_the_editor_wrote_are_pins_and_stay_pins() -> None:
    """An article is pinned by its id alone, as long as its block stands."""
    before = built("a")
    mine = (*before.items, FileItem(id="old"))
    assert pinned(mine, before.base) == {"old"}
    after = merge_items(before.base, mine, news("a", "old"), {})
    assert after.items[1] == FileItem(id="old", section="stories", title="OLD", teaser="old.")
    assert pinned(after.items, after.base) == {"old"}
    assert pinned(after.items[:1], after.base) == frozenset()


def test_a_pin_that_can_not_be_read_stays_a_pin() -> None:
    """The article joins the issue once its source is back."""
    before = built("a")
    missing = merge_items(before.base, (*before.items, FileItem(id="old")), news("a"), {})
    assert missing.items[1] == FileItem(id="old", vanished="no article with this id was read")
    assert pinned(missing.items, missing.base) == {"old"}


def test_writing_a_vanished_article_back_pins_it() -> None:
    """An editor brings an article back by its block, or by taking "vanished" out."""
    before = built("a", "b", "c")
    gone = merge_items(before.base, before.items[:2], news("a"), REASONS)
    assert ids(gone) == "a b"
    mine = (gone.items[0], replace(gone.items[1], vanished=None), FileItem(id="c"))
    assert pinned(mine, gone.base) == {"b", "c"}


def test_writing_back_what_only_the_editor_kept_out_is_no_pin() -> None:
    """Deleted and restored is as if never deleted, so a later draft is taken out."""
    before = built("a", "b")
    gone = merge_items(before.base, before.items[:1], news("a", "b"), {})
    mine = (*gone.items, FileItem(id="b"))
    assert pinned(mine, gone.base) == frozenset()
    back = merge_items(gone.base, mine, news("a", "b"), {})
    assert (back.items, back.base) == (before.items, before.base)


def test_a_pin_is_still_one_when_its_id_was_mistyped_for_a_while() -> None:
    """The corrected block may still hold the mark that the mistyped one was given."""
    before = built("a")
    pin = merge_items(before.base, (*before.items, FileItem(id="old")), news("a", "old"), {})
    slip = (pin.items[0], replace(pin.items[1], id="odl"))
    gone = merge_items(pin.base, slip, news("a"), {})
    mended = (gone.items[0], replace(gone.items[1], id="old"))
    assert gone.items[1].vanished == "no article with this id was read"
    assert pinned(mended, gone.base) == {"old"}
    assert merge_items(gone.base, mended, news("a", "old"), {}).items == pin.items


def test_a_lead_of_the_editors_choice_is_the_only_lead() -> None:
    """Digest's own lead joins the stories, until the editor's choice is gone."""
    before = built("a", "b")
    mine = (before.items[0], replace(before.items[1], section="lead"))
    chosen = merge_items(before.base, mine, news("n", "a", "b"), {})
    dropped = (*chosen.items[:2], replace(chosen.items[2], drop=True))
    free = merge_items(chosen.base, dropped, news("n", "a", "b"), {})
    assert [item.section for item in chosen.items] == ["stories", "stories", "lead"]
    assert [item.section for item in free.items] == ["lead", "stories", "lead"]


def test_without_a_base_the_editors_file_wins() -> None:
    """Where report.json is lost nothing of the file is, and new articles are taken in."""
    mine = (
        FileItem(id="b", section="stories", title="Mine", teaser="b."),
        FileItem(id="a", section="lead", title="A", teaser="old"),
    )
    after = merge_items(None, mine, news("a", "b", "c"), {})
    assert after.items[::2] == (mine[0], mine[1])
    assert ids(after) == "b c a"
    assert pinned(mine, None) == {"a", "b"}


def test_the_words_of_the_issue_merge_like_those_of_an_item() -> None:
    """Subject, preheader, intro and sign-off follow the same rule."""
    base = Words(subject="S1", preheader="P1", intro="", signoff="")
    mine = Words(subject="Mine", preheader="P1", intro="Hi", signoff=None)
    new = Words(subject="S2", preheader="P2", intro="", signoff="")
    note = Note(about="", problem="kept your subject", hint='digest would now write "S2"')
    expected = Words(subject="Mine", preheader="P2", intro="Hi", signoff="")
    assert merge_words(base, mine, new) == (expected, (note,))


names = st.lists(st.sampled_from("abcdefg"), unique=True)
titles = st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from(["X", "Y"]))
generated = st.builds(lambda order, own: news(*order, **own), names, titles)
edited_words: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["X", "Mine", ""]),
        "teaser": st.just("My teaser"),
        "section": st.sampled_from(["lead", "stories", "In depth"]),
        "url": st.just("https://a.example/"),
        "drop": st.just(True),
    },
)


@st.composite
def edited(draw: st.DrawFn, items: Sequence[FileItem]) -> tuple[FileItem, ...]:
    """Return *items* as an editor may leave them: changed, moved, deleted, added to."""
    kept = [item for item in items if draw(st.integers(0, 4))]
    mine = [replace(item, **draw(edited_words)) if draw(st.booleans()) else item for item in kept]
    if draw(st.booleans()):
        mine = draw(st.permutations(mine))
    for own in draw(st.sampled_from([(), (SPONSOR,), (FileItem(id="g"), SPONSOR)])):
        if own.id not in {item.id for item in mine}:
            mine.insert(draw(st.integers(0, len(mine))), own)
    return tuple(mine)


@st.composite
def histories(
    draw: st.DrawFn,
) -> tuple[tuple[GeneratedItem, ...] | None, tuple[FileItem, ...], tuple[FileItem, ...]]:
    """Return a base, the file as it was written with it, and as the editor left it since."""
    base: tuple[GeneratedItem, ...] | None = None
    written: tuple[FileItem, ...] = ()
    mine: tuple[FileItem, ...] = ()
    for new in draw(st.lists(generated, max_size=3)):
        merged = merge_items(base, mine, new, REASONS)
        base, written = merged.base, merged.items
        mine = draw(edited(written))
    return (None if draw(st.integers(0, 5)) == 0 else base), written, mine


@given(histories(), generated)
def test_merging_the_result_again_changes_nothing(
    history: tuple[tuple[GeneratedItem, ...] | None, tuple[FileItem, ...], tuple[FileItem, ...]],
    new: tuple[GeneratedItem, ...],
) -> None:
    """A second build with the same articles writes the same files, and has nothing to say."""
    base, _, mine = history
    once = merge_items(base, mine, new, REASONS)
    twice = merge_items(once.base, once.items, new, REASONS)
    assert twice == replace(once, notes=())
    assert pinned(once.items, once.base) == pinned(twice.items, twice.base)


@given(st.lists(generated, min_size=1, max_size=4))
def test_with_no_editor_the_result_is_what_is_generated(
    builds: list[tuple[GeneratedItem, ...]],
) -> None:
    """Whatever came, went and came back: readers get digest's newest issue."""
    merged = MergedItems(items=(), base=())
    for new in builds:
        merged = merge_items(merged.base, merged.items, new, REASONS)
        shown = tuple(
            GeneratedItem(id=item.id, section=item.section, title=item.title, teaser=item.teaser)
            for item in merged.items
            if item.vanished is None
        )
        assert shown == new


@given(histories(), generated)
def test_every_change_of_the_editor_survives(
    history: tuple[tuple[GeneratedItem, ...] | None, tuple[FileItem, ...], tuple[FileItem, ...]],
    new: tuple[GeneratedItem, ...],
) -> None:
    """Words, deletions, drops and own items are in the result.

    Only a value that is digest's own of the last build again counts as unchanged.
    """
    base, written, mine = history
    merged = by_id(merge_items(base, mine, new, REASONS))
    was = {item.id: item for item in written}
    last = {item.id: item for item in base or ()}
    for item in mine:
        for name in ("section", "title", "teaser", "url", "drop", "by", "kind"):
            value = getattr(item, name)
            digests = (
                getattr(was.get(item.id), name, None),
                getattr(last.get(item.id), name, None),
            )
            if value is not None and value not in digests:
                assert getattr(merged[item.id], name) == value
    if base is not None:
        assert not {item.id for item in written} - {item.id for item in mine} & merged.keys()


@given(histories(), generated)
def test_nothing_is_lost_and_nothing_is_twice(
    history: tuple[tuple[GeneratedItem, ...] | None, tuple[FileItem, ...], tuple[FileItem, ...]],
    new: tuple[GeneratedItem, ...],
) -> None:
    """Each item of the file and each generated one that wasn't deleted is there, once."""
    base, _, mine = history
    merged = [item.id for item in merge_items(base, mine, new, REASONS).items]
    own = {item.id for item in mine}
    deleted = {item.id for item in base or ()} - own
    assert sorted(merged) == sorted(own | ({item.id for item in new} - deleted))


@given(histories(), generated)
def test_an_order_of_the_editor_is_kept(
    history: tuple[tuple[GeneratedItem, ...] | None, tuple[FileItem, ...], tuple[FileItem, ...]],
    new: tuple[GeneratedItem, ...],
) -> None:
    """Once the articles stand in another order than digest's, theirs is the order."""
    base, _, mine = history
    own = [item.id for item in mine]
    in_base = [item.id for item in base or () if not item.out and item.id in own]
    merged = [item.id for item in merge_items(base, mine, new, REASONS).items]
    if base is None or in_base != [name for name in own if name in in_base]:
        assert [name for name in merged if name in own] == own
