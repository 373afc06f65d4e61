"""The few sentences under a title."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import article
from digest import teasers
from digest.errors import PluginError
from digest.model import Brief, Decision, Paragraph, Teaser
from digest.teasers import not_in_article, repeated, tease, tease_all
from digest.teasers.balance import balanced
from digest.teasers.cut import cut, hard_cut
from digest.teasers.tidy import dateline, tidy, without_opening
from digest.teasers.together import fit_together, opening
from digest.text.languages import language

LONG = (
    "The ministry of ports has signed a paper on the dredging of four harbours, which had been "
    "promised in 2019, and on the ships that wait outside."
)
NEXT = "Dredgers are to begin in Odesa before the ice is gone, and work until the autumn storms."


def teaser(length: int = 280, tag: str = "en", **fields: Any) -> Teaser:
    return tease(article(**fields), Brief(length=length, language=tag))


def text(body: str, **fields: Any) -> str:
    return teaser(body=body, **fields).text


class TestOrder:
    def test_the_own_summary_goes_before_the_lead(self) -> None:
        """What the article says of itself is taken as it stands, and the lead stays on offer."""
        found = teaser(summary=LONG, body=NEXT)
        assert (found.text, found.origin) == (LONG, "own summary")
        assert [(each.text, each.origin) for each in found.alternatives] == [(NEXT, "lead")]

    @pytest.mark.parametrize(
        ("summary", "reason"),
        [
            ("The ministry of ports has signed a paper on the…", "cut off"),
            ("The ministry of ports has signed a paper on the", "cut off"),
            ("A quiet day in Odesa", "repeats the title"),
            ("Click here to read more about the ministry of ports.", ""),
            ("See https://example.org/paper for the paper on the ports.", ""),
        ],
    )
    def test_a_summary_that_is_not_well_formed_gives_way(self, summary: str, reason: str) -> None:
        """Cut off by a tool, the title again, a notice or a link: the lead goes before it."""
        found = teaser(summary=summary, body=NEXT)
        assert (found.text, found.origin) == (NEXT, "lead")
        refused = [each.reason for each in found.alternatives if each.origin == "own summary"]
        assert all(reason in each for each in refused)
        assert bool(refused) == bool(reason)

    def test_a_summary_without_a_full_stop_gets_one(self) -> None:
        """A quarter of all descriptions lack it, and nothing else is wrong with them."""
        assert teaser(summary=LONG.rstrip("."), body=NEXT).text == LONG

    def test_a_summary_that_three_articles_share_is_the_sites(self) -> None:
        """It tells nothing about any of them."""
        site = "All the news from the ports of the Black Sea, every week in your inbox."
        read = [article(title=f"No {n}", summary=site, body=f"{n}: {NEXT}") for n in "123"]
        found = tease(read[0], Brief(), repeated(read))
        assert found.origin == "lead"

    def test_the_more_mark_ends_the_teaser(self) -> None:
        """Text after the author's mark is not read."""
        found = teaser(body="Before the mark.\nAfter the mark.", more=1)
        assert (found.text, found.origin) == ("Before the mark.", "more-mark")

    @pytest.mark.parametrize(
        "first",
        [
            "Hello everyone!",
            "This is a security release.",
            "Editor's note: this was updated.",
            "Photo: Ana Pop",
            "5 min read",
            "Share this",
            "By Maria Ionescu",
            "Click here for the gallery.",
            "Originally published on our blog.",
        ],
    )
    def test_a_later_paragraph_stands_in_for_what_is_no_lead(self, first: str) -> None:
        """Greetings, notices, captions and bylines tell nothing; the reason says so."""
        found = teaser(body=f"{first}\n{LONG}")
        assert found.text == LONG
        assert "after what is a" in found.reason

    def test_headings_and_lists_are_no_lead(self) -> None:
        """Only prose can be read on its own."""
        body = (
            Paragraph(text="What happened", kind="heading"),
            Paragraph(text="first point", kind="item"),
            Paragraph(text="The ferry left at nine."),
        )
        assert teaser(body=body).text == "The ferry left at nine."

    def test_the_points_of_a_list_are_the_last_resort(self) -> None:
        """An article that is nothing but a list of changes still says something."""
        body = (
            Paragraph(
                text="[1f64d6841e] - Add support for two more harbours (A. Pop) #598", kind="item"
            ),
            Paragraph(text="Remove the old berth from every timetable", kind="item"),
        )
        expected = "Add support for two more harbours. Remove the old berth from every timetable."
        assert teaser(body=body).text == expected

    def test_a_headline_has_no_teaser(self) -> None:
        """Where only a title is known nothing is made up."""
        assert teaser(headline=True, body=()).text == ""

    def test_a_link_alone_is_no_teaser(self) -> None:
        """Better none than an address."""
        assert text("Installer: https://example.org/a.pkg") == ""


