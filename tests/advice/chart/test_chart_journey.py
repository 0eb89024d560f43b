"""From a plan to what the chart shows of it."""

from __future__ import annotations

from bot.advice.chart.content import ladder_of
from bot.advice.chart.journey import Journey, Stop, journey_of
from bot.advice.chart.phrases import Phrases
from bot.advice.planner import make_plan
from bot.advice.planner.plan import NOTHING, Gap, Plan, Route, Step, StepKind
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase


def step(kind: StepKind, entity: str, needs: tuple[str, ...] = ()) -> Step:
    return Step(f"{kind}-{entity}", kind, f"{kind} of {entity}", entity, None, "Because.", 4, 0, NOTHING, needs)


def plan(*steps: Step, gaps: tuple[Gap, ...] = (), warnings: tuple[str, ...] = ()) -> Plan:
    routes = (Route("fastest", 30, NOTHING, steps),) if steps else ()
    return Plan("somewhere", "USD", routes, gaps=gaps, warnings=warnings)


AUDITOR = Profile(role="medical-coder", certifications=("cpc",), goal="coding-auditor")


def test_each_stop_names_what_it_is_the_first_to_need(base: KnowledgeBase) -> None:
    found = journey_of(
        base,
        AUDITOR,
        plan(
            step("study", "ccs"),
            step("exam", "ccs", ("study-ccs",)),
            step("move", "senior-medical-coder", ("exam-ccs",)),
            step("years", "senior-medical-coder", ("move-senior-medical-coder",)),
            step("exam", "cpma"),
            step("move", "coding-auditor", ("exam-cpma", "exam-ccs", "years-senior-medical-coder")),
            step("upkeep", "cpma"),
        ),
    )

    assert found.stops == (
        Stop("senior-medical-coder", ("CCS",)),
        Stop("coding-auditor", ("years of senior-medical-coder", "CPMA")),
    )
    assert found.missing == ()
    assert found.weeks == 30
    assert found.number("coding-auditor") == 2
    assert found.held == ("CPC",)


def test_what_comes_after_the_last_role_is_for_the_goal_itself(base: KnowledgeBase) -> None:
    profile = Profile(goal="ccds")
    found = journey_of(
        base, profile, plan(step("move", "cdi-specialist"), step("exam", "ccds", ("move-cdi-specialist",)))
    )

    assert found.stops == (Stop("cdi-specialist"),)
    assert found.missing == ("CCDS",)
    assert found.goal_name == base.certifications["ccds"].name


def test_without_a_road_the_reason_and_what_is_missing_remain(base: KnowledgeBase) -> None:
    gaps = (Gap("x", "exam_requires", "Two years."),) * 2
    found = journey_of(base, AUDITOR, plan(gaps=gaps, warnings=("No way known.", "More.")))

    assert found.weeks is None
    assert not found.reached
    assert found.missing == ("Two years.",)
    assert found.notes == ("No way known.",)


def test_a_goal_that_is_reached_has_no_road(base: KnowledgeBase) -> None:
    there = Profile(role="coding-auditor", goal="coding-auditor")

    assert journey_of(base, there, plan()).reached
    assert journey_of(base, Profile(goal="cpc", certifications=("cpc",)), plan(step("upkeep", "cpc"))).reached


def test_the_way_is_drawn_leg_by_leg(base: KnowledgeBase) -> None:
    ladder = ladder_of(base)
    found = Journey(
        here="medical-coder", goal="cdi-specialist", stops=(Stop("inpatient-coder"), Stop("cdi-specialist"))
    )

    assert [(arrow.start, arrow.to, arrow.kind) for arrow in found.arrows(ladder)] == [
        ("medical-coder", "inpatient-coder", "up"),
        ("inpatient-coder", "cdi-specialist", "bridge"),
    ]


def test_a_leg_that_is_no_move_of_the_ladder_is_drawn_as_a_change_of_track(base: KnowledgeBase) -> None:
    found = Journey(here="coding-trainee", goal="him-director", stops=(Stop("him-director"),))

    assert [(arrow.start, arrow.to, arrow.kind) for arrow in found.arrows(ladder_of(base))] == [
        ("coding-trainee", "him-director", "bridge")
    ]


def test_without_a_goal_every_move_from_here_is_shown(base: KnowledgeBase) -> None:
    ladder = ladder_of(base)

    assert {arrow.to for arrow in Journey(here="medical-coder").arrows(ladder)} == {
        move.to for move in base.roles["medical-coder"].moves
    }
    assert Journey().arrows(ladder) == ()


def test_a_course_that_an_exam_waits_for_is_missing_too(base: KnowledgeBase) -> None:
    profile = Profile(goal="rhia", education=("bachelor",))
    found = journey_of(
        base, profile, plan(step("study", "post-bacc-him"), step("exam", "rhia", ("study-post-bacc-him",)))
    )

    assert found.missing == (base.education["post-bacc-him"].short, "RHIA")


def test_what_the_road_leaves_out_stands_apart_in_the_words_of_the_warning(base: KnowledgeBase) -> None:
    nurse = Profile(goal="cdi-specialist", licences=("rn",), years={"clinical": 9.0}, country="US")
    made = make_plan(base, nurse)
    panel = Phrases(base.texts.texts, ladder_of(base), journey_of(base, nurse, made)).panel()

    assert panel is not None
    assert len(panel.items) == len({item.name for item in panel.items})
    said = next(line for line in panel.lines if "leaves it out" in line)
    assert any(said.rpartition(": ")[2] in warning for warning in made.warnings)
