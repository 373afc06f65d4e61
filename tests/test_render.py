"""Drawing an issue: what stands in the mail, in which order, and that nothing is invented."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from builders import at, issue, item, publication
from digest.errors import TemplateError
from digest.model import Image, Issue, Mail, Section, Theme, Window
from digest.render import Setting, draw, shipped_templates, to_eml
from digest.text.plain import clean

ROOT = Path(__file__).parents[1]


def setting(**fields: Any) -> Setting:
    defaults: dict[str, Any] = {
        "publication": publication(tagline="Letters from six shores"),
        "theme": Theme(),
        "templates": (shipped_templates(),),
    }
    return Setting(**(defaults | fields))


def drawn(*items: Any, language: str = "en", **fields: Any) -> Mail:
    return draw(issue(*items, **fields), setting(publication=publication(language=language)))


def tree(mail: Mail) -> Any:
    return lxml_html.fromstring(mail.html)


def headings(mail: Mail) -> list[tuple[str, str]]:
    return [(node.tag, node.text_content()) for node in tree(mail).iter("h1", "h2", "h3")]


def html_links(mail: Mail) -> list[str]:
    """Return the addresses of the HTML in order, each where it stands first."""
    return list(dict.fromkeys(unescape(url) for url in re.findall(r'href="([^"]+)"', mail.html)))


def text_links(mail: Mail) -> list[str]:
    lines = (line.strip() for line in mail.text.splitlines())
    return list(dict.fromkeys(line for line in lines if re.match(r"(https?://|mailto:)", line)))


def full_issue() -> Issue:
    return issue(
        item(
            title="Lead",
            section="lead",
            authors=("Iryna Koval", "Radu Ionescu"),
            image=Image(url="https://img.example/a.jpg", alt="A port", width=1200, height=600),
        ),
        item(title="Story"),
        item(
            title="Tea",
            kind="sponsor",
            by="editor",
            published=None,
            teaser="Buy **tea** [here](https://tea.example/?a=1&b=2), now.",
            url="https://tea.example/",
        ),
        item(title="No address", url=None),
        item(title="First", section="news", kind="headline", teaser=""),
        item(title="Second", section="news", kind="headline", teaser="", url=None),
        intro="Good *morning*, [readers](https://example.org/readers).\n\n- one\n- two",
        signoff="The editors",
    )


class TestHtml:
    def test_headings_are_in_order(self) -> None:
        """One h1, the publication; titles stand one rank below the heading over them."""
        assert headings(draw(full_issue(), setting())) == [
            ("h1", "Black Sea Brief"),
            ("h2", "Lead"),
            ("h2", "More stories"),
            ("h3", "Story"),
            ("h3", "Tea"),
            ("h3", "No address"),
            ("h2", "Also in the news"),
        ]

    def test_stories_that_come_first_have_no_heading(self) -> None:
        """Without a lead, the titles of the stories are the h2."""
        assert headings(drawn(item(title="Only"))) == [("h1", "Black Sea Brief"), ("h2", "Only")]

    def test_a_section_keeps_its_own_title(self) -> None:
        """A title in the configuration stands over its section, also over the first."""
        section = Section(name="deep", layout="stories", title="In depth", items=(item(title="A"),))
        assert headings(drawn(sections=(section,)))[1:] == [("h2", "In depth"), ("h3", "A")]

    def test_an_empty_section_is_not_drawn(self) -> None:
        """A heading never stands over nothing."""
        empty = Section(name="news", layout="headlines")
        assert headings(drawn(sections=(empty,))) == [("h1", "Black Sea Brief")]

    def test_the_frame_is_accessible(self) -> None:
        """Language and direction stand on html and wrapper, the subject is title and label."""
        page = tree(drawn(item(), subject='The "big" \\ <day> 👩‍🌾', language="uk"))
        wrapper = page.find("body/div")
        assert dict(page.attrib)["lang"] == "uk"
        assert dict(page.attrib)["dir"] == "ltr"
        assert page.findtext("head/title") == 'The "big" \\ <day> 👩‍🌾'
        assert {name: wrapper.get(name) for name in ("lang", "dir", "role", "aria-label")} == {
            "lang": "uk",
            "dir": "ltr",
            "role": "article",
            "aria-label": 'The "big" \\ <day> 👩‍🌾',
        }

    def test_every_table_is_for_layout(self) -> None:
        """No table claims to hold data."""
        tables = re.findall(r"<table[^>]*>", draw(full_issue(), setting()).html)
        assert tables
        assert [table for table in tables if 'role="presentation"' not in table] == []

    def test_it_keeps_to_standards_mode_and_outlook(self) -> None:
        """The doctype and the conditional comments stay, all other comments go."""
        html = draw(full_issue(), setting()).html
        assert html.startswith("<!DOCTYPE html>")
        assert 'width="600"' in html
        assert set(re.findall(r"<!--(?!\[|<!)[^>]*", html)) <= {"<!--"}
        assert "data-premailer" not in html

    def test_an_item_in_another_language_says_so(self) -> None:
        """Language and direction stand on such an item, and on no other."""
        mail = drawn(item(title="אודסה", language="he"), item(title="B", language="en-GB"))
        marked = tree(mail).xpath("//body/div//*[@lang]")
        assert [(node.get("lang"), node.get("dir")) for node in marked] == [("he", "rtl")]
        assert "text-align:right" in mail.html

    def test_letters_give_a_direction_away(self) -> None:
        """An item of Arabic letters reads from the right, even if nobody named its language."""
        mail = drawn(
            item(title="ميناء أوديسا"), item(title="C (א)"), item(title="2026", teaser="!")
        )
        marked = tree(mail).xpath("//body/div//*[@dir]")
        assert [(node.get("lang"), node.get("dir")) for node in marked] == [(None, "rtl")]

    def test_headings_of_editors_stay_below_ours(self) -> None:
        """A heading in an editor's Markdown is a bold paragraph."""
        mail = drawn(item(title="A"), intro="# Loud\n\n### Less")
        assert headings(mail) == [("h1", "Black Sea Brief"), ("h2", "A")]
        assert "<strong>Loud</strong>" in mail.html

    def test_a_picture_has_its_size_and_leads_to_the_article(self) -> None:
        """Width and height are those of the column, in the proportions of the picture."""
        mail = draw(full_issue(), setting())
        image = tree(mail).find(".//img")
        assert {name: image.get(name) for name in ("src", "alt", "width", "height")} == {
            "src": "https://img.example/a.jpg",
            "alt": "A port",
            "width": "536",
            "height": "268",
        }
        assert image.getparent().get("href") == "https://example.org/Lead"

    def test_a_picture_s_credit_is_shown(self) -> None:
        """Whose it is, and under which licence; as text, whatever it holds."""
        picture = Image(url="https://img.example/a.jpg", alt="A", credit="<b> & Lind (CC BY 4.0)")
        mail = drawn(item(section="lead", image=picture))
        assert "Lind (CC BY 4.0)" in tree(mail).text_content()
        assert "<b>" not in mail.html

    @pytest.mark.parametrize("alt", [None, ""])
    def test_a_picture_without_words_is_passed_over(self, alt: str | None) -> None:
        """Its alt is empty, and its link, the same as the title's, is hidden from readers."""
        picture = Image(url="https://img.example/a.jpg", alt=alt, width=300, height=100)
        image = tree(drawn(item(section="lead", image=picture))).find(".//img")
        assert (image.get("alt"), image.get("width"), image.get("height")) == ("", "300", "100")
        assert image.getparent().get("aria-hidden") == "true"

    def test_a_picture_from_elsewhere_than_the_web_is_not_drawn(self) -> None:
        """A script or a file is no picture."""
        picture = Image(url="javascript:alert(1)")
        assert "<img" not in drawn(item(section="lead", image=picture)).html

    def test_labelled_blocks_say_what_they_are(self) -> None:
        """The word stands in the mail, in the language of the issue."""
        blocks = [item(title=kind, kind=kind, by="editor") for kind in ("sponsor", "event", "note")]
        page = tree(drawn(*blocks, language="de"))
        labels = [node.text for node in page.find_class("label")]
        assert labels == ["Anzeige", "Veranstaltung", "Hinweis"]

    def test_absent_addresses_leave_no_dead_link(self) -> None:
        """No view address, no link to it; no unsubscribe address, a mail to the sender."""
        bare = publication(view_url=None, unsubscribe_url=None, address=None, url=None)
        mail = draw(issue(item(url=None)), setting(publication=bare))
        leave = "mailto:digest@blackseabrief.example?subject=unsubscribe"
        assert html_links(mail) == [leave]
        assert text_links(mail) == [leave]
        assert 'href="#"' not in mail.html

    def test_the_preheader_keeps_other_text_out_of_the_inbox(self) -> None:
        """It is hidden, comes first, and is followed by filler."""
        first = tree(drawn(item(), preheader="Soon.")).find("body/div/div")
        assert first.text.startswith("Soon.\xa0\xad\xa0\xad")
        assert "display:none" in first.get("style")

    def test_forty_stories_stay_far_under_what_gmail_cuts(self) -> None:
        """40 stories of classic take less than 70,000 bytes."""
        stories = [item(title=f"Story {n}", teaser="Word " * 56) for n in range(40)]
        assert len(drawn(*stories).html.encode()) < 70_000


