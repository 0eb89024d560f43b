from __future__ import annotations

from datetime import UTC, datetime

from bot.storage import dead_letters
from bot.storage.database import Database

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)


def test_dead_letters_are_listed_in_order_until_they_are_cleared(database: Database) -> None:
    with database.transaction() as transaction:
        dead_letters.set_aside(transaction, 7, "text", "KeyError in advice/answers.py:1", NOW)
        dead_letters.set_aside(transaction, None, "reply", "BadRequest", NOW)
    with database.transaction() as transaction:
        letters = dead_letters.all_dead(transaction)
        assert [(letter.update_id, letter.kind, letter.error) for letter in letters] == [
            (7, "text", "KeyError in advice/answers.py:1"),
            (None, "reply", "BadRequest"),
        ]
        assert letters[0].set_aside_at.replace(tzinfo=UTC) == NOW
        dead_letters.clear(transaction)
    with database.reader() as reader:
        assert dead_letters.all_dead(reader) == []
