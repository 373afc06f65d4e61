"""Ask what a build would decide, without building."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from datetime import datetime

from digest import pipeline
from digest.cli import output, project
from digest.cli.options import Span
from digest.config import Config
from digest.errors import DigestError
from digest.model import Article, Decision
from digest.pipeline import Chosen
from digest.text.plain import clean, fold


def choose(found: Config, span: Span, now: datetime) -> Chosen:
    """Return every decision for the issue that *span* asks for, and warn of what is amiss."""
    plan = pipeline.plan(found, project.wish(span, found), now)
    with output.Progress() as progress:
        chosen = pipeline.choose(found, plan, pipeline.read(found, progress))
    output.warn(chosen.problems)
    return chosen


def find(decisions: Sequence[Decision], name: str) -> tuple[Decision, ...]:
    """Return the decisions about the article that *name* means.

    Its id, address, file or title; else those of which *name* is a part.

    Raises:
        DigestError: there is none.
    """
    tests: tuple[Callable[[Article], bool], ...] = (
        lambda article: name in (article.id, article.url, article.where),
        lambda article: fold(article.title) == fold(name) != "",
        lambda article: _is_part(name, article),
    )
    for test in tests if name.strip() else ():
        if found := tuple(each for each in decisions if test(each.article)):
            return found
    titles = [each.article.title for each in decisions]
    near = difflib.get_close_matches(name, titles, n=1)
    hint = f'did you mean "{near[0]}"?' if near else "`digest list --all` names all of them"
    raise DigestError(clean(name)[:120], "no article has this id, address, file or title", hint)


def _is_part(name: str, article: Article) -> bool:
    inside = (article.id, article.url or "", article.where)
    return any(name in each for each in inside) or f" {fold(name)} " in f" {fold(article.title)} "
