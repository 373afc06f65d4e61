"""Themes: what ``[theme]`` changes, what is refused or put right, and what a story may cost."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from typer.testing import CliRunner

from builders import at, issue, item, publication
from conftest import ROOT
from digest.cli import app
from digest.config import load
from digest.errors import ConfigError, Problem
from digest.model import Also, Image, Item, Link, Logo, Mail, Section, Support, Theme
from digest.render import Setting, draw, remarks, shipped_templates
from digest.render.colour import contrast
from digest.render.inline import STYLE, inline, small, whole
from digest.text.plain import clean
from themed import LANGUAGES, THEMES, drawn, sample, themed, words

RUN = CliRunner()
EACH = pytest.mark.parametrize("theme", THEMES)
BUDGET = {"classic": 900, "brief": 450, "cards": 1800}
CONFIG = """[publication]
name = "Brief"
sender = { name = "Brief", email = "brief@harbour.example" }
[[sources]]
path = "articles"
[theme]
"""


def setting(theme: str, language: str = "en", **fields: Any) -> Setting:
    return Setting(
        publication=publication(language=language),
        theme=Theme(name=theme, **fields),
        templates=(shipped_templates(),),
    )


def page(mail: Mail) -> Any:
    return lxml_html.document_fromstring(mail.html)


def configured(tmp_path: Path, text: str) -> Theme:
    path = tmp_path / "digest.toml"
    path.write_text(CONFIG + text, encoding="utf-8")
    return load(path, {"path": frozenset()}).theme


def refused(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        configured(tmp_path, text)
    return [str(problem) for problem in raised.value.problems]


def links(mail: Mail) -> list[str]:
    """Return the addresses of the HTML in order, each where it stands first."""
    found = (each.get("href") for each in page(mail).iter("a"))
    return list(dict.fromkeys(found))


def text_links(mail: Mail) -> list[str]:
    lines = (line.strip() for line in mail.text.splitlines())
    return list(dict.fromkeys(line for line in lines if re.match(r"(https?://|mailto:)", line)))


class TestKeys:
    def test_all_of_them_arrive(self, tmp_path: Path) -> None:
        """Every key of the table becomes its value; tables inside it, too."""
        theme = configured(
            tmp_path,
            """name = "cards"
