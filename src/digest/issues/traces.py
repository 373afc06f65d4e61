"""Read what an issue decided: from its report, and from what the editor made of it.

``issue.toml`` says what was sent. Reading it whole takes a millisecond for each issue, so
the report keeps a digest of its blocks: where they are as digest wrote them, only the top
is read, and the report says the rest.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from digest.errors import IssueFileError
from digest.model import Trace
from digest.text.plain import clean

REPORT = "report.json"
BLOCKS = re.compile(rb"^[ \t]*\[\[", re.MULTILINE)
_HINT = "mend it, or delete it and lose how its articles are recognised; or --ignore-history"
# Faults of an article are mended, and then it is as if it had not been there before.
_FAULTS = frozenset({"draft", "empty", "undated", "never", "outside", "held"})


class _Decision(msgspec.Struct, frozen=True):
    id: str
    title: str = ""
    url: str | None = None
    source: str = ""
    published: str | None = None
    rule: str = "window"
    story: str | None = None
    taken: bool = False
    text: str = ""


class _Report(msgspec.Struct, frozen=True):
    blocks: str | None = None
    sent: tuple[str, ...] = ()
    decisions: tuple[_Decision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """A report, as far as later issues need it. *sent* belongs to blocks of that digest."""

    blocks: str | None
    sent: tuple[str, ...]
    decisions: tuple[_Decision, ...]


NONE = Recalled(blocks=None, sent=(), decisions=())


def recall(folder: Path, where: str) -> Recalled:
    """Return what the report in *folder* says; nothing where there is none.

    Raises:
        IssueFileError: if it is there and can't be trusted.
    """
    try:
        report = _DECODER.decode((folder / REPORT).read_bytes())
    except FileNotFoundError:
        return NONE
    except OSError as error:
        raise IssueFileError(where, f"can't be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        problem = clean(str(error))[:200]
        raise IssueFileError(where, f"is damaged: {problem}", _HINT) from error
    return Recalled(blocks=report.blocks, sent=report.sent, decisions=report.decisions)


_DECODER = msgspec.json.Decoder(_Report)


def parted(data: bytes) -> tuple[bytes, bytes]:
    """Return the top of an issue file and its blocks, as bytes."""
    first = BLOCKS.search(data)
    start = first.start() if first else len(data)
    return data[:start], data[start:]


def fingerprint(blocks: bytes) -> str:
    """Return what tells whether *blocks* are as they were."""
    return hashlib.sha256(blocks).hexdigest()


def seen(report: Recalled) -> frozenset[str]:
    """Return the ids of all articles that were decided about for good."""
    return frozenset(each.id for each in report.decisions if each.rule not in _FAULTS)


def traces(report: Recalled, sent: Iterable[str]) -> tuple[Trace, ...]:
    """Return what is to be remembered of an issue that *sent* the articles with these ids.

    With an article all other reports of its story count as sent.
    """
    held = dict.fromkeys(sent)
    found = [
        Trace(
            id=each.id,
            title=each.title,
            url=each.url,
            source=each.source,
            day=(each.published or "")[:10],
            text=each.text,
            rule=each.rule,
            held=each.id in held or (each.story in held and not each.taken),
        )
        for each in report.decisions
        if each.id in held or each.story in held or each.rule == "rolls over"
    ]
    known = {trace.id for trace in found}
    return (*found, *(Trace(id=name) for name in held if name not in known))
