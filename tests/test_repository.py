"""What the project says of itself stays true."""

from __future__ import annotations

import re
import tomllib

import pytest

from conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_ci_runs_the_very_command_that_the_readme_names() -> None:
    """The test command of the README is a line of .ci/run."""
    assert "\n    make test\n" in README
    assert "\nmake test\n" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_constraints_are_names_and_versions_alone() -> None:
    """No address of a registry stands in the file of pinned versions."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 10
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.!+]+", line)] == []


def test_every_runtime_dependency_is_pinned() -> None:
    """What pyproject.toml asks for has its version in constraints.txt."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {re.split(r"[<>=]", each)[0] for each in data["project"]["dependencies"]}
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in text.splitlines()}
    assert wanted - pinned == set()


def test_the_pipeline_fits_on_one_page() -> None:
    """The whole way is readable at once: 80 lines at most."""
    text = (ROOT / "src/digest/pipeline.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 80


def test_the_architecture_names_every_floor() -> None:
    """The table of floors holds each module of the package, and no other."""
    package = ROOT / "src/digest"
    modules = {path.name for path in package.glob("*.py")} - {"__init__.py"}
    packages = {f"{path.name}/" for path in package.iterdir() if (path / "__init__.py").exists()}
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \d \| (.+?) \|", text, re.MULTILINE)
    named = set(re.findall(r"`([\w.]+/?)`", " ".join(rows)))
    assert named == modules | packages


@pytest.mark.parametrize("command", ["build", "list", "preview", "sample"])
def test_the_readme_names_every_command(command: str) -> None:
    """A command that nobody is told of doesn't exist."""
    assert f"digest {command}" in README