class TestText:
    def test_it_is_a_version_of_its_own(self) -> None:
        """The whole text of an issue."""
        assert draw(full_issue(), setting()).text == (
            Path(__file__).parent / "cases" / "render" / "digest.txt"
        ).read_text("utf-8")

    def test_no_line_is_wider_than_72_columns(self) -> None:
        """Wide characters count double, combining marks not at all."""
        import wcwidth

        words = ("日本語の長い見出し" * 12, "e\u0301" * 200, "слово " * 60, "w" * 300)
        mail = drawn(*(item(title=word, teaser=word) for word in words))
        lines = [line for line in mail.text.splitlines() if "://" not in line]
        assert max(map(wcwidth.width, lines)) == 72

    @pytest.mark.parametrize("language", ["en", "uk", "de"])
    def test_it_holds_every_link_of_the_html(self, language: str) -> None:
        """The same addresses in the same order."""
        mail = draw(full_issue(), setting(publication=publication(language=language)))
        assert text_links(mail) == html_links(mail)

    def test_links_of_markdown_stand_alone(self) -> None:
        """An editor's link is a line of its own, with the words around it kept."""
        teaser = "See <https://a.example/x> and [b](https://b.example/?q=[1]&r), or [c](/local)."
        mail = drawn(item(by="editor", teaser=teaser, url=None, title="T"))
        assert text_links(mail)[1:3] == ["https://a.example/x", "https://b.example/?q=%5B1%5D&r"]
        assert [link for link in html_links(mail) if "local" in link] == []


