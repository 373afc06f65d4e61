"""What readers see: each theme in Chromium, at three widths, by day, by night, without pictures."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, require
from digest.model import Logo
from digest.render import draw
from digest.render.colour import contrast
from themed import HOST, LANGUAGES, THEMES, drawn, sample, themed

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
READY = Path(CHROMIUM).exists() and importlib.util.find_spec("playwright") is not None
SHOTS = list(product(THEMES, ("375", "640", "800"), ("light", "dark", "off"), LANGUAGES))
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
IMAGES = ROOT / "articles" / "images"

# Boxes of text as drawn, fonts in use, how far the page is too wide, what can be tapped, and
# each text with its colour and the first ground behind it that isn't transparent.
MEASURE = r"""() => {
  const rgb = text => text.match(/[0-9.]+/g).map(Number);
  const seen = e => e.offsetParent !== null && e.getClientRects().length > 0;
  const texts = [], boxes = [], taps = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (!node.data.trim() || !seen(parent)) continue;
    const style = getComputedStyle(parent);
    let ground = parent;
    while (ground && rgb(getComputedStyle(ground).backgroundColor)[3] === 0)
      ground = ground.parentElement;
    texts.push({
      text: node.data.trim().slice(0, 40),
      size: parseFloat(style.fontSize),
      ink: rgb(style.color).slice(0, 3),
      ground: ground ? rgb(getComputedStyle(ground).backgroundColor).slice(0, 3) : [255, 255, 255],
    });
  }
  const cells = 'h1,h2,h3,p,li,img';
  for (const cell of document.querySelectorAll(cells)) {
    if (!seen(cell) || cell.querySelector(cells)) continue;
    const {left, right, top, bottom} = cell.getBoundingClientRect();
    boxes.push({what: cell.textContent.slice(0, 40), left, right, top, bottom});
  }
  for (const link of document.querySelectorAll('a')) {
    if (!seen(link)) continue;
    const paragraph = link.closest('p');
    const around = paragraph ? paragraph.textContent.replaceAll('·', ' ').trim() : '';
    const links = paragraph ? [...paragraph.querySelectorAll('a')] : [];
    const said = links.map(each => each.textContent.trim()).join('').length;
    const inText = around.replace(/\s/g, '').length > said + links.length * 4;
    const rects = [...link.getClientRects()].concat([...link.querySelectorAll('img')].map(
      image => image.getBoundingClientRect()));
    const height = Math.max(...rects.map(rect => rect.height));
    const button = link.closest('.button') !== null;
    taps.push({text: link.textContent.trim().slice(0, 40), height, inText, button});
  }
  const page = document.documentElement;
  return {texts, boxes, taps, tooWide: page.scrollWidth - page.clientWidth};
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Debian's Chromium once."""
    require(READY, "Chromium with playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        chromium = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def pictures() -> Path | None:
    """Return the folder that screenshots are wanted in, if they are: ``$DIGEST_SCREENSHOTS``."""
    chosen = os.environ.get("DIGEST_SCREENSHOTS")
    folder = Path(chosen) if chosen else None
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def opened(browser: Any, html: str, width: int, look: str) -> Any:
    """Open *html*; pictures come from the repository, everything else is refused."""
    scheme = "dark" if look == "dark" else "light"
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)

    def answer(route: Any) -> None:
        path = IMAGES / route.request.url.removeprefix(HOST)
        if look != "off" and route.request.url.startswith(HOST) and path.is_file():
            route.fulfill(body=path.read_bytes(), content_type="image/jpeg")
        else:
            route.abort()

    page.route("**/*", answer)
    page.set_content(html, wait_until="load")
    return page


