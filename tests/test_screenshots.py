"""What readers see: theme classic in Chromium, on a phone and a desk, by day and by night."""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builders import issue, item, publication
from digest.model import Image, Issue, Theme
from digest.render import Setting, draw, shipped_templates

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
READY = Path(CHROMIUM).exists() and importlib.util.find_spec("playwright") is not None
WIDTHS = (375, 640)
SCHEMES = ("light", "dark")
PICTURE = "https://images.example/harbour.jpg"
REPOSITORY_PICTURE = Path(__file__).parents[1] / "articles" / "images" / "harbour-cranes.jpg"

pytestmark = pytest.mark.skipif(
    not READY and not os.environ.get("CI"), reason="chromium or playwright is not installed"
)

# Boxes of text (as drawn), the smallest font in use, and how far the page is too wide.
MEASURE = """() => {
  const texts = [], smallest = {size: 99, text: ''};
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (!node.data.trim() || !node.parentElement.offsetParent) continue;
    const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
    if (size < smallest.size) Object.assign(smallest, {size, text: node.data});
  }
  const cells = [...document.querySelectorAll('h1,h2,h3,p,li,img')].filter(e => e.offsetParent);
  for (const cell of cells) {
    if (cell.querySelector('h1,h2,h3,p,li,img')) continue;
    const {left, right, top, bottom} = cell.getBoundingClientRect();
    texts.push({what: cell.textContent.slice(0, 40), left, right, top, bottom});
  }
  const page = document.documentElement;
  return {smallest, texts, tooWide: page.scrollWidth - page.clientWidth};
}"""

# Each text with its colour and the first ground behind it that isn't transparent.
COLOURS = """() => {
  const rgb = text => text.match(/[0-9.]+/g).map(Number);
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (!node.data.trim() || !node.parentElement.offsetParent) continue;
    let ground = node.parentElement;
    while (ground && rgb(getComputedStyle(ground).backgroundColor)[3] === 0)
      ground = ground.parentElement;
    found.push({
      text: node.data.slice(0, 40),
      ink: rgb(getComputedStyle(node.parentElement).color).slice(0, 3),
      ground: ground ? rgb(getComputedStyle(ground).backgroundColor).slice(0, 3) : [255, 255, 255],
    });
  }
  return found;
}"""


def sample() -> Issue:
    """Return an issue with everything that theme classic can draw."""
    lead = item(
        title="The harbour that learned to wait",
        section="lead",
        authors=("Iryna Koval",),
        teaser="Odesa’s grain terminal worked through the longest storm in eleven years. The "
        "people who kept it open describe a winter of patience, diesel and very little sleep.",
        image=Image(
            url=PICTURE, alt="Cranes over the grain terminal at dusk", width=1200, height=675
        ),
    )
    stories = (
        item(
            title="Constanța orders twelve electric tugs",
            authors=("Radu Ionescu", "Ana Marin"),
            teaser="The port authority wants the first of them at work by autumn. Pilots who "
            "tried a borrowed one say it is quiet, strong, and cold in January.",
        ),
        item(
            title="Порт працює: як Чорноморськ повертає нічні зміни",
            language="uk",
            authors=("Олена Шевчук",),
            teaser="Уперше за три роки крани не зупиняються опівночі. Диспетчерка Марія каже, "
            "що найважче було знову звикнути до тиші між суднами.",
        ),
        item(
            title="Come aboard: our winter evening in Varna",
            kind="event",
            by="editor",
            published=None,
            teaser="Meet the editors on **Thursday, 22 January**, at the Maritime Museum. "
            "[Save a seat](https://events.example/varna?from=digest&seat=1), it is free.",
            url=None,
        ),
        item(
            title="A lighthouse keeper’s last logbook",
            authors=("Nino Beridze",),
            teaser="For forty years he wrote down every ship that passed Poti. His daughter is "
            "reading the pages aloud, one night at a time.",
        ),
        item(
            title="Harbour Bank: accounts for crews at sea",
            kind="sponsor",
            by="editor",
            published=None,
            teaser="Send money home from any port of the Black Sea, without a fee until March.",
        ),
        item(
            title="What the buoys say about a warmer winter",
            authors=("Deniz Aydın",),
            teaser="Eleven research buoys agree to a tenth of a degree. The twelfth, off Sinop, "
            "does not, and that is the interesting one.",
        ),
        item(
            title="Vineyards move uphill in Kakheti",
            authors=("Levan Kiknadze",),
            teaser="Growers who doubted the maps ten years ago now ask for the next ones.",
        ),
    )
    news = tuple(
        item(title=title, section="news", kind="headline", teaser="", origin=None)
        for title in (
            "Night ferry to Batumi returns in March",
            "Danube pilots agree on a new rota after six weeks of talks",
            "Bulgaria counts its seals again",
            "Trabzon opens a school for ship’s cooks",
            "Wind farm off Mangalia gets its permit",
            "Sevan trout, and why it is not one",
        )
    )
    return issue(
        lead,
        *stories,
        *news,
        subject="Black Sea Brief No. 3: The harbour that learned to wait",
        preheader="A storm, twelve electric tugs, and the last logbook of a lighthouse keeper.",
        intro="Good morning. This week belongs to people who *stay at their posts*: crane drivers, "
        "a lighthouse keeper, and eleven stubborn buoys. Write to us: "
        "[the editors read everything](https://blackseabrief.example/contact).",
        signoff="Fair winds,  \nIryna, Radu and Nino",
    )