class TestLanguages:
    @pytest.mark.parametrize(
        ("language", "line"),
        [
            ("en", "Wednesday, January 14, 2026 · No. 3"),
            ("en-GB", "Wednesday, 14 January 2026 · No. 3"),
            ("uk", "Середа, 14 січня 2026 р. · № 3"),
            ("ru", "Среда, 14 января 2026 г. · № 3"),
            ("de", "Mittwoch, 14. Januar 2026 · Nr. 3"),
            ("pl", "Środa, 14 stycznia 2026 · Nr 3"),
            ("fr", "Mercredi 14 janvier 2026 · N° 3"),
            ("tlh-QQ", "Wednesday, January 14, 2026 · No. 3"),
        ],
    )
    def test_dates_and_labels_follow_the_language(self, language: str, line: str) -> None:
        """Date and number are the language's own; an unknown language has English ones."""
        assert line in drawn(item(), language=language).text

    def test_all_label_files_have_the_same_keys(self) -> None:
        """No language lacks a word."""
        import tomllib

        files = (ROOT / "src/digest/render/labels").glob("*.toml")
        keys = {path.stem: set(tomllib.loads(path.read_text("utf-8"))) for path in files}
        assert {"en", "uk", "de", "ru", "pl", "fr"} <= set(keys)
        assert [name for name in keys if keys[name] != keys["en"]] == []

    def test_days_are_those_of_the_publication(self) -> None:
        """An article of late evening elsewhere is of the next day here."""
        late = item(published=at("2026-01-07T23:30"))
        tokyo = publication(timezone=ZoneInfo("Asia/Tokyo"))
        assert "January 8, 2026" in draw(issue(late), setting(publication=tokyo)).text

    def test_right_to_left_issues_are_laid_out_so(self) -> None:
        """Direction and alignment turn over."""
        mail = drawn(item(title="ميناء أوديسا"), language="ar")
        assert 'lang="ar" dir="rtl"' in mail.html
        assert "text-align:right" in mail.html
        assert "direction:rtl" in mail.html
        assert "direction:ltr" not in mail.html


