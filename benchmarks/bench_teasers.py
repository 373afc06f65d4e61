"""Measure teasers on the shared data: defects, ROUGE, first sentences, speed, and 60 to read.

Run it with ``make bench-teasers``. It reads no network; the 60 teasers go into
``build/teasers-60.txt``, which isn't kept.
"""

from __future__ import annotations

import json
import os
import random
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

import teaser_checker
import teaser_rouge
from teaser_data import ROOT, Sample, load

from digest.model import Article, Brief, Teaser
from digest.teasers import tease
from digest.text.sentences import sentences

DATA = Path(os.environ.get("DIGEST_SHARED_DATA", ROOT.parent / "shared" / "data"))
LENGTHS = {"short": 160, "default": 280, "long": 420}
TO_READ, SEED, ROUNDS = 60, 7, 3
_ARTICLES: list[Article] = []  # for the processes that share this one's memory
TAGS = {
    "amharic": "am", "armenian": "hy", "bulgarian": "bg", "chinese": "zh", "danish": "da",
    "deutsch": "de", "english": "en", "french": "fr", "greek": "el", "italian": "it",
    "japanese": "ja", "kazakh": "kk", "marathi": "mr", "persian": "fa", "polish": "pl",
    "russian": "ru", "slovak": "sk", "spanish": "es", "urdu": "ur",
}  # fmt: skip

Made = tuple[Sample, Teaser]


def main() -> None:
    """Print every part."""
    # sumy divides by nothing where all sentences of a text are alike.
    warnings.filterwarnings("ignore", category=RuntimeWarning, module="sumy")
    if not DATA.is_dir():
        raise SystemExit(f"the shared data aren't at {DATA}")
    sets = load(DATA)
    for name, length in LENGTHS.items():
        report_defects(sets, name, length)
    made = {name: make(samples, LENGTHS["default"]) for name, samples in sets.items()}
    for name, pairs in made.items():
        if any(sample.reference for sample, _ in pairs):
            report_rouge(name, pairs)
    recent = [pair for pair in made["digitalgov"] if _since(pair[0].article, 2018)]
    report_lead("digitalgov since 2018", recent)
    report_first_sentences()
    report_speed(sets)
    write_sample(list(chain.from_iterable(made.values())))


def make(samples: Iterable[Sample], length: int) -> list[Made]:
    """Return each sample with its teaser."""
    return [(each, tease(each.article, Brief(length=length))) for each in samples]


def report_defects(sets: dict[str, tuple[Sample, ...]], name: str, length: int) -> None:
    """Print the defects per 1,000 teasers by kind, beside what is allowed."""
    counts: dict[str, Counter[str]] = {}
    totals: Counter[str] = Counter()
    for label, samples in sets.items():
        made = [pair for pair in make(samples, length) if pair[1].text]
        counts[label] = Counter(kind for pair in made for kind in _defects(pair, length))
        totals[label] = len(made)
    every = sum(totals.values())
    print(f"\nDefects per 1,000 teasers, {name} ({length} characters), {every} teasers")
    print(f"  {'':32}{'most':>5}{'all':>7}" + "".join(f"{label[-8:]:>10}" for label in sets))
    for kind in teaser_checker.KINDS:
        found = sum(count[kind] for count in counts.values())
        per_set = (1000 * counts[label][kind] / totals[label] for label in sets)
        print(
            f"  {kind:32}{teaser_checker.TARGETS[kind]:>5}{1000 * found / every:7.1f}"
            + "".join(f"{each:10.1f}" for each in per_set)
        )
    empty = ", ".join(f"{label} {len(samples) - totals[label]}" for label, samples in sets.items())
    print(f"  articles without a teaser, for want of text: {empty}")


def report_rouge(name: str, pairs: Sequence[Made]) -> None:
    """Print ROUGE F1 beside the rivals, each cut to the length of our teaser."""
    pairs = [pair for pair in pairs if pair[0].reference and pair[1].text]
    references = [sample.reference or "" for sample, _ in pairs]
    ours = teaser_rouge.score("digest", [teaser.text for _, teaser in pairs], references)
    print(f"\nROUGE F1 on {name}, {len(pairs)} articles, all at the length of our teaser")
    _row(ours, ours)
    for label, rival in teaser_rouge.rivals().items():
        texts = [rival(sample.prose, len(teaser.text)) for sample, teaser in pairs]
        _row(teaser_rouge.score(label, texts, references), ours)


