"""Forgetting what is old, by a clock that can be believed.

A machine that starts with its clock 200 days ahead must not forget everybody. Time is believed while it
goes on from where it was: the last time is stored at every look. After a leap forwards, longer than the
bot is usually off, nothing is forgotten until the bot has run for some days by the new time; a clock that
is set back before then takes the leap back, and one that leaps again begins again. By a clock that stands behind,
whoever writes is noted under the last time that was believed: set right, it must not make them look idle.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select

from bot.storage import chats, inbox, marks, sessions, unanswered, uploads
from bot.storage.tables import seen_updates
from bot.storage.tables import sessions as stored_sessions

BELIEVED = "clock"
DOUBTED_SINCE = "clock_doubted_since"
DOUBTED_LAST = "clock_doubted_last"
LONGEST_LEAP = timedelta(days=2)
PROBATION = timedelta(days=3)


def forget_old(
    transaction: Connection, now: datetime, days: int, remember_updates: timedelta, told: datetime | None = None
) -> bool:
    """Delete what is older than `days` days, and updates older than `remember_updates`. False: not by this clock.

    `now` is timezone-aware; `told` is the time of the newest message as the channel gave it, if any came.
    """
    if not believable(transaction, now, told):
        return False
    inbox.forget_seen(transaction, now - remember_updates)
    sessions.forget_idle(transaction, now, days)
    unanswered.forget_old(transaction, now, days)
    uploads.forget_old(transaction, now, days)
    chats.forget_old(transaction, now, days)
    return True


def never_before(transaction: Connection, now: datetime) -> datetime:
    """`now`, or the last time that was believed if the clock stands before it."""
    return max(now, _read(transaction, BELIEVED) or now)


def believable(transaction: Connection, now: datetime, told: datetime | None = None) -> bool:
    """Whether time goes on from where it was; notes where it is. For `now` and `told` see `forget_old`."""
    if told is not None and now - told > LONGEST_LEAP:
        return False
    last = _read(transaction, BELIEVED) or _newest(transaction)
    if last is None or now - last <= LONGEST_LEAP:
        # A clock that stands before the last time is believed too, but does not set it back.
        marks.write(transaction, BELIEVED, max(now, last or now).isoformat())
        marks.write(transaction, DOUBTED_SINCE, "")
        return True
    doubted, looked = _read(transaction, DOUBTED_SINCE), _read(transaction, DOUBTED_LAST)
    marks.write(transaction, DOUBTED_LAST, now.isoformat())
    # A clock that leaps again has shown nothing by the time it leapt over.
    if doubted is None or looked is None or not timedelta(0) <= now - looked <= LONGEST_LEAP:
        marks.write(transaction, BELIEVED, last.isoformat())
        marks.write(transaction, DOUBTED_SINCE, now.isoformat())
        return False
    if now - doubted < PROBATION:
        return False
    marks.write(transaction, BELIEVED, now.isoformat())
    marks.write(transaction, DOUBTED_SINCE, "")
    return True


def _read(transaction: Connection, name: str) -> datetime | None:
    value = marks.read(transaction, name)
    return datetime.fromisoformat(value) if value else None


def _newest(transaction: Connection) -> datetime | None:
    """The last time that anybody wrote, in a database from before the clock was kept."""
    times = [
        transaction.scalar(select(func.max(stored_sessions.c.updated_at))),
        transaction.scalar(select(func.max(seen_updates.c.seen_at))),
    ]
    known = [_aware(time) for time in times if time is not None]
    return max(known, default=None)


def _aware(time: datetime) -> datetime:
    """SQLite gives back what is in UTC without saying so."""
    return time if time.tzinfo else time.replace(tzinfo=UTC)
