"""A real web server on loopback that answers as a test tells it to, also badly."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], object]


class Server(ThreadingHTTPServer):
    """The server; *asked* holds the path and headers of each request, *stopped* ends drips."""

    daemon_threads = True

    def __init__(self, answers: Mapping[str, Answer], host: str) -> None:
        self.answers = answers
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.stopped = threading.Event()
        super().__init__((host, 0), _Handler)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"http://{self.server_address[0]!s}:{self.port}"

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients hang up on purpose here."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.answers[self.path](self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serve(
    answers: Mapping[str, Answer], tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> Iterator[Server]:
    """Serve *answers*, by path, until the end of the block."""
    server = Server(answers, host)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


def answer(data: bytes = b"", status: int = 200, **headers: str) -> Answer:
    """Return a sound answer: *data*, with *headers* (``content_type``) and its true length."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"content_length": str(len(data)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return send


def raw(data: bytes) -> Answer:
    """Return an answer of these very bytes, whatever they say."""
    return lambda handler: handler.wfile.write(data)


def drip(head: bytes, drop: bytes) -> Answer:
    """Return an answer that sends *head*, and then *drop* again and again, ten a second."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        while not handler.server.stopped.wait(0.1):  # type: ignore[attr-defined]
            handler.wfile.write(drop)

    return send
