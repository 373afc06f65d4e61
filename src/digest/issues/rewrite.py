"""Write ``issue.toml``: new, or changed in nothing but what has changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from digest.errors import IssueFileError
from digest.issues.blocks import cut
from digest.issues.values import ARTICLE_FIELDS, WORDS, FileIssue, FileItem
from digest.text.plain import clean

_TOP = """\
# {name}: the issue of {slug}.
# Change anything here and build again: your words, your order and your comments stay.
# Leave a story out: delete its [[items]] block, or write drop = true in it.
# Bring back an article that was left out: add [[items]] with its id (see report.json).
# Add a story of your own: [[items]] with by = "editor", title, text (Markdown), url, picture, alt.
# Add a labelled block: [[items]] with kind = "sponsor", "event" or "note", title and text.
# Every item may have a url, a picture ("" for none) and its alt text.
# Make a story the lead: write section = "lead" in it.
# A teaser is plain text; text, intro and signoff are Markdown.
status = {status}        # draft, approved or published
number = {number}
subject = {subject}
preheader = {preheader}
intro = {intro}              # Markdown, above the first story
signoff = {signoff}            # Markdown, below the last one

[window]                # start is included, end is not
"""


def fresh(issue: FileIssue, name: str, slug: str) -> str:
    """Return a new issue file that says what *issue* says; *name* is the publication's."""
    values = {key: _toml(getattr(issue, key) or "") for key in (*WORDS, "status")}
    top = _TOP.format(name=clean(name), slug=slug, number=issue.number, **values)
    window = "".join(f"{key} = {_toml(value)}\n" for key, value in _window(issue).items())
    return "\n".join((top + window, *(_block(item) for item in issue.items)))


def change(text: str, before: FileIssue, after: FileIssue, where: str) -> str:
    """Return the issue file *text*, which says *before*, so that it says *after*.

    Blocks are moved with the comments above them; every other byte stays. Items of
    *before* are never taken out, and an editor's own items are never changed.

    Raises:
        IssueFileError: if the text is beyond what can be changed safely.
    """
    if before == after:
        return text
    parts = cut(text)
    try:
        top, *blocks = _with_window((parts.top, *parts.blocks), before, after)
        top = _changed(top, (), _differences(before, after, (*WORDS, "number")))
        pieces = dict(zip((item.id for item in before.items), blocks, strict=True))
        written = list(_item_blocks(pieces, before, after, _line_end(text)))
    except (ValueError, KeyError) as error:  # what tomlkit's own errors are
        raise IssueFileError(where, f"can't be changed safely: {clean(str(error))}") from error
    return _joined(top, written, [_gap(block) for block in blocks])


def _item_blocks(
    pieces: Mapping[str, str], before: FileIssue, after: FileIssue, line_end: str
) -> Iterator[str]:
    was = {item.id: item for item in before.items}
    for item in after.items:
        if item.id not in was:
            yield _block(item).replace("\n", line_end)
        elif item.by == "editor":
            yield pieces[item.id]
        else:
            keys = (*ARTICLE_FIELDS, "vanished")
            yield _changed(pieces[item.id], ("items",), _differences(was[item.id], item, keys))


def _with_window(blocks: tuple[str, ...], before: FileIssue, after: FileIssue) -> tuple[str, ...]:
    """Return *blocks* with the new window in the one that holds the ``[window]`` table."""
    old, new = _window(before), _window(after)
    values = {key: value for key, value in new.items() if old.get(key) != value}
    if not values:
        return blocks
    import tomlkit  # only where a file changes: it takes 30 ms to import

    holds = ["window" in tomlkit.parse(block.removeprefix("\ufeff")) for block in blocks]
    return tuple(
        _changed(block, ("window",), values) if here else block
        for block, here in zip(blocks, holds, strict=True)
    )


def _window(issue: FileIssue) -> dict[str, Any]:
    times: dict[str, Any] = {"start": issue.window.start, "end": issue.window.end}
    return times | ({"timezone": issue.timezone} if issue.timezone else {})


def _differences(before: object, after: object, keys: tuple[str, ...]) -> dict[str, Any]:
    values = {key: getattr(after, key) for key in keys}
    return {key: value for key, value in values.items() if getattr(before, key) != value}


def _changed(block: str, path: tuple[str, ...], values: Mapping[str, Any]) -> str:
    """Return *block* with *values* set in its table at *path*; ``None`` takes a key out."""
    if not values:
        return block
    import tomlkit  # only where a file changes: it takes 30 ms to import

    gap = _gap(block)
    body = block[: len(block) - len(gap)]
    mark = "\ufeff" if body.startswith("\ufeff") else ""
    lines = body.removeprefix(mark)
    document = tomlkit.parse(lines if lines.endswith("\n") else lines + "\n")
    table: Any = document
    for key in path:
        table = table[key][0] if key == "items" else table[key]
    for key, value in values.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = tomlkit.value(_toml(value))
    lines = tomlkit.dumps(document).replace("\r\n", "\n")
    return mark + lines.replace("\n", _line_end(block)) + gap


def _line_end(*blocks: str) -> str:
    return "\r\n" if any("\r\n" in block for block in blocks) else "\n"


def _gap(block: str) -> str:
    """Return the blank lines at the end of *block*."""
    stripped = block.rstrip()
    return block[len(stripped) :].partition("\n")[2]


def _joined(top: str, blocks: list[str], gaps: list[str]) -> str:
    """Return one text. Blank lines keep their place in the file, whatever block is there."""
    end = _line_end(top, *blocks)
    if blocks and not gaps:
        top, gaps = top.rstrip() + end + end, [""]
    places = [*gaps[:-1], *[end] * (len(blocks) - len(gaps)), *gaps[-1:]]
    text = top
    for block, gap in zip(blocks, places, strict=True):
        body = block[: len(block) - len(_gap(block))]
        text += ("" if not text or text.endswith("\n") else end) + body + gap
    return text


def _block(item: FileItem) -> str:
    keys = ("id", *ARTICLE_FIELDS, "vanished")
    written = {key: getattr(item, key) for key in keys}
    lines = (f"{key} = {_toml(value)}\n" for key, value in written.items() if value is not None)
    return "[[items]]\n" + "".join(lines)


def _toml(value: str | int | datetime) -> str:
    if isinstance(value, str):  # JSON's escapes are TOML's, which wants DEL escaped as well
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, datetime):  # offsets before about 1920 have seconds; TOML's have not
        odd = (value.utcoffset() or timedelta()) % timedelta(minutes=1)
        return (value.astimezone(UTC) if odd else value).isoformat()
    return str(value)
