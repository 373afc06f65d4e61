"""The browser's side of an issue: a real server on loopback, asked over HTTP."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from conftest import write_article

DIGEST = (sys.executable, "-m", "digest")
NOW = ("--now", "2026-01-14T12:00")


@contextmanager
def ask(address: str, **headers: str) -> Iterator[HTTPResponse]:
    with urlopen(Request(address, headers=headers), timeout=20) as answer:
        assert isinstance(answer, HTTPResponse)
        yield answer


def fetch(address: str) -> bytes:
    with ask(address) as answer:
        return answer.read()


def next_event(stream: HTTPResponse) -> tuple[str, str]:
    name = ""
    for line in stream:
        text = line.decode().rstrip()
        if text.startswith("event: "):
            name = text.removeprefix("event: ")
        elif text.startswith("data: "):
            return name, json.loads(text.removeprefix("data: "))
    raise AssertionError("the stream ended")


@pytest.fixture
def address(project: Path) -> Iterator[str]:
    """Return where a preview of the small project listens.

    It ends quietly at Ctrl-C, though a page in some browser still listens.
    """
    build = [*DIGEST, "build", "--since", "2026-01-01", *NOW]
    subprocess.run(build, cwd=project, check=True, capture_output=True)
    command = [*DIGEST, "preview", "--no-open"]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=project, text=True, **pipes) as server:
        assert server.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert found
        yield found[0]
        with urlopen(f"{found[0]}events", timeout=20) as open_page:
            open_page.readline()
            server.send_signal(signal.SIGINT)
            _, said = server.communicate(timeout=20)
            assert (server.returncode, said) == (0, "")


def test_the_frame_shows_the_very_bytes_of_the_mail(project: Path, address: str) -> None:
    """What is served is the file, unchanged, and it can run no script."""
    assert b"2026-01-14" in fetch(address)
    for name in ("digest.html", "digest.txt", "digest.eml"):
        with ask(f"{address}issues/2026-01-14/{name}") as answer:
            assert answer.read() == (project / "issues/2026-01-14" / name).read_bytes()
            assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_changed_article_redraws_the_mail(project: Path, address: str) -> None:
    """The page is told, and the file holds the new story."""
    with ask(f"{address}events") as stream:
        stream.readline()
        write_article(project, "lock", "The lock is closed", "2026-01-08")
        assert next_event(stream) == ("drawn", "")
    assert b"The lock is closed" in fetch(f"{address}issues/2026-01-14/digest.html")


def test_a_mistake_is_said_and_the_last_good_mail_stays(project: Path, address: str) -> None:
    """A broken issue file shows as its line in the page; mended, the mail is drawn again."""
    mail = f"{address}issues/2026-01-14/digest.html"
    good = fetch(mail)
    path = project / "issues/2026-01-14/issue.toml"
    text = path.read_text(encoding="utf-8")
    with ask(f"{address}events") as stream:
        stream.readline()
        path.write_text(text.replace("status = ", "status "), encoding="utf-8")
        event, said = next_event(stream)
        assert event == "failed"
        assert "issue.toml:" in said
        assert fetch(mail) == good
        path.write_text(text.replace('"The ferry is back"', '"Back at last"'), encoding="utf-8")
        assert next_event(stream) == ("drawn", "")
    assert b"Back at last" in fetch(mail)


def test_a_template_that_appears_later_redraws_the_mail(project: Path, address: str) -> None:
    """The folder of templates need not be there when the preview starts."""
    with ask(f"{address}events") as stream:
        stream.readline()
        (project / "templates/partials").mkdir(parents=True)
        footer = project / "templates/partials/footer.mjml.j2"
        footer.write_text("<mj-section><mj-column><mj-text>Mine</mj-text></mj-column></mj-section>")
        assert next_event(stream) == ("drawn", "")
        while b"Mine" not in fetch(f"{address}issues/2026-01-14/digest.html"):
            assert next_event(stream) == ("drawn", "")
        footer.write_bytes(b"\xff")
        assert next_event(stream)[0] == "failed"
    assert b"Mine" in fetch(f"{address}issues/2026-01-14/digest.html")


@pytest.mark.parametrize(
    ("path", "host", "code"),
    [
        ("", "evil.example", 400),
        ("issues/2026-01-14/report.json", "127.0.0.1", 404),
        ("issues/..%2f..%2f/digest.toml", "127.0.0.1", 404),
        ("issues/other/digest.html", "127.0.0.1", 404),
    ],
)
def test_nothing_else_is_served(address: str, path: str, host: str, code: int) -> None:
    """Another host's name, another file, a way out of the folder: refused."""
    with pytest.raises(HTTPError) as raised, ask(address + path, Host=host):
        pass
    raised.value.close()
    assert raised.value.code == code


def test_a_port_in_use_is_one_line(project: Path, address: str) -> None:
    """The second preview says so and ends with 1."""
    port = address.rstrip("/").rpartition(":")[2]
    command = [*DIGEST, "preview", "--no-open", "--port", port]
    done = subprocess.run(command, cwd=project, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (
        1,
        f"--port {port}: is in use (choose another, or none)\n",
    )


def test_no_issue_yet_is_one_line(project: Path) -> None:
    """Before the first build there is nothing to show."""
    command = [*DIGEST, "preview", "--no-open"]
    done = subprocess.run(command, cwd=project, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (
        1,
        "issues: there is no issue yet (run digest build)\n",
    )
