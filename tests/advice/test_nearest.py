"""What is only the nearest that is known: little of it, said to be so, and no yes or no to another question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.advice.answers import Answers
from bot.advice.wording import Wording, plain
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase

TODAY = date(2026, 11, 23)
NEAREST = "I don't know exactly that. The nearest I have:"


def answer(advisor: Advisor, text: str) -> list[str]:
    _, replies = advisor.turn(Session(met=True), Incoming(kind="text", text=text), TODAY)
    return plain(replies[0].text).splitlines()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("BLS median pay for medical and health services managers", "123,860"),
        ("What is the pass rate of the RHIA exam?", "67%"),
        ("do coders have to be vaccinated", "no vaccine rule"),
    ],
)
def test_what_speaks_of_just_what_was_asked_is_not_called_the_nearest(advisor: Advisor, text: str, says: str) -> None:
    lines = answer(advisor, text)
    assert says in lines[0]
    assert NEAREST not in lines


@pytest.mark.parametrize(
    "text",
    [
        "can my wife get insurance through a coder job",
        "who hires a 52 year old with a CCA and no experience",
        "do employers reimburse aapc dues",
    ],
)
def test_of_what_is_only_near_there_is_little_and_no_yes_or_no(
    advisor: Advisor, base: KnowledgeBase, text: str
) -> None:
    question = advisor.interpreter.interpret(text)
    askings = tuple(replace(asking, support=0.4) for asking in question.askings)
    assert askings
    said = Answers(base).answer(replace(question, decision="answer", nearest=True, askings=askings), TODAY)

    assert plain(said.text).splitlines()[0] == NEAREST
    assert 1 <= len(said.statements) <= 2
    for line in plain(said.text).splitlines()[1:]:
        assert not line.removeprefix("• ").rpartition(": ")[2].startswith(("Yes", "No,", "No."))


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Yes, some do: one ad took it.", "Some do: one ad took it."),
        ("No: coders do not.", "Coders do not."),
        ("Yes. Any member can.", "Any member can."),
        ("No degree is asked.", "No degree is asked."),
        ("No.", "No."),
    ],
)
def test_a_sentence_without_its_yes_or_no(base: KnowledgeBase, text: str, bare: str) -> None:
    assert Wording(base).bare(text) == bare


def test_a_further_line_answers_nothing(advisor: Advisor) -> None:
    """Only what stands first says yes or no to what was asked."""
    lines = answer(advisor, "can i take the ccs from home")
    assert lines[0].startswith("Yes")
    assert not any(line.startswith(("• Yes", "• No,", "• No.")) for line in lines)
