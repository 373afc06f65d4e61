"""Say when an article was published, and by what that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from digest.model import DatedBy
from digest.sources.dates import YEARS, Dated

_IN_PATH = re.compile(r"(?:^|/)(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
_LEADING = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|^((?:19|20)\d\d)(\d\d)(\d\d)(?=[-_ ]|$)")
_TRAILING = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})$")


def first_known(
    steps: Iterable[tuple[DatedBy, Dated | None]],
) -> tuple[Dated | None, DatedBy | None]:
    """Return the first of *steps* that has a date; later ones aren't worked out."""
    return next(((dated, by) for by, dated in steps if dated), (None, None))


def date_in_path(address: str | None, zone: ZoneInfo) -> Dated | None:
    """Return the day that an address or path names, as in ``/2026/01/12/story``."""
    try:
        path = urlsplit(address or "").path
    except ValueError:
        return None
    match = _IN_PATH.search(path)
    return _day(match.groups(), zone) if match else None


def date_in_name(path: str, zone: ZoneInfo) -> Dated | None:
    """Return the day in a file's path: ``2026-01-12-story``, ``story-2026-01-12``, folders."""
    parts = path.split("/")
    stem = parts[-1].rpartition(".")[0] or parts[-1]
    names = [stem, *([parts[-2]] if stem == "index" and len(parts) > 1 else [])]
    for name in names:
        match = _LEADING.match(name) or _TRAILING.search(name)
        if match and (dated := _day([part for part in match.groups() if part], zone)):
            return dated
    return date_in_path(path, zone)


def _day(parts: Iterable[str | None], zone: ZoneInfo) -> Dated | None:
    year, month, day = (int(part or 0) for part in parts)
    if year not in YEARS:
        return None
    try:
        return Dated(at=datetime.combine(date(year, month, day), time.min, zone), day_only=True)
    except ValueError:
        return None
