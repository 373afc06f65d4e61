"""Serve an issue on loopback; know nothing of how one is made.

The page that the browser opens is a frame around the very bytes of ``digest.html``. It
listens on one stream of events: "drawn" after every rebuild, "failed" with the lines of an
error, in which case the last good mail stays in the frame.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import socket
import traceback
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from watchfiles import Change, awatch

from digest.errors import DigestError, WriteError
from digest.preview.desk import Desk

_TYPES = {
    "digest.html": "text/html; charset=utf-8",
    "digest.txt": "text/plain; charset=utf-8",
    "digest.eml": "message/rfc822",
}
# The mail is somebody else's text: it gets no scripts and no way to the app around it.
_MAIL_POLICY = (
    "sandbox allow-popups; default-src 'none'; img-src *; style-src 'unsafe-inline'; font-src *"
)
_PAGE_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'"
)
_HOSTS = ["127.0.0.1", "localhost"]
_LOOK_AGAIN: dict[str, Any] = {"rust_timeout": 1000, "yield_on_timeout": True}  # milliseconds


@dataclass(slots=True)
class _Listeners:
    """The open event streams, and what a new one must be told first."""

    queues: set[asyncio.Queue[str | None]] = field(default_factory=set)
    last: str = ": listening\n\n"

    def tell(self, event: str, lines: Iterable[object]) -> None:
        """Send *event* and its *lines* to every stream."""
        data = json.dumps("\n".join(map(str, lines)))
        self.last = f"event: {event}\ndata: {data}\n\n"
        for queue in self.queues:
            queue.put_nowait(self.last)

    def end(self) -> None:
        """End every stream: an open one would hold the server up."""
        for queue in self.queues:
            queue.put_nowait(None)


class _Server(uvicorn.Server):
    """A server that ends its event streams when it is told to end."""

    def __init__(self, app: Starlette, listeners: _Listeners) -> None:
        super().__init__(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2))
        self._listeners = listeners

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end."""
        self._listeners.end()
        super().handle_exit(sig, frame)


def serve(desk: Desk, *, port: int, ready: Callable[[str], object]) -> None:
    """Serve *desk* on 127.0.0.1 until interrupted; call *ready* with the address.

    *port* 0 takes a free one.

    Raises:
        WriteError: the port is in use.
    """
    listeners = _Listeners()
    server = _Server(create_app(desk, listeners), listeners)
    listener = _listen(port)
    ready(f"http://127.0.0.1:{listener.getsockname()[1]}/")
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how it ends
        server.run(sockets=[listener])


def create_app(desk: Desk, listeners: _Listeners) -> Starlette:
    """Return the app that shows *desk* and tells *listeners* of every change."""

    @contextlib.asynccontextmanager
    async def watching(_: Starlette) -> AsyncIterator[None]:
        stop = asyncio.Event()
        task = asyncio.create_task(_watch(desk, listeners, stop))
        yield
        stop.set()
        await task

    async def page(_: Request) -> Response:
        return _page(desk.folder)

    async def mail(request: Request) -> Response:
        return _mail(desk.folder, request.path_params["slug"], request.path_params["name"])

    async def events(_: Request) -> Response:
        return StreamingResponse(_stream(listeners), media_type="text/event-stream")

    routes = [
        Route("/", page),
        Route("/issues/{slug}/{name}", mail),
        Route("/events", events),
    ]
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS)]
    return Starlette(routes=routes, middleware=middleware, lifespan=watching)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise WriteError(f"--port {port}", "is in use", "choose another, or none") from error
    return listener


def _page(folder: Path) -> Response:
    shell = files("digest.preview").joinpath("page.html").read_text(encoding="utf-8")
    filled = shell.replace("{{written}}", html.escape(_by_model(folder)))
    return HTMLResponse(
        filled.replace("{{slug}}", html.escape(folder.name)),
        headers={"Content-Security-Policy": _PAGE_POLICY},
    )


def _by_model(folder: Path) -> str:
    """Return a line that names the stories whose teasers a language model wrote, or ""."""
    try:
        items = json.loads((folder / "report.json").read_bytes())["items"]
        titles = [str(each["title"]) for each in items if each["origin"] == "llm"]
    except (OSError, ValueError, LookupError, TypeError):
        return ""
    return f"Teasers written by a language model: {', '.join(titles)}" if titles else ""


def _mail(folder: Path, slug: str, name: str) -> Response:
    if slug != folder.name or name not in _TYPES or not (folder / name).is_file():
        return PlainTextResponse("There is no such file in this issue.\n", status_code=404)
    headers = {"Content-Security-Policy": _MAIL_POLICY, "Cache-Control": "no-store"}
    return Response((folder / name).read_bytes(), media_type=_TYPES[name], headers=headers)


async def _stream(listeners: _Listeners) -> AsyncIterator[str]:
    queue: asyncio.Queue[str | None] = asyncio.Queue()
    listeners.queues.add(queue)
    try:
        yield listeners.last
        while (message := await queue.get()) is not None:
            yield message
    finally:
        listeners.queues.discard(queue)


async def _watch(desk: Desk, listeners: _Listeners, stop: asyncio.Event) -> None:
    """Rebuild after every change, also where a folder to watch appears or goes."""
    folder = desk.folder.resolve()

    def counts(_: Change, name: str) -> bool:
        path = Path(name)
        drawn = folder in path.parents and path.name != "issue.toml"
        return not path.name.startswith(".") and not drawn

    while not stop.is_set():
        inputs = desk.inputs()
        changes = awatch(*inputs, watch_filter=counts, stop_event=stop, debounce=200, **_LOOK_AGAIN)
        async for changed in changes:
            if changed or desk.inputs() != inputs:
                await _rebuild(desk, listeners)
            if desk.inputs() != inputs:
                break


async def _rebuild(desk: Desk, listeners: _Listeners) -> None:
    try:
        said = await asyncio.to_thread(desk.rebuild)
    except DigestError as error:
        listeners.tell("failed", error.problems)
    except Exception as error:  # noqa: BLE001 - a bug is shown in the page, and the watch goes on
        listeners.tell("failed", traceback.format_exception(error))
    else:
        listeners.tell("drawn", said)
