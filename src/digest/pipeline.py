"""The whole way from sources to files, on one page."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest import images, issues, links, render, selection, sources, teasers
from digest.config import Config
from digest.errors import NothingToSend, Problem
from digest.model import Decision
from digest.sources import OnStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was decided about every article read, beside what the editor made of the issue."""

    plan: issues.Plan
    edited: issues.Edited
    decisions: tuple[Decision, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A drawn issue as the bytes of its files, of which none is written yet."""

    folder: Path
    facts: issues.Facts
    files: dict[str, bytes]
    seen: dict[str, bytes | None]


def plan(project: Config, wish: issues.Wish, now: datetime) -> issues.Plan:
    """Return which issue a build makes, by what is wished for and what there is."""
    return issues.which(issues.load(project.issues), wish, now, project.publication.timezone)


def choose(project: Config, plan: issues.Plan, on_step: OnStep) -> Chosen:
    """Read every article, and decide about each for the issue that *plan* names."""
    edited = issues.load_issue(plan, project.issues)
    zone, language = project.publication.timezone, project.publication.language
    context = sources.ReadContext(root=project.root, zone=zone, language=language)
    reading = sources.read(project.sources, context, on_step)
    decisions = selection.choose(reading.articles, plan.window, edited.pinned)
    problems = (*reading.problems, *selection.flaws(decisions))
    return Chosen(plan=plan, edited=edited, decisions=decisions, problems=problems)


def build(project: Config, plan: issues.Plan, on_step: OnStep) -> Built:
    """Choose, shorten, merge with the editor's words, take pictures along, and draw.

    Raises:
        NothingToSend: nothing is chosen, and the editor added nothing.
    """
    chosen = choose(project, plan, on_step)
    words = teasers.tease_all(chosen.decisions, project.brief)
    pinned = chosen.edited.pinned
    generated = issues.generate(chosen.decisions, words, plan, project.publication, pinned)
    merged = issues.merge(chosen.edited, generated, chosen.decisions, project.publication)
    if not merged.issue.items:
        nothing = selection.nothing_in(chosen.decisions, plan.window)
        raise NothingToSend.of((*chosen.problems, nothing))
    folder = project.issues / plan.slug
    taking = images.Setting(policy=project.images, home=project.home, issue=folder)
    pictures = images.prepare(merged.issue, chosen.decisions, taking, on_step)
    look = render.setting(project.publication, project.theme, project.templates)
    mail = render.draw(links.track(pictures.issue, project.links), look)
    problems = chosen.problems + render.remarks(look) + pictures.problems
    facts = issues.facts(merged, chosen.decisions, problems, pictures.notes, pictures.files)
    files = render.files(mail, pictures.inline) | issues.files(merged, facts) | dict(pictures.files)
    return Built(folder=folder, facts=facts, files=files, seen=chosen.edited.seen)


def write(built: Built) -> tuple[Path, ...]:
    """Write the files of *built*, all or none, and return their paths."""
    return issues.write_all(built.folder, built.files, built.seen)