accent = "#aa3300"
background = "#f0f0f0"
paper = "#fffdf8"
font = "Verdana, sans-serif"
heading_font = "'Palatino Linotype', serif"
width = 640
radius = 4
pictures = "lead"
contact = "editors@harbour.example"
logo = { url = "https://i.example/l.png", dark = "https://i.example/d.png", width = 180 }
support = { url = "https://harbour.example/support", text = "Help us.", label = "Help" }
social = [{ name = "Mastodon", url = "https://social.example/@brief" }]
[theme.labels]
news = "Short news"
""",
        )
        assert theme == Theme(
            name="cards",
            accent="#aa3300",
            background="#f0f0f0",
            paper="#fffdf8",
            font="Verdana, sans-serif",
            heading_font="'Palatino Linotype', serif",
            width=640,
            radius=4,
            pictures="lead",
            contact="editors@harbour.example",
            logo=Logo(url="https://i.example/l.png", dark="https://i.example/d.png", width=180),
            support=Support(url="https://harbour.example/support", text="Help us.", label="Help"),
            social=(Link(name="Mastodon", url="https://social.example/@brief"),),
            labels={"news": "Short news"},
        )

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ('accent = "blueish"', 'digest.toml:7: theme.accent is no colour such as "#0b5394"'),
            ('paper = "#12"', 'digest.toml:7: theme.paper is no colour such as "#0b5394"'),
            (
                'font = "x;} body{"',
                'digest.toml:7: theme.font is no list of fonts such as "Georgia, serif"',
            ),
            ("width = 2000", "digest.toml:7: theme.width must be from 480 to 720"),
            ("radius = -1", "digest.toml:7: theme.radius must be from 0 to 32"),
            (
                'pictures = "some"',
                "digest.toml:7: theme.pictures can't be 'some' (one of all, lead, none)",
            ),
            (
                'logo = { url = "logo.png" }',
                "digest.toml:7: theme.logo.url must begin with https://: a mail can't hold files",
            ),
            (
                'logo = { dark = "https://i.example/d.png" }',
                "digest.toml:7: theme.logo.url is missing",
            ),
            (
                'social = [{ nam = "X", url = "https://x.example" }]',
                "digest.toml:7: theme.social.nam is no key that digest knows (did you mean name?)",
            ),
            (
                'social = [{ name = "X", url = "javascript:x" }]',
                "digest.toml:7: theme.social needs addresses that begin with https://",
            ),
            ('contact = "nobody"', "digest.toml:7: theme.contact is no mail address and no web"),
            (
                'support = { url = "ftp://x.example" }',
                "digest.toml:7: theme.support.url must begin with https://",
            ),
        ],
    )
    def test_what_is_none_is_one_clear_line(self, tmp_path: Path, text: str, line: str) -> None:
        """A mistake is named with its line and what would be right."""
        assert refused(tmp_path, text)[0].startswith(line)

    @EACH
    def test_sizes_and_fonts_are_drawn(self, theme: str) -> None:
        """Width, radius and fonts stand in the mail as they are said."""
        said = {"font": "Verdana, sans-serif", "heading_font": 'Charter, "Times New Roman"'}
        support = Support(url="https://h.example/s")
        mail = draw(sample(), setting(theme, width=680, radius=7, support=support, **said))
        assert "max-width:680px" in mail.html
        assert "border-radius:7px" in mail.html or "border-radius:14px" in mail.html
        assert "font-family:Verdana" in mail.html
        assert 'font-family:Charter,"Times New Roman"' in mail.html

    @EACH
    @pytest.mark.parametrize(("policy", "count"), [("all", 6), ("lead", 1), ("none", 0)])
    def test_pictures_follow_the_policy(self, theme: str, policy: Any, count: int) -> None:
        """All pictures, the lead's alone, or none, in any theme."""
        mail = draw(sample(), setting(theme, pictures=policy))
        assert len(page(mail).xpath("//img")) == count

    @EACH
    def test_a_logo_stands_for_the_name(self, theme: str) -> None:
        """Its alt is the name, so that one that isn't there leaves the name; night has its own."""
        logo = Logo(url="https://i.example/l.png", dark="https://i.example/d.png", height=40)
        mail = draw(issue(item()), setting(theme, logo=logo))
        day, dusk = page(mail).xpath("//h1//img")
        assert [day.get("src"), dusk.get("src")] == [logo.url, logo.dark]
        assert {each.get("alt") for each in (day, dusk)} == {"Black Sea Brief"}
        assert (day.get("width"), day.get("height")) == ("200", "40")
        assert "display:none" in dusk.get("style")
        assert ".page .day{display:none!important}" in mail.html
        one = draw(issue(item()), setting(theme, logo=Logo(url="https://i.example/l.png")))
        assert len(page(one).xpath("//h1//img")) == 1

    @EACH
    def test_words_can_be_ones_own(self, theme: str) -> None:
        """A label of [theme.labels] stands instead of the language's."""
        labels = {"stories": "In depth", "number": "Issue {number} <of many>", "reason": "{name}!"}
        mail = draw(sample(), setting(theme, labels=labels))
        shown = page(mail).text_content()
        for words_ in ("In depth", "Issue 3 <of many>", "Black Sea Brief!"):
            assert words_ in shown
            assert words_ in mail.text

    @EACH
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_link_is_in_the_text(self, theme: str, language: str) -> None:
        """The blocks of the footer, too, and in the order of the HTML."""
        mail = drawn(theme, language)
        assert text_links(mail) == links(mail)
        assert "mailto:editors@blackseabrief.example" in links(mail)

    @EACH
    def test_a_paywall_is_marked(self, theme: str) -> None:
        """The mark stands beside author and date, in both versions, and on no other item."""
        mail = drawn(theme)
        marked = [
            each for each in page(mail).find_class("meta") if "For sub" in each.text_content()
        ]
        assert len(marked) == 1
        assert mail.text.count("For subscribers") == 1

    def test_a_headline_behind_a_paywall_is_marked(self) -> None:
        """The mark stands beside its day."""
        paid = item(title="A", section="news", kind="headline", teaser="", paywall=True)
        mail = draw(issue(paid), setting("cards"))
        assert "For subscribers · January 7" in page(mail).text_content()
        assert "  * A (For subscribers · January 7)" in mail.text

    @EACH
    def test_other_reports_are_named_where_the_theme_wants_them(self, theme: str) -> None:
        """Beside author and date, each source once, and its name is text."""
        also = tuple(Also(source=name, title="B") for name in ("The Wire", "<i>Post", "The Wire"))
        told = issue(item(title="A", also=also))
        said = "Also reported by The Wire, <i>Post"
        wanted, silent = (draw(told, setting(theme, also=also)) for also in (True, False))
        assert (said in page(wanted).text_content(), said in " ".join(wanted.text.split())) == (
            True,
            True,
        )
        assert "Also reported" not in silent.html + silent.text

    def test_front_matter_says_paywall(self, project: Path) -> None:
        """``paywall: true`` of an article reaches its item."""
        text = "---\ntitle: Paid\ndate: 2026-01-07\npaywall: true\n---\n\nFor members.\n"
        (project / "articles" / "paid.md").write_text(text, encoding="utf-8")
        toml = str(project / "digest.toml")
        command = ["build", "--since", "2026-01-01", "--now", "2026-01-14", "--config", toml]
        assert RUN.invoke(app, command).exit_code == 0
        shown = (project / "issues/2026-01-14/digest.txt").read_text("utf-8")
        assert "For subscribers · January 7, 2026" in shown


