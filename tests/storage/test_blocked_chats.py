from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from bot.storage import chats, outbox
from bot.storage.database import Database
from bot.storage.tables import BlockedChat

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def blocked(database: Database) -> list[int]:
    with database.reader() as reader:
        return sorted(reader.scalars(select(BlockedChat.chat)))


def test_a_blocked_chat_is_marked_and_nothing_waits_for_it(database: Database) -> None:
    with database.transaction() as transaction:
        outbox.put(transaction, database.cipher, 1, ["a"])
        outbox.put(transaction, database.cipher, 2, ["b"])
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
