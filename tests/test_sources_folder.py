from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from builders import KYIV
from digest.errors import Problem, ReadError
from digest.model import SourceSpec
from digest.sources import ReadContext, Reading, kinds, read


def folder(root: Path, target: str = "articles", **options: object) -> Reading:
    spec = SourceSpec(kind="path", target=target, options=options)
    return read([spec], ReadContext(root=root, zone=KYIV, language="en"))


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / "articles" / name.replace("__", "/").replace("_md", ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_folders_are_walked_in_sorted_order(tmp_path: Path) -> None:
    """Ids and places are the paths below the source and below the project."""
    write(tmp_path, b_md="B.", a__z_md="Z.", a__y_md="Y.")
    reading = folder(tmp_path)
    assert [article.id for article in reading.articles] == [
        "articles/a/y.md",
        "articles/a/z.md",
        "articles/b.md",
    ]
    assert reading.articles[0].where == "articles/a/y.md"
    assert reading.problems == ()


def test_hidden_and_foreign_files_are_left_out(tmp_path: Path) -> None:
    """Names that begin with a dot or an underscore, and other suffixes, aren't articles."""
    write(tmp_path, a_md="A.")
    for name in (".b.md", "_c.md", "d.jpg", "e"):
        (tmp_path / "articles" / name).write_text("x")
    (tmp_path / "articles" / ".git").mkdir()
    (tmp_path / "articles" / ".git" / "f.md").write_text("x")
    reading = folder(tmp_path)
    assert ([article.id for article in reading.articles], reading.problems) == (
        ["articles/a.md"],
        (),
    )


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    """A folder that was met before is not entered again; a broken link is named."""
    write(tmp_path, a_md="A.")
    (tmp_path / "articles" / "loop").symlink_to(tmp_path / "articles")
    (tmp_path / "articles" / "gone.md").symlink_to(tmp_path / "nothing.md")
    reading = folder(tmp_path)
    assert [article.id for article in reading.articles] == ["articles/a.md"]
    assert [problem.where for problem in reading.problems] == ["articles/gone.md"]


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("binary.txt", b"a\0b", "isn't text"),
        ("latin.md", "naïve".encode("latin-1"), "isn't text"),
        ("long.txt", b"word " * 1_000_000, "has a line of 5,000,000 characters, which is no prose"),
        ("long.md", b"x" * 5_000_000, "has a line of 5,000,000 characters, which is no prose"),
        ("huge.html", b"<p>" + b"x" * 20_000_000, "is 20 MB long"),
    ],
)
def test_one_bad_file_never_stops_the_others(
    tmp_path: Path, name: str, data: bytes, problem: str
) -> None:
    """What can't be read is named, and the rest is read."""
    write(tmp_path, a_md="A.")
    (tmp_path / "articles" / name).write_bytes(data)
    reading = folder(tmp_path)
    assert [article.id for article in reading.articles] == ["articles/a.md"]
    assert [(said.where, said.problem) for said in reading.problems] == [
        (f"articles/{name}", problem)
    ]


