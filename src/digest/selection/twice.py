"""Count the same article once, however often and wherever it was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from digest.model import Article, Decision, Window
from digest.selection.canonical import canonical
from digest.selection.days import day_of
from digest.selection.memory import HEADLINE_WORDS
from digest.selection.stories import Key, also, by_preference
from digest.selection.terms import Terms
from digest.text.plain import fold


def without_repeats(decisions: Sequence[Decision], terms: Terms) -> tuple[Decision, ...]:
    """Return *decisions* with every repeat of a taken article left out and named as one.

    The same id, the same address, or the same title on the same day (in the window's
    zone) is the same article. A headline also disappears into an article of its title on
    another day. What the rules prefer is kept, and what an editor put in stays.
    """
    worth = by_preference([each.article for each in decisions], terms.rules)
    kept: dict[tuple[str, ...], int] = {}
    results = list(decisions)
    places = [place for place, each in enumerate(decisions) if each.taken]
    for place in sorted(places, key=lambda place: _rank(decisions[place], worth)):
        each = results[place]
        keys = tuple(_keys(each.article, terms.window))
        original = next((kept[key] for key in keys if key in kept), None)
        if original is None or each.rule == "put in":
            for key in (*keys, *_title_key(each.article)):
                kept.setdefault(key, place)
            continue
        first = results[original]
        results[place] = replace(
            each,
            taken=False,
            rule="repeat",
            reason=f"the same as {first.article.where}",
            story=first.article.id,
        )
        if each.article.source != first.article.source:
            results[original] = replace(first, also=(*first.also, also(each)))
    return tuple(results)


def _rank(decision: Decision, worth: Callable[[Decision], Key]) -> Key:
    return decision.article.headline, *worth(decision)


def _keys(article: Article, window: Window) -> Iterable[tuple[str, ...]]:
    yield "id", article.id
    title = fold(article.title)
    if title and article.published:
        yield "title", title, day_of(article.published, window)
    if article.url:
        yield "url", canonical(article.url)
    if article.headline:
        yield from _title_key(article)


def _title_key(article: Article) -> Iterable[tuple[str, ...]]:
    """Yield the title, if it is long, which is enough to recognise a headline by."""
    title = fold(article.title)
    if len(title.split()) >= HEADLINE_WORDS:
        yield "title", title