class TestForm:
    def test_whole_sentences_up_to_the_budget(self) -> None:
        """A sentence that does not fit is left out whole, and so is all behind it."""
        assert text(f"{LONG} {NEXT} {LONG}") == f"{LONG} {NEXT}"

    def test_a_short_first_paragraph_goes_on_into_the_next(self) -> None:
        """A lead of a few words alone says too little."""
        assert text("The port is open.\nShips wait outside.") == (
            "The port is open. Ships wait outside."
        )

    def test_a_sentence_that_is_too_long_is_cut_at_a_clause(self) -> None:
        """The ellipsis counts, and the head is what a reader would say in one breath."""
        assert text(LONG, length=120) == (
            "The ministry of ports has signed a paper on the dredging of four harbours, which "
            "had been promised in 2019…"
        )

    def test_no_ending_on_a_colon(self) -> None:
        """What a list was to follow is left out, or cut before the words that announce it."""
        assert text(f"{LONG} These are the following:") == LONG
        assert not text("The ministry has plans for each of the following:").endswith(":")

    def test_the_title_again_is_left_out(self) -> None:
        """Only a sentence that adds nothing to it is the title again."""
        title = "Ports are dredged again"
        assert text(f"The ports are dredged again. {LONG}", title=title) == LONG
        more = "Ports are dredged again in Odesa, Varna and Poti from Monday."
        assert text(more, title=title) == more

    def test_a_sentence_that_leans_begins_no_teaser(self) -> None:
        """It would point at something that the reader hasn't seen."""
        assert text(f"He also said that it would rain on Monday in the east.\n{LONG}") == LONG

    def test_a_sentence_that_leans_is_better_than_none(self) -> None:
        """Where no other can begin, it does, and the reason says so."""
        found = teaser(body="However, the ferry sailed at noon.")
        assert found.text == "However, the ferry sailed at noon."
        assert "leans on what isn't there" in found.reason

    @pytest.mark.parametrize(
        ("opening_words", "tag"),
        [
            ("KYIV, Jan 9 (Reuters) — ", "en"),
            ("(CNN) -- ", "en"),
            ("(CNN)", "en"),
            ("WASHINGTON — ", "en"),
            ("Berlin (dpa) - ", "de"),
            ("MADRID, 9 Ene. (EUROPA PRESS) - ", "es"),
            ("КИЇВ. 9 січня. УНН. ", "uk"),
            ("МОСКВА, 9 янв — РИА Новости. ", "ru"),
            ("Share this withEmailFacebookTwitterCopy this link", "en"),
            ("Media playback is not supported on this device", "en"),
            ("3 min read · ", "en"),
            ("Updated: Jan 9, 2026 10:15 GMT | ", "en"),
        ],
    )
    def test_what_precedes_the_text_is_cut_away(self, opening_words: str, tag: str) -> None:
        """Datelines, share bars, reading times and dates of change are the page's."""
        known = language(tag)
        assert without_opening(f"{opening_words}{LONG}", "", known) == LONG

    @pytest.mark.parametrize(
        "sentence",
        [
            "Rust — a language for everyone — is ten years old today.",
            "AI — The next ten years of it — was the theme of the day.",
            "In Odesa - where else - the ferry sailed on time.",
            "Two of three ports (Varna) are open - the third isn't.",
        ],
    )
    def test_a_dash_makes_no_dateline(self, sentence: str) -> None:
        """Only a place or an agency before it does."""
        assert dateline(sentence, language("en")) == 0

    def test_marks_of_notes_and_markup_are_taken_away(self) -> None:
        """What a reader can't see or follow isn't part of the text."""
        marked = (
            "The [port](https://example.org) is **open**[1], says the *harbour* &amp; town.[^a]"
        )
        assert tidy(marked) == "The port is open, says the harbour & town."

    def test_what_tidy_can_not_know_stays(self) -> None:
        """Generic types and keys look like tags and aren't."""
        assert tidy("Use Vec<T> or press <Tab> for an item_of_two.") == (
            "Use Vec<T> or press <Tab> for an item_of_two."
        )


