from __future__ import annotations

import os
import time
from pathlib import Path

from bot.storage.heartbeat import FILE, beat, last_sign


def test_the_age_of_the_last_sign(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert last_sign(folder) is None
    beat(folder)
    past = time.time() - 1000
    os.utime(folder / FILE, (past, past))
    silent = last_sign(folder)
    assert silent is not None
    assert silent.age >= 1000
    beat(folder)
    fresh = last_sign(folder)
    assert fresh is not None
    assert fresh.age < silent.age


def test_what_is_wrong_is_told_until_it_is_not(tmp_path: Path) -> None:
    beat(tmp_path, ["the disk is full", "Telegram is out of reach"])
    sign = last_sign(tmp_path)
    assert sign is not None
    assert sign.problems == ("the disk is full", "Telegram is out of reach")
    beat(tmp_path)
    sign = last_sign(tmp_path)
    assert sign is not None
    assert sign.problems == ()


def test_it_never_grows_so_that_it_can_be_written_on_a_full_disk(tmp_path: Path) -> None:
    beat(tmp_path)
    size = (tmp_path / FILE).stat().st_size
    beat(tmp_path, ["a very long problem"] * 1000)
    assert (tmp_path / FILE).stat().st_size == size
    sign = last_sign(tmp_path)
    assert sign is not None
    assert sign.problems


def test_a_file_that_holds_something_else_is_no_sign(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    assert last_sign(tmp_path) is None
