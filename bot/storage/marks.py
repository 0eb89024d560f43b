"""Small facts by name that outlive a process."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from bot.storage.tables import marks
from bot.storage.upserts import upsert


def read(transaction: Connection, name: str) -> str | None:
    """The value of a mark, if it was ever written."""
    return transaction.scalar(select(marks.c.value).where(marks.c.name == name))


def write(transaction: Connection, name: str, value: str) -> None:
    """Put a value in place of the one before."""
    upsert(transaction, marks, [{"name": name, "value": value}])


def named(transaction: Connection, prefix: str) -> set[str]:
    """The names that begin so, without that beginning."""
    names = transaction.scalars(select(marks.c.name).where(marks.c.name.startswith(prefix, autoescape=True)))
    return {name.removeprefix(prefix) for name in names}


def remove(transaction: Connection, names: Collection[str]) -> None:
    """Forget marks."""
    transaction.execute(delete(marks).where(marks.c.name.in_(names)))
