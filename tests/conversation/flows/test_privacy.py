"""Data in the hands of whom they are about: deleted only where it was asked about and said in full."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from talk import TODAY, Talk

from bot.advice.profile import Profile
from bot.conversation.advisor import Advisor
from bot.conversation.frames import Assessing, Confirming
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase

CODER = Profile(country="US", role="medical-coder", certifications=("cpc",), years={"coding": 3}, goal="coding-auditor")
DELETING = ["delete everything", "delete my data", "forget me", "/delete"]
# What is no full word for deleting, though it opens the label of a button that deletes, or is its number.
HALF = ["delete", "Delete", "copy", "3", "2", "yes", "ok", "now", "yes please", "delete?"]


@pytest.fixture
def talk(advisor: Advisor) -> Talk:
    talk = Talk(advisor, CODER)
    talk.say("start this plan")
    return talk


def test_deleting_asks_first_and_leaves_nothing(talk: Talk) -> None:
    talk.say("delete everything")
    now = next(button.press for row in talk.replies[0].buttons for button in row if button.label == "Delete now")
    talk.tap("Cancel")
    assert "out of date" in talk.press(now)
    assert talk.session.progress is not None

    talk.say("/delete")
    talk.tap("Copy, then delete")
    copy, erased = talk.replies
    assert copy.document is not None
    assert json.loads(copy.document.content)["profile"]["goal"] == "coding-auditor"
    assert erased.erase
    assert talk.session == Session()


def test_a_question_to_delete_is_only_good_for_its_day(talk: Talk) -> None:
    talk.say("delete my data")
    now = next(button.press for row in talk.replies[0].buttons for button in row if button.label == "Delete now")
    talk.today = TODAY + timedelta(days=1)

    assert "out of date" in talk.press(now)
    assert talk.session.progress is not None


@pytest.mark.parametrize("words", ["yes", "ok", "yes please", "delete it", "sure"])
def test_a_yes_to_the_question_does_nothing_and_says_which_words_do(talk: Talk, words: str) -> None:
    asked = talk.say("delete everything")
    said = talk.say(words)

    assert all("type: delete now" in text.replace("Type exactly", "type") for text in (asked, said))
    assert "Nothing is deleted yet" in said
    assert [reply.document for reply in talk.replies] == [None]
    assert talk.session.progress is not None
    talk.say("delete now")
    assert talk.session == Session()


@pytest.mark.parametrize("words", ["copy", "a copy please", "copy first"])
def test_a_copy_is_taken_and_asked_again(talk: Talk, words: str) -> None:
    talk.say("delete everything", words)

    assert talk.replies[0].document is not None
    assert talk.session.progress is not None
    talk.say("copy then delete")
    assert talk.session == Session()


@pytest.mark.parametrize(
    "words",
    [
        "what do you know about me",
        "what do **you** know about me",
        "what do u know about me",
        "WHAT do you know of me?",
    ],
)
def test_what_is_known_is_said_in_words_and_no_file(talk: Talk, words: str) -> None:
    talk.say(words)

    assert talk.replies[0].document is None
    assert "Medical Coder" in talk.shown
    assert "See my data" in talk.labels


@pytest.mark.parametrize("words", ["who sees what i type", "who reads what i write?", "who can read my messages here"])
def test_who_sees_it_is_answered_with_what_is_kept(talk: Talk, words: str) -> None:
    assert "encrypted" in talk.say(words)


@pytest.mark.parametrize("words", ["export my data", "show my data"])
def test_who_wants_the_data_gets_the_file(talk: Talk, words: str) -> None:
    talk.say(words)
    assert talk.replies[0].document is not None


def test_a_bare_yes_deletes_nothing_unasked(talk: Talk) -> None:
    talk.say("yes")

    assert talk.session.progress is not None
    assert not any(reply.erase for reply in talk.replies)


@pytest.mark.parametrize("words", HALF)
def test_half_a_word_deletes_nothing(talk: Talk, words: str) -> None:
    talk.say("delete everything", words)

    assert not talk.erased
    assert talk.session.progress is not None


@pytest.mark.parametrize("words", ["delete now", "Delete now.", "copy, then delete", "copy then delete"])
def test_said_in_full_it_is_done(talk: Talk, words: str) -> None:
    talk.say("delete everything", words)

    assert talk.erased
    assert talk.session == Session()


@pytest.mark.parametrize("words", ["delete now", "copy then delete"])
def test_said_in_full_but_unasked_it_is_not(talk: Talk, words: str) -> None:
    talk.say(words)

    assert not talk.erased
    assert talk.session.progress is not None


@pytest.mark.parametrize("deleting", DELETING)
@pytest.mark.parametrize("before", [(), ("united states",), ("united states", "i code", "3 years")])
def test_it_works_in_the_middle_of_the_assessment(fresh: Talk, before: tuple[str, ...], deleting: str) -> None:
    fresh.say("help me choose", *before)
    state = fresh.session.assessment
    fresh.say(deleting)
    assert "This can't be undone" in fresh.shown
    assert fresh.say("no").startswith("Nothing was deleted")
    assert "Back to your questions" in fresh.shown
    assert (fresh.session.assessment, fresh.session.top) == (state, Assessing())

    fresh.say(deleting, "delete now")
    assert fresh.erased
    assert fresh.session == Session()


def test_it_works_in_every_dialog(advisor: Advisor, base: KnowledgeBase) -> None:
    for before in (
        "idk if coding is for me",
        "how close am i to auditor",
        "what does an auditor earn",
        "/plan",
        "/chart",
    ):
        talk = Talk(advisor, CODER)
        talk.say(before, "delete everything", "delete now")
        assert talk.erased, before


def test_an_answer_goes_on_with_the_assessment_and_forgets_the_question_to_delete(fresh: Talk) -> None:
    fresh.say("help me choose", "united states", "i code", "delete my data", "3")
    assert not fresh.erased
    assert fresh.session.assessment is not None
    assert fresh.session.assessment.answers["years"].number == 3


@pytest.mark.parametrize("data", ["1|data", "1|data|now", "1|data|copied", "1|data|everything", "1|data|about|x"])
def test_a_forged_press_deletes_nothing(talk: Talk, data: str) -> None:
    before = talk.session
    assert "out of date" in talk.press(data)
    assert talk.session == before


def test_the_copy_is_sent_before_all_is_erased(talk: Talk) -> None:
    talk.say("delete everything", "copy then delete")
    copy, erased = talk.replies

    assert copy.document is not None
    assert json.loads(copy.document.content)["profile"]["role"] == "medical-coder"
    assert not copy.buttons
    assert (copy.erase, erased.erase) == (False, True)


@pytest.mark.parametrize("words", ["don't erase my data", "Dont delete my plan.", "never delete my data"])
def test_who_wants_nothing_deleted_is_not_asked_whether_to(talk: Talk, words: str) -> None:
    talk.say(words)

    assert "Nothing was deleted" in talk.replies[0].text
    assert talk.session.frame(Confirming) is None
    talk.say("delete everything", words)
    assert talk.session.frame(Confirming) is None
    assert talk.session.progress is not None
