"""Pictures that the channel has already: sent again by its name for them, they need not be drawn.

The key is a hash of what the picture shows, without who asked for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session as Transaction

from bot.storage.tables import Upload


def find(transaction: Transaction, key: str) -> str | None:
    """The channel's name for a picture, if it was uploaded before."""
    row = transaction.get(Upload, key)
    return row.name if row else None


def remember(transaction: Transaction, key: str, name: str, now: datetime) -> None:
    """A picture was uploaded; a name given before no longer counts. `now` is timezone-aware."""
    transaction.merge(Upload(key=key, name=name, uploaded_at=now))


def forget(transaction: Transaction, name: str) -> None:
    """The channel no longer knows a picture by the name it gave."""
    transaction.execute(delete(Upload).where(Upload.name == name))


def forget_old(transaction: Transaction, now: datetime, days: int) -> None:
    """Delete what was uploaded more than `days` days ago."""
    transaction.execute(delete(Upload).where(Upload.uploaded_at < now - timedelta(days=days)))
