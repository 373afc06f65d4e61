"""Take away what isn't part of the text: marks of notes and markup, and what precedes it."""

from __future__ import annotations

import html
import re

from digest.text.languages import Language
from digest.text.plain import clean, fold

_SUSPECT = re.compile(r"[\[{<&*_`¹²³⁴-⁹\u2020\u2021]")
_SHORTCODE = r"(?:\{\{[<%].*?[%>]\}\}|\{%.*?%\})"
_TAGS = "p|br|hr|a|em|strong|b|i|u|s|span|div|img|sup|sub|small|font|li|ul|ol|blockquote|h[1-6]"
# A sign that the text must hold, what is to be found with it, and what to put there.
_MARKUP = (
    ("![", re.compile(r"!\[[^\]]*\]\([^)]*\)"), " "),
    (
        "](",
        re.compile(rf"\[([^\]]{{1,200}})\]\(\s*(?:{_SHORTCODE}|[^)\s{{]*)(?:\s+\"[^\"]*\")?\s*\)"),
        r"\1",
    ),
    # A shortcode inside a sentence is a part of it that nobody knows: it stays, as a fault.
    ("{", re.compile(rf"^\s*(?:\[?{_SHORTCODE}\]?\s*)+|(?<=[.!?:])\s*{_SHORTCODE}"), " "),
    (
        "<",
        re.compile(
            rf"<!--.*?-->|</?(?:{_TAGS})(?:\s(?:{_SHORTCODE}|[^<>]){{0,300}}?)?/?>", re.IGNORECASE
        ),
        " ",
    ),
    ("[", re.compile(r"\s?\[(?:\s*|\d{1,3}|\^[\w-]{1,24}|note \d+|edit|citation needed)\]"), ""),
    ("**", re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), r"\1"),
    ("__", re.compile(r"__(?=\S)(.+?)(?<=\S)__"), r"\1"),
    ("__", re.compile(r"(?<!\w)__(?!\w)"), ""),
    ("*", re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    ("_", re.compile(r"(?<!\w)_(?=[^\s_])([^_]+?)(?<=\S)_(?!\w)"), r"\1"),
    ("`", re.compile(r"`([^`]+)`"), r"\1"),
)
_NOTE_MARK = re.compile(r"(?<=[^\W\d])[¹²³⁴-⁹†‡]+")
_SPACE_BEFORE = re.compile(r"\s+(?=[,.;!?](?:\s|$))")
_DATELINE = re.compile(
    r"(?P<place>[^–—:.!?\n]{0,45}?(?:\.[^–—:.!?\n]{1,20}){0,2}?)\s*"
    r"(?:[(（/]\s*(?P<agency>[^()（）/]{2,30})\s*[)）/])?\s*"
    r"(?P<dash>[–—]|-{1,2}(?=\s)|--|(?<=\))[.:]-?)\s*(?=\S)"
)
_AGENCY_FIRST = re.compile(r"[(（](?P<agency>[^()（）]{2,30})[)）]\s*[-–—:]*\s*(?=\S)")
_DASH = re.compile("[–—/()（）-]")
_NUMBERS = re.compile(r"\d")
_TITLE_MARK = re.compile(r"\s*[:–—|•·]\s*|\s+-\s+")
_LEAST = 20  # characters that must be left
_SHORTEST_PLACE = 4  # letters; "AI — " is none
_SHORTEST_TITLE = 8
_LONGEST_PLACE = 6  # words, the date among them


def tidy(text: str) -> str:
    """Return *text* in NFC, on one line, without marks of notes and left-over markup."""
    if not _SUSPECT.search(text):
        return _SPACE_BEFORE.sub("", text).strip() if " ." in text or " ," in text else text
    if "&" in text:
        text = html.unescape(text)
    for sign, pattern, instead in _MARKUP:
        if sign in text:
            text = pattern.sub(instead, text)
    text = _NOTE_MARK.sub("", text)
    return _SPACE_BEFORE.sub("", clean(text))


def without_opening(text: str, title: str, known: Language) -> str:
    """Return *text* from where it begins to speak of its subject.

    A dateline, a share bar, a reading time, a label or the title again, set off by a
    mark, are cut away, in whatever order they come.
    """
    for _ in range(6):
        shorter = _shorter(text, title, known)
        if shorter == text:
            break
        text = shorter
    return text


def _shorter(text: str, title: str, known: Language) -> str:
    if (match := known.opening.match(text)) and match.end() and match.end() < len(text):
        return text[match.end() :].lstrip()
    if (end := dateline(text, known)) and len(text) - end > _LEAST:
        return text[end:]
    return _without_title(text, title)


def dateline(text: str, known: Language) -> int:
    """Return where the dateline at the start of *text* ends, 0 if there is none.

    "KYIV, Jan 9 (Reuters) — ", "(CNN)", "Berlin (dpa) - ", "WASHINGTON — ".
    """
    if not _DASH.search(text[:90]):
        return 0
    first = _AGENCY_FIRST.match(text)
    if first and _is_agency(first["agency"], known):
        return first.end()
    match = _DATELINE.match(text)
    return match.end() if match and _is_dateline(match, known) else 0


def _is_dateline(match: re.Match[str], known: Language) -> bool:
    place, agency = match["place"].strip(" ,.-"), match["agency"] or ""
    words = place.split()
    if len(words) > _LONGEST_PLACE or not (place or agency):
        return False
    if agency or _is_agency(place, known):
        return _is_agency(agency or place, known)
    return _is_place(words, place, match.string[match.end() :])


def _is_agency(name: str, known: Language) -> bool:
    parts = re.split(r"\s*[/,;]\s*", name.casefold().replace("ё", "е").strip())
    return any(part in known.agencies for part in parts)


def _is_place(words: list[str], place: str, after: str) -> bool:
    """Tell whether *place* before a dash is one: all capitals, or names with a date."""
    letters = [word for word in words if any(letter.isalpha() for letter in word)]
    if not letters or not letters[0][:1].isupper() or not after[:1].isupper():
        return False
    first = re.sub(r"[^\w ]", "", place.split(",", maxsplit=1)[0])
    if first.isupper() and len(first) >= _SHORTEST_PLACE and not _NUMBERS.search(first):
        return True
    return "," in place and bool(_NUMBERS.search(place)) and letters[0].rstrip(",").isalpha()


def _without_title(text: str, title: str) -> str:
    """Return *text* without *title* in front, where a mark sets the title off."""
    size = len(title)
    if (
        size < _SHORTEST_TITLE
        or text[:1].lower() != title[0].lower()
        or fold(text[:size]) != fold(title)
    ):
        return text
    mark = _TITLE_MARK.match(text, size)
    rest = text[mark.end() :] if mark else text
    return rest if mark and rest[:1].isupper() and len(rest) > _LEAST else text
