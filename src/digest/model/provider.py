"""A mailing service: its merge tags, what it asks for, and how sure each of this is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Proof = Literal["official", "third-party", "none"]
Slot = Literal["unsubscribe", "view", "address", "first_name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One merge tag as it stands in HTML and in plain text, and how sure that is.

    A *text* of ``None`` is the same as *html*. An *element* is written around the words of
    a link, ``<unsubscribe>…</unsubscribe>``, instead of in place of its address; *html* is
    its opening. "{fallback}" in the tag of a first name is the word for readers without one.
    *proof* is "official" where the service's own manual or source was read, "third-party"
    where somebody else's was, "none" where nobody has looked.
    """

    html: str
    text: str | None = None
    element: bool = False
    proof: Proof = "none"
    source: str = ""

    @property
    def plain(self) -> str:
        """Return the form that stands in plain text."""
        return self.html if self.text is None else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """The tags that a provider has; ``None`` where none is known."""

    unsubscribe: Tag | None = None
    view: Tag | None = None
    address: Tag | None = None
    first_name: Tag | None = None

    def named(self) -> dict[Slot, Tag]:
        """Return the tags that there are, by what they stand for."""
        every: dict[Slot, Tag | None] = {
            "unsubscribe": self.unsubscribe,
            "view": self.view,
            "address": self.address,
            "first_name": self.first_name,
        }
        return {name: tag for name, tag in every.items() if tag}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a provider takes at most; ``None`` where no number is known.

    *headers* tells whether a mail may bring headers of its own.
    """

    html_bytes: int | None = None
    subject: int | None = None
    headers: bool | None = None
    proof: Proof = "none"
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The body of one request to a provider's API, written to *file* as JSON.

    *body* holds "=html", "=text", "=subject", "=preheader", "=name", "=slug",
    "=sender_name", "=sender_email" where these belong. *fill* names what only the user
    can know, such as the list.
    """

    file: str
    request: str
    body: Mapping[str, object]
    fill: tuple[str, ...] = ()
    proof: Proof = "none"
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A mailing service, as a file ``providers/<name>.toml`` describes it.

    *grammar* are patterns that match what the service takes for a tag, at least its
    opening; *known* are patterns of tags that a template of the user's own may hold beside
    *tags*. *required* is what every mail must have. *archive* is the name of a ZIP file
    with the HTML, for services that import one. *required_proof* and *required_source*
    tell how sure *required* and *appends* are.
    """

    name: str
    title: str
    tags: Tags = field(default_factory=Tags)
    grammar: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    required: tuple[Slot, ...] = ("unsubscribe", "address")
    required_proof: Proof = "none"
    required_source: str = ""
    appends: str = ""
    limits: Limits = field(default_factory=Limits)
    requests: tuple[Request, ...] = ()
    archive: str | None = None
    note: str = ""
