"""Score teasers against people's summaries, beside rivals cut to the same length."""

from __future__ import annotations

import random
import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

MEASURES = ("rouge1", "rouge2", "rougeL")
RESAMPLES = 1000
_SEED = 7
_LONGEST = 20_000  # characters; the rankers take quadratic time


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The F1 of each measure for each article, under the name of who wrote."""

    name: str
    scores: tuple[tuple[float, ...], ...]

    def mean(self, measure: int) -> float:
        """Return the mean of one measure in per cent."""
        return 100 * statistics.fmean(each[measure] for each in self.scores)


class Splitter:
    """Split text for sumy, whose own tokenizer wants to download data."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """Return the sentences of *text*."""
        return tuple(
            part for part in re.split(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z\"“‘(])", text) if part
        )

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Return the words of *sentence* in small letters."""
        return tuple(re.findall(r"[^\W_]+", sentence.casefold()))


def rivals() -> dict[str, Callable[[str, int], str]]:
    """Return the rivals by name; each takes a text and gives so many characters of it."""
    # Imported here: they take a second to load, and only this part needs them.
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    stemmer = Stemmer("english")
    return {
        "lead-1": lambda text, size: _cut(Splitter().to_sentences(text)[:1], size),
        "lead-3": lambda text, size: _cut(Splitter().to_sentences(text)[:3], size),
        "LexRank": lambda text, size: ranked(LexRankSummarizer(stemmer), text, size),
        "TextRank": lambda text, size: ranked(TextRankSummarizer(stemmer), text, size),
    }


def ranked(summarizer: Any, text: str, size: int) -> str:
    """Return the best sentences of *text* in their order, cut at *size* characters."""
    from sumy.parsers.plaintext import PlaintextParser

    document = PlaintextParser.from_string(text[:_LONGEST], Splitter()).document
    return _cut([str(each) for each in summarizer(document, 3)], size)


def whole_sentences(text: str, size: int) -> str:
    """Return the lead in whole sentences of at most *size* characters."""
    taken: list[str] = []
    for sentence in Splitter().to_sentences(text):
        if len(" ".join([*taken, sentence])) > size:
            break
        taken.append(sentence)
    return " ".join(taken)


def score(name: str, texts: Sequence[str], references: Sequence[str]) -> Scored:
    """Return the scores of *texts* against the summary that a person wrote for each."""
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(list(MEASURES), use_stemmer=True)
    found = [scorer.score(want, text) for text, want in zip(texts, references, strict=True)]
    rows = (tuple(each[measure].fmeasure for measure in MEASURES) for each in found)
    return Scored(name=name, scores=tuple(rows))


def difference(ours: Scored, theirs: Scored, measure: int) -> tuple[float, float, float]:
    """Return the mean difference in points, and its paired bootstrap interval of 95 %."""
    pairs = zip(ours.scores, theirs.scores, strict=True)
    deltas = [100 * (one[measure] - other[measure]) for one, other in pairs]
    draw = random.Random(_SEED)
    means = sorted(statistics.fmean(draw.choices(deltas, k=len(deltas))) for _ in range(RESAMPLES))
    return statistics.fmean(deltas), means[RESAMPLES // 40], means[-RESAMPLES // 40]


def per_second(work: Callable[[str, int], str], texts: Sequence[str]) -> float:
    """Return how many *texts* a second *work* shortens, by processor time."""
    began = time.process_time()
    for text in texts:
        work(text, 280)
    return len(texts) / (time.process_time() - began)


def _cut(sentences: Sequence[str], size: int) -> str:
    return " ".join(sentences)[:size]
