"""The issue file and the folders under ``issues/``: what editors see, change and keep.

A build calls these in order: :func:`plan` (which issue it is), :func:`load_issue` (what the
editor made of it so far), :func:`generate` (what digest would send), :func:`merge` (both
together) and :func:`write_all`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from digest.errors import Problem
from digest.issues import headings, rewrite, store
from digest.issues.file import check_blocks, decode
from digest.issues.history import Plan, Record, Wish, load, plan, read_file, where
from digest.issues.layout import drawn, generate, section_names, sections
from digest.issues.merge import Asked, Note, merge_items, merge_words, pinned
from digest.issues.report import Facts, summary, to_json
from digest.issues.store import write_all
from digest.issues.traces import fingerprint, parted
from digest.issues.values import FileIssue, Generated, GeneratedItem, Words
from digest.issues.wording import wording
from digest.model import Decision, Issue, Item, Publication

__all__ = [
    "Edited",
    "Facts",
    "Merged",
    "Plan",
    "Record",
    "Wish",
    "facts",
    "files",
    "generate",
    "load",
    "load_issue",
    "merge",
    "plan",
    "summary",
    "write_all",
]


_MANY = 3  # articles; fewer may well be renamed or replaced between two builds


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What stands in an issue's folder: nothing yet where *mine* is ``None``.

    *data* are the bytes of its ``issue.toml``; *base* is what digest generated last,
    ``None`` where that is lost. The articles of *repeat* are asked for on the command line.
    """

    where: str
    data: bytes | None = None
    mine: FileIssue | None = None
    base: Generated | None = None
    repeat: frozenset[str] = frozenset()

    @property
    def seen(self) -> dict[str, bytes | None]:
        """Return what :func:`write_all` has to find unchanged."""
        return {"issue.toml": self.data}

    @property
    def pinned(self) -> frozenset[str]:
        """Return the ids of articles that are in because the editor put them there."""
        if self.mine is None:
            return self.repeat
        return self.repeat | pinned(self.mine.items, self.base.items if self.base else None)

    @property
    def taken_out(self) -> frozenset[str]:
        """Return the ids of articles that the editor dropped or deleted."""
        if self.mine is None:
            return frozenset()
        there = {item.id for item in self.mine.items if not item.drop}
        base = self.base.items if self.base else ()
        deleted = {item.id for item in base if item.id not in there}
        return frozenset(deleted | {item.id for item in self.mine.items if item.drop})


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The issue as readers get it, its issue file, and the base for the next merge.

    *base* goes under "generated" into ``report.json``.
    """

    issue: Issue
    folder: str
    toml: str
    base: dict[str, Any]
    notes: tuple[Problem, ...] = ()


def load_issue(plan: Plan, folder: Path) -> Edited:
    """Return what stands in the folder of *plan*'s issue, under *folder* (``issues/``).

    Raises:
        IssueFileError: if ``issue.toml`` or ``report.json`` can't be trusted.
    """
    path = folder / plan.slug / "issue.toml"
    if not path.exists():
        return Edited(where=where(path), repeat=plan.others.repeat)
    data, mine = read_file(path)
    check_blocks(decode(data, where(path)), mine, where(path))
    base = store.load_base(path.parent)
    return Edited(where=where(path), data=data, mine=mine, base=base, repeat=plan.others.repeat)


def merge(
    edited: Edited, generated: Issue, decisions: Iterable[Decision], publication: Publication
) -> Merged:
    """Bring the editor's changes together with what digest generates now.

    *decisions* say of what vanished why it isn't chosen. Subject and preheader follow the
    items that are left after the editor's choice, unless the editor wrote them.
    """
    mine, base = edited.mine, edited.base
    names = section_names(generated)
    merged = merge_items(
        base.items if base else None,
        mine.items if mine else (),
        [_generated_item(item) for item in generated.items],
        {each.article.id: each.reason for each in decisions if not each.taken},
        Asked(repeat=edited.repeat, lead="lead" in names),
    )
    items = drawn(merged.items, generated)
    found = wording(items, generated.number, generated.window.last_day, publication)
    words, notes = merge_words(base.words if base else None, _words(mine), found)
    after = _file(generated, words, mine)
    after = replace(after, items=merged.items)
    return Merged(
        issue=_issue(generated, after, items),
        folder=edited.where.rpartition("/")[0],
        toml=_toml(edited, after, generated.slug, publication.name),
        base=store.to_json(Generated(words=found, items=merged.base, number=generated.number)),
        notes=(
            *_other_sources(edited, generated),
            *_problems((*notes, *merged.notes, *headings.notes(merged.items, names)), edited.where),
        ),
    )


def _other_sources(edited: Edited, generated: Issue) -> tuple[Problem, ...]:
    """Return a remark where not one of many articles that the issue held was read this time."""
    held = edited.mine.items if edited.mine else ()
    ids = {item.id for item in held if item.by == "digest" and not item.vanished}
    if len(ids) < _MANY or not ids.isdisjoint(_ids(generated)):
        return ()
    remark = Problem(
        where=edited.where,
        problem=f"not one of the {len(ids)} articles in it was read this time",
        hint="made with another --source? build from that again, and they are back as they were",
    )
    return (remark,)


def _ids(issue: Issue) -> set[str]:
    return {item.id for item in issue.items}


def facts(
    merged: Merged,
    decisions: tuple[Decision, ...],
    problems: tuple[Problem, ...],
    notes: tuple[Problem, ...] = (),
    pictures: Iterable[str] = (),
) -> Facts:
    """Return what is to be told of *merged* and of what did not get into it.

    *pictures* are names of files beside those that every issue has.
    """
    return Facts(
        issue=merged.issue,
        folder=merged.folder,
        decisions=decisions,
        problems=problems,
        notes=merged.notes + notes,
        pictures=tuple(pictures),
    )


def files(merged: Merged, facts: Facts) -> dict[str, bytes]:
    """Return the issue file and the report, as bytes by name."""
    toml = merged.toml.encode()
    report = to_json(facts, merged.base, fingerprint(parted(toml)[1]))
    return {"issue.toml": toml, "report.json": report.encode()}


def _generated_item(item: Item) -> GeneratedItem:
    return GeneratedItem(id=item.id, section=item.section, title=item.title, teaser=item.teaser)


def _words(mine: FileIssue | None) -> Words:
    if mine is None:
        return Words()
    return Words(
        subject=mine.subject, preheader=mine.preheader, intro=mine.intro, signoff=mine.signoff
    )


def _file(generated: Issue, words: Words, mine: FileIssue | None) -> FileIssue:
    zone = generated.window.start.tzinfo
    return FileIssue(
        window=generated.window,
        timezone=zone.key if isinstance(zone, ZoneInfo) else "",
        status=mine.status if mine else generated.status,
        number=generated.number,
        subject=words.subject,
        preheader=words.preheader,
        intro=words.intro,
        signoff=words.signoff,
    )


def _issue(generated: Issue, file: FileIssue, items: Iterable[Item]) -> Issue:
    return replace(
        generated,
        status=file.status,
        subject=file.subject or "",
        preheader=file.preheader or "",
        intro=file.intro or "",
        signoff=file.signoff or "",
        sections=sections(items, generated.sections),
    )


def _toml(edited: Edited, after: FileIssue, slug: str, name: str) -> str:
    if edited.mine is None or edited.data is None:
        return rewrite.fresh(after, name, slug)
    text = decode(edited.data, edited.where)
    return rewrite.change(text, edited.mine, after, edited.where)


def _problems(notes: Iterable[Note], file: str) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            where=f"{file}: {note.about}" if note.about else file,
            problem=note.problem,
            hint=note.hint,
        )
        for note in notes
    )
