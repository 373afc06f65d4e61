"""Build one edition, or all of them from one reading of the sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import typer

from digest import issues, pipeline
from digest.cli import output, project, tables
from digest.cli.options import Span
from digest.config import Config
from digest.errors import ConfigError, NothingToSend
from digest.pipeline import Built
from digest.sources import OnStep, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What a build does beside drawing."""

    write: bool
    as_json: bool
    strict: bool


def build_one(found: Config, span: Span, now: datetime, how: How) -> None:
    """Build the issue of *found*, and show it."""
    plan = pipeline.plan(found, project.wish(span, found), now)
    with output.Progress() as progress:
        reading = pipeline.read(found, progress)
        built = pipeline.build(found, plan, reading, progress)
    _tell(built, how)
    paths = pipeline.write(built) if how.write else ()
    if how.as_json:
        output.say_json(issues.summary(built.facts))
    else:
        tables.show_issue(built.facts, paths)


def build_all(found: Config, span: Span, now: datetime, how: How) -> None:
    """Build the issue of every edition of *found*, and show them.

    Everything is drawn before anything is written. An edition that has nothing to send is
    named and holds up no other.

    Raises:
        NothingToSend: no edition has anything to send.
    """
    if not found.editions:
        raise ConfigError("digest.toml", "has no editions", "add [editions.NAME]")
    every = [found.as_edition(name) for name in found.editions]
    plans = [(each, pipeline.plan(each, project.wish(span, each), now)) for each in every]
    with output.Progress() as progress:
        reading = pipeline.read(found, progress)
        ready = [each for each in (_build(*pair, reading, progress) for pair in plans) if each]
    if not ready:
        raise NothingToSend("--all", "no edition has anything to send")
    for built in ready:
        _tell(built, how)
    written = [pipeline.write(built) if how.write else () for built in ready]
    if how.as_json:
        output.say_json([issues.summary(built.facts) for built in ready])
        return
    for built, paths in zip(ready, written, strict=True):
        output.say(f"Edition {built.folder.parent.name}")
        tables.show_issue(built.facts, paths)


def _build(found: Config, plan: issues.Plan, reading: Reading, on_step: OnStep) -> Built | None:
    try:
        return pipeline.build(found, plan, reading, on_step)
    except NothingToSend as empty:
        output.warn(
            replace(each, where=f"{found.edition}: {each.where}") for each in empty.problems
        )
        return None


def _tell(built: Built, how: How) -> None:
    output.warn((*built.facts.problems, *built.facts.notes))
    if how.strict and built.facts.problems:
        raise typer.Exit(1)
