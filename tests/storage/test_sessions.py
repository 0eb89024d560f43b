from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.advice.profile import Profile
from bot.conversation.session import Session
from bot.storage.database import Database
from bot.storage.sessions import forget_idle, load_session, save_session

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SESSION = Session(profile=Profile(country="IN"), misses=3)


def test_a_session_comes_back_and_a_stranger_starts_afresh(database: Database) -> None:
    with database.transaction() as transaction:
        save_session(transaction, database.cipher, "channel:1", SESSION, NOW)
    with database.transaction() as transaction:
        assert load_session(transaction, database.cipher, "channel:1") == SESSION
        assert load_session(transaction, database.cipher, "channel:2") == Session()


def test_who_writes_nothing_for_long_is_forgotten_and_nobody_else(database: Database) -> None:
    with database.transaction() as transaction:
        save_session(transaction, database.cipher, "channel:1", SESSION, NOW - timedelta(days=8))
        save_session(transaction, database.cipher, "channel:2", SESSION, NOW - timedelta(days=6))
        forget_idle(transaction, NOW, days=7)
    with database.transaction() as transaction:
        assert load_session(transaction, database.cipher, "channel:1") == Session()
        assert load_session(transaction, database.cipher, "channel:2") == SESSION
