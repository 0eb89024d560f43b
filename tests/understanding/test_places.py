from __future__ import annotations

from datetime import date

import pytest

from bot.advice.answers import Answers
from bot.knowledge.base import KnowledgeBase
from bot.understanding.interpreter import Interpreter
from bot.understanding.question import Context

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "country", "part"),
    [
        ("coder jobs in Germany", "DE", None),
        ("salary in texas", "US", "Texas"),
        ("pay for coders in hyderabad", "IN", "Hyderabad"),
        ("coder pay in georgia", "US", "Georgia"),
        ("coder pay in new mexico", "US", "New Mexico"),
        ("coder pay in mexico", "MX", None),
    ],
)
def test_a_place_is_a_country_or_a_part_of_one(
    interpreter: Interpreter, text: str, country: str, part: str | None
) -> None:
    question = interpreter.interpret(text)
    assert (question.decision, question.country, question.part) == ("answer", country, part)


def test_an_answer_says_that_it_is_not_about_the_part(interpreter: Interpreter, base: KnowledgeBase) -> None:
    answers = Answers(base)
    assert (
        "Hyderabad: I have nothing" in answers.answer(interpreter.interpret("pay for coders in hyderabad"), TODAY).text
    )
    assert "I have nothing" not in answers.answer(interpreter.interpret("coder salary"), TODAY).text


def test_a_country_without_a_guide_is_named_as_not_known(interpreter: Interpreter, base: KnowledgeBase) -> None:
    text = Answers(base).answer(interpreter.interpret("coder salary in Germany"), TODAY).text
    assert text.startswith("<b>Germany</b>")
    assert "no pay figures" in text


def test_a_place_alone_asks_the_same_of_it(interpreter: Interpreter) -> None:
    question = interpreter.interpret("in texas", Context(topics=("salary",), entities=("coding-auditor",)))
    assert (question.topics, question.entities, question.part) == (("salary",), ("coding-auditor",), "Texas")


@pytest.mark.parametrize(
    ("text", "talked", "home", "country"),
    [
        ("how much do coders earn", "IN", None, "IN"),
        ("how much do coders earn", "IN", "US", "US"),
        ("is it hard there", "IN", "US", "IN"),  # it leans on the talk
        ("how much do coders earn in India", None, "US", "IN"),
        ("i worked in India for years. how much do coders earn", None, "US", "US"),
        ("i worked in India for years. how much do coders earn", None, None, "IN"),
        ("does my degree from India count in the US", None, None, "US"),
        ("does my US degree count in India", None, "IN", "IN"),
    ],
)
def test_whoever_said_where_they_are_asks_about_there_unless_they_name_another_place(
    interpreter: Interpreter, text: str, talked: str | None, home: str | None, country: str
) -> None:
    context = Context(topics=("salary",), entities=("coding-auditor",), country=talked, home=home)
    assert interpreter.interpret(text, context).country == country


@pytest.mark.parametrize(
    ("text", "country"), [("i worked the deli counter, where do i start", None), ("delhi, where do i start", "IN")]
)
def test_a_word_that_is_only_like_a_place_is_none(interpreter: Interpreter, text: str, country: str | None) -> None:
    assert interpreter.interpret(text).country == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("my job went to india, what now", None),
        ("everything is going to india, should i still become a coder", None),
        ("my company moved our coding to india last year", None),
        ("our coding went to a firm in chennai, where do i begin", None),
        ("mom says all the coding is done in india now, is it true", None),
        ("we moved to india last year, can i work as a coder", "IN"),
        ("i am going to india next year, can i code there", "IN"),
        ("what do coders earn in india", "IN"),
    ],
)
def test_where_work_goes_is_not_where_somebody_is(interpreter: Interpreter, text: str, country: str | None) -> None:
    assert interpreter.interpret(text, Context()).country == country
