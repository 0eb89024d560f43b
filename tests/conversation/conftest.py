"""A talk with an advisor over the real knowledge base."""

from __future__ import annotations

import pytest
from talk import TODAY, FirstReplies, Talk

from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session


@pytest.fixture
def fresh(advisor: Advisor) -> Talk:
    """Somebody of whom nothing is known."""
    return Talk(advisor)


@pytest.fixture
def talk(advisor: Advisor) -> FirstReplies:
    """Texts said one after the other → the first bubble to each."""

    def talked(*turns: str) -> list[Reply]:
        session, replies = Session(), []
        for text in turns:
            session, answers = advisor.turn(session, Incoming(kind="text", text=text), TODAY)
            replies.append(answers[0])
        return replies

    return talked
