"""The whole way from sources to files, on one page."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest import images, issues, links, providers, render, selection, sources, teasers
from digest.config import Config
from digest.errors import NothingToSend, Problem
from digest.model import Decision
from digest.sources import OnStep, Reading


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
    return issues.plan(project.issues, wish, now, project.publication.timezone)


def read(project: Config, on_step: OnStep) -> Reading:
    """Read every article, once for all editions."""
    zone, language = project.publication.timezone, project.publication.language
    context = sources.ReadContext(root=project.root, zone=zone, language=language)
    return sources.read(project.sources, context, on_step)


def choose(project: Config, plan: issues.Plan, reading: Reading) -> Chosen:
    """Decide about each article for the issue that *plan* names."""
    edited = issues.load_issue(plan, project.issues)
    rules, pins = project.rules, edited.pinned
    terms = selection.Terms(window=plan.window, others=plan.others, pinned=pins, rules=rules)
    decisions = selection.choose(reading.articles, terms)
    problems = plan.problems + reading.problems + selection.problems(decisions, terms)
    return Chosen(plan=plan, edited=edited, decisions=decisions, problems=problems)


def build(project: Config, plan: issues.Plan, reading: Reading, on_step: OnStep) -> Built:
    """Choose, shorten, merge with the editor's words, and draw; or raise NothingToSend."""
    chosen = choose(project, plan, reading)
    decisions, publication = chosen.decisions, project.publication
    words = teasers.tease_all(decisions, project.brief)
    generated = issues.generate(decisions, words, plan, publication, project.sections)
    merged = issues.merge(chosen.edited, generated, decisions, publication)
    if lack := selection.lack(merged.issue, decisions, project.selection.minimum):
        raise NothingToSend.of((*chosen.problems, lack))
    folder = project.issues / plan.slug
    taking = images.Setting(policy=project.images, home=project.home, issue=folder)
    pictures = images.prepare(merged.issue, decisions, taking, on_step)
    look = render.setting(publication, project.theme, project.templates)
    sealed = render.seal(links.track(pictures.issue, project.links), look)
    exports = providers.export(sealed, project.exports, folder, publication)
    problems = chosen.problems + render.remarks(look) + pictures.problems + exports.problems
    more, notes = dict(pictures.files) | exports.files, pictures.notes + exports.notes
    facts = issues.facts(merged, decisions, problems, notes, more)
    files = render.files(render.plain(sealed), pictures.inline) | issues.files(merged, facts) | more
    return Built(folder=folder, facts=facts, files=files, seen=chosen.edited.seen)


def write(built: Built) -> tuple[Path, ...]:
    """Write the files of *built*, all or none, and return their paths."""
    return issues.write_all(built.folder, built.files, built.seen)
