"""Check a text that somebody else wrote about an article against that article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from digest.model import Article
from digest.teasers import faults
from digest.teasers.balance import balanced
from digest.text.languages import Language, spoken
from digest.text.sentences import sentences

_NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f'’ ]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[-.&][^\W\d_]+)*")
_QUOTED = re.compile(r"“([^”]{3,})”|„([^“”]{3,})[“”]|«([^»]{3,})»|\"([^\"]{3,})\"|「([^」]+)」")
_STEM = 5  # letters: enough to know a name again in another case
_LEAST_SHARED = 0.5  # of the words that say something; below, it speaks of something else


def whole_sentences(text: str, length: int, tag: str) -> str:
    """Return as many of the first sentences of *text* as fit into *length* characters."""
    taken: list[str] = []
    for sentence in sentences(text, tag):
        if len(" ".join([*taken, sentence])) > length:
            break
        taken.append(sentence)
    return " ".join(taken)


def objection(text: str, article: Article, language: str) -> str:
    """Return what is wrong with *text* as a teaser of *article*, or "" for nothing.

    Numbers, names and quotations must stand in the article, and at least half of its other
    words. *language* is a BCP 47 tag, for an article that doesn't say its own.

    Source: on 2,246 labelled summaries a number that the article doesn't hold was a
    falsehood in all but six of 141 cases; names catch 28 % more (FRANK, Pagnoni et al. 2021).
    """
    source = _source(article)
    known = spoken(article.language or language, source)
    checks = (
        _form(text, article, known),
        "isn't in the language of its article" if spoken(known.tag, text) != known else "",
        _missing("the number", _numbers(text), _numbers(source)),
        _missing("the name", _names(text, known), _stems(_WORD.findall(source))),
        _quotes(text, source),
        _elsewhere(text, source, known),
    )
    return next(filter(None, checks), "")


def _source(article: Article) -> str:
    return " ".join([article.title, article.summary or "", *(each.text for each in article.body)])


def _form(text: str, article: Article, known: Language) -> str:
    first = next(iter(sentences(text, known.tag)), "")
    if not first:
        return "is empty or too long"
    checks = (
        "" if faults.ends(text) else "doesn't end like a sentence",
        "" if balanced(text) else "holds quotes or brackets that don't close",
        *faults.inside(text),
        faults.unwanted(first, known),
        "repeats the title" if faults.repeats(first, article.title, known) else "",
    )
    return next(filter(None, checks), "")


def _numbers(text: str) -> dict[str, str]:
    """Return the digits of each number in *text*, and how it is written there."""
    return {re.sub(r"\D", "", each[0]): each[0] for each in _NUMBER.finditer(text)}


def _names(text: str, known: Language) -> dict[str, str]:
    """Return the words of *text* that look like names: capitals inside a sentence."""
    found = []
    for sentence in sentences(text, known.tag):
        words = _WORD.findall(sentence)
        capital = [word[:1].isupper() for word in words]
        found += [word for word, is_name in list(zip(words, capital, strict=True))[1:] if is_name]
        if capital[:2] == [True, True]:
            found.append(words[0])
    return _stems(word for word in found if word.casefold() not in known.weak_ends)


def _stems(words: Iterable[str]) -> dict[str, str]:
    return {_plain(word)[:_STEM]: word for word in words}


def _plain(word: str) -> str:
    """Return *word* in small letters, without accents and stops: "U.S." is "us"."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _missing(what: str, said: dict[str, str], known: dict[str, str]) -> str:
    new = next((written for key, written in said.items() if key not in known), None)
    return f"{what} {new} isn't in the article" if new is not None else ""


def _quotes(text: str, source: str) -> str:
    whole = _plain(source)
    for match in _QUOTED.finditer(text):
        quoted = next(filter(None, match.groups()))
        if _plain(quoted) not in whole:
            return f"the quotation “{quoted}” isn't in the article"
    return ""


def _elsewhere(text: str, source: str, known: Language) -> str:
    if not known.spaces:
        return ""
    words = [word for word in _WORD.findall(text) if word.casefold() not in known.weak_ends]
    said, there = _stems(words), _stems(_WORD.findall(source))
    shared = sum(stem in there for stem in said)
    return "" if shared >= _LEAST_SHARED * len(said) else "speaks of something else"
