"""Tasks to try, and what is remembered of how they felt."""

from __future__ import annotations

import pytest
from talk import Talk

from bot.advice.suggestions import suggest
from bot.conversation.frames import TryingTask
from bot.knowledge.base import KnowledgeBase


def test_a_task_that_was_disliked_counts_against_its_role(fresh: Talk, base: KnowledgeBase) -> None:
    fresh.say("try the work", "/help")
    role = base.choosing.tasks[0].role
    fresh.press(f"1|task|start|{role}")
    fresh.say("tedious")
    assert fresh.session.tastes.disliked == (role,)

    liked = fresh.session.tastes.model_copy(update={"disliked": (), "interests": ("errors",)})
    disliked = liked.model_copy(update={"disliked": (role,)})
    before = [item.role for item in suggest(base, fresh.session.profile, liked.told).items]
    after = [item.role for item in suggest(base, fresh.session.profile, disliked.told).items]
    assert before != after or role not in before


def test_what_was_disliked_is_remembered_through_other_talk_until_it_is_liked(fresh: Talk, base: KnowledgeBase) -> None:
    role = base.choosing.tasks[0].role
    fresh.press(f"1|task|start|{role}")
    fresh.say("tedious", "what does an auditor earn", "help me choose", "stop")
    assert fresh.session.tastes.disliked == (role,)
    fresh.press(f"1|task|start|{role}")
    fresh.say("absorbing")
    assert fresh.session.tastes.disliked == ()


@pytest.mark.parametrize("words", ["skip", "not sure"])
def test_a_skipped_task_is_explained(fresh: Talk, base: KnowledgeBase, words: str) -> None:
    task = base.choosing.tasks[0]
    fresh.press(f"1|task|start|{task.role}")
    assert fresh.session.frame(TryingTask) == TryingTask(task=task.id)
    assert task.explain in fresh.say(words)


def test_stopping_leaves_it(fresh: Talk, base: KnowledgeBase) -> None:
    fresh.press(f"1|task|start|{base.choosing.tasks[0].role}")
    fresh.say("stop")
    assert fresh.session.top is None
