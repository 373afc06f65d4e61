"""The folder of an issue: written whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from digest.errors import IssueFileError, WriteError
from digest.issues import store
from digest.issues.store import load_base, to_json, write_all
from digest.issues.values import Generated, GeneratedItem, Words

BASE = Generated(
    words=Words(subject="S", preheader="P", intro="", signoff=""),
    number=4,
    items=(
        GeneratedItem(id="a", section="lead", title="A", teaser=""),
        GeneratedItem(id="b", pinned=True, out=True),
        GeneratedItem(id="c", out=True, deleted=True),
    ),
)


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder*, hidden ones too."""
    files = (path for path in folder.rglob("*") if not path.is_dir())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_new_issue_appears_whole(tmp_path: Path) -> None:
    """Folders are made on the way, and nothing else is left behind."""
    files = {"issue.toml": b"1", "generic/digest.html": b"2"}
    folder = tmp_path / "issues" / "one"
    paths = write_all(folder, files)
    assert paths == (folder / "issue.toml", folder / "generic" / "digest.html")
    assert tree(tmp_path) == {f"issues/one/{name}": data for name, data in files.items()}


def test_unchanged_files_are_not_touched(tmp_path: Path) -> None:
    """Whatever watches the folder sees only what changed."""
    write_all(tmp_path, {"a": b"1", "b": b"1"})
    os.utime(tmp_path / "a", (1, 1))
    (tmp_path / "b").chmod(0o640)
    write_all(tmp_path, {"a": b"1", "b": b"2", "c/d": b"3"})
    assert (tmp_path / "a").stat().st_mtime == 1
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o640
    assert tree(tmp_path) == {"a": b"1", "b": b"2", "c/d": b"3"}


def test_a_failure_leaves_the_old_files(tmp_path: Path) -> None:
    """One file that can't be written stops them all, and the temporary ones are gone."""
    folder = tmp_path / "issues" / "one"
    write_all(folder, {"issue.toml": b"1", "a": b"1"})
    (folder / "digest.html").mkdir()
    with pytest.raises(WriteError) as caught:
        write_all(folder, {"a": b"2", "new/x": b"2", "digest.html": b"2", "issue.toml": b"2"})
    assert str(caught.value) == (
        "issues/one: can't be written: digest.html is a folder "
        "(the files of the last build are as they were)"
    )
    assert tree(tmp_path) == {"issues/one/issue.toml": b"1", "issues/one/a": b"1"}
    assert sorted(path.name for path in folder.iterdir()) == ["a", "digest.html", "issue.toml"]


def test_a_failure_while_renaming_brings_the_old_files_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that were renamed already become the old ones again."""
    write_all(tmp_path, {"a": b"1", "b": b"1"})
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name == "b" and self.read_bytes() == b"2":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(WriteError, match="No space left on device"):
        write_all(tmp_path, {"a": b"2", "c": b"2", "b": b"2"})
    assert tree(tmp_path) == {"a": b"1", "b": b"1"}


def test_the_report_is_renamed_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A base that is older than the issue file loses nothing; a newer one would."""
    names = ["report.json", "issue.toml", "generic/report.json", "a"]
    write_all(tmp_path, dict.fromkeys(names, b"1"))
    renamed: list[str] = []
    replace = Path.replace

    def watch(self: Path, target: Path) -> Path:
        renamed.append(target.relative_to(tmp_path).as_posix())
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", watch)
    paths = write_all(tmp_path, dict.fromkeys(names, b"2"))
    assert renamed == ["generic/report.json", "a", "issue.toml", "report.json"]
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == names


