"""Draw the themes in other engines, and put all pictures on one contact sheet.

``python tests/eyes/sheet.py build/screenshots docs/themes.webp``; Chromium's pictures are
those that tests/test_screenshots.py has written into the folder.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from themed import HOST, THEMES, drawn  # noqa: E402 - after the path

SHOWN = (
    *("640-light-en", "640-dark-en", "375-light-uk", "375-dark-uk", "640-light-ar", "640-off-en"),
    *("webkit", "office"),
)
SCALE = 0.42
GAP = 16
HIGH = 1700  # pixels of a mail that the sheet shows
GROUND = "#7d8590"
LARGEST = 1_500_000  # bytes


def local(theme: str, folder: Path) -> Path:
    """Write the mail of *theme* with its pictures beside it, and return its path."""
    for path in (ROOT / "articles" / "images").glob("*.jpg"):
        shutil.copyfile(path, folder / path.name)
    page = folder / f"{theme}.html"
    page.write_text(drawn(theme).html.replace(HOST, ""), encoding="utf-8")
    return page


def webkit(page: Path, target: Path) -> None:
    """Draw *page* in WebKitGTK, where it is installed."""
    script = Path(__file__).with_name("webkit.py")
    command = ["xvfb-run", "-a", "/usr/bin/python3", str(script), str(page), str(target), "640"]
    if shutil.which("xvfb-run"):
        subprocess.run(command, check=False, capture_output=True, timeout=60)


def office(page: Path, target: Path) -> None:
    """Draw *page* in LibreOffice, with what only Outlook sees revealed: a stand-in for Word."""
    if not shutil.which("soffice") or not shutil.which("pdftoppm"):
        return
    html = page.read_text("utf-8")
    html = re.sub(r"<!--\[if !mso\]><!-->.*?<!--<!\[endif\]-->", "", html, flags=re.DOTALL)
    html = re.sub(r"<!--\[if (?:mso|mso \| IE)\]>(.*?)<!\[endif\]-->", r"\1", html, flags=re.DOTALL)
    page = page.with_name(f"{page.stem}-office.html")
    page.write_text(html, encoding="utf-8")
    with tempfile.TemporaryDirectory() as profile:
        options = ["--headless", f"-env:UserInstallation=file://{profile}"]
        kind = ["--infilter=HTML (StarWriter)", "--convert-to", "pdf"]
        where = ["--outdir", str(page.parent), str(page)]
        done = ["soffice", *options, *kind, *where]
        subprocess.run(done, check=False, capture_output=True, timeout=120)
    pdf, stem = page.with_suffix(".pdf"), target.with_suffix("")
    if pdf.is_file():
        first = ["pdftoppm", "-png", "-r", "80", "-l", "2", str(pdf), str(page.with_suffix(""))]
        subprocess.run(first, check=False)
        pages = [
            trimmed(Image.open(each)) for each in sorted(page.parent.glob(f"{page.stem}-*.png"))
        ]
        stacked(pages).save(stem.with_suffix(".png"))


def trimmed(picture: Image.Image) -> Image.Image:
    """Return *picture* without the white around it."""
    picture = picture.convert("RGB")
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "#ffffff")).getbbox()
    return picture.crop(box) if box else picture


def stacked(pages: list[Image.Image]) -> Image.Image:
    """Return *pages* one below the other."""
    whole = Image.new("RGB", (max(p.width for p in pages), sum(p.height for p in pages)), "#ffffff")
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole


def small(path: Path) -> Image.Image:
    """Return the upper part of a picture, reduced."""
    picture = Image.open(path).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, HIGH)))
    size = round(picture.width * SCALE), round(picture.height * SCALE)
    return picture.resize(size, Image.Resampling.LANCZOS)


def row(theme: str, folder: Path) -> Image.Image:
    """Return the pictures of *theme* side by side, each with its name above it."""
    paths = [folder / f"{theme}-{name}.png" for name in SHOWN]
    found = [(path.stem, small(path)) for path in paths if path.is_file()]
    width = sum(picture.width + GAP for _, picture in found) + GAP
    strip = Image.new("RGB", (width, max(p.height for _, p in found) + 44), GROUND)
    pen, left = ImageDraw.Draw(strip), GAP
    for name, picture in found:
        pen.text((left, 10), name, fill="#ffffff", font=ImageFont.load_default(15))
        strip.paste(picture, (left, 36))
        left += picture.width + GAP
    return strip


def main(folder: Path, target: Path) -> None:
    """Draw the other engines' pictures into *folder*, and all together into *target*."""
    with tempfile.TemporaryDirectory() as scratch:
        for theme in THEMES:
            page = local(theme, Path(scratch))
            webkit(page, folder / f"{theme}-webkit.png")
            office(page, folder / f"{theme}-office.png")
    rows = [row(theme, folder) for theme in THEMES]
    size = max(each.width for each in rows), sum(each.height for each in rows)
    sheet, top = Image.new("RGB", size, GROUND), 0
    for each in rows:
        sheet.paste(each, (0, top))
        top += each.height
    sheet.save(target, quality=72, method=6)
    if target.stat().st_size > LARGEST:
        sys.exit(f"{target} has {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