class TestBalance:
    @pytest.mark.parametrize(
        "sentence",
        [
            "He said “no”.", "Er sagte „nein“.", "»Nein«, sagte er.", "Він сказав «ні».",
            'The "port" (old) [new] is the dogs\' home, isn’t it?',
            "「はい」と言った。", "No quotes, o’clock ’til ’99.", "„Nie” – powiedział.",
        ],
    )  # fmt: skip
    def test_what_is_closed(self, sentence: str) -> None:
        """Each language's quotes, apostrophes, smileys and numbered items."""
        assert balanced(sentence)

    @pytest.mark.parametrize(
        "sentence", ["He said “no.", "(one", "one)", "«ні", '5" deep', "[(])", "„nein", "1) one"]
    )
    def test_what_is_not(self, sentence: str) -> None:
        """Opened and not closed, closed and not opened, or across each other."""
        assert not balanced(sentence)


class TestCut:
    @pytest.mark.parametrize(
        ("room", "expected"),
        [
            (60, "In March the harbour master of Poti asked for 3.5 million…"),
            (40, "In March the harbour master of Poti…"),
        ],
    )
    def test_no_cut_in_a_number_or_a_name(self, room: int, expected: str) -> None:
        """Number and unit, first and last name stay together."""
        sentence = (
            "In March the harbour master of Poti asked for 3.5 million lari for Nino Beridze."
        )
        found = cut(sentence, room, language("en"))
        assert found is not None
        assert found.text == expected

    def test_no_cut_in_a_quotation(self) -> None:
        """It ends before the quotation, or there is no cut."""
        sentence = (
            "The mayor of Sulina, in office since May, said “we have all the time in the world”."
        )
        found = cut(sentence, 70, language("en"))
        assert found is not None
        assert found.text == "The mayor of Sulina, in office since May…"

    def test_text_without_spaces_is_cut_at_a_pause(self) -> None:
        """Chinese and Japanese have no spaces, and pauses all the same."""
        sentence = "港口当局周三在敖德萨签署了一项疏浚协议，计划在春季之前完成四个港口的全部工程。"
        found = cut(sentence, 30, language("zh"))
        assert found is not None
        assert found.text == "港口当局周三在敖德萨签署了一项疏浚协议…"

    @pytest.mark.parametrize(
        ("sentence", "room", "expected"),
        [
            ("one two three", 13, "one two three"),
            ("one two three", 12, "one two…"),
            ("безпробільний", 6, "безпр…"),
            ("ааа👩\u200d🌾ббб", 6, "ааа…"),
            ("e\u0301" * 9, 6, "e\u0301e\u0301…"),
        ],
    )
    def test_the_last_resort_is_safe(self, sentence: str, room: int, expected: str) -> None:
        """It falls between words, and never inside what readers see as one letter."""
        assert hard_cut(sentence, room) == expected


