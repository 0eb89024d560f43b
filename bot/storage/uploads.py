"""Pictures that the channel has already: sent again by its name for them, they need not be drawn.

The key is a hash of what the picture shows, without who asked for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from bot.storage.tables import uploads
from bot.storage.upserts import upsert


def find(transaction: Connection, key: str) -> str | None:
    """The channel's name for a picture, if it was uploaded before."""
    return transaction.scalar(select(uploads.c.name).where(uploads.c.key == key))


def remember(transaction: Connection, key: str, name: str, now: datetime) -> None:
    """A picture was uploaded; a name given before no longer counts. `now` is timezone-aware."""
    upsert(transaction, uploads, [{"key": key, "name": name, "uploaded_at": now}])


def forget(transaction: Connection, name: str) -> None:
    """The channel no longer knows a picture by the name it gave."""
    transaction.execute(delete(uploads).where(uploads.c.name == name))


def forget_old(transaction: Connection, now: datetime, days: int) -> None:
    """Delete what was uploaded more than `days` days ago."""
    transaction.execute(delete(uploads).where(uploads.c.uploaded_at < now - timedelta(days=days)))
