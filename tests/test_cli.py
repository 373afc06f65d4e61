"""The commands as a person runs them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from conftest import write_article
from digest.cli import app

NOW = ("--now", "2026-01-14T12:00")


def digest(folder: Path, *arguments: str) -> Result:
    config = ("--config", str(folder / "digest.toml"))
    return CliRunner().invoke(app, [arguments[0], *config, *arguments[1:]], catch_exceptions=False)


def build(folder: Path, *arguments: str) -> Result:
    return digest(folder, "build", "--since", "2026-01-01", *NOW, *arguments)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted((folder / "issues").rglob("*"))
        if path.is_file()
    }


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "issues/2026-01-14/issue.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def titles(folder: Path) -> list[str]:
    result = build(folder, "--dry-run", "--json")
    return [item["title"] for item in json.loads(result.stdout)["items"]]


def test_a_build_writes_the_mail_and_the_issue_file(project: Path) -> None:
    """One command, five files, exit code 0, and the window in words."""
    result = build(project)
    assert result.exit_code == 0
    assert sorted(files(project)) == [
        f"issues/2026-01-14/{name}"
        for name in ("digest.eml", "digest.html", "digest.txt", "issue.toml", "report.json")
    ]
    assert "1 to 14 January 2026 (Europe/Kyiv)" in result.stdout
    assert "The ferry is back" in result.stdout


def test_two_builds_are_byte_identical(sample: Path) -> None:
    """Building again without a change changes nothing."""
    assert build(sample).exit_code == 0
    first = files(sample)
    assert build(sample).exit_code == 0
    assert files(sample) == first


def test_neither_hash_seed_nor_time_zone_nor_locale_changes_a_byte(sample: Path) -> None:
    """The same inputs make the same files on every machine."""
    outputs = []
    for seed, zone, locale in (("1", "UTC", "C"), ("2", "Pacific/Auckland", "C.UTF-8")):
        command = [sys.executable, "-m", "digest", "build", "--since", "2026-01-01", *NOW]
        environment = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PATH": "/usr/bin"}
        subprocess.run(command, cwd=sample, env=environment, check=True, capture_output=True)
        outputs.append(files(sample))
        for path in (sample / "issues").rglob("*.*"):
            path.unlink()
    assert outputs[0] == outputs[1]


def test_an_editor_s_words_and_order_survive_a_build(project: Path) -> None:
    """What a person changed in issue.toml stays, and a new article comes in."""
    write_article(project, "lock", "The lock is closed", "2026-01-08")
    build(project)
    edit(project, 'title = "The ferry is back"', 'title = "Back at last"')
    path = project / "issues/2026-01-14/issue.toml"
    head, first, second = path.read_text(encoding="utf-8").split("\n[[items]]\n")
    swapped = (head, second, first)
    path.write_text("\n[[items]]\n".join(swapped), encoding="utf-8")
    write_article(project, "pilot", "A pilot retires", "2026-01-09")
    assert build(project).exit_code == 0
    assert sorted(titles(project)) == ["A pilot retires", "Back at last", "The lock is closed"]
    order = titles(project)
    assert order.index("Back at last") < order.index("The lock is closed")
    assert "Back at last" in files(project)["issues/2026-01-14/digest.html"].decode()


def test_an_editor_adds_items_and_blocks_of_their_own(project: Path) -> None:
    """They are drawn, the block with its word, and they survive."""
    build(project)
    path = project / "issues/2026-01-14/issue.toml"
    added = """
[[items]]
by = "editor"
title = "Meet us in Varna"
text = "We read on **5 February**."
url = "https://harbour.example/varna/"

