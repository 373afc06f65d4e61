"""Decide for every article whether it goes into the issue, and say why in one line."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from digest.errors import Problem
from digest.model import Article, Decision, Window
from digest.selection.days import in_words, on_day
from digest.selection.twice import without_repeats

__all__ = ["choose", "flaws", "in_words", "nothing_in"]

_UNDATED = "undated: no date in its metadata, address, file name or text"


def choose(
    articles: Iterable[Article], window: Window, pinned: frozenset[str] = frozenset()
) -> tuple[Decision, ...]:
    """Return one decision for each article read: the chosen first, newest first.

    The start of *window* is included, its end is not. Ties keep the order of titles, then
    of ids, so the same articles always make the same issue. The ids in *pinned* are in
    whatever their date says, because an editor put them there.
    """
    decisions = [_decide(article, window, pinned) for article in articles]
    return tuple(sorted(without_repeats(decisions, window), key=_rank))


def flaws(decisions: Iterable[Decision]) -> tuple[Problem, ...]:
    """Return a problem for each article that is left out because something is wrong with it.

    A draft is none: it waits on purpose.
    """
    return tuple(
        Problem(where=each.article.where, problem=each.reason)
        for each in decisions
        if not each.taken and not each.article.draft and _flaw(each.article)
    )


def nothing_in(decisions: Collection[Decision], window: Window) -> Problem:
    """Return what to say where *window* holds nothing to send."""
    read = f"{len(decisions)} articles read, none of them in"
    return Problem(where=in_words(window), problem="nothing to send", hint=read)


def _decide(article: Article, window: Window, pinned: frozenset[str]) -> Decision:
    flaw = _flaw(article)
    if article.id in pinned:
        reason = "put in by the editor" + (f", although {flaw}" if flaw else "")
        return Decision(article=article, taken=True, reason=reason)
    if flaw or article.published is None:
        return Decision(article=article, taken=False, reason=flaw or _UNDATED)
    day = on_day(article.published, article.dated_by, window)
    if article.published in window:
        return Decision(article=article, taken=True, reason=f"published {day}")
    side = "before" if article.published < window.start else "after"
    reason = f"published {side} the window: {day}"
    return Decision(article=article, taken=False, reason=reason, outside=True)


def _flaw(article: Article) -> str | None:
    """Return why *article* could be sent in no issue, or ``None``."""
    if article.draft:
        return "a draft"
    if not (article.headline or article.body or article.summary):
        return "empty: a title and no text"
    if article.published is None:
        return _UNDATED
    return None


def _rank(decision: Decision) -> tuple[bool, float, str, str]:
    article = decision.article
    newest = -article.published.timestamp() if article.published else float("inf")
    return not decision.taken, newest, article.title, article.id
