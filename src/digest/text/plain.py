"""Make any string from outside safe to hold, print and compare."""

from __future__ import annotations

import re
import unicodedata

# Bidi overrides and isolates can turn the text around them; joiners and marks (U+200C to
# U+200F) are part of how Persian, Hindi and emoji are written and stay.
_UNWANTED = re.compile("[\u00ad\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_PRIVATE = re.compile("[\ue000-\uf8ff\ud800-\udfff\U000f0000-\U0010ffff]")
_SPACE = re.compile(r"[\s\u0085\u200b\u2060]+")


def clean(text: str) -> str:
    """Return *text* on one line, in NFC, without control, private or bidi-override characters.

    Runs of white space become one space. Terminal escape sequences lose their escape and
    so their power; nothing that is left can start a line, a header or a command.
    """
    return _SPACE.sub(" ", _strip(text)).strip()


def clean_lines(text: str) -> str:
    """Return *text* like :func:`clean`, its lines and their indentation kept."""
    lines = re.split(r"\r\n|[\n\r\x0b\x0c\u0085\u2028\u2029]", text.expandtabs(4))
    kept = (" " * (len(line) - len(line.lstrip(" "))) + clean(line) for line in lines)
    return "\n".join(line.rstrip() for line in kept).strip("\n")


def fold(text: str) -> str:
    """Return the form of *text* in which two titles that read alike are equal."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def _strip(text: str) -> str:
    for unwanted in (_CONTROL, _PRIVATE, _UNWANTED):
        text = unwanted.sub("", text)
    return unicodedata.normalize("NFC", text)
