"""Gather the articles that tell one story, choose one of them, and name the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from digest.model import Also, Article, Decision, Preference, SelectionRules
from digest.selection import likely
from digest.selection.likely import KEPT, LITTLE, Telling, relation
from digest.selection.memory import Known, Memory
from digest.text import likeness
from digest.text.likeness import Runs, Sketch

# 42 bands of 3 find 99.9 % of the pairs of which the union shares 0.6, and 98 % at 0.45:
# what is left of two texts when one lost its last third and a word in fifty.
_BANDS, _ROWS = 42, 3
_MANY = 20

Texts = Mapping[int, Runs]
Key = tuple[object, ...]


def texts(decisions: Sequence[Decision]) -> dict[int, Runs]:
    """Return the runs of words of each taken article by its place; no short text, no headline."""
    found = {
        place: likeness.runs(each.article)
        for place, each in enumerate(decisions)
        if each.taken and not each.article.headline
    }
    common = _in_many(found)
    found = {place: runs - common for place, runs in found.items()} if common else found
    return {place: runs for place, runs in found.items() if len(runs) >= LITTLE}


def _in_many(found: Texts) -> frozenset[int]:
    """Return the runs of words that stand in too many texts to tell one from another.

    They are a site's frame: more than a story has reports, and more than 2 % of all.
    """
    many = max(_MANY, len(found) // 50)
    if len(found) <= many:
        return frozenset()
    counts = Counter(chain.from_iterable(found.values()))
    return frozenset(run for run, count in counts.items() if count > many)


def told_before(
    articles: Mapping[int, Article], found: Texts, memory: Memory
) -> Iterator[tuple[int, Known, str]]:
    """Yield (place, what is known, relation) for each text that another issue held."""
    sketches = {place: likeness.sketch(found[place]) for place in articles if place in found}
    by_hash: dict[int, list[int]] = {}
    for place, sketch in sketches.items():
        for value in sketch.smallest:
            by_hash.setdefault(value, []).append(place)
    for known in memory.held if by_hash else ():
        probes = likeness.first_hashes(known.trace.text)
        near = {place for probe in probes if probe in by_hash for place in by_hash[probe]}
        old = likeness.from_text(known.trace.text) if near else None
        if old is None:
            continue
        for place in sorted(near):
            told = _relation_to(known, old, articles[place], sketches[place])
            if told:
                yield place, known, told


def _relation_to(known: Known, old: Sketch, article: Article, new: Sketch) -> str | None:
    trace = known.trace
    told = Telling(title=trace.title, size=old.size, source=trace.source, day=trace.day)
    return relation(told, _telling(article, new.size), likeness.compare_sketches(old, new))


def _telling(article: Article, size: int) -> Telling:
    day = article.published.date().isoformat() if article.published else ""
    return Telling(title=article.title, size=size, source=article.source, day=day)


def gathered(
    decisions: Sequence[Decision], found: Texts, rules: SelectionRules
) -> tuple[Decision, ...]:
    """Return *decisions* with one article of each story left in, by what *rules* prefer.

    What an editor put in stays. Of an update and what it updates the newer is chosen.
    """
    results = list(decisions)
    groups = _Groups()
    outdated: dict[int, int] = {}
    for older, newer, what in _pairs(decisions, found):
        groups.join(older, newer)
        if what == "update":
            outdated[older] = newer
    worth = by_preference([each.article for each in decisions], rules)
    for members in groups.found():
        fresh = [place for place in members if place not in outdated] or members
        best = min(fresh, key=lambda place: worth(decisions[place]))
        _settle(results, members, best, outdated)
    return tuple(results)


def by_preference(articles: Iterable[Article], rules: SelectionRules) -> Callable[[Decision], Key]:
    """Return the key by which the best report of a story sorts first; ties go by id."""
    sources = {name: place for place, name in enumerate(rules.sources)}
    for article in articles:
        sources.setdefault(article.source, len(sources))
    one: dict[Preference, Callable[[Article], float]] = {
        "article": lambda article: article.headline,
        "source": lambda article: sources.get(article.source, len(sources)),
        "longest": lambda article: -length(article),
        "earliest": lambda article: (
            article.published.timestamp() if article.published else float("inf")
        ),
    }

    def key(decision: Decision) -> Key:
        article = decision.article
        return (
            {"put in": 0, "pinned": 1}.get(decision.rule, 2),
            *(one[name](article) for name in rules.prefer),
            article.id,
            article.where,
        )

    return key


def length(article: Article) -> int:
    """Return the number of characters of the text of *article*."""
    return sum(len(paragraph.text) for paragraph in article.body)


def also(decision: Decision) -> Also:
    """Return *decision*'s article as another report of a story."""
    article = decision.article
    return Also(source=article.source, title=article.title, url=article.url)


