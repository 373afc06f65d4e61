"""Judge teasers without knowing how they are made: it shares no code with digest.

Everything here reads a teaser as a stranger would, with its own word lists and its own
rough idea of a sentence. It errs on the strict side.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass

KINDS = (
    "over budget",
    "cut in a word",
    "unbalanced",
    "not in the article",
    "markup or link left",
    "dateline, byline or share bar",
    "leans on what isn't there",
    "repeats the title",
    "no sentence end",
    "greeting or notice",
)
TARGETS = dict(zip(KINDS, (0, 0, 0, 0, 0, 2, 15, 5, 0, 10), strict=True))

_END = re.compile(r"[.!?…。！？؟۔।։።]['\"”’“‘»«›‹」』）)\]]*$")
_SPLIT = re.compile(
    r"(?<!\b[A-Z]\.)(?<!\b(?:Mr|Dr|St|No|vs)\.)(?<!\bMrs\.)(?<=[.!?…])[\"”’»)]*\s+|(?<=[。！？])[」』]?"
)
# What a reader doesn't see of Markdown; a shortcode is something that nobody can read.
_UNSEEN = (
    (re.compile(r"\[([^\]]*)\]\((?:\{\{.*?\}\}[^)]*|[^()]|\([^()]*\))*\)"), r"\1"),
    (re.compile(r"</?[a-z]+(?:\s(?:\{\{.*?\}\}|[^<>])*)?>"), ""),
    (re.compile(r"\{\{.*?\}\}|\{%.*?%\}"), " zzz "),
    (re.compile(r"\[\^[^\]]+\]|\[\d{1,3}\]"), ""),
)
_MARKUP = re.compile(
    r"https?://|www\.\w|\]\(|\*\*|\{\{|\}\}|\{%|</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|&(?:#\d+|#x[\da-f]+|amp|nbsp|quot|lt|gt|mdash|ndash|rsquo);"
    r"|`|\[\d{1,3}\]|\[\^|\S+@\S+\.\w{2,}|^#{1,6}\s|!\[",
    re.IGNORECASE,
)
_DATELINE = (
    re.compile(r"^\(?(?:Reuters|AP|AFP|CNN|BBC|UPI|dpa|ANSA|EFE|TASS|ТАСС)\b\s*[)\]:–—-]"),
    re.compile(
        r"^[A-ZÀ-ÞА-ЯЁІЇЄҐ][A-ZÀ-ÞА-ЯЁІЇЄҐ .'’/-]{3,30}(?:,[^–—.]{2,30})?(?:\s*\([^)]{2,30}\))?\s*(?:[–—]|--|-\s)"
    ),
    re.compile(
        r"^[^–—.!?]{2,45}\((?:Reuters|AP|AFP|CNN|UPI|dpa|ANSA|EFE|PAP|AA|PTI|Xinhua)[^)]{0,20}\)\s*[–—:.-]"
    ),
    re.compile(r"^(?:新华社|中新网|中新社)[^，。]{0,20}电"),
)
_BYLINE = (
    re.compile(
        r"^(?:By|Von|Par|Por|Di|Posted by|Written by) [A-Z][\w.'’-]+ [A-Z][\w.'’-]+(?:\W|$)(?!.{60})"
    ),
    re.compile(
        r"^By [A-Z][\w.'’-]+ (?:[A-Z]\. )?[A-Z][\w.'’-]+,? (?:\||[A-Z]{2,}|Staff|Reporter|Updated|Published)"
    ),
    re.compile(
        r"^(?:share|tweet|e-?mail|print|facebook|twitter|whatsapp|pinterest|linkedin)\b.{0,25}\b(?:this|tweet|e-?mail|print|facebook|twitter|whatsapp|pinterest|linkedin)\b",
        re.IGNORECASE,
    ),
    re.compile(r"^\d{1,3}[- ]min(?:ute)?s?[. -]+read", re.IGNORECASE),
    re.compile(
        r"^(?:published|posted|updated|last updated|aktualisiert|publié|publicado|опубликовано|опубліковано)\b.{0,20}\d",
        re.IGNORECASE,
    ),
    re.compile(r"^media playback", re.IGNORECASE),
)
_LEAN: dict[str, str] = {
    "en": "he|she|it|they|his|her|hers|its|their|theirs|him|them|he's|she's|it's|they're|this|that|these|those|such|however|but|and|or|so|yet|also|too|then|thus|hence|therefore|moreover|furthermore|meanwhile|nevertheless|nonetheless|instead|otherwise|besides|consequently|additionally|similarly|likewise|conversely|finally|still|because|in addition|as a result|in contrast|for example|for instance|on the other hand|at the same time|after that|since then|in fact|in other words|of course|indeed|rather|both|neither|another|the latter|the former|which|who|whose|that's|there's|others",
    "de": "er|sie|es|sein|seine|ihr|ihre|dieser|diese|dieses|diesem|diesen|dies|aber|doch|jedoch|und|oder|denn|außerdem|zudem|dabei|dafür|dagegen|daher|deshalb|damit|danach|dann|dort|trotzdem|dennoch|allerdings|auch|beide|so|hier|somit",
    "fr": "il|elle|ils|elles|ce|cet|cette|ces|cela|ça|c'est|son|sa|ses|leur|leurs|mais|et|ou|or|donc|car|ainsi|cependant|pourtant|toutefois|ensuite|puis|enfin|aussi|de plus|par ailleurs",
    "es": "él|ella|ellos|ellas|esto|este|esta|estos|estas|ese|esa|eso|su|sus|pero|y|sin embargo|además|también|así|entonces|luego|por eso|aunque|asimismo",
    "it": "egli|lui|lei|essi|loro|questo|questa|questi|queste|ciò|ma|e|però|tuttavia|inoltre|infatti|quindi|così|poi|anche|infine",
    "pl": "on|ona|ono|oni|one|jego|jej|ich|to|ten|ta|te|ale|jednak|i|a|więc|ponadto|także|również|natomiast|potem|dlatego",
    "uk": "він|вона|воно|вони|його|її|їх|це|цей|ця|ці|але|однак|проте|також|тому|отже|водночас|потім|тоді|а|і|та",
    "ru": "он|она|оно|они|его|её|ее|их|это|этот|эта|эти|но|однако|также|поэтому|затем|потом|тогда|а|и|впрочем",
    "pt": "ele|ela|eles|elas|isto|isso|este|esta|esse|essa|mas|e|porém|também|assim|então|entretanto",
    "ro": "el|ea|ei|ele|acesta|aceasta|acest|această|dar|însă|totuși|și|iar|deci|astfel|apoi",
    "tr": "o|onlar|bu|bunlar|ama|ancak|fakat|ve|ayrıca|çünkü|böylece|sonra",
}  # fmt: skip
_SOUND = re.compile(
    r"^(?:this (?:week|month|year|morning|summer|spring|autumn|fall|winter|weekend|quarter)|these days|both sides|those (?:who|of)|"
    r"in diesem jahr|diese woche|cette semaine|cette année|este año|esta semana|both (?:\w+ ){0,3}and)\b",
    re.IGNORECASE,
)
_NOTICE = (
    re.compile(
        r"^(?:hi|hello|hey|dear|greetings|welcome|good (?:morning|afternoon|evening)|hallo|liebe|bonjour|hola|ciao|привет|привіт|шановні|уважаемые)\b[^.!?]{0,50}[.!?,:]",
        re.IGNORECASE,
    ),
    re.compile(
        r"^this is an? [\w -]{0,20}(?:security|maintenance|bug ?fix) release", re.IGNORECASE
    ),
    re.compile(
        r"^(?:this|the) (?:post|article|story|page|blog post|content) (?:is|was|has been|originally|first) (?:\w+ )?(?:originally|published|posted|updated|translated|archived|outdated|part|guest|cross|appeared|sponsored)",
        re.IGNORECASE,
    ),
    re.compile(r"^(?:originally|cross-?)[ -]?(?:published|posted|appeared)", re.IGNORECASE),
    re.compile(
        r"^(?:editor[’']?s?[’']? note|correction|clarification|disclaimer|update[ds]?|note)\s*[:(]",
        re.IGNORECASE,
    ),
    re.compile(r"\bclick (?:here|below|on the (?:link|image|button))\b", re.IGNORECASE),
    re.compile(
        r"^(?:photo|image|foto|picture|video|caption|фото)\s*(?:credit|by|:)", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:all rights reserved|getty images|terms of use|privacy policy|enable javascript|subscribe (?:to|now)|sign up (?:for|to) (?:our|the) newsletter|cookies? (?:policy|to))\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:subscribe|follow us|sign up|read more|advertisement|share this|see also|related)\b",
        re.IGNORECASE,
    ),
    re.compile(r"^(?:thanks|thank you) (?:for|to)\b.{0,60}$", re.IGNORECASE),
)
_PAIRS = {")": "(", "]": "[", "}": "{", "」": "「", "』": "『", "）": "（", "》": "《"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A teaser with what it is to be judged by; *source* is all text of its article."""

    teaser: str
    title: str
    source: str
    language: str
    length: int


