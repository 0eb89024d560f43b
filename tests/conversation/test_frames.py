"""The stack of what waits: a frame of a kind stands on it once."""

from __future__ import annotations

from bot.conversation.frames import Assessing, Changing, OnRoad, pushed, replaced, without

ASSESSING, ROAD, HOURS = Assessing(), OnRoad(route="fastest"), Changing(key="hours")


def test_what_is_pushed_is_on_top_and_there_once() -> None:
    assert pushed((ASSESSING, ROAD), HOURS) == (ASSESSING, ROAD, HOURS)
    assert pushed((HOURS, ROAD), Changing(key="budget")) == (ROAD, Changing(key="budget"))


def test_what_is_replaced_stays_where_it_is_and_else_comes_on_top() -> None:
    assert replaced((HOURS, ROAD), Changing(key="budget")) == (Changing(key="budget"), ROAD)
    assert replaced((ASSESSING,), ROAD) == (ASSESSING, ROAD)


def test_frames_of_some_kinds_are_taken_out() -> None:
    assert without((ASSESSING, ROAD, HOURS), "changing", "assessment") == (ROAD,)
    assert without((ASSESSING, ROAD)) == (ASSESSING, ROAD)
