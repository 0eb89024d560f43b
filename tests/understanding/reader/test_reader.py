"""What people tell of themselves is heard; what they deny, wish, ask or say of others is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.load import load
from bot.understanding.reader.reader import MOST_NAMES, Reader
from tests.understanding.reader.talk import TODAY, told

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "I'm a CPC with 3 years in cardiology, want to get into auditing",
            {"certifications": ["cpc"], "years": {"coding": 3}, "goal": "coding-auditor", "role": "medical-coder"},
        ),
        (
            "living in Pune, 50000 rupees and 8 hrs a week",
            {"country": "IN", "hours_per_week": 8, "budget": {"amount": 50000, "currency": "INR"}},
        ),
        ("it pays 900 dollars for 8 hrs a week", {}),
        (
            "I code for a clinic in Tampa. CPC, CRC.",
            {"role": "medical-coder", "certifications": ["cpc", "crc"], "country": "US", "setting": "office"},
        ),
        ("CPC, 5 years: salary?", {}),
        ("they revoked my CPC", {"not_certifications": ["cpc"]}),
        ("RN 15 yrs", {"licences": ["rn"], "years": {"clinical": 15}}),
        ("9 yrs icu rn", {"licences": ["rn"], "years": {"clinical": 9}}),
        ("been billing since 2019", {"role": "medical-biller", "years": {"billing": 7}}),
        ("studying for cpc, have my cca", {"certifications": ["cca"], "not_certifications": ["cpc"], "goal": "cpc"}),
        ("i passed my cpc friday", {"certifications": ["cpc"]}),
        ("i have a bachelor's in biology", {"education": ["bachelor"]}),
        ("i have 50000 rupees saved", {"budget": {"amount": 50000, "currency": "INR"}, "country": "IN"}),
        ("6 hours a week", {"hours_per_week": 6}),
        ("moved from india to texas", {"country": "US"}),
        ("two and a half years of billing", {"years": {"billing": 2.5}}),
        ("I hold CPC, CRC and CPMA", {"certifications": ["cpc", "crc", "cpma"]}),
        ("does my CCS count", {"certifications": ["ccs"]}),
        ("I had to retake the CPC but I passed", {"certifications": ["cpc"]}),
        ("I've held my CCS-P since 2017", {"certifications": ["ccs-p"]}),
        ("My CCS lapsed but my RHIT is current", {"certifications": ["rhit"], "not_certifications": ["ccs"]}),
        ("my husband is a nurse and i am a coder", {"role": "medical-coder"}),
    ],
)
def test_what_is_told(reader: Reader, text: str, expected: dict[str, Any]) -> None:
    assert told(reader, text) == expected


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("i dont have a cpc yet", ["cpc"]),
        ("i failed the cpc last month", ["cpc"]),
        ("i did not pass the cpc", ["cpc"]),
        ("my cpc expired in 2020", ["cpc"]),
        ("I let my RHIA go in 2019 when I had cancer", ["rhia"]),
        ("used to have a CPC", ["cpc"]),
        ("i had a cpc in 2012", ["cpc"]),
        ("passed CPC in 2014, had 3 babies, everything expired", ["cpc"]),
        ("still waiting on my CCS results", ["ccs"]),
        ("I wish I had a CCS", ["ccs"]),
        ("Didn't renew my CPB", ["cpb"]),
    ],
)
def test_what_is_not_held(reader: Reader, text: str, gone: list[str]) -> None:
    heard = told(reader, text)

    assert (heard.get("certifications"), heard["not_certifications"]) == (None, gone)


@pytest.mark.parametrize(
    "text",
    [
        "my friend has a CPC",
        "my manager has a RHIA and won't shut up about it",
        "i have a friend with a cpc",
        "the ad wants CCS",
        "wanted: CPC, 2 years ortho",
        "CPC required, CPMA preferred",
        "if i had a cpc",
        "lets say i have a ccs",
        "do i need a cpc",
        "should i get the cca or the cpc",
        "the school says I will be a CPC in 4 months",
        "he said i should say i am a CPC",
        "i have a cpc exam friday",
        "i bought the CPC book",
        "i work with a cpc",
        "my goal is the RHIA",
        "CPC",
        "asking for my wife, she has a CPC and 4 years",
        "write a resume for a coder with 3 years and a CPC",
    ],
)
def test_nobody_is_given_a_credential_they_did_not_say_they_hold(reader: Reader, text: str) -> None:
    heard = told(reader, text)

    assert not heard.keys() & {"certifications", "licences", "role", "years"}


@pytest.mark.parametrize(
    "text",
    [
        "not a nurse, im a CNA",
        "my rn license lapsed",
        "i'm studying to be a nurse",
        "I was an RN until 2009",
        "my wife is an RN with 9 years",
        "not a manager, i hate managing",
        "used to be a coder",
        "aspiring medical coder",
        "i am like a coder but for taxes",
        "i'm 27, 3 kids, 18 an hour, 12 hour shifts",
        "the program is 2 years and they charge 2500",
        "i scored 81 percent on 300 charts",
        "almost done with my associates",
        "i work 40 hours a week at target",
    ],
)
def test_what_is_denied_left_or_of_another_kind_is_not_told(reader: Reader, text: str) -> None:
    kept = {"role", "licences", "years", "education", "hours_per_week", "budget"}

    assert not told(reader, text).keys() & kept


def test_a_later_word_wins(reader: Reader) -> None:
    assert told(reader, "i have a cpc", "actually i failed the cpc") == {"not_certifications": ["cpc"]}
    assert told(reader, "i live in texas", "sorry, i meant i live in india")["country"] == "IN"


def test_years_without_a_kind_are_of_what_the_person_is(reader: Reader) -> None:
    assert told(reader, "im an rn", "9 years")["years"] == {"clinical": 9}
    assert "years" not in told(reader, "9 years")


def test_a_clause_says_who_is_spoken_of_and_what_it_does(reader: Reader) -> None:
    heard = reader.read("hi, my sister is a coder. i hate my job, what can i do", TODAY)

    assert [(clause.acts[0], clause.subject) for clause in heard.clauses] == [
        ("greets", "self"),
        ("tells", "other"),
        ("feels", "self"),
        ("asks", "self"),
    ]


def test_amounts_keep_their_unit(reader: Reader) -> None:
    found = [(item.value, item.kind, item.currency) for item in reader.read("6 hours or ₹5,000 or 7", TODAY).amounts]

    assert found == [(6, "hours", None), (5000, "money", "INR"), (7, "number", None)]


@pytest.mark.parametrize(
    "text",
    [
        "i am {} years old",
        "{} hours a week",
        "my budget is ${}",
        "i have {} years of coding",
        "my exam is on 15 january {}",
        "{}",
        "-{} %",
    ],
)
def test_a_number_of_any_length_is_read(reader: Reader, text: str) -> None:
    reader.read(text.format("9" * 400), TODAY)
    reader.read(text.format("9" * 20 + ",000.5"), TODAY)


def test_who_names_hundreds_of_things_is_not_waited_for(reader: Reader) -> None:
    """Each named thing is looked at beside every other, so of those who name very many the first count."""
    assert len(reader._message("cpc " * 400).names) == MOST_NAMES


def test_another_field_is_heard_without_code() -> None:
    pastry = Reader(load(ROOT / "tests" / "fields" / "pastry"))

    assert told(pastry, "im a pastry cook in lyon, 3 years, i have my ksc, no cpk") == {
        "role": "pastry-cook",
        "certifications": ["ksc"],
        "not_certifications": ["cpk"],
        "years": {"baking": 3},
        "country": "FR",
    }


@pytest.mark.parametrize("text", ["", "?", "😀", "a" * 5000, "cpc " * 2000, "'/'/'-.-$$ 1,,2 w/ / w/o"])
def test_any_text_is_read(reader: Reader, text: str) -> None:
    reader.read(text, TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the label on a new credential, there and gone
        ("my boss wont sign the letter to remove my A", {"certifications": ["cpc-a"]}),
        ("got my A removed last week", {"certifications": ["cpc"]}),
        ("what does the A mean after CPC", {}),
        ("my friend still has the A", {}),
        ("once im a cpc can i drop the A right away", {}),
        # years of several kinds
        ("9 yrs: 5 coding 4 auditing", {"years": {"coding": 5, "auditing": 4}}),
        ("3 as biller then 2 in coding", {"years": {"billing": 3, "coding": 2}}),
        ("the ad wants 5 coding 4 auditing", {}),
        ("my kid is 3 and the other 5", {}),
        # hours by the days of the week
        ("an hour after the kids sleep every night to study", {"hours_per_week": 7}),
        ("weekends only, 3 hrs each day", {"hours_per_week": 6}),
        ("i have like 45 minutes on my lunch break 4 days a week for studying", {"hours_per_week": 3}),
        ("the class meets 3 hours every saturday", {}),
        ("do i have to study 20 hours a week", {}),
        # money
        ("can't go over 3000 dollars", {"budget": {"amount": 3000, "currency": "USD"}}),
        ("i cant afford 2000 dollars", {}),
        (
            "i can study 9 hours a week and i have 1400 dollars",
            {"hours_per_week": 9, "budget": {"amount": 1400, "currency": "USD"}},
        ),
        ("i have 1400 dollars in debt", {}),
        ("my sister has 1400 dollars", {}),
        ("i have a 1400 dollar bill", {}),
        # hours beside work that is not done, or is
        ("no job at the moment, 14 hours a week", {"hours_per_week": 14}),
        ("i drive a truck, 14 hours a week", {}),
        # years by where they were
        ("five years in medical records", {"years": {"other": 5}}),
        # where somebody is, by signs
        ("got my green card last year", {"country": "US"}),
        ("the job is in dallas", {}),
        # a licence that does not travel
        ("nurse from india, passed the nclex, in dallas", {"licences": ["rn"], "country": "US"}),
        ("i was a nurse in kerala, here in texas i have no license", {"country": "US"}),
        # jobs by what only people in them say
        ("they keep raising my quota, im at 14 charts an hour", {"role": "medical-coder"}),
        ("my wife's accuracy dropped and her lead is mad", {}),
        # credentials in other words
        ("my ccs isnt expired, just checking", {"certifications": ["ccs"]}),
        ("how many ceus for cpc + crc + cpma", {"certifications": ["cpc", "crc", "cpma"]}),
        ("i read that 70% pass the CPC", {}),
        # goals
        ("taking the CCS next spring", {"not_certifications": ["ccs"], "goal": "ccs"}),
        ("I would never be a manager", {}),
    ],
)
def test_what_is_told_in_other_words(reader: Reader, text: str, expected: dict[str, Any]) -> None:
    assert told(reader, text) == expected
