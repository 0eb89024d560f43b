"""Forgetting by a clock that can be believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.conversation.messages import Reply
from bot.conversation.session import Session
from bot.storage import chats, inbox, unanswered, uploads
from bot.storage.database import Database
from bot.storage.retention import LONGEST_LEAP, PROBATION, forget_old, never_before
from bot.storage.sessions import load_session, save_session
from bot.storage.tables import blocked_chats

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAY = timedelta(days=1)
KNOWN = Session(misses=3)


def save(database: Database, person: str, at: datetime) -> None:
    with database.transaction() as transaction:
        save_session(transaction, database.cipher, person, KNOWN, at)


def forget(database: Database, at: datetime, told: datetime | None = None) -> bool:
    with database.transaction() as transaction:
        return forget_old(transaction, at, 180, timedelta(hours=48), told)


def known(database: Database, person: str) -> bool:
    with database.reader() as reader:
        return load_session(reader, database.cipher, person) == KNOWN


def test_who_is_idle_for_long_is_forgotten_while_time_goes_on(database: Database) -> None:
    save(database, "idle", NOW - 181 * DAY)
    save(database, "ann", NOW)
    assert forget(database, NOW)
    assert (known(database, "idle"), known(database, "ann")) == (False, True)


def test_all_that_is_old_goes(database: Database) -> None:
    with database.transaction() as transaction:
        for chat, at in ((1, NOW - 181 * DAY), (2, NOW)):
            chats.block(transaction, chat, at)
            uploads.remember(transaction, f"key {chat}", f"name {chat}", at)
            unanswered.note(transaction, database.cipher, f"q{chat}", [Reply(text="?", unanswered=True)], at, "ann")
            inbox.see(transaction, [chat], at)
        assert forget_old(transaction, NOW, 180, timedelta(hours=48))
        assert list(transaction.scalars(select(blocked_chats.c.chat))) == [2]
        assert [uploads.find(transaction, f"key {chat}") for chat in (1, 2)] == [None, "name 2"]
        assert len(unanswered.all_unanswered(transaction, database.cipher)) == 1
        assert inbox.see(transaction, [1, 2], NOW) == {1}


def test_a_clock_that_leaps_at_a_start_forgets_nobody(database: Database) -> None:
    save(database, "ann", NOW)
    assert not forget(database, NOW + 200 * DAY)
    # Nor does somebody who writes by the wrong clock make it right.
    save(database, "ben", NOW + 200 * DAY)
    for hours in range(1, 48):
        assert not forget(database, NOW + 200 * DAY + timedelta(hours=hours))
    assert known(database, "ann")
    assert forget(database, NOW + timedelta(hours=2))
    assert known(database, "ann")


def test_after_a_true_pause_it_forgets_again_some_days_later(database: Database) -> None:
    save(database, "idle", NOW)
    assert forget(database, NOW)
    later = NOW + 200 * DAY
    assert not forget(database, later)
    assert not forget(database, later + PROBATION / 2)
    assert not forget(database, later + PROBATION - timedelta(hours=1))
    assert known(database, "idle")
    assert forget(database, later + PROBATION)
    assert not known(database, "idle")
    assert forget(database, later + PROBATION + timedelta(hours=1))


def test_a_clock_that_leaps_again_begins_again(database: Database) -> None:
    save(database, "ann", NOW)
    assert forget(database, NOW)
    for leap in (200, 400, 300, 303.5):
        assert not forget(database, NOW + leap * DAY)
    assert known(database, "ann")


def test_by_a_clock_that_stands_behind_nobody_is_noted_as_long_idle(database: Database) -> None:
    assert forget(database, NOW)
    with database.transaction() as transaction:
        assert never_before(transaction, NOW - 400 * DAY) == NOW
        assert never_before(transaction, NOW + DAY) == NOW + DAY


def test_a_clock_far_ahead_of_what_the_channel_tells_is_not_believed(database: Database) -> None:
    save(database, "ann", NOW)
    assert forget(database, NOW)
    assert not forget(database, NOW + DAY, told=NOW - LONGEST_LEAP)
    assert forget(database, NOW + DAY, told=NOW + DAY)
