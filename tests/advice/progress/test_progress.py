"""What finished steps make of a profile, what a slip moves, and what the counters say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.advice.profile import Profile
from bot.advice.progress import events, replanning
from bot.advice.progress.counters import cycles, labels, months_later
from bot.advice.progress.effects import gained
from bot.advice.progress.model import MAX_JOURNAL, UNDO_DEPTH, Progress, Proof, Units
from bot.advice.progress.schedule import schedule
from bot.knowledge.base import KnowledgeBase

TODAY = date(2026, 11, 23)


def begin(base: KnowledgeBase, **said: object) -> Progress:
    progress = replanning.begin(base, Profile.model_validate(said), "fastest", TODAY, None)
    assert progress is not None
    return progress


@pytest.fixture
def auditor(base: KnowledgeBase) -> Progress:
    return begin(base, role="medical-coder", certifications=["cpc"], years={"coding": 3}, goal="coding-auditor")


def test_an_exam_passed_gives_the_provisional_form_where_the_proof_is_missing(base: KnowledgeBase) -> None:
    new = begin(base, goal="cpc")
    passed = events.passed(base, new, "cpc", TODAY)

    assert passed is not None
    assert passed.profile.certifications == ("cpc-a",)


def test_an_exam_passed_with_the_proof_there_gives_the_full_form(base: KnowledgeBase) -> None:
    coder = begin(base, role="medical-coder", years={"coding": 2}, goal="coding-auditor")
    passed = events.passed(base, coder, "cpc", TODAY)

    assert passed is not None
    assert passed.profile.certifications == ("cpc",)


def test_the_proof_sent_in_makes_a_provisional_credential_full(base: KnowledgeBase) -> None:
    holder = begin(base, certifications=["cpc-a"], role="medical-coder", years={"coding": 0.5}, goal="cpc")
    step = next(step for step in holder.open if step.kind == "deed")
    sent = events.done(base, holder, step.id, TODAY)

    assert sent is not None
    assert sent.profile.certifications == ("cpc",)


def test_an_exam_finishes_its_study(base: KnowledgeBase, auditor: Progress) -> None:
    passed = events.passed(base, auditor, "cpma", TODAY)

    assert passed is not None
    assert [step.id for step in passed.done] == ["study-cpma", "exam-cpma"]
    assert passed.earned == {"cpma": TODAY}


def test_study_that_is_over_stays_over_when_the_plan_is_made_again(base: KnowledgeBase, auditor: Progress) -> None:
    studied = events.done(base, auditor, "study-cpma", TODAY)
    assert studied is not None
    again = replanning.paced(base, studied, 3, TODAY)

    assert "study-cpma" in {step.id for step in again.steps}
    assert "study-cpma" not in {step.id for step in again.open}


def test_who_moves_on_early_keeps_the_work_so_far(base: KnowledgeBase) -> None:
    coder = begin(base, role="medical-coder", years={"coding": 1}, goal="coding-manager")
    year_on = TODAY + timedelta(weeks=52)
    moved = events.moved(base, coder, "senior-medical-coder", year_on)

    assert moved is not None
    assert moved.profile.role == "senior-medical-coder"
    assert moved.profile.years["coding"] == pytest.approx(2)


def test_a_role_beside_the_plan_changes_it(base: KnowledgeBase, auditor: Progress) -> None:
    moved = events.moved(base, auditor, "coding-educator", TODAY)

    assert moved is not None
    assert moved.profile.role == "coding-educator"
    assert events.moved(base, moved, "coding-educator", TODAY) is None


def test_a_step_that_takes_longer_moves_the_rest(auditor: Progress) -> None:
    planned = schedule(auditor, TODAY)[-1].end
    later = planned + timedelta(weeks=3)
    dated = schedule(auditor, later)

    assert dated[0].late
    assert dated[-1].end == later + timedelta(weeks=1) + (planned - schedule(auditor, TODAY)[0].end)


def test_weeks_lost_move_what_runs(auditor: Progress) -> None:
    slipped = events.slipped(auditor, 2, TODAY)

    assert slipped is not None
    assert schedule(slipped, TODAY)[-1].end - schedule(auditor, TODAY)[-1].end == timedelta(weeks=2)


def test_more_hours_shorten_what_is_left(base: KnowledgeBase, auditor: Progress) -> None:
    halfway = TODAY + timedelta(weeks=10)
    faster = replanning.paced(base, auditor, 10, halfway)

    assert schedule(auditor, halfway)[0].end == halfway + timedelta(weeks=10)
    assert schedule(faster, halfway)[0].end == halfway + timedelta(weeks=5)


def test_a_booked_exam_ends_its_study(base: KnowledgeBase, auditor: Progress) -> None:
    booked = events.booked(base, auditor, "cpma", TODAY + timedelta(weeks=10), TODAY)

    assert booked is not None
    study, exam, *_ = (item for item in schedule(booked, TODAY) if not item.step.prepares)
    assert (study.end, study.cramped) == (exam.start, 70)
    assert exam.start == TODAY + timedelta(weeks=10)


def test_what_is_not_known_here_changes_nothing(base: KnowledgeBase, auditor: Progress) -> None:
    assert events.done(base, auditor, "no-such-step", TODAY) is None
    assert events.passed(base, auditor, "no-such-exam", TODAY) is None
    assert events.booked(base, auditor, "cpma", TODAY - timedelta(days=1), TODAY) is None
    assert events.booked(base, auditor, "cpc", TODAY, TODAY) is None
    assert events.learned(auditor, Units(on=TODAY, certification="cpma", count=1), TODAY) is None
    assert events.renewed(auditor, "cpc", TODAY + timedelta(days=1), TODAY) is None
    assert events.slipped(auditor, 0, TODAY) is None
    assert events.begun(auditor, "exam-cpma", TODAY) is None


def test_only_the_latest_entries_can_be_taken_back(base: KnowledgeBase, auditor: Progress) -> None:
    for _ in range(MAX_JOURNAL + 5):
        auditor = events.slipped(auditor, 1, TODAY) or auditor
    assert len(auditor.journal) == MAX_JOURNAL
    taken = 0
    while (earlier := replanning.undone(base, auditor)) is not None:
        auditor, taken = earlier, taken + 1
    assert taken == UNDO_DEPTH


def test_another_goal_keeps_what_was_done(base: KnowledgeBase, auditor: Progress) -> None:
    passed = events.passed(base, auditor, "cpma", TODAY)
    assert passed is not None
    skipping = events.skipped(passed, "move-coding-auditor", TODAY)
    assert skipping is not None
    other = replanning.begin(
        base, passed.profile.model_copy(update={"goal": "coding-educator"}), "fastest", TODAY, skipping
    )

    assert other is not None
    assert other.done == passed.done
    assert other.skipped == ()


def test_answers_given_anew_keep_what_was_earned(base: KnowledgeBase, auditor: Progress) -> None:
    passed = events.passed(base, auditor, "cpma", TODAY)

    assert passed is not None
    assert gained(base, Profile(certifications=("cpc",)), passed.done).certifications == ("cpc", "cpma")


def test_a_label_counts_the_nearest_way_first(base: KnowledgeBase) -> None:
    holder = begin(base, role="medical-coder", certifications=["cpc-a"], years={"coding": 1.5}, goal="coding-manager")
    (label,) = labels(base, holder, TODAY + timedelta(weeks=30))

    assert (label.provisional, label.full) == ("cpc-a", "cpc")
    assert label.ways[0].open_parts == 0, "half a year more makes two years of work"
    proven = events.proven(holder, Proof(certification="cpc-a", part=label.ways[0].parts[0].id), TODAY)
    assert proven is not None
    assert any(part.proven for way in labels(base, proven, TODAY)[0].ways for part in way.parts)


def test_units_count_in_their_cycle_only(base: KnowledgeBase, auditor: Progress) -> None:
    dated = events.renewed(auditor, "cpc", date(2023, 3, 1), TODAY)
    assert dated is not None
    for on, count in ((date(2024, 5, 1), 30.0), (date(2025, 3, 1), 4.0), (TODAY, 2.0)):
        dated = events.learned(dated, Units(on=on, certification="cpc", count=count, subject="audits"), TODAY)
        assert dated is not None
    (cycle,) = cycles(base, dated, TODAY)

    assert (cycle.since, cycle.until) == (date(2025, 3, 1), date(2027, 3, 1))
    assert (cycle.earned, cycle.subjects) == (6, (("audits", 6),))
    assert cycle.months_left(TODAY) == 3


def test_several_credentials_of_a_body_are_renewed_together(base: KnowledgeBase) -> None:
    holder = begin(base, role="medical-coder", certifications=["cpc", "coc", "ccs"], goal="coding-educator")
    aapc, ahima = cycles(base, holder, TODAY)
    more = base.terms["aapc"].planning.more_units

    assert more is not None
    assert aapc.certifications == ("cpc", "coc")
    assert aapc.together == aapc.needed.high + more.high
    assert (ahima.certifications, ahima.together) == (("ccs",), None)


def test_a_cycle_has_a_date_where_each_of_its_credentials_has_one(base: KnowledgeBase) -> None:
    """One that came before the plan sets the date for the others, and nobody told it."""
    holder = begin(base, role="medical-coder", certifications=["cpc", "coc"], goal="coding-educator")
    one = holder.model_copy(update={"earned": {"coc": date(2026, 1, 10)}})
    both = holder.model_copy(update={"earned": {"cpc": date(2025, 6, 1), "coc": date(2026, 1, 10)}})

    (undated,), (dated,) = cycles(base, one, TODAY), cycles(base, both, TODAY)
    assert (undated.since, undated.until, undated.months_left(TODAY)) == (None, None, None)
    assert (dated.since, dated.until) == (date(2025, 6, 1), date(2027, 6, 1))


def test_months_end_with_their_month() -> None:
    assert months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_later(date(2026, 12, 31), 2) == date(2027, 2, 28)


def without_course(base: KnowledgeBase) -> KnowledgeBase:
    """The knowledge after somebody halved an exam's study time."""
    record = base.certifications["cpma"]
    assert record.planning.study_hours is not None
    half = record.planning.study_hours.model_copy(update={"low": 20.0, "high": 40.0})
    planning = record.planning.model_copy(update={"study_hours": half})
    changed = record.model_copy(update={"planning": planning})
    return replace(base, certifications={**base.certifications, "cpma": changed}, digest="changed")


def test_new_knowledge_waits_until_it_is_accepted(base: KnowledgeBase, auditor: Progress) -> None:
    changed = without_course(base)
    difference = replanning.difference(changed, auditor)

    assert difference is not None
    assert difference.gone == difference.new == ("Study for the CPMA",)
    study = difference.steps.step("study-cpma"), auditor.step("study-cpma")
    assert study[0] is not None
    assert study[1] is not None
    assert study[0].weeks < study[1].weeks
    assert replanning.difference(changed, replanning.kept_as_is(changed, auditor)) is None
    assert replanning.difference(replace(base, digest="a comma more"), auditor) is None


def test_a_goal_that_is_gone_breaks_nothing(base: KnowledgeBase, auditor: Progress) -> None:
    fewer = {key: role for key, role in base.roles.items() if key != "coding-auditor"}
    gone = replace(base, roles=fewer, digest="changed")
    difference = replanning.difference(gone, auditor)

    assert difference is not None
    assert difference.new == ()
    assert difference.steps.journal == auditor.journal