class TestColours:
    @EACH
    @settings(max_examples=25, deadline=None)
    @given(colours=st.tuples(*[st.integers(0, 0xFFFFFF)] * 3))
    def test_any_colours_can_be_read(self, theme: str, colours: tuple[int, int, int]) -> None:
        """Whatever accent, background and paper are asked for, day and night are legible."""
        from digest.render.theme import theme_view

        accent, background, paper = (f"#{colour:06x}" for colour in colours)
        asked = Theme(name=theme, accent=accent, background=background, paper=paper)
        view = theme_view(asked, {"contact": "", "support": ""}, lambda url: url)
        own = dict(zip(("page", "paper", "box", "rule"), ["#ffffff"] * 4, strict=True))
        drawn_ = view.light(own | {"ink": "#1f1b16", "quiet": "#665f55"})
        for ink, ground in (
            *(("ink", "box"), ("quiet", "box"), ("accent", "box"), ("on_button", "button")),
            *(("page_ink", "page"), ("page_accent", "page"), ("foot", "page")),
        ):
            assert contrast(drawn_[ink], drawn_[ground]) >= 4.5

    def test_a_faint_accent_is_named(self) -> None:
        """It is drawn darker, and the report says so."""
        assert remarks(setting("classic", accent="#ffee00")) == (
            Problem(
                where="[theme] accent",
                problem="#ffee00 can't be read on #ffffff: a shade that can is drawn instead",
                hint="its contrast is 1.2 to 1, and 4.5 is needed",
            ),
        )

    def test_a_good_one_is_not(self) -> None:
        """What is drawn as it is written needs no words."""
        assert remarks(setting("classic", accent="#0B5394")) == ()


