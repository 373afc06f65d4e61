"""Get bytes from the web: the one way to the network.

    address ──► resolve ──► check ──► connect to what was checked ──► read under caps ──► Fetched
       ▲                                                        │
       └──────────────── where a redirect leads ◄───────────────┘

Every redirect is a new address and goes the whole way again. A name is looked up once and
the connection goes to the very address that was checked, so that a name server that
changes its answer (DNS rebinding) gains nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from digest.errors import FetchError
from digest.fetch.address import Resolve, look_up, shown, target

__all__ = ["Fetched", "Limits", "get"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = range(200, 300)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one fetch may take: bytes (also unpacked), seconds in all, redirects.

    *allow_private* lets it go to addresses that are not on the public internet.
    """

    most_bytes: int = 20_000_000
    seconds: float = 30.0
    redirects: int = 5
    allow_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came. *url* is where it was found at last, *passed* the addresses before it.

    *type* is the media type in lower case, "" where the server names none. The names of
    *headers* are in lower case.
    """

    data: bytes
    url: str
    type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    passed: tuple[str, ...] = ()


_LIMITS = Limits()


def get(url: str, limits: Limits = _LIMITS, *, resolve: Resolve = look_up) -> Fetched:
    """Return what lies at *url*; *resolve* gives the addresses of a host.

    Raises:
        FetchError: it can't be had, or only past the *limits*. The message holds no query,
            because keys travel there.
    """
    # Imported here: 60 ms, and most commands never touch the network.
    from digest.fetch.wire import Line

    passed: list[str] = []
    with Line(limits.seconds, resolve, allow_private=limits.allow_private) as line:
        while len(passed) <= limits.redirects:
            answer = line.ask(target(url), limits.most_bytes)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                break
            passed.append(url)
            url = _next(url, answer.headers["location"])
        else:
            raise FetchError(shown(passed[0]), f"leads on more than {limits.redirects} times")
    if answer.status not in _OK:
        raise FetchError(shown(url), f"answers {answer.status}", _HINTS.get(answer.status, ""))
    return Fetched(
        data=answer.data,
        url=url,
        type=answer.headers.get("content-type", "").partition(";")[0].strip().lower(),
        headers=answer.headers,
        passed=tuple(passed),
    )


_HINTS = {
    401: "it wants a key or a password",
    403: "the site refuses programs, or this one",
    404: "nothing is there",
    410: "it was taken away for good",
    429: "the site asks to come back later",
}


def _next(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchError(shown(url), "leads to an address that can't be read") from error
