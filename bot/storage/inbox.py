"""Messages and presses that wait for their turn: stored before the channel forgets them.

`add` is called in the transaction that ends before an update is acknowledged. A turn claims the
oldest row of a person, and removes it in the transaction that stores its replies.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session as Transaction

from bot.storage.cipher import Cipher
from bot.storage.tables import SeenUpdate, WaitingMessage


@dataclass(frozen=True)
class Waiting:
    """A row of the inbox; `failures` counts the turns that ended in an error."""

    update_id: int
    person: str
    token: bytes
    failures: int


def see(transaction: Transaction, update_id: int, now: datetime) -> bool:
    """Remember an update. False: it was seen before, so it must not count again."""
    insert = postgresql.insert if transaction.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(SeenUpdate).values(update_id=update_id, seen_at=now).on_conflict_do_nothing()
    return transaction.scalar(statement.returning(SeenUpdate.update_id)) is not None


def forget_seen(transaction: Transaction, before: datetime) -> None:
    """Forget updates that were seen before a moment: the channel will not deliver them again."""
    transaction.execute(delete(SeenUpdate).where(SeenUpdate.seen_at < before))


def add(transaction: Transaction, cipher: Cipher, update_id: int, person: str, body: str) -> None:
    """Put a message at the end of a person's line."""
    transaction.add(WaitingMessage(update_id=update_id, person=person, body=cipher.encrypt(body), failures=0))


def people_waiting(transaction: Transaction) -> list[str]:
    """Everybody who has a row."""
    return list(transaction.scalars(select(WaitingMessage.person).distinct()))


def oldest(transaction: Transaction, person: str) -> Waiting | None:
    """The first in a person's line, locked where rows can be; None if there is none, or another has it.

    The oldest is found before it is locked: `SKIP LOCKED` alone would go on to the second.
    """
    first = select(func.min(WaitingMessage.update_id)).where(WaitingMessage.person == person).scalar_subquery()
    row = transaction.scalar(
        select(WaitingMessage).where(WaitingMessage.update_id == first).with_for_update(skip_locked=True)
    )
    return Waiting(row.update_id, row.person, row.body, row.failures) if row else None


def remove(transaction: Transaction, update_id: int) -> bool:
    """Take a row out. False: somebody else has done so, and its turn must not count again."""
    statement = delete(WaitingMessage).where(WaitingMessage.update_id == update_id)
    return transaction.scalar(statement.returning(WaitingMessage.update_id)) is not None


def count_failure(transaction: Transaction, update_id: int) -> None:
    """Remember that a turn ended in an error."""
    transaction.execute(
        update(WaitingMessage).where(WaitingMessage.update_id == update_id).values(failures=WaitingMessage.failures + 1)
    )
