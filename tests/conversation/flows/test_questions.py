"""Answers and refusals, in the talk."""

from __future__ import annotations

import pytest
from talk import Talk

from bot.conversation.advisor import Advisor
from bot.knowledge.base import KnowledgeBase
from bot.understanding.question import Context, Question


class Understanding:
    """Understands every message as the question it was made with."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def interpret(self, text: str, context: Context) -> Question:
        del text, context
        return self.question


def test_who_is_not_understood_twice_is_told_so_in_other_words(
    base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Talk(Advisor(base))
    known = talk.advisor.interpreter
    monkeypatch.setattr(talk.advisor, "interpreter", Understanding(Question(text="x", decision="unknown")))
    first, second, third = talk.say("x"), talk.say("x"), talk.say("x")
    assert first.startswith("I don't know that.")
    assert second.startswith(base.texts.texts["unknown_repeat"])
    assert third == second
    monkeypatch.setattr(talk.advisor, "interpreter", known)
    talk.say("what does an auditor earn")
    monkeypatch.setattr(talk.advisor, "interpreter", Understanding(Question(text="x", decision="unknown")))
    assert talk.say("x") == first


def test_a_button_answers_in_place_and_a_word_below(fresh: Talk) -> None:
    fresh.say("what is the ccs")
    assert not fresh.replies[0].edit
    fresh.tap(fresh.labels[0])
    assert fresh.replies[0].edit


def test_only_the_first_bubble_without_a_picture_rewrites_the_pressed_one(fresh: Talk) -> None:
    fresh.say("hello")
    fresh.press("1|ask|chart|")
    assert fresh.replies[0].picture is not None
    assert not any(reply.edit for reply in fresh.replies)


def test_verbs_that_only_words_lead_to_are_no_presses(fresh: Talk) -> None:
    for data in ("1|ask|_said|", "1|ask|_idle", "1|ask|_start", "1|ask|_more|cost|cpc"):
        assert "out of date" in fresh.press(data)


@pytest.mark.parametrize(
    ("told", "asked", "named"),
    [
        ("i failed the cca last week. feel dumb", "when can i try again", "CCA"),
        ("so nervous, rhit exam tomorrow", "how many questions", "RHIT"),
        ("i passed the ccs yesterday!!", "how do i keep it", "CCS"),
    ],
)
def test_what_a_message_names_is_what_the_next_question_is_about(
    fresh: Talk, told: str, asked: str, named: str
) -> None:
    fresh.say(told)
    assert named in fresh.say(asked).split("\n")[0]


def test_what_is_asked_by_its_name_is_not_taken_for_what_was_told(fresh: Talk) -> None:
    fresh.say("so nervous, rhit exam tomorrow")
    assert "CPC" in fresh.say("how many questions has the cpc").split("\n")[0]


@pytest.mark.parametrize(
    "text", ["i hate retail so much. any way to get in without school", "im exhausted, any jobs i could do with a cpc"]
)
def test_what_is_asked_without_a_question_word_beside_a_feeling_is_answered(fresh: Talk, text: str) -> None:
    assert "Source: " in fresh.say(text)


def test_a_feeling_that_asks_nothing_is_met_as_one(fresh: Talk) -> None:
    assert "Source: " not in fresh.say("i hate retail so much. i am so tired")
