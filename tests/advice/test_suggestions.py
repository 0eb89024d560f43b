from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice.profile import Profile
from bot.advice.suggestions import (
    MAX_CHECKS,
    MAX_SUGGESTIONS,
    MIN_CHECKS,
    Done,
    Preferences,
    checks,
    next_deed,
    points,
    suggest,
)
from bot.advice.tradeoffs import MAX_SIDES, sides
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import LABELS

CODER = Profile(country="US", role="medical-coder", years={"coding": 3}, certifications=("cpc",))
LEVELS: tuple[Done, ...] = ("never", "help", "alone", "teach", "skip")


@pytest.fixture(scope="module")
def likes(base: KnowledgeBase) -> list[str]:
    return [item.id for item in base.choosing.interests]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_suggestions_are_the_same_for_the_same_answers_and_no_more_than_three(
    base: KnowledgeBase, likes: list[str], data: st.DataObject
) -> None:
    deeds = data.draw(st.dictionaries(st.sampled_from([d.id for d in base.choosing.deeds]), st.sampled_from(LEVELS)))
    picked = data.draw(st.lists(st.sampled_from(likes), unique=True))
    found = suggest(base, CODER, Preferences(tuple(picked), deeds))

    assert found == suggest(base, CODER, Preferences(tuple(picked), dict(deeds)))
    assert len(found.items) <= MAX_SUGGESTIONS
    assert CODER.role not in [item.role for item in found.items]


def test_the_answer_that_would_change_the_first_really_changes_it(base: KnowledgeBase) -> None:
    told = Preferences(("explaining",), {"clinical-notes": "alone"})
    newcomer = Profile(country="US", education=("high-school",))
    found = suggest(base, newcomer, told)
    assert found.flip is not None
    other = {
        "deed": replace(told, deeds={**told.deeds, found.flip.id: "alone"}),
        "without": replace(told, interests=tuple(item for item in told.interests if item != found.flip.id)),
        "with": replace(told, interests=(*told.interests, found.flip.id)),
    }[found.flip.kind]

    assert suggest(base, newcomer, other).items[0].role == found.flip.role != found.items[0].role


def test_more_done_never_speaks_less_for_a_role(base: KnowledgeBase) -> None:
    for deed in base.choosing.deeds:
        rising = [points(base, Preferences((), {deed.id: level})) for level in ("never", "help", "alone", "teach")]
        for role in deed.roles:
            scores = [score[role] for score in rising]
            assert scores == sorted(scores)
            assert scores[0] < scores[-1]


def test_what_leads_out_of_the_field_is_suggested_as_such(base: KnowledgeBase) -> None:
    away = Preferences(("patients", "moving"))

    assert suggest(base, CODER, away).items[0].role is None
    assert suggest(base, CODER, Preferences(("patients", "errors"))).items[-1].role is None
    assert None not in [item.role for item in suggest(base, CODER, Preferences(("errors", "order"))).items]


def test_a_newcomer_is_not_asked_for_deeds_of_a_job(base: KnowledgeBase) -> None:
    told = Preferences(("errors",))
    while (deed := next_deed(base, Profile(country="US"), told)) is not None:
        assert not deed.experience
        told = replace(told, deeds={**told.deeds, deed.id: "never"})
    assert next_deed(base, CODER, told) is not None


def test_checks_are_few_and_fit_the_workplace(base: KnowledgeBase) -> None:
    office = {deed.id for deed in checks(base, "coding-auditor", "office")}
    hospital = {deed.id for deed in checks(base, "coding-auditor", "hospital")}

    assert "visit-levels" in office - hospital
    assert "payment-groups" in hospital - office
    for role in base.roles:
        assert len(checks(base, role, None)) in (0, *range(MIN_CHECKS, MAX_CHECKS + 1))


def test_sides_keep_the_labels_apart_and_know_the_road(base: KnowledgeBase) -> None:
    found = sides(base, CODER, ["coding-auditor", "cpma", "nobody", "medical-coder", "coding-auditor"])

    assert [side.goal for side in found] == ["coding-auditor", "cpma", "medical-coder"]
    assert [label for label, _ in found[1].asks] == list(LABELS)
    for side in found:
        assert all(sentence.label == label for label, said in side.asks for sentence in said)
    assert found[0].road is not None
    assert found[2].road is None
    assert len(sides(base, CODER, list(base.roles))) == MAX_SIDES
