"""Transactions side by side on SQLite, and rows claimed without holding the writer's lock."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session as Transaction

from bot.storage import outbox
from bot.storage.claims import Claim
from bot.storage.database import SQLITE_FILE, Database


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


def test_a_writer_that_has_only_read_so_far_holds_the_lock(database: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / SQLITE_FILE, timeout=0)
    with database.transaction() as transaction:
        outbox.oldest(transaction, 1)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("DELETE FROM outbox")
    other.close()


def test_errors_do_not_show_what_was_stored(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE outbox")
    with pytest.raises(OperationalError) as caught, database.transaction() as transaction:
        outbox.put(transaction, database.cipher, 987654, ["a"])
    assert "987654" not in str(caught.value)


def test_a_claim_at_rest_does_not_hold_up_writers(database: Database) -> None:
    with database.transaction() as transaction:
        outbox.put(transaction, database.cipher, 1, ["a"])
    claim = Claim(database)
    reply = outbox.oldest(claim.reading, 1)
    assert reply is not None
    assert claim.held
    claim.rest()
    assert not claim.held
    with database.transaction() as transaction:
        outbox.put(transaction, database.cipher, 1, ["b"])
    with claim.finish() as transaction:
        outbox.strike(transaction, reply.id)
    claim.drop()
    with database.reader() as reader:
        following = outbox.oldest(reader, 1)
        assert following is not None
        assert database.cipher.decrypt(following.token) == "b"


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
