from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.settings import SettingsError, StorageSettings
from bot.storage import agreement
from bot.storage.database import SQLITE_FILE, Database, open_database
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


def test_who_runs_says_under_which_key_it_stores(sqlite: Database, on_sqlite: StorageSettings) -> None:
    with only_runner(sqlite):
        pass
    (old,) = on_sqlite.secret_keys
    new = SecretStr(Fernet.generate_key().decode())
    both = open_database(on_sqlite.model_copy(update={"secret_keys": (new, old)}))
    with only_runner(both):
        assert agreement.problem(both) is None
        assert agreement.problem(sqlite) == agreement.ANOTHER_KEY
    both.close()


def test_a_lock_that_cannot_be_written_is_not_blamed_on_another(sqlite: Database) -> None:
    Path(f"{sqlite.file}.run").write_bytes(b"no database, but what a full disk left of one" * 100)
    with pytest.raises(SettingsError, match="cannot be used") as error, only_runner(sqlite):
        pass
    assert "another" not in str(error.value)


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


def test_the_same_database_by_another_name_is_locked_too(on_sqlite: StorageSettings, tmp_path: Path) -> None:
    first = open_database(on_sqlite)
    (tmp_path / "elsewhere").symlink_to(tmp_path)
    (tmp_path / "other.db").symlink_to(tmp_path / SQLITE_FILE)
    for name in ("elsewhere/advisor.db", "other.db"):
        address = SecretStr(f"sqlite:///{tmp_path / name}")
        other = open_database(on_sqlite.model_copy(update={"database_url": address}))
        with only_runner(first), pytest.raises(SettingsError, match="another"), only_runner(other):
            pass
        other.close()
    first.close()


def test_an_address_that_gives_the_file_yet_another_name_is_refused(on_sqlite: StorageSettings, tmp_path: Path) -> None:
    address = SecretStr(f"sqlite:///file:{tmp_path / SQLITE_FILE}?uri=true")
    with pytest.raises(SettingsError, match="a path and nothing after it"):
        open_database(on_sqlite.model_copy(update={"database_url": address}))


def test_a_hard_link_is_refused(sqlite: Database, tmp_path: Path) -> None:
    os.link(tmp_path / SQLITE_FILE, tmp_path / "twin.db")
    with pytest.raises(SettingsError, match="hard link"), only_runner(sqlite):
        pass


@pytest.mark.parametrize("address", ["nonsense", "postgresql://u:secret@host:port/name"])
def test_what_is_no_address_is_refused_without_showing_it(address: str, on_sqlite: StorageSettings) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL: not a database address") as error:
        open_database(on_sqlite.model_copy(update={"database_url": SecretStr(address)}))
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_that_ends_with_the_process_is_refused(address: str, on_sqlite: StorageSettings) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        open_database(on_sqlite.model_copy(update={"database_url": SecretStr(address)}))


def test_a_folder_that_cannot_be_made_is_blamed_on_the_setting_that_names_it(
    on_sqlite: StorageSettings, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    address = SecretStr(f"sqlite:///{tmp_path / 'file' / 'advisor.db'}")
    with pytest.raises(SettingsError, match=r"^DATABASE_URL"):
        open_database(on_sqlite.model_copy(update={"database_url": address}))
    with pytest.raises(SettingsError, match=r"^ADVISOR_DATA_DIR"):
        open_database(on_sqlite.model_copy(update={"data_dir": tmp_path / "file"}))
