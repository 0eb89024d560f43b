"""Transactions side by side, and rows claimed: on SQLite without the writer's lock, on PostgreSQL one by one."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session as Transaction

from bot.settings import StorageSettings
from bot.storage import inbox, outbox
from bot.storage.claims import Claim
from bot.storage.database import SQLITE_FILE, Database, open_database


def test_many_threads_read_and_write_at_once(database: Database) -> None:
    def work(chat: int) -> int:
        for number in range(20):
            with database.transaction() as transaction:
                waiting = outbox.oldest(transaction, chat)
                outbox.put(transaction, database.cipher, chat, [f"{number}"])
                if waiting is not None:
                    outbox.strike(transaction, waiting.id)
        return chat

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(work, range(8))) == list(range(8))
    with database.reader() as reader:
        assert sorted(outbox.chats_waiting(reader)) == list(range(8))


def test_a_transaction_that_fails_changes_nothing(database: Database) -> None:
    def put_and_fail(transaction: Transaction) -> None:
        outbox.put(transaction, database.cipher, 1, ["a"])
        raise RuntimeError

    with pytest.raises(RuntimeError), database.transaction() as transaction:
        put_and_fail(transaction)
    with database.reader() as reader:
        assert outbox.oldest(reader, 1) is None


def test_a_writer_that_has_only_read_so_far_holds_the_lock(sqlite: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / SQLITE_FILE, timeout=0)
    with sqlite.transaction() as transaction:
        outbox.oldest(transaction, 1)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("DELETE FROM outbox")
    other.close()


def test_errors_do_not_show_what_was_stored(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE outbox")
    with pytest.raises(DBAPIError) as caught, database.transaction() as transaction:
        outbox.put(transaction, database.cipher, 987654, ["a"])
    assert "987654" not in str(caught.value)


def test_a_claim_at_rest_does_not_hold_up_writers(sqlite: Database) -> None:
    with sqlite.transaction() as transaction:
        outbox.put(transaction, sqlite.cipher, 1, ["a"])
    claim = Claim(sqlite)
    reply = outbox.oldest(claim.reading, 1)
    assert reply is not None
    assert claim.held
    claim.rest()
    assert not claim.held
    with sqlite.transaction() as transaction:
        outbox.put(transaction, sqlite.cipher, 1, ["b"])
    with claim.finish() as transaction:
        outbox.strike(transaction, reply.id)
    claim.drop()
    with sqlite.reader() as reader:
        following = outbox.oldest(reader, 1)
        assert following is not None
        assert sqlite.cipher.decrypt(following.token) == "b"


def test_a_claim_that_fails_changes_nothing(database: Database) -> None:
    with database.transaction() as transaction:
        outbox.put(transaction, database.cipher, 1, ["a"])
    claim = Claim(database)
    reply = outbox.oldest(claim.reading, 1)
    assert reply is not None

    def strike_and_fail(transaction: Transaction) -> None:
        outbox.strike(transaction, reply.id)
        raise RuntimeError

    with pytest.raises(RuntimeError), claim.finish() as transaction:
        strike_and_fail(transaction)
    with database.reader() as reader:
        assert outbox.oldest(reader, 1) == reply


def test_a_claim_on_postgresql_keeps_others_from_the_line(on_postgresql: StorageSettings) -> None:
    database = open_database(on_postgresql)
    with database.transaction() as transaction:
        outbox.put(transaction, database.cipher, 1, ["a", "b"])
        inbox.add(transaction, database.cipher, 1, "ann", "a")
        inbox.add(transaction, database.cipher, 2, "ann", "b")
    claim, other = Claim(database), Claim(database)
    reply = outbox.oldest(claim.reading, 1)
    message = inbox.oldest(claim.reading, "ann")
    assert reply is not None
    assert message is not None
    claim.rest()
    # Not the second either: it would overtake the first.
    assert outbox.oldest(other.reading, 1) is None
    assert inbox.oldest(other.reading, "ann") is None
    other.drop()
    with claim.finish() as transaction:
        outbox.strike(transaction, reply.id)
    following = outbox.oldest(other.reading, 1)
    assert following is not None
    assert database.cipher.decrypt(following.token) == "b"
    other.drop()
    database.close()
