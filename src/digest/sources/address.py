"""Addresses of articles and pictures: absolute, http or https, or none at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote, urljoin, urlsplit

from digest.errors import ReadError
from digest.model import Image
from digest.sources.raw import Raw

LONGEST = 2_000
_PIECES = ("year", "month", "day", "slug", "path")
_DATED = frozenset({"year", "month", "day"})
_PIECE = re.compile(r"\{([^{}]*)\}")
# All that RFC 3986 lets stand in a path or query; the rest (spaces, quotes, braces, other
# scripts) is percent-encoded. So is a "%" that encodes nothing: %EMAIL% is a merge tag.
_SAFE = "%/:?#@!$&'()*+,;=-._~"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def web_address(text: str | None) -> str | None:
    """Return *text* as an absolute http or https address in ASCII, or ``None``.

    White space inside, other schemes and an address without a host give ``None``.
    """
    text = (text or "").strip()
    if not text or len(text) > LONGEST or re.search(r"[\s\\\x00-\x1f\x7f]", text):
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
        host = host.encode("idna").decode("ascii") if host and not host.isascii() else host
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    netloc = parts.netloc if parts.netloc.isascii() else host + (f":{port}" if port else "")
    rest = parts._replace(scheme="", netloc="").geturl()
    encoded = quote(_STRAY_PERCENT.sub("%25", rest), safe=_SAFE, errors="replace")
    return f"{parts.scheme}://{netloc}{encoded}"


def picture(found: Image | None, base: str | None) -> Image | None:
    """Return *found* with an absolute address, resolved against *base*; else ``None``."""
    if found is None:
        return None
    try:
        url = web_address(urljoin(base or "", found.url.strip().replace(" ", "%20")))
    except ValueError:
        return None
    if url is None:
        return None
    return replace(found, url=url)


def check_pattern(pattern: str, *, where: str) -> None:
    """Let *pattern* pass if addresses can be made from it.

    Raises:
        ReadError: It has a piece that nobody knows, or makes no web address.
    """
    unknown = [piece for piece in _PIECE.findall(pattern) if piece not in _PIECES]
    if unknown:
        hint = "known: " + ", ".join(f"{{{piece}}}" for piece in _PIECES)
        raise ReadError(where, f"url has an unknown piece {{{unknown[0]}}}", hint)
    if web_address(_PIECE.sub("x", pattern)) is None:
        raise ReadError(where, "url makes no web address", "begin it with https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What the pieces of a url pattern stand for."""

    published: datetime | None
    slug: str | None = None


def patterned(raw: Raw, naming: Naming) -> str | None:
    """Return the address that the source's pattern gives the article, if it can.

    A pattern with a date can't name an article without one. The day is that of the
    publication's zone.
    """
    pattern = raw.url_pattern
    if not pattern or (naming.published is None and _DATED & set(_PIECE.findall(pattern))):
        return None
    values = {
        "slug": quote((naming.slug or raw.slug).strip("/"), safe="/", errors="replace"),
        "path": quote(raw.path.rpartition(".")[0] or raw.path, safe="/", errors="replace"),
    }
    if naming.published is not None:
        day = naming.published.astimezone(raw.zone)
        values |= {"year": f"{day:%Y}", "month": f"{day:%m}", "day": f"{day:%d}"}
    return web_address(_PIECE.sub(lambda piece: values.get(piece[1], ""), pattern))
