"""Find what an editor would object to in a sentence or a text."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.text.languages import Language
from digest.text.plain import fold

_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।॥።։៕၊။‼⁇⁉｡][\"'”’“‘»«›‹」』）)\]]*$")
_LINK = re.compile(r"https?:|www\.|mailto:|\w@[\w-]+\.\w|\w\.(?!js|rs|py)[a-z]{2,}/\w")
_ADDRESS = re.compile(r"[@/:]|www")  # what a link can't do without
_MARKUP = re.compile(
    r"\{\{|\}\}|\{%|\]\(|\*\*|(?<!\w)__?\w|\w__?(?!\w)|&#?\w+;|</?[A-Za-z][^<>]*>|`|\[\^?\d+\]|^#|\|\s*\|"
)
_CODE = re.compile(
    r"[{}<>|\\^~]|\$[A-Za-z]|=>|::|->|==|\w\(\)|\[[^\]]*\]|;\s*$|#\d{3,}|\w/\w+/\w"
    r"|(?<!\w)--?[a-z][\w-]+[=\s]|\b(?=[a-f]*\d)[0-9a-f]{10,}\b"
)
_ODD = re.compile(r"[{}<>|\\^~\[\]_`*&#:/@$=;]|--|-\w+=|[0-9a-f]{10}|\(\)|www")
_LETTER = re.compile(r"[^\W\d_]")
_SMALL = re.compile("[a-zà-öø-ÿа-џ]")
_LISTED = re.compile(r"^(?:\(?\d{1,2}[.)]|[A-Z]\.|\(?[a-zA-Z]\)|[ivx]+\.)\s")
_QUOTE_ONLY = re.compile(r"^[\"“„«‘'].*[\"”“»’']$")
_WORDS = re.compile(r"[^\W_]+")
_STEM = 5  # letters; enough to know a word again in another form
_MANY = 4  # words that say something; of so many one may be new and still add nothing
_LITTLE = 12  # characters that a sentence says beyond the title
_SHORT = 55  # characters; about as long as a title
_FEW = 15  # letters; fewer in capitals are an abbreviation
_LABEL = 50  # characters: "Vulnerabilities fixed:"

# What each fault takes from a score of 100. Nothing at or under 0 is ever chosen while
# anything else can be.
WEIGHTS: dict[str, int] = {
    "leans on what isn't there": 45,
    "may lean on what isn't there": 17,
    "leans on what was left out": 12,
    "repeats the title": 50,
    "begins like another": 45,
    "is cut at a clause": 2,
    "is cut inside a clause": 26,
    "ends on a colon": 11,
    "is very short": 34,
    "is short": 14,
    "has no sentence end": 45,
    "quotes or brackets don't close": 60,
    "holds a link": 120,
    "holds markup": 120,
    "holds code": 40,
    "is all capitals": 30,
    "begins like a list": 25,
    "begins small": 25,
    "is a question": 8,
    "is a quotation alone": 12,
    "stands on several pages": 65,
    "is cut off by its author's tool": 60,
    "is not prose": 22,
}


def ends(text: str) -> bool:
    """Tell whether *text* ends as a sentence does."""
    return bool(_SENTENCE_END.search(text[-8:]))


def unwanted(sentence: str, known: Language) -> str:
    """Return why *sentence* has no place in a teaser, or "" where it has."""
    if not _LETTER.search(sentence):
        return "holds no words"
    if known.greeting.match(sentence):
        return "is a greeting"
    if known.notice.match(sentence) or known.notice_inside.search(sentence):
        return "is a notice"
    return "is a label" if sentence[-1] in ":：" and len(sentence) < _LABEL else ""


@lru_cache(maxsize=1024)
def inside(sentence: str) -> tuple[str, ...]:
    """Return the faults of *sentence* that it has wherever it stands."""
    if not _ODD.search(sentence):
        return ()
    if _ADDRESS.search(sentence) and _LINK.search(sentence):
        return ("holds a link",)
    if _MARKUP.search(sentence):
        return ("holds markup",)
    return ("holds code",) if _CODE.search(sentence) else ()


def at_start(sentence: str, known: Language) -> tuple[str, ...]:
    """Return the faults that *sentence* has as the first of a teaser."""
    found = []
    if not known.standing.match(sentence):
        if known.faint.match(sentence):
            found.append("may lean on what isn't there")
        elif known.leaning.match(sentence):
            found.append("leans on what isn't there")
    if _LISTED.match(sentence):
        found.append("begins like a list")
    first = _WORDS.search(sentence)
    if first and first[0][0].islower() and not "\u10d0" <= first[0][0] <= "\u10ff":
        found.append("begins small")
    if _is_loud(sentence):
        found.append("is all capitals")
    return tuple(found)


def after_gap(sentence: str, known: Language) -> tuple[str, ...]:
    """Return the faults of *sentence* as the first of a teaser that leaves out one before it."""
    words = " ".join(sentence.split()[:6])
    if known.pronoun.search(words) or known.anaphor.match(sentence):
        return ("leans on what was left out",)
    return ()


def of_size(text: str, length: int) -> tuple[str, ...]:
    """Return the faults of *text* as a whole, in a budget of *length* characters."""
    size = _width(text)
    found = []
    if size < min(30, length * 0.2):
        found.append("is very short")
    elif size < min(_SHORT, length * 0.3):
        found.append("is short")
    if _QUOTE_ONLY.match(text):
        found.append("is a quotation alone")
    return tuple(found)


def repeats(sentence: str, title: str, known: Language) -> bool:
    """Tell whether *sentence* adds nothing to *title*: a word or two at most, in many."""
    if not title or len(sentence) > 2 * len(title) + 30:
        return False
    said, before = _stems(sentence, known), _stems(title, known)
    if not said:
        return False
    new = sum(stem not in before for stem in said)
    if new <= (len(said) >= _MANY) + (len(said) >= 2 * _MANY):
        return True
    if len(said) - new < min(len(before), _MANY):
        return False
    folded, head = fold(sentence), fold(title)
    return head in folded and len(folded) - len(head) < _LITTLE


def _stems(text: str, known: Language) -> dict[str, None]:
    """Return the first letters of the words of *text* that say something."""
    words = _WORDS.findall(text.casefold())
    return dict.fromkeys(
        word[:_STEM] for word in words if word not in known.weak_ends and word != "s"
    )


def _is_loud(sentence: str) -> bool:
    if _SMALL.search(sentence[4:24]):
        return False
    letters = _LETTER.findall(sentence[:80])
    capital = sum(letter.isupper() for letter in letters)
    return len(letters) > _FEW and capital > 0.75 * len(letters)


def _width(text: str) -> int:
    """Return the length of *text*, where a wide character counts as two and a half."""
    if text.isascii() or len(text) > 2 * _SHORT:
        return len(text)
    wide = sum("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in text)
    return len(text) + wide * 3 // 2
