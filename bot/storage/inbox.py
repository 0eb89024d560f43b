"""Messages and presses that wait for their turn: stored before the channel forgets them.

`add` is called in the transaction that ends before an update is acknowledged. A turn reads the oldest
row of a person, and removes it in the transaction that stores its replies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.storage.cipher import Cipher
from bot.storage.tables import inbox, seen_updates
from bot.storage.upserts import insert_new


@dataclass(frozen=True)
class Waiting:
    """A row of the inbox; `failures` counts the turns that ended in an error."""

    update_id: int
    person: str
    token: bytes
    failures: int


@dataclass(frozen=True)
class New:
    """A row to be: `body` is not encrypted yet."""

    update_id: int
    person: str
    body: str


_ADD = insert(inbox)
_FIRST = (
    select(func.min(inbox.c.update_id))
    .where(inbox.c.person.in_(bindparam("people", expanding=True)))
    .group_by(inbox.c.person)
)
_OLDEST = select(inbox.c.update_id, inbox.c.person, inbox.c.body, inbox.c.failures).where(inbox.c.update_id.in_(_FIRST))
_REMOVE = delete(inbox).where(inbox.c.update_id.in_(bindparam("ids", expanding=True))).returning(inbox.c.update_id)
_DEPTH = select(func.count(), func.min(inbox.c.queued_at)).select_from(inbox)


def see(transaction: Connection, update_ids: Sequence[int], now: datetime) -> set[int]:
    """Remember updates. Returns those that were not seen before; no other must count again."""
    # In order, so that two replicas that are given the same wait for each other and not both for ever.
    rows = [{"update_id": update_id, "seen_at": now} for update_id in sorted(set(update_ids))]
    return insert_new(transaction, seen_updates, rows)


def forget_seen(transaction: Connection, before: datetime) -> None:
    """Forget updates that were seen before a moment: the channel will not deliver them again."""
    transaction.execute(delete(seen_updates).where(seen_updates.c.seen_at < before))


def add(transaction: Connection, cipher: Cipher, rows: Iterable[New], now: datetime) -> None:
    """Put messages at the end of their people's lines."""
    values = [
        {
            "update_id": row.update_id,
            "person": row.person,
            "body": cipher.encrypt(row.body),
            "failures": 0,
            "queued_at": now.timestamp(),
        }
        for row in rows
    ]
    if values:
        transaction.execute(_ADD, values)


def people_waiting(transaction: Connection) -> list[str]:
    """Everybody who has a row."""
    return list(transaction.scalars(select(inbox.c.person).distinct()))


def oldest(transaction: Connection, people: Sequence[str]) -> dict[str, Waiting]:
    """The first in each person's line; who has none is left out."""
    rows = transaction.execute(_OLDEST, {"people": people})
    return {row.person: Waiting(row.update_id, row.person, row.body, row.failures) for row in rows}


def remove(transaction: Connection, update_ids: Sequence[int]) -> set[int]:
    """Take rows out. Returns those that were there: the turn of another must not count again."""
    return set(transaction.scalars(_REMOVE, {"ids": update_ids}))


def count_failure(transaction: Connection, update_id: int, by: int = 1) -> None:
    """Remember that a turn ended in an error."""
    transaction.execute(update(inbox).where(inbox.c.update_id == update_id).values(failures=inbox.c.failures + by))


def depth(transaction: Connection) -> tuple[int, float | None]:
    """How many rows there are, and since when the oldest waits, in seconds since 1970."""
    number, since = transaction.execute(_DEPTH).one()
    return number, since
