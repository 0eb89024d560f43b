"""A talk with an advisor over the real knowledge base."""

from __future__ import annotations

import pytest
from talk import Talk

from bot.conversation.advisor import Advisor


@pytest.fixture
def fresh(advisor: Advisor) -> Talk:
    """Somebody of whom nothing is known."""
    return Talk(advisor)
