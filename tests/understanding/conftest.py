"""An interpreter over the real knowledge base, made once."""

from __future__ import annotations

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.understanding.interpreter import Interpreter
from bot.understanding.learning import Learnt, learn


@pytest.fixture(scope="session")
def learnt(base: KnowledgeBase) -> Learnt:
    return learn(base)


@pytest.fixture(scope="session")
def interpreter(base: KnowledgeBase, learnt: Learnt) -> Interpreter:
    return Interpreter(base)
