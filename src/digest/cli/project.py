"""What the options that several commands share become: a project, a wish, an instant."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from digest import config, sources
from digest.cli.options import Span
from digest.config import Config
from digest.issues import Wish
from digest.model import SourceSpec
from digest.text import spans


def load(file: Path | None, folder: Path | None, edition: str | None = None) -> Config:
    """Return the project of the option values *file*, *folder* and *edition*."""
    found = config.load(file or config.find(Path.cwd()), sources.kinds())
    if folder is not None:
        spec = SourceSpec(kind="path", target=str(folder.resolve()))
        found = replace(found, sources=(spec,))
    return found.as_edition(edition) if edition else found


def wish(span: Span, found: Config) -> Wish:
    """Return what *span* asks for in the project *found*.

    Raises:
        typer.BadParameter: a day, span or name that isn't one, or two that contradict.
    """
    _check_contradictions(span)
    whole = _whole("--week", span.week, spans.week, "2026-W02")
    whole = whole or _whole("--month", span.month, spans.month, "2026-01")
    return Wish(
        since=whole[0] if whole else _moment("--since", span.since),
        until=whole[1] if whole else _moment("--until", span.until),
        last=_last(span.last),
        first=spans.span(found.selection.window) or spans.Span(days=7),
        slug=span.slug,
        late=span.late,
        repeat=frozenset(span.repeat),
        ignore_history=span.ignore_history,
    )


def _check_contradictions(span: Span) -> None:
    starts = {
        "--since": span.since,
        "--last": span.last,
        "--week": span.week,
        "--month": span.month,
    }
    given = [name for name, value in starts.items() if value]
    if len(given) > 1:
        both = f"{given[0]} and {given[1]}"
        raise typer.BadParameter(f"{both} can't both say where the window begins")
    if span.until and (span.week or span.month):
        raise typer.BadParameter(f"{given[0]} and --until can't both say where the window ends")


def _whole(
    option: str,
    text: str | None,
    read: Callable[[str], tuple[date, date] | None],
    example: str,
) -> tuple[date, date] | None:
    """Return the first and the last day of the week or month that *text* names."""
    if text is None:
        return None
    what = option.strip("-")
    try:
        days = read(text)
    except ValueError:
        raise typer.BadParameter(f"there is no {what} {text}", param_hint=option) from None
    if days is None:
        raise typer.BadParameter(f"{text!r} is no {what} such as {example}", param_hint=option)
    return days


def now(text: str | None, zone: ZoneInfo) -> datetime:
    """Return "now" in *zone*: *text*, else SOURCE_DATE_EPOCH, else the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if text:
        moment = _parse("--now", text)
        return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    if epoch:
        if not epoch.isdecimal():
            raise typer.BadParameter(f"SOURCE_DATE_EPOCH is no number of seconds: {epoch!r}")
        return datetime.fromtimestamp(int(epoch), zone)
    return datetime.now(UTC).astimezone(zone)


def _moment(option: str, text: str | None) -> date | datetime | None:
    if text is None:
        return None
    moment = _parse(option, text)
    return moment.date() if re.fullmatch(r"\d{4}-?\d\d-?\d\d", text) else moment


def _parse(option: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no day such as 2026-01-14", param_hint=option
        ) from None


def _last(text: str | None) -> spans.Span | None:
    found = spans.span(text) if text is not None else None
    if text is not None and found is None:
        raise typer.BadParameter(
            f"{text!r} is no span such as 7d, 2w or 1month", param_hint="--last"
        )
    return found
