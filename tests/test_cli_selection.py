"""Windows, history, editions and reasons, as a person asks for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import write_article
from test_cli import digest, files

NOW = ("--now", "2026-01-14T12:00")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--week", "2026-W02"), "5 to 11 January 2026 (Europe/Kyiv)"),
        (("--month", "2026-01"), "1 to 31 January 2026 (Europe/Kyiv)"),
        (("--last", "1month"), "15 December 2025 to 14 January 2026 (Europe/Kyiv)"),
        (("--last", "2w"), "1 to 14 January 2026 (Europe/Kyiv)"),
        (("--since", "2026-01-05", "--until", "2026-01-11"), "5 to 11 January 2026 (Europe/Kyiv)"),
        ((), "8 to 14 January 2026 (Europe/Kyiv)"),
    ],
)
def test_every_run_says_its_window_in_words(
    project: Path, options: tuple[str, ...], words: str
) -> None:
    """Both days that are named are in it."""
    assert f"Window: {words}" in digest(project, "list", *options, *NOW).stdout


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--week", "2026-W54"), 2, "there is no week 2026-W54"),
        (("--week", "next"), 2, "'next' is no week such as 2026-W02"),
        (("--month", "2026-13"), 2, "there is no month 2026-13"),
        (("--week", "2026-W02", "--last", "7d"), 2, "can't both say where the window"),
        (("--month", "2026-01", "--until", "2026-01-02"), 2, "can't both say where the window"),
        (("--since", "2026-01-09", "--until", "2026-01-08"), 1, "starts at 2026-01-09 00:00"),
        (("--edition", "x"), 1, 'there is no edition "x"'),
        (("--all",), 1, "has no editions"),
        (("--all", "--edition", "x"), 2, "can't both say which edition"),
    ],
)
def test_a_wish_that_can_t_be_met_is_one_clear_line(
    project: Path, options: tuple[str, ...], code: int, message: str
) -> None:
    """Nothing is written."""
    result = digest(project, "build", *options, *NOW)
    said = " ".join(result.output.replace("│", " ").split())
    assert (result.exit_code, message in said) == (code, True), said
    assert files(project) == {}


def test_below_the_minimum_nothing_is_written(project: Path) -> None:
    """Exit code 3, and the reason."""
    with (project / "digest.toml").open("a", encoding="utf-8") as file:
        file.write("[selection]\nminimum = 2\n")
    result = digest(project, "build", "--week", "2026-W02", *NOW)
    assert result.exit_code == 3
    assert result.stderr == (
        "5 to 11 January 2026 (Europe/Kyiv): 1 to send, and [selection] minimum is 2 "
        "(1 articles read, 1 of them in)\n"
    )
    assert files(project) == {}


def test_why_tells_all_that_was_decided_about_an_article(project: Path) -> None:
    """By id, address, file, title, or a part of one."""
    digest(project, "build", "--week", "2026-W02", *NOW)
    asked = ("why", "ferry", "--week", "2026-W02", *NOW)
    assert digest(project, *asked).stdout == (
        "Window: 5 to 11 January 2026 (Europe/Kyiv), issue 2026-01-11\n\n"
        "The ferry is back (articles/ferry.md)\n"
        "in: published 2026-01-07 (by its metadata)\n"
        "rule: window\n"
        "section: lead\n"
    )
    later = ("why", "The ferry is back", "--week", "2026-W03", *NOW)
    assert digest(project, *later).stdout.endswith(
        "out: published before the window: 2026-01-07 (by its metadata); issue 2026-01-11 held it\n"
        "rule: outside\n"
        "other issue: 2026-01-11\n"
    )
    found = json.loads(digest(project, *asked, "--json").stdout)
    assert [(each["rule"], each["section"]) for each in found["decisions"]] == [("window", "lead")]
    unknown = digest(project, "why", "nothing", *NOW)
    assert (unknown.exit_code, unknown.stderr.split(" (")[0]) == (
        1,
        "nothing: no article has this id, address, file or title",
    )


def test_an_article_is_asked_for_again_by_its_id(project: Path) -> None:
    """An id that nobody has is said."""
    digest(project, "build", "--week", "2026-W02", *NOW)
    write_article(project, "lock", "The lock is closed", "2026-01-13")
    repeat = ("--repeat", "articles/ferry.md", "--repeat", "nobody")
    result = digest(project, "build", "--week", "2026-W03", *repeat, *NOW, "--json")
    shown = json.loads(result.stdout)
    assert [item["id"] for item in shown["items"]] == ["articles/lock.md", "articles/ferry.md"]
    assert result.stderr == "--repeat: no article has the id nobody (see digest list)\n"


def test_pins_that_contradict_are_named(project: Path) -> None:
    """Never goes before everything; a word that is neither is passed over."""
    for name, mark in (("a", "never"), ("b", "pin, never"), ("c", "nevr")):
        path = write_article(project, name, f"Piece {name}", "2026-01-08")
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("date:", f"digest: {mark}\ndate:"), encoding="utf-8")
    result = digest(
        project, "build", "--week", "2026-W02", "--repeat", "articles/a.md", *NOW, "--json"
    )
    titles = [item["title"] for item in json.loads(result.stdout)["items"]]
    assert titles == ["Piece c", "The ferry is back"]
    assert sorted(result.stderr.splitlines()) == [
        "articles/a.md: it is put into this issue, and its front matter says digest: never "
        "(take one of them back; until then it is left out)",
        "articles/b.md: its front matter says digest: pin, never "
        "(until you choose, it is left out)",
        'articles/c.md: digest: nevr is neither "pin" nor "never" (it is passed over)',
    ]


def test_a_damaged_issue_stops_the_build_unless_it_is_ignored(project: Path) -> None:
    """It is named either way."""
    digest(project, "build", "--week", "2026-W02", *NOW)
    (project / "issues/2026-01-11/issue.toml").write_text("{", encoding="utf-8")
    write_article(project, "lock", "The lock is closed", "2026-01-13")
    week = ("--week", "2026-W03", *NOW)
    stopped = digest(project, "build", *week)
    assert (stopped.exit_code, len(stopped.stderr.splitlines())) == (1, 1)
    assert stopped.stderr.startswith("issues/2026-01-11/issue.toml:1: not TOML")
    ignored = digest(project, "build", *week, "--ignore-history")
    assert (ignored.exit_code, ignored.stderr) == (0, stopped.stderr)


EDITIONS = """
[editions.ports]
name = "Ports"
[[editions.ports.sections]]
title = "Ports"
text = ["ferry"]

