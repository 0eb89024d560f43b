from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.storage import uploads
from bot.storage.database import Database

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def found(database: Database, *keys: str) -> list[str | None]:
    with database.reader() as reader:
        return [uploads.find(reader, key) for key in keys]


def test_the_last_name_of_a_picture_counts(database: Database) -> None:
    with database.transaction() as transaction:
        uploads.remember(transaction, "k1", "name 1", NOW)
        uploads.remember(transaction, "k2", "name 2", NOW)
    with database.transaction() as transaction:
        uploads.remember(transaction, "k1", "name 3", NOW)
    assert found(database, "k1", "k2", "k3") == ["name 3", "name 2", None]


def test_a_name_that_no_longer_counts_is_forgotten(database: Database) -> None:
    with database.transaction() as transaction:
        uploads.remember(transaction, "k1", "name 1", NOW)
        uploads.remember(transaction, "k2", "name 2", NOW)
        uploads.forget(transaction, "name 1")
    assert found(database, "k1", "k2") == [None, "name 2"]


def test_names_are_forgotten_after_their_days(database: Database) -> None:
    with database.transaction() as transaction:
        uploads.remember(transaction, "old", "name 1", NOW - timedelta(days=8))
        uploads.remember(transaction, "new", "name 2", NOW - timedelta(days=6))
        uploads.forget_old(transaction, NOW, days=7)
    assert found(database, "old", "new") == [None, "name 2"]
