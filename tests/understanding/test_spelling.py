from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.understanding.spelling import Speller

USED = {"salary": 20, "auditor": 15, "certification": 30, "exam": 40, "exma": 1, "coding": 90, "codding": 2, "cpc": 80}
ENGLISH = {"the": 0, "salty": 1, "cost": 2, "carrier": 3, "coding": 4, "weather": 5}


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(USED, ENGLISH, frozenset(("cpc",)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("salry", "salary"),
        ("audtor", "auditor"),
        ("certificatoin", "certification"),
        ("certfcation", "certification"),
        ("eaxm", "exam"),
        ("codng", "coding"),
        ("wether", "weather"),
        ("teh", "the"),
        ("hte", "the"),
        ("csot", "cost"),
    ],
)
def test_a_slip_is_mended(speller: Speller, typed: str, meant: str) -> None:
    assert speller.mend((typed,)) == (meant,)


@pytest.mark.parametrize("word", ["salty", "carrier", "cpc", "cpx", "crc", "ccs", "12th", "zzzzzzzz", "a"])
def test_english_abbreviations_and_strangers_stay(speller: Speller, word: str) -> None:
    assert speller.mend((word,)) == (word,)


def test_a_slip_an_editor_wrote_down_is_mended_too(speller: Speller) -> None:
    assert speller.mend(("codding",)) == ("coding",)


@given(st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=15), max_size=10))
def test_words_are_mended_one_for_one(words: list[str]) -> None:
    assert len(Speller(USED, ENGLISH, frozenset()).mend(tuple(words))) == len(words)


@given(st.sampled_from(sorted(USED)))
def test_a_word_in_use_is_never_changed(word: str) -> None:
    if word not in ("codding", "exma"):
        assert Speller(USED, ENGLISH, frozenset(("cpc",))).mend((word,)) == (word,)


def test_slips_that_are_known_from_before_are_the_same() -> None:
    used = {**USED, "certificaton": 1, "certification": 40}
    first = Speller(used, ENGLISH, frozenset())
    again = Speller(used, ENGLISH, frozenset(), first.slips)
    assert "certificaton" in first.slips
    for speller in (first, again):
        assert speller.mend(("certificaton", "certificatoin")) == ("certification", "certification")


@given(st.text(string.ascii_lowercase, min_size=5, max_size=9), st.lists(st.sampled_from([*USED, *ENGLISH])))
def test_whatever_is_one_slip_away_is_weighed(typed: str, near: list[str]) -> None:
    words = {word: count for count, word in enumerate([*near, typed[1:], f"{typed}x", typed[::-1]], start=1)}
    speller = Speller(words, {}, frozenset(), slips=())
    (meant,) = speller.mend((typed,))
    candidates = [word for word in words if len(word) >= 4 and OSA.distance(word, typed) == 1]
    assert meant in candidates if candidates and typed not in words else True
