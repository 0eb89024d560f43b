"""A message is read clause by clause, a long clause in windows, and what is masked not at all."""

from __future__ import annotations

from bot.understanding.listening.parts import LONG, MOST, STRIDE, WINDOW, parts


def test_each_sentence_and_the_whole_are_read() -> None:
    assert parts(" . bake the bread now . eat it . ") == (
        ("bake", "the", "bread", "now", "eat", "it"),
        ("bake", "the", "bread", "now"),
        ("eat", "it"),
    )


def test_a_clause_ends_at_a_break_but_not_after_a_few_words() -> None:
    assert parts(" . well then bake the bread now i say . ", {2, 6})[1:] == (
        ("well", "then", "bake", "the", "bread", "now"),
        ("i", "say"),
    )


def test_what_is_masked_is_left_out() -> None:
    assert parts(" . bake _ _ bread . _ _ . ") == (("bake", "bread"),)
    assert parts(" . _ _ . ") == ()


def test_a_long_clause_is_read_in_windows_that_overlap() -> None:
    words = [f"w{at}" for at in range(100)]
    found = parts(f" . {' '.join(words)} . ")
    assert all(len(part) <= WINDOW for part in found)
    assert found[0][STRIDE:] == found[1][:-STRIDE]
    assert {word for part in found for word in part} == set(words)
    assert len(words) > LONG


def test_there_are_never_too_many() -> None:
    assert len(parts(" . " + " . ".join(f"a b c d{at}" for at in range(500)) + " . ")) == MOST
