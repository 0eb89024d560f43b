"""The tables. Whatever people wrote is in encrypted columns only; migrations make them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, LargeBinary, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Table(DeclarativeBase):
    """Base of all tables."""


class Canary(Table):
    """One row: a known text encrypted under the key, so that a wrong key is refused at start."""

    __tablename__ = "canary"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[bytes] = mapped_column(LargeBinary)


class StoredSession(Table):
    """A person's session. `person` is the channel and the id there, e.g. `terminal:local`."""

    __tablename__ = "sessions"

    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
