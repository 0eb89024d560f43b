"""Vectors are compared as their numbers are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.advice.planner.vectors import MOST, Vectors

NUMBERS = st.lists(st.integers(0, MOST), min_size=3, max_size=3)


@given(NUMBERS, NUMBERS)
def test_one_is_nowhere_above_another(one: list[int], other: list[int]) -> None:
    vectors = Vectors(3)
    borrowed = (vectors.of(*other) | vectors.guards) - vectors.of(*one)

    assert (borrowed & vectors.guards == vectors.guards) == all(map(int.__le__, one, other))
