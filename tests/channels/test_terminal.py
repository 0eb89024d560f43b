"""Lines of a terminal as messages: when a number is the number of a choice."""

from __future__ import annotations

from datetime import date
from io import StringIO

from bot.channels.plain import as_plain_text
from bot.channels.terminal import chat_over_pipe, incoming
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Button, Incoming, Reply
from bot.conversation.session import Session

BUTTONS = (Button(label="One", press="1|a", say="One"), Button(label="Two", press="1|b", say="Two"))


def test_a_number_presses_and_a_slash_commands() -> None:
    assert incoming("2", BUTTONS) == Incoming(kind="press", text="1|b")
    assert incoming("3", BUTTONS) == Incoming(kind="text", text="3")
    assert incoming("Two", BUTTONS) == Incoming(kind="text", text="Two")
    assert incoming("/plan", BUTTONS) == Incoming(kind="command", text="plan")


def test_choices_of_a_question_for_a_number_have_none() -> None:
    reply = Reply(text="How many?", buttons=(BUTTONS,), takes_number=True)
    assert as_plain_text(reply) == "How many?\n[One]   [Two]"
    assert as_plain_text(reply.model_copy(update={"takes_number": False})) == "How many?\n[1] One   [2] Two"


def test_over_a_pipe_a_number_answers_the_question_that_asks_for_one(advisor: Advisor) -> None:
    lines = "\n".join(["help me choose", "1", "2", "5", "1", "1", "3", "5"])
    out = StringIO()
    chat_over_pipe(advisor, Session(), lambda _: None, lambda: date(2026, 11, 23), StringIO(lines), out)
    shown = out.getvalue()
    assert "Noted: Country: United States." in shown
    assert "Noted: Years: 5." in shown
    assert "Noted: Study time: 5 h a week." in shown
    assert "[About 5]" in shown
