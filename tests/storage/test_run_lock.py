from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import SettingsError, StorageSettings
from bot.storage.database import Database, open_database
from bot.storage.run_lock import only_runner

HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_runner_is_refused_until_the_first_is_done(sqlite: Database) -> None:
    with only_runner(sqlite):
        with pytest.raises(SettingsError, match="another"), only_runner(sqlite):
            pass
        with sqlite.transaction():
            pass
    with only_runner(sqlite):
        pass


def test_the_lock_of_a_killed_process_is_free(sqlite: Database) -> None:
    path = Path(f"{sqlite.engine.url.database}.run")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ}
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(SettingsError), only_runner(sqlite):
            pass
        holder.kill()
    with only_runner(sqlite):
        pass


def test_on_postgresql_any_number_run(on_postgresql: StorageSettings) -> None:
    database = open_database(on_postgresql)
    with only_runner(database), only_runner(database):
        pass
    database.close()
