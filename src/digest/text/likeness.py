"""Tell how much of one text stands in another, from the texts or from short sketches of them.

A text is the set of its runs of three words. What two sets share, and of which of them it is
how much, survives another title, a changed word in fifty and a missing end.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
import unicodedata
import zlib
from array import array
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from digest.model import Article

WORDS_IN_RUN = 3
SKETCH = 128  # hashes; the estimate is right to within 0.05 (one standard deviation)
LONGEST = 100_000  # characters; what comes after says nothing new about whose text it is

Runs = AbstractSet[int]
_EIGHT = struct.Struct(">8I")

# Scripts without spaces between words count each character for a word.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")


def runs(article: Article) -> frozenset[int]:
    """Return the hashes of all runs of three words in the text of *article*.

    The title is not part of it, because a reprint changes it first. The hashes are the same
    on every machine and in every version of Python.
    """
    text = " ".join(paragraph.text for paragraph in article.body)[:LONGEST]
    found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    joined = map(" ".join, zip(found, found[1:], found[2:], strict=False))
    return frozenset(zlib.crc32(run.encode("utf-8", "replace")) for run in joined)


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """A text by the number of its runs and the smallest of their mixed hashes.

    Source: Broder, "On the resemblance and containment of documents" (1997), section 4.
    """

    size: int
    smallest: tuple[int, ...]

    @cached_property
    def as_set(self) -> frozenset[int]:
        """Return the hashes for looking them up."""
        return frozenset(self.smallest)


def sketch(found: Runs) -> Sketch:
    """Return the sketch of the runs *found*."""
    smallest = nsmallest(SKETCH, {_mixed(run) for run in found})
    return Sketch(size=len(found), smallest=tuple(smallest))


def to_text(sketch: Sketch) -> str:
    """Return *sketch* as one line of ASCII for a file: "412:" and the hashes in base64."""
    packed = b"".join(value.to_bytes(4, "big") for value in sketch.smallest)
    return f"{sketch.size}:{base64.b64encode(packed).decode('ascii')}"


def from_text(text: str) -> Sketch | None:
    """Return the sketch that *text* holds, ``None`` where it holds none."""
    size, _, packed = text.partition(":")
    try:
        values = array("I", base64.b64decode(packed, validate=True))
        count = int(size)
    except (ValueError, binascii.Error):
        return None
    if not 0 < len(values) <= count:
        return None
    if not _is_big():
        values.byteswap()
    return Sketch(size=count, smallest=tuple(values))


def first_hashes(text: str) -> tuple[int, ...]:
    """Return the eight smallest hashes of the sketch *text*, quickly; none where it is broken.

    A copy has one of them with 99.9 %, so a sketch without any is another text.
    """
    try:
        return _EIGHT.unpack_from(binascii.a2b_base64(text.partition(":")[2][:44]))
    except (ValueError, struct.error):
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """How much of the older and of the newer text stands in the other, from 0 to 1."""

    of_older: float
    of_newer: float

    @property
    def most(self) -> float:
        """Return the share of the text of which more stands in the other."""
        return max(self.of_older, self.of_newer)


NOTHING = Shared(of_older=0.0, of_newer=0.0)


def compare(older: Runs, newer: Runs) -> Shared:
    """Return what the two sets of runs share, exactly."""
    both = len(older & newer)
    if not both:
        return NOTHING
    return Shared(of_older=both / len(older), of_newer=both / len(newer))


def compare_sketches(older: Sketch, newer: Sketch) -> Shared:
    """Return what the two texts share, as their sketches let one estimate it."""
    union = nsmallest(SKETCH, older.as_set | newer.as_set)
    alike = sum(value in older.as_set and value in newer.as_set for value in union)
    if not alike:
        return NOTHING
    resemblance = alike / len(union)
    both = resemblance / (1 + resemblance) * (older.size + newer.size)
    return Shared(of_older=min(both / older.size, 1.0), of_newer=min(both / newer.size, 1.0))


def _mixed(run: int) -> int:
    """Return *run* with its bits mixed, because CRCs of like texts are alike.

    Source: the finaliser of MurmurHash3 (Appleby, public domain).
    """
    run = ((run ^ (run >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    run = ((run ^ (run >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    return run ^ (run >> 16)


def _is_big() -> bool:
    return array("H", b"\0\1")[0] == 1
