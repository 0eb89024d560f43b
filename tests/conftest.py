"""The real knowledge base and an advisor over it, made once: both never change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from postgresql import PostgreSQL, programs

from bot.conversation.advisor import Advisor
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.check import load_checked

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    return load_checked(KNOWLEDGE)


@pytest.fixture(scope="session")
def advisor(base: KnowledgeBase) -> Advisor:
    return Advisor(base)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A server for this process of the tests; skips where PostgreSQL is not installed."""
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed")
    with PostgreSQL(folder) as server:
        yield server
