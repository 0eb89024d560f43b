"""What passed every check is not examined again, and whatever was edited is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.knowledge import checks, passed
from bot.knowledge.check import load_checked
from bot.knowledge.checks.subject import Subject
from bot.knowledge.load import KnowledgeError
from bot.knowledge.yaml_file import Problem

PASTRY = Path(__file__).parent.parent / "fields" / "pastry"


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time the checks run; the cache is empty at first."""
    found: list[str] = []

    def counted(subject: Subject) -> Iterator[Problem]:
        found.append("run")
        yield from ()

    monkeypatch.setattr(checks, "CHECKS", (*checks.CHECKS, counted))
    monkeypatch.setattr(passed, "user_cache_path", lambda _: tmp_path / "cache")
    return found


@pytest.fixture
def pastry(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PASTRY, tmp_path / "pastry"))


def test_the_same_files_are_examined_once(runs: list[str], pastry: Path) -> None:
    assert load_checked(pastry) == load_checked(pastry)
    assert runs == ["run"]


def test_a_mistake_made_after_files_passed_is_found(runs: list[str], pastry: Path) -> None:
    load_checked(pastry)
    file = sorted((pastry / "roles").glob("*.yaml"))[0]
    shutil.copy(file, pastry / "roles" / "unreachable_copy.yaml")
    for _ in range(2):  # what was refused is examined again
        with pytest.raises(KnowledgeError):
            load_checked(pastry)
    assert runs == ["run"] * 3


def test_files_are_examined_anew_by_other_checks(
    runs: list[str], pastry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_checked(pastry)
    monkeypatch.setattr(passed, "_code", lambda: "another version")
    load_checked(pastry)
    assert runs == ["run"] * 2


def test_a_cache_that_cannot_be_written_is_no_error(runs: list[str], pastry: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    load_checked(pastry)
    load_checked(pastry)
    assert runs == ["run"] * 2