LEADS = {
    "en": "Dr. Ilieva met Mr. Petrov of the U.S. Navy in Varna on Monday at noon.",
    "uk": "Президент ім. Шевченка, м. Київ, вул. Хрещатик, 1, відкрив порт у понеділок.",
    "ru": "Акад. Иванов и проф. Петров открыли порт им. Нахимова в понедельник утром.",
    "de": "Am 3. Oktober hat Dr. Müller den Hafen von St. Goar mit z. B. drei Kränen eröffnet.",
    "fr": "M. Dupont et Mme. Martin ont ouvert le port de la ville lundi matin à Marseille.",
    "es": "El Sr. García y la Dra. López abrieron el puerto de la ciudad el lunes por la mañana.",
    "it": "Il dott. Rossi e l'avv. Bianchi hanno aperto il porto della città lunedì mattina.",
    "pl": "Prof. Kowalski i dr. Nowak otworzyli port przy ul. Morskiej w poniedziałek rano.",
    "ro": "Dr. Ionescu a deschis portul de pe str. Mării luni dimineață, la ora opt fix.",
    "tr": "Dr. Yılmaz limanı pazartesi sabahı saat sekizde, bkz. harita, halka açtı.",
    "ka": "პროფ. ბერიძემ პორტი ორშაბათს დილით გახსნა, როგორც იხ. რუკაზე ჩანს.",
    "az": "Prof. Əliyev limanı bazar ertəsi səhər saat səkkizdə camaat üçün açdı.",
    "ar": "افتتح رئيس الميناء المرفأ الجديد صباح يوم الاثنين في المدينة القديمة أمام الجمهور.",
    "zh": "港口当局周一在敖德萨签署了一项疏浚协议，计划在春季之前完成四个港口的全部工程。",
    "ja": "港湾局は月曜日にオデーサで浚渫の協定に署名し、春までに四つの港の工事を終える予定だ。",
}
SECOND = {"zh": "工程由市政府出资。", "ja": "工事は市が負担する。", "ar": "بدأ العمل أمس."}


class TestLanguages:
    @pytest.mark.parametrize("tag", LEADS)
    def test_a_lead_stays_whole(self, tag: str) -> None:
        """Abbreviations of the language end no sentence; the first sentence is exact."""
        second = SECOND.get(tag, "X " * 60 + "y.")
        found = text(f"{LEADS[tag]} {second}", length=len(LEADS[tag]) + 3, tag=tag, title="–")
        assert found == LEADS[tag]

    @pytest.mark.parametrize("tag", ["xx", "sw", "vi", "pt-BR", "el"])
    def test_other_languages_fall_back_soundly(self, tag: str) -> None:
        """Whole sentences, without knowing any of the words."""
        assert text("Uno dos tres cuatro cinco. Seis siete ocho.", tag=tag, length=40) == (
            "Uno dos tres cuatro cinco."
        )

    def test_the_script_decides_where_the_tag_can_not_be_true(self) -> None:
        """Pages claim to be English because their templates do."""
        leaning = "Він також сказав, що порт відкриють у понеділок зранку для всіх."
        lead = "Порт Одеси відкриють у понеділок зранку після зимової перерви."
        assert text(f"{leaning}\n{lead}", tag="en") == lead


