"""Short single questions: the first line answers, and nothing of another matter stands around it."""

from __future__ import annotations

import pytest
from talk import Talk


def lines(fresh: Talk, text: str) -> list[str]:
    return fresh.say(text).splitlines()


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("does a rhit need a degree", "Yes. "),
        ("is the retake free", "No. "),
        ("can u take the ccs online", "Yes. "),
        ("is it true you can make 100k remote in 3 months", "No. "),
        ("is the cpc closed book", "No. "),
        ("does my cpc expire", "Yes. "),
        ("can i negotiate my first coder offer", "Yes. "),
    ],
)
def test_the_first_word_answers_who_wants_yes_or_no(fresh: Talk, text: str, begins: str) -> None:
    assert lines(fresh, text)[0].startswith(begins)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("do coders talk to patients", "No. Coders work at records"),
        ("can i code from home right away", "Seldom at first"),
    ],
)
def test_what_answers_by_itself_stands_under_no_heading(fresh: Talk, text: str, begins: str) -> None:
    assert lines(fresh, text)[0].startswith(begins)


@pytest.mark.parametrize("text", ["am i too old at 52", "is it lonely"])
def test_a_plain_question_is_answered_without_a_word_on_feelings(fresh: Talk, text: str) -> None:
    shown = " ".join(lines(fresh, text))
    assert "That is hard" not in shown
    assert "sorry" not in shown


def test_a_feeling_that_is_told_still_gets_its_word(fresh: Talk) -> None:
    assert "hard" in lines(fresh, "im so scared i am too old for this at 52")[0]


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("do coders work holidays", "accuracy"),
        ("should i list my retail job", "Entry level"),
        ("can i take ccs online", "107 questions"),
        ("what comes after cpc", "Any active AAPC member"),
    ],
)
def test_one_thing_that_is_asked_is_not_answered_with_a_topic_as_a_whole(fresh: Talk, text: str, never: str) -> None:
    assert never not in lines(fresh, text)[0]


def test_a_word_that_is_not_known_is_not_explained_as_the_field(fresh: Talk) -> None:
    assert "turns written health records" not in " ".join(lines(fresh, "what is a zorbicle"))