def overlapping(boxes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return pairs of texts that cover each other by more than a pixel."""
    return [
        (one["what"], other["what"])
        for index, one in enumerate(boxes)
        for other in boxes[index + 1 :]
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1
    ]


def faint(texts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the texts whose contrast to the ground that is really behind them is under 4.5."""

    def colour(channels: list[int]) -> str:
        return "#{:02x}{:02x}{:02x}".format(*map(round, channels))

    return [text for text in texts if contrast(colour(text["ink"]), colour(text["ground"])) < 4.5]


def inverted(texts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return *texts* as apps show them that turn every colour over, asked or not."""
    turned = {"ink", "ground"}
    return [
        {key: [255 - c for c in value] if key in turned else value for key, value in text.items()}
        for text in texts
    ]


def low(taps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is too low to be tapped: 24 pixels, buttons 44; links in a text may be lower.

    Source: WCAG 2.2, success criterion 2.5.8.
    """
    return [
        tap for tap in taps if not tap["inText"] and tap["height"] < (44 if tap["button"] else 24)
    ]


@pytest.mark.parametrize("shot", SHOTS, ids="-".join)
def test_the_page_fits_and_can_be_read(
    browser: Any, pictures: Path | None, shot: tuple[str, str, str, str]
) -> None:
    """Nothing scrolls sideways, lies over something else, is faint, small or hard to tap."""
    theme, width, look, language = shot
    page = opened(browser, drawn(theme, language).html, int(width), look)
    if pictures:
        page.screenshot(path=pictures / f"{'-'.join(shot)}.png", full_page=True)
    found = page.evaluate(MEASURE)
    page.close()
    assert found["tooWide"] == 0
    assert overlapping(found["boxes"]) == []
    assert len(found["texts"]) > 40
    assert [text for text in found["texts"] if text["size"] < 14] == []
    assert faint(found["texts"]) == []
    if look == "light":
        assert faint(inverted(found["texts"])) == []
    assert low(found["taps"]) == []


BRANDS: tuple[dict[str, Any], ...] = (
    {"accent": "#ffd400", "background": "#0a2540", "paper": "#fff8e7", "width": 480, "radius": 16},
    {"accent": "#c2185b", "background": "#777777", "paper": "#202020", "width": 720, "radius": 4},
)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("brand", BRANDS, ids=["navy", "night"])
@pytest.mark.parametrize("theme", THEMES)
def test_a_brand_of_ones_own_can_be_read(
    browser: Any, pictures: Path | None, theme: str, brand: dict[str, Any], look: str
) -> None:
    """The same holds for other colours, widths and corners, with a logo and all pictures."""
    logo = Logo(url=f"{HOST}lighthouse.jpg", dark=f"{HOST}vineyard.jpg", width=120, height=68)
    setting = themed(theme, "uk", logo=logo, pictures="all", font="Verdana, sans-serif", **brand)
    html = draw(sample("uk"), setting).html
    for width in (375, 800):
        page = opened(browser, html, width, look)
        if pictures:
            name = f"brand-{theme}-{brand['width']}-{width}-{look}.png"
            page.screenshot(path=pictures / name, full_page=True)
        found = page.evaluate(MEASURE)
        page.close()
        assert found["tooWide"] == 0
        assert overlapping(found["boxes"]) == []
        assert faint(found["texts"]) == []
        assert low(found["taps"]) == []


@pytest.mark.parametrize("theme", THEMES)
def test_it_makes_sense_without_pictures(browser: Any, theme: str) -> None:
    """Where pictures are off, their words stand in their place."""
    page = opened(browser, drawn(theme).html, 640, "off")
    heights = [box.bounding_box()["height"] for box in page.locator("img").all()]
    page.close()
    assert [height for height in heights if height < 14] == []
    assert bool(heights) == (theme != "brief")


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing(browser: Any, theme: str, look: str) -> None:
    """axe-core, all rules of WCAG 2.2 AA and of good practice: no violation.

    Two rules about whole sites are off: a mail has no landmarks, its root is role="article".
    """
    require(AXE.is_file(), "axe-core (npm install)")
    for language in LANGUAGES:
        page = opened(browser, drawn(theme, language).html, 640, look)
        page.add_script_tag(path=AXE)
        found = page.evaluate(
            "tags => axe.run({runOnly: tags, rules: "
            "{region: {enabled: false}, 'landmark-one-main': {enabled: false}}})",
            TAGS,
        )
        page.close()
        violations = [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]]
        assert violations == []
        assert len(found["passes"]) > 10
