"""Ask one server for one thing, and read the answer with an eye on the clock.

httpcore2 speaks HTTP and asks the classes here for its sockets. That is the one place that
every byte passes, so it is where addresses are checked and the time is kept.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import httpcore2

from digest import __version__
from digest.errors import FetchError
from digest.fetch.address import Resolve, Target, is_public, shown

_CONNECT = 10.0  # seconds for one of several addresses of a host
_AGENT = f"digest/{__version__} (newsletter maker)"
_REDIRECTS = range(300, 400)
_SLICE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one request; the body of a redirect is never read."""

    status: int
    headers: dict[str, str]
    data: bytes = b""


class Line(httpcore2.NetworkBackend):
    """A way to the network that ends after *seconds*, whatever the servers do."""

    def __init__(self, seconds: float, resolve: Resolve, *, allow_private: bool) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._resolve = resolve
        self._allow_private = allow_private
        self._sockets = httpcore2.SyncBackend()
        self._connection: httpcore2.HTTPConnection | None = None
        self._where = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        if self._connection:
            self._connection.close()

    def ask(self, target: Target, most_bytes: int) -> Answer:
        """Return the answer of *target*'s server.

        Raises:
            FetchError: it can't be reached, breaks off, takes too long or sends too much.
        """
        self._where = where = shown(target.url)
        try:
            return self._ask(target, _Cap(where=where, most_bytes=most_bytes))
        except httpcore2.TimeoutException as error:
            raise FetchError(where, f"took longer than {self._seconds:g} seconds") from error
        except (httpcore2.NetworkError, OSError) as error:
            raise FetchError(where, f"can't be reached: {_reason(error)}") from error
        except httpcore2.ProtocolError as error:
            raise FetchError(where, "breaks off, or doesn't speak HTTP") from error

    def _ask(self, target: Target, cap: _Cap) -> Answer:
        self.__exit__()
        self._connection = httpcore2.HTTPConnection(
            httpcore2.Origin(target.scheme.encode(), target.host.encode(), target.port),
            ssl_context=_tls() if target.scheme == "https" else None,
            network_backend=self,
        )
        url = httpcore2.URL(
            scheme=target.scheme, host=target.host, port=target.port, target=target.path
        )
        own = (("Host", target.authority), ("Accept", "*/*"), ("Accept-Encoding", "gzip"))
        headers = (*own, ("User-Agent", _AGENT), ("Connection", "close"))
        with self._connection.stream("GET", url, headers=headers) as response:
            said = _headers(response)
            if response.status in _REDIRECTS:
                return Answer(status=response.status, headers=said)
            data = cap.unpack(cap.read(response, said), said.get("content-encoding", ""))
            return Answer(status=response.status, headers=said, data=data)

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            TimeoutException: none are.
        """
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise httpcore2.ReadTimeout
        return seconds

    def connect_tcp(
        self, host: str, port: int, *_args: Any, **_options: Any
    ) -> httpcore2.NetworkStream:
        """Return a connection to the first address of *host* that is allowed and answers."""
        failure: Exception = OSError("it has no address")
        for address in self._allowed(host):
            try:
                stream = self._sockets.connect_tcp(address, port, min(_CONNECT, self.left()))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self)
        raise failure

    def _allowed(self, host: str) -> tuple[str, ...]:
        found = self._addresses(host)
        allowed = tuple(each for each in found if self._allow_private or is_public(each))
        if found and not allowed:
            problem = f"is at {found[0]}, which is no public address"
            raise FetchError(self._where, problem, "only the public internet is fetched from")
        return allowed

    def _addresses(self, host: str) -> tuple[str, ...]:
        """Return the addresses of *host*; a look-up that hangs is left behind."""
        try:
            return (str(ipaddress.ip_address(host)),)
        except ValueError:
            answers: queue.SimpleQueue[tuple[str, ...] | Exception] = queue.SimpleQueue()
        threading.Thread(target=_answer, args=(self._resolve, host, answers), daemon=True).start()
        try:
            answer = answers.get(timeout=self.left())
        except queue.Empty as error:
            raise httpcore2.ConnectTimeout from error
        if isinstance(answer, Exception):
            raise answer
        return answer


class _Stream(httpcore2.NetworkStream):
    """A connection on which no call outlasts its line."""

    def __init__(self, inner: httpcore2.NetworkStream, line: Line) -> None:
        self._inner = inner
        self._line = line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, self._line.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._line.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._line.left())
        return _Stream(inner, self._line)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cap:
    where: str
    most_bytes: int

    def read(self, response: httpcore2.Response, headers: dict[str, str]) -> bytes:
        said = headers.get("content-length", "")
        self.check(int(said) if said.isdecimal() else 0)
        data = bytearray()
        for chunk in response.iter_stream():
            data += chunk
            self.check(len(data))
        return bytes(data)

    def unpack(self, data: bytes, encoding: str) -> bytes:
        """Return *data* as it was before it was packed for the way; a bomb stops at the cap."""
        encoding = encoding.strip().lower()
        if not data or encoding in ("", "identity"):
            return data
        if encoding not in ("gzip", "x-gzip"):
            raise FetchError(self.where, f"is packed as {encoding[:20]!r}", "gzip was asked for")
        gzip, unpacked = zlib.decompressobj(wbits=31), bytearray()
        try:
            while data and not gzip.eof:
                unpacked += gzip.decompress(data, _SLICE)
                data = gzip.unconsumed_tail
                self.check(len(unpacked))
        except zlib.error as error:
            raise FetchError(self.where, "is packed, and can't be unpacked") from error
        # A second member is legal, and sent by nobody; as with browsers, the first one counts.
        if not gzip.eof:
            raise FetchError(self.where, "is packed, and breaks off")
        return bytes(unpacked)

    def check(self, size: int) -> None:
        if size > self.most_bytes:
            most = self.most_bytes / 1_000_000
            raise FetchError(self.where, f"is larger than {most:g} MB, and wasn't fetched")


@cache
def _tls() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()  # reads the system's certificates: 20 ms


def _answer(resolve: Resolve, host: str, answers: queue.SimpleQueue[Any]) -> None:
    try:
        answers.put(resolve(host))
    except OSError as error:
        answers.put(error)
    except ValueError:  # a name that no name server can be asked for
        answers.put(OSError("no such host"))


def _headers(response: httpcore2.Response) -> dict[str, str]:
    """Return headers by name in lower case; the first of several of one name counts."""
    found: dict[str, str] = {}
    for name, value in response.headers:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1").strip())
    return found


def _reason(error: BaseException) -> str:
    """Return why a connection failed, in a few words."""
    inner = error.__cause__ if isinstance(error, httpcore2.NetworkError) else error
    if isinstance(inner, ssl.SSLCertVerificationError):
        return f"its certificate can't be trusted, {inner.verify_message.lower().rstrip('.')}"
    if isinstance(inner, ssl.SSLError):
        return "it doesn't speak TLS"
    if isinstance(inner, socket.gaierror):
        return "no such host"
    words = (inner.strerror if isinstance(inner, OSError) else None) or str(inner) or "no answer"
    return words[:1].lower() + words[1:]
