"""An open question, and a story that asks nothing, is answered from what is known of the person."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session

TODAY = date(2026, 11, 23)


def reply(advisor: Advisor, text: str) -> Reply:
    return advisor.turn(Session(), Incoming(kind="text", text=text), TODAY)[1][0]


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("registered nurse, 9 years on a ward, my back gave out. what can i do", "cdi-specialist"),
        ("let go on monday. 8 years of outpatient coding, cpc", "inpatient-coder"),
        ("6 years a medical biller and i hold the cpb. what next", "medical-coder"),
    ],
)
def test_what_fits_is_said_with_the_first_step_of_the_quickest_road(advisor: Advisor, text: str, goal: str) -> None:
    said = reply(advisor, text)
    assert (said.outcome, said.entities) == ("answer", (goal,))
    assert "The quickest road from where you stand" in said.text


@pytest.mark.parametrize(
    "text",
    [
        "what should i do to get the A off my cpc",  # asks one thing
        "my dog is sick what should i do",  # says nothing of a working life
        "i am a nurse, my boss cheated me, can i sue her, what should i do",  # is not for us
    ],
)
def test_what_names_one_thing_or_is_none_of_ours_is_not_answered_so(advisor: Advisor, text: str) -> None:
    assert "The quickest road from where you stand" not in reply(advisor, text).text


def test_the_first_step_is_no_preparation_but_what_is_learnt_for_a_post(advisor: Advisor) -> None:
    nurse = reply(advisor, "registered nurse, 9 years on a ward, my back gave out. what can i do").text
    newcomer = reply(advisor, "i am a cashier with a high school diploma and want to be a coder. what should i do").text

    assert "First: Work through: CDI basics" in nurse
    assert "First: Study for the CCA." in newcomer


@pytest.mark.parametrize(
    "text",
    [
        "15 years inpatient coding, ccs, outsourced last week. what do people like me move into that stays",
        "8 years a biller. where do people like me go when they hate phones",
        "16 yrs billing here, no cert. what else could i do",
    ],
)
def test_whoever_told_their_work_hears_what_fits_where_nothing_answers(advisor: Advisor, text: str) -> None:
    said = reply(advisor, text)
    assert said.outcome == "answer"
    assert "From what you told, this fits:" in said.text.splitlines()[0]


@pytest.mark.parametrize("text", ["what do people like me do at lunch", "cpc 4 years. where do i go to renew"])
def test_whoever_told_nothing_or_asks_what_is_known_does_not(advisor: Advisor, text: str) -> None:
    assert "From what you told" not in reply(advisor, text).text
