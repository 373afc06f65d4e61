"""What the options that several commands share become: a project, a wish, an instant."""

from __future__ import annotations

import os
import re
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


def load(file: Path | None, folder: Path | None) -> Config:
    """Return the project of the option values *file* and *folder*."""
    found = config.load(file or config.find(Path.cwd()), sources.kinds())
    if folder is None:
        return found
    spec = SourceSpec(kind="path", target=str(folder.resolve()))
    return replace(found, sources=(spec,))


def wish(span: Span) -> Wish:
    """Return what *span* asks for.

    Raises:
        typer.BadParameter: a day, span or name that isn't one.
    """
    if span.last and span.since:
        raise typer.BadParameter("--last and --since can't both say where the window begins")
    return Wish(
        since=_moment("--since", span.since),
        until=_moment("--until", span.until),
        last=_days(span.last),
        slug=span.slug,
    )


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


def _days(text: str | None) -> int | None:
    if text is None:
        return None
    found = re.fullmatch(r"([1-9]\d{0,3})([dw])", text.strip())
    if not found:
        raise typer.BadParameter(f"{text!r} is no span such as 7d or 2w", param_hint="--last")
    return int(found[1]) * (7 if found[2] == "w" else 1)
