"""Turns that lean on the one before: what they are about, and that they do not get the sentence just given again."""

from __future__ import annotations

import pytest
from talk import FirstReplies

from bot.advice.wording import plain
from bot.conversation.messages import Reply


def first(reply: Reply) -> str:
    return plain(reply.text).splitlines()[0]


IN_HOSPITALS = "cpc or ccs, i want to work in a hospital"


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ("how much is it", "CCS exam costs"),
        ("and what does that cost", "CCS exam costs"),
        ("how long is the exam", "4 hours"),
    ],
)
def test_it_is_what_a_verdict_decided_for(talk: FirstReplies, then: str, told: str) -> None:
    assert told in first(talk(IN_HOSPITALS, then)[-1])


def test_what_comes_after_that_is_about_it_as_well(talk: FirstReplies) -> None:
    *_, exam, needs = talk(IN_HOSPITALS, "how much is it", "how long is the exam", "do i need experience for it")
    assert "CCS" in first(exam)
    assert "CCS" in first(needs)


@pytest.mark.parametrize("then", ["how much are they", "how much do they cost"])
def test_they_are_both(talk: FirstReplies, then: str) -> None:
    text = plain(talk(IN_HOSPITALS, then)[-1].text)
    assert "425 USD" in text
    assert "399 USD" in text


def test_it_is_both_where_nothing_decided(talk: FirstReplies) -> None:
    text = plain(talk("cpc or cca", "how much is it")[-1].text)
    assert "425 USD" in text
    assert "299 USD" in text


@pytest.mark.parametrize("asked", ["which is cheaper, the rhit or the cca", "cca or rhit, which costs less"])
def test_a_figure_decides_what_it_is(talk: FirstReplies, asked: str) -> None:
    assert "CCA exam has 105 questions" in first(talk(asked, "how long is that exam")[-1])


@pytest.mark.parametrize("then", ["what about the other one, how much is it", "and the other one, what does it cost"])
def test_the_other_one_is_the_one_not_decided_for(talk: FirstReplies, then: str) -> None:
    assert "CPC exam costs" in first(talk(IN_HOSPITALS, then)[-1])


@pytest.mark.parametrize("why", ["why not the other one", "why not the first one", "why not the cpc"])
def test_why_not_the_one_that_lost(talk: FirstReplies, why: str) -> None:
    assert "For inpatient work, one hospital's ad names the CCS or CIC instead of the CPC" in first(
        talk(IN_HOSPITALS, why)[-1]
    )


@pytest.mark.parametrize("then", ["what does it pay", "and the pay", "what would i earn there"])
@pytest.mark.parametrize("told", ["im a coder now and want to become an auditor", "from coder to auditor how long"])
def test_the_talk_is_about_where_somebody_wants_to_go(talk: FirstReplies, told: str, then: str) -> None:
    assert talk(told, then)[-1].entities[:1] == ("coding-auditor",)


@pytest.mark.parametrize("then", ["what does it cost", "how much is that", "and what does it cost me"])
@pytest.mark.parametrize("asked", ["how do i renew the ccs", "how often do i renew the cpc"])
def test_the_cost_of_a_renewal_is_no_exam_fee(talk: FirstReplies, asked: str, then: str) -> None:
    assert "exam costs" not in first(talk(asked, then)[-1])


@pytest.mark.parametrize(
    "asked",
    [
        "what does the ccs renewal cost",
        "what does the renewal of the ccs cost",
        "what do cpc books cost",
        "how much is the cpc membership",
    ],
)
def test_the_cost_of_something_else_is_no_exam_fee(talk: FirstReplies, asked: str) -> None:
    line = first(talk(asked)[-1])
    assert not any(fee in line for fee in ("425 USD", "299 USD"))


def test_the_exam_behind_a_renewal_has_its_fee(talk: FirstReplies) -> None:
    assert "CCS exam costs" in first(talk("how do i renew the ccs", "how much is the exam")[-1])


@pytest.mark.parametrize("told", ["i have the ccs since 2019", "i got the cpc last year"])
def test_how_somebody_renews_what_they_hold(talk: FirstReplies, told: str) -> None:
    line = first(talk(told, "how do i renew")[-1])
    assert "CEUs (continuing education units) every" in line
    assert "CRC" not in line


@pytest.mark.parametrize(
    ("asked", "then", "begins"),
    [
        ("how much do coders make in texas", "is that per year", "Yes. "),
        ("how much do coders make in texas", "so that is a month?", "No. "),
        ("how many ceus for the ccs", "is that every year", "No. "),
        ("how much do coders make an hour", "is that a year", "No. "),
    ],
)
def test_what_an_amount_is_for(talk: FirstReplies, asked: str, then: str, begins: str) -> None:
    before, after = talk(asked, then)
    assert plain(after.text).startswith(begins)
    assert before.statements[0][0] == after.statements[0][0]


def test_where_two_periods_are_told_neither_is_said_to_be_meant(talk: FirstReplies) -> None:
    assert not plain(talk("how often do i have to renew the cpc", "is that every year")[-1].text).startswith(
        ("Yes", "No.")
    )


@pytest.mark.parametrize("then", ["who pays that", "who pays for it"])
def test_who_pays_is_not_told_what_is_paid(talk: FirstReplies, then: str) -> None:
    for asked in ("how much is the ccs exam", "how much is the cca"):
        reply = talk(asked, then)[-1]
        assert "median" not in first(reply)
        assert "I'm a bot" not in first(reply)


def test_who_asks_for_the_bot_in_a_talk_gets_it(talk: FirstReplies) -> None:
    assert "I'm a bot" in first(talk("how much is the cca", "is this a bot")[-1])


@pytest.mark.parametrize(
    "asked",
    [
        "what does the cpc cost without books",
        "i finished my course how much is the cpc",
        "i already have my books, what does the cpc cost",
        "how much is the cpc exam with membership",
    ],
)
def test_what_is_denied_or_told_is_not_what_is_priced(talk: FirstReplies, asked: str) -> None:
    assert "425 USD" in first(talk(asked)[-1])


def test_who_asks_of_the_exam_is_not_told_of_the_renewal(talk: FirstReplies) -> None:
    then = "i dont mean the renewal, what does the exam cost"
    assert "exam costs" in plain(talk("how do i renew the ccs", then)[-1].text)
