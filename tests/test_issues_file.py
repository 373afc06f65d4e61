"""The issue file: read as editors leave it, changed in nothing but what has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import KYIV, window
from digest.errors import IssueFileError
from digest.issues.blocks import cut
from digest.issues.file import check_blocks, read
from digest.issues.rewrite import change, fresh
from digest.issues.values import FileIssue, FileItem
from digest.model import Window
from digest.text.plain import clean

WHERE = "issues/2026-01-14/issue.toml"
WINDOW = """
[window]
start = 2026-01-01T00:00:00+02:00
end = 2026-01-15T00:00:00+02:00
timezone = "Europe/Kyiv"
"""
EDITED = (
    '''# The editor's own first line
status = "draft"   # soon
number = 4
subject = "Four"
preheader = "Before"
intro = """
Hello, *all*.
# not a comment
[[items]]
"""
signoff = ""
'''
    + WINDOW
    + """
# About the first
# in two lines
[[items]]
id = "a/1.md"
section = "lead"
title = "First"        # the editor likes it
teaser = "One."

# A remark that stands alone

[[items]]  # a block
by   =   "editor"
title = 'Ours'
text = "**Bold** words"

# About the last
[[items]]
id = "a/2.md"
title = "Second"
teaser = "Two."
drop = true
"""
)
ITEMS = (
    FileItem(id="a/1.md", section="lead", title="First", teaser="One."),
    FileItem(id="editor/ours", by="editor", title="Ours", teaser="**Bold** words"),
    FileItem(id="a/2.md", title="Second", teaser="Two.", drop=True),
)
ISSUE = FileIssue(
    window=window(),
    timezone="Europe/Kyiv",
    number=4,
    subject="Four",
    preheader="Before",
    intro="Hello, *all*.\n# not a comment\n[[items]]",
    signoff="",
    items=ITEMS,
)


def parse(text: str) -> FileIssue:
    return read(text.encode(), WHERE)


def block(text: str) -> str:
    """Return an issue file with one block, the body of which is *text*."""
    return f"{WINDOW.lstrip()}\n[[items]]\n{text}"


def test_an_edited_file_is_read_whole() -> None:
    """Every key an editor may write arrives in the value."""
    assert parse(EDITED) == ISSUE


def test_every_key_of_an_item_is_read() -> None:
    """Address, picture, alt text, section, kind and drop are the editor's to write."""
    text = block(
        'id = "mine"\nkind = "sponsor"\nsection = "Partners"\ntitle = "T"\ntext = "a\\n\\nb"\n'
        'url = "https://a.example/x"\npicture = ""\nalt = ""\ndrop = true\n'
    )
    expected = FileItem(
        id="mine",
        by="editor",
        kind="sponsor",
        section="Partners",
        title="T",
        teaser="a\n\nb",
        url="https://a.example/x",
        picture="",
        alt="",
        drop=True,
    )
    assert parse(text).items == (expected,)


def test_items_of_the_editor_get_names_from_their_words() -> None:
    """Two items of the same title are still two."""
    own = '\n[[items]]\nby = "editor"\ntitle = "Ours"\n'
    note = '\n[[items]]\nkind = "note"\ntext = "—"\n'
    items = parse(WINDOW + own + own + note).items
    assert [item.id for item in items] == ["editor/ours", "editor/ours-2", "editor/note"]


def test_text_is_cleaned_on_the_way_in() -> None:
    """No control character or bidi override of a file gets into an issue."""
    (item,) = parse(block('id = "a"\ntitle = "A\\u001b[31m \\u202eB\\nC"\n')).items
    assert item.title == "A[31m B C"


def test_an_empty_title_of_an_article_is_none() -> None:
    """No story is without a title; an item of the editor's own may be."""
    (item,) = parse(block('id = "a"\ntitle = " "\nteaser = ""\n')).items
    assert item == FileItem(id="a", teaser="")
    (own,) = parse(block('by = "editor"\ntitle = ""\ntext = "Hi"\n')).items
    assert own == FileItem(id="editor/hi", by="editor", title="", teaser="Hi")


