"""The real knowledge base and an advisor over it, made once: both never change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from postgresql import PostgreSQL, programs
from sampling import Sample, some, whole

from bot.conversation.advisor import Advisor
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.check import load_checked

# However long a case takes on a busy machine, it is no failure.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    return load_checked(KNOWLEDGE)


@pytest.fixture(scope="session")
def advisor(base: KnowledgeBase) -> Advisor:
    return Advisor(base)


@pytest.fixture(scope="session", params=[some, pytest.param(whole, marks=pytest.mark.long)], ids=["some", "whole"])
def sample(request: pytest.FixtureRequest) -> Sample:
    """For a sweep over very many cases."""
    chosen: Sample = request.param
    return chosen


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A server for this process of the tests; skips where PostgreSQL is not installed."""
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed")
    with PostgreSQL(folder) as server:
        yield server
