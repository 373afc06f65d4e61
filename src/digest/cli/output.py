"""Say things on the terminal; whatever they hold is shown, never obeyed."""

from __future__ import annotations

import functools
import json
import sys
import time
from collections.abc import Callable, Iterable
from typing import ParamSpec, Self

import typer

from digest.errors import DigestError, NothingToSend, Problem
from digest.text.plain import clean

_P = ParamSpec("_P")
# Under a second nobody needs to be told; over it silence looks like a hang.
_PATIENCE = 1.0


def say(line: str) -> None:
    """Print one *line* on standard output."""
    typer.echo(clean(line))


def say_json(value: object) -> None:
    """Print *value* as one JSON object on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def warn(problems: Iterable[Problem]) -> None:
    """Print *problems* on standard error, a line each."""
    for problem in problems:
        typer.echo(clean(str(problem)), err=True)


def reported(command: Callable[_P, None]) -> Callable[_P, None]:
    """Return *command* so that what it raises on purpose becomes lines and an exit code."""

    @functools.wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except DigestError as error:
            warn(error.problems)
            raise typer.Exit(3 if isinstance(error, NothingToSend) else 1) from error

    return run


class Progress:
    """A progress bar on standard error, shown only when a terminal has waited a second."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._stop: Callable[[], object] = lambda: None
        self._show: Callable[[int, int, str], object] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._stop()

    def __call__(self, done: int, total: int, where: str) -> None:
        """Show that *done* of *total* are done, and that *where* was the last."""
        if (
            self._show is None
            and sys.stderr.isatty()
            and time.monotonic() - self._began > _PATIENCE
        ):
            self._start()
        if self._show is not None:
            self._show(done, total, clean(where))

    def _start(self) -> None:
        from rich import progress  # only for work that takes long
        from rich.console import Console

        bar = progress.Progress(
            progress.TextColumn("Reading"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TimeRemainingColumn(),
            progress.TextColumn("{task.fields[where]}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        task = bar.add_task("", where="")
        bar.start()
        self._stop = bar.stop
        self._show = lambda done, total, where: bar.update(
            task, completed=done, total=total, where=where
        )
