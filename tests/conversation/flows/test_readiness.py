"""How close somebody is: the checks of a role."""

from __future__ import annotations

from talk import Talk

from bot.advice.suggestions import checks
from bot.conversation.frames import ChoosingWorkplace, Round
from bot.knowledge.base import KnowledgeBase

ROLE = "coding-auditor"


def start(talk: Talk) -> Round:
    talk.press(f"1|near|start|{ROLE}")
    talk.say("hospital")
    here = talk.session.frame(Round)
    assert here is not None
    return here


def test_the_workplace_is_asked_and_then_the_checks(fresh: Talk, base: KnowledgeBase) -> None:
    fresh.say("how close am i to auditor")
    assert fresh.session.top == ChoosingWorkplace(role=ROLE)
    here = start(fresh)
    assert (here.kind, here.role, here.at) == ("readiness", ROLE, checks(base, ROLE, "hospital")[0].id)
    assert fresh.session.profile.setting == "hospital"


def test_answers_lead_to_what_is_there_and_what_is_missing(fresh: Talk, base: KnowledgeBase) -> None:
    start(fresh)
    deeds = checks(base, ROLE, "hospital")
    for number, deed in enumerate(deeds):
        assert deed.ask in fresh.shown
        fresh.say("never" if number % 2 else "alone")
    for number, deed in enumerate(deeds):
        assert fresh.session.tastes.deeds[deed.id] == ("never" if number % 2 else "alone")
    assert deeds[0].short in fresh.shown


def test_a_button_of_an_earlier_check_corrects_it(fresh: Talk, base: KnowledgeBase) -> None:
    first = str(start(fresh).at)
    fresh.say("never")
    fresh.press(f"1|choose|deed|{first}|teach")
    assert fresh.session.tastes.deeds == {first: "teach"}


def test_checks_are_a_digression_and_what_waited_below_still_waits(fresh: Talk) -> None:
    fresh.say("help me choose", "united states", "new to this", "none yet", "high school", "help me choose")
    likes = fresh.session.frame(Round)
    start(fresh)
    assert next(frame for frame in fresh.session.stack if isinstance(frame, Round)) == likes


def test_back_takes_an_answer_back_and_stop_keeps_the_others(fresh: Talk) -> None:
    first = start(fresh).at
    fresh.say("alone", "never", "back", "back")
    here = fresh.session.frame(Round)
    assert here is not None
    assert (here.at, fresh.session.tastes.deeds) == (first, {})
    fresh.say("alone", "stop")
    stopped = fresh.session.frame(Round)
    assert stopped is not None
    assert not stopped.waiting
    assert list(fresh.session.tastes.deeds) == [first]
