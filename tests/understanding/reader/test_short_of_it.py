"""What only sounds like a credential held, and lists and forms that do tell what somebody is and has."""

from __future__ import annotations

from typing import Any

import pytest

from bot.understanding.reader.reader import Reader
from tests.understanding.reader.talk import told


@pytest.mark.parametrize(
    "text",
    [
        "my cpc teacher is great",
        "my cpc teacher is great but she talks too fast",
        "my cpc instructor is out sick",
        "my first cpc attempt was a joke",
        "on my third cpc attempt now",
        "i got two tries on my cpc and used one",
        "one more shot at my ccs then i give up",
        "i have two attempts at the cpc",
        "did my cpc results come?",
        "almost got my cpc",
        "i almost have my ccs",
        "halfway to my rhit",
        "im ccs and cpc. jk im nothing yet",
        "got a C in my cpc prep course",
        "i need a coder for my clinic, cpc with 3 years, where do i post",
        "the billing lady at my job has 9 years and cpb",
        "the coder at my last job has 9 years and cpc",
        "as a cpc would i have to travel?",
        "to be honest with a CCS i'd still be poor",
        "CPC holders only, the group says",
        "only 4 of 9 trainees passed cpc, i was not one",
        "i have rent and a kid in braces. my friend from my chapter has the cpc",
        "18 months in. CCDS when 2 hit",
        "my license plate says CPC MOM and i dont even have the thing yet lol",
        "everyone says get a CPC and i do not even have one",
    ],
)
def test_nobody_holds_what_they_are_short_of(reader: Reader, text: str) -> None:
    known = told(reader, text)
    assert "certifications" not in known
    assert "years" not in known


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("i passed my cpc on the second attempt", "cpc"),
        ("passed cpc second attempt", "cpc"),
        ("cleared ccs in first attempt", "ccs"),
        ("i got my cpc back", "cpc"),
        ("CPC done, working on CCS", "cpc"),
        ("i have my cpc-a been a year now applying", "cpc-a"),
        ("got the A off in october!!", "cpc"),
        ("i passed the CPC on sunday with a 74. so im cpc-a", "cpc-a"),
        ("looking for a biller position, cpb, 2 years ohio", "cpb"),
        ("Coded for 8 years, laid off when they moved us to India. CPC. Wisconsin.", "cpc"),
    ],
)
def test_what_was_got_in_the_end_is_held(reader: Reader, text: str, held: str) -> None:
    assert told(reader, text).get("certifications") == [held]


def test_a_score_is_held_against_what_passes(reader: Reader) -> None:
    assert told(reader, "got a 60 on my cpc").get("not_certifications") == ["cpc"]
    assert told(reader, "got an 81 on my cpc!!!") == {}


@pytest.mark.parametrize(
    "text",
    [
        "im basically a him director",
        "i'm practically a nurse at this point",
        "i'm basically a nurse at home, 3 kids with asthma",
        "family medicine coder salary",
    ],
)
def test_who_is_only_like_it_is_not_it(reader: Reader, text: str) -> None:
    known = told(reader, text)
    assert "role" not in known
    assert "licences" not in known


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("self employed biller 14 yrs", "medical-biller"),
        ("freelance auditor 6 yrs", "coding-auditor"),
        ("home health coder, HCS-D, oasis, 5 yrs, Fresno.", "medical-coder"),
        ("outpatient surgery coder, 8 yrs", "outpatient-coder"),
        ("risk adj coder, remote, from Dallas, CRC + CPC, 6 yrs", "risk-adjustment-coder"),
        ("coding supervisor, 8 coders, rural hospital, CCS CPC.", "coding-manager"),
        ("im basically the biller here", "medical-biller"),
        ("now I supervise nine coders. CCS, 12 yrs inpatient.", "coding-manager"),
        ("i teach the coding program at a tech college in Georgia", "coding-educator"),
        ("I'm the lead of an outpatient coding team", "coding-team-lead"),
        ("Currently a revenue cycle manager (clinic, 40 staff).", "revenue-cycle-manager"),
        ("Coding manager, 18 FTEs, academic center in Iowa City. RHIA CCS.", "coding-manager"),
        ("HCC coder for 2 yrs, laid off thursday, CRC", None),
    ],
)
def test_a_list_of_pieces_tells_a_job(reader: Reader, text: str, role: str | None) -> None:
    assert told(reader, text).get("role") == role


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("been coding peds and family med since like 2017", {"coding": 9.0}),
        ("cancer registrar here ODS, been 11 yrs, Maine.", {"other": 11.0}),
        ("Respiratory therapist, RRT, 15 yrs, covid did me in", {"clinical": 15.0}),
        ("I'm a DO licensed in Michigan, practicing 12 years", {"clinical": 12.0}),
        ("I am staff nurse in Kuwait from 2018", {"clinical": 8.0}),
        ("Radiographer in Lagos, 5 years", {"clinical": 5.0}),
        ("11 years in LTC", {"clinical": 11.0}),
    ],
)
def test_more_ways_to_tell_a_time(reader: Reader, text: str, years: dict[str, float]) -> None:
    assert told(reader, text).get("years") == years


