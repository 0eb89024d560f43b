"""Kinds of things that were misheard in new stories, each with twins that tell them not."""

from __future__ import annotations

import pytest

from bot.understanding.reader.reader import Reader
from tests.understanding.reader.talk import told


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("i am a cpc with 4 years of experience", "medical-coder"),
        ("crc, 5 yrs at the same plan", "risk-adjustment-coder"),
        ("CRC CPC Philippines 6 years", None),
        ("goal: CPMA. have: CPC, 3 yrs", None),
        ("no longer a biller, they outsourced us. had 11 years of it. cpb", None),
        ("i've both the CPC and COC but i'm out since 2021, 6 years before that", None),
        ("coding trainee at a trust in Birmingham UK, one year in", "coding-trainee"),
    ],
)
def test_a_credential_with_years_is_a_job_only_of_who_says_so_or_where(
    reader: Reader, text: str, role: str | None
) -> None:
    assert told(reader, text).get("role") == role


@pytest.mark.parametrize(
    ("text", "licences"),
    [
        ("spent 12 years as an LPN, let the license go in 2021", []),
        ("i was a nurse 9 years, gave up the license", []),
        ("RN 8 years. they let me go in june", ["rn"]),
        ("front desk at an eye doctor 3 yrs, HS diploma", []),
        ("scribe for a doctor, 2 yrs", []),
    ],
)
def test_a_licence_is_held_by_who_has_it_still_and_not_by_who_works_for_one(
    reader: Reader, text: str, licences: list[str]
) -> None:
    assert told(reader, text).get("licences", []) == licences


@pytest.mark.parametrize(
    ("text", "education"),
    [
        ("PhD in microbiology, two postdocs", ["doctorate"]),
        ("i wanted to do a phd in biology", []),
        ("liberal arts associate degree, barista, 24", ["associate"]),
        ("psych bachelors, retail 6 years", ["bachelor"]),
        ("been a scribe and i finish my bachelors in may", []),
        ("i finished my bachelors in 2019", ["bachelor"]),
    ],
)
def test_schooling_is_what_is_finished(reader: Reader, text: str, education: list[str]) -> None:
    assert told(reader, text).get("education", []) == education


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("we shifted to US last winter, i was a dentist in Pune", "US"),
        ("kerala. want job in dubai as coder", "IN"),
        ("i have a job in dubai as coder", "AE"),
        ("CPC, 5+ years required, must live in Texas. why do they ask so much", None),
    ],
)
def test_a_country_is_where_somebody_is(reader: Reader, text: str, country: str | None) -> None:
    assert told(reader, text).get("country") == country


def test_how_many_others_have_it_is_not_ones_own(reader: Reader) -> None:
    assert "certifications" not in told(reader, "there are 12 of us in the class, 4 have the cpc-a already")
    assert told(reader, "I'm the coding supervisor, team of 14. CCS, RHIA.")["certifications"] == ["ccs", "rhia"]
    assert told(reader, "CPMA exam? i passed it in june")["certifications"] == ["cpma"]
    assert "certifications" not in told(reader, "is the ccs hard? my friend passed it")


def test_money_and_hours_in_more_ways(reader: Reader) -> None:
    assert (
        told(reader, "pharmacy tech. 1500 dollars is what i got. how soon could i be coding")["budget"]["amount"]
        == 1500
    )
    assert told(reader, "600 dollars is all we have")["budget"]["amount"] == 600
    assert told(reader, "puedo estudiar 10 horas a la semana")["hours_per_week"] == 10
    assert told(reader, "two small kids. evenings only, like 6 hours per week")["hours_per_week"] == 6


@pytest.mark.parametrize(
    "text",
    ["wait i said 2 years billing, its 12", "i wrote 2 years but it was 12", "no i meant 12 years", "not 2, 12"],
)
def test_years_that_were_wrong_are_put_right(reader: Reader, text: str) -> None:
    assert told(reader, "2 years as a biller", text)["years"] == {"billing": 12}
