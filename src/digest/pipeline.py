"""The whole way from sources to files, on one page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest import issues, render, selection, sources, teasers
from digest.config import Config
from digest.errors import Problem
from digest.issues import Edited, Facts, Plan, Wish
from digest.model import Decision
from digest.sources import Reading

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
    return issues.plan(project.issues, wish, now, project.publication.timezone)


def read(project: Config, on_step: OnStep) -> Reading:
    """Read every article, once for all editions."""
    zone, language = project.publication.timezone, project.publication.language
    context = sources.ReadContext(root=project.root, zone=zone, language=language)
    return sources.read(project.sources, context, on_step)


def choose(project: Config, plan: Plan, reading: Reading) -> Chosen:
    """Decide about each article for the issue that *plan* names."""
    edited = issues.load_issue(plan, project.issues)
    rules, pins = project.rules, edited.pinned
    terms = selection.Terms(window=plan.window, others=plan.others, pinned=pins, rules=rules)
    decisions = selection.choose(reading.articles, terms)
    problems = plan.problems + reading.problems + selection.contradictions(decisions, terms)
    return Chosen(plan=plan, edited=edited, decisions=decisions, problems=problems)


def build(project: Config, plan: Plan, reading: Reading) -> Built:
    """Choose, shorten, merge with the editor's words, and draw; or raise NothingToSend."""
    chosen = choose(project, plan, reading)
    decisions, publication = chosen.decisions, project.publication
    words = teasers.tease_all(decisions, project.teaser.length, publication.language)
    generated = issues.generate(decisions, words, plan, publication, project.sections)
    merged = issues.merge(chosen.edited, generated, decisions, publication)
    selection.check_enough(merged.issue, decisions, project.selection.minimum)
    folders = (project.templates, render.shipped_templates())
    setting = render.Setting(publication=publication, theme=project.theme, templates=folders)
    facts = issues.facts(merged, decisions, chosen.problems)
    files = render.files(render.draw(merged.issue, setting)) | issues.files(merged, facts)
    folder = project.issues / plan.slug
    return Built(folder=folder, facts=facts, files=files, seen=chosen.edited.seen)


def write(built: Built) -> tuple[Path, ...]:
    """Write the files of *built*, all or none, and return their paths."""
    return issues.write_all(built.folder, built.files, built.seen)
