"""Plans on the screen, by press and by word."""

from __future__ import annotations

import pytest
from talk import Talk

from bot.advice.profile import Profile
from bot.conversation.advisor import Advisor
from bot.conversation.frames import OnRoad

CODER = Profile(country="US", role="medical-coder", certifications=("cpc",), years={"coding": 3}, goal="coding-auditor")


@pytest.fixture
def road(advisor: Advisor) -> Talk:
    talk = Talk(advisor, CODER)
    talk.say("/plan")
    return talk


def test_words_of_a_plan_mean_it_only_while_one_is_on_the_screen(road: Talk) -> None:
    assert road.session.top == OnRoad(route="fastest")
    road.say("costs")
    assert road.replies[0].topics == ("plan",)
    road.say("what is the ccs", "costs")
    assert road.session.frame(OnRoad) is None
    assert road.replies[0].topics != ("plan",)


def test_a_step_that_there_is_not_is_said_to_who_typed_it_and_refused_to_a_button(road: Talk) -> None:
    assert "99" not in road.say("step 99")
    assert road.replies[0].topics == ("plan",)
    assert "out of date" in road.press("1|road|step|fastest|99")


def test_what_if_changes_nothing_until_it_is_kept(road: Talk) -> None:
    road.say("what if i had 10 hours")
    assert road.session.profile == CODER
    road.tap(road.labels[0])
    assert road.session.profile.hours_per_week == 10


def test_without_a_goal_it_says_how_to_come_by_one(fresh: Talk) -> None:
    fresh.say("/plan")
    assert any(button.press == "1|ask|assessment|" for row in fresh.rows for button in row)


def test_what_is_small_makes_room_for_the_goal(advisor: Advisor) -> None:
    road = Talk(advisor, Profile(country="US", goal="medical-coder", hours_per_week=6))
    shown = road.say("/plan")
    assert "Start as Medical Coder" in shown
    assert "2–5. Smaller steps in between" in shown


def test_nothing_to_do_stands_twice(advisor: Advisor) -> None:
    talk = Talk(advisor, CODER.model_copy(update={"setting": "hospital"}))
    talk.press("1|near|start|coding-auditor")
    for _ in range(6):
        talk.say("never")
    talk.say("/plan")
    number, titles = 1, []
    while "This road has" not in (title := talk.say(f"step {number}").splitlines()[0]):
        titles.append(title.partition(". ")[2])
        number += 1
    assert titles
    assert len(titles) == len(set(titles))


def test_a_what_if_is_no_cry_for_help(advisor: Advisor) -> None:
    road = Talk(advisor, CODER)
    road.say("/plan")
    assert "988" not in road.say("what if i lived in india")
    assert "988" in road.say("what if i just died")


def test_no_number_is_missing_and_what_is_done_now_and_the_goal_stay(advisor: Advisor) -> None:
    for goal, role in (
        ("inpatient-coder", None),
        ("him-director", "medical-coder"),
        ("coding-auditor", "medical-biller"),
    ):
        talk = Talk(advisor, Profile(country="US", goal=goal, role=role))
        lines = [line for line in talk.say("/plan").splitlines() if line[:1].isdigit()]
        at = 1
        for line in lines:
            first, _, last = line.partition(".")[0].partition("–")
            assert int(first) == at, lines
            at = int(last or first) + 1
        assert advisor.base.name(goal) in lines[-1]


def test_a_road_and_the_plan_that_is_kept_of_it_number_alike(advisor: Advisor) -> None:
    talk = Talk(advisor, Profile(country="US", goal="medical-coder", hours_per_week=6))
    talk.say("/plan")
    road = [talk.say(f"step {number}").splitlines()[0] for number in range(1, 9)]
    talk.say("start this plan")
    kept = [talk.say(f"step {number}").splitlines()[0] for number in range(1, 9)]
    for one, other in zip(road, kept, strict=True):
        assert one.partition(". ")[2] in other


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("Make me a plan for medical coder", "medical-coder"),
        ("build me a plan to become a CDI specialist", "cdi-specialist"),
        ("put together a plan for coding auditor please", "coding-auditor"),
    ],
)
def test_a_plan_that_names_its_goal_is_made_at_once(fresh: Talk, text: str, goal: str) -> None:
    assert "Your road to" in fresh.say(text)
    assert fresh.session.profile.goal == goal


@pytest.mark.parametrize("text", ["I don't want a plan, make no plan", "what is a plan"])
def test_who_wants_no_plan_gets_none(fresh: Talk, text: str) -> None:
    assert "Your road to" not in fresh.say(text)


def test_hours_that_were_not_told_are_said_to_be_assumed(advisor: Advisor) -> None:
    profile = Profile(country="US", goal="medical-coder")
    assert "5 h a week (assumed)" in Talk(advisor, profile).say("/plan")
    assert "assumed" not in Talk(advisor, profile.model_copy(update={"hours_per_week": 5})).say("/plan")


@pytest.mark.parametrize(
    "words",
    [
        "make me a plan to be a medical coder, im in ohio, 5 hrs a week, ged, no certs, 600 dollars",
        "give me a plan, i have no experience and no degree, want to be a medical coder",
    ],
)
def test_a_plan_asked_for_with_a_story_is_made_though_the_story_denies_something(fresh: Talk, words: str) -> None:
    assert "Your road to Medical Coder" in fresh.say(words)


@pytest.mark.parametrize("words", ["no dont make me a plan", "no, do not make me a plan", "don't make me a plan now"])
def test_a_no_before_it_asks_for_no_plan(fresh: Talk, words: str) -> None:
    assert "Your road to" not in fresh.say(words)


@pytest.mark.parametrize("words", ["can u make it cheaper", "is there a cheaper way?", "make it cheaper please"])
def test_cheaper_is_the_cheapest_route(fresh: Talk, words: str) -> None:
    fresh.say("i want to be a medical coder", "make me a plan")
    assert "Your road to Medical Coder" in fresh.say(words)


@pytest.fixture
def wished(fresh: Talk) -> Talk:
    fresh.say("what does a coding auditor do", "make me a plan")
    return fresh


@pytest.mark.parametrize("word", ["yes", "ok", "that's it"])
def test_who_tells_more_of_themselves_before_they_agree_to_a_goal_is_asked_again_and_heard(
    wished: Talk, word: str
) -> None:
    wished.say("i am a CPC and a biller for 4 years")
    assert wished.labels[0] == "Coding Auditor"
    wished.say(word)
    assert wished.session.profile.goal == "coding-auditor"
    assert wished.session.profile.role == "medical-biller"
    assert isinstance(wished.session.top, OnRoad)


def test_another_goal_is_taken_and_no_goal_is_asked_for(wished: Talk) -> None:
    wished.say("no, biller")
    assert wished.session.profile.goal == "medical-biller"


def test_who_declines_the_goal_is_asked_what_a_plan_needs(wished: Talk) -> None:
    assert "1 of 8" in wished.say("no")


def test_an_offer_that_was_talked_over_is_not_agreed_to(wished: Talk) -> None:
    wished.say("how many questions has the cpc", "yes")
    assert wished.session.profile.goal is None
