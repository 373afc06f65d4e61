"""What other programs make of the mail: filters, text browsers, a second parser, support data."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import item
from conftest import ROOT, require
from digest.model import Image, Mail, Section
from digest.render import draw, to_eml
from themed import HOST, LANGUAGES, THEMES, drawn, sample, themed

NODE = ROOT / "tests" / "node"
MODULES = ROOT / "node_modules"

# What a story may cost, in errors of caniemail's data: feature and why it stays.
A_STORY: dict[str, str] = {
    "height property": "Yahoo and AOL make it a least height; line-height is counted with it",
    "text-decoration": "three apps of webmailers underline titles that we leave bare",
    "border-radius": "square corners in Outlook for Windows",
    "role attribute": "five clients drop it; their screen readers guess layout tables anyway",
    "width attribute": "HEY sizes pictures by their styles, which say the same",
    "height attribute": "HEY sizes pictures by their styles, which say the same",
}
GREAT = ("gmail", "outlook", "apple-mail")
# Once a mail, in its head: refinements that may be missing, for the clients that matter most.
ONCE: dict[str, str] = {
    **dict.fromkeys(
        (
            *("@media", ":hover", "!important keyword", "<style> element"),
            *("Attribute selector", "Chaining selectors", "Child combinator", "Class selector"),
            *("Descendant combinator", "ID selector", "Type selector"),
            *("text-decoration-color", "text-decoration-thickness", "text-underline-offset"),
            "white-space",
        ),
        "the head only refines what stands inline",
    ),
    "<body> element": "Outlook for macOS replaces it; the wrapper says the same",
    "aria-label attribute": "Windows Mail drops the label of the wrapper; the title stays",
    "border-radius": A_STORY["border-radius"],
    "display:none": "one Gmail shows the preheader's line; its filler is white space",
    "outline": "MJML's reset of pictures",
    "overflow": "of the hidden preheader, beside display and max-height",
    "role attribute": A_STORY["role attribute"],
    "word-break": "Windows Mail alone; long words overflow there",
    "word-spacing": "MJML's reset of the body",
}


def node(script: str, *arguments: str, stdin: bytes = b"") -> Any:
    require(MODULES.is_dir() and shutil.which("node") is not None, "node_modules (npm install)")
    command = ["node", str(NODE / script), *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


def stories(theme: str, count: int) -> Mail:
    """Return a mail of *count* stories that all have a picture, as *theme* draws them."""
    picture = Image(url=f"{HOST}a.jpg", alt="A harbour", width=1200, height=675)
    items = tuple(
        item(
            title=f"The harbour that learned to wait, part {number}",
            section="stories" if number else "lead",
            teaser="For forty years he wrote down every ship that passed Poti. " * 4,
            authors=("Nino Beridze",),
            image=picture,
        )
        for number in range(count)
    )
    lead = Section(name="lead", layout="lead", items=items[:1])
    rest = Section(name="stories", layout="stories", items=items[1:])
    return draw(replace(sample(), sections=(lead, rest)), themed(theme))


@pytest.mark.parametrize("theme", THEMES)
def test_every_client_can_draw_a_story(theme: str, tmp_path: Path) -> None:
    """No feature a story costs errors in any client, but for those that are known and harmless."""
    files = []
    for count in (10, 40):
        files.append(tmp_path / f"{count}.html")
        files[-1].write_text(stories(theme, count).html, encoding="utf-8")
    few, many = node("support.mjs", *map(str, files)).values()
    cost: Counter[str] = Counter()
    for client, features in many.items():
        for feature, count in features.items():
            cost[feature] += (count - few.get(client, {}).get(feature, 0)) / 30
    found = {feature: round(errors, 1) for feature, errors in cost.items() if errors}
    print(f"{theme}: {sum(found.values()):.1f} errors a story, {found}")  # noqa: T201 - figures for people
    assert found.keys() - A_STORY.keys() == set()


@pytest.mark.parametrize("theme", THEMES)
def test_the_great_clients_can_draw_the_mail(theme: str, tmp_path: Path) -> None:
    """Gmail, Outlook and Apple Mail lack nothing that the mail needs."""
    file = tmp_path / "mail.html"
    file.write_text(drawn(theme).html, encoding="utf-8")
    (clients,) = node("support.mjs", str(file)).values()
    lacking = {
        feature
        for client, features in clients.items()
        if client.split(".")[0] in GREAT
        for feature in features
    }
    assert lacking - ONCE.keys() == set()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("theme", THEMES)
def test_a_spam_filter_finds_nothing(theme: str, language: str) -> None:
    """SpamAssassin's local rules give the eml at most 0.1 of 5 points."""
    require(shutil.which("spamassassin") is not None, "SpamAssassin")
    assert points(to_eml(drawn(theme, language)))[0] <= 0.1


