"""Decide for every article whether it goes into the issue, and say why in one line.

:func:`choose` is the whole of it: each article by itself (``verdict``), then against what
other issues held (``memory``), then against the others of its window (``twice``,
``stories``), and last its place (``sections``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from digest.errors import Problem
from digest.model import Article, Decision, Issue
from digest.selection.days import in_words
from digest.selection.memory import Known, Memory, recognised
from digest.selection.sections import newest_first, placed
from digest.selection.stories import Texts, gathered, texts, told_before
from digest.selection.terms import Terms
from digest.selection.twice import without_repeats
from digest.selection.verdict import NEVER, PIN, judge, refused

__all__ = ["Terms", "choose", "in_words", "lack", "problems"]


def choose(articles: Iterable[Article], terms: Terms) -> tuple[Decision, ...]:
    """Return one decision for each article read: the chosen first, as readers meet them.

    The start of the window is included, its end is not. The others follow, newest first;
    ties keep the order of titles, then of ids, so the same articles always make the same
    issue.
    """
    memory = Memory(terms.others.issues, terms.window)
    first = [judge(article, terms, memory) for article in articles]
    far = [each for each in first if each.outside]
    near = without_repeats([each for each in first if not each.outside], terms)
    found = texts(near)
    near = _not_held(near, found, memory)
    chosen = placed(gathered(near, found, terms.rules), terms)
    return (*chosen, *sorted(far, key=newest_first))


def lack(issue: Issue, decisions: Sequence[Decision], minimum: int) -> Problem | None:
    """Return what to say where *issue* holds nothing, or fewer than *minimum* articles."""
    stories = sum(item.kind in ("story", "headline") for item in issue.items)
    if issue.items and stories >= minimum:
        return None
    if stories:
        problem = f"{stories} to send, and [selection] minimum is {minimum}"
    else:
        problem = "nothing to send"
    read = f"{len(decisions)} articles read, {stories or 'none'} of them in"
    return Problem(where=in_words(issue.window), problem=problem, hint=read)


def problems(decisions: Sequence[Decision], terms: Terms) -> tuple[Problem, ...]:
    """Return what is wrong with articles, and what of them can't be had as it is asked for.

    A draft is no problem: it waits on purpose.
    """
    flaws = (
        Problem(where=each.article.where, problem=each.reason)
        for each in decisions
        if each.rule in ("empty", "undated")
    )
    return (*flaws, *_contradictions(decisions, terms))


def _contradictions(decisions: Sequence[Decision], terms: Terms) -> tuple[Problem, ...]:
    """Return what authors and editors ask for and can't both have, or can't have at all."""
    articles = [each.article for each in decisions]
    found = [_contradiction(article, terms) for article in articles if article.mark]
    known = {article.id for article in articles} if terms.others.repeat else frozenset()
    found += [
        Problem(where="--repeat", problem=f"no article has the id {name}", hint="see digest list")
        for name in sorted(terms.others.repeat - known)
    ]
    return tuple(each for each in found if each)


def _contradiction(article: Article, terms: Terms) -> Problem | None:
    if article.mark == NEVER and article.id in terms.pinned:
        problem = "it is put into this issue, and its front matter says digest: never"
        hint = "take one of them back; until then it is left out"
        return Problem(where=article.where, problem=problem, hint=hint)
    if article.mark in (PIN, NEVER):
        return None
    if refused(article):
        problem = f"its front matter says digest: {article.mark}"
        return Problem(
            where=article.where, problem=problem, hint="until you choose, it is left out"
        )
    problem = f'digest: {article.mark} is neither "pin" nor "never"'
    return Problem(where=article.where, problem=problem, hint="it is passed over")


def _not_held(decisions: Sequence[Decision], found: Texts, memory: Memory) -> tuple[Decision, ...]:
    """Return *decisions* without what another issue told, and each of its updates named."""
    results = list(decisions)
    if not memory.held:
        return tuple(results)
    asked = {
        place: each.article
        for place, each in enumerate(results)
        if each.taken and each.rule != "put in"
    }
    places = list(asked)
    for number, known in recognised(asked.values(), memory).items():
        place = places[number]
        results[place] = _held(results[place], known)
        del asked[place]
    for place, known, relation in told_before(asked, found, memory):
        if relation == "update":
            update = f'; an update of "{known.trace.title}" in issue {known.slug}'
            if results[place].taken and "; an update of" not in results[place].reason:
                results[place] = replace(results[place], reason=results[place].reason + update)
        else:
            results[place] = _held(results[place], known)
    return tuple(results)


def _held(decision: Decision, known: Known) -> Decision:
    return replace(
        decision,
        taken=False,
        rule="held",
        reason=f'issue {known.slug} held it already, as "{known.trace.title}"',
        issue=known.slug,
    )
