"""Rejoin the hard-wrapped lines of a text dump, by their widths and not by their words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from digest.model import Paragraph, ParagraphKind

NARROWEST = 30  # Nobody wraps prose tighter; narrower lines are whole lines.
_UNWRAPPED = 1_000_000_000
_SHORT = 0.6
_LONGEST_HEADING = 120
_CLOSERS = "\"'”’»›)\\]“‘"
_SENTENCE_END = re.compile(rf"[.!?…。！？؟۔।॥։][{_CLOSERS}\s]*$")
_BULLET = re.compile(r"^([-•*–—▪◦‣·●■]|\d{1,2}[.)])\s+(?=\S)")
_OPEN_ENDS = (",", ";", ":", "-", "–", "—")
_LOWER = re.compile(r"^[\"'“„«‚‘(\[–—-]*\s*[^\W\d_]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def ends_sentence(line: str) -> bool:
    """Tell whether *line* ends with a sentence's last mark, quotes and brackets aside."""
    return bool(_SENTENCE_END.search(line[-12:]))


def starts_lower(line: str) -> bool:
    """Tell whether the first letter of *line* is a small one, quotes and dashes aside."""
    match = _LOWER.match(line)
    return match is not None and is_small(line[match.end() - 1])


def is_small(letter: str) -> bool:
    """Tell whether *letter* is a small one of a script in which sentences begin with capitals.

    Georgian letters count as small in Unicode since 11.0, and begin sentences all the same.
    """
    return letter.islower() and not "\u10d0" <= letter <= "\u10ff"


def width_of(lines: Sequence[str]) -> int:
    """Return the width, in characters, at which *lines* were wrapped.

    It is that of the widest line inside a sentence, a lonely outlier aside; very large
    where the lines aren't wrapped at all.
    """
    inside = sorted(
        len(line) for line, after in pairwise(lines) if line and after and not ends_sentence(line)
    )
    if not inside:
        return _UNWRAPPED
    company = max(2, len(inside) // 5)
    shared = (width for width in reversed(inside) if _within(inside, 0.8 * width, width) >= company)
    width = next(shared, inside[-1])
    return width if width >= NARROWEST else _UNWRAPPED


def _within(widths: Sequence[int], least: float, most: int) -> int:
    return bisect_left(widths, most + 1) - bisect_left(widths, least)


def fits(line: str, after: str, width: int) -> bool:
    """Tell whether the first word of *after* would have had room on *line*.

    Where it would, the break between them was made on purpose.
    """
    return len(line) + 1 + len(after.split(" ", 1)[0]) <= width


def join(parts: Sequence[str]) -> str:
    """Return wrapped *parts* as one line. A hyphen at a break stays, without a space."""
    text: list[str] = []
    for part in parts:
        if text and not _glued(text[-1], part):
            text.append(" ")
        text.append(part)
    return "".join(text)


def _glued(before: str, after: str) -> bool:
    if before.endswith("-") and before[-2:-1].isalpha() and after[:1].islower():
        return True
    return bool(_CJK.match(before[-1:]) and _CJK.match(after[:1]))


def paragraphs(lines: Sequence[str]) -> tuple[Paragraph, ...]:
    """Return the paragraphs, list items and subheadings in *lines* ("" is a blank one).

    No paragraph starts or ends inside a sentence: a line that starts with a small letter
    always belongs to what stands above it, also across a blank line.
    """
    width = width_of(lines)
    tallest = max(map(len, lines), default=0)
    short = _SHORT * (width if width < _UNWRAPPED else tallest)
    reflow = _Reflow(width=width, short=min(short, _LONGEST_HEADING))
    reflow.blocks = [block for block in _blocks(lines) if block]
    return tuple(reflow.read())


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line:
            block.append(line)
        elif block:
            yield block
            block = []
    yield block


@dataclass(slots=True, kw_only=True)
class _Reflow:
    """Walk over the lines with one paragraph open at a time."""

    width: int
    short: float
    blocks: list[list[str]] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _kind: ParagraphKind = "text"
    _marker: str = ""  # of the list that the last paragraph belongs to

    def read(self) -> Iterator[Paragraph]:
        """Yield the paragraphs in order."""
        first = True
        for block in self.blocks:
            if self._parts and not self._goes_on(block[0]):
                yield self._closed()
            for number, line in enumerate(block):
                if number and self._parts and self._breaks(line, first=first):
                    first = False
                    yield self._closed()
                self._take(line)
            first = False
        if self._parts:
            yield self._closed()

    def _goes_on(self, line: str) -> bool:
        """Tell whether the sentence before a blank line goes on after it."""
        unfinished = not ends_sentence(self._parts[-1])
        return unfinished and starts_lower(line) and not self._bullet(line)

    def _breaks(self, line: str, *, first: bool) -> bool:
        """Tell whether a new paragraph begins with *line*, which follows without a blank."""
        last = self._parts[-1]
        room = fits(last, line, self.width)
        bullet = self._bullet(line)
        if bullet and (_alike(bullet, self._marker) or room or last.endswith((":", ";"))):
            return True
        if starts_lower(line):
            return False
        if ends_sentence(last):
            return room or len(last) > self.width
        if self._kind == "item":
            return room
        # The first line of all is a lone word now and then, and never a subheading; other
        # first lines of paragraphs may be wrapped some 20 characters earlier than the rest.
        return not first and fits(last, line, int(self.short)) and self._is_heading()

    def _take(self, line: str) -> None:
        bullet = "" if self._parts else self._bullet(line)
        if bullet:
            self._kind, self._marker = "item", bullet
            line = line[len(bullet) :].lstrip()
        self._parts.append(line)

    def _bullet(self, line: str) -> str:
        """Return what marks *line* as an item. A number counts as 1, or after another."""
        match = _BULLET.match(line)
        if not match:
            return ""
        bullet = match[1]
        counts = not bullet[0].isdigit() or int(bullet[:-1]) == 1 or _alike(bullet, self._marker)
        return bullet if counts else ""

    def _is_heading(self) -> bool:
        last = self._parts[-1]
        alone = len(self._parts) == 1 and self._kind == "text" and len(last) < self.short
        return alone and not ends_sentence(last) and not last.endswith(_OPEN_ENDS)

    def _closed(self) -> Paragraph:
        if self._is_heading():
            self._kind = "heading"
        paragraph = Paragraph(text=join(self._parts), kind=self._kind)
        if self._kind != "item":
            self._marker = ""
        self._parts, self._kind = [], "text"
        return paragraph


def _alike(one: str, other: str) -> bool:
    numbers = one[0].isdigit() and other[:1].isdigit()
    return one == other or (numbers and one[-1] == other[-1])
