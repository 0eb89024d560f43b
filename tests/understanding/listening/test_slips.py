"""Words in disguise and slips are read as what they were meant to be; words that exist are left alone."""

from __future__ import annotations

import pytest

from bot.understanding.listening.slips import Slips, undisguised

SLIPS = Slips({"apple", "strawberry", "pie", "on"}, {"apply", "the", "pei"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("appel", "apple"), ("aple", "apple"), ("strawbery", "strawberry"), ("strwabery", "strawberry"), ("ipe", "pie")],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert SLIPS.mend([typed]) == (meant,)


@pytest.mark.parametrize("word", ["apply", "the", "pei", "pi", "pies", "xapplex", "a1c", ""])
def test_a_word_or_something_else_is_left_alone(word: str) -> None:
    assert SLIPS.mend([word]) == (word,)


def test_signs_inside_words_are_letters() -> None:
    assert undisguised("an 4pple, str@wb3rry p!e and b*n") == "an 4pple, strawberry pie and bn"
    assert undisguised("it costs $300! 5 stars *now*") == "it costs $300! 5 stars *now*"
