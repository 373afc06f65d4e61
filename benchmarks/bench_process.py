"""Print wall time and peak memory of ``digest build`` as a whole process, median of ten."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 10


def run(folder: Path, *arguments: str) -> tuple[float, float]:
    """Return the seconds and the peak mebibytes of one run of digest in *folder*."""
    command = [sys.executable, "-m", "digest", *arguments]
    began = time.perf_counter()
    child = os.posix_spawn(
        "/bin/sh",
        ["sh", "-c", 'cd "$0" && exec "$@" >/dev/null 2>&1', str(folder), *command],
        os.environ,
    )
    _, status, usage = os.wait4(child, 0)
    if code := os.waitstatus_to_exitcode(status):
        raise SystemExit(f"digest {' '.join(arguments)}: exit code {code}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def project(folder: Path, *suffixes: str) -> Path:
    """Return *folder* with the sample project in it, only articles with one of *suffixes*."""
    shutil.copytree(ROOT / "articles", folder / "articles")
    shutil.copyfile(ROOT / "digest.toml", folder / "digest.toml")
    for path in folder.glob("articles/*.*"):
        if suffixes and path.suffix not in suffixes:
            path.unlink()
    return folder


def main() -> None:
    """Print a line for each command."""
    build = ("build", "--since", "2026-01-01", "--now", "2026-01-14T12:00")
    rows: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
        ("digest --help", ("--help",), ()),
        ("build, Markdown alone", build, (".md",)),
        ("build, whole sample", build, ()),
    )
    print(f"whole process, median of {RUNS} (min to max)")
    for name, arguments, suffixes in rows:
        with tempfile.TemporaryDirectory() as folder:
            place = project(Path(folder), *suffixes)
            run(place, *arguments)
            figures = [run(place, *arguments) for _ in range(RUNS)]
        seconds, memory = zip(*figures, strict=True)
        print(
            f"  {name:24} {statistics.median(seconds):6.3f} s"
            f" ({min(seconds):.3f} to {max(seconds):.3f}), peak {max(memory):5.1f} MiB"
        )


if __name__ == "__main__":
    main()