@pytest.mark.parametrize(
    ("text", "hours", "budget"),
    [
        ("goal: something remote. hours: 8/week", 8, None),
        ("hours per week: 10", 10, None),
        ("study time - 6", 6, None),
        ("got maybe 15 hrs a wk and 2k", 15, 2000),
        ("im in vegas, got 1200 n like 14 hrs a week", 14, 1200),
        ("LVN. Want CPC. $1k. 8 hr/wk.", 8, 1000),
        ("how long does it take, 10 hours a week", 10, None),
        ("what does it take, 5 hrs a week, under 1000", 5, 1000),
        ("work hours: 40", None, None),
        ("what does a coder make, 40 hours a week", None, None),
        ("suppose you got 10 hours a week and 2000 dollars", None, None),
        ("the school gives you a CPC voucher worth 399", None, None),
        ("i spend 3 hours a day in traffic for this job", None, None),
        ("I'd kill for 10 hours a week of free time", None, None),
        ("i've got my eye on CDEO in 2027", None, None),
    ],
)
def test_hours_and_money_in_lists(reader: Reader, text: str, hours: float | None, budget: float | None) -> None:
    known = told(reader, text)
    assert known.get("hours_per_week") == hours
    assert (known.get("budget") or {}).get("amount") == budget


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("hcc coder, CRC. CPMA next", "cpma"),
        ("thinking about it. CHC maybe.", "chc"),
        ("hospital wants COC. should i get it", "coc"),
        ("never sat for ccds. worth it?", "ccds"),
        ("ccs by next summer is the plan", "ccs"),
        ("how hard is the ccs exam", "ccs"),
        ("11 years as a teacher. coding sounds quiet", "medical-coder"),
        ("Want to run a team some day", "coding-manager"),
        ("can my manager sign A removal letter", "cpc"),
        ("if i was a nurse id do cdi tomorrow", None),
        ("if i had a bachelors i'd go straight for rhia", None),
        ("i wanted to be an auditor until i saw one cry", None),
        ("my friend says the cpc exam is easy, is it", None),
        ("ordered my cpc books on amazon", None),
        ("quit my ccs class halfway", None),
    ],
)
def test_a_goal_is_heard_where_it_is_the_writers(reader: Reader, text: str, goal: str | None) -> None:
    assert told(reader, text).get("goal") == goal


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("I am Ramesh from Coimbatore", {"country": "IN"}),
        ("24m from philly", {"country": "US"}),
        ("My position is coder at a university hospital", {"role": "medical-coder", "setting": "hospital"}),
        ("dentist from Syria, in Germany now", {"country": "DE"}),
        ('indeed says "CPC or CCS, 2 yrs, RN preferred, $34/hr, Texas residents"', {}),
        ("I live near a rural hospital", {}),
        ("RHIT student, graduate in dec", {}),
        ("almost finished my bachelors, 2 classes left", {}),
    ],
)
def test_places_and_schooling(reader: Reader, text: str, known: dict[str, Any]) -> None:
    assert told(reader, text) == known