def test_a_link_out_of_the_folder_is_named_and_not_followed(tmp_path: Path) -> None:
    """Whoever may add an article may not read the rest of the machine into a mail."""
    write(tmp_path / "project", a_md="A.")
    (tmp_path / "secret.md").write_text("S.")
    (tmp_path / "project/articles/b.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "project/articles/c").symlink_to(tmp_path)
    reading = folder(tmp_path / "project")
    assert [article.id for article in reading.articles] == ["articles/a.md"]
    assert [str(problem) for problem in reading.problems] == [
        "articles/b.md: is a link out of its source's folder, and isn't followed",
        "articles/c: is a link out of its source's folder, and isn't followed",
    ]


def test_a_pipe_is_named_and_not_waited_for(tmp_path: Path) -> None:
    """Only regular files are opened."""
    write(tmp_path, a_md="A.")
    os.mkfifo(tmp_path / "articles" / "pipe.md")
    (problem,) = folder(tmp_path).problems
    assert str(problem) == "articles/pipe.md: isn't a regular file"


def test_a_name_that_is_no_text_is_read_all_the_same(tmp_path: Path) -> None:
    """What can't be printed is left out of the id."""
    write(tmp_path, a_md="A.")
    (tmp_path / "articles" / os.fsdecode(b"b\xff\x1b.md")).write_text("B.")
    assert [article.id for article in folder(tmp_path).articles] == [
        "articles/a.md",
        "articles/b.md",
    ]


def test_sources_that_can_be_none_stop_the_reading(tmp_path: Path) -> None:
    """A missing folder, a file and a strange kind are a wrong set-up: all named, nothing read."""
    (tmp_path / "file.md").write_text("x")
    specs = [
        SourceSpec(kind="path", target="none"),
        SourceSpec(kind="path", target="file.md"),
        SourceSpec(kind="carrier pigeon", target="coo"),
    ]
    with pytest.raises(ReadError) as raised:
        read(specs, ReadContext(root=tmp_path, zone=KYIV))
    assert str(raised.value).splitlines() == [
        "none: no such folder (check path under [[sources]] in digest.toml)",
        "file.md: isn't a folder (path names the folder that the file lies in)",
        'coo: no such kind of source: "carrier pigeon" (known: path)',
    ]


def test_an_empty_folder_is_a_problem_and_stops_nothing(tmp_path: Path) -> None:
    """It may fill up again, so it is named and the other sources are read."""
    (tmp_path / "articles").mkdir()
    reading = folder(tmp_path)
    assert reading.articles == ()
    assert [str(problem) for problem in reading.problems] == [
        "articles: no articles in this folder"
        " (files that count: .htm, .html, .markdown, .md, .mdx, .txt)",
    ]


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("https://a.example/{year}/{title}", "url has an unknown piece {title}"),
        ("/stories/{slug}", "url makes no web address"),
        (7, "url isn't text"),
    ],
)
def test_a_pattern_that_makes_no_address_is_a_problem(
    tmp_path: Path, url: object, problem: str
) -> None:
    """It is said once for the source, not once for each file."""
    write(tmp_path, a_md="A.", b_md="B.")
    with pytest.raises(ReadError) as raised:
        folder(tmp_path, url=url)
    assert [said.problem for said in raised.value.problems] == [problem]


def test_a_source_outside_the_project_is_named_as_one_would_type_it(tmp_path: Path) -> None:
    """Its name is the last part of its path, or its own."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.md").write_text("A.")
    (tmp_path / "project").mkdir()
    context = ReadContext(root=tmp_path / "project", zone=KYIV)
    spec = SourceSpec(kind="path", target="../other")
    named = SourceSpec(kind="path", target="../other", options={"name": "wire", "language": "uk"})
    (first,), (second,) = (read([each], context).articles for each in (spec, named))
    assert (first.id, first.where, first.language) == ("other/a.md", "../other/a.md", None)
    assert (second.id, second.where, second.language) == ("wire/a.md", "../other/a.md", "uk")


def test_two_sources_of_one_name_are_a_problem(tmp_path: Path) -> None:
    """Their articles' ids could be equal."""
    for place in ("x", "y"):
        (tmp_path / place / "news").mkdir(parents=True)
        (tmp_path / place / "news" / "a.md").write_text("A.")
    specs = [SourceSpec(kind="path", target=f"{place}/news") for place in ("x", "y")]
    with pytest.raises(ReadError) as raised:
        read(specs, ReadContext(root=tmp_path, zone=KYIV))
    assert raised.value.problems == (
        Problem(
            where="y/news",
            problem='another source is called "news" too, and their articles may be taken for one',
            hint='give this one a name of its own: name = "news-2"',
        ),
    )


def test_steps_are_told_over_all_sources(tmp_path: Path) -> None:
    """The total is known before the first file is read."""
    write(tmp_path, a_md="A.", b_md="---\na: [\n---\n")
    steps: list[tuple[int, int, str]] = []
    spec = SourceSpec(kind="path", target="articles")
    read([spec], ReadContext(root=tmp_path, zone=KYIV), lambda *step: steps.append(step))
    assert steps == [(1, 2, "articles/a.md"), (2, 2, "articles/b.md")]


def test_kinds_say_their_options() -> None:
    """digest.toml is checked against these keys."""
    assert kinds()["path"] == frozenset({"url", "name", "language"})


def test_importing_the_sources_is_light() -> None:
    """No heavy library is loaded before there is a file that needs it."""
    heavy = ("trafilatura", "lxml", "yaml", "dateparser", "markdown_it", "htmldate", "babel")
    code = (
        "import sys; from digest.sources import kinds; kinds(); "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
