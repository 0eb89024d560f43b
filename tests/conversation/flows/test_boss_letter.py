"""Words for a boss: what is known of the person stands in them, what is not is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from talk import Talk

from bot.advice.profile import Profile
from bot.conversation.advisor import Advisor
from bot.conversation.flows.boss_letter import BossLetter
from bot.conversation.replies import MAX_LABEL
from bot.knowledge.base import KnowledgeBase

CODER = Profile(role="medical-coder", certifications=("cpc",), goal="coding-auditor", hours_per_week=6)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("how do i ask my boss for shadowing", "watch that work"),
        ("how do I ask my boss if i can shadow the auditors?", "watch that work"),
        ("what do i say to my boss about audit practice", "second-check"),
        ("help me ask my boss to pay for it", "share the cost"),
    ],
)
def test_what_is_asked_for_is_written(advisor: Advisor, said: str, asked: str) -> None:
    talk = Talk(advisor, CODER)
    assert asked in talk.say(said)
    assert "I work here as Medical Coder" in talk.shown
    assert "I hold CPC" in talk.shown
    assert "towards Coding Auditor" in talk.shown


def test_what_is_not_known_is_left_out(fresh: Talk) -> None:
    fresh.say("words for my boss", "shadowing")
    assert "Hello" in fresh.shown
    assert "I work here" not in fresh.shown
    assert not set("{}[]") & set(fresh.shown)


def test_a_boss_who_may_pay_is_asked_with_a_letter(fresh: Talk) -> None:
    fresh.say("my manager could cover the test fee, how should i ask")
    assert "share the cost of an exam" in fresh.shown
    fresh.say("my manager could give me a raise, how should i ask")
    assert "share the cost of an exam" not in fresh.shown


def test_the_exam_is_that_of_the_plan(advisor: Advisor) -> None:
    talk = Talk(advisor, CODER)
    talk.say("words for my boss")
    talk.tap("Exam money")
    assert "the CCS exam" in talk.shown  # the one of the plan, not a second one that would do as well
    assert "6 hours a week" in talk.shown
    assert "Exam money" not in talk.labels
    assert "Home" in talk.labels


def test_every_button_is_short_and_is_pressed_again_from_below_an_answer(fresh: Talk) -> None:
    fresh.say("how much experience do i need to be an auditor")
    assert "Words for my boss" in fresh.labels
    fresh.tap("Words for my boss")
    assert all(len(label) <= MAX_LABEL for label in fresh.labels)


@pytest.mark.parametrize("data", ["1|boss_letter|write|money_now", "1|boss_letter|write", "1|boss_letter|which|x"])
def test_what_cannot_be_asked_for_is_refused(fresh: Talk, data: str) -> None:
    assert "out of date" in fresh.press(data)


def test_a_question_of_the_assessment_still_waits_below_it(fresh: Talk) -> None:
    fresh.say("help me choose")
    fresh.press("1|boss_letter|write|money")
    assert "Back to your questions" in fresh.shown


def test_without_its_words_there_is_no_such_dialog(base: KnowledgeBase) -> None:
    block = base.dialogs["boss_letter"]
    unnoted = {key: text for key, text in block.texts.items() if key != "note"}
    for dialogs in (
        {},
        {"boss_letter": block.model_copy(update={"texts": {**block.texts, "opening": "{salary}"}})},
        {"boss_letter": block.model_copy(update={"texts": unnoted})},
        {"boss_letter": block.model_copy(update={"cues": {}})},
    ):
        assert not BossLetter.fits(replace(base, dialogs=dialogs))
    assert BossLetter.fits(base)
