"""Say what stands in a drawn mail for addresses, merge tags and what could pass for one.

Mailing services fill in merge tags wherever they find them, also in the middle of an
article's title. And the libraries that draw a mail rewrite some addresses, escape some
characters of attributes twice, and decode entities. So the first character of whatever
looks like a tag becomes a private-use character and each address becomes a number, until
everything is drawn. Private-use characters are taken out of outside text first, so
nobody can forge one.
"""

from __future__ import annotations

import re

from digest.model import Slot

BASE = 0xE000  # a hidden character is the private-use one that lies this far above it
UNSUBSCRIBE = "https://merge.invalid/unsubscribe/"
VIEW = "https://merge.invalid/view/"
END_PART, END_VALUE = "\ue10f", "\ue11f"
ADDRESS_HERE = "\ue110"
PARTS: dict[Slot, str] = {"view": "\ue100", "address": "\ue101"}
_FIRST_NAME, ADDRESS_MARK = "\ue111", "\ue112"

# Also the openings that no profile of ours knows: another service may.
HIDDEN = re.compile(
    r"\{(?=\S)"  # {{ x }}, {% x %}, {# x #}, {$x}, {x}
    r"|\[(?=[\w\[])"  # [[x]], [unsubscribe]
    r"|\*(?=\|)"  # *|X|*
    r"|[<>\"]"  # <%x%>, and whatever a library could take for a tag in an attribute
    r"|%(?=[^%\n]{1,200}%)"  # %recipient%, %%x%%, %IF x%
    r"|([$#@~^|])(?=\1|\w+\1)"  # ##x##, @@x@@, $x$
    r"|\\"  # mjml writes attributes as Rust literals; see digest.render.html
    r"|m(?=erge\.invalid)"  # the addresses below
)
# What some service or other takes for a tag; the others of HIDDEN are hidden for libraries.
ANY = (
    r"\{(?=\S)",
    r"\[(?=[\w\[])",
    r"\*\|",
    r"<%",
    r"%(?=[\w.:\-]+%)",
    r"([$#@~^|])(?=\1)",
)
STAND_IN = re.compile(r"https://merge\.invalid/(?:\d+|unsubscribe|view)/")
NAMED = re.compile(f"{_FIRST_NAME}([^{END_VALUE}]*){END_VALUE}")
HELD = re.compile(f"{ADDRESS_MARK}([^{END_VALUE}]*){END_VALUE}")
MARKS = re.compile("[\ue100-\ue11f]")


def numbered(number: int) -> str:
    """Return the stand-in of the address with that *number*."""
    return f"https://merge.invalid/{number}/"


def held_address(address: str) -> str:
    """Return the postal *address*, marked so that a tag can stand in its place."""
    return f"{ADDRESS_MARK}{address}{END_VALUE}"


def first_name(fallback: str) -> str:
    """Return the place of a reader's first name; *fallback* is for those without one."""
    return f"{_FIRST_NAME}{fallback}{END_VALUE}"