def drawn_sample() -> str:
    brief = publication(tagline="Letters from six shores")
    return draw(
        sample(),
        Setting(publication=brief, theme=Theme(), templates=(shipped_templates(),)),
    ).html


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Debian's Chromium once."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        chromium = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder for screenshots: ``$DIGEST_SCREENSHOTS``, or a passing one."""
    chosen = os.environ.get("DIGEST_SCREENSHOTS")
    folder = Path(chosen) if chosen else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def opened(browser: Any, width: int, scheme: str, *, images: bool = True) -> Any:
    """Open the sample; pictures come from here, everything else is refused."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)

    def answer(route: Any) -> None:
        if images and route.request.url == PICTURE:
            route.fulfill(body=_picture(), content_type="image/jpeg")
        else:
            route.abort()

    page.route("**/*", answer)
    page.set_content(drawn_sample(), wait_until="load")
    return page


def _picture() -> bytes:
    if REPOSITORY_PICTURE.is_file():
        return REPOSITORY_PICTURE.read_bytes()
    from PIL import Image as Pillow

    stream = io.BytesIO()
    Pillow.new("RGB", (1200, 675), "#5b7f95").save(stream, "JPEG")
    return stream.getvalue()


def _overlapping(boxes: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return pairs of texts that cover each other by more than a pixel."""
    return [
        (one["what"], other["what"])
        for index, one in enumerate(boxes)
        for other in boxes[index + 1 :]
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 1
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_fits_and_can_be_read(
    browser: Any, pictures: Path, width: int, scheme: str
) -> None:
    """Nothing scrolls sideways, nothing is under 14 px, nothing lies over something else."""
    page = opened(browser, width, scheme)
    page.screenshot(path=pictures / f"classic-{width}-{scheme}.png", full_page=True)
    found = page.evaluate(MEASURE)
    page.close()
    assert found["tooWide"] == 0
    assert found["smallest"]["size"] >= 14, found["smallest"]
    assert _overlapping(found["texts"]) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_stands_out(browser: Any, scheme: str) -> None:
    """Every text has a contrast of 4.5 to the ground that is really behind it."""
    from digest.render.colour import contrast

    page = opened(browser, 640, scheme)
    texts = page.evaluate(COLOURS)
    page.close()
    faint = [
        text
        for text in texts
        if contrast(*("#{:02x}{:02x}{:02x}".format(*text[key]) for key in ("ink", "ground"))) < 4.5
    ]
    assert len(texts) > 40
    assert faint == []


def test_it_makes_sense_without_pictures(browser: Any, pictures: Path) -> None:
    """Where pictures are off, their words stand in their place."""
    page = opened(browser, 640, "light", images=False)
    page.screenshot(path=pictures / "classic-640-no-images.png", full_page=True)
    box = page.locator("img").bounding_box()
    page.close()
    assert box is not None
    assert box["height"] > 14
