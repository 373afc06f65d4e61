"""The one way to the network: what comes, what is refused, and that it ends in time."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import require
from digest import __version__
from digest.errors import FetchError
from digest.fetch import Fetched, Limits, get
from digest.fetch.address import is_public, look_up, shown, target
from digest.fetch.wire import _tls
from loopback import Server, answer, drip, raw, serve

HERE = Limits(allow_private=True, seconds=5)
SHORT = Limits(allow_private=True, seconds=0.3)
SMALL = Limits(allow_private=True, seconds=5, most_bytes=1_000)
OK = b"HTTP/1.1 200 OK\r\n"


def loopback(_host: str) -> tuple[str, ...]:
    """Resolve every name to this machine."""
    return ("127.0.0.1",)


def refusal(url: str, limits: Limits = HERE) -> str:
    with pytest.raises(FetchError) as raised:
        get(url, limits, resolve=loopback)
    return str(raised.value)


def refused(answers: dict[str, object], limits: Limits = HERE) -> str:
    """Return what is said when "/" of a server with *answers* is fetched, without its address."""
    with serve(answers) as server:  # type: ignore[arg-type]
        return refusal(f"{server.url}/", limits).replace(server.url, "")


@pytest.fixture
def site() -> Iterator[Server]:
    answers = {
        "/": answer(b"body", content_type="Text/HTML; charset=utf-8", etag='"1"'),
        "/moved": answer(status=301, location="/again?x=1"),
        "/again?x=1": answer(b"not read", status=302, location="/"),
        "/packed": answer(gzip.compress(b"body" * 100), content_encoding="gzip"),
        "/a%20b/%D1%8F?q=%22": answer(b"spaces"),
        "/empty": answer(),
    }
    with serve(answers) as server:
        yield server


def test_it_returns_the_bytes_and_what_the_server_says_of_them(site: Server) -> None:
    """The address, the media type in lower case, the headers by name in lower case."""
    found = get(f"{site.url}/", HERE)
    headers = {key: found.headers[key] for key in ("content-type", "etag", "content-length")}
    assert headers == {
        "content-type": "Text/HTML; charset=utf-8",
        "etag": '"1"',
        "content-length": "4",
    }
    assert found == Fetched(
        data=b"body", url=f"{site.url}/", type="text/html", headers=found.headers
    )


def test_it_says_who_asks(site: Server) -> None:
    """Name and version, so that a site can tell who comes; nothing else about anybody."""
    get(f"{site.url}/", HERE)
    ((_, headers),) = site.asked
    assert headers == {
        "Host": site.url.removeprefix("http://"),
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "User-Agent": f"digest/{__version__} (newsletter maker)",
        "Connection": "close",
    }


def test_redirects_are_followed_and_recorded(site: Server) -> None:
    """Relative ones too; what a redirect carries isn't read."""
    found = get(f"{site.url}/moved", HERE)
    assert (found.data, found.url) == (b"body", f"{site.url}/")
    assert found.passed == (f"{site.url}/moved", f"{site.url}/again?x=1")


def test_packed_bodies_are_unpacked(site: Server) -> None:
    """The size is that of what comes out."""
    assert get(f"{site.url}/packed", HERE).data == b"body" * 100


def test_addresses_are_sent_as_the_standard_wants(site: Server) -> None:
    """Other scripts, spaces and quotes are percent-encoded, once; a fragment stays here."""
    assert get(f'{site.url}/a b/я?q="#top', HERE).data == b"spaces"
    assert get(f"{site.url}/a%20b/%D1%8F?q=%22", HERE).data == b"spaces"


def test_an_empty_body_is_a_body(site: Server) -> None:
    """Nothing is not a mistake of the fetch."""
    assert get(f"{site.url}/empty", HERE).data == b""


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("file:///etc/passwd", "isn't fetched (only http and https are)"),
        ("ftp://example.org/x", "isn't fetched (only http and https are)"),
        ("example.org", "isn't fetched (only http and https are)"),
        ("", "isn't fetched (only http and https are)"),
        ("http://", "is no address that can be read"),
        ("http://[::1", "is no address that can be read"),
        ("http://example.org:port/", "is no address that can be read"),
        ("http://a..b/", "is no address that can be read"),
        ("http://example.org/a\r\nHost: x", "is no address that can be read"),
    ],
)
def test_what_is_no_web_address_is_refused(url: str, words: str) -> None:
    """Before anything is looked up."""
    assert refusal(url).endswith(f": {words}")