[[items]]
kind = "sponsor"
title = "Harbour Books"
text = "Sea stories since 1974."
"""
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    build(project)
    build(project)
    html = files(project)["issues/2026-01-14/digest.html"].decode()
    assert "<strong>5 February</strong>" in html
    assert html.index("Advertisement") < html.index("Harbour Books")
    assert titles(project) == ["The ferry is back", "Meet us in Varna", "Harbour Books"]


@pytest.mark.parametrize("theme", ["classic", "brief", "cards"])
def test_a_picture_that_the_editor_names_is_drawn(project: Path, theme: str) -> None:
    """On a story, on an item of their own and on a block, whatever the theme does with others."""
    config = project / "digest.toml"
    config.write_text(f'{config.read_text(encoding="utf-8")}[theme]\nname = "{theme}"\n')
    write_article(project, "lock", "The lock is closed", "2026-01-08")
    build(project)
    edit(project, 'title = "The ferry is back"', 'picture = "https://x.example/1.jpg"\nalt = "One"')
    path = project / "issues/2026-01-14/issue.toml"
    own = '\n[[items]]\n{0}\ntitle = "{1}"\ntext = "Text."\npicture = "https://x.example/{2}.jpg"\n'
    added = own.format('by = "editor"', "Own", 2) + own.format('kind = "sponsor"', "Books", 3)
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    assert build(project).exit_code == 0
    html = files(project)["issues/2026-01-14/digest.html"].decode()
    assert [f'src="https://x.example/{number}.jpg"' in html for number in (1, 2, 3)] == [True] * 3


def test_a_dry_run_writes_nothing(project: Path) -> None:
    """It says what it would hold."""
    result = build(project, "--dry-run")
    assert result.exit_code == 0
    assert "The ferry is back" in result.stdout
    assert files(project) == {}


def test_json_is_one_object_with_what_machines_need(project: Path) -> None:
    """The keys are the design's, and nothing else is on standard output."""
    write_article(project, "draft", "Not yet", "2026-01-08\ndraft: true")
    write_article(project, "old", "Long ago", "2025-01-08")
    found = json.loads(build(project, "--json").stdout)
    assert found["slug"] == "2026-01-14"
    assert found["window"] == {
        "start": "2026-01-01T00:00:00+02:00",
        "end": "2026-01-15T00:00:00+02:00",
        "timezone": "Europe/Kyiv",
    }
    assert found["items"] == [
        {
            "id": "articles/ferry.md",
            "title": "The ferry is back",
            "teaser": "The ferry is back. It was a quiet morning, and everybody came to see it.",
            "origin": "lead",
            "section": "lead",
            "url": "https://harbour.example/ferry/",
            "published": "2026-01-07T00:00:00+02:00",
            "dated_by": "metadata",
        }
    ]
    assert found["left_out"] == [
        {"id": "articles/draft.md", "title": "Not yet", "reason": "a draft"}
    ]
    assert found["outside"] == {"published before the window": 1}


def test_an_empty_window_ends_with_3_and_leaves_the_files(project: Path) -> None:
    """Nothing to send is no failure, and no reason to write."""
    build(project)
    before = files(project)
    result = digest(project, "build", "--since", "2026-03-01", "--now", "2026-03-08")
    assert result.exit_code == 3
    assert result.stderr == (
        "1 to 8 March 2026 (Europe/Kyiv): nothing to send (1 articles read, none of them in)\n"
    )
    assert files(project) == before


def test_an_issue_built_from_other_sources_says_so_and_loses_nothing(
    project: Path, tmp_path: Path
) -> None:
    """Where every article vanishes at once the source may be wrong; the first one mends it."""
    for number in range(3):
        write_article(project, f"story-{number}", f"Story {number}", "2026-01-08")
    build(project)
    edit(project, '"Story 1"', '"My own title"')
    (tmp_path / "articles").mkdir()
    write_article(tmp_path, "other", "Something else", "2026-01-09")
    (tmp_path / "articles").rename(tmp_path / "wire")
    result = build(project, "--source", str(tmp_path / "wire"))
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == (
        "issues/2026-01-14/issue.toml: not one of the 4 articles in it was read this time"
        " (made with another --source? build from that again, and they are back as they were)"
    )
    assert build(project).exit_code == 0
    assert "My own title" in titles(project)