class TestLabels:
    def test_fourteen_languages_have_every_word(self) -> None:
        """No language lacks a word, none has one that themes don't know, none is empty."""
        files = {path.stem: path for path in (ROOT / "src/digest/render/labels").glob("*.toml")}
        tables = {name: tomllib.loads(path.read_text("utf-8")) for name, path in files.items()}
        languages = [
            "en",
            "uk",
            "ru",
            "de",
            "fr",
            "es",
            "it",
            "pl",
            "ro",
            "tr",
            "ka",
            "az",
            "ar",
            "he",
        ]
        assert set(languages) <= tables.keys()
        for table in tables.values():
            assert table.keys() == tables["en"].keys()
            assert "{number}" in table["number"]
            assert "{name}" in table["reason"]
            assert all(clean(word) == word != "" for word in table.values())

    @EACH
    @pytest.mark.parametrize("language", ["es", "it", "ro", "tr", "ka", "az", "he", "pt-BR"])
    def test_each_draws_a_mail(self, theme: str, language: str) -> None:
        """Date and words are the language's own; right-to-left where it is read so."""
        mail = draw(sample(), setting(theme, language))
        assert page(mail).get("dir") == ("rtl" if language == "he" else "ltr")

    def test_missing_words_are_reported(self) -> None:
        """A language without a file is drawn with English words, and says which."""
        found = remarks(setting("classic", "sv", labels={"news": "Nyheter"}))
        assert [problem.where for problem in found] == ["labels of 'sv'"]
        assert "no words for also, contact, contents, event, note, number" in found[0].problem
        assert " news" not in found[0].problem

    def test_an_unknown_word_is_reported(self) -> None:
        """A key that no theme draws is named with the nearest."""
        found = remarks(setting("classic", labels={"storys": "Mehr"}))
        problem = "storys is no word of a theme"
        assert found == (
            Problem(where="[theme.labels]", problem=problem, hint="did you mean stories?"),
        )


class TestDirections:
    @EACH
    def test_digits_of_a_date_stay_with_it(self, theme: str) -> None:
        """Behind an Arabic name, "7 January" would read "January" and the 7 elsewhere."""
        mail = draw(issue(item(authors=("إيرينا",))), setting(theme, "en-GB"))
        assert "إيرينا\u200e · 7 January" in page(mail).text_content()
        assert "إيرينا\u200e · 7 January 2026" in mail.text

    def test_marks_of_the_writer_stay(self) -> None:
        """A right-to-left mark in a title is part of how it is written, in both versions."""
        title = "C++\u200f ושפות אחרות"
        mail = draw(issue(item(title=title)), setting("brief", "he"))
        assert title in mail.html
        assert title in mail.text

    @EACH
    def test_an_address_keeps_its_house_number(self, theme: str) -> None:
        """In a right-to-left mail an English address runs from the left."""
        mail = draw(sample("ar"), themed(theme, "ar"))
        (address,) = page(mail).xpath("//span[contains(., 'Harbour Street')]")
        assert address.get("dir") == "ltr"

    @EACH
    def test_nothing_of_a_right_to_left_mail_is_aligned_left(self, theme: str) -> None:
        """But for its item in English."""
        foreign = words("ar")["foreign_title"]
        path = "//*[contains(@style, 'text-align:left') and not(contains(@class, 'column'))]"
        for cell in page(drawn(theme, "ar")).xpath(path):
            assert foreign in cell.text_content()


class TestBudget:
    @EACH
    def test_a_story_costs_little(self, theme: str) -> None:
        """Bytes of HTML beyond its own words and addresses, a picture with each."""
        few, many = (mail_of(theme, count) for count in (10, 40))
        cost = (len(many[0]) - many[1] - len(few[0]) + few[1]) / 30
        assert cost <= BUDGET[theme]

    @pytest.mark.parametrize(
        ("theme", "count", "largest"), [("classic", 40, 70_000), ("brief", 100, 100_000)]
    )
    def test_large_issues_stay_under_what_gmail_cuts(
        self, theme: str, count: int, largest: int
    ) -> None:
        """40 stories of classic and 100 of brief, each with a teaser of 280 characters."""
        assert len(mail_of(theme, count)[0]) < largest

    @EACH
    def test_styles_are_those_of_premailer(self, theme: str) -> None:
        """Asking about each kind of element once gives what asking about all of them gives."""
        from digest.render.guard import Addresses
        from digest.render.html import compile_mjml
        from digest.render.templates import load as load_theme
        from digest.render.view import view

        for language in LANGUAGES:
            chosen = themed(theme, language)
            templates = load_theme(chosen.templates, theme)
            mjml = templates.draw_mjml(view(sample(language), chosen, Addresses()))
            html = compile_mjml(mjml, templates)
            assert styles(inline(html)) == styles(whole(html))


