"""What could not be handled: listed for whoever runs the bot, without a word of what people wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from bot.storage.tables import dead_letters


@dataclass(frozen=True)
class Dead:
    """`kind` is that of the message, or `reply`; `error` is the error's class, place and redacted message."""

    id: int
    update_id: int | None
    kind: str
    error: str
    set_aside_at: datetime


def set_aside(transaction: Connection, update_id: int | None, kind: str, error: str, now: datetime) -> None:
    """Write down that something was given up. `now` is timezone-aware."""
    row = {"update_id": update_id, "kind": kind, "error": error, "set_aside_at": now}
    transaction.execute(insert(dead_letters), row)


def all_dead(transaction: Connection) -> list[Dead]:
    """Everything set aside, the oldest first."""
    rows = transaction.execute(select(dead_letters).order_by(dead_letters.c.id))
    return [Dead(row.id, row.update_id, row.kind, row.error, row.set_aside_at) for row in rows]


def count(transaction: Connection) -> int:
    """How many there are."""
    return transaction.scalar(select(func.count()).select_from(dead_letters)) or 0


def clear(transaction: Connection) -> None:
    """Forget everything set aside."""
    transaction.execute(delete(dead_letters))
