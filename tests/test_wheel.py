"""What people install: the wheel, in an environment that holds nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT, require


def registry_answers(python: Path) -> bool:
    """Return whether packages can be had at all (offline they can't)."""
    command = [str(python), "-m", "pip", "download", "--quiet", "--no-deps", "typer"]
    done = subprocess.run(command, check=False, capture_output=True, cwd=python.parent)
    return done.returncode == 0


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    command += ["--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_templates_and_sample_from_their_one_copy(wheel: Path) -> None:
    """Each file under templates/ and articles/ is in the wheel, byte by byte."""
    packed = zipfile.ZipFile(wheel)
    for source, target in (
        ("templates", "digest/_data/templates"),
        ("articles", "digest/_data/sample/articles"),
    ):
        paths = [path for path in (ROOT / source).rglob("*") if path.is_file()]
        assert paths
        for path in paths:
            name = f"{target}/{path.relative_to(ROOT / source).as_posix()}"
            assert packed.read(name) == path.read_bytes()
    assert packed.read("digest/_data/sample/digest.toml") == (ROOT / "digest.toml").read_bytes()


def test_the_wheel_runs_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """Install it, lay out the sample, build: what README says, away from the checkout."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "env"], check=True)
    python = tmp_path / "env/bin/python"
    require(registry_answers(python), "a package registry")
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pins = ["--constraint", str(ROOT / "constraints.txt")]
    subprocess.run([*install, *pins, str(wheel)], check=True)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def digest(*arguments: str, folder: Path = tmp_path) -> None:
        command = [str(tmp_path / "env/bin/digest"), *arguments]
        subprocess.run(command, cwd=folder, env=environment, check=True)

    digest("sample", "demo")
    digest("build", "--since", "2026-01-01", "--now", "2026-01-14", folder=tmp_path / "demo")
    html = (tmp_path / "demo/issues/2026-01-14/digest.html").read_text(encoding="utf-8")
    assert "Black Sea Brief" in html
