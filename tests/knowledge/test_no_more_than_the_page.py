"""Answers say no more than the page they rest on: figures of the official file, and no yes or no from one example."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.understanding.statements import statements

PAY: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("oews_2025.yaml").read_text("utf-8"))
OFFICIAL = {row[key] for row in PAY for key in ("tenth", "median", "top_tenth") if row[key]}
SUM = re.compile(r"\b\d{2,3},\d{3}\b")
TODAY = date(2026, 11, 29)


def first_line(advisor: Advisor, question: str) -> str:
    _, replies = advisor.turn(Session(met=True), Incoming(kind="text", text=question), TODAY)
    return plain(replies[0].text).partition("\n")[0]


def test_pay_of_the_official_file_is_stated_as_it_stands_there(base: KnowledgeBase) -> None:
    stated = [
        (item.id, item.text) for item in statements(base) if getattr(item.record, "source", "") == "bls-oews-2025"
    ]
    strange = [
        (where, figure)
        for where, text in stated
        for figure in SUM.findall(text)
        if int(figure.replace(",", "")) not in OFFICIAL
    ]

    assert len(stated) > 70
    assert strange == []


@pytest.mark.parametrize(
    "question",
    [
        "does inpatient pay more than outpatient",
        "is cpc required for outpatient jobs",
        "is my diploma enough for employers",
        "is ed coding safe from ai",
        "do i need a degree for the chc",
        "is coding stressful",
        "does ahima have apprenticeships",
        "is moving from auditor to educator a demotion",
        "are employer tests hard",
        "is cdi a step up from coding",
        "are the layoffs because of ai",
        "am i the oldest one starting",
        "does a card protect me if i use medical marijuana",
        "do hospitals pay coders a bonus",
        "was there a bonus for coders in the past",
    ],
)
def test_what_one_page_tells_begins_with_no_plain_yes_or_no(advisor: Advisor, question: str) -> None:
    assert not re.match(r"(?:[^:.]*: )?(?:Yes|No)\b[.,]", first_line(advisor, question))


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("are coders going to lose their jobs to ai", "BLS"),
        ("can i sit the rhit with a coding certificate", "AHIMA's page"),
        ("is the ccs recognized in dubai", "I don't know"),
        ("what is the difference between an mha and a him master", "running organizations"),
        ("i failed two coding audits what happens next", "weak audit results"),
        ("how many er charts an hour is normal", "emergency"),
        ("how many questions can i miss on the cpc", "30 of the 100"),
        ("do certified coders earn more than uncertified ones", "60,097"),
        ("do coding trainees need a certification first", "BLS"),
        ("do i have to pay dues to both aapc and ahima", "AHIMA renews non-members"),
        ("how do i find out which codes were deleted this october", "addendum"),
        ("how long before i reapply to the same employer", "three to six months"),
        ("my coding instructor isn't a coder is that a problem", "teacher"),
        ("who pays for my code books every year the employer or me", "contractors supply"),
        ("what pays better, cdi specialist or medical coder", "ACDIS's survey of 2015"),
    ],
)
def test_the_first_line_says_what_was_asked_in_vain(advisor: Advisor, question: str, says: str) -> None:
    assert says in first_line(advisor, question)


def test_no_second_hand_line_leads_where_ahimas_own_page_tells_the_rule(advisor: Advisor) -> None:
    for question in ("can i sit the rhit with a coding certificate", "does a medical degree open the rhia"):
        assert "second-hand" not in first_line(advisor, question)
