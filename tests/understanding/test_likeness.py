"""Short messages told apart by a few examples of each kind."""

from __future__ import annotations

import pytest

from bot.understanding.likeness import Likeness

EXAMPLES = {
    "late": ["the train was late today", "i came too late again", "we had a long delay", "it took an hour longer"],
    "food": ["the soup was delicious", "i ate bread and cheese", "we had dinner at noon", "lunch was good"],
    "plain": ["the sky is blue", "my car is red", "what time is it", "the train was not late"],
}


@pytest.fixture(scope="module")
def likeness() -> Likeness:
    return Likeness(EXAMPLES)


@pytest.mark.parametrize(("text", "kind"), [("my bus was very late today", "late"), ("dinner was delicious", "food")])
def test_other_words_for_the_same_are_of_its_kind(likeness: Likeness, text: str, kind: str) -> None:
    found = likeness.kind(text)

    assert found is not None
    assert found[0] == kind


@pytest.mark.parametrize("text", ["what colour is the sky", "my bike is blue", "seventeen divided by four"])
def test_what_is_plain_or_like_nothing_is_of_no_kind(likeness: Likeness, text: str) -> None:
    assert likeness.kind(text) is None


def test_without_examples_nothing_is_alike() -> None:
    assert Likeness({}).kind("dinner was delicious") is None
