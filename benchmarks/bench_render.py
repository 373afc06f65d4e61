"""Measure drawing in each theme: milliseconds for 20 and 200 stories, and bytes a story costs.

Run it with ``python benchmarks/bench_render.py``; it reads no network and writes no file.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
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
from digest.render import Setting, draw, shipped_templates, themes, to_eml  # noqa: E402

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
        image=picture,
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


def report_steps() -> None:
    """Print the milliseconds of every step, beside premailer as it comes."""
    from premailer import Premailer

    from digest.render.guard import Addresses
    from digest.render.html import compile_mjml, to_html
    from digest.render.inline import inline, whole
    from digest.render.plaintext import finish
    from digest.render.templates import load
    from digest.render.view import view

    issue = issue_of(20)
    page = view(issue, SETTING, Addresses())
    templates = load(SETTING.templates, SETTING.theme.name)
    mjml = templates.draw_mjml(page)
    compiled, mail = compile_mjml(mjml, templates), draw(issue, SETTING)
    rows: tuple[tuple[str, Callable[[], object]], ...] = (
        ("view (guarding, dates)", lambda: view(issue, SETTING, Addresses())),
        ("MJML", lambda: templates.draw_mjml(page)),
        ("  to HTML", lambda: compile_mjml(mjml, templates)),
        ("  styles inline", lambda: inline(compiled)),
        ("  the same by premailer alone", lambda: whole(compiled)),
        ("HTML, all of it", lambda: to_html(templates, page)),
        ("text", lambda: finish(templates.draw_text(page))),
        ("eml", lambda: to_eml(mail)),
        (
            "premailer, default options",
            lambda: Premailer(compiled, allow_network=False, cssutils_logging_level=50).transform(),
        ),
    )
    print(f"classic, 20 stories, median of {ROUNDS}, warm")
    for name, work in rows:
        print(f"  {name:<34}{milliseconds(work):8.2f} ms")


def report_themes() -> None:
    """Print for each theme what a mail takes, and what a story costs beyond its own words."""
    print("HTML, text and eml together, a picture with each story")
    for theme in themes(SETTING.templates):
        setting = replace(SETTING, theme=Theme(name=theme))
        times = (milliseconds(_drawing(count, setting)) for count in (20, 200))
        print(f"  {theme:<10}20 stories {next(times):6.2f} ms, 200 stories {next(times):6.2f} ms")
        sizes = {count: _size(count, setting) for count in (10, 20, 40, 100)}
        shown = ", ".join(f"{count}: {size}" for count, (size, _) in sizes.items())
        (few, few_own), (many, many_own) = sizes[10], sizes[40]
        cost = (many - many_own - few + few_own) / 30
        print(f"  {'':<10}bytes of HTML at {shown}; a story costs {cost:.0f}")


def _drawing(count: int, setting: Setting) -> Callable[[], object]:
    issue = issue_of(count)
    return lambda: to_eml(draw(issue, setting))


def _size(count: int, setting: Setting) -> tuple[int, int]:
    """Return the bytes of the HTML of *count* stories, and how many of them are their own."""
    issue = issue_of(count)
    own = sum(len(text.encode()) for item in issue.items for text in _own(item))
    return len(draw(issue, setting).html.encode()), own


def _own(item: Item) -> tuple[str, ...]:
    return (item.title, item.teaser, item.url or "", *item.authors)


if __name__ == "__main__":
    report_steps()
    report_themes()
