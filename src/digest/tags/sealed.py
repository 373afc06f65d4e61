"""Hold a mail that is drawn once, and open it for one provider after the other.

Sealed ──► parts that the provider has no word for fall away
       ──► hidden characters come back, those that would open one of its tags escaped
       ──► addresses come back, byte for byte, and its own tags stand last of all
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from digest.errors import Problem
from digest.model import Mail, Provider, Slot
from digest.tags.grammar import JOINER, Grammar, grammar
from digest.tags.stand_ins import (
    ADDRESS_HERE,
    ANY,
    BASE,
    END_PART,
    HELD,
    NAMED,
    PARTS,
    UNSUBSCRIBE,
    VIEW,
)

PLAIN = Provider(name="generic", title="Any service", grammar=ANY, required=())

_VIEW_LINK = re.compile(rf'<a\b[^<>]* href="{re.escape(VIEW)}"[^<>]*>(.*?)</a>', re.DOTALL)
_TOKEN = re.compile(
    r"([\ue000-\ue07f]|https://merge\.invalid/(?:\d+|unsubscribe|view)/|\ue110|\ue111[^\ue11f]*\ue11f)"
)
_HIDDEN = re.compile("[\ue000-\ue07f]")
_SUSPECT = re.compile(r"[{*%$@~^|\[]|<(?![a-zA-Z/!])|#(?=[#\w]+#)|<(?=[a-z]+>)")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_BLANK_LINES = re.compile(r"\n{3,}")
_NEUTRAL = "\ue000"
_PERCENT = "%"
_TAG_END = re.compile(r"(?<=\}\})|(?<=%\})|(?<=\|\*)|(?<=\])|[<\n\"]")
_GAP = re.compile(r"\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A mail drawn once, with stand-ins for what providers fill in or could obey.

    *addresses* are what the numbers stand for. *unsubscribe* and *view* are the
    publication's own, for providers without such tags; *address* tells whether the
    publication has a postal one.
    """

    html: str
    text: str
    subject: str
    preheader: str
    headers: tuple[tuple[str, str], ...]
    addresses: tuple[str, ...]
    unsubscribe: str
    view: str | None
    address: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A mail as one provider takes it, and what is amiss with it."""

    mail: Mail
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How the tokens of one version, HTML or plain, become words of one provider."""

    known: Grammar
    put: dict[str, str]  # whole tokens that are replaced
    name: str  # the tag of a first name, or "{fallback}"
    show: Callable[[str], str]
    cut: Callable[[str], str]


def opened(sealed: Sealed, provider: Provider) -> Opened:
    """Return *sealed* as a mail for *provider*."""
    known = grammar(provider.grammar)
    faults, links = _links(sealed, provider, known)
    html_way, text_way = _html_way(sealed, provider, links), _text_way(sealed, provider, links)
    html = _shaped(sealed.html, *_choices(sealed, provider), _elements(provider))
    text = _shaped(sealed.text, *_choices(sealed, provider), ())
    mail = Mail(
        html=_revealed(html, html_way),
        text=_BLANK_LINES.sub("\n\n", _revealed(text, text_way)).strip() + "\n",
        subject=(subject := _revealed(sealed.subject, text_way)),
        preheader=_revealed(sealed.preheader, text_way),
        headers=tuple(
            (name, subject if name == "Subject" else value) for name, value in sealed.headers
        ),
    )
    return Opened(mail=mail, problems=(*faults, *_strange(html, provider, known)))


def fill(slot: Slot, sealed: Sealed, provider: Provider) -> bool:
    """Tell whether a mail for *provider* has something to stand at *slot*."""
    own = {
        "unsubscribe": bool(sealed.unsubscribe),
        "view": sealed.view is not None,
        "address": sealed.address,
        "first_name": True,
    }
    return slot in provider.tags.named() or own[slot]


def _choices(sealed: Sealed, provider: Provider) -> tuple[frozenset[Slot], bool]:
    """Return the slots that stay empty, and whether a tag stands for the postal address."""
    empty = frozenset(slot for slot in PARTS if not fill(slot, sealed, provider))
    return empty, provider.tags.address is not None


def _elements(provider: Provider) -> tuple[tuple[str, str], ...]:
    """Return stand-ins and the elements that are written in place of their links."""
    tags = {UNSUBSCRIBE: provider.tags.unsubscribe, VIEW: provider.tags.view}
    return tuple((stand_in, tag.html) for stand_in, tag in tags.items() if tag and tag.element)


@lru_cache(maxsize=16)
def _shaped(
    text: str, empty: frozenset[Slot], tagged: bool, elements: tuple[tuple[str, str], ...]
) -> str:
    """Return *text* without the parts that stay *empty*, its links as *elements* where asked."""
    for slot, begin in PARTS.items():
        kept = "" if slot in empty else r"\1"
        text = re.sub(f"{begin}([^{END_PART}]*){END_PART}", kept, text)
    if "view" in empty:  # in a template of the user's own that marks no parts
        text = _VIEW_LINK.sub(r"\1", text)
    text = HELD.sub(ADDRESS_HERE if tagged else r"\1", text)
    for stand_in, element in elements:
        name = element.strip("<>")
        link = re.compile(
            rf'<a\b([^<>]*?) href="{re.escape(stand_in)}"([^<>]*)>(.*?)</a>', re.DOTALL
        )
        text = link.sub(rf"<{name}\1\2>\3</{name}>", text)
    return text