def defects(case: Case) -> tuple[str, ...]:
    """Return the kinds of defects of a teaser that isn't empty, in the order of KINDS."""
    text = unicodedata.normalize("NFC", case.teaser)
    found = {
        "over budget": len(text) > case.length,
        "cut in a word": _cut_in_word(text, case.source),
        "unbalanced": not _balanced(text),
        "not in the article": not _all_in(text, case.source),
        "markup or link left": bool(_MARKUP.search(text)),
        "dateline, byline or share bar": any(p.search(text) for p in (*_DATELINE, *_BYLINE)),
        "leans on what isn't there": _leans(text, case.language),
        "repeats the title": _repeats(text, case.title),
        "no sentence end": not _END.search(text),
        "greeting or notice": any(p.search(_first(text)) for p in _NOTICE),
    }
    return tuple(kind for kind in KINDS if found[kind])


def _letters(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in text if letter.isalnum())


def _first(text: str) -> str:
    return _SPLIT.split(text, maxsplit=1)[0]


def _all_in(text: str, source: str) -> bool:
    for pattern, instead in _UNSEEN:
        source = pattern.sub(instead, source)
    whole = _letters(source)
    return all(_letters(part) in whole for part in _SPLIT.split(text) if part)


def _cut_in_word(text: str, source: str) -> bool:
    """Tell whether the word before the ellipsis goes on in the source."""
    if not text.endswith("…"):
        return False
    tail = " ".join(text[:-1].split())[-25:]
    flat = " ".join(source.split())
    if not tail or re.search(r"[\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]", tail[-1]):
        return False
    after = [flat[at : at + 1] for at in (m.end() for m in re.finditer(re.escape(tail), flat))]
    return bool(after) and all(letter.isalnum() for letter in after)


