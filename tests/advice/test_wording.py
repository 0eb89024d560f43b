"""Whose a figure is, where it was read and how well it is founded: in the sentence and in the source line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.advice.wording import Said, Wording, cite, plain
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import load

PASTRY = Path(__file__).parent.parent / "fields" / "pastry"
TODAY = date(2026, 11, 23)
PAGES = """
seller:
  name: Cakes for Sale
  kind: seller
  hosts: [cakes.example.net]
school:
  name: Lakeside School
  kind: college
  hosts: [lakeside.example.org]
"""
SOURCES = """
seller-fees:
  publisher: seller
  title: What exams cost
  url: https://cakes.example.net/fees
  read: 2026-11-20
  recheck: 2027-02-01
school-fees:
  publisher: school
  title: What exams cost
  url: https://lakeside.example.org/fees
  read: 2026-11-20
  recheck: 2027-02-01
guild-copy:
  publisher: guild
  title: Handbook
  url: https://guild.example.org/handbook
  copy: https://copies.example.net/handbook
  as_of: "2025"
  read: 2026-11-20
  recheck: 2027-05-01
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("wording") / "pastry"
    shutil.copytree(PASTRY, folder)
    for name, more in (("publishers", PAGES), ("sources", SOURCES)):
        with (folder / f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.write(more)
    return load(folder)


@pytest.fixture(scope="module")
def wording(base: KnowledgeBase) -> Wording:
    return Wording(base)


def line(wording: Wording, *sentences: Said, today: date = TODAY) -> str:
    return plain(str(wording.source_line(sentences, today)))


def test_a_confirmed_figure_needs_no_word_of_doubt(wording: Wording) -> None:
    sentence = Said("The exam costs 240 EUR.", source="gpc-fees")

    assert wording.doubt(sentence) == ""
    assert line(wording, sentence) == "Source: Guild of Pastry Cooks (2026, read Nov 2026)"


def test_a_figure_from_a_seller_says_so_in_the_sentence_and_where_to_check(wording: Wording) -> None:
    sentence = Said("The exam costs 240 EUR.", source="seller-fees", whose="guild")

    assert wording.doubt(sentence) == "(second-hand, not confirmed by Guild of Pastry Cooks)"
    told = line(wording, sentence)
    assert told == (
        "Source: Cakes for Sale (a seller's site) on Guild of Pastry Cooks (read Nov 2026). "
        "Not confirmed by Guild of Pastry Cooks: check at guild.example.org"
    )


def test_a_figure_from_a_third_party_with_a_name_is_not_confirmed_either(wording: Wording) -> None:
    sentence = Said("The exam costs 240 EUR.", source="school-fees", whose="guild")

    assert wording.doubt(sentence) == "(not confirmed by Guild of Pastry Cooks)"
    assert line(wording, sentence).startswith("Source: Lakeside School (a college) on Guild of Pastry Cooks (read")


def test_what_a_school_says_of_nobody_is_its_own_word_and_a_seller_is_doubted(wording: Wording) -> None:
    assert wording.doubt(Said("Cream splits.", source="school-fees")) == ""
    assert wording.doubt(Said("Cream splits.", source="seller-fees")) == "(second-hand, from a seller's site)"


def test_a_price_of_its_own_is_confirmed(wording: Wording, base: KnowledgeBase) -> None:
    sentence = Said("The course costs 900 EUR.", source="seller-fees", whose="seller")

    assert wording.doubt(sentence) == ""
    assert line(wording, sentence) == "Source: Cakes for Sale (read Nov 2026)"
    assert [cited.standing for cited in cite(base, [sentence])] == ["confirmed"]


def test_a_copy_that_was_read_is_told_and_both_can_be_opened(wording: Wording) -> None:
    sentence = Said("The exam takes 2 hours.", source="guild-copy")

    assert line(wording, sentence) == "Source: Guild of Pastry Cooks (2025, read in a copy Nov 2026)"
    markup = str(wording.source_line([sentence], TODAY))
    assert 'href="https://guild.example.org/handbook"' in markup
    assert 'href="https://copies.example.net/handbook"' in markup


def test_a_citation_names_publisher_kind_standing_and_owner(base: KnowledgeBase) -> None:
    [cited] = cite(base, [Said("x", source="seller-fees", whose="guild", as_of="2026")])

    assert (cited.publisher, cited.kind, cited.standing) == ("Cakes for Sale", "seller", "second-hand")
    assert (cited.whose, cited.title, cited.url) == (
        "Guild of Pastry Cooks",
        "What exams cost",
        "https://cakes.example.net/fees",
    )
    assert (cited.as_of, cited.read) == ("2026", "2026-11-20")


def test_one_page_is_told_once_and_twice_where_it_speaks_for_two(wording: Wording) -> None:
    own, other = Said("a", source="seller-fees", whose="seller"), Said("b", source="seller-fees", whose="guild")

    assert line(wording, own, own).count("Cakes for Sale") == 1
    assert line(wording, own, other).count("Cakes for Sale") == 2


def test_a_page_that_tells_the_figures_of_two_bodies_is_named_once_for_both(wording: Wording) -> None:
    told = line(wording, *(Said(whose, source="seller-fees", whose=whose) for whose in ("guild", "safety-board")))

    assert "Cakes for Sale (a seller's site) on Guild of Pastry Cooks and Kitchen Safety Board (read Nov" in told
    assert told.count("Cakes for Sale") == 1
    assert (
        "Not confirmed by Guild of Pastry Cooks, Kitchen Safety Board: check at guild.example.org, safety.example.org"
        in told
    )


def test_dates_of_one_publisher_are_told_together(wording: Wording) -> None:
    sentences = [
        Said(text, source="seller-fees", whose="guild", as_of=year) for text, year in (("a", "2024"), ("b", "2026"))
    ]

    assert "Cakes for Sale (a seller's site) on Guild of Pastry Cooks (2024, 2026, read Nov 2026)." in line(
        wording, *sentences
    )


def test_past_its_day_a_source_may_be_out_of_date(wording: Wording) -> None:
    assert "may be out of date" in line(wording, Said("a", source="seller-fees"), today=date(2027, 3, 1))


def test_a_further_page_of_another_body_speaks_for_itself(wording: Wording, base: KnowledgeBase) -> None:
    """The seller's page is about the guild's fee, the board's own page about the board's rule."""
    sentence = Said("60 for the one, a rule for the other.", source="seller-fees", also=("ksb-ksc",), whose="guild")

    fee, rule = cite(base, [sentence])

    assert (fee.standing, fee.whose) == ("second-hand", "Guild of Pastry Cooks")
    assert (rule.standing, rule.whose) == ("confirmed", "Kitchen Safety Board")
    assert "Kitchen Safety Board (a" not in line(wording, sentence)
    both = Said("60 or 70.", source="seller-fees", also=("school-fees",), whose="guild")
    assert [page.whose for page in cite(base, [both])] == ["Guild of Pastry Cooks"] * 2