def test_what_a_killed_build_left_is_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only digest's own hidden files, and none that a build at work may still need."""
    folder = tmp_path / "issues" / "one"
    write_all(folder, {"issue.toml": b"1"})
    left = [".issue.toml.0123abcd.tmp", "../.one.0123abcd.tmp/issue.toml"]
    other = [".mine.0123abcd.tmp", ".issue.toml.tmp", "issue.toml.0123abcd.tmp"]
    for name in (*left, *other):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"?")
    write_all(folder, {"issue.toml": b"2"})
    assert {path.name for path in folder.iterdir()} == {"issue.toml", left[0], *other}
    monkeypatch.setattr(store, "_STALE", 0)
    write_all(folder, {"issue.toml": b"3"})
    assert {path.name for path in folder.iterdir()} == {"issue.toml", *other}
    assert [path.name for path in folder.parent.iterdir()] == ["one"]


def test_a_first_build_that_fails_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither half an issue nor an empty issues folder stays."""

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(self), None, str(target))

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(WriteError, match="issues/one: can't be written: Permission denied"):
        write_all(tmp_path / "issues" / "one", {"a/b": b"1"})
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    """``issues`` may be anything on a disk."""
    (tmp_path / "issues").write_bytes(b"")
    with pytest.raises(WriteError, match="issues/one: can't be written: Not a directory"):
        write_all(tmp_path / "issues" / "one", {"a": b"1"})


def test_a_link_in_the_folder_is_replaced_and_not_followed(tmp_path: Path) -> None:
    """No issue folder can lead a build to write elsewhere."""
    (tmp_path / "elsewhere").write_bytes(b"precious")
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a").symlink_to(tmp_path / "elsewhere")
    write_all(tmp_path / "one", {"a": b"1"})
    assert tree(tmp_path) == {"elsewhere": b"precious", "one/a": b"1"}


def test_a_file_that_was_saved_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    """An editor may save while the issue is being built."""
    folder = tmp_path / "issues" / "one"
    write_all(folder, {"a": b"1"}, {"a": None})
    write_all(folder, {"a": b"2"}, {"a": b"1"})
    for seen in (b"1", None):
        with pytest.raises(IssueFileError, match="issues/one/a: was saved by somebody meanwhile"):
            write_all(folder, {"b": b"3", "a": b"3"}, {"a": seen})
    assert tree(tmp_path) == {"issues/one/a": b"2"}


@pytest.mark.parametrize("name", ["../a", "/a", "", "a/../../b", "a\\b"])
def test_names_stay_inside_the_folder(tmp_path: Path, name: str) -> None:
    """A name that leads out of the folder is a bug of the caller."""
    with pytest.raises(ValueError, match=r".*"):
        write_all(tmp_path, {name: b""})


def test_the_base_survives_the_way_through_the_report(tmp_path: Path) -> None:
    """What is written under "generated" is what is read again."""
    assert to_json(BASE) == {
        "subject": "S",
        "preheader": "P",
        "intro": "",
        "signoff": "",
        "number": 4,
        "items": [
            {"id": "a", "section": "lead", "title": "A", "teaser": ""},
            {"id": "b", "pinned": True, "out": True},
            {"id": "c", "out": True, "deleted": True},
        ],
    }
    (tmp_path / "report.json").write_text(json.dumps({"generated": to_json(BASE)}))
    assert load_base(tmp_path) == BASE


def test_a_report_that_is_lost_is_no_base(tmp_path: Path) -> None:
    """Nor is one that holds none."""
    assert load_base(tmp_path) is None
    (tmp_path / "report.json").write_text("{}")
    assert load_base(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("\udcff", "not JSON"),
        ('{"generated": []}', '"generated" is damaged'),
        ('{"generated": {"items": [{"id": 3}]}}', '"generated" is damaged'),
        ('{"generated": {"items": [{"id": ""}]}}', '"generated" is damaged'),
        ('{"generated": {"items": [], "subject": []}}', '"generated" is damaged'),
    ],
)
def test_a_damaged_report_is_named(tmp_path: Path, text: str, problem: str) -> None:
    """The editor decides whether to go on without it."""
    folder = tmp_path / "issues" / "one"
    folder.mkdir(parents=True)
    (folder / "report.json").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(IssueFileError) as caught:
        load_base(folder)
    hint = "delete report.json to build without it; stories that you took out may come back"
    assert str(caught.value) == f"issues/one/report.json: {problem} ({hint})"
