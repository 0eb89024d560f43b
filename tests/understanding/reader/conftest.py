"""A reader of the real knowledge base, made once: it never changes."""

from __future__ import annotations

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader.reader import Reader


@pytest.fixture(scope="session")
def reader(base: KnowledgeBase) -> Reader:
    return Reader(base)