def _row(theirs: teaser_rouge.Scored, ours: teaser_rouge.Scored) -> None:
    cells = []
    for measure in range(len(teaser_rouge.MEASURES)):
        cell = f"{theirs.mean(measure):6.2f}"
        if theirs is not ours:
            delta, low, high = teaser_rouge.difference(ours, theirs, measure)
            cell += f" ours {delta:+5.2f} [{low:+5.2f}, {high:+5.2f}]"
        cells.append(cell)
    print(f"  {theirs.name:10}" + "   ".join(cells))


def report_lead(name: str, pairs: Sequence[Made]) -> None:
    """Print the difference to the lead in whole sentences within the same budget."""
    pairs = [pair for pair in pairs if pair[0].reference and pair[1].text]
    references = [sample.reference or "" for sample, _ in pairs]
    ours = teaser_rouge.score("digest", [teaser.text for _, teaser in pairs], references)
    leads = [teaser_rouge.whole_sentences(sample.prose, 280) for sample, _ in pairs]
    print(f"\nROUGE F1 on {name}, {len(pairs)} articles, beside the lead in whole sentences")
    _row(teaser_rouge.score("lead", leads, references), ours)


def report_first_sentences() -> None:
    """Print how often the first sentence is exactly right, beside the library alone."""
    import sentencex

    lines = (DATA / "sentences" / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    ours = alone = 0
    for case in cases:
        tag, want = TAGS[case["language"]], " ".join(case["sentences"][0].split())
        flat = " ".join(case["text"].split())
        ours += sentences(case["text"], tag)[:1] == (want,)
        alone += sentencex.segment(tag, flat)[0].strip() == want
    print(f"\nFirst sentence exact, of {len(cases)}: {ours}; sentencex alone: {alone}")


def report_speed(sets: dict[str, tuple[Sample, ...]]) -> None:
    """Print articles a second: one process, two processes, and LexRank on the same texts."""
    articles = [sample.article for sample in chain.from_iterable(sets.values())]
    _ARTICLES[:] = articles
    _shorten(range(200))
    rate = len(articles) / min(_shorten(range(len(articles))) for _ in range(ROUNDS))
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        list(pool.map(_shorten, [range(200)] * 2))
        began = time.perf_counter()
        parts = [range(first, len(articles), 2) for first in (0, 1)] * ROUNDS
        list(pool.map(_shorten, parts))
        both = ROUNDS * len(articles) / (time.perf_counter() - began)
    texts = [each.prose for each in (*sets["summaries/cnndm"], *sets["digitalgov"][:120])]
    lexrank = teaser_rouge.per_second(teaser_rouge.rivals()["LexRank"], texts)
    print(
        f"\nArticles a second: {rate:.0f} in one process, {both:.0f} in two; LexRank {lexrank:.0f}"
    )


def _shorten(numbers: range) -> float:
    """Shorten these of the articles, and return the seconds of processor time it took."""
    brief, began = Brief(), time.process_time()
    for number in numbers:
        tease(_ARTICLES[number], brief)
    return time.process_time() - began


def write_sample(made: Sequence[Made]) -> None:
    """Write 60 teasers, drawn at random, under their titles, to be judged one by one."""
    drawn = random.Random(SEED).sample([pair for pair in made if pair[1].text], TO_READ)
    target = ROOT / "build" / "teasers-60.txt"
    target.parent.mkdir(exist_ok=True)
    lines = []
    for number, (sample, teaser) in enumerate(drawn, 1):
        article = sample.article
        lines += [
            f"{number}. {article.title or '(no title)'}",
            f"   [{article.source}; {teaser.origin}]",
        ]
        lines += [f"   {teaser.text}", ""]
    target.write_text("\n".join(lines), encoding="utf-8")
    print(f"\n{TO_READ} teasers to read: {target.relative_to(ROOT)}")


def _defects(pair: Made, length: int) -> tuple[str, ...]:
    sample, teaser = pair
    case = teaser_checker.Case(
        teaser=teaser.text,
        title=sample.article.title,
        source=sample.source,
        language=sample.article.language or "en",
        length=length,
    )
    return teaser_checker.defects(case)


def _since(article: Article, year: int) -> bool:
    return article.published is not None and article.published.year >= year


if __name__ == "__main__":
    main()