[editions.locks]
name = "Locks"
language = "de"
[[editions.locks.sections]]
title = "Locks"
text = ["lock"]

[editions.hills]
[[editions.hills.sections]]
title = "Hills"
text = ["hill"]
"""


def test_all_editions_are_built_from_one_reading(project: Path) -> None:
    """Each in its folder, with its own history; one with nothing to send holds up no other."""
    with (project / "digest.toml").open("a", encoding="utf-8") as file:
        file.write(EDITIONS)
    write_article(project, "lock", "The lock is closed", "2026-01-08")
    result = digest(project, "build", "--all", "--week", "2026-W02", *NOW, "--json")
    assert result.exit_code == 0
    assert result.stderr.startswith("hills: 5 to 11 January 2026 (Europe/Kyiv): nothing to send")
    folders = [each["folder"] for each in json.loads(result.stdout)]
    assert folders == ["issues/ports/2026-01-11", "issues/locks/2026-01-11"]
    titles = [[item["title"] for item in each["items"]] for each in json.loads(result.stdout)]
    assert titles == [["The ferry is back"], ["The lock is closed"]]
    assert {name.split("/")[1] for name in files(project)} == {"ports", "locks"}
    html = files(project)["issues/locks/2026-01-11/digest.html"].decode()
    assert 'lang="de"' in html
    assert "Locks" in html
    one = digest(project, "build", "--edition", "ports", "--week", "2026-W02", *NOW)
    assert "Ports No. 1: The ferry is back" in one.stdout


def test_the_list_names_sections_and_reasons(project: Path) -> None:
    """For people and for machines."""
    found = json.loads(digest(project, "list", "--week", "2026-W02", *NOW, "--json").stdout)
    shown = [(each["title"], each["rule"], each["section"]) for each in found["decisions"]]
    assert shown == [("The ferry is back", "window", "lead")]


def test_sections_of_the_project_s_own_need_no_usual_ones(project: Path) -> None:
    """No story becomes a lead beside them, and no name of theirs is taken for a slip."""
    with (project / "digest.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[sections]]\ntitle = "Top"\nlayout = "lead"\nlimit = 1\n')
        file.write('\n[[sections]]\ntitle = "News"\ncatch_all = true\n')
    for day in (7, 8, 9):
        write_article(project, f"ninth-{day}", f"Ferry {day} sails", f"2026-01-0{day}")
    for _ in range(2):
        built = digest(project, "build", "--json", *NOW)
        sections = [item["section"] for item in json.loads(built.stdout)["items"]]
        assert (sections[0], set(sections[1:])) == ("Top", {"News"})
        assert "heading of its own" not in built.stderr
