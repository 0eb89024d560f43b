"""What is behind somebody, and what they lack: each way of saying so with twins that do not say it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.reader.merge import Known, merged
from bot.understanding.reader.reader import Reader
from tests.understanding.reader.talk import TODAY, told


def _known(reader: Reader, text: str) -> Known:
    return merged(Known(), reader.read(text, TODAY))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("former coder", "medical-coder"),
        ("former biller, 6 years at a podiatry office", "medical-biller"),
        ("ex-coder here, left in 2015", "medical-coder"),
        ("ex medical biller turned realtor turned mom. can i come back?", "medical-biller"),
        ("laid off coder here. CPC, CRC.", "medical-coder"),
        ("retired inpatient coder, bored", "inpatient-coder"),
        ("i quit coding in 2021", "medical-coder"),
        ("i left billing because of the phones", "medical-biller"),
        ("stopped coding when the twins came", "medical-coder"),
        ("i used to code", "medical-coder"),
        ("used to code for a cardiology group", "medical-coder"),
        ("trabajaba de codificadora en un hospital", "medical-coder"),
        ("my former coder was terrible", None),
        ("a former coder told me it's boring", None),
        ("my boss is an ex coder", None),
        ("do former coders get hired back", None),
        ("should i quit coding?", None),
        ("i want to quit coding", None),
        ("never quit coding", None),
        ("i almost quit billing", None),
        ("my wife quit coding", None),
        ("quit coding school last year", None),
        ("used to dream of being a coder", None),
        ("i used to code in java", None),
    ],
)
def test_a_job_that_is_over_is_left(reader: Reader, text: str, left: str | None) -> None:
    known = _known(reader, text)
    assert (known.role, known.role_left) == (None, left)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("i dont have money for a course right now", True),
        ("i do not have any money for this", True),
        ("my budget is zero", True),
        ("can't spend anything on this", True),
        ("theres no money for school in this house", True),
        ("no tengo dinero para el curso", True),
        ("it's not that i don't have money", False),
        ("my cousin doesn't have money for it", False),
        ("i have two kids and no savings", False),
    ],
)
def test_no_money_is_a_small_budget(reader: Reader, text: str, short: bool) -> None:
    assert ("small budget" in told(reader, text).get("constraints", ())) is short


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("i need it at home, 3 year old at home and a bad hip", {"children at home", "health"}),
        ("dont want to talk to people any more", {"little contact with people"}),
        ("coder, been out since 2019 when i had twins", set()),
        ("The recruiter wants 3 years inpatient and a CCS, no phones, remote.", set()),
        ("The ad wants 3 years, but I need part time", {"part time"}),
        ("i can't stand all day", {"health"}),
        ("the job posting says CPC required and 3 years experience, remote", set()),
        ("i code lupus charts", set()),
        ("my grandma has arthritis", set()),
    ],
)
def test_limits_are_those_of_the_writer(reader: Reader, text: str, limits: set[str]) -> None:
    assert set(told(reader, text).get("constraints", ())) == limits


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("exam is booked: CPC, Feb 3rd 2027", date(2027, 2, 3)),
        ("CPC, exam on june 3 2027", date(2027, 6, 3)),
        ("this CPC scares me, it is on april 10", date(2027, 4, 10)),
        ("my exam was moved to may 4", date(2027, 5, 4)),
        ("i passed my exam on may 4", None),
        ("my exam was on june 3", None),
        ("my exam is on may 4 2024", None),
        ("my sister's exam is on march 3", None),
    ],
)
def test_the_day_of_an_exam_is_one_to_come(reader: Reader, text: str, day: date | None) -> None:
    assert _known(reader, text).exams == ((day.isoformat(),) if day else ())


@pytest.mark.parametrize(
    ("text", "held", "not_held"),
    [
        ("tengo el CPC", ["cpc"], []),
        ("no tengo el CPC", [], ["cpc"]),
        ("aprobé el CPC en mayo", ["cpc"], []),
        ("reprobé el CPC en mayo", [], ["cpc"]),
        ("mi prima tiene el CPC", [], []),
        ("si tengo el CPC me pagan mas?", [], []),
        ("should i tell them my CPC expired?", [], ["cpc"]),
        ("is my CPC expired", [], []),
        ("I got my CPC in 2018, let it lapse, got it again 2023", ["cpc"], []),
        ("let my CPC lapse, want it again", [], ["cpc"]),
        ("neither cpc nor ccs, only a cbcs from school", ["cbcs"], ["cpc", "ccs"]),
        ("no CPC, no CCS, not even a CBCS", [], ["cpc", "ccs", "cbcs"]),
        ("I let the CCS-P go, kept the CPC", ["cpc"], ["ccs-p"]),
        ("inpatient coder (CCS, since lapsed), Iowa", [], ["ccs"]),
        ("CCS, now expired, 8 years inpatient", [], ["ccs"]),
        ("RHIT, no longer active, 9 years coding", [], ["rhit"]),
        ("RHIT, still active, 9 years coding", ["rhit"], []),
        ("RHIT exam scheduled for december 12", [], ["rhit"]),
        ("when is the RHIT exam scheduled?", [], []),
    ],
)
def test_how_a_credential_stands_in_further_wordings(
    reader: Reader, text: str, held: list[str], not_held: list[str]
) -> None:
    found = told(reader, text)
    assert (found.get("certifications", []), found.get("not_certifications", [])) == (held, not_held)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("outpatient coder, clinic in Reno since 2018", {"coding": 8}),
        ("biller, for a dermatologist since 2020", {"billing": 6}),
        ("coder, in Ohio since 2018", {}),
        ("Navy corpsman. 8 years.", {"clinical": 8}),
        ("worked at a billing company for six years as a coder", {"coding": 6}),
        ("5 years of OB coding", {"coding": 5}),
        ("5 years of surgery nursing", {"clinical": 5}),
        ("Used to be a phlebotomist. 9 years.", {"clinical": 9}),
        ("I want to be a coder. 2 years.", {}),
        ("My daughter is a coder. 5 years.", {}),
    ],
)
def test_a_time_in_a_piece_of_its_own_is_of_the_job_before(reader: Reader, text: str, years: dict[str, float]) -> None:
    assert told(reader, text).get("years", {}) == years


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("I've saved like 3k from my tips", 3000),
        ("i got 2k from my grandma", 2000),
        ("i have 2k in debt", None),
        ("i have 4k followers from tiktok", None),
    ],
)
def test_money_that_came_from_somebody_is_there(reader: Reader, text: str, money: float | None) -> None:
    assert told(reader, text).get("budget", {}).get("amount") == money


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("i was promoted to coding manager", ("coding-manager", None)),
        ("was promoted to coding lead in june", ("coding-team-lead", None)),
        ("i was promoted to lead", ("coding-team-lead", None)),
        ("i was a coding manager", (None, "coding-manager")),
        ("i was not promoted to coding manager", (None, None)),
        ("my boss was promoted to coding manager", (None, None)),
    ],
)
def test_who_was_promoted_is_what_they_were_made(
    reader: Reader, text: str, roles: tuple[str | None, str | None]
) -> None:
    known = _known(reader, text)
    assert (known.role, known.role_left) == roles
