from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.storage import chats, outbox
from bot.storage.database import Database
from bot.storage.tables import blocked_chats

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def blocked(database: Database) -> list[int]:
    with database.reader() as reader:
        return sorted(reader.scalars(select(blocked_chats.c.chat)))


def test_a_blocked_chat_is_marked_and_nothing_waits_for_it(database: Database) -> None:
    with database.transaction() as transaction:
        outbox.put(transaction, database.cipher, [(1, "a"), (2, "b")], NOW)
        for chat in (1, 1, 3):
            chats.block(transaction, chat, NOW)
    assert blocked(database) == [1, 3]
    with database.reader() as reader:
        assert outbox.chats_waiting(reader) == [2]


def test_chats_are_unblocked(database: Database) -> None:
    with database.transaction() as transaction:
        for chat in (1, 2, 3):
            chats.block(transaction, chat, NOW)
        chats.unblock(transaction, [1, 3, 9])
        chats.unblock(transaction, [])
    assert blocked(database) == [2]


def test_only_what_was_stored_up_to_the_refused_reply_is_dropped(database: Database) -> None:
    """What came later may have come after the person was back."""
    with database.transaction() as transaction:
        outbox.put(transaction, database.cipher, [(1, "a"), (1, "refused"), (2, "b"), (1, "after they were back")], NOW)
        first = outbox.oldest(transaction, [1])[1]
        chats.block(transaction, 1, NOW, refused=first.id + 1)
        left = outbox.oldest(transaction, [1, 2])
    assert {chat: database.cipher.decrypt(reply.token) for chat, reply in left.items()} == {
        1: "after they were back",
        2: "b",
    }


def test_a_chat_is_forgotten_after_its_days(database: Database) -> None:
    with database.transaction() as transaction:
        chats.block(transaction, 1, NOW - timedelta(days=8))
        chats.block(transaction, 2, NOW - timedelta(days=6))
        chats.forget_old(transaction, NOW, days=7)
    assert blocked(database) == [2]
