"""Decide about one article by itself: its flaws, its date, and what is known of its id."""

from __future__ import annotations

from digest.model import Article, Decision, Rule, Window
from digest.selection.days import on_day
from digest.selection.memory import Known, Memory
from digest.selection.terms import Terms

PIN = "pin"
NEVER = "never"


def judge(article: Article, terms: Terms, memory: Memory) -> Decision:
    """Return the decision about *article* before it is compared with any other.

    "never" goes before everything else, because what was sent can't be called back.
    """
    window = terms.window
    inside = article.published is not None and article.published in window
    if article.mark is not None and refused(article):
        reason = f"its front matter says digest: {article.mark}"
        return Decision(
            article=article, taken=False, reason=reason, outside=not inside, rule="never"
        )
    flaw = _flaw(article)
    if article.id in terms.pinned:
        return _in(
            article, "put in by the editor" + (f", although {flaw[1]}" if flaw else ""), "put in"
        )
    if flaw:
        return Decision(article=article, taken=False, reason=flaw[1], rule=flaw[0])
    return _inside(article, window, memory) if inside else _outside(article, terms, memory)


def refused(article: Article) -> bool:
    """Tell whether its author keeps *article* out of every issue, whatever else is said."""
    return article.mark is not None and NEVER in article.mark.split(", ")


def _flaw(article: Article) -> tuple[Rule, str] | None:
    """Return why *article* could be sent in no issue, or ``None``."""
    if article.draft:
        return "draft", "a draft"
    if not (article.headline or article.body or article.summary):
        return "empty", "empty: a title and no text"
    if article.published is None:
        return "undated", "undated: no date in its metadata, address, file name or text"
    return None


def _inside(article: Article, window: Window, memory: Memory) -> Decision:
    known = memory.find(article.id)
    if known and known.trace.held:
        reason = f"issue {known.slug} held it already"
        return Decision(article=article, taken=False, reason=reason, rule="held", issue=known.slug)
    if article.mark == PIN:
        return _in(
            article, f"pinned by its front matter; published {on_day(article, window)}", "pinned"
        )
    return _in(article, f"published {on_day(article, window)}", "window")


def _outside(article: Article, terms: Terms, memory: Memory) -> Decision:
    window = terms.window
    before = article.published is not None and article.published < window.start
    known = memory.find(article.id)
    joins = before and terms.others.joins and (known is None or not known.trace.held)
    if joins and (joining := _joining(article, known, terms, memory)):
        return joining
    reason = f"published {'before' if before else 'after'} the window: {on_day(article, window)}"
    slug = None
    if known is not None and known.trace.held:
        slug = known.slug
        reason += f"; issue {slug} held it"
    return Decision(
        article=article, taken=False, reason=reason, outside=True, rule="outside", issue=slug
    )


def _joining(
    article: Article, known: Known | None, terms: Terms, memory: Memory
) -> Decision | None:
    """Return the decision about an older *article* that no issue held, if it is to join."""
    window = terms.window
    if known and terms.rules.rollover:
        reason = f"rolled over from issue {known.slug}; published {on_day(article, window)}"
        return _in(article, reason, "rolled over", known.slug)
    if known or article.id in memory.seen or article.published is None:
        return None
    slug = memory.earlier_issue(article.published.timestamp())
    return _late(article, slug, terms) if slug else None


def _late(article: Article, slug: str, terms: Terms) -> Decision:
    day = on_day(article, terms.window)
    reason = f"late: published {day}, and not there when issue {slug} was built"
    if terms.rules.late:
        return _in(article, reason, "late", slug)
    reason += "; [selection] late is false"
    return Decision(article=article, taken=False, reason=reason, rule="late refused", issue=slug)


def _in(article: Article, reason: str, rule: Rule, issue: str | None = None) -> Decision:
    return Decision(article=article, taken=True, reason=reason, rule=rule, issue=issue)
