"""Fold the many addresses of one article into one."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode

_ADDRESS = re.compile(r"(?:[Hh][Tt]{2}[Pp][Ss]?:)?//([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?")
_ODD = ("#", "%", "@", ":", "//", "www.", "/amp", ".amp", "-amp", "AMP")
# Google's viewer and its cache wrap the address of the article.
_WRAPPED = re.compile(
    r"(?:www\.google\.[a-z.]+/amp/s?/|[a-z0-9-]+\.cdn\.ampproject\.org/[a-z]/(?:s/)?)"
)
_HOST = re.compile(r"^(?:www\.|amp\.)+")
_LONGEST_QUERY = 2_000  # characters; longer ones are state, and compared as they are
_PORT = re.compile(r":(?:80|443)?$")


def canonical(url: str) -> str:
    """Return the form of *url* in which two addresses of one article are equal.

    Folded are http and https, "www.", the trailing slash, tracking parameters and their
    order, the fragment and AMP variants. It is for comparing, and no address to open.
    """
    if plain := _plain(url):
        return plain
    parts = _ADDRESS.fullmatch(_unwrapped(url.strip()))
    if not parts:
        return url.strip()
    host = _HOST.sub("", _PORT.sub("", parts[1].rpartition("@")[2].lower()))
    path = _path(unquote(parts[2]))
    query = _query(parts[3] or "")
    fragment = parts[4] or ""
    page = f"#{fragment}" if fragment.startswith(("!", "/")) else ""  # a page drawn by script
    return f"{host}{path}{query}{page}"


def _plain(url: str) -> str | None:
    """Return the form of an address with nothing odd in it, as nine of ten are, quickly."""
    scheme, _, rest = url.partition("://")
    base, _, query = rest.removeprefix("www.").partition("?")
    if (
        scheme not in ("http", "https")
        or base.startswith("amp.")
        or "#" in query
        or not base.isascii()
    ):
        return None
    for odd in _ODD:  # a regular expression takes four times as long
        if odd in base:
            return None
    host, slash, path = base.rstrip("/").partition("/")
    if not (slash and host.islower()) or (query and _query(query)):
        return None
    return f"{host}/{path}"


def _unwrapped(url: str) -> str:
    scheme, _, rest = url.partition("://")
    inner = _WRAPPED.match(rest)
    return f"{scheme}://{rest[inner.end() :]}" if inner else url


def _path(path: str) -> str:
    path = re.sub(r"/{2,}", "/", path).rstrip("/")
    path = re.sub(r"/amp(?:/index)?(?:\.html)?$|^/amp(?=/)", "", path, flags=re.IGNORECASE)
    return re.sub(r"[.-]amp(?=\.html?$|$)", "", path, flags=re.IGNORECASE) or "/"


def _query(query: str) -> str:
    if not query or len(query) > _LONGEST_QUERY:
        return query
    if all(_tracks(part.partition("=")[0]) for part in query.split("&")):
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _tracks(name)]
    return "?" + urlencode(sorted(kept)) if kept else ""


@lru_cache(maxsize=4096)
def _tracks(name: str) -> bool:
    names, prefixes = _trackers()
    return name.lower() in names or name.lower().startswith(prefixes)


@cache
def _trackers() -> tuple[frozenset[str], tuple[str, ...]]:
    with Path(__file__).with_name("trackers.toml").open("rb") as file:
        data = tomllib.load(file)
    return frozenset(data["names"] + data["variants"]), tuple(data["prefixes"])
