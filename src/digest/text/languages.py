"""Know what a language needs known of it: the tables in ``languages/<tag>.toml``.

A new language is one new file and no edit. ``und.toml`` holds what is true in all of them,
and is all there is for a language without a file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_NEVER = "(?!)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What is known of one language; patterns match whatever the case.

    *abbreviated* matches the end of a text whose full stop ends no sentence, *counted* the
    same where a number follows. *leaning* matches the start of a sentence that leans on
    one before it, *faint* of one that leans a little, *pronoun* a word that may point back.
    *opening* matches what is cut away from a text's start, *greeting* and *notice* the
    start of sentences that are not about the subject, *notice_inside* any part of them.
    """

    tag: str
    full_stop: str
    spaces: bool
    ordinals: bool
    quotes: tuple[str, ...]
    agencies: frozenset[str]
    weak_ends: frozenset[str]
    joiners: frozenset[str]
    abbreviated: re.Pattern[str]
    counted: re.Pattern[str]
    leaning: re.Pattern[str]
    faint: re.Pattern[str]
    standing: re.Pattern[str]
    pronoun: re.Pattern[str]
    anaphor: re.Pattern[str]
    lead_in: re.Pattern[str]
    opening: re.Pattern[str]
    greeting: re.Pattern[str]
    notice: re.Pattern[str]
    notice_inside: re.Pattern[str]


def base(tag: str) -> str:
    """Return the first part of the BCP 47 *tag*, in small letters: "pt" of "pt-BR"."""
    return re.split(r"[-_]", tag, maxsplit=1)[0].lower()


def language(tag: str) -> Language:
    """Return what is known of the language with the BCP 47 *tag*."""
    return _language(base(tag))


@cache
def _language(tag: str) -> Language:
    shared, own = _table("und"), _table(tag) if tag != "und" else {}
    spaces = bool(own.get("spaces", shared["spaces"]))

    def both(key: str) -> tuple[str, ...]:
        return (*own.get(key, ()), *shared.get(key, ()))

    edge = r"(?!\w)" if spaces else ""
    words = {key: _words(both(key), edge) for key in ("leaning", "faint", "standing")}
    return Language(
        tag=tag,
        full_stop=own.get("full_stop", shared["full_stop"]),
        spaces=spaces,
        ordinals=bool(own.get("ordinals")),
        quotes=tuple(own.get("quotes", shared["quotes"])),
        agencies=frozenset(both("agencies")),
        weak_ends=frozenset(both("weak_ends")),
        joiners=frozenset(both("joiners")),
        abbreviated=_ends(both("abbreviations"), r"\."),
        counted=_ends(both("before_numbers"), r"[.:]"),
        pronoun=_patterns([rf"\b(?:{_either(both('pronouns'))})\b"] if both("pronouns") else ()),
        anaphor=_patterns(both("anaphors")),
        lead_in=_ends(both("lead_ins"), r"[\s:：.。…]*", edge=r"(?<!\w)" if spaces else ""),
        opening=_patterns(both("openings")),
        greeting=_patterns(both("greetings")),
        notice=_patterns([each for each in both("notices") if each.startswith("^")]),
        notice_inside=_at_words([each for each in both("notices") if not each.startswith("^")]),
        **words,
    )


_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("ka", re.compile("[\u10d0-\u10ff]")),
    ("ar", re.compile("[\u0620-\u06ff]")),
    ("ru", re.compile("[\u0410-\u044f]")),
)
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
# Languages whose own script is the one that the first part of the pair is known by.
_AT_HOME = {
    "ja": frozenset({"ja"}),
    "zh": frozenset({"zh", "yue", "wuu", "ja"}),
    "ka": frozenset({"ka", "xmf", "lzz"}),
    "ar": frozenset({"ar", "fa", "ur", "ps", "ku", "ckb", "sd", "ug", "arz"}),
    "ru": frozenset(
        {"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt", "ba", "cv", "os", "ce"}
    ),
}


def spoken(tag: str, text: str) -> Language:
    """Return the language of *text*, which is said to be *tag*.

    Pages often claim to be English, because their templates do. Where the script can't be
    that of *tag*, the script decides; where it can, the little words do.
    """
    sample, said = text[:400], base(tag)
    if not sample.isascii():
        for other, script in _SCRIPTS:
            if len(script.findall(sample)) * 8 > len(sample):
                if said in _AT_HOME[other]:
                    return language(said)
                return language("uk" if other == "ru" and _UKRAINIAN.search(sample) else other)
    known = language(said)
    words = sample.casefold().split()
    own = _little(words, known)
    if own * _RARE >= len(words):
        return known
    best = max(map(language, _LATIN), key=lambda other: _little(words, other))
    return best if _little(words, best) > max(2 * own, _FEW) else known


_LATIN = ("de", "en", "es", "fr", "it", "pl", "ro", "tr", "az")
_RARE, _FEW = 6, 4  # one word in six is a little one, in any language that is told apart so


def _little(words: Sequence[str], known: Language) -> int:
    return sum(word in known.weak_ends for word in words)


def _table(tag: str) -> Mapping[str, Any]:
    path = files("digest.text") / "languages" / f"{tag}.toml"
    if not re.fullmatch(r"[a-z]{2,3}", tag) or not path.is_file():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _either(words: Sequence[str]) -> str:
    """Return a pattern of any of *words*, the longest first, with either apostrophe."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("'", "['’]") for word in ordered)


def _words(words: Sequence[str], edge: str) -> re.Pattern[str]:
    """Return a pattern of a text that begins with one of *words*, quotes and marks aside."""
    if not words:
        return re.compile(_NEVER)
    return re.compile(rf"^[\W_]*(?:{_either(words)}){edge}", re.IGNORECASE)


def _ends(words: Sequence[str], after: str, edge: str = r"(?<!\w)") -> re.Pattern[str]:
    """Return a pattern of a text that ends with one of *words* and the mark *after*."""
    if not words:
        return re.compile(_NEVER)
    return re.compile(rf"{edge}(?:{_either(words)}){after}$", re.IGNORECASE)


def _patterns(patterns: Sequence[str]) -> re.Pattern[str]:
    if not patterns:
        return re.compile(_NEVER)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _at_words(patterns: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern of any of *patterns*; those that begin at a word share the test for it.

    It is searched in every sentence, and four times as fast so.
    """
    at_word = [each.removeprefix(r"\b") for each in patterns if each.startswith(r"\b")]
    others = [each for each in patterns if not each.startswith(r"\b")]
    shared = [rf"\b(?:{'|'.join(at_word)})"] if at_word else []
    return _patterns([*shared, *others])