def test_a_spam_filter_mistakes_ukrainian_only() -> None:
    """One rule counts Cyrillic letters that look Latin, whatever the language; nothing else."""
    require(shutil.which("spamassassin") is not None, "SpamAssassin")
    score, rules = points(to_eml(drawn("classic", "uk")))
    assert score - rules.get("MIXED_ES", 0) <= 0.1


def points(eml: bytes) -> tuple[float, dict[str, float]]:
    """Return SpamAssassin's score, and what each rule gave."""
    done = subprocess.run(["spamassassin", "-L", "-t"], input=eml, capture_output=True, check=True)
    report = done.stdout.decode("utf-8", "replace").partition("Content analysis details:")[2]
    total = re.search(r"\((-?[\d.]+) points", report)
    assert total is not None
    rules = re.findall(r"^ ?(-?\d+\.\d+) (\w+)", report, re.MULTILINE)
    return float(total[1]), {name: float(score) for score, name in rules}


@pytest.mark.parametrize("program", ["lynx", "w3m"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_text_browsers_read_it_in_order(
    theme: str, language: str, program: str, tmp_path: Path
) -> None:
    """All titles in order, no debris of tables, no filler that can be seen."""
    require(shutil.which(program) is not None, program)
    file = tmp_path / "digest.html"
    file.write_text(drawn(theme, language).html, encoding="utf-8")
    options = {"lynx": ["-display_charset=utf-8", "-nolist"], "w3m": ["-I", "UTF-8", "-O", "UTF-8"]}
    command = [program, "-dump", *options[program], str(file)]
    environment = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    shown = done.stdout.decode()
    words = re.sub(r"\s+", " ", shown)
    places = [words.find(each.title) for each in sample(language).items]
    assert -1 not in places
    assert places == sorted(places)
    assert re.findall(r"[|+]|[─-╿]|[\u034f\u200b\u200c\u200d\u2060\ufeff\u00ad]|&#", shown) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_parser_reads_what_went_in(language: str) -> None:
    """mailparser, which shares no code with Python, finds subject, sender, date and both parts."""
    mail = drawn("cards", language)
    found = node("parse.mjs", stdin=to_eml(mail))
    assert found["subject"] == mail.subject
    assert found["from"] == [["Black Sea Brief", "digest@blackseabrief.example"]]
    assert found["messageId"] == dict(mail.headers)["Message-ID"]
    assert found["date"] == f"{date(2026, 1, 14)}T05:00:00.000Z"
    assert found["list"]["id"]["id"] == "digest.blackseabrief.example"
    assert found["text"] == mail.text
    assert found["html"] == mail.html


SUBJECTS = (
    "Дуже довга тема листа " * 12 + "кінець",
    "👩‍🌾" * 40,
    "w" * 300,
    "plain =?utf-8?q?not_encoded?= words",
    "العدد 3: الميناء الذي تعلّم الانتظار، وما بعد الانتظار في البحر الأسود كله",
)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_second_parser_reads_hard_subjects(subject: str) -> None:
    """Long ones, in any script, and those that look encoded already."""
    headers = (("From", "Порт <a@b.example>"), ("Subject", subject))
    mail = Mail(html="<p>a</p>", text="a\n", subject=subject, preheader="", headers=headers)
    found = node("parse.mjs", stdin=to_eml(mail))
    assert (found["subject"], found["from"]) == (subject, [["Порт", "a@b.example"]])