class TestHeaders:
    def test_headers_are_those_of_the_issue(self) -> None:
        """All headers, in order; the mail is of 7 o'clock on the window's last day."""
        assert draw(full_issue(), setting()).headers == (
            ("From", "Black Sea Brief <digest@blackseabrief.example>"),
            ("Subject", "Black Sea Brief No. 3: A quiet day in Odesa"),
            ("Date", "Wed, 14 Jan 2026 07:00:00 +0200"),
            ("Message-ID", "<2026-01-14.digest@blackseabrief.example>"),
            ("List-Id", "Black Sea Brief <digest.blackseabrief.example>"),
            ("List-Unsubscribe", "<https://blackseabrief.example/unsubscribe>"),
        )

    def test_summer_time_is_kept(self) -> None:
        """7 o'clock is 7 o'clock in July, too."""
        summer = Window.of_days(date(2026, 7, 1), date(2026, 7, 7), publication().timezone)
        assert dict(drawn(item(), window=summer).headers)["Date"] == (
            "Tue, 07 Jul 2026 07:00:00 +0300"
        )

    @pytest.mark.parametrize(
        ("url", "header"),
        [
            (None, "<mailto:digest@blackseabrief.example?subject=unsubscribe>"),
            ("https://x.example/u?a=1&b=[2]", "<https://x.example/u?a=1&b=[2]>"),
            ("mailto:leave@x.example", "<mailto:leave@x.example>"),
            ("http://x.example/u", None),
            ("*|UNSUB|*", None),
        ],
    )
    def test_list_unsubscribe_is_an_address_or_absent(
        self, url: str | None, header: str | None
    ) -> None:
        """Only https and mailto go into the header; a merge tag stays with its provider."""
        mail = draw(issue(item()), setting(publication=publication(unsubscribe_url=url)))
        assert dict(mail.headers).get("List-Unsubscribe") == header


