"""Put on record what went into an issue, what did not, and why.

The schema is described in ``docs/report.md``; its number changes with every change that a
reader of the file could stumble over.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from digest.errors import Problem
from digest.model import Article, Decision, Issue, Item, Window
from digest.text import likeness

SCHEMA = 1
FILES = ("digest.html", "digest.txt", "digest.eml", "issue.toml", "report.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """An issue, the name of its *folder*, and how it came to hold what it holds.

    *problems* come with every build of the same inputs. *notes* tell what happened in this
    build alone, and so stand in no file. *pictures* are names of files, below the issue.
    """

    issue: Issue
    folder: str
    decisions: tuple[Decision, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()
    pictures: tuple[str, ...] = ()

    def left_out(self) -> tuple[tuple[Article, str], ...]:
        """Return the articles that the issue does not hold, and why.

        Those whose date alone keeps them out are not among them: an archive is full of
        them. A draft, an undated article, a repeat or a story that the editor took out is.
        """
        held = {item.id for item in self.issue.items}
        return tuple(
            (each.article, "taken out by the editor" if each.taken else each.reason)
            for each in self.decisions
            if not each.outside and each.article.id not in held
        )

    def without_link(self) -> tuple[Item, ...]:
        """Return the items that are drawn without a link, for want of an address."""
        return tuple(each for each in self.issue.items if not each.url and each.by == "digest")

    def outside(self) -> dict[str, int]:
        """Return how many articles each reason of date keeps out."""
        reasons = (each.reason.partition(":")[0] for each in self.decisions if each.outside)
        return dict(sorted(Counter(reasons).items()))


def summary(facts: Facts) -> dict[str, object]:
    """Return the report for machines that ``digest build --json`` prints."""
    issue = facts.issue
    return {
        "schema": SCHEMA,
        "slug": issue.slug,
        "folder": facts.folder,
        "files": [*FILES, *facts.pictures],
        "window": span(issue.window),
        "items": [_item(item) for item in issue.items],
        "without_link": [item.id for item in facts.without_link()],
        "left_out": [
            {"id": article.id, "title": article.title, "reason": reason}
            for article, reason in facts.left_out()
        ],
        "outside": facts.outside(),
        "counts": counts(facts.decisions),
        "problems": [asdict(problem) for problem in facts.problems],
    }


def counts(decisions: Iterable[Decision]) -> dict[str, int]:
    """Return how many articles each rule took or refused."""
    return dict(sorted(Counter(each.rule for each in decisions).items()))


def to_json(facts: Facts, generated: Mapping[str, object], blocks: str) -> str:
    """Return the text of ``report.json``: the summary, every decision, and the merge's base.

    *blocks* is the fingerprint of the blocks of the issue file that is written with it.
    """
    near = [each for each in facts.decisions if not each.outside]
    record = summary(facts) | {
        "items": [_item(item) | _choice(item) for item in facts.issue.items],
        "decisions": [decision(each) | _text(each) for each in near],
        "blocks": blocks,
        "sent": [item.id for item in facts.issue.items if item.by == "digest"],
        "generated": generated,
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _text(decision: Decision) -> dict[str, str]:
    """Return the sketch by which a story that was sent is known again."""
    if not (decision.taken or decision.story):
        return {}
    return {"text": likeness.to_text(likeness.sketch(likeness.runs(decision.article)))}


def _item(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "title": item.title,
        "teaser": item.teaser,
        "origin": item.origin,
        "section": item.section,
        "url": item.url,
        "published": item.published.isoformat() if item.published else None,
        "dated_by": item.dated_by,
    }


def _choice(item: Item) -> dict[str, object]:
    """Return why *item* has the teaser that it has, and what else the editor may take."""
    others = [
        {"text": each.text, "origin": each.origin, "reason": each.reason}
        for each in item.alternatives
    ]
    return {"reason": item.reason, "alternatives": others}


def span(window: Window) -> dict[str, str]:
    """Return *window* as it stands in reports: instants in ISO 8601, the end not included."""
    return {
        "start": window.start.isoformat(),
        "end": window.end.isoformat(),
        "timezone": str(window.start.tzinfo),
    }


def decision(decision: Decision) -> dict[str, object]:
    """Return *decision* as it stands in reports."""
    article = decision.article
    return {
        "id": article.id,
        "title": article.title,
        "where": article.where,
        "published": article.published.isoformat() if article.published else None,
        "dated_by": article.dated_by,
        "url": article.url,
        "source": article.source,
        "taken": decision.taken,
        "rule": decision.rule,
        "reason": decision.reason,
        "section": decision.section,
        "story": decision.story,
        "issue": decision.issue,
        "also": [asdict(each) for each in decision.also],
    }
