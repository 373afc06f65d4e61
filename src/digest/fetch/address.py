"""Addresses on the web: which may be fetched, and which machine they name."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from digest.errors import FetchError
from digest.text.plain import clean

Resolve = Callable[[str], tuple[str, ...]]

_PORTS = {"http": 80, "https": 443}
_SHOWN = 120
_SAFE = "%/:?#[]@!$&'()*+,;=-._~"
_HOST = re.compile(r"[a-z0-9_.:-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Both carry an IPv4 address inside that somebody else's relay would connect to.
_RELAYED = (ipaddress.IPv6Network("2002::/16"), ipaddress.IPv6Network("2001::/32"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a request goes: *host* in ASCII without brackets, *path* with its query."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Return the host as it stands in an address, with the port if it isn't the usual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def target(url: str) -> Target:
    """Return where a request for *url* goes.

    Raises:
        FetchError: it is no http or https address, or holds a name and password.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").encode("idna").decode().lower(), parts.port
    except ValueError as error:  # also what the idna codec raises
        raise FetchError(shown(url), "is no address that can be read") from error
    if parts.scheme not in _PORTS:
        raise FetchError(shown(url), "isn't fetched", "only http and https are")
    if not _HOST.fullmatch(host) or _CONTROL.search(text):
        raise FetchError(shown(url), "is no address that can be read")
    if "@" in parts.netloc:
        raise FetchError(shown(url), "holds a user name", "such addresses aren't fetched")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(
        url=text,
        scheme=parts.scheme,
        host=host,
        port=port or _PORTS[parts.scheme],
        path=quote(path, safe=_SAFE, errors="replace"),
    )


def shown(url: str) -> str:
    """Return *url* for a message: short, without user, password and query."""
    scheme, colon, rest = clean(url).partition("://")
    if not colon:
        return scheme[:_SHOWN]
    authority, slash, path = re.split(r"[?#]", rest, maxsplit=1)[0].partition("/")
    return f"{scheme}://{authority.rpartition('@')[2]}{slash}{path}"[:_SHOWN]


def is_public(address: str) -> bool:
    """Tell whether *address*, an IPv4 or IPv6 one, is a single machine of the public internet.

    Source: the IANA special-purpose address registries, as Python's ipaddress knows them;
    of IPv6 only what is given out to machines (RFC 4291, section 2.4), because
    IPv4 hides in other parts of it.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return found.is_global and not (found.is_multicast or found.is_reserved)
    if found in _NAT64:  # how networks without IPv4 reach the rest (RFC 6052)
        return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    relayed = any(found in network for network in _RELAYED)
    return found in _GLOBAL_6 and found.is_global and not relayed


def look_up(host: str) -> tuple[str, ...]:
    """Return the addresses of *host*, in the system's order; it may be one itself.

    Raises:
        OSError: there is none.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