def test_a_window_may_leave_its_offset_to_the_timezone() -> None:
    """A time without an offset is a time in the file's timezone."""
    text = WINDOW.replace("+02:00", "")
    assert parse(text).window == window()


MISTAKES = [
    ('status = "draft', ":1: not TOML: "),
    ('statsu = "draft"', ':1: unknown key "statsu" (did you mean "status"?)'),
    ('status = "sent"', ':1: status can\'t be "sent" (there are: draft, approved, published)'),
    ("number = true", ":1: number must be a whole number"),
    ("number = 0", ":1: number must be from 1 to 999999"),
    ("subject = 3", ':1: subject must be text in quotes: "…"'),
    (block('title = "x"'), ":6: an item needs the id of an article (for an item of your own"),
    (block('id = "a"\ntitel = "x"'), ':8: unknown key "titel" (did you mean "title"?)'),
    (block('id = "a"\ntitle = ["x"]'), ":8: title must be text in quotes"),
    (block('id = "a"\ntext = "x"'), ":8: text is for items of your own (did you mean"),
    (block('by = "editor"\nteaser = "x"\ntitle = "y"'), ":8: an item of your own has no teaser"),
    (block('by = "editor"'), ":6: an item of your own needs a title or a text"),
    (block('by = "edtor"\nid = "a"'), ':7: by can\'t be "edtor" (did you mean "editor"?)'),
    (block('kind = "sponser"\ntitle = "x"'), ':7: kind can\'t be "sponser" (did you mean "spon'),
    (block('id = "a"\ndrop = "yes"'), ":8: drop must be true or false"),
    (block('id = "a"\nurl = "javascript:alert(1)"'), ':8: url can\'t be "javascript:alert(1)"'),
    (block('id = "a"\nurl = "https://[x"'), ':8: url can\'t be "https://[x"'),
    (block('id = "a"\nurl = "https://"'), ':8: url can\'t be "https://"'),
    (block('id = "a"\npicture = "data:image/png,x"'), ":8: picture can't be"),
    (block('id = "a"\n\n[[items]]\nid = "a"'), ':10: the id "a" is here twice (the first is on'),
    (block('id = "a"\n<<<<<<< HEAD\nx'), ":8: a git conflict mark stands here (keep one"),
    ("items = [1]", ":1: write each item as an [[items]] block"),
    ("x = " + "[" * 9000, ": not TOML: brackets nested too deep"),
    ("number = " + "9" * 9000, ":1: not TOML: "),
    ("window = 3", ":1: window must be a [window] table"),
    ("status = 'draft'", ":1: no [window] with start and end"),
    ("[window]\nend = 2026-01-15T00:00:00Z", ":1: [window] has no start"),
    ("[window]\nstart = 2026-01-01\n", ":2: start must be a time such as 2026-01-01T00:00:00+"),
    (WINDOW.lstrip().replace("Kyiv", "Kiew"), ':4: unknown timezone "Europe/Kiew" (such as "'),
    (WINDOW.lstrip().replace("Europe/Kyiv", "America"), ':4: unknown timezone "America"'),
    (WINDOW.lstrip().replace("2026-01-01", "0001-01-01"), ":2: start is out of range"),
    (WINDOW.lstrip().replace("01-15", "01-01"), ":3: the window ends before it starts"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES, ids=[text[:30] for text, _ in MISTAKES])
def test_each_mistake_is_named_with_its_line(text: str, message: str) -> None:
    """An editor is led to the line, and to what was probably meant."""
    with pytest.raises(IssueFileError) as caught:
        parse(text)
    assert any(str(problem).startswith(WHERE + message) for problem in caught.value.problems), str(
        caught.value
    )


def test_all_mistakes_are_named_at_once() -> None:
    """Nobody has to build three times to find three mistakes."""
    with pytest.raises(IssueFileError) as caught:
        parse("statsu = 1\nnumber = 0\n" + WINDOW + '\n[[items]]\ntitle = "x"\n')
    lines = [problem.where.rpartition(":")[2] for problem in caught.value.problems]
    assert lines == ["1", "9", "2"]


def test_a_flood_of_mistakes_is_cut_short() -> None:
    """Twenty mistakes are enough to work on."""
    with pytest.raises(IssueFileError) as caught:
        parse("".join(f"x{place} = 1\n" for place in range(5000)) + WINDOW)
    assert len(caught.value.problems) == 20


def test_a_file_that_is_not_text_is_named_with_its_line() -> None:
    """Bytes that are no UTF-8 stop the reading before TOML sees them."""
    with pytest.raises(IssueFileError, match=r"issue\.toml:2: not UTF-8 \(save it as UTF-8\)"):
        read(b"status = 'draft'\nsubject = '\xff'\n", WHERE)


def test_items_inside_brackets_are_refused() -> None:
    """Blocks carry the editor's comments; an inline array can't."""
    text = 'items = [{id = "a"}]\n' + WINDOW
    with pytest.raises(IssueFileError, match=r":1: write each item as an \[\[items\]\] block"):
        check_blocks(text, parse(text), WHERE)


def test_a_file_in_which_nothing_changed_keeps_every_byte() -> None:
    """The text is returned as it came."""
    assert change(EDITED, ISSUE, ISSUE, WHERE) == EDITED


def test_only_the_changed_values_change() -> None:
    """Comments, blank lines and quotes around a new value stay as they were."""
    items = (replace(ITEMS[0], title='New "first"'), *ITEMS[1:])
    after = replace(ISSUE, number=5, items=items, window=window("2026-01-01", "2026-01-15"))
    expected = (
        EDITED.replace('"First"  ', '"New \\"first\\""  ')
        .replace("number = 4", "number = 5")
        .replace("2026-01-15", "2026-01-16")
    )
    assert change(EDITED, ISSUE, after, WHERE) == expected


def test_comments_travel_with_the_block_below_them() -> None:
    """A new order moves each block with the lines above its header, and keeps the spacing."""
    after = replace(ISSUE, items=(ITEMS[2], ITEMS[0], ITEMS[1]))
    top, blocks = cut(EDITED).top, cut(EDITED).blocks
    text = change(EDITED, ISSUE, after, WHERE)
    assert text == top + blocks[2] + "\n" + blocks[0] + blocks[1].rstrip() + "\n"
    assert parse(text) == after


def test_new_items_get_blocks_of_their_own() -> None:
    """A new item goes where it stands in the order, with a blank line around it."""
    new = FileItem(id="a/3.md", section="stories", title="Third", teaser="Three.")
    for place in range(4):
        items = (*ITEMS[:place], new, *ITEMS[place:])
        text = change(EDITED, ISSUE, replace(ISSUE, items=items), WHERE)
        assert parse(text) == replace(ISSUE, items=items)
        assert "\n\n\n" not in text
        assert text.endswith("\n")


def test_vanished_is_written_and_taken_out_again() -> None:
    """Digest's own mark comes and goes without a trace."""
    gone = replace(ISSUE, items=(replace(ITEMS[0], vanished="a draft now"), *ITEMS[1:]))
    text = change(EDITED, ISSUE, gone, WHERE)
    assert parse(text) == gone
    assert change(text, gone, ISSUE, WHERE) == EDITED


def test_keys_that_an_editor_took_out_are_filled_in() -> None:
    """A pin may be an id alone: digest writes the rest below it, also at the file's very end."""
    text = WINDOW + '[[items]]\nid = "a"'
    before = parse(text)
    item = FileItem(id="a", section="stories", title="T", teaser="S")
    after = replace(before, subject="New", items=(item,))
    changed = change(text, before, after, WHERE)
    assert parse(changed) == after
    assert changed.endswith('id = "a"\nsection = "stories"\ntitle = "T"\nteaser = "S"\n')


def test_windows_line_ends_and_a_byte_order_mark_stay() -> None:
    """An editor on Windows gets a file with Windows line ends back."""
    text = "\ufeff" + EDITED.replace("\n", "\r\n")
    before = parse(text)
    new = FileItem(id="a/3.md", title="Third")
    after = replace(before, subject="New", items=(*before.items, new))
    changed = change(text, before, after, WHERE)
    assert parse(changed) == after
    assert changed.startswith("\ufeff# The")
    assert changed.count("\n") == changed.count("\r\n")
    assert "\r\r" not in changed


def test_the_first_block_of_a_windows_file_has_its_line_ends() -> None:
    """A file without items gets its first one in its own line ends."""
    text = WINDOW.replace("\n", "\r\n")
    before = parse(text)
    after = replace(before, items=(FileItem(id="a", title="A"),))
    expected = text + '\r\n[[items]]\r\nid = "a"\r\ntitle = "A"\r\n'
    assert change(text, before, after, WHERE) == expected


def test_a_window_below_the_items_is_still_changed() -> None:
    """Tables may stand in any order."""
    text = '[[items]]\nid = "a"\n' + WINDOW
    before = parse(text)
    after = replace(before, window=window("2026-01-01", "2026-01-20"))
    assert change(text, before, after, WHERE) == text.replace("2026-01-15", "2026-01-21")


def test_a_new_file_explains_itself() -> None:
    """The first file holds every key, with a short word on each."""
    item = FileItem(id="a/1.md", section="lead", title="“First”", teaser='Said "yes".')
    issue = replace(ISSUE, intro="", items=(item,))
    text = fresh(issue, "Black Sea\nBrief", "2026-01-14")
    assert (
        text
        == """\
# Black Sea Brief: the issue of 2026-01-14.
# Change anything here and build again: your words, your order and your comments stay.
# Leave a story out: delete its [[items]] block, or write drop = true in it.
# Bring back an article that was left out: add [[items]] with its id (see report.json).
# Add a story of your own: [[items]] with by = "editor", title, text (Markdown), url, picture, alt.
# Add a labelled block: [[items]] with kind = "sponsor", "event" or "note", title and text.
# Every item may have a url, a picture ("" for none) and its alt text.
# Make a story the lead: write section = "lead" in it.
# A teaser is plain text; text, intro and signoff are Markdown.
status = "draft"        # draft, approved or published
number = 4
subject = "Four"
preheader = "Before"
intro = ""              # Markdown, above the first story
signoff = ""            # Markdown, below the last one

[window]                # start is included, end is not
start = 2026-01-01T00:00:00+02:00
end = 2026-01-15T00:00:00+02:00
timezone = "Europe/Kyiv"

[[items]]
id = "a/1.md"
section = "lead"
title = "“First”"
teaser = "Said \\"yes\\"."
"""
    )
    assert parse(text) == issue


def test_a_window_of_long_ago_can_be_written() -> None:
    """Offsets of 1900 have seconds, which TOML can't write."""
    old = Window(start=datetime(1900, 1, 1, tzinfo=KYIV), end=window().end)
    assert parse(fresh(replace(ISSUE, window=old), "N", "s")).window == old


words = st.text(max_size=20).map(clean)
file_items = st.builds(
    FileItem,
    id=words.filter(bool),
    section=words.filter(bool),
    title=words.filter(bool),
    teaser=words,
    vanished=st.none() | words.filter(bool),
)
file_issues = st.builds(
    FileIssue,
    window=st.just(window()),
    timezone=st.just("Europe/Kyiv"),
    number=st.integers(1, 999),
    subject=words,
    preheader=words,
    intro=words,
    signoff=words,
    items=st.lists(file_items, max_size=5, unique_by=lambda item: item.id).map(tuple),
)


@given(file_issues)
def test_what_is_written_is_what_is_read(issue: FileIssue) -> None:
    """Any words survive the way into a new file and back."""
    assert parse(fresh(issue, "N", "s")) == issue


@given(file_issues, file_issues)
def test_any_change_can_be_written(before: FileIssue, other: FileIssue) -> None:
    """A changed file says exactly what it should, whatever changed."""
    text = fresh(before, "N", "s")
    theirs = {item.id: item for item in other.items}
    rest = tuple(item for item in before.items if item.id not in theirs)
    after = replace(other, items=(*other.items, *rest))
    assert parse(change(text, before, after, WHERE)) == after


@given(st.lists(st.sampled_from(['"', "'", "#", "[[items]]", "\n", "a", " ", "=", "\\"])))
def test_cut_text_joins_to_the_same_text(pieces: list[str]) -> None:
    """No byte is lost between the blocks."""
    text = "".join(pieces)
    parts = cut(text)
    assert parts.top + "".join(parts.blocks) == text
