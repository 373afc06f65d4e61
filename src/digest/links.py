"""Mark the links of items, so that a site's statistics can tell readers of the mail from others.

Only what an item leads to is marked: its title and its picture. Links to unsubscribe, to the
page of the issue or in an editor's words are never touched.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from urllib.parse import quote, unquote_plus

from digest.model import Issue, Item, LinkPatterns, Section

_WEB = re.compile(r"https?://", re.IGNORECASE)
# A provider fills in *|X|*, {{x}}, <%x%>, [x] and %x%; "%" before two digits is an encoding.
_MERGE_TAG = re.compile(r"[{}<>|]|\[[a-zA-Z\[]|%(?![0-9A-Fa-f]{2})")


def track(issue: Issue, patterns: LinkPatterns) -> Issue:
    """Return *issue* with the parameters of *patterns* on the links of its items.

    A pattern may hold ``{slug}`` and ``{number}`` of the issue, the item's ``{section}`` and
    ``{position}``, counted from 1 over the whole issue.
    """
    wanted = {name: pattern for name, pattern in asdict(patterns).items() if pattern}
    if not wanted:
        return issue
    positions = itertools.count(1)
    sections: list[Section] = []
    for section in issue.sections:
        known = {"slug": issue.slug, "number": issue.number, "section": section.name}
        items = (
            _tracked(item, wanted, known | {"position": next(positions)}) for item in section.items
        )
        sections.append(replace(section, items=tuple(items)))
    return replace(issue, sections=tuple(sections))


def mark(url: str, parameters: Mapping[str, str]) -> str:
    """Return *url* with *parameters* behind its query, every byte of the rest as it was.

    One that the address has already isn't added, whatever its value; an empty one neither.
    Addresses of mail, and such as hold a provider's merge tag, come back as they are.
    """
    if not _WEB.match(url) or _MERGE_TAG.search(url):
        return url
    address, fragment, anchor = url.partition("#")
    path, asked, query = address.partition("?")
    known = {unquote_plus(each.partition("=")[0]) for each in re.split("[&;]", query)}
    added = "&".join(
        f"{quote(name, safe='')}={quote(value, safe='')}"
        for name, value in parameters.items()
        if value and name not in known
    )
    if not added:
        return url
    joint = "" if asked and (not query or query.endswith("&")) else "&" if asked else "?"
    return f"{path}{asked}{query}{joint}{added}{fragment}{anchor}"


def _tracked(item: Item, patterns: Mapping[str, str], known: Mapping[str, object]) -> Item:
    if not item.url:
        return item
    filled = {name: pattern.format(**known) for name, pattern in patterns.items()}
    return replace(item, url=mark(item.url, filled))
