"""What went in, what did not, and why: as tables for people, as values for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from digest.cli.output import say
from digest.issues import Facts
from digest.issues.report import decision, span
from digest.model import Article, Decision, Issue, Item, Teaser
from digest.pipeline import Chosen
from digest.selection import in_words
from digest.text.plain import clean

_UNCUT = 200  # columns where nobody's window sets the limit: a pipe, a log


def show_issue(facts: Facts, paths: tuple[Path, ...]) -> None:
    """Print what the issue holds, what it left out, and the *paths* that were written."""
    issue = facts.issue
    say(f"Issue {issue.number} ({issue.slug}, {issue.status}): {in_words(issue.window)}")
    say(f"Subject: {issue.subject}")
    print_table(
        ("", "section", "title", "dated", "teaser from"),
        ((str(at), *_cells(item, issue)) for at, item in enumerate(issue.items, 1)),
    )
    if left_out := facts.left_out():
        say("Left out:")
        print_table(("article", "why"), ((article.where, reason) for article, reason in left_out))
    if bare := facts.without_link():
        say(f"Drawn without a link, for want of an address: {_counted(bare)}")
    _say_outside(sum(facts.outside().values()))
    for path in paths:
        say(f"wrote {_short(path)}")


def show_decisions(chosen: Chosen, *, everything: bool) -> None:
    """Print a decision a line; those outside the window only where *everything* is wanted."""
    say(f"Window: {in_words(chosen.plan.window)}")
    shown = [each for each in chosen.decisions if everything or not each.outside]
    print_table(
        ("", "title", "why", "section", "file"),
        (
            (
                "in" if each.taken else "out",
                each.article.title,
                each.reason,
                each.section or "",
                each.article.where,
            )
            for each in shown
        ),
    )
    _say_outside(len(chosen.decisions) - len(shown))


def show_teasers(article: Article, teaser: Teaser) -> None:
    """Print every teaser that *article* could have, the chosen one first."""
    say(f"{article.where}: {article.title}")
    if not teaser.text:
        say(f"no teaser: {teaser.reason}")
    rows = [each for each in (teaser, *teaser.alternatives) if each.text]
    print_table(
        ("", "score", "from", "why", "teaser"),
        (
            ("→" if each is teaser else "", str(each.score), each.origin, each.reason, each.text)
            for each in rows
        ),
    )


def teasing(article: Article, teaser: Teaser) -> dict[str, object]:
    """Return every teaser that *article* could have, for machines; the first is chosen."""
    candidates = [
        {"text": each.text, "origin": each.origin, "score": each.score, "reason": each.reason}
        for each in (teaser, *teaser.alternatives)
        if each.text
    ]
    return {"id": article.id, "title": article.title, "candidates": candidates}


def show_reasons(chosen: Chosen, meant: Iterable[Decision]) -> None:
    """Print all that was decided about each article of *meant*."""
    say(f"Window: {in_words(chosen.plan.window)}, issue {chosen.plan.slug}")
    for each in meant:
        say("")
        say(f"{each.article.title} ({each.article.where})")
        for name, value in _reasons(each, chosen):
            say(f"  {name}: {value}")


def _reasons(each: Decision, chosen: Chosen) -> Iterable[tuple[str, str]]:
    yield ("in" if each.taken else "out"), each.reason
    yield "rule", each.rule
    if each.section:
        yield "section", each.section
    if each.story:
        others = (other.article for other in chosen.decisions if other.article.id == each.story)
        yield "story", next((f"{one.title} ({one.where})" for one in others), each.story)
    for other in each.also:
        yield "also reported by", f"{other.source}: {other.title}"
    if each.issue:
        yield "other issue", each.issue
    if each.article.id in chosen.edited.taken_out:
        yield "but", "the editor took it out of this issue"


def reasons(chosen: Chosen, meant: Iterable[Decision]) -> dict[str, object]:
    """Return the decisions of *meant* for machines, as ``report.json`` holds them."""
    return {"window": span(chosen.plan.window), "decisions": [decision(each) for each in meant]}


def _cells(item: Item, issue: Issue) -> tuple[str, str, str, str]:
    day = item.published and item.published.astimezone(issue.window.start.tzinfo)
    dated = f"{day:%Y-%m-%d} by {item.dated_by}" if day else ""
    origin = "editor" if item.by == "editor" else item.origin if item.teaser else None
    return item.section, item.title, dated, origin or ""


def print_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print *rows* under *head* as wide as the terminal is, or whole where there is none."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _UNCUT
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    if table.row_count:
        console.print(table)


def _counted(items: tuple[Item, ...]) -> str:
    kinds = Counter(item.kind for item in items)
    plural = {"story": "stories", "headline": "headlines"}
    return ", ".join(f"{n} {kind if n == 1 else plural[kind]}" for kind, n in kinds.items())


def listing(chosen: Chosen, *, everything: bool) -> dict[str, object]:
    """Return the decisions for machines, as ``report.json`` holds them."""
    shown = [decision(each) for each in chosen.decisions if everything or not each.outside]
    return {"window": span(chosen.plan.window), "decisions": shown}


def _say_outside(count: int) -> None:
    if count:
        say(f"{count} more outside the window (digest list --all shows them)")


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
