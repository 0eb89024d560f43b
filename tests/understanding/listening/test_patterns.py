"""Patterns as editors write them find what they say, and nothing across sentences."""

from __future__ import annotations

import pytest

from bot.understanding.listening.patterns import PatternError, Possible, Sentences, as_sentences, compiled
from bot.understanding.normalise import normalise

SETS = {"fruit": ("apple", "sour cherry"), "none": ()}


def found(pattern: str, text: str) -> bool:
    words = normalise(text)
    sentences = as_sentences(words, words.tokens)
    return compiled(pattern, SETS).find(sentences, set(words.tokens)) is not None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("i (like|want) <fruit>", "I like sour cherry"),
        ("i (like|really want) <fruit>", "so i really want apple pie"),
        ("like * apple", "i like a very ripe apple"),
        ("like ** apple", "i like a very ripe and red and big apple"),
        ("^ apple $", "no. Apple. yes"),
        ("(not|never) (my|the)* apple", "not the apple"),
        ("(not|never) (my|the)* apple", "never apple"),
        ("i don't (like|(want|need) (any|an)) apple", "i do not need an apple"),
        ("bake? apple", "an apple"),
    ],
)
def test_it_finds(pattern: str, text: str) -> None:
    assert found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("like * apple", "i like it. an apple"),
        ("like * apple", "i like one two three four apple"),
        ("^ apple $", "no apple"),
        ("i (like|want) <fruit>", "i like cherry"),
        ("apple", "apples"),
    ],
)
def test_it_does_not_find(pattern: str, text: str) -> None:
    assert not found(pattern, text)


@pytest.mark.parametrize("pattern", ["<nothing>", "(apple", "apple)", "*", "bake?", "<none>", "(a|)"])
def test_what_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compiled(pattern, SETS)


def test_what_is_masked_is_not_heard_and_the_rest_is() -> None:
    words = normalise("the apple is good. the apple is bad")
    sentences = as_sentences(words, words.tokens)

    masked = compiled("apple is good", SETS).mask(sentences, set(words.tokens))

    assert masked == " . the _ _ _ . the apple is bad . "


def test_what_the_words_of_a_message_leave_possible_is_all_that_matches() -> None:
    texts = ["i (like|want) <fruit>", "(not|never) (my|the)* apple", "like * apple", "bake? apple", "sour cherry pie"]
    known = [compiled(text, SETS) for text in texts]
    possible = Possible(known)
    for message in ("i want sour cherry", "never the apple", "i like a ripe apple", "sour pie", "nothing of it", ""):
        words = normalise(message)
        text = as_sentences(words, words.tokens)
        sentences = Sentences(text, possible)
        matching = {pattern.text for pattern in known if pattern.find(text, set(words.tokens))}
        assert {pattern.text for pattern in known if sentences.find(pattern)} == matching
        assert matching <= possible.among(words.tokens)


def test_masked_is_what_some_patterns_cover() -> None:
    known = [compiled(text, SETS) for text in ("sour cherry", "a <fruit>")]
    assert Possible(known).masked(" . a sour cherry pie . ", known) == " . a _ _ pie . "
    assert Possible(known).masked(" . a pie . ", known) == " . a pie . "
