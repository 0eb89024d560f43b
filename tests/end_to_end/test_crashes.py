"""Kill -9 under load: nothing lost, nothing counted twice, order kept, at most one repeat a chat and crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from crashes import KINDS, crash, crash_replicas, verdict
from postgresql import PostgreSQL


@pytest.mark.parametrize(
    ("people", "messages", "kills"),
    [(6, 8, 2), pytest.param(30, 40, 10, marks=pytest.mark.long)],
    ids=["small", "full"],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_storm_loses_nothing(kind: str, people: int, messages: int, kills: int, tmp_path: Path) -> None:
    figures = crash(kind, tmp_path, people, messages, kills)
    assert verdict(figures) is None


@pytest.mark.parametrize(
    ("people", "messages", "kills"),
    [(6, 8, 3), pytest.param(20, 30, 8, marks=pytest.mark.long)],
    ids=["small", "full"],
)
def test_replicas_on_postgresql_lose_nothing_while_they_are_killed_in_turn(
    people: int, messages: int, kills: int, tmp_path: Path, postgresql: PostgreSQL
) -> None:
    figures = crash_replicas(postgresql.database(), tmp_path, people, messages, kills)
    assert verdict(figures) is None
