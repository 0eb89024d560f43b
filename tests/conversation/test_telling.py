from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session

TODAY = date(2026, 11, 27)


def said(advisor: Advisor, text: str) -> Reply:
    """The first bubble to a first message."""
    return advisor.turn(Session(met=True), Incoming(kind="text", text=text), TODAY)[1][0]


@pytest.mark.parametrize("text", ["i hold the ccs", "i passed the cpc", "i work as a medical biller"])
def test_who_only_says_what_they_hold_or_do_is_thanked(advisor: Advisor, text: str) -> None:
    assert said(advisor, text).text.startswith(advisor.replies.text("heard_only"))


@pytest.mark.parametrize("text", ["i hold the ccs, what does the renewal cost", "how do i renew the ccs"])
def test_who_asks_beside_it_is_answered(advisor: Advisor, text: str) -> None:
    reply = said(advisor, text)
    assert reply.outcome == "answer"
    assert not reply.text.startswith(advisor.replies.text("heard_only"))


@pytest.mark.parametrize("text", ["my cousin cleared the cpc", "interview went great, they will call"])
def test_what_is_told_of_others_is_no_question_that_is_refused(advisor: Advisor, text: str) -> None:
    assert said(advisor, text).text.startswith(advisor.replies.text("heard_only"))


@pytest.mark.parametrize("text", ["will they hire me", "can you give me the real cpc questions"])
def test_what_is_not_ours_stays_refused(advisor: Advisor, text: str) -> None:
    reply = said(advisor, text)
    assert reply.outcome == "unknown"
    assert not reply.text.startswith(advisor.replies.text("heard_only"))
