"""Decide for every article whether it goes into the issue, and say why in one line."""

from __future__ import annotations

from collections.abc import Iterable

from digest.model import Article, Decision, Window
from digest.selection.days import in_words, on_day
from digest.selection.twice import without_repeats

__all__ = ["choose", "in_words"]


def choose(
    articles: Iterable[Article], window: Window, pinned: frozenset[str] = frozenset()
) -> tuple[Decision, ...]:
    """Return one decision for each article read: the chosen first, newest first.

    The start of *window* is included, its end is not. Ties keep the order of titles, then
    of ids, so the same articles always make the same issue. The ids in *pinned* are in
    whatever their date says, because an editor put them there.
    """
    decisions = [_decide(article, window, pinned) for article in articles]
    return tuple(sorted(without_repeats(decisions), key=_rank))


def _decide(article: Article, window: Window, pinned: frozenset[str]) -> Decision:
    if article.id in pinned:
        return Decision(article=article, taken=True, reason="put in by the editor")
    if flaw := _flaw(article):
        return Decision(article=article, taken=False, reason=flaw)
    if side := _outside(article, window):
        reason = f"published {side} the window: {on_day(article)}"
        return Decision(article=article, taken=False, reason=reason, outside=True)
    return Decision(article=article, taken=True, reason=f"published {on_day(article)}")


def _flaw(article: Article) -> str | None:
    """Return why *article* could be sent in no issue, or ``None``."""
    if article.draft:
        return "a draft"
    if not (article.headline or article.body or article.summary):
        return "empty: a title and no text"
    if article.published is None:
        return "undated: no date in its metadata, address, file name or text"
    return None


def _outside(article: Article, window: Window) -> str | None:
    if article.published is None or article.published in window:
        return None
    return "before" if article.published < window.start else "after"


def _rank(decision: Decision) -> tuple[bool, float, str, str]:
    article = decision.article
    newest = -article.published.timestamp() if article.published else float("inf")
    return not decision.taken, newest, article.title, article.id
