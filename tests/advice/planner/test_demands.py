from __future__ import annotations

from bot.advice.planner.demands import Demand, Door

SCHOOL = 1


def test_years_that_are_worked_are_asked_no_more() -> None:
    demand = Demand(years=(("bench", 52), ("counter", 104)))
    assert demand.after("bench", 52).years == (("counter", 104),)
    assert demand.after("bench", 51) == demand


def test_years_that_a_school_waits_for_stay() -> None:
    door = Door(SCHOOL, (("bench", 52),), frozenset())
    demand = Demand(SCHOOL, (("bench", 52), ("counter", 10)), doors=(door,))
    assert demand.after("bench", 52) == demand
    assert demand.after("counter", 10).years == (("bench", 52),)
