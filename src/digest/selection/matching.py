"""Tell whether an article meets the rule of a section."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from urllib.parse import unquote, urlsplit

from digest.model import Article, Match, SectionSpec
from digest.text.plain import fold


def meets(article: Article, spec: SectionSpec, language: str) -> bool:
    """Tell whether *article* is one that the section *spec* takes.

    A lead is a full article; a section of headlines without a rule takes headlines alone.
    *language* is that of articles that say none.
    """
    if spec.layout == "lead" and article.headline:
        return False
    if spec.layout == "headlines" and not has_rule(spec) and not article.headline:
        return False
    return (
        matches(article, spec, language)
        and all(matches(article, each, language) for each in spec.all)
        and (not spec.any or any(matches(article, each, language) for each in spec.any))
        and not any(matches(article, each, language) for each in spec.none)
    )


def has_rule(spec: SectionSpec) -> bool:
    """Tell whether *spec* says anything of the articles that it takes."""
    own = (spec.tags, spec.authors, spec.sources, spec.language, spec.path, spec.text)
    return any(own) or any((spec.any, spec.all, spec.none))


def matches(article: Article, match: Match, language: str) -> bool:
    """Tell whether *article* has one of each list of *match* that isn't empty."""
    return (
        _shares(match.tags, article.tags)
        and _shares(match.authors, article.authors)
        and _shares(match.sources, (article.source,))
        and _speaks(match.language, article.language or language)
        and _lies(match.path, article)
        and _says(match.text, article)
    )


def _shares(wanted: tuple[str, ...], has: Iterable[str]) -> bool:
    return not wanted or not {fold(each) for each in wanted}.isdisjoint(map(fold, has))


def _speaks(wanted: tuple[str, ...], language: str) -> bool:
    """Tell whether *language* is one of *wanted*; "en" includes "en-GB"."""
    tag = language.lower().replace("_", "-")
    tags = (each.lower().replace("_", "-") for each in wanted)
    return not wanted or any(tag == each or tag.startswith(f"{each}-") for each in tags)


def _lies(patterns: tuple[str, ...], article: Article) -> bool:
    if not patterns:
        return True
    address = unquote(urlsplit(article.url).path) if article.url else ""
    return any(
        fnmatchcase(article.where, pattern) or (address and fnmatchcase(address, pattern))
        for pattern in patterns
    )


def _says(wanted: tuple[str, ...], article: Article) -> bool:
    if not wanted:
        return True
    parts = (article.title, article.summary or "", *(each.text for each in article.body))
    said = f" {fold(' '.join(parts))} "
    return any(f" {fold(words)} " in said for words in wanted)
