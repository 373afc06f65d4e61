"""The whole way from sources to files, on one page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest import issues, render, selection, sources, teasers
from digest.config import Config
from digest.errors import NothingToSend, Problem
from digest.issues import Edited, Facts, Plan, Wish
from digest.model import Decision

OnStep = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was decided about every article read, beside what the editor made of the issue."""

    plan: Plan
    edited: Edited
    decisions: tuple[Decision, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A drawn issue as the bytes of its files, of which none is written yet."""

    folder: Path
    facts: Facts
    files: dict[str, bytes]
    seen: Mapping[str, bytes | None]


def plan(project: Config, wish: Wish, now: datetime) -> Plan:
    """Return which issue a build makes, by what is wished for and what there is."""
    return issues.which(issues.load(project.issues), wish, now, project.publication.timezone)


def choose(project: Config, plan: Plan, on_step: OnStep) -> Chosen:
    """Read every article, and decide about each for the issue that *plan* names."""
    edited = issues.load_issue(plan, project.issues)
    context = sources.ReadContext(
        root=project.root,
        zone=project.publication.timezone,
        language=project.publication.language,
    )
    reading = sources.read(project.sources, context, on_step)
    decisions = selection.choose(reading.articles, plan.window, edited.pinned)
    return Chosen(plan=plan, edited=edited, decisions=decisions, problems=reading.problems)


def build(project: Config, plan: Plan, on_step: OnStep) -> Built:
    """Choose, shorten, merge with the editor's words, and draw.

    Raises:
        NothingToSend: nothing is chosen, and the editor added nothing.
    """
    chosen = choose(project, plan, on_step)
    words = teasers.tease_all(chosen.decisions, project.brief)
    generated = issues.generate(chosen.decisions, words, plan, project.publication)
    merged = issues.merge(chosen.edited, generated, chosen.decisions, project.publication)
    if not merged.issue.items:
        read = f"{len(chosen.decisions)} articles read, none of them in"
        raise NothingToSend(selection.in_words(plan.window), "nothing to send", read)
    folders = (project.templates, render.shipped_templates())
    mail = render.draw(
        merged.issue,
        render.Setting(publication=project.publication, theme=project.theme, templates=folders),
    )
    facts = issues.facts(merged, chosen.decisions, chosen.problems)
    files = render.files(mail) | issues.files(merged, facts)
    folder = project.issues / plan.slug
    return Built(folder=folder, facts=facts, files=files, seen=chosen.edited.seen)


def write(built: Built) -> tuple[Path, ...]:
    """Write the files of *built*, all or none, and return their paths.

    Raises:
        WriteError: the disk refuses, or somebody changed the issue file meanwhile.
    """
    return issues.write_all(built.folder, built.files, built.seen)
