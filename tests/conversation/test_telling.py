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


@pytest.mark.parametrize(
    "text", ["i passed my crc today!!!! finally", "PASSED MY CPC", "cleared the rhit today, so happy"]
)
def test_good_news_is_congratulated_and_not_only_noted(advisor: Advisor, text: str) -> None:
    assert said(advisor, text).text.startswith("Congratulations!")


@pytest.mark.parametrize("text", ["i didnt pass my crc today", "i hope i passed my cpc", "my friend passed the ccs"])
def test_no_good_news_is_not_congratulated(advisor: Advisor, text: str) -> None:
    assert not said(advisor, text).text.startswith("Congratulations!")


@pytest.mark.parametrize(
    "text",
    [
        "best laptop setup for wfh coder",
        "cheap laptop for remote coding class",
        "recommended books for part time student",
        "do crc coders get laid off after the season",
        "do old cpc holders lose it",
    ],
)
def test_a_question_without_a_verb_or_with_two_names_is_not_thanked_for(advisor: Advisor, text: str) -> None:
    assert not said(advisor, text).text.startswith(advisor.replies.text("heard_only"))


@pytest.mark.parametrize("text", ["remote only, no phones", "from home please", "i only work nights"])
def test_a_limit_that_is_all_somebody_says_is_noted(advisor: Advisor, text: str) -> None:
    assert "noted" in said(advisor, text).text
