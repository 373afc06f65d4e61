"""Measure how well copies are told from updates, series and strangers, on a made set.

The labels come from how the set was made, not from any measure of likeness:

    reprint   another title, a dateline, the last third cut, one word in fifty changed
    wrapped   another title, a paragraph of the other site before the text and one after
    update    the same title with a word, new figures in the lead, half as much again added
    series    two issues of one series: a shared frame around texts of different articles

Originals are real news and posts under ../shared/data; one half of them fixes the threshold,
the other is only measured. Reprints and wrapped copies must be gathered; updates may be
kept apart, or marked, never gathered as the same; series must be kept apart.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from digest import sources
from digest.model import Article, Decision, Paragraph, SourceSpec
from digest.selection import likely, stories

DATA = Path(__file__).parents[2] / "shared" / "data"
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
THRESHOLDS = (0.6, 0.7, 0.75, 0.8, 0.85, 0.9)
EVERY_KIND = ("reprint", "wrapped", "update", "series")
FRAME = (
    "Welcome to our roundup of the week. As always we list what was fixed, who found it and how "
    "you can get the new version. If you run an older release please read the notes first, since "
    "some of the changes need a restart of the service and a look at the settings file.",
    "That is all for this week. Thanks to everybody who reported a flaw in private and gave us "
    "the time to mend it. You can write to the team at the usual address, and the next roundup "
    "comes in seven days at the same hour.",
)


def posts(*names: str) -> tuple[Article, ...]:
    """Return the real posts of the sites *names*."""
    context = sources.ReadContext(root=DATA, zone=ZoneInfo("UTC"))
    specs = [SourceSpec(kind="path", target=f"posts/{name}") for name in names]
    return sources.read(specs, context).articles


def news() -> Iterable[Article]:
    """Return the news articles of the set of summaries."""
    with gzip.open(DATA / "summaries" / "pairs.jsonl.gz", "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            text = json.loads(line)["article"]
            yield _article(f"news/{number}", " ".join(text.split()[:6]), text.split("\n"))


def _article(name: str, title: str, texts: Iterable[str]) -> Article:
    body = tuple(Paragraph(text=" ".join(text.split())) for text in texts if text.strip())
    return Article(
        id=name,
        title=title,
        source=name.split("/", maxsplit=1)[0],
        where=name,
        body=body,
        published=START,
    )


def words(article: Article) -> list[str]:
    """Return the words of *article*."""
    return " ".join(paragraph.text for paragraph in article.body).split()


def reprint(article: Article, other: Article, chance: random.Random) -> Article:
    """Return another site's copy: another title, a dateline, cut, a word in fifty changed."""
    kept = words(article)[: len(words(article)) * 2 // 3]
    spare = words(other)
    for place in range(len(kept)):
        if chance.random() < 0.02:
            kept[place] = chance.choice(spare)
    text = f"ODESA, {chance.randint(1, 28)} January — " + " ".join(kept)
    return _later(article, f"What {' '.join(spare[:4])} tells us", [text], hours=30)


def wrapped(article: Article, other: Article, chance: random.Random) -> Article:
    """Return a copy between two paragraphs of the site that took it over."""
    spare = words(other)
    texts = [" ".join(spare[:40]), *(each.text for each in article.body), " ".join(spare[-40:])]
    return _later(article, f"Elsewhere: {' '.join(chance.sample(spare, 4))}", texts, hours=5)


def update(article: Article, other: Article, chance: random.Random) -> Article:
    """Return the same story a day on: a new lead, and half as much again."""
    old, spare = words(article), words(other)
    lead = [str(chance.randint(2, 99)), "people", *spare[:25]]
    more = [f"{word}{chance.randint(1, 9)}" for word in old[: len(old) // 2]]
    texts = [" ".join(lead), " ".join(old[20:]), " ".join(more)]
    return _later(article, article.title + " after all", texts, hours=26)


def series(article: Article, other: Article, chance: random.Random) -> tuple[Article, Article]:
    """Return two issues of one series: the frame is the same, what it holds is not."""
    day = chance.randint(2, 20)
    title = f"Weekly {article.title[:30]} roundup, {{}} January"
    first = [FRAME[0], *(each.text for each in article.body[:3]), FRAME[1]]
    second = [FRAME[0], *(each.text for each in other.body[:3]), FRAME[1]]
    one = replace(_later(article, title.format(day), first, hours=1), id=f"{article.id}#1")
    two = _later(article, title.format(day + 7), second, hours=169)
    return one, replace(two, id=f"{article.id}#2")


def _later(article: Article, title: str, texts: Iterable[str], *, hours: int) -> Article:
    made = _article(f"copy-{article.id}", title, texts)
    return replace(made, published=START + timedelta(hours=hours))


def made(originals: Sequence[Article], kind: str, seed: int) -> list[tuple[Article, Article]]:
    """Return a labelled pair for each of *originals*; of series, for each two of them."""
    chance = random.Random(seed)
    following = zip(originals, (*originals[1:], originals[0]), strict=True)
    if kind == "series":
        return [series(*two, chance) for two in list(following)[:-1:2]]
    maker = {"reprint": reprint, "wrapped": wrapped, "update": update}[kind]
    return [(replace(one, published=START), maker(one, other, chance)) for one, other in following]


def related(articles: Sequence[Article]) -> list[tuple[Article, Article, str]]:
    """Return every pair that is gathered of *articles*, with what the newer is to the older."""
    decisions = [Decision(article=each, taken=True, reason="") for each in articles]
    found = stories._pairs(decisions, stories.texts(decisions))  # noqa: SLF001
    return [(articles[older], articles[newer], what) for older, newer, what in found]


def scores(originals: Sequence[Article], seed: int) -> Counter[str]:
    """Return the counts over all kinds: right, missed, wrong, and updates marked."""
    counts: Counter[str] = Counter()
    for kind in EVERY_KIND:
        pairs = made(originals, kind, seed)
        wanted = {frozenset((one.id, two.id)) for one, two in pairs}
        for one, two, what in related([each for pair in pairs for each in pair]):
            mine = frozenset((one.id, two.id)) in wanted
            right = mine and (kind in ("reprint", "wrapped") or (kind == "update" and what == kind))
            counts[f"{kind} {'right' if right else 'wrong'}"] += 1
        counts[f"{kind} made"] += len(pairs)
    return counts


def measured(counts: Counter[str]) -> tuple[float, float]:
    """Return precision and recall of what was gathered as the same."""
    right = counts["reprint right"] + counts["wrapped right"]
    wrong = sum(counts[f"{kind} wrong"] for kind in EVERY_KIND)
    total = counts["reprint made"] + counts["wrapped made"]
    return right / max(right + wrong, 1), right / total


def main() -> None:
    """Print the curve on one half, the figures on the other, and all real pairs."""
    if not DATA.is_dir():
        sys.exit(f"{DATA} isn't there")
    real = posts("nodejs", "rust", "digitalgov")
    pool = [each for each in (*news(), *posts("digitalgov")) if len(words(each)) >= 100]
    half = [zlib.crc32(each.id.encode()) % 2 for each in pool]
    fixing = [each for each, side in zip(pool, half, strict=True) if side == 0]
    judging = [each for each, side in zip(pool, half, strict=True) if side == 1]
    print(f"{len(fixing)} originals to fix the threshold, {len(judging)} to measure it")
    chosen = likely.SAME
    for likely.SAME in THRESHOLDS:
        precision, recall = measured(scores(fixing, seed=1))
        print(f"  fixing half, {likely.SAME:.2f}: precision {precision:.4f}, recall {recall:.4f}")
    likely.SAME = chosen
    counts = scores(judging, seed=2)
    precision, recall = measured(counts)
    print(f"other half, {chosen:.2f}: precision {precision:.4f}, recall {recall:.4f}")
    for name, count in sorted(counts.items()):
        print(f"  {name}: {count}")
    show(real)


def show(real: Sequence[Article]) -> None:
    """Print every pair that is gathered among the *real* posts, in one window of all years."""
    found = related(real)
    print(f"gathered among {len(real)} real posts, all years in one window: {len(found)} pairs")
    for one, two, what in found:
        days = " ".join(f"{each.published:%Y-%m-%d}" for each in (one, two) if each.published)
        print(f"  {what}: {days} {one.title[:70]} | {two.title[:70]}")


if __name__ == "__main__":
    main()
