from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import forking
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.messages import Reply
from bot.settings import StorageSettings
from bot.storage import marks, retention, unanswered
from bot.storage.database import Database

NOW = datetime(2026, 11, 23, tzinfo=UTC)
MISSED = [Reply(text="?", unanswered=True)]


def asked(database: Database, *texts: str, now: datetime = NOW) -> None:
    with database.transaction() as transaction:
        for text in texts:
            unanswered.note(transaction, database.cipher, text, MISSED, now, "ann")


def listed(database: Database) -> list[tuple[str, int]]:
    with database.transaction() as transaction:
        return [(item.text, item.count) for item in unanswered.all_unanswered(transaction, database.cipher)]


def test_the_most_frequent_comes_first_whatever_its_case(database: Database) -> None:
    asked(database, "one thing", "Another thing?", "another thing")
    assert listed(database) == [("Another thing?", 2), ("one thing", 1)]


def test_what_was_answered_is_not_kept(database: Database) -> None:
    with database.transaction() as transaction:
        unanswered.note(transaction, database.cipher, "fine", [Reply(text="!")], NOW, "ann")
    assert listed(database) == []


def test_done_is_off_the_list(database: Database) -> None:
    asked(database, "one", "two")
    with database.transaction() as transaction:
        first = unanswered.all_unanswered(transaction, database.cipher)[0]
        unanswered.mark_done(transaction, first.ids)
    assert len(listed(database)) == 1


def test_old_ones_are_deleted(database: Database) -> None:
    asked(database, "old", now=NOW - timedelta(days=8))
    asked(database, "new")
    with database.transaction() as transaction:
        unanswered.forget_old(transaction, NOW, days=7)
    assert listed(database) == [("new", 1)]


@given(st.text(max_size=2000))
def test_no_digit_and_no_address_is_kept(text: str) -> None:
    kept = unanswered.masked(f"{text} me@example.org @handle https://example.org/x 555-1234")
    assert len(kept) <= unanswered.MAX_LENGTH
    assert not any(letter.isdecimal() for letter in kept)
    assert "example.org" not in kept


def test_words_are_not_readable_in_the_file(database: Database, tmp_path: Path) -> None:
    asked(database, "a very secret wish")
    database.close()
    assert all(b"secret" not in path.read_bytes() for path in tmp_path.glob("*.db*"))


def test_a_long_message_is_cut() -> None:
    assert len(unanswered.masked("word " * 1000)) == unanswered.MAX_LENGTH


def test_looking_by_a_clock_far_ahead_forgets_nothing(on_sqlite: StorageSettings, sqlite: Database) -> None:
    asked(sqlite, "one thing")
    with sqlite.transaction() as transaction:
        marks.write(transaction, retention.BELIEVED, NOW.isoformat())
    secret = on_sqlite.secret_keys[0].get_secret_value()
    environment = {**os.environ, "ADVISOR_DATA_DIR": str(on_sqlite.data_dir), "ADVISOR_SECRET_KEY": secret}
    done = forking.run(("-m", "bot", "unanswered"), environment={**environment, "ADVISOR_RETENTION_DAYS": "1"})
    assert b"one thing" in done.stdout
    assert listed(sqlite) == [("one thing", 1)]