def _html_way(sealed: Sealed, provider: Provider, links: dict[int, str]) -> _Way:
    tags = provider.tags
    put = {
        UNSUBSCRIBE: tags.unsubscribe.html if tags.unsubscribe else escape(sealed.unsubscribe),
        VIEW: tags.view.html if tags.view else escape(sealed.view or ""),
        ADDRESS_HERE: tags.address.html if tags.address else "",
    }
    known = grammar(provider.grammar)
    for number, url in enumerate(sealed.addresses):
        shown = _entities(url, known) if number in links else escape(url)
        put[f"https://merge.invalid/{number}/"] = shown
    name = tags.first_name.html if tags.first_name else "{fallback}"
    return _Way(known=known, put=put, name=name, show=escape, cut=_entity)


def _text_way(sealed: Sealed, provider: Provider, links: dict[int, str]) -> _Way:
    tags = provider.tags
    put = {
        UNSUBSCRIBE: tags.unsubscribe.plain if tags.unsubscribe else sealed.unsubscribe,
        VIEW: tags.view.plain if tags.view else sealed.view or "",
        ADDRESS_HERE: tags.address.plain if tags.address else "",
    }
    for number, url in enumerate(sealed.addresses):
        put[f"https://merge.invalid/{number}/"] = links.get(number, url)
    name = tags.first_name.plain if tags.first_name else "{fallback}"
    return _Way(known=grammar(provider.grammar), put=put, name=name, show=str, cut=_joined)


def _entity(character: str) -> str:
    return f"&#{ord(character)};"


def _joined(character: str) -> str:
    return character + JOINER


@lru_cache(maxsize=16)
def _cut(text: str) -> tuple[tuple[str, ...], str, tuple[int, ...]]:
    """Return *text* in pieces, tokens at the odd ones; and as it reads, and where it hides."""
    hidden = tuple(match.start() for match in _HIDDEN.finditer(text))
    shadow = _HIDDEN.sub(lambda match: chr(ord(match[0]) - BASE), text)
    return tuple(_TOKEN.split(text)), shadow, hidden


def _revealed(text: str, way: _Way) -> str:
    pieces, shadow, hidden = _cut(text)
    opening = _openings(shadow, hidden, way.known)
    result, place = list(pieces), 0
    for index in range(1, len(pieces), 2):
        place += len(pieces[index - 1])
        result[index] = _token(pieces[index], place, opening, way)
        place += len(pieces[index])
    return "".join(result)


def _token(token: str, place: int, opening: frozenset[int], way: _Way) -> str:
    if token in way.put:
        return way.put[token]
    named = NAMED.fullmatch(token)
    if named:
        return way.name.replace("{fallback}", " ".join(named[1].split()))
    character = chr(ord(token) - BASE)
    return way.cut(character) if place in opening else way.show(character)


def _openings(shadow: str, places: Iterable[int], known: Grammar) -> frozenset[int]:
    """Return at which of *places* a tag would begin, also once the others are escaped."""
    found: set[int] = set()
    while new := [at for at in places if at not in found and _opens(shadow, at, known)]:
        found.update(new)
        letters = list(shadow)
        for at in new:
            letters[at] = _NEUTRAL
        shadow = "".join(letters)
    return frozenset(found)


def _opens(text: str, at: int, known: Grammar) -> bool:
    if not known.opens(text, at):
        return False
    if text[at] != _PERCENT or not _ENCODED.match(text, at):
        return True
    # Two hexadecimal digits in an address are a byte of it: %D0%BF.
    return "://" not in _GAP.split(text[max(0, at - 2000) : at])[-1]


def _links(
    sealed: Sealed, provider: Provider, known: Grammar
) -> tuple[tuple[Problem, ...], dict[int, str]]:
    """Return what is wrong with links that hold tags, and how plain text shows these."""
    # Where no service is named its addresses are nobody's tags.
    if not provider.tags.named() or known.in_link("\n".join(sealed.addresses)) is None:
        return (), {}
    found = {
        number: tag for number, url in enumerate(sealed.addresses) if (tag := known.in_link(url))
    }
    problems = tuple(
        Problem(
            where=sealed.addresses[number][:120],
            problem=f"the link holds {tag!r}, which is a tag for {provider.name}",
            hint="its plain-text version is percent-encoded there; ask for a plain address",
        )
        for number, tag in found.items()
    )
    return problems, {number: _encoded(sealed.addresses[number], known) for number in found}


def _entities(url: str, known: Grammar) -> str:
    places = _openings(_bare(url), range(len(url)), known)
    return "".join(f"&#{ord(a)};" if at in places else escape(a) for at, a in enumerate(url))


def _encoded(url: str, known: Grammar) -> str:
    places = _openings(_bare(url), range(len(url)), known)
    return "".join(f"%{ord(a):02X}" if at in places else a for at, a in enumerate(url))


def _bare(url: str) -> str:
    return _ENCODED.sub("\0\0\0", url)


@lru_cache(maxsize=8)
def _suspects(html: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _SUSPECT.finditer(html))


def _strange(html: str, provider: Provider, known: Grammar) -> tuple[Problem, ...]:
    """Return a problem for each tag in the theme that *provider* isn't known to have.

    Outside text is still hidden in *html*, so what is found stands in a template.
    """
    if not known.pattern or not provider.tags.named():
        return ()
    own = [
        re.escape(form) for tag in provider.tags.named().values() for form in (tag.html, tag.plain)
    ]
    known_here = re.compile("|".join((*own, *provider.known)) or "(?!)")
    found: dict[str, None] = {}
    for at in _suspects(html):
        match = known.pattern.match(html, at)
        if match and not known_here.match(html, at):
            found.setdefault(_TAG_END.split(html[at : at + 60])[0])
    return tuple(
        Problem(
            where="templates",
            problem=f"{each!r} looks like a tag, and {provider.name} isn't known to have it",
            hint=f'add it to "known" in providers/{provider.name}.toml, or take it out',
        )
        for each in found
    )