def _balanced(text: str) -> bool:
    stack = []
    for letter in text:
        if letter in _PAIRS.values():
            stack.append(letter)
        elif letter in _PAIRS and (not stack or stack.pop() != _PAIRS[letter]):
            return False
    opened = text.count("“") + text.count("„") - text.count("”")
    german = "„" in text
    curly = text.count("„") == text.count("“") + text.count("”") if german else opened == 0
    guillemets = text.count("«") == text.count("»")
    return not stack and curly and guillemets and text.count('"') % 2 == 0


def _leans(text: str, language: str) -> bool:
    words = _LEAN.get(language.split("-", maxsplit=1)[0].lower(), "")
    if not words or _SOUND.match(text.lstrip("\"“«„‘'")):
        return False
    start = text.replace("’", "'").lstrip("\"“«„‘'").casefold()
    return bool(re.match(rf"(?:{words})(?![\w'])", start))


def _repeats(text: str, title: str) -> bool:
    if not title:
        return False
    first = _first(text)
    said, known = (re.findall(r"\w+", each.casefold()) for each in (first, title))
    if not said or not known:
        return False
    ratio = difflib.SequenceMatcher(None, " ".join(said), " ".join(known)).ratio()
    new = [word for word in said if word not in known and len(word) > 3]
    return ratio >= 0.85 or (not new and len(said) >= 3)
