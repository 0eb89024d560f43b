"""Lanes: none is shared by two that meet, and the order crosses least."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.advice.chart.lanes import Strand, lanes

places = st.integers(0, 9).map(float)


@st.composite
def strands(draw: st.DrawFn) -> Strand:
    low, high = sorted((draw(places), draw(places)))
    return Strand(low, high, ((low, draw(st.booleans())), (high, draw(st.booleans()))))


@given(st.lists(strands(), max_size=9))
def test_strands_that_meet_have_lanes_of_their_own(found: list[Strand]) -> None:
    given_lanes = lanes(found)

    for (one, lane), (other, other_lane) in combinations(zip(found, given_lanes, strict=True), 2):
        if one.meets(other):
            assert lane.number != other_lane.number
            assert lane.count == other_lane.count
    assert all(0 <= lane.number < lane.count for lane in given_lanes)


def test_a_strand_that_turns_up_within_another_lies_above_it() -> None:
    long = Strand(0, 9, ((0, False), (9, False)))
    short = Strand(3, 5, ((3, True), (5, True)))

    for order in ([long, short], [short, long]):
        by_strand = dict(zip(order, lanes(order), strict=True))
        assert by_strand[short].number > by_strand[long].number


def test_one_alone_has_the_only_lane() -> None:
    (lane,) = lanes([Strand(2, 2, ())])

    assert (lane.number, lane.count, lane.group) == (0, 1, (0,))
    assert lanes([]) == []
