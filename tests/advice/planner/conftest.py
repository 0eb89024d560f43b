"""A blank field to make worlds in."""

from __future__ import annotations

import pytest
from worlds import blank

from bot.knowledge.base import KnowledgeBase


@pytest.fixture(scope="session")
def field(base: KnowledgeBase) -> KnowledgeBase:
    return blank(base)