class TestTogether:
    def test_no_two_teasers_begin_alike(self) -> None:
        """The later gives way, and what it gave up stays on offer."""
        first = Teaser(text="The Rust team is happy.", origin="lead", score=80)
        other = Teaser(text="Borrowing got cheaper.", origin="later paragraph", score=75)
        second = replace(first, text="The Rust team is glad.", alternatives=(other,))
        found = fit_together({"a": first, "b": second}, 280)
        assert found["a"] == first
        assert found["b"].text == other.text
        assert [each.text for each in found["b"].alternatives] == ["The Rust team is glad."]

    def test_where_there_is_no_choice_the_reason_says_so(self) -> None:
        """Nothing is made up to make a difference."""
        one = Teaser(text="The Rust team is happy.", origin="lead", reason="well formed")
        found = fit_together({"a": one, "b": one}, 280)
        assert found["b"] == replace(one, reason="well formed, begins like another")

    def test_lengths_are_in_balance(self) -> None:
        """One far shorter than the others gives way to a longer one of the same origin."""
        long = [Teaser(text=f"{n} " + "word " * 40, origin="lead", score=80) for n in range(3)]
        spare = Teaser(text="Two " + "word " * 30, origin="lead", score=78)
        short = Teaser(text="Too short.", origin="lead", score=80, alternatives=(spare,))
        found = fit_together({str(n): each for n, each in enumerate([*long, short])}, 280)
        assert found["3"].text == spare.text

    def test_alike_is_by_words_or_letters(self) -> None:
        """Three words, or six letters where there are no spaces."""
        assert opening("The Rust team, at last, is happy.") == "the rust team"
        assert opening("港口当局周三签署协议。") == "港口当局周三"

    def test_every_article_that_is_in_has_a_teaser(self) -> None:
        """By its id; what is out has none."""
        one, other = article(title="One"), article(title="Other")
        decisions = (
            Decision(article=one, taken=True, reason=""),
            Decision(article=other, taken=False, reason="a draft"),
        )
        assert list(tease_all(decisions, Brief())) == [one.id]


class TestMakers:
    def test_a_maker_joins_through_an_entry_point(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One function of another package, named in the group digest.teasers."""
        info = tmp_path / "shouting-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shouting\nVersion: 1\n")
        (info / "entry_points.txt").write_text("[digest.teasers]\nshout = shouting:make\n")
        (tmp_path / "shouting.py").write_text(
            "from digest.model import Teaser\n"
            "def make(article, brief, repeated):\n"
            "    return Teaser(text=article.title.upper(), origin='lead')\n"
        )
        monkeypatch.syspath_prepend(tmp_path)
        teasers.maker.cache_clear()
        found = tease(article(title="Loud"), Brief(maker="shout"))
        teasers.maker.cache_clear()
        assert found.text == "LOUD"

    def test_a_maker_that_is_not_there_is_named(self) -> None:
        """Beside those that are."""
        with pytest.raises(PluginError, match=r'none called "extrakt".*extract, llm'):
            tease(article(), Brief(maker="extrakt"))


PROSE = st.lists(
    st.sampled_from(
        ["The port is open.", "“No,” he said.", "It cost $3.5 (or more):", "See www.a.org.",
         "порт відкрито", "港口开了。", "Hello all!", "e\u0301\u0301 [1]", "(a", "b)", "…",
         "👩\u200d🌾"]
    ) | st.text(min_size=1, max_size=60),
    min_size=1, max_size=6,
)  # fmt: skip


class TestLaws:
    @settings(deadline=None, max_examples=60)
    @given(st.lists(PROSE, max_size=4), st.integers(min_value=40, max_value=300))
    def test_any_text_gives_a_sound_teaser(self, paragraphs: list[list[str]], length: int) -> None:
        """Within the budget after NFC, closed, and nothing that isn't in the article."""
        told = article(body=tuple(Paragraph(text=" ".join(each)) for each in paragraphs))
        found = tease(told, Brief(length=length))
        assert len(unicodedata.normalize("NFC", found.text)) <= length
        assert not_in_article(found.text, told, "en") == ()
        assert "http" not in found.text

    @given(st.text(max_size=200), st.integers(min_value=2, max_value=80))
    def test_a_hard_cut_is_never_over(self, sentence: str, room: int) -> None:
        """Whatever the text is made of."""
        assert len(hard_cut(sentence, room)) <= room

    def test_what_is_not_in_the_article_is_found(self) -> None:
        """The check is no formality."""
        told = article(body="The port is open.")
        assert not_in_article("The port is open. It burns.", told, "en") == ("It burns.",)
