"""Short turns that lean on the answer before: reasons, objections, other people, amounts, what is held against it."""

from __future__ import annotations

import pytest
from talk import FirstReplies

from bot.advice.wording import plain
from bot.conversation.messages import Reply


def first(reply: Reply) -> str:
    return plain(reply.text).splitlines()[0]


@pytest.mark.parametrize("asked", ["how long is the cca exam", "can i do the cpc exam at home"])
def test_where_no_page_says_why_that_is_said(talk: FirstReplies, asked: str) -> None:
    before, why = talk(asked, "why")
    assert first(why).startswith("The pages that I have read give no reason")
    assert before.sources[0].url in why.text


def test_why_is_what_says_why(talk: FirstReplies) -> None:
    assert "because" in first(talk("does coding do a background check", "why")[-1])


@pytest.mark.parametrize("against", ["thats too long", "too long", "any quicker way", "is there a faster way"])
def test_who_finds_it_too_long_hears_of_what_is_quicker(talk: FirstReplies, against: str) -> None:
    reply = talk("how long to become a coder", against)[-1]
    assert "no set minimum" in first(reply)
    assert "CCA" not in first(reply)


def test_who_finds_it_too_dear_hears_who_helps_to_pay(talk: FirstReplies) -> None:
    assert "American Job Center" in first(talk("how much is the ccs", "thats too expensive")[-1])


def test_a_way_is_no_credential(talk: FirstReplies) -> None:
    reply = talk("how do i get rid of the A on my cpc", "is there a faster way")[-1]
    assert not first(reply).startswith("CCA")


@pytest.mark.parametrize("other", ["what about a coder like me", "and a coder?"])
def test_somebody_else_is_put_into_the_question_before(talk: FirstReplies, other: str) -> None:
    *_, them, pay = talk("what is cdi", "can a nurse do it", other, "what does it pay")
    assert "CDI" in first(them)
    assert first(pay).startswith("CDI Specialist")


@pytest.mark.parametrize(
    ("asked", "then", "begins"),
    [
        ("whats the cpc exam cost", "is that per year", "No. "),
        ("whats the cpc exam cost", "so is that every year?", "No. "),
        ("how much is the cpc", "is that for one try", "Yes. "),
    ],
)
def test_what_a_price_is_for(talk: FirstReplies, asked: str, then: str, begins: str) -> None:
    assert first(talk(asked, then)[-1]).startswith(begins)


@pytest.mark.parametrize(
    ("asked", "then", "told"),
    [
        ("how many questions on the ccs", "how long do i get", "4 hours"),
        ("my aapc membership lapsed", "how long do i have", "within three years"),
        ("my credential expired can i get it back", "how much", "200 USD"),
        ("what code books do i need", "how much", "code books"),
    ],
)
def test_an_amount_of_what_was_just_told(talk: FirstReplies, asked: str, then: str, told: str) -> None:
    assert told in first(talk(asked, then)[-1])


@pytest.mark.parametrize("then", ["salary", "and the salary", "and the wages?"])
def test_the_pay_of_the_work_spoken_of(talk: FirstReplies, then: str) -> None:
    assert "compliance officers" in first(talk("how do i become a compliance officer", then)[-1])


@pytest.mark.parametrize("then", ["does it pay more", "is it better paid"])
def test_what_was_spoken_of_is_held_against_the_usual_work(talk: FirstReplies, then: str) -> None:
    line = first(talk("what is a coding auditor", then)[-1])
    assert line.startswith("Yes. Coding Auditor: higher pay")
    assert "Medical Coder" in line