def test_no_message_holds_a_password_or_a_key() -> None:
    """They travel before the @ and in the query."""
    assert refusal("https://me:secret@example.org/x?key=secret#secret") == (
        "https://example.org/x: holds a user name (such addresses aren't fetched)"
    )
    assert "secret" not in shown("https://me:secret@example.org?key=secret")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "0.0.0.0",  # noqa: S104
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[fe80::1]",
        "[fc00::1]",
        "[ff02::1]",
        "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]",
    ],
)
def test_no_address_of_our_own_is_fetched_in_any_spelling(host: str) -> None:
    """Loopback, private, link-local, multicast: decimal, hex, octal, mapped or embedded."""
    with pytest.raises(FetchError, match=r"no public address|no such host"):
        get(f"http://{host}/", Limits(seconds=5), resolve=look_up)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("64:ff9b::5db8:d822", True),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("240.0.0.1", False),
        ("2001:db8::1", False),
        ("2001:0:5ef5:79fd::1", False),
        ("fe80::1%eth0", False),
        ("no address", False),
    ],
)
def test_public_addresses_are_those_of_the_registries(address: str, public: bool) -> None:
    """What isn't given out to a machine of the internet isn't public."""
    assert is_public(address) is public


def test_a_public_name_may_not_lead_to_this_machine(site: Server) -> None:
    """The address is checked, not the name; nothing was sent."""
    with pytest.raises(FetchError, match=r"is at 127\.0\.0\.1, which is no public address"):
        get(f"http://news.example:{site.port}/", Limits(seconds=5), resolve=loopback)
    assert site.asked == []


def test_of_several_addresses_only_public_ones_are_tried(site: Server) -> None:
    """A name server can't slip one of ours in."""
    asked: list[str] = []

    def mixed(host: str) -> tuple[str, ...]:
        asked.append(host)
        return ("192.168.0.1", "::1")

    with pytest.raises(FetchError, match=r"is at 192\.168\.0\.1, which is no public address"):
        get(f"http://news.example:{site.port}/", Limits(seconds=5), resolve=mixed)
    assert asked == ["news.example"]