def test_an_empty_folder_is_named_beside_nothing_to_send(project: Path) -> None:
    """The reason for the emptiness comes with it."""
    (project / "articles/ferry.md").unlink()
    result = build(project)
    assert result.exit_code == 3
    assert [line.partition(": ")[0] for line in result.stderr.splitlines()] == [
        "articles",
        "1 to 14 January 2026 (Europe/Kyiv)",
    ]


def test_an_undated_article_is_named_and_fails_a_strict_build(project: Path) -> None:
    """Nothing is left out silently; a draft is no fault."""
    (project / "articles/when.md").write_text("# When?\n\nNobody knows.\n", encoding="utf-8")
    write_article(project, "draft", "Not yet", "2026-01-08\ndraft: true")
    line = "articles/when.md: undated: no date in its metadata, address, file name or text\n"
    assert build(project).stderr == line
    assert build(project, "--strict").exit_code == 1


def test_digest_does_not_read_its_own_output(project: Path) -> None:
    """A source that is the project itself holds neither issues nor templates."""
    config = project / "digest.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('path = "articles"', 'path = "."'), encoding="utf-8")
    build(project)
    first = files(project)
    assert build(project).exit_code == 0
    assert files(project) == first


def test_without_options_the_draft_is_continued_and_then_the_next_begins(project: Path) -> None:
    """The newest draft keeps its window; after it is published the next begins at its end."""
    build(project)
    write_article(project, "later", "A later story", "2026-01-16")
    digest(project, "build", "--now", "2026-01-20")
    assert set(files(project)) == {key for key in files(project) if "2026-01-14" in key}
    edit(project, 'status = "draft"', 'status = "published"')
    result = digest(project, "build", "--now", "2026-01-20")
    assert result.exit_code == 0
    assert "15 to 20 January 2026" in result.stdout
    assert "issues/2026-01-20/digest.html" in files(project)


