from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.settings import StorageSettings
from bot.storage import inbox
from bot.storage.database import Database, open_database

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def add(database: Database, *rows: tuple[int, str]) -> None:
    with database.transaction() as transaction:
        new = [inbox.New(update_id, person, f"body {update_id}") for update_id, person in rows]
        inbox.add(transaction, database.cipher, new, NOW)


def first(database: Database, person: str) -> inbox.Waiting | None:
    with database.reader() as reader:
        return inbox.oldest(reader, [person]).get(person)


def test_an_update_counts_once(database: Database) -> None:
    with database.transaction() as transaction:
        assert inbox.see(transaction, [5, 6, 5], NOW) == {5, 6}
        assert inbox.see(transaction, [5], NOW) == set()
    with database.transaction() as transaction:
        assert inbox.see(transaction, [5, 7], NOW) == {7}


def test_updates_that_two_replicas_are_given_at_once_count_for_one(on_postgresql: StorageSettings) -> None:
    with closing(open_database(on_postgresql)) as database, ThreadPoolExecutor(1) as threads:

        def other() -> set[int]:
            with database.transaction() as transaction:
                return inbox.see(transaction, [6, 5, 7], NOW)

        with database.transaction() as transaction:
            assert inbox.see(transaction, [5, 6], NOW) == {5, 6}
            counted = threads.submit(other)
            with closing(database.engine.raw_connection()) as looking:
                waits = looking.cursor()
                while not waits.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchall():
                    time.sleep(0.01)
        assert counted.result(60) == {7}


def test_updates_are_forgotten_after_their_time_only(database: Database) -> None:
    with database.transaction() as transaction:
        inbox.see(transaction, [1], NOW - timedelta(hours=3))
        inbox.see(transaction, [2], NOW - timedelta(hours=2))
        inbox.see(transaction, [3], NOW - timedelta(hours=1))
        inbox.forget_seen(transaction, NOW - timedelta(hours=2))
    with database.transaction() as transaction:
        assert inbox.see(transaction, [1, 2, 3], NOW) == {1}


def test_nothing_can_be_put(database: Database) -> None:
    add(database)
    with database.reader() as reader:
        assert inbox.depth(reader) == (0, None)


def test_each_person_has_a_line_in_the_order_of_the_updates(database: Database) -> None:
    add(database, (12, "a"), (11, "b"), (10, "a"))
    waiting = first(database, "a")
    assert waiting is not None
    assert (waiting.update_id, waiting.failures) == (10, 0)
    assert database.cipher.decrypt(waiting.token) == "body 10"
    with database.reader() as reader:
        assert sorted(inbox.people_waiting(reader)) == ["a", "b"]
    assert first(database, "nobody") is None


def test_a_row_is_removed_once(database: Database) -> None:
    add(database, (1, "a"), (2, "a"))
    with database.transaction() as transaction:
        assert inbox.remove(transaction, [1]) == {1}
        assert inbox.remove(transaction, [1]) == set()
    waiting = first(database, "a")
    assert waiting is not None
    assert waiting.update_id == 2


def test_failures_are_counted_on_their_row(database: Database) -> None:
    add(database, (1, "a"), (2, "b"))
    for _ in range(2):
        with database.transaction() as transaction:
            inbox.count_failure(transaction, 1)
    rows = [first(database, person) for person in "ab"]
    assert [row.failures for row in rows if row] == [2, 0]


def test_what_was_written_is_not_readable_in_the_file(sqlite: Database, tmp_path: Path) -> None:
    add(sqlite, (1, "a"))
    sqlite.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("*.db*"))
    assert stored
    assert b"body 1" not in stored


def test_the_oldest_of_several_people_come_together(database: Database) -> None:
    add(database, (12, "a"), (11, "b"), (10, "a"), (13, "c"))
    with database.reader() as reader:
        assert {person: row.update_id for person, row in inbox.oldest(reader, ["a", "b", "d"]).items()} == {
            "a": 10,
            "b": 11,
        }


def test_depth_and_the_oldest_that_waits(database: Database) -> None:
    with database.reader() as reader:
        assert inbox.depth(reader) == (0, None)
    add(database, (1, "a"), (2, "b"))
    with database.reader() as reader:
        assert inbox.depth(reader) == (2, NOW.timestamp())
