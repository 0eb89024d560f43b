"""What could not be handled: listed for whoever runs the bot, without a word of what people wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as Transaction

from bot.storage.tables import DeadLetter


@dataclass(frozen=True)
class Dead:
    """`kind` is that of the message, or `reply`; `error` is the error's class, place and redacted message."""

    id: int
    update_id: int | None
    kind: str
    error: str
    set_aside_at: datetime


def set_aside(transaction: Transaction, update_id: int | None, kind: str, error: str, now: datetime) -> None:
    """Write down that something was given up. `now` is timezone-aware."""
    transaction.add(DeadLetter(update_id=update_id, kind=kind, error=error, set_aside_at=now))


def all_dead(transaction: Transaction) -> list[Dead]:
    """Everything set aside, the oldest first."""
    rows = transaction.scalars(select(DeadLetter).order_by(DeadLetter.id))
    return [Dead(row.id, row.update_id, row.kind, row.error, row.set_aside_at) for row in rows]


def clear(transaction: Transaction) -> None:
    """Forget everything set aside."""
    transaction.execute(delete(DeadLetter))