@pytest.mark.parametrize(
    ("css", "body"),
    [
        ("p{color:#111111}", "<v:rect><p>a</p></v:rect>"),
        ("p + p{color:#111111}", "<p>a</p><p>b</p>"),
        ("a[href]{color:#111111}", '<a href="https://x.example/">a</a>'),
        ("li:first-child{color:#111111}", "<ul><li>a</li><li>b</li></ul>"),
        ("div > p.x{color:#111111}", '<div><p class="x y">a</p><p>b</p></div>'),
    ],
)
def test_any_style_sheet_is_obeyed(css: str, body: str) -> None:
    """A user's own style sheet may ask for more than tags and classes."""
    html = f"<!DOCTYPE html><html><head><style>{css}</style></head><body>{body}</body></html>"
    assert styles(inline(html)) == styles(whole(html))
    assert "#111" in inline(html).partition("<body")[2]


def styles(html: str) -> list[tuple[str, str]]:
    """Return tag and style of every element, the latter as short as it can be."""
    nodes = lxml_html.document_fromstring(STYLE.sub("", html)).iter()
    return [
        (str(node.tag), small(node.get("style") or "").replace(";word-break:break-word", ""))
        for node in nodes
    ]


def mail_of(theme: str, count: int) -> tuple[bytes, int]:
    """Return the HTML of *count* stories, and how many bytes of it are theirs."""
    teaser = ("For forty years he wrote down every ship that passed Poti, in pencil. " * 4)[:280]
    picture = Image(url="https://images.example/a.jpg", alt="A port", width=1200, height=675)
    items = tuple(
        item(title=f"The harbour, part {number}", teaser=teaser, authors=("Nino",), image=picture)
        for number in range(count)
    )
    own = (text for each in items for text in (each.title, teaser, each.url or "", "Nino"))
    mail = draw(issue(*items), setting(theme))
    return mail.html.encode(), sum(len(text.encode()) for text in own)


LONG = "w" * 300
BAD: dict[str, tuple[Item, ...]] = {
    "a title of 300 characters without a space": (item(title=LONG), item(title="B")),
    "a title of emoji": (item(title="🌊👩‍🌾🏳️‍🌈"), item(title="B")),
    "an Arabic teaser": (item(title="A", teaser="عملت محطة الحبوب طوال العاصفة."),),
    "no pictures": tuple(item(title=title) for title in "ABCDE"),
    "one item": (item(title="A"),),
    "one headline": (item(title="A", section="news", kind="headline", teaser=""),),
    "200 items": tuple(item(title=f"Story {number}") for number in range(200)),
    "no words at all": (item(title="", teaser="", url=None, published=None),),
    "a picture of no size": (item(image=Image(url="https://i.example/a.jpg")), item(title="B")),
    "a picture of 1 pixel": (
        item(image=Image(url="https://i.example/a.jpg", width=1, height=9000)),
        item(title="B", image=Image(url="https://i.example/a.jpg", width=9000, height=1)),
    ),
}


class TestBadInput:
    @EACH
    @pytest.mark.parametrize("case", BAD)
    def test_it_is_a_sound_mail_all_the_same(self, theme: str, case: str) -> None:
        """Titles and teasers stand in both versions, tables are closed, text keeps its width."""
        import wcwidth

        items = BAD[case]
        mail = draw(issue(*items), setting(theme))
        shown = page(mail).text_content()
        for each in items:
            assert each.title in shown
            assert each.teaser in shown
        assert mail.html.count("<table") == mail.html.count("</table>")
        lines = [line for line in mail.text.splitlines() if "://" not in line]
        assert max(map(wcwidth.width, lines)) <= 72
        assert page(mail).xpath("//h2[not(normalize-space())]|//h3[not(normalize-space())]") == []

    @EACH
    def test_an_arabic_teaser_reads_from_the_right(self, theme: str) -> None:
        """Its letters give it away, where nobody says its language."""
        teaser = "عملت محطة الحبوب طوال العاصفة."
        mail = draw(issue(item(title="ميناء", teaser=teaser)), setting(theme))
        (around,) = page(mail).xpath("//body/div//*[@dir='rtl']")
        assert teaser in around.text_content()

    @EACH
    def test_a_mail_without_items_is_still_one(self, theme: str) -> None:
        """Words of the editor alone make a mail."""
        bare = replace(issue(), intro="We are on holiday.", sections=())
        assert "We are on holiday." in draw(bare, setting(theme)).text


