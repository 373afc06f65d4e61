"""Measure drawing: milliseconds for an issue of 20 articles, and bytes a story costs.

Run it with ``python benchmarks/bench_render.py``; it reads no network and writes no file.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from digest.model import (  # noqa: E402 - after the path
    Image,
    Issue,
    Item,
    Publication,
    Section,
    Sender,
    Theme,
    Window,
)
from digest.render import Setting, draw, shipped_templates, to_eml  # noqa: E402

KYIV = ZoneInfo("Europe/Kyiv")
ROUNDS = 60
TITLES = (
    "The harbour that learned to wait",
    "Constanța orders twelve electric tugs",
    "Порт працює: як Чорноморськ повертає нічні зміни",
    "What the buoys say about a warmer winter",
)
TEASER = (
    "For forty years he wrote down every ship that passed Poti, in pencil, in three languages. "
    "His daughter is reading the pages aloud, one night at a time, to whoever comes. "
    "Last week the museum had to bring more chairs, and then to open the second hall."
)
SETTING = Setting(
    publication=Publication(
        name="Black Sea Brief",
        tagline="Letters from six shores",
        sender=Sender(name="Black Sea Brief", email="digest@blackseabrief.example"),
        timezone=KYIV,
        url="https://blackseabrief.example",
        address="12 Harbour Street, Odesa",
        unsubscribe_url="https://blackseabrief.example/unsubscribe",
        view_url="https://blackseabrief.example/newsletter/{slug}/",
    ),
    theme=Theme(),
    templates=(shipped_templates(),),
)


def issue_of(stories: int) -> Issue:
    """Return an issue of *stories* stories, the first of them the lead with a picture."""
    items = tuple(_story(number) for number in range(stories))
    return Issue(
        slug="2026-01-14",
        number=3,
        status="draft",
        window=Window.of_days(date(2026, 1, 8), date(2026, 1, 14), KYIV),
        subject="Black Sea Brief No. 3: The harbour that learned to wait",
        preheader="A storm, twelve electric tugs, and the last logbook of a lighthouse keeper.",
        intro="Good morning. This week belongs to people who *stay at their posts*.",
        sections=(
            Section(name="lead", layout="lead", items=items[:1]),
            Section(name="stories", layout="stories", items=items[1:]),
        ),
    )


def _story(number: int) -> Item:
    picture = Image(url="https://images.example/a.jpg", alt="A harbour", width=1200, height=675)
    return Item(
        id=f"articles/{number}.md",
        section="stories" if number else "lead",
        title=TITLES[number % len(TITLES)],
        teaser=TEASER,
        url=f"https://blackseabrief.example/2026/story-{number}/",
        published=datetime(2026, 1, 14 - number % 7, 9, tzinfo=KYIV),
        authors=("Nino Beridze",),
        image=None if number else picture,
    )


def milliseconds(work: Callable[[], object]) -> float:
    """Return the median time of *work* once it is warm."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def report_time() -> None:
    """Print the milliseconds of every step, beside premailer as it comes."""
    from premailer import Premailer

    from digest.render.guard import Addresses
    from digest.render.html import compile_mjml, to_html
    from digest.render.inline import inline
    from digest.render.plaintext import finish
    from digest.render.templates import load
    from digest.render.view import view

    issue, addresses = issue_of(20), Addresses()
    page = view(issue, SETTING, addresses)
    templates = load(SETTING.templates, SETTING.theme.name)
    mjml = templates.draw_mjml(page)
    compiled, mail = compile_mjml(mjml, templates), draw(issue, SETTING)
    rows: tuple[tuple[str, Callable[[], object]], ...] = (
        ("view (guarding, dates)", lambda: view(issue, SETTING, Addresses())),
        ("MJML", lambda: templates.draw_mjml(page)),
        ("  to HTML", lambda: compile_mjml(mjml, templates)),
        ("  styles inline", lambda: inline(compiled)),
        ("HTML, all of it", lambda: to_html(templates, page, addresses)),
        ("text", lambda: finish(templates.draw_text(page), addresses)),
        ("eml", lambda: to_eml(mail)),
        ("HTML, text and eml together", lambda: to_eml(draw(issue, SETTING))),
        (
            "premailer alone, default options",
            lambda: Premailer(compiled, allow_network=False, cssutils_logging_level=50).transform(),
        ),
    )
    print(f"20 articles, median of {ROUNDS}, warm")
    for name, work in rows:
        print(f"  {name:<34}{milliseconds(work):8.2f} ms")
    print(f"  {'200 articles, all three':<34}{milliseconds(_large()):8.2f} ms")


def _large() -> Callable[[], object]:
    issue = issue_of(200)
    return lambda: to_eml(draw(issue, SETTING))


def report_bytes() -> None:
    """Print how large mails are, and what a story costs beyond its own words and address."""
    sizes = {}
    print("bytes of HTML")
    for stories in (10, 20, 40):
        issue = issue_of(stories)
        words = sum(len(text.encode()) for item in issue.items for text in _own(item))
        sizes[stories] = size = len(draw(issue, SETTING).html.encode()), words
        print(f"  {stories} stories: {size[0]:>7} in all, {words:>6} of them words and addresses")
    cost = (sizes[40][0] - sizes[40][1] - sizes[10][0] + sizes[10][1]) / 30
    print(f"  a story costs {cost:.0f} bytes beyond its words and address")


def _own(item: Item) -> tuple[str, ...]:
    return (item.title, item.teaser, item.url or "", *item.authors)


if __name__ == "__main__":
    report_time()
    report_bytes()