def test_bad_articles_are_named_and_stop_nothing(project: Path) -> None:
    """One line each; --strict makes them fail and writes nothing."""
    (project / "articles/binary.md").write_bytes(b"\x00\x01\x02\xff\xfe")
    (project / "articles/broken.md").write_text("---\ntitle: [\n---\ntext\n", encoding="utf-8")
    strict = build(project, "--strict")
    assert strict.exit_code == 1
    assert files(project) == {}
    result = build(project)
    assert result.exit_code == 0
    lines = result.stderr.splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "articles/binary.md",
        "articles/broken.md:3",
    ]
    assert "isn't text" in lines[0]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--since", "2026-13-01"), 2, "no day such as"),
        (("--last", "soon"), 2, "no span such as"),
        (("--since", "2026-02-01", "--until", "2026-01-01"), 1, "after its last day"),
        (("--source", "nowhere"), 1, "no such folder"),
    ],
)
def test_bad_options_are_one_line(
    project: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    """Usage ends with 2, what can be mended with 1, and nothing is written."""
    result = digest(project, "build", *NOW, *arguments)
    assert result.exit_code == code
    assert words in result.stderr
    assert files(project) == {}


def test_a_broken_issue_file_stops_the_build_and_stays(project: Path) -> None:
    """What an editor wrote is never written over because it can't be read."""
    build(project)
    edit(project, "status = ", "status ")
    before = files(project)
    result = build(project)
    assert result.exit_code == 1
    assert "issues/2026-01-14/issue.toml:" in result.stderr
    assert files(project) == before


def test_a_template_with_an_unknown_name_stops_the_build(project: Path) -> None:
    """The file, the line and the name are said; the last good issue stays."""
    build(project)
    before = files(project)
    (project / "templates").mkdir()
    (project / "templates/mail.txt.j2").write_text("Hello\n{{ stroy }}\n", encoding="utf-8")
    result = build(project)
    assert result.exit_code == 1
    assert "templates/mail.txt.j2:2" in result.stderr
    assert "stroy" in result.stderr
    assert files(project) == before


def test_escape_codes_in_a_title_do_not_reach_the_terminal(project: Path) -> None:
    """A title is shown, never obeyed: no escape sequence, no markup of the table's library."""
    title = "[red]Alarm[/red] \\x1b[31m"
    path = project / "articles/alarm.md"
    path.write_text(f'---\ntitle: "{title}"\ndate: 2026-01-08\n---\nText.\n', encoding="utf-8")
    result = build(project)
    assert "\x1b" not in result.stdout
    assert "[red]Alarm[/red]" in result.stdout


def test_list_says_for_each_article_why(project: Path) -> None:
    """In or out, with the reason; those outside the window are counted, or shown with --all."""
    write_article(project, "old", "Long ago", "2025-01-08")
    result = digest(project, "list", "--since", "2026-01-01", *NOW)
    assert "published 2026-01-07 (by its metadata)" in result.stdout
    assert "Long ago" not in result.stdout
    everything = digest(project, "list", "--since", "2026-01-01", *NOW, "--all")
    assert "Long ago" in everything.stdout


def test_the_seed_makes_one_story_and_ten_headlines(project: Path, seed: Path) -> None:
    """The one real page: title, date, teaser, and nothing of the sidebar in the text."""
    result = build(project, "--source", str(seed), "--json")
    items = json.loads(result.stdout)["items"]
    story, *headlines = items
    assert (story["title"], story["published"][:10], story["dated_by"], story["teaser"]) == (
        "Ukraine and Syria Restore Diplomatic Relations",
        "2026-01-14",
        "page",
        "Ukraine and Syria have signed a joint communiqué on the restoration of diplomatic"
        " relations, President of Ukraine Volodymyr Zelensky announced.",
    )
    assert len(headlines) == 10
    assert {each["section"] for each in headlines} == {"news"}
    assert headlines[0]["title"].startswith("The Use of the “Oreshnik” Missile")
    assert headlines[0]["published"][:10] == "2026-01-09"
    assert headlines[-1]["title"].startswith("The South Caucasus")
    assert headlines[-1]["published"][:10] == "2026-01-02"


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (
            ("--help",),
            ("jinja2", "premailer", "mjml", "trafilatura", "dateparser", "starlette", "PIL"),
        ),
        (
            ("build", "--since", "2026-01-01", *NOW),
            (
                "trafilatura",
                "htmldate",
                "dateparser",
                "starlette",
                "watchfiles",
                "PIL",
                "httpcore2",
            ),
        ),
    ],
)
def test_heavy_libraries_are_imported_only_where_needed(
    project: Path, arguments: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    """`digest --help` and a build without saved pages stay quick."""
    code = (
        "import sys, json\nfrom digest.cli import app\n"
        "try: app(sys.argv[1:])\nexcept SystemExit as end: assert not end.code, end.code\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=project, check=True, capture_output=True, text=True)
    imported = set(json.loads(done.stderr.splitlines()[-1]))
    assert imported.isdisjoint(absent)


def test_the_issue_file_is_toml_that_says_how(project: Path) -> None:
    """An editor finds the values and, in comments, what to do with them."""
    build(project)
    text = (project / "issues/2026-01-14/issue.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["items"][0]["title"] == "The ferry is back"
    assert text.startswith("#")


def test_pictures_come_along_when_asked_for(sample: Path) -> None:
    """Stored under the issue and embedded; once stored, they stay in it, byte by byte."""
    assert build(sample).exit_code == 0
    linked = files(sample)
    assert build(sample, "--images").exit_code == 0
    taken = files(sample)
    stored = {name for name in taken if "/images/" in name}
    assert len(stored) == 6
    report = json.loads(taken["issues/2026-01-14/report.json"])
    assert {f"issues/2026-01-14/{name}" for name in report["files"]} == set(taken)
    assert set(linked) == set(taken) - stored
    assert b"cid:" in taken["issues/2026-01-14/digest.eml"]
    assert b"cid:" not in taken["issues/2026-01-14/digest.html"]
    assert build(sample).exit_code == 0
    assert files(sample) == taken


def test_pictures_and_links_follow_the_settings(sample: Path) -> None:
    """Hosted at the address that is named, links marked in HTML and text alike."""
    path = sample / "digest.toml"
    settings = """
[images]
mode = "host"
base_url = "https://cdn.example/{slug}/"

[links]
utm_source = "newsletter"
utm_content = "{position}"
"""
    path.write_text(path.read_text(encoding="utf-8") + settings, encoding="utf-8")
    assert build(sample).exit_code == 0
    found = files(sample)
    html = found["issues/2026-01-14/digest.html"].decode()
    text = found["issues/2026-01-14/digest.txt"].decode()
    (name,) = re.findall(r'src="https://cdn.example/2026-01-14/([^"]+)"', html)
    assert f"issues/2026-01-14/images/{name}" in found
    first = "https://blackseabrief.example/2026/danube-pilots/?utm_source=newsletter"
    assert f'href="{first}&amp;utm_content=1"' in html
    assert f"{first}&utm_content=1\n" in text
    assert re.findall("unsubscribe.*utm", html + text) == []
    assert b"utm_" not in found["issues/2026-01-14/report.json"]


def test_a_picture_that_fails_is_named_and_stops_nothing(project: Path) -> None:
    """An address of this machine is never fetched; with --strict it fails."""
    front = "2026-01-08\nimage: http://127.0.0.1:9/a.jpg\nurl: http://127.0.0.1:9/story"
    write_article(project, "own", "A story", front)
    result = build(project, "--images")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "articles/own.md: its picture http://127.0.0.1:9/a.jpg is at 127.0.0.1, which is no public"
        " address (it stays linked, at its own address; only the public internet is fetched from)"
    ]
    assert build(project, "--images", "--strict").exit_code == 1


def tease(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["tease", *arguments], catch_exceptions=False)


def test_tease_shows_every_teaser_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside a project too; the chosen one comes first, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    Path("ferry.md").write_text(
        "---\ntitle: The ferry\nsummary: The ferry is back after the…\n---\n"
        "The ferry came back on Monday with forty passengers and a dog on board.\n",
        encoding="utf-8",
    )
    (found,) = json.loads(tease("ferry.md", "--json").stdout)
    assert found["id"] == "ferry.md"
    assert [each["origin"] for each in found["candidates"]] == ["lead", "own summary"]
    assert "cut off" in found["candidates"][1]["reason"]
    assert [path.name for path in tmp_path.iterdir()] == ["ferry.md"]
    table = tease("ferry.md", "--length", "160").stdout
    assert "The ferry came back on Monday with forty passengers" in table
    assert "ferry.md: The ferry" in table


def test_tease_names_a_file_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, exit code 1."""
    monkeypatch.chdir(tmp_path)
    result = tease("nothing.md")
    assert (result.exit_code, result.stderr) == (1, "nothing.md: isn't there\n")


def test_the_report_keeps_what_else_could_stand_there(project: Path) -> None:
    """The editor finds the alternatives and their reasons beside each teaser."""
    first = "One ferry came back to Odesa on Monday with forty passengers and a dog."
    second = "Two others wait in Varna until the ice is gone and the pilots are back."
    write_article(project, "ferry", "Ice", "2026-01-07", f"{first} {first[:-1] * 4}.\n\n{second}")
    build(project)
    report = json.loads((project / "issues/2026-01-14/report.json").read_text(encoding="utf-8"))
    (item,) = report["items"]
    assert (item["teaser"], item["reason"]) == (first, "well formed")
    assert {"text": second, "origin": "later paragraph", "reason": "well formed"} in item[
        "alternatives"
    ]
