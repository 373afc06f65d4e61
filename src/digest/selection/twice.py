"""Count the same article once, however often and wherever it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.model import Article, Decision, Window
from digest.text.plain import fold


def without_repeats(decisions: Sequence[Decision], window: Window) -> tuple[Decision, ...]:
    """Return *decisions* with every repeat of a taken article left out and named as one.

    The same id, the same address, or the same title on the same day (in the window's zone)
    is the same article.
    An article goes before a headline, a longer text before a shorter one, and the earlier
    read before the later.
    """
    kept: dict[tuple[str, ...], Article] = {}
    verdicts: dict[int, Decision] = {}
    for place in sorted(range(len(decisions)), key=lambda place: _worth(decisions[place].article)):
        decision = decisions[place]
        if decision.taken:
            decision = _unless_known(decision, kept, window)
        verdicts[place] = decision
    return tuple(verdicts[place] for place in range(len(decisions)))


def _unless_known(
    decision: Decision, kept: dict[tuple[str, ...], Article], window: Window
) -> Decision:
    keys = _keys(decision.article, window)
    original = next((kept[key] for key in keys if key in kept), None)
    if original is None:
        kept.update(dict.fromkeys(keys, decision.article))
        return decision
    return replace(decision, taken=False, reason=f"the same as {original.where}")


def _keys(article: Article, window: Window) -> tuple[tuple[str, ...], ...]:
    zone = window.start.tzinfo
    day = f"{article.published.astimezone(zone):%Y-%m-%d}" if article.published else ""
    keys = [("id", article.id), ("title", fold(article.title), day)]
    if article.url:
        keys.append(("url", article.url.rstrip("/")))
    return tuple(keys)


def _worth(article: Article) -> tuple[bool, int]:
    return article.headline, -sum(len(paragraph.text) for paragraph in article.body)
