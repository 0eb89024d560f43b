"""Small facts by name that outlive a process."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.storage.tables import marks
from bot.storage.upserts import upsert


def read(transaction: Connection, name: str) -> str | None:
    """The value of a mark, if it was ever written."""
    return transaction.scalar(select(marks.c.value).where(marks.c.name == name))


def write(transaction: Connection, name: str, value: str) -> None:
    """Put a value in place of the one before."""
    upsert(transaction, marks, [{"name": name, "value": value}])
