from __future__ import annotations

from datetime import date

import pytest

from bot.advice.profile import Profile
from bot.conversation.frames import Assessing, ChoosingWorkplace, Confirming, OnRoad, Round, TryingTask
from bot.conversation.session import AssessmentState, Given, Session, Tastes, restore, restored
from bot.understanding.question import Context


def test_a_session_comes_back_as_it_was() -> None:
    session = Session(profile=Profile(country="IN", years={"other": 2.5}), context=Context(topics=("cost",)), misses=2)
    assert restore(session.model_dump(mode="json")) == session


def test_a_session_nobody_can_read_starts_afresh() -> None:
    assert restore({"version": 99, "unknown": True}) == Session()
    assert restore({}) == Session()


def test_a_profile_has_no_field_for_who_somebody_is() -> None:
    assert not {"gender", "sex", "age", "name", "employer"} & set(Profile.model_fields)


FIRST = {
    "version": 1,
    "profile": {"country": "US"},
    "context": {"topics": ["cost"], "entities": ["cpc"]},
    "choices": [],
    "assessment": {"at": "stand", "answers": {"country": {"choices": ["us"]}}, "picked": []},
    "asking": True,
    "misses": 1,
    "spelled": ["cpc"],
    "tastes": {
        "at": "sampling",
        "paused": False,
        "role": "coding-auditor",
        "queue": ["explaining"],
        "left": 0,
        "before": 0,
        "asked": ["second-check"],
        "picked": ["errors"],
        "page": 1,
        "interests": ["errors"],
        "deeds": {"second-check": "alone"},
        "disliked": ["medical-coder"],
        "task": "deciding-line",
        "near": "coding-auditor",
    },
    "road": "cheapest",
    "progress": None,
    "erasing": "2026-11-23",
}


def test_a_session_of_the_first_version_goes_on_where_it_was() -> None:
    session = restore(FIRST)
    assert session.stack == (
        TryingTask(task="deciding-line"),
        ChoosingWorkplace(role="coding-auditor"),
        OnRoad(route="cheapest"),
        Confirming(day=date(2026, 11, 23)),
        Round(
            kind="readiness",
            at="sampling",
            role="coding-auditor",
            queue=("explaining",),
            asked=("second-check",),
            picked=("errors",),
            page=1,
        ),
        Assessing(),
    )
    assert session.tastes == Tastes(interests=("errors",), deeds={"second-check": "alone"}, disliked=("medical-coder",))
    assert session.assessment == AssessmentState(at="stand", answers={"country": Given(choices=("us",))})
    assert (session.profile.country, session.misses, session.spelled) == ("US", 1, ("cpc",))
    assert restore(session.model_dump(mode="json")) == session


@pytest.mark.parametrize("changed", [{"tastes": 3}, {"tastes": None}, {"version": "1"}, {"road": 7}, {"asking": "?"}])
def test_whatever_was_stored_something_comes_back(changed: dict[str, object]) -> None:
    assert isinstance(restore({**FIRST, **changed}), Session)


@pytest.mark.parametrize(
    ("field", "value", "left_out"),
    [
        ("stack", [{"kind": "of a later version"}], ("stack",)),
        ("tastes", {"interests": ["errors"], "deeds": 7}, ("tastes.deeds",)),
        ("assessment", {"at": 3, "answers": []}, ("assessment.answers", "assessment.at")),
        ("misses", "many", ("misses",)),
        ("profile", 7, ("profile",)),
        ("profile", {"country": "IN", "years": {"other": "long"}}, ("profile.years",)),
    ],
)
def test_what_does_not_fit_is_left_out_and_the_rest_stays(field: str, value: object, left_out: tuple[str, ...]) -> None:
    """After going back to an earlier version, say."""
    session = Session(profile=Profile(country="IN"), spelled=("cpc",), misses=2, met=True)
    stored = {**session.model_dump(mode="json"), field: value}
    found, told = restored(stored)
    assert told == left_out
    assert found.spelled == ("cpc",)
    assert found.profile.country == (None if left_out == ("profile",) else "IN")
    assert found.misses == (0 if field == "misses" else 2)


def test_an_empty_first_session_has_nothing_on_its_stack() -> None:
    assert restore({"version": 1, "asking": False, "tastes": {}}) == Session(met=True)


@pytest.mark.parametrize(
    "given", [Given(choices=("us",)), Given(number=0.0), Given(ids=("cpc",)), Given(years={"coding": 1.0})]
)
def test_an_answer_of_any_kind_says_something(given: Given) -> None:
    assert not given.empty
    assert Given(currency="USD").empty
