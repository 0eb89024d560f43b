from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from bot.storage import outbox
from bot.storage.database import Database

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def put(database: Database, chat: int, *bodies: str) -> None:
    with database.transaction() as transaction:
        outbox.put(transaction, database.cipher, [(chat, body) for body in bodies], NOW)


def take(database: Database, chat: int) -> str | None:
    """The first body of a chat, struck out."""
    with database.transaction() as transaction:
        reply = outbox.oldest(transaction, [chat]).get(chat)
        if reply is None:
            return None
        outbox.strike(transaction, [reply.id])
        return database.cipher.decrypt(reply.token)


def test_a_chat_gets_its_replies_in_the_order_they_were_put(database: Database) -> None:
    put(database, 1, *(f"reply {number}" for number in range(20)))
    put(database, 2, "other")
    put(database, 1, "last")
    assert [take(database, 1) for _ in range(22)] == [*(f"reply {number}" for number in range(20)), "last", None]
    assert take(database, 2) == "other"


def test_chats_with_something_waiting(database: Database) -> None:
    put(database, 1, "a", "b")
    put(database, -5, "c")
    take(database, -5)
    with database.reader() as reader:
        assert outbox.chats_waiting(reader) == [1]


def test_a_chat_that_is_dropped_loses_only_its_own(database: Database) -> None:
    put(database, 1, "a", "b")
    put(database, 2, "c")
    with database.transaction() as transaction:
        outbox.drop_chat(transaction, 1)
    assert take(database, 1) is None
    assert take(database, 2) == "c"


def test_what_was_put_after_a_moment_is_not_dropped(database: Database) -> None:
    put(database, 1, "before", "at that moment")
    with database.transaction() as transaction:
        outbox.put(transaction, database.cipher, [(1, "after")], NOW + timedelta(seconds=1))
        outbox.drop_chat(transaction, 1, until=NOW.timestamp())
    assert [take(database, 1), take(database, 1)] == ["after", None]


def test_the_rows_of_a_chat_are_counted_out_but_for_what_stays(database: Database) -> None:
    put(database, 2, "gone")
    put(database, 1, "gone", "a copy", "gone too")
    with database.transaction() as transaction:
        numbers = outbox.numbers_of(transaction, database.cipher, 1, lambda body: body == "a copy")
        outbox.strike(transaction, numbers)
    assert [take(database, 1), take(database, 1)] == ["a copy", None]
    assert take(database, 2) == "gone"


def test_how_much_waits_and_since_when(database: Database) -> None:
    with database.reader() as reader:
        assert outbox.depth(reader) == (0, None)
    put(database, 1, "a", "b")
    with database.transaction() as transaction:
        outbox.put(transaction, database.cipher, [(2, "later")], NOW + timedelta(hours=1))
        assert outbox.depth(transaction) == (3, NOW.timestamp())


def test_replies_move_with_their_group(database: Database) -> None:
    put(database, -1, "a", "b")
    with database.transaction() as transaction:
        outbox.move_chat(transaction, -1, -100)
    assert take(database, -1) is None
    assert [take(database, -100), take(database, -100)] == ["a", "b"]


def test_a_number_is_never_given_twice(database: Database) -> None:
    put(database, 1, "a")
    take(database, 1)
    put(database, 1, "b")
    with database.reader() as reader:
        assert reader.scalar(text("SELECT id FROM outbox")) == 2
