"""After a danger help stays in sight until somebody is seen to be well or has gone on; nothing they said is kept."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.advisor import Advisor
from bot.conversation.flows.aftercare import MESSAGES
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import AfterDanger, Session, restore

TODAY = date(2026, 11, 27)
OVER = "Glad you are fine"


def said(advisor: Advisor, *texts: str, session: Session | None = None) -> tuple[Session, Reply]:
    session = session or Session()
    replies: list[Reply] = []
    for text in texts:
        session, replies = advisor.turn(session, Incoming(kind="text", text=text), TODAY)
    return session, replies[0]


@pytest.mark.parametrize(
    "text",
    [
        "i have a plan for tonight",
        "it's decided",
        "yes",
        "ok",
        "i have the pills here",
        "it doesnt matter anyway",
        "does it hurt",
        "what is the easiest way",
        "can i do it at home",
        "not joking",
        "i said i'm fine but i'm not",
        "i'm okay but nobody would miss me",
        "the cpc was my last chance",
    ],
)
def test_what_is_no_denial_and_no_question_for_us_gets_help_again(advisor: Advisor, text: str) -> None:
    session, reply = said(advisor, "i want to die", text)
    assert "988" in reply.text
    assert OVER not in reply.text
    assert not reply.unanswered
    assert session.after_danger is not None


@pytest.mark.parametrize(
    "text",
    [
        "i'm fine, i was joking, why the suicide number",
        "im ok lol",
        "i'm not suicidal",
        "that was a figure of speech",
        "i meant the exam",
        "why are you giving me helpline, i am ok only",
        "stop it with the 988",
        "you misunderstood",
    ],
)
def test_who_denies_it_is_let_out(advisor: Advisor, text: str) -> None:
    session, reply = said(advisor, "i want to die", text)
    assert OVER in reply.text
    assert "988" not in reply.text
    assert session.after_danger is None


def test_a_denial_is_said_in_its_language(advisor: Advisor) -> None:
    assert "te entendí mal" in said(advisor, "me quiero morir", "estoy bien, era broma")[1].text


@pytest.mark.parametrize(
    ("text", "answer"),
    [("how much is the cpc", "USD"), ("what does a medical coder do", "Coders read"), ("make me a plan", "plan")],
)
def test_a_question_for_us_is_answered_with_help_beside_it(advisor: Advisor, text: str, answer: str) -> None:
    session, reply = said(advisor, "he hit me again", text)
    assert answer in reply.text
    assert reply.text.startswith("I have not forgotten")
    button = reply.buttons[-1][-1]
    _, shown = advisor.turn(session, Incoming(kind="press", text=button.press), TODAY)
    assert "1-800-799-7233" in shown[0].text


def test_a_question_in_which_something_speaks_for_danger_gets_help_first(
    advisor: Advisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _ = said(advisor, "i want to die")
    monkeypatch.setattr(type(advisor.listener), "hints", lambda listener, text: True)
    assert "988" in said(advisor, "how much is the cpc", session=session)[1].text


@pytest.fixture(scope="module")
def planned(advisor: Advisor) -> Session:
    """Somebody who keeps a plan and was in danger just now."""
    goal = "i want to be a medical coder, i have high school, i am in the united states"
    session, _ = said(advisor, goal, "make a plan", "start this plan")
    return said(advisor, "i want to die", session=session)[0]


@pytest.mark.parametrize("text", ["i have done it", "done", "i quit", "i failed everything", "i booked it for friday"])
def test_what_names_no_step_of_the_plan_gets_help_and_changes_no_plan(
    advisor: Advisor, planned: Session, text: str
) -> None:
    session, reply = said(advisor, text, session=planned)
    assert "988" in reply.text
    assert session.progress == planned.progress is not None


@pytest.mark.parametrize("text", ["i passed the cca", "i booked the cca for friday"])
def test_a_step_of_the_plan_by_its_name_is_noted_with_help_beside_it(
    advisor: Advisor, planned: Session, text: str
) -> None:
    session, reply = said(advisor, text, session=planned)
    assert reply.text.startswith("I have not forgotten")
    assert session.progress != planned.progress


def test_an_answer_to_what_waits_is_taken_and_a_bare_word_is_not(advisor: Advisor) -> None:
    before = ("help me choose", "i want to die")
    assert said(advisor, *before, "united states")[0].profile.country == "US"
    session, reply = said(advisor, *before, "yes")
    assert "988" in reply.text
    assert session.assessment is not None


def test_ones_data_stay_in_ones_hands(advisor: Advisor) -> None:
    assert "erase" in said(advisor, "i want to die", "delete my data")[1].text
    assert said(advisor, "i want to die", "delete my data", "delete now")[1].erase


def test_it_is_forgotten_after_a_few_messages(advisor: Advisor) -> None:
    session, _ = said(advisor, "i want to die")
    assert session.after_danger == AfterDanger(line="life", left=MESSAGES)
    for left in (*range(MESSAGES - 1, 0, -1), None):
        session, reply = said(advisor, "ok", session=session)
        assert "988" in reply.text
        assert (session.after_danger.left if session.after_danger else None) == left
    assert "988" not in said(advisor, "ok", session=session)[1].text


def test_a_danger_told_again_begins_anew(advisor: Advisor) -> None:
    session, reply = said(advisor, "he hit me again", "ok", "i want to end my life. how much is the cpc")
    assert "I'm so sorry" in reply.text
    assert session.after_danger == AfterDanger(line="life", left=MESSAGES)


def test_what_was_said_is_not_kept(advisor: Advisor) -> None:
    session, _ = said(advisor, "i want to end it with the rope in the attic", "the attic is quiet")
    assert "attic" not in session.model_dump_json()
    assert "rope" not in session.model_dump_json()


def test_a_session_from_before_this_was_kept_goes_on() -> None:
    stored = Session(misses=1).model_dump(mode="json")
    del stored["after_danger"]
    assert restore(stored) == Session(misses=1, met=False)
    after = Session(after_danger=AfterDanger(line="violence", left=2))
    assert restore(after.model_dump(mode="json")) == after


def test_a_forged_line_is_refused(advisor: Advisor) -> None:
    _, replies = advisor.turn(Session(), Incoming(kind="press", text="1|aftercare|nowhere"), TODAY)
    assert "988" not in replies[0].text


def test_after_a_question_that_was_answered_the_next_may_lean_on_it(advisor: Advisor) -> None:
    session, reply = said(advisor, "i want to die", "no one can help", "im ok, what does the cpc cost")
    assert "425" in reply.text
    assert "i am ok" not in reply.text
    session, reply = said(advisor, "can i take it at home", session=session)
    assert "home" in reply.text
    assert "988" not in reply.text.split("\n")[1]
    assert "988" in said(advisor, "i want to die", "what does the cpc cost", "no one can help")[1].text


def test_nothing_is_said_twice_in_a_row_to_who_goes_on_writing(advisor: Advisor) -> None:
    for first, second, number in (
        ("i want to die", "i have my pills ready", "988"),
        ("he hit me again", "he said he will kill me", "1-800-799-7233"),
        ("ya no quiero vivir", "me quiero morir", "988"),
    ):
        session, before = said(advisor, first)
        session, after = said(advisor, second, session=session)
        assert number in before.text
        assert number in after.text
        assert before.text != after.text
        assert session.after_danger is not None
        assert session.after_danger.left == MESSAGES
