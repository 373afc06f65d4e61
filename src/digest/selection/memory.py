"""Know what the other issues held, passed over or put off."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from digest.model import Article, Past, Trace, Window
from digest.selection.canonical import canonical
from digest.text.plain import fold

HEADLINE_WORDS = 5  # a title of fewer words may stand over two things


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One article as the issue *slug* remembers it."""

    slug: str
    trace: Trace


class Memory:
    """The traces of all other issues, found by what an article can be recognised by.

    *seen* are the ids of all articles that any of them decided about for good.
    """

    def __init__(self, past: Sequence[Past], window: Window) -> None:
        self._past = sorted(past, key=lambda each: (each.window.start.timestamp(), each.slug))
        self._start = window.start.timestamp()
        self._by_id: dict[str, Known] = {}
        for each in self._past:
            for trace in each.traces:
                before = self._by_id.get(trace.id)
                if before is None or trace.held or not before.trace.held:
                    self._by_id[trace.id] = Known(slug=each.slug, trace=trace)
        self.seen = frozenset().union(*(each.seen for each in past))

    def find(self, name: str) -> Known | None:
        """Return what is remembered of the article *name*: that it was held, else the last."""
        return self._by_id.get(name)

    def earlier_issue(self, instant: float) -> str | None:
        """Return the issue whose window holds *instant* and began before this one's."""
        starts, windows = self._windows
        for place in range(bisect_right(starts, instant) - 1, -1, -1):
            end, reach, slug = windows[place]
            if instant < end:
                return slug
            if instant >= reach:
                break
        return None

    @cached_property
    def held(self) -> tuple[Known, ...]:
        """Return what other issues held, the earliest first."""
        found = (
            Known(slug=each.slug, trace=trace)
            for each in self._past
            for trace in each.traces
            if trace.held
        )
        return tuple(found)

    @cached_property
    def _windows(self) -> tuple[list[float], list[tuple[float, float, str]]]:
        """Return the starts of the earlier windows, and (end, furthest end so far, slug)."""
        starts: list[float] = []
        ends: list[tuple[float, float, str]] = []
        for each in self._past:
            start, end = each.window.start.timestamp(), each.window.end.timestamp()
            if start < self._start:
                starts.append(start)
                ends.append((end, max(end, ends[-1][1] if ends else end), each.slug))
        return starts, ends


def recognised(articles: Iterable[Article], memory: Memory) -> dict[int, Known]:
    """Return which of *articles* (by place) were held under another id: by address or title.

    The same title counts on the same day; a headline's, if it is long, on any day.
    """
    wanted: dict[tuple[str, ...], list[int]] = {}
    days: set[str] = set()
    any_day = False
    for place, article in enumerate(articles):
        any_day |= article.headline
        days.update(_day(article))
        for key in _keys(article):
            wanted.setdefault(key, []).append(place)
    found: dict[int, Known] = {}
    if wanted:
        for known in memory.held:
            for key in _trace_keys(known.trace, days, any_day=any_day):
                for place in wanted.get(key, ()):
                    found.setdefault(place, known)
    return found


def _day(article: Article) -> tuple[str, ...]:
    return (article.published.date().isoformat(),) if article.published else ()


def _keys(article: Article) -> Iterable[tuple[str, ...]]:
    title = fold(article.title)
    if article.url:
        yield "url", canonical(article.url)
    for day in _day(article):
        yield "title", title, day
    if article.headline and len(title.split()) >= HEADLINE_WORDS:
        yield "title", title


def _trace_keys(trace: Trace, days: set[str], *, any_day: bool) -> Iterable[tuple[str, ...]]:
    if trace.url:
        yield "url", canonical(trace.url)
    if any_day or trace.day in days:  # folding all titles of a long history takes 0.3 s
        title = fold(trace.title)
        if title:
            yield "title", title, trace.day
            yield "title", title