def _settle(
    results: list[Decision], members: Sequence[int], best: int, outdated: Mapping[int, int]
) -> None:
    """Leave *best* of *members* in, and write into *results* what becomes of the others."""
    chosen = results[best].article
    for place in members:
        each = results[place]
        if place == best or each.rule == "put in":
            continue
        old = place in outdated
        results[place] = replace(
            each,
            taken=False,
            rule="updated" if old else "duplicate",
            reason=f"{'updated by' if old else 'the same story as'} {chosen.where}",
            story=chosen.id,
        )
        results[best] = replace(results[best], also=(*results[best].also, also(each)))


def _pairs(decisions: Sequence[Decision], found: Texts) -> Iterator[tuple[int, int, str]]:
    """Yield (older, newer, relation) for each pair of texts that tells one story."""
    for one, other in _candidates(
        {place: found[place] for place in found if decisions[place].taken}
    ):
        older, newer = sorted((one, other), key=lambda place: _age(decisions[place].article))
        least, most = sorted((len(found[older]), len(found[newer])))
        if least < KEPT * most:
            continue
        shared = likeness.compare(found[older], found[newer])
        if shared.most >= likely.SAME:
            told = _telling(decisions[older].article, len(found[older]))
            tells = _telling(decisions[newer].article, len(found[newer]))
            if what := relation(told, tells, shared):
                yield older, newer, what


def _candidates(found: Texts) -> Iterator[tuple[int, int]]:
    """Yield the pairs of places whose texts may be alike, each once, in order."""
    if len(found) < 2:  # noqa: PLR2004 - a pair
        return
    from rensa import RMinHash, RMinHashLSH  # only where there is something to compare

    places = list(found)
    tokens = [[run.to_bytes(4, "big") for run in sorted(found[place])] for place in places]
    hashes = RMinHash.from_token_sets(tokens, _BANDS * _ROWS, 1)
    index = RMinHashLSH(0.5, _BANDS * _ROWS, _BANDS)
    index.insert_many(hashes)
    for row, near in enumerate(index.query_all(hashes)):
        for other in sorted(near):
            if other > row:
                yield places[row], places[other]


def _age(article: Article) -> tuple[float, str, str]:
    published = article.published.timestamp() if article.published else float("inf")
    return published, article.id, article.where


class _Groups:
    """Which places belong together, by their pairs."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}

    def join(self, one: int, other: int) -> None:
        """Put *one* and *other* into one group."""
        roots = sorted((self._root(one), self._root(other)))
        self._first[roots[1]] = roots[0]

    def found(self) -> Iterator[list[int]]:
        """Yield each group, its places in order."""
        members: dict[int, list[int]] = {}
        for place in sorted(self._first):
            members.setdefault(self._root(place), []).append(place)
        yield from members.values()

    def _root(self, place: int) -> int:
        self._first.setdefault(place, place)
        while self._first[place] != place:
            self._first[place] = self._first[self._first[place]]
            place = self._first[place]
        return place