class TestSameBytes:
    def test_hash_seed_zone_and_locale_do_not_count(self) -> None:
        """The same issue makes the same bytes in any process."""
        program = (
            "import hashlib, sys; sys.path[:0] = ['src', 'tests']\n"
            "from test_render import draw, full_issue, setting, to_eml\n"
            "mail = draw(full_issue(), setting())\n"
            "print(hashlib.sha256(to_eml(mail) + repr(mail).encode()).hexdigest())"
        )
        worlds = (
            {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
            {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "LANG": "tr_TR"},
        )
        digests = {
            subprocess.run(
                [sys.executable, "-c", program],
                cwd=ROOT,
                env={**os.environ, **world},
                check=True,
                capture_output=True,
            ).stdout
            for world in worlds
        }
        assert len(digests) == 1

    def test_importing_it_is_cheap(self) -> None:
        """The libraries that draw are loaded when something is drawn."""
        program = (
            "import sys; sys.path.insert(0, 'src'); import digest.render\n"
            "print([m for m in ('jinja2', 'premailer', 'mjml', 'babel') if m in sys.modules])"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
        )
        assert done.stdout == "[]\n"

    def test_drawing_asks_nothing_of_the_network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """No library on the way opens a connection, whatever a style sheet asks for."""
        import socket

        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("a connection was opened")

        monkeypatch.setattr(socket.socket, "connect", refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        from digest.render.inline import inline

        page = '<!DOCTYPE html><html><head><link rel="stylesheet" href="http://a.example/x.css">'
        sheet = "<style>@import url(http://b.example/y.css);p{color:#111111}</style></head>"
        draw(full_issue(), setting())
        assert inline(page + sheet + "<body><p>a</p></body></html>")


class TestThemes:
    def test_an_unknown_theme_is_named_with_those_there_are(self) -> None:
        """The nearest name is suggested."""
        with pytest.raises(TemplateError) as raised:
            draw(issue(item()), setting(theme=Theme(name="clasic")))
        assert str(raised.value) == (
            "theme: there is no theme 'clasic' "
            "(did you mean 'classic'? there are: brief, cards, classic)"
        )

    @pytest.mark.parametrize("accent", ["blue-ish", "#12345", "red;}"])
    def test_what_is_no_colour_is_refused(self, accent: str) -> None:
        """A colour can't smuggle in a style."""
        with pytest.raises(TemplateError, match="is not a colour"):
            draw(issue(item()), setting(theme=Theme(accent=accent)))

    @given(st.integers(0, 0xFFFFFF), st.sampled_from(["#ffffff", "#f7f4ee", "#26231f", "#777777"]))
    def test_any_accent_can_be_read(self, colour: int, ground: str) -> None:
        """The accent is moved until it stands out: 4.5 to 1, wherever black or white would."""
        from digest.render.colour import contrast, legible

        best = max(contrast("#000000", ground), contrast("#ffffff", ground))
        assert contrast(legible(f"#{colour:06x}", ground), ground) >= min(4.5, best)


class TestHardCases:
    def test_one_item_alone_makes_a_mail(self) -> None:
        """No lead, no news, no picture, no intro."""
        mail = drawn(item(title="🌊", teaser="", url=None, published=None))
        assert headings(mail) == [("h1", "Black Sea Brief"), ("h2", "🌊")]
        assert " 1. 🌊" in mail.text

    def test_headlines_break_off_for_a_block(self) -> None:
        """A block between headlines stands between them in both versions."""
        news = [
            item(title=title, section="news", kind=kind, teaser=teaser)
            for title, kind, teaser in (
                ("One", "headline", ""),
                ("Advert", "sponsor", "Buy."),
                ("Two", "headline", ""),
            )
        ]
        mail = drawn(*news)
        for version in (mail.html, mail.text):
            places = [version.index(f"/{title}") for title in ("One", "Advert", "Two")]
            assert places == sorted(places)

    @settings(max_examples=60)
    @given(st.text(max_size=60))
    @example('a <p> b </td> > <img style="x:  y" align="left" class=> c \\u{41} {{ x }}')
    def test_the_words_of_a_picture_come_out_as_they_went_in(self, alt: str) -> None:
        """Attributes hold the same characters as texts do."""
        picture = Image(url="https://img.example/a.jpg", alt=alt, width=600, height=400)
        image = tree(drawn(item(section="lead", image=picture))).find(".//img")
        assert image.get("alt") == clean(alt)

    @settings(max_examples=60)
    @given(st.text(max_size=60), st.text(max_size=200))
    def test_words_come_out_as_they_went_in(self, title: str, teaser: str) -> None:
        """Whatever an article says, readers see those characters, and nothing else happens."""
        mail = drawn(item(title=title, teaser=teaser, authors=(title,), url=None))
        page = tree(mail)
        cell = page.find_class("story")[0]
        assert [node.text_content() for node in cell.iterfind(".//h2")] == [clean(title)][
            : bool(clean(title))
        ]
        teasers = [node.text_content() for node in cell.iterfind(".//p") if not node.get("class")]
        assert teasers == ([clean(teaser)] if clean(teaser) else [])
        assert len(to_eml(mail)) > 0
