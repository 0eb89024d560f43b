from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.conversation.session import VERSION
from bot.settings import SettingsError, StorageSettings
from bot.storage import agreement
from bot.storage.database import SQLITE_FILE, Database, open_database
from bot.storage.tables import metadata


def test_migrations_make_the_tables_that_the_code_uses(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_database_of_the_first_version_is_upgraded_with_what_it_holds(
    on_sqlite: StorageSettings, tmp_path: Path
) -> None:
    open_database(on_sqlite).close()
    with closing(sqlite3.connect(tmp_path / SQLITE_FILE)) as connection, connection:
        for table in (
            "seen_updates",
            "inbox",
            "outbox",
            "dead_letters",
            "blocked_chats",
            "unanswered",
            "uploads",
            "marks",
        ):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.execute("INSERT INTO sessions VALUES ('telegram:1', x'00', '2026-11-23 00:00:00')")
    database = open_database(on_sqlite)
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.exec_driver_sql("SELECT person FROM sessions").scalar() == "telegram:1"
    database.close()


def test_what_an_older_version_deleted_is_gone_from_the_file_after_the_first_start(
    on_sqlite: StorageSettings, tmp_path: Path
) -> None:
    open_database(on_sqlite).close()
    file = tmp_path / SQLITE_FILE
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("DELETE FROM marks")
        rows = [(f"telegram:{number}", f"secret {number} ".encode() * 90) for number in range(200)]
        connection.executemany("INSERT INTO sessions VALUES (?, ?, '2026-11-23 00:00:00')", rows)
        connection.commit()
        connection.execute("DELETE FROM sessions WHERE person LIKE 'telegram:1%'")
    assert b"secret 111 " in file.read_bytes()
    open_database(on_sqlite).close()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("*.db*"))
    assert (b"secret 111 " in stored, b"secret 22 " in stored) == (False, True)


def test_replicas_that_start_together_on_an_empty_database_make_it_once(on_postgresql: StorageSettings) -> None:
    with ThreadPoolExecutor(12) as threads:
        databases = list(threads.map(lambda _: open_database(on_postgresql), range(12)))
    with databases[0].engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM canary").scalar() == 1
    for database in databases:
        database.close()


def test_tables_of_a_newer_version_are_refused_and_left_as_they_are(on_sqlite: StorageSettings) -> None:
    database = open_database(on_sqlite)
    with database.transaction() as transaction:
        transaction.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    assert database.file is not None
    before = database.file.read_bytes()
    with pytest.raises(SettingsError, match="newer version"):
        open_database(on_sqlite)
    assert database.file.read_bytes() == before


def test_sessions_of_a_newer_version_are_refused_and_left_as_they_are(
    settings: StorageSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older program would take them for unreadable, and start everybody afresh."""
    with monkeypatch.context() as newer:
        newer.setattr(agreement, "VERSION", VERSION + 1)
        open_database(settings).close()
    with pytest.raises(SettingsError, match="newer version"):
        open_database(settings)
    monkeypatch.setattr(agreement, "VERSION", VERSION + 2)
    open_database(settings).close()
