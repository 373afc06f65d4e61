"""What several tests stand on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# Speed lives in benchmarks; and CI judges a commit, so it tries the same examples each time.
settings.register_profile("digest", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("digest")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"


def require(present: bool, what: str) -> None:
    """Skip the test where *what* is absent; in CI fail, because there it must be present."""
    if present:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} isn't there")


@pytest.fixture
def seed() -> Path:
    """Return the folder with the one real page dump."""
    folder = SHARED / "seed"
    if not folder.is_dir():
        pytest.skip("the shared data aren't beside this checkout")
    return folder


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Return a copy of the sample project."""
    folder = tmp_path / "sample"
    folder.mkdir()
    shutil.copytree(ROOT / "articles", folder / "articles")
    shutil.copyfile(ROOT / "digest.toml", folder / "digest.toml")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a small project with one article of 7 January 2026."""
    folder = tmp_path / "project"
    (folder / "articles").mkdir(parents=True)
    (folder / "digest.toml").write_text(
        """[publication]
name = "Harbour Brief"
timezone = "Europe/Kyiv"
address = "1 Quay, Odesa"
sender = { name = "Harbour Brief", email = "brief@harbour.example" }
[[sources]]
path = "articles"
url = "https://harbour.example/{slug}/"
""",
        encoding="utf-8",
    )
    write_article(folder, "ferry", "The ferry is back", "2026-01-07")
    return folder


def write_article(folder: Path, name: str, title: str, date: str, text: str = "") -> Path:
    """Write the Markdown article *name* into the project *folder*."""
    path = folder / "articles" / f"{name}.md"
    body = text or f"{title}. It was a quiet morning, and everybody came to see it."
    path.write_text(f"---\ntitle: '{title}'\ndate: {date}\n---\n{body}\n", encoding="utf-8")
    return path
