from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase

TODAY = date(2026, 11, 23)


def test_privacy_says_whom_to_write_to_and_escapes_it(base: KnowledgeBase) -> None:
    privacy = Incoming(kind="command", text="privacy")
    _, replies = Advisor(base, "<me>@example.org").turn(Session(), privacy, TODAY)
    assert "&lt;me&gt;@example.org" in replies[0].text
    _, replies = Advisor(base).turn(Session(), privacy, TODAY)
    assert "write to" not in replies[0].text


@pytest.mark.parametrize(
    "data", ["", "1|ask|cost|nobody", "1|ask|nothing|cpc", "1|assess|country|mars", "1|road|goal|x", "2|ask", "x"]
)
def test_a_forged_or_stale_press_gets_a_kind_answer_and_changes_nothing(advisor: Advisor, data: str) -> None:
    before, _ = advisor.turn(Session(), Incoming(kind="command", text="assess"), TODAY)
    after, replies = advisor.turn(before, Incoming(kind="press", text=data), TODAY)
    assert replies[0].outcome == "unknown"
    assert after == before


def test_every_button_fits_and_does_what_its_words_do(advisor: Advisor) -> None:
    session, replies = advisor.turn(Session(), Incoming(kind="text", text="what is the ccs"), TODAY)
    buttons = [button for row in replies[0].buttons for button in row]
    assert buttons
    for button in buttons:
        assert 1 <= len(button.press.encode()) <= 64
        _, pressed = advisor.turn(session, Incoming(kind="press", text=button.press), TODAY)
        assert pressed[0].outcome == "answer"
        assert pressed[0].edit
