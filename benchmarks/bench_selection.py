"""Print time and memory of selection with a long history, and of gathering a full window.

The history is real files: 500 weekly issues of 40 stories, each with the 200 decisions of its
week in its report. Reading it counts; reading 100,000 articles doesn't.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from digest import issues
from digest.issues import Wish
from digest.issues.traces import fingerprint, parted
from digest.model import Article, Decision, Paragraph, SelectionRules
from digest.selection import Terms, choose, stories
from digest.text import likeness

START = datetime(2016, 1, 4, tzinfo=UTC)
ZONE = ZoneInfo("UTC")
RUNS = 5
A_WEEK, SENT = 200, 40
_T = TypeVar("_T")


def articles(count: int, words: int, apart: timedelta) -> list[Article]:
    """Return *count* articles of random *words*, published so far *apart*."""
    chance = random.Random(7)
    stock = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]
    made = []
    for number in range(count):
        text = " ".join(chance.choices(stock, k=words))
        made.append(
            Article(
                id=f"articles/{number}.md",
                title=f"Title {number} {chance.choice(stock)} {chance.choice(stock)}",
                source=f"source-{number % 5}",
                where=f"articles/{number}.md",
                url=f"https://www.example.org/{number}/?utm_source=feed",
                published=START + number * apart,
                dated_by="metadata",
                body=(Paragraph(text=text),),
            )
        )
    return made


def write_history(folder: Path, every: Sequence[Article], count: int) -> None:
    """Write *count* weekly issues of *every* article into *folder*, as builds leave them."""
    a_week = len(every) // (count + 1)
    for number in range(count):
        week = every[number * a_week : (number + 1) * a_week]
        begin = START + timedelta(weeks=number)
        blocks = "".join(f'[[items]]\nid = "{each.id}"\nteaser = "x"\n' for each in week[:SENT])
        text = (
            f'status = "published"\nnumber = {number + 1}\n[window]\n'
            f"start = {begin.isoformat()}\nend = {(begin + timedelta(weeks=1)).isoformat()}\n"
            f'timezone = "UTC"\n{blocks}'
        )
        place = folder / f"{begin:%Y-%m-%d}"
        place.mkdir()
        (place / "issue.toml").write_text(text, encoding="utf-8")
        report = {
            "blocks": fingerprint(parted(text.encode())[1]),
            "sent": [each.id for each in week[:SENT]],
            "decisions": [_recorded(each, place < SENT) for place, each in enumerate(week)],
        }
        (place / "report.json").write_text(json.dumps(report), encoding="utf-8")


def _recorded(article: Article, sent: bool) -> dict[str, object]:
    sketch = likeness.to_text(likeness.sketch(likeness.runs(article))) if sent else ""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "taken": sent,
        "rule": "window" if sent else "limit",
        "reason": "published 2016-01-04 (by its metadata)",
        "text": sketch,
    }


def with_history(count: int, weeks: int) -> tuple[float, float]:
    """Return the seconds to read the history of *weeks* issues, and to choose from *count*."""
    every = articles(count, 60, timedelta(weeks=weeks + 1) / count)
    now = START + timedelta(weeks=weeks + 1, hours=-12)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_history(folder, every, weeks)
        reading, plan = timed(lambda: issues.plan(folder, Wish(), now, ZONE))
        terms = Terms(window=plan.window, others=plan.others)
        choosing, decisions = timed(lambda: choose(every, terms))
    taken = sum(each.taken for each in decisions)
    print(f"    {weeks} issues, {count} articles: {len(decisions)} decisions, {taken} in")
    return reading, choosing


def gathering(count: int) -> float:
    """Return the seconds to gather the stories of *count* articles of 500 words."""
    every = articles(count, 500, timedelta(seconds=90))
    decisions = [Decision(article=each, taken=True, reason="") for each in every]

    def gather() -> object:
        return stories.gathered(decisions, stories.texts(decisions), SelectionRules())

    return timed(gather)[0]


def timed(work: Callable[[], _T]) -> tuple[float, _T]:
    """Return the least CPU seconds of *work*, and its last result.

    The least, and of the processor: other processes of the machine are not our work.
    """
    took = []
    for _ in range(RUNS):
        began = time.process_time()
        result = work()
        took.append(time.process_time() - began)
    return min(took), result


def one(what: str, size: int) -> None:
    """Print the figures of one size: each in a process of its own, so that memory is its own."""
    if what == "history":
        reading, choosing = with_history(size, size // A_WEEK)
        total = f"{reading + choosing:.3f} s (history {reading:.3f}, choice {choosing:.3f})"
    else:
        total = f"{gathering(size):.3f} s"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {what} {size}: {total}, peak {peak:.0f} MiB", flush=True)


def main() -> None:
    """Print a line for each size."""
    if len(sys.argv) > 1:
        one(sys.argv[1], int(sys.argv[2]))
        return
    print(f"CPU seconds, least of {RUNS}")
    for what, sizes in (("history", (25_000, 50_000, 100_000)), ("stories", (500, 1000, 2000))):
        for size in sizes:
            subprocess.run([sys.executable, __file__, what, str(size)], check=True)


if __name__ == "__main__":
    main()
