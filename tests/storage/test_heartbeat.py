from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from bot.storage.heartbeat import FILE, beat, last_sign, leave


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


def test_a_sign_from_after_now_is_as_silent(tmp_path: Path) -> None:
    beat(tmp_path)
    ahead = time.time() + 1000
    os.utime(tmp_path / FILE, (ahead, ahead))
    sign = last_sign(tmp_path)
    assert sign is not None
    assert sign.age > 900


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


HOLDER = """
import sys
from pathlib import Path
from bot.storage.heartbeat import beat
for _ in range(2):
    beat(Path(sys.argv[1]))
print("left", flush=True)
sys.stdin.read()
"""


def test_whose_process_was_killed_does_not_look_alive_for_another_minute(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"left\n"
        alive = last_sign(tmp_path)
        holder.kill()
        holder.wait()
    assert alive is not None
    assert not alive.gone
    dead = last_sign(tmp_path)
    assert dead is not None
    assert dead.gone


def test_a_folder_that_was_emptied_gets_a_sign_that_is_held_again(tmp_path: Path) -> None:
    beat(tmp_path)
    (tmp_path / FILE).unlink()
    beat(tmp_path)
    sign = last_sign(tmp_path)
    assert sign is not None
    assert not sign.gone
    leave(tmp_path)
    assert last_sign(tmp_path) is None
