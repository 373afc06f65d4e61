"""Lay one issue of a project out for the browser: which, how to build it, what to watch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest import issues, pipeline, render
from digest.config import FILE_NAME, Config
from digest.errors import DigestError, Problem
from digest.issues import Record, Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is on show: the *folder* of one issue, how to *rebuild* it, and its *inputs*.

    *rebuild* writes the issue's files, returns what is to be said about them, and raises a
    DigestError where it can't. *inputs* are the files and folders to watch, as they are
    there now; of the issue's own folder only ``issue.toml`` counts as a change.
    """

    folder: Path
    rebuild: Callable[[], Sequence[Problem]]
    inputs: Callable[[], tuple[Path, ...]]


def lay_out(load: Callable[[], Config], slug: str | None) -> Desk:
    """Return the desk for issue *slug*, or the newest; *load* reads the config afresh.

    An issue that is no draft any more is shown as it is and never built.

    Raises:
        DigestError: there is no such issue.
    """
    project = load()
    record = _find(issues.load(project.issues), slug)
    folder = record.path.parent

    def rebuild() -> Sequence[Problem]:
        if record.status != "draft":
            return ()
        fresh = load()
        plan = pipeline.plan(fresh, Wish(slug=record.slug), record.window.end)
        reading = pipeline.read(fresh, _silent)
        built = pipeline.build(fresh, plan, reading, _silent)
        pipeline.write(built)
        return (*built.facts.problems, *built.facts.notes)

    return Desk(folder=folder, rebuild=rebuild, inputs=lambda: _inputs(project, record))


def _silent(done: int, total: int, where: str) -> None:
    """Say nothing about a step."""


def _find(records: tuple[Record, ...], slug: str | None) -> Record:
    if slug is None and records:
        return records[-1]
    found = next((record for record in records if record.slug == slug), None)
    if found is None:
        known = ", ".join(record.slug for record in records[-5:])
        problem = f"there is no issue {slug}" if slug else "there is no issue yet"
        raise DigestError("issues", problem, f"known: {known}" if known else "run digest build")
    return found


def _inputs(project: Config, record: Record) -> tuple[Path, ...]:
    folders = [project.root / spec.target for spec in project.sources]
    templates = [project.templates, render.shipped_templates()]
    wanted = (*folders, *templates, project.root / FILE_NAME, record.path.parent)
    return tuple(path.resolve() for path in wanted if path.exists())