def test_a_name_is_looked_up_once_for_check_and_connection(site: Server) -> None:
    """A name server that answers differently the second time (rebinding) is never asked."""
    answers = iter([("127.0.0.1",), ("127.0.0.2",)])
    found = get(f"http://news.example:{site.port}/", HERE, resolve=lambda _: next(answers))
    assert found.data == b"body"
    assert next(answers) == ("127.0.0.2",)


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{port}/",
        "http://[::1]:{port}/",
        "//2130706433:{port}/",
        "http://inside.example:{port}/",
    ],
)
def test_a_redirect_to_this_machine_is_refused(
    location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A public site may not send us where it could not go itself."""
    monkeypatch.setattr("digest.fetch.wire.is_public", lambda address: address == "127.0.0.9")
    with serve({"/": answer(b"secret")}) as inside:
        start = {"/": answer(status=302, location=location.format(port=inside.port))}

        def resolve(host: str) -> tuple[str, ...]:
            return ("127.0.0.9",) if host == "public.example" else ("127.0.0.1",)

        with serve(start, host="127.0.0.9") as outside:
            url = f"http://public.example:{outside.port}/"
            with pytest.raises(FetchError, match=r"is at (127\.0\.0\.1|::1), which is no public"):
                get(url, Limits(seconds=5), resolve=resolve)
            assert len(outside.asked) == 1
        assert inside.asked == []


@pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://x/", "data:,x"])
def test_a_redirect_to_another_scheme_is_refused(location: str) -> None:
    """Only http and https, at every step."""
    said = refused({"/": answer(status=302, location=location)})
    assert said == f"{location}: isn't fetched (only http and https are)"


def test_a_redirect_to_itself_ends() -> None:
    """Six requests, and no seventh."""
    with serve({"/": answer(status=301, location="/")}) as server:
        assert refusal(f"{server.url}/") == f"{server.url}/: leads on more than 5 times"
        assert len(server.asked) == 6


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, ": answers 404 (nothing is there)"),
        (403, ": answers 403 (the site refuses programs, or this one)"),
        (500, ": answers 500"),
        (304, ": answers 304"),
    ],
)
def test_what_is_no_answer_is_named(status: int, words: str) -> None:
    """The number, and what it means where that helps."""
    assert refused({"/": answer(b"page", status=status)}) == f"/{words}"


@pytest.mark.parametrize(
    "hang",
    [
        drip(b"", b""),
        drip(b"", b"H"),
        drip(OK, b"X-A: b\r\n"),
        drip(OK + b"Content-Length: 1000\r\n\r\n", b"x"),
        drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_time_is_up_whatever_the_server_does(hang: object) -> None:
    """It hangs, or drips its status, headers or body: the time counts from start to end."""
    assert refused({"/": hang}, SHORT) == "/: took longer than 0.3 seconds"


def test_time_is_up_for_a_chain_of_slow_redirects() -> None:
    """The time is that of all steps together."""

    def slow(handler: object) -> None:
        handler.server.stopped.wait(0.15)  # type: ignore[attr-defined]
        answer(status=302, location="/")(handler)  # type: ignore[arg-type]

    assert refused({"/": slow}, SHORT) == "/: took longer than 0.3 seconds"


def test_time_is_up_for_a_name_server_that_hangs() -> None:
    """Looking a name up counts too."""
    with serve({}) as server, pytest.raises(FetchError, match=r"took longer than 0\.3 seconds"):
        get("http://news.example/", SHORT, resolve=lambda _: (server.stopped.wait(5), ())[1])


@pytest.mark.parametrize(
    "body",
    [
        answer(b"x" * 1_001),
        raw(OK + b"\r\n" + b"x" * 5_000),
        raw(OK + b"Content-Length: 99999999999999\r\n\r\nx"),
        raw(OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"400\r\n" + b"x" * 1024 + b"\r\n" * 9),
        answer(gzip.compress(b"x" * 2_000), content_encoding="gzip"),
    ],
)
def test_no_more_than_the_cap_is_taken(body: object) -> None:
    """By its own word, by what comes, or by what is packed in it."""
    assert refused({"/": body}, SMALL) == "/: is larger than 0.001 MB, and wasn't fetched"


def test_a_bomb_takes_no_memory() -> None:
    """200 MB packed into 200 kB, twice over: no more than the cap and a slice is unpacked."""
    bomb = gzip.compress(bytes(200_000_000), compresslevel=9)
    with serve({"/": answer(bomb, content_encoding="gzip")}) as server:
        tracemalloc.start()
        refusal(f"{server.url}/", Limits(allow_private=True, most_bytes=2_000_000))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (raw(OK + b"Content-Length: 10\r\n\r\nhalf"), "breaks off, or doesn't speak HTTP"),
        (raw(OK + b"Content-Length: ten\r\n\r\n"), "breaks off, or doesn't speak HTTP"),
        (raw(OK + b"Content-Length: -1\r\n\r\n"), "breaks off, or doesn't speak HTTP"),
        (raw(b"SSH-2.0-OpenSSH\r\n"), "breaks off, or doesn't speak HTTP"),
        (raw(b""), "breaks off, or doesn't speak HTTP"),
        (raw(OK + b"X: " + b"y" * 200_000 + b"\r\n\r\n"), "breaks off, or doesn't speak HTTP"),
        (answer(b"x", content_encoding="br"), "is packed as 'br' (gzip was asked for)"),
        (answer(b"no gzip at all", content_encoding="gzip"), "is packed, and can't be unpacked"),
        (answer(gzip.compress(b"x")[:-3], content_encoding="gzip"), "is packed, and breaks off"),
    ],
)
def test_a_broken_answer_is_no_answer(body: object, words: str) -> None:
    """Half a file is never taken for a whole one."""
    assert refused({"/": body}) == f"/: {words}"


def test_nothing_listens() -> None:
    """One line, in words."""
    with serve({}) as server:
        port = server.port
    said = refusal(f"http://127.0.0.1:{port}/")
    assert said == f"http://127.0.0.1:{port}/: can't be reached: connection refused"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Return a certificate for secure.example with its key, signed by nobody else."""
    require(shutil.which("openssl") is not None, "openssl")
    path = tmp_path / "both.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=secure.example"]
    command += ["-addext", "subjectAltName=DNS:secure.example"]
    command += ["-keyout", str(path), "-out", str(tmp_path / "certificate.pem")]
    subprocess.run(command, check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + (tmp_path / "certificate.pem").read_bytes())
    return path


def test_certificates_are_checked_against_the_name(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that nobody vouches for is refused, so is one of another name; the right one isn't."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serve({"/": answer(b"secure")}, context) as server:
        address = f"https://secure.example:{server.port}/"
        _tls.cache_clear()
        assert "its certificate can't be trusted, self-signed" in refusal(address)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        _tls.cache_clear()
        assert get(address, HERE, resolve=loopback).data == b"secure"
        assert "hostname mismatch" in refusal(address.replace("secure.", "other."))
        assert "hostname mismatch" in refusal(address.replace("secure.example", "127.0.0.1")) or (
            "ip address mismatch" in refusal(address.replace("secure.example", "127.0.0.1"))
        )
        _tls.cache_clear()
    with serve({"/": answer(b"plain")}) as server:
        said = refusal(f"https://127.0.0.1:{server.port}/", SHORT)
        assert "it doesn't speak TLS" in said or "took longer" in said


@given(st.text(max_size=60) | st.text(max_size=40).map("http://".__add__))
def test_any_text_is_an_address_or_refused(url: str) -> None:
    """Never another error, and never a message of more than one line."""
    try:
        found = target(url)
    except FetchError as error:
        lines = str(error).splitlines()
    else:
        lines = [found.host + found.path]
        assert found.host.isascii()
        assert found.path.isascii()
        assert not set(lines[0]) & set("\r\n\0 ")
    assert len(lines) == 1
