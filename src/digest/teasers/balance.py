"""Tell whether quotes and brackets that a text opens are closed in it."""

from __future__ import annotations

import re

_BRACKETS = {
    "(": ")",
    "[": "]",
    "{": "}",
    "（": "）",
    "［": "］",
    "【": "】",
    "《": "》",
    "〈": "〉",
}
_CLOSERS = _BRACKETS | {
    "«": "»",
    "»": "«»",  # »German« and »Swedish»
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "“": "”",
    "”": "”",  # ”Finnish”
    "„": "“”‟",
    "‚": "‘’",
    "‘": "’",
    '"': '"',
}
_OPENED = re.compile(
    r"[()\[\]{}（）［］【】《》〈〉«»‹›「」『』“”„‟‚‘\"]"
)  # an apostrophe alone opens nothing
_MARKS = re.compile(r"[()\[\]{}（）［］【】《》〈〉«»‹›「」『』“”„‟‚‘’\"]")
_APOSTROPHE = re.compile(
    r"(?<=\w)['’‘](?=\w)|(?<=[sSxXzZ])['’](?=\W|$)|(?<!\w)['’](?=\d0s|[nNtc]\b|em\b|til\b|cause\b)"
)


def balanced(text: str) -> bool:
    """Tell whether each quote and bracket in *text* is opened and closed, and in that order.

    German and Slavic quotes („…“) and reversed angles (»…«) count as well as English ones.
    Apostrophes aren't quotes; the bracket of "1)" or ":-)" closes nothing, and counts.
    """
    if not _OPENED.search(text):
        return True
    marks = _MARKS.findall(_APOSTROPHE.sub("", text))
    return not marks or _closed(marks)


def _closed(marks: list[str]) -> bool:
    stack: list[str] = []
    for mark in marks:
        if stack and _closes(stack[-1], mark):
            stack.pop()
        elif mark in _BRACKETS.values():
            return False
        elif mark == "’":
            continue  # an apostrophe that the pattern didn't know
        else:
            stack.append(mark)
    return not stack


def _closes(opened: str, mark: str) -> bool:
    """Tell whether *mark* ends what *opened* began."""
    return mark in _CLOSERS.get(opened, "")