class TestContents:
    def test_the_text_begins_with_its_contents(self) -> None:
        """Numbers there are those of the items; blocks and headlines have none."""
        mail = drawn("classic")
        part = mail.text.partition("In this issue\n")[2].partition("\n\n")[0].splitlines()[1:]
        titles = [each.title for each in sample().items if each.kind == "story"]
        assert part == [f"{number:>3}. {title}" for number, title in enumerate(titles, 1)]

    def test_one_item_needs_none(self) -> None:
        """A list of one says nothing."""
        assert "In this issue" not in draw(issue(item()), setting("brief")).text


class TestCommand:
    def test_the_list_says_whose_they_are(self, project: Path) -> None:
        """Shipped themes and the project's own, and which one is in use."""
        (project / "templates/ours").mkdir(parents=True)
        (project / "templates/ours/mail.mjml.j2").write_text("{# ours: quiet. #}<mjml></mjml>")
        done = RUN.invoke(app, ["theme", "list", "--config", str(project / "digest.toml")])
        assert done.output.splitlines() == [
            "brief: a page of notes, made for 30 items and more (shipped)",
            "cards: pictures first (shipped)",
            "classic: a newspaper (shipped, in use)",
            "ours: quiet (yours, in templates/)",
        ]

    def test_a_copy_draws_the_same_mail(self, project: Path) -> None:
        """An ejected theme is complete, under its own name and under a new one."""
        config = ["--config", str(project / "digest.toml")]
        for arguments in (["cards"], ["cards", "--as", "ours", "--partials"]):
            assert RUN.invoke(app, ["theme", "eject", *arguments, *config]).exit_code == 0
        folders = (project / "templates", shipped_templates())
        mails = [
            draw(sample(), replace(themed(name), templates=folders)).html
            for name in ("cards", "ours")
        ]
        assert mails == [drawn("cards").html] * 2

    def test_nothing_is_written_over(self, project: Path) -> None:
        """One file that is there already stops the copy before it begins."""
        mine = project / "templates/classic/style.css.j2"
        mine.parent.mkdir(parents=True)
        mine.write_text("mine", encoding="utf-8")
        done = RUN.invoke(
            app, ["theme", "eject", "classic", "--config", str(project / "digest.toml")]
        )
        assert done.exit_code == 1
        assert "is there already (move it away first, or use --as)" in done.output
        assert [path.name for path in mine.parent.iterdir()] == ["style.css.j2"]
        assert mine.read_text(encoding="utf-8") == "mine"

    @pytest.mark.parametrize("arguments", [["nope"], ["classic", "--as", "../x"]])
    def test_only_names_are_names(self, project: Path, arguments: list[str]) -> None:
        """An unknown theme and a path are refused in one line."""
        command = ["theme", "eject", *arguments, "--config", str(project / "digest.toml")]
        done = RUN.invoke(app, command)
        assert (done.exit_code, len(done.output.splitlines())) == (1, 1)


def test_every_page_of_a_theme_knows_the_same_day() -> None:
    """A late story of another zone has one date in all themes."""
    late = item(published=at("2026-01-07T23:30"))
    lead = Section(name="lead", layout="lead", items=(late,))
    for theme in THEMES:
        mail = draw(issue(sections=(lead,)), setting(theme))
        assert "January 7" in page(mail).text_content()
