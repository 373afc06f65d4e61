"""Send one request to a model's endpoint, with a limit on time and size."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

MOST_BYTES = 1_000_000
_OK = 200


class PostError(Exception):
    """Say why there is no answer; digest falls back on the article's own words."""


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = 30) -> bytes:
    """Return the body of the answer to *body*, within *seconds* all in all.

    Redirections aren't followed: a key goes to the address that was set, and nowhere else.

    Raises:
        PostError: no answer in time, an answer that isn't 200, or one that is too large.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise PostError(f"{url} is no address")
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    try:
        connection = kind(parts.hostname, parts.port, timeout=seconds)
    except (ValueError, HTTPException) as error:
        raise PostError(f"{url} is no address") from error
    # A time-out of a socket starts anew with each byte that trickles in; this one doesn't.
    late = threading.Event()
    watch = threading.Timer(seconds, _hang_up, [connection, late])
    watch.daemon = True
    watch.start()
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        data = _answer(connection, path, body, headers)
    except (OSError, HTTPException, ValueError) as error:
        if late.is_set():
            raise PostError(f"no answer from {parts.hostname} in {seconds:g} s") from error
        raise PostError(
            f"no answer from {parts.hostname}: {error or type(error).__name__}"
        ) from error
    finally:
        watch.cancel()
        connection.close()
    if late.is_set():  # what came so far is no answer
        raise PostError(f"no answer from {parts.hostname} in {seconds:g} s")
    return data


def _answer(
    connection: HTTPConnection, path: str, body: bytes, headers: Mapping[str, str]
) -> bytes:
    connection.request("POST", path or "/", body=body, headers=dict(headers))
    response = connection.getresponse()
    if response.status != _OK:
        raise PostError(f"{connection.host} answers with {response.status}")
    data = response.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise PostError(f"{connection.host} sends more than {MOST_BYTES} bytes")
    return data


def _hang_up(connection: HTTPConnection, late: threading.Event) -> None:
    late.set()
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it has ended by itself
