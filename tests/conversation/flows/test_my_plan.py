"""A kept plan in the talk: every press and every word, what is forged, and what fits on a phone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from talk import TODAY, Talk

from bot.advice.profile import Profile
from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.flows.my_plan.commands import PlanCommand, PlanCommands
from bot.conversation.frames import Assessing
from bot.knowledge.load import load
from bot.understanding.parsing.speech import Speech

PASTRY = Path(__file__).parents[2] / "fields" / "pastry"
CODER = Profile(country="US", role="medical-coder", certifications=("cpc",), years={"coding": 3}, goal="coding-auditor")
APPRENTICE = Profile(
    role="medical-coder", certifications=("cpc-a", "coc-a"), years={"coding": 0.5}, goal="him-director"
)
NEWCOMER = Profile(goal="compliance-officer")
MAX_CHARACTERS, MAX_LINES, MAX_CHOICES, MAX_AWAY = 600, 10, 6, 3


@pytest.fixture
def talk(advisor: Advisor) -> Talk:
    talk = Talk(advisor, CODER)
    talk.say("start this plan")
    return talk


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("my plan", PlanCommand("plan")),
        ("Where am I?", PlanCommand("plan")),
        ("done 2", PlanCommand("done", number=2)),
        ("I finished step 2", PlanCommand("done", number=2)),
        ("step 1 is done", PlanCommand("done", number=1)),
        ("done", PlanCommand("which")),
        ("I passed the exam", PlanCommand("passed", "cpma")),
        ("passed my cpma!", PlanCommand("passed", "cpma")),
        ("i passed ccs", PlanCommand("passed", "ccs")),
        ("i got the job", PlanCommand("moved", "coding-auditor")),
        ("i started as coding educator", PlanCommand("moved", "coding-educator")),
        ("skip 3", PlanCommand("skip", number=3)),
        ("skip the study", PlanCommand("skip", "study-cpma")),
        ("start step 2", PlanCommand("begin", number=2)),
        ("start on 1 december", PlanCommand("day", day=date(2026, 12, 1))),
        ("start next monday", PlanCommand("day", day=date(2026, 11, 30))),
        ("my exam is on 15 january", PlanCommand("exam", "cpma", day=date(2027, 1, 15))),
        ("my exam is on 03/04", PlanCommand("exam", "cpma", day="ambiguous")),
        ("10 hours a week now", PlanCommand("hours", number=10)),
        ("i can only do 3 hours", PlanCommand("hours", number=3)),
        ("i have 5 years of experience", None),
        ("switch to the cheapest", PlanCommand("route", "cheapest")),
        ("i am 3 weeks behind", PlanCommand("late", number=3)),
        ("i fell behind", PlanCommand("late")),
        ("i did 4 ceus", PlanCommand("units", number=4, day=TODAY)),
        ("add 2 ceus for cpc on auditing", PlanCommand("units", "cpc", number=2, day=TODAY, subject="auditing")),
        ("cpc since march 2025", PlanCommand("since", "cpc", day=date(2025, 3, 1))),
        ("all steps", PlanCommand("steps")),
        ("export", PlanCommand("export")),
        ("share", PlanCommand("share")),
        ("what do i need to be an auditor", None),
        ("i passed the exam, what now?", None),
        ("how many ceus do i need", None),
        ("i have a nursing degree", None),
        ("start", None),
        ("", None),
    ],
)
def test_words_are_read_only_where_they_are_meant(talk: Talk, text: str, said: PlanCommand | None) -> None:
    base = talk.advisor.base
    listener = PlanCommands(base, Speech(base.language))
    assert listener.said(talk.progress, talk.progress.open, text, TODAY) == said


def test_a_finished_exam_changes_profile_plan_and_history(talk: Talk) -> None:
    text = talk.say("i passed the exam")

    assert talk.session.profile.certifications == ("cpc", "cpma")
    assert not {"study-cpma", "exam-cpma"} & {step.id for step in talk.progress.open}
    assert talk.progress.open[-1].id == "move-coding-auditor"
    assert "Done 2 ·" in text
    talk.say("undo")
    assert talk.session.profile.certifications == ("cpc",)


def test_every_button_of_a_plan_has_a_typed_form(talk: Talk) -> None:
    """Each pair leads to the same bubble."""
    for label, typed in {
        "All steps": "all steps",
        "Timeline": "timeline",
        "Change": "change my plan",
        "Share & export": "export",
        "Counters": "counters",
    }.items():
        talk.say("my plan")
        assert talk.tap(label) == talk.say(typed), label


def test_a_repeated_press_counts_once(talk: Talk) -> None:
    talk.say("my plan")
    done = next(button.press for row in talk.replies[0].buttons for button in row if button.label == "Step 1 done")
    talk.press(done)
    before = talk.session
    text = talk.press(done)

    assert "out of date" in text
    assert talk.session == before


def test_an_older_road_starts_its_own_goal(advisor: Advisor) -> None:
    talk = Talk(advisor, CODER)
    talk.say("/plan")
    road = next(button.press for row in talk.replies[0].buttons for button in row if button.label == "Start this plan")
    talk.press("1|road|goal|coding-educator")
    talk.tap("Start this plan")
    assert talk.progress.goal == "coding-educator"
    talk.press(road)
    assert talk.progress.goal == "coding-auditor"
    assert [entry.deed for entry in talk.progress.journal] == ["begun", "begun"]


def test_an_undo_takes_back_only_what_it_was_made_for(talk: Talk) -> None:
    talk.say("done 1")
    undo = next(button.press for row in talk.replies[0].buttons for button in row if button.label == "Undo")
    talk.say("i am 2 weeks behind")
    before = talk.session

    assert "out of date" in talk.press(undo)
    assert talk.session == before


FORGED = [
    "1|keep",
    "1|keep|done",
    "1|keep|done|no-such-step",
    "1|keep|undo|0",
    "1|keep|undo|99",
    "1|keep|undo|x",
    "1|keep|start|dearest|coding-auditor",
    "1|keep|start|fastest|no-such-goal",
    "1|keep|start|fastest",
    "1|keep|route|fastest",
    "1|keep|route|no",
    "1|keep|hours|7",
    "1|keep|hours|99999999",
    "1|keep|day|3",
    "1|keep|day|-1",
    "1|keep|late|52|1",
    "1|keep|unit|cpma|1",
    "1|keep|proof|1|1",
    "1|keep|steps|0",
    "1|keep|steps|99",
    "1|keep|ask|salary",
    "1|keep|accept",
    "1|keep|plan|now",
]


@pytest.mark.parametrize("data", FORGED)
@pytest.mark.parametrize("started", [True, False])
def test_a_forged_press_changes_nothing(advisor: Advisor, data: str, started: bool) -> None:
    talk = Talk(advisor, CODER)
    if started:
        talk.say("start this plan")
    before = talk.session

    assert "out of date" in talk.press(data)
    assert talk.session == before


@settings(deadline=None, max_examples=100)
@given(parts=st.lists(st.sampled_from(["done", "undo", "1", "day", "late", "now", "study-cpma", "unit", "cpc", ""])))
def test_no_press_breaks_a_plan(advisor: Advisor, parts: list[str]) -> None:
    talk = Talk(advisor, CODER)
    talk.say("start this plan")
    assert talk.press("|".join(("1", "keep", *parts)))
    assert talk.progress.journal[0].deed == "begun"


def test_an_exam_day_gone_by_is_asked_about(talk: Talk) -> None:
    talk.say("my exam is on 15 january")
    talk.today = date(2027, 1, 14)
    assert "Your exam is next: CPMA, 15 Jan 2027." in talk.say("my plan")
    talk.today = date(2027, 1, 20)
    assert "Your exam day has passed." in talk.say("my plan")
    assert "You hold now: CPMA" in talk.say("i passed")


def test_answers_given_again_keep_a_credential_earned_meanwhile(talk: Talk) -> None:
    talk.say("i passed the exam", "/assess", "united states", "medical coder", "coding auditor", "cpc", "3 years")
    talk.say("high school", "5 hours a week", "skip")

    assert talk.session.frame(Assessing) is None
    assert "cpma" in talk.session.profile.certifications


def test_new_knowledge_is_shown_and_waits_for_a_yes(advisor: Advisor) -> None:
    talk = Talk(advisor, CODER)
    talk.say("start this plan")
    base = advisor.base
    record = base.certifications["cpma"]
    planning = record.planning.model_copy(update={"study_hours": base.certifications["cca"].planning.study_hours})
    changed = record.model_copy(update={"planning": planning})
    talk.advisor = Advisor(replace(base, certifications={**base.certifications, "cpma": changed}, digest="changed"))
    weeks = talk.progress.open[0].weeks

    text = talk.say("/plan")
    assert re.search(r"Was: Study for the CPMA.*\n?Now: Study for the CPMA", text)
    assert talk.progress.open[0].weeks == weeks
    talk.tap("Accept")
    assert talk.progress.open[0].weeks != weeks
    assert "Your plan: Coding Auditor" in talk.say("/plan")


@pytest.mark.parametrize("profile", [CODER, APPRENTICE, NEWCOMER])
def test_every_bubble_fits_on_a_phone(advisor: Advisor, profile: Profile) -> None:
    talk = Talk(advisor, profile)
    said = ["start this plan", "my exam is on 15 january", "all steps", "i fell behind", "change", "export", "counters"]
    said += [
        "timeline",
        "share",
        "skip 1",
        "done 1",
        "i passed ccs",
        "i am 3 weeks behind",
        "delete my data",
        "/privacy",
    ]
    for text in said:
        talk.say(text)
        for reply in talk.replies:
            shown = plain(reply.text).splitlines()
            lines = [line for line in shown if not line.startswith("Source:")]
            size = 1024 if reply.picture is not None else MAX_CHARACTERS  # a caption's limit
            assert len("\n".join(lines)) <= size, (text, reply.text)
            assert len(lines) <= MAX_LINES or reply.picture is not None, (text, reply.text)
            buttons = [button for row in reply.buttons for button in row]
            if reply.buttons and not any(button.press.startswith("1|data|") for button in buttons):
                assert sum(map(len, reply.buttons[:-1])) <= MAX_CHOICES
                assert len(reply.buttons[-1]) <= MAX_AWAY
            assert [button.label for button in buttons if len(button.label) > 20] == []
            assert all(0 < len(button.press.encode()) <= 64 for button in buttons)


def test_another_field_keeps_plans_too() -> None:
    base = load(PASTRY)
    talk = Talk(Advisor(base), Profile(goal="pastry-chef"), TODAY)
    assert "Done 0" in talk.say("start this plan")
    while talk.progress.open and not any(step.kind == "upkeep" for step in talk.progress.open):
        before = len(talk.progress.done)
        talk.say("done 1")
        assert len(talk.progress.done) > before
    assert talk.session.profile.role == "pastry-chef"
    for text in ("counters", "timeline", "share", "export", "calendar"):
        talk.say(text)
        assert not re.search(r"[{}]", talk.replies[0].text)


def test_a_field_without_words_for_events_asks_for_another_day() -> None:
    talk = Talk(Advisor(load(PASTRY)), Profile(goal="pastry-chef"), TODAY)
    talk.say("start this plan")
    assert "today or a later day" in talk.say("my exam is on 12 april 2025")
    assert talk.progress.exams == {}
