"""A state's own figures before the country's; a city's are its state's, and said to be."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import Country

TODAY = date(2026, 11, 23)


def asked(advisor: Advisor, text: str) -> list[str]:
    _, replies = advisor.turn(Session(), Incoming(kind="text", text=text), TODAY)
    return plain(replies[0].text).splitlines()


@pytest.mark.parametrize(
    "text", ["what do coders make in texas", "texas coder pay?", "i am in ohio. coder pay in texas"]
)
def test_the_place_asked_about_comes_first_then_the_country(advisor: Advisor, text: str) -> None:
    first, second, *_ = asked(advisor, text)
    assert first.startswith("In Texas ")
    assert "US medical records specialists" in second


@pytest.mark.parametrize("text", ["what does a new cpc earn in texas", "texas coder pay with a cca"])
def test_a_credential_that_coder_employers_ask_for_gets_the_states_figure(advisor: Advisor, text: str) -> None:
    assert asked(advisor, text)[0].startswith("In Texas ")


def test_a_credential_of_another_post_does_not_get_the_coders_figure_of_a_state(advisor: Advisor) -> None:
    assert not any(line.startswith("In Texas ") for line in asked(advisor, "what does a cpma earn in texas"))


def test_a_city_gets_the_figures_of_its_state_and_is_told_so(base: KnowledgeBase, advisor: Advisor) -> None:
    within = next(item for item in base.assessment.countries if item.id == "US").within
    told, first, *_ = asked(advisor, "my friend works in Tulsa, what do coders earn there")
    assert told == f"Tulsa: I have nothing for the city alone, so here is {within['Tulsa']}."
    assert first.startswith("In Oklahoma ")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("my sister lives in india but i live in georgia, what do coders earn here", "In Georgia "),
        ("i live in georgia but my sister lives in india. what do coders earn here", "In Georgia "),
    ],
)
def test_of_two_countries_the_one_where_somebody_lives_is_meant(advisor: Advisor, text: str, place: str) -> None:
    assert asked(advisor, text)[0].startswith(place)


def test_a_place_lies_within_a_part_that_is_listed() -> None:
    with pytest.raises(ValidationError, match="`within` names Elsewhere"):
        Country(id="US", name="United States", parts=("Town",), within={"Town": "Elsewhere"})


def test_two_places_held_against_each_other_are_both_told_of(advisor: Advisor) -> None:
    first, second, *_ = asked(advisor, "do coders earn more in texas or in ohio")
    assert first.startswith("In Texas ")
    assert second.startswith("• In Ohio ")


def test_a_role_with_figures_of_its_own_is_not_given_those_of_another(advisor: Advisor) -> None:
    assert asked(advisor, "what does a biller earn in ohio")[0].startswith("In Ohio ")
    assert "In Ohio" not in asked(advisor, "what does a compliance officer earn in ohio")[0]


@pytest.mark.parametrize("text", ["cdi specialist pay in texas", "what does a compliance officer make in ohio"])
def test_a_role_is_not_given_what_a_place_pays_others(advisor: Advisor, text: str) -> None:
    said = "\n".join(asked(advisor, text))
    assert "records specialists" not in said
    assert "whole country" in said


@pytest.mark.parametrize(
    "text", ["any help with the tuition? i live in tennessee", "I'm in ohio. is there a scholarship?"]
)
def test_where_somebody_lives_is_no_question_of_pay(advisor: Advisor, text: str) -> None:
    assert "median" not in "\n".join(asked(advisor, text))


@pytest.mark.parametrize("before", ["what is the cpc", "tell me about the compliance officer"])
def test_what_happened_in_one_place_is_an_example_whatever_was_spoken_of(advisor: Advisor, before: str) -> None:
    session, _ = advisor.turn(Session(), Incoming(kind="text", text=before), TODAY)
    _, replies = advisor.turn(
        session, Incoming(kind="text", text="ok different thing, do people still give a retention bonus"), TODAY
    )
    assert "Virginia" in plain(replies[0].text).splitlines()[0]
