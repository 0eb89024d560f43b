from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.normalise import CLAUSE, MAX_CHARACTERS, MAX_WORDS, SENTENCE, clean, normalise


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("What's a CPC?", "what is a cpc"),
        ("whats cpc", "what is cpc"),
        ("i dont no", "i do not no"),
        ("how much 4 crc exam n how many ceus", "how much for crc exam and how many ceus"),
        ("9 months or 4 years", "9 months or 4 years"),
        ("wanna b a coder plz", "want to b a coder please"),
        ("gimme 1st step to get in2 coding", "give me 1st step to get into coding"),
        ("w/o a degree", "without a degree"),
        ("billing & coding", "billing and coding"),
        ("costs $$", "costs dollars"),
        ("sooooo hard", "so hard"),
        ("CAFÉ", "cafe"),
        ("were you well", "were you well"),
        ("associate's degree", "associate degree"),
        ("ＣＰＣ", "cpc"),
        ("don\u2019t", "do not"),
    ],
)
def test_words_as_meant(typed: str, read: str) -> None:
    assert normalise(typed).text == read


def test_punctuation_separates_by_strength() -> None:
    words = normalise("hello, how long? how much")
    assert words.breaks == {1: CLAUSE, 3: SENTENCE}


def test_a_hyphen_joins_and_a_dash_separates() -> None:
    assert normalise("ccs-p").glued == {1}
    dashed = normalise("ccs - p")
    assert dashed.glued == frozenset()
    assert dashed.breaks == {1: CLAUSE}


def test_a_letter_after_a_hyphen_is_part_of_the_name() -> None:
    assert normalise("is it r-n or not").tokens[2:4] == ("are", "n")


def test_capitals_count_only_among_small_letters() -> None:
    assert normalise("what is HIM").capitals == {2}
    assert normalise("WHAT IS HIM").capitals == frozenset()


@pytest.mark.parametrize("nothing", ["", "   ", "?!?", "😀😀", "\u200b\u200d", "\ud800", "\x00\x01"])
def test_nothing_to_read(nothing: str) -> None:
    assert normalise(nothing).tokens == ()


@given(st.text(st.characters(exclude_categories=()), max_size=6000))
def test_any_text_is_read_within_bounds(text: str) -> None:
    words = normalise(text)
    assert len(words.tokens) <= MAX_WORDS + 3
    assert len(words.tokens) == len(words.literal)
    assert all(0 < at <= len(words.tokens) for at in words.breaks)
    assert len(clean(text)) <= MAX_CHARACTERS
    clean(text).encode("utf-8")


@given(st.text(st.characters(categories=["Ll", "Zs"], max_codepoint=127), max_size=80))
def test_reading_what_was_read_changes_nothing_more(text: str) -> None:
    once = normalise(text).text
    twice = normalise(once).text
    assert normalise(twice).text == twice
