from __future__ import annotations

from bot.advice.ranking import nearest_first
from bot.advice.wording import Said

LEAD = Said("The exam has 100 questions.")
LINES = (Said("You book a seat."), Said("It costs nothing twice."), Said("Seventy percent passes the exam."))


def test_the_line_asked_for_comes_first() -> None:
    ranked = nearest_first(LEAD, LINES, ("passing", "mark"))
    assert ranked == (LINES[2], LINES[0], LINES[1])


def test_an_editor_s_order_stays_where_the_lead_or_nothing_answers() -> None:
    assert nearest_first(LEAD, LINES, ("questions",)) == LINES
    assert nearest_first(LEAD, LINES, ("weather",)) == LINES
    assert nearest_first(LEAD, LINES, ()) == LINES
    assert nearest_first(None, (), ("pass",)) == ()
