"""Where somebody is, was and wants to be; whose places are none of theirs."""

from __future__ import annotations

import pytest

from bot.understanding.reader.merge import Known, merged
from bot.understanding.reader.reader import Reader
from tests.understanding.reader.talk import TODAY


def country(reader: Reader, text: str, before: str | None = None) -> str | None:
    known = Known(country=before)
    return merged(known, reader.read(text, TODAY, known)).country


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("i live in the US", "US"),
        ("i live in us now", "US"),
        ("i was a nurse in india, im in the US now", "US"),
        ("we came to US last year", "US"),
        ("RN in TX, 5 years", "US"),
        ("now in nj", "US"),
        ("i have my h4 ead", "US"),
        ("my country is United States", "US"),
        ("i live in Ohio but it is cheaper in India", "US"),
        ("this is in Bengaluru", "IN"),
        ("i work from home in Ohio", "US"),
        ("my client is in Texas, i work from Cebu", "PH"),
        ("i work for a company in Texas from Cebu", "PH"),
        ("secretary in Toronto, i tried a US course once", "CA"),
        ("i live with my parents in Boise", "US"),
        ("i code for US hospitals, sitting in Kochi", "IN"),
        ("i do claims for a US payer, i live in Cebu", "PH"),
        ("i am a nurse, worked 7 years in India and now i am in Ohio", "US"),
        ("7 years experience in India. make me a plan for Ohio", "US"),
        ("i coded in India for 4 yrs, moving to Texas", "US"),
        ("my friend in Bangalore says it is easy. i am a nurse in Ohio", "US"),
        ("coder for a London hospital 3 years", "GB"),
    ],
)
def test_where_somebody_is(reader: Reader, text: str, there: str) -> None:
    assert country(reader, text) == there


@pytest.mark.parametrize(
    "text",
    [
        "tell us about it",
        "how much do they pay us",
        "they want us in texas",
        "i have a friend in Bangalore",
        "my friend in Bangalore is a coder and she got CPC in 3 months",
        "my cousin lives in the US",
        "my sister lives in ohio and codes from home",
        "i am a coder for an Indian company",
        "our US clients are slow",
        "for a us client",
        "the us one",
        "our house in florida flooded",
        "my country is not India",
        "is the US hiring",
        "oh no, i passed out",
        "i pass out at the sight of blood",
        "what does RI mean",
    ],
)
def test_what_says_nothing_of_where_somebody_is(reader: Reader, text: str) -> None:
    assert country(reader, text) is None


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("i am not in India", None),
        ("no, not India", None),
        ("forget India", None),
        ("stop telling me about India", None),
        ("why you are telling about India only", None),
        ("its Ohio not India", "US"),
        ("i said Ohio", "US"),
        ("No not India, United States", "US"),
        ("Why you are telling about India again, I am in United States, Ohio", "US"),
        ("make me a plan for Ohio", "US"),
        ("there are no jobs in India", "IN"),
        ("i am not sure about India", "IN"),
        ("i dont want to work in India", "IN"),
        ("i have no cpc in India", "IN"),
        ("is there no exam in India", "IN"),
        ("i am not in Ohio", "IN"),
        ("what about the US", "IN"),
        ("my sister moved to Ohio", "IN"),
        ("plan for my sister in Ohio", "IN"),
    ],
)
def test_a_country_is_put_right_only_where_it_is_said(reader: Reader, text: str, now: str | None) -> None:
    assert country(reader, text, "IN") == now


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("we bought a house in canada, moving in may", "CA"),
        ("we sold the house in canada", None),
        ("i live in Ohio, moving to Texas in june", "US"),
    ],
)
def test_a_move_that_is_coming(reader: Reader, text: str, wanted: str | None) -> None:
    known = merged(Known(), reader.read(text, TODAY))
    assert known.country_wanted == wanted
    assert known.country != "CA"


@pytest.mark.parametrize(
    ("text", "home", "apart"),
    [
        ("My friend in Bangalore got the CPC in 3 months, can i as well", None, {"IN"}),
        ("I am in Ohio, not in India", "US", {"IN"}),
        ("my friend in Dubai is a coder, how much do they earn there", None, set()),
        ("my sister is in Ohio. what do coders earn in Dubai", None, {"US"}),
        ("i worked in Chennai, now i live in Dubai", "AE", set()),
        ("coder in Manila, now i live in Dubai", "AE", set()),  # the surest counts, not the first
        ("RN in Cebu, here in Ohio now", "US", set()),
    ],
)
def test_places_that_are_named_and_not_meant(reader: Reader, text: str, home: str | None, apart: set[str]) -> None:
    assert reader.places(text) == (home, frozenset(apart))
