from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import SettingsError
from bot.storage.database import Database
from bot.storage.run_lock import only_runner

HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_runner_is_refused_until_the_first_is_done(database: Database) -> None:
    with only_runner(database):
        with pytest.raises(SettingsError, match="another"), only_runner(database):
            pass
        with database.transaction():
            pass
    with only_runner(database):
        pass


def test_the_lock_of_a_killed_process_is_free(database: Database) -> None:
    path = Path(f"{database.engine.url.database}.run")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ}
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(SettingsError), only_runner(database):
            pass
        holder.kill()
    with only_runner(database):
        pass
