from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.settings import StorageSettings
from bot.storage.database import SQLITE_FILE, open_database
from bot.storage.inspection import problems_of


@pytest.mark.parametrize("harm", ["overwritten", "damaged", "gone"])
def test_what_is_wrong_with_the_file_is_said(harm: str, on_sqlite: StorageSettings, tmp_path: Path) -> None:
    open_database(on_sqlite).close()
    assert problems_of(on_sqlite) == []
    file = tmp_path / SQLITE_FILE
    whole = file.read_bytes()
    if harm == "gone":
        file.unlink()
    else:
        kept = 0 if harm == "overwritten" else len(whole) // 2
        file.write_bytes(whole[:kept] + b"\xff" * (len(whole) - kept))
    (problem,) = problems_of(on_sqlite)
    assert str(file) in problem


def test_an_empty_file_is_not_said_to_be_overwritten(on_sqlite: StorageSettings, tmp_path: Path) -> None:
    """A full disk leaves one at the first start."""
    (tmp_path / SQLITE_FILE).touch()
    (problem,) = problems_of(on_sqlite)
    assert "is empty" in problem


def test_a_disk_without_room_is_said(
    on_sqlite: StorageSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_database(on_sqlite).close()
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=100_000))
    (problem,) = problems_of(on_sqlite)
    assert "is full" in problem


def test_a_folder_of_any_name_is_looked_into(on_sqlite: StorageSettings, tmp_path: Path) -> None:
    folder = tmp_path / "100% mine? #1"
    settings = on_sqlite.model_copy(update={"data_dir": folder})
    open_database(settings).close()
    assert problems_of(settings) == []
