"""Transactions side by side, and who works on what."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.settings import StorageSettings
from bot.storage import outbox
from bot.storage.claims import Claims
from bot.storage.database import SQLITE_FILE, Database, open_database

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_many_threads_read_and_write_at_once(database: Database) -> None:
    def work(chat: int) -> int:
        for number in range(20):
            with database.transaction() as transaction:
                waiting = outbox.oldest(transaction, [chat]).get(chat)
                outbox.put(transaction, database.cipher, [(chat, f"{number}")], NOW)
                if waiting is not None:
                    outbox.strike(transaction, [waiting.id])
        return chat

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(work, range(8))) == list(range(8))
    with database.reader() as reader:
        assert sorted(outbox.chats_waiting(reader)) == list(range(8))


def test_a_transaction_that_fails_changes_nothing(database: Database) -> None:
    def put_and_fail(transaction: Connection) -> None:
        outbox.put(transaction, database.cipher, [(1, "a")], NOW)
        raise RuntimeError

    with pytest.raises(RuntimeError), database.transaction() as transaction:
        put_and_fail(transaction)
    with database.reader() as reader:
        assert outbox.oldest(reader, [1]) == {}


def test_a_writer_that_has_only_read_so_far_holds_the_lock(sqlite: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / SQLITE_FILE, timeout=0)
    with sqlite.transaction() as transaction:
        outbox.oldest(transaction, [1])
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("DELETE FROM outbox")
    other.close()


def test_errors_do_not_show_what_was_stored(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE outbox")
    with pytest.raises(DBAPIError) as caught, database.transaction() as transaction:
        outbox.put(transaction, database.cipher, [(987654, "a")], NOW)
    assert "987654" not in str(caught.value)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("idle_in_transaction_session_timeout", "1min"), ("tcp_keepalives_idle", "5"), ("tcp_keepalives_count", "3")],
)
def test_the_server_soon_notices_a_replica_that_is_gone(
    on_postgresql: StorageSettings, setting: str, value: str
) -> None:
    with closing(open_database(on_postgresql)) as database, database.transaction() as transaction:
        shown = transaction.exec_driver_sql(f"SHOW {setting}").scalar_one()
    assert shown == value


def test_a_claim_is_granted_once_until_it_is_given_back(on_postgresql: StorageSettings) -> None:
    database = open_database(on_postgresql)
    mine, other = Claims(database), Claims(database)
    assert mine.take(["ann", "ben"]) == {"ann", "ben"}
    assert other.take(["ben", "eve"]) == {"eve"}
    mine.give(["ben"])
    assert other.take(["ben", "ann"]) == {"ben"}
    mine.close()
    assert other.take(["ann"]) == {"ann"}
    other.close()
    database.close()


def test_a_claim_that_is_held_is_granted_again_and_given_back_once(on_postgresql: StorageSettings) -> None:
    with closing(open_database(on_postgresql)) as database:
        mine, other = Claims(database), Claims(database)
        mine.take(["ann"])
        assert mine.take(["ann", "ben"]) == {"ann", "ben"}
        assert other.take(["ann"]) == set()
        mine.give(["ann"])
        assert other.take(["ann"]) == {"ann"}
        mine.close()
        other.close()


def test_a_claim_that_was_lost_with_its_connection_is_not_taken_for_held(on_postgresql: StorageSettings) -> None:
    with closing(open_database(on_postgresql)) as database:
        mine, other = Claims(database), Claims(database)
        mine.take(["ann"])
        with database.engine.connect() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            )
        assert not mine.alive()
        assert other.take(["ann"]) == {"ann"}
        assert mine.take(["ann"]) == set()
        mine.close()
        other.close()


def test_a_claim_ends_with_its_connection_and_its_holder_notices(on_postgresql: StorageSettings) -> None:
    database = open_database(on_postgresql)
    mine, other = Claims(database), Claims(database)
    mine.take(["ann"])
    assert mine.alive()
    with database.engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        )
    assert not mine.alive()
    assert other.take(["ann"]) == {"ann"}
    other.close()
    database.close()


def test_on_sqlite_where_one_process_runs_every_claim_is_granted(sqlite: Database) -> None:
    claims = Claims(sqlite)
    assert claims.take(["ann"]) == {"ann"}
    claims.give(["ann"])
    assert claims.alive()
