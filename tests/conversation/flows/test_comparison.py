"""Goals beside each other, each told alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from talk import Talk

from bot.advice.wording import plain
from bot.conversation import advisor as module
from bot.conversation.advisor import Advisor
from bot.knowledge.base import KnowledgeBase

PAIRS = [("coding-auditor", "cdi-specialist"), ("medical-coder", "medical-biller"), ("cpc", "ccs"), ("cca", "rhit")]


def blocks(talk: Talk, goals: tuple[str, ...]) -> list[int]:
    """How many lines the card says of each goal."""
    base = talk.advisor.base
    talk.press(f"1|side|show|{'+'.join(goals)}")
    lines = [line for line in plain(talk.replies[0].text).splitlines() if not line.startswith("Source:")][1:]
    names = [base.entities[goal].name for goal in goals]
    starts = [next(at for at, line in enumerate(lines) if line.startswith(name)) for name in names]
    return [end - start for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


@pytest.mark.parametrize("goals", PAIRS)
def test_each_goal_is_told_at_the_same_length(fresh: Talk, goals: tuple[str, ...]) -> None:
    first, *others = blocks(fresh, goals)
    assert others == [first] * len(others)


def test_what_is_not_known_of_one_is_said_and_not_left_out(
    base: KnowledgeBase, advisor: Advisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is typed: to understand this knowledge base too need not be learnt.
    monkeypatch.setattr(module, "Interpreter", lambda _: advisor.interpreter)
    silent = base.roles["cdi-specialist"]
    unpaid = silent.model_copy(update={"facts": {key: value for key, value in silent.facts.items() if key != "salary"}})
    roles = {**base.roles, silent.id: unpaid}
    changed = replace(base, roles=roles)
    assert changed.entities[silent.id].facts.keys() == unpaid.facts.keys()
    talk = Talk(Advisor(changed))
    first, second = blocks(talk, ("coding-auditor", "cdi-specialist"))
    assert first == second
    assert "not known" in talk.shown


def test_a_question_that_names_roles_is_answered_by_their_card(fresh: Talk) -> None:
    fresh.say("auditor or cdi")
    assert fresh.replies[0].topics == ("compare",)
    assert set(fresh.replies[0].entities) == {"coding-auditor", "cdi-specialist"}


@pytest.mark.parametrize(
    "data", ["1|side|show|cpc", "1|side|show|nobody+cpc", "1|side|more|cpc+ccs|9", "1|side|asked|cpc+ccs"]
)
def test_what_names_nothing_to_compare_is_refused(fresh: Talk, data: str) -> None:
    assert "out of date" in fresh.press(data)


@pytest.mark.parametrize("asked", ["do i need the cpc before that one", "should i do the cpc before it"])
def test_what_is_pointed_at_never_leaves_one_side_alone(fresh: Talk, asked: str) -> None:
    fresh.say("thinking about risk adjustment", "what do they make", "is there a cert", asked)
    assert "out of date" not in fresh.shown


@pytest.mark.parametrize(
    "asked", ["should i tell them at interviews i was laid off or just say reorg", "what do i wear to the interview"]
)
def test_another_question_after_a_comparison_is_answered_itself(fresh: Talk, asked: str) -> None:
    assert "From where you stand" in fresh.say("cdi or auditing, which is better for me")
    assert "From where you stand" not in fresh.say(asked)
    assert fresh.replies[0].statements[0][0].startswith("guides/job-interview.yaml:")
