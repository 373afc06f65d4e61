"""52 weekly issues of 2025 over the real posts of two sites."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from conftest import SHARED, require
from digest import sources
from digest.model import Article, SourceSpec, Window
from weekly import UTC, Desk

YEAR = Window.of_days(date(2025, 1, 1), date(2025, 12, 31), UTC)


@pytest.fixture(scope="module")
def posts() -> tuple[Article, ...]:
    """Return the posts of nodejs.org and of the Rust blogs."""
    if not SHARED.is_dir():
        pytest.skip("the shared data aren't beside this checkout")
    require((SHARED / "posts" / "rust").is_dir(), "posts/rust")
    context = sources.ReadContext(root=SHARED, zone=UTC)
    specs = [SourceSpec(kind="path", target=f"posts/{name}") for name in ("nodejs", "rust")]
    return sources.read(specs, context).articles


def test_a_year_of_weeks_holds_every_post_of_the_year(
    posts: tuple[Article, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The union of the issues is what was published in 2025 and is no draft and no duplicate."""
    desk = Desk(folder=tmp_path / "issues")
    sent: list[str] = []
    reasons: Counter[str] = Counter()
    gathered: dict[str, str] = {}
    for week in range(52):
        first = date(2025, 1, 1) + timedelta(weeks=week)
        last = date(2025, 12, 31) if week == 51 else first + timedelta(days=6)
        now = datetime.combine(last, datetime.min.time(), UTC) + timedelta(hours=12)
        slug = desk.build(posts, now, **({} if sent else {"since": first}), until=last)
        if slug is None:
            continue
        sent += desk.sent(slug)
        for each in desk.report(slug)["decisions"]:
            in_year = each["published"] and datetime.fromisoformat(each["published"]) in YEAR
            reasons[each["rule"]] += bool(in_year)
            if each["rule"] in ("repeat", "duplicate", "updated", "held") and in_year:
                gathered[each["id"]] = each["reason"]
        desk.publish(slug)
    with capsys.disabled():
        print(f"\n2025: {len(sent)} sent, decisions {dict(reasons)}, gathered {gathered}")  # noqa: T201
    of_year = [
        each for each in posts if each.published and each.published in YEAR and not each.draft
    ]
    full = {each.id for each in of_year if each.body or each.summary}
    assert len(sent) == len(set(sent))
    assert full == set(sent) | gathered.keys()
    assert len(gathered) <= 5
