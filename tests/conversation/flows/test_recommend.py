"""Likes and deeds, a question at a time."""

from __future__ import annotations

import pytest
from talk import Talk

from bot.conversation.frames import INTERESTS, Assessing, Round
from bot.conversation.rounds import MAX_QUESTIONS


@pytest.fixture
def at_likes(fresh: Talk) -> Talk:
    fresh.say("help me choose", "united states", "new to this", "none yet", "high school", "help me choose")
    return fresh


def here(talk: Talk) -> Round:
    found = talk.session.frame(Round)
    assert found is not None
    return found


def test_likes_come_first_and_no_more_questions_than_promised(at_likes: Talk) -> None:
    assert here(at_likes).at == INTERESTS
    at_likes.say("i like finding errors")
    for _ in range(MAX_QUESTIONS - here(at_likes).before - 1):
        at_likes.say("never")
    assert not here(at_likes).waiting
    assert at_likes.session.tastes.interests == ("errors",)


def test_back_from_the_likes_leads_to_the_assessment(at_likes: Talk) -> None:
    at_likes.say("back")
    assert at_likes.session.top == Assessing()
    assert at_likes.session.assessment is not None
    assert "goal" not in at_likes.session.assessment.answers


def test_stopped_it_goes_on_where_it_was(at_likes: Talk) -> None:
    at_likes.say("i like finding errors", "alone")
    at = here(at_likes).at
    at_likes.say("stop", "what does an auditor earn", "go on")
    assert here(at_likes).at == at
    assert here(at_likes).waiting


def test_a_question_in_between_is_answered_and_the_own_one_asked_again(at_likes: Talk) -> None:
    at_likes.say("what does an auditor earn")
    assert at_likes.replies[0].topics == ("salary",)
    assert "Back to your questions" in at_likes.shown
