"""What ``digest.toml`` may say, and what is said of its mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest import config
from digest.errors import ConfigError
from digest.model import SourceSpec

KINDS = {"path": frozenset({"url", "name"}), "feed": frozenset({"name"})}
SMALL = """
[publication]
name = "Brief"
sender = { name = "Brief", email = "brief@example.org" }
[[sources]]
path = "articles"
url = "https://example.org/{slug}/"
"""


def load(folder: Path, text: str) -> config.Config:
    path = folder / "digest.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path, KINDS)


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        load(folder, text)
    return str(raised.value).splitlines()


def test_a_small_file_is_enough(tmp_path: Path) -> None:
    """A name, a sender and one source make a project; the rest has defaults."""
    found = load(tmp_path, SMALL)
    assert found.root == tmp_path
    assert found.publication.name == "Brief"
    assert (found.teaser.length, found.theme.name) == (280, "classic")
    assert found.sources == (
        SourceSpec(kind="path", target="articles", options={"url": "https://example.org/{slug}/"}),
    )


def test_every_mistake_is_named_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    """A person mends the file in one go."""
    text = """nmae = 3
[publication]
name = 5
langage = "en"
timezone = "Europe/Kiv"
url = "example.org"
subject = "{titel}"
sender = { name = "x", email = "nobody" }
[[sources]]
pth = "x"
[[sources]]
path = "articles"
urll = "x"
[teaser]
length = "3"
[theme]
accent = "red"
"""
    assert mistakes(tmp_path, text) == [
        "digest.toml:1: nmae is no key that digest knows"
        " (known: editions, publication, sections, selection, sources, teaser, theme)",
        "digest.toml:3: publication.name must be text in quotes, not a whole number",
        "digest.toml:4: publication.langage is no key that digest knows (did you mean language?)",
        "digest.toml:5: publication.timezone 'Europe/Kiv' is no time zone",
        "digest.toml:6: publication.url must begin with https://",
        "digest.toml:7: publication.subject may hold {name}, {number}, {lead} and {date},"
        " and no other braces",
        "digest.toml:8: publication.sender.email is no mail address",
        "digest.toml:9: sources must have one of feed or path (did you mean path?)",
        "digest.toml:13: sources.urll is no key that digest knows here (did you mean url?)",
        "digest.toml:15: teaser.length must be a whole number, not text in quotes",
        'digest.toml:17: theme.accent is no colour such as "#0b5394"',
    ]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "digest.toml: publication is missing"),
        ("[publication", "is not valid TOML"),
        ("publication = 3", "must be a table, not a whole number"),
        (SMALL.replace('path = "articles"', ""), "sources must have one of feed or path"),
        ("sources = []\n[publication]\nname='x'\nsender={name='x',email='x@y.z'}", "is empty"),
    ],
)
def test_files_that_say_too_little_are_refused(tmp_path: Path, text: str, mistake: str) -> None:
    """Nothing is guessed."""
    assert mistake in "\n".join(mistakes(tmp_path, text))


def test_what_isn_t_text_is_refused(tmp_path: Path) -> None:
    """A file in another encoding is named, with what to do."""
    path = tmp_path / "digest.toml"
    path.write_bytes(b"name = '\xff'")
    with pytest.raises(ConfigError, match=r"isn't UTF-8 text \(save it as UTF-8\)"):
        config.load(path, KINDS)


def test_the_file_is_found_from_below(tmp_path: Path) -> None:
    """The nearest folder above that has one is the project."""
    below = tmp_path / "articles" / "2026"
    below.mkdir(parents=True)
    (tmp_path / "digest.toml").touch()
    assert config.find(below) == tmp_path / "digest.toml"


def test_no_file_at_all_is_one_line(tmp_path: Path) -> None:
    """A person outside a project is told what to do."""
    with pytest.raises(ConfigError, match="not found here or in a folder above"):
        config.find(tmp_path)
