"""The tables. Whatever people wrote is in encrypted columns only; migrations make them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# SQLite counts rows by itself only in a column of exactly this type: https://www.sqlite.org/autoinc.html
BIG_COUNTER = BigInteger().with_variant(Integer, "sqlite")


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


class SeenUpdate(Table):
    """An update that was taken in, kept for as long as the channel may deliver it again."""

    __tablename__ = "seen_updates"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class WaitingMessage(Table):
    """A message or press that has no reply yet. Updates are numbered in the order they came."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_person_update_id", "person", "update_id"),)

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    failures: Mapped[int] = mapped_column(default=0)


class WaitingReply(Table):
    """A reply that the channel has not accepted yet; those of one chat go out by `id`."""

    __tablename__ = "outbox"
    # A number is never given twice: striking out a reply must not hit a later one.
    __table_args__ = (Index("ix_outbox_chat_id", "chat", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BIG_COUNTER, primary_key=True)
    chat: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class DeadLetter(Table):
    """Something that could not be handled: what kind and what went wrong, never what was said."""

    __tablename__ = "dead_letters"

    id: Mapped[int] = mapped_column(BIG_COUNTER, primary_key=True)
    update_id: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(16))
    error: Mapped[str] = mapped_column(Text)
    set_aside_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class BlockedChat(Table):
    """A chat that does not take messages: the person stopped the bot, or the group removed it."""

    __tablename__ = "blocked_chats"

    chat: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    since: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class UnansweredQuestion(Table):
    """Words that were not understood, masked and without who wrote them."""

    __tablename__ = "unanswered"

    id: Mapped[int] = mapped_column(BIG_COUNTER, primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    done: Mapped[bool] = mapped_column(default=False)


class Upload(Table):
    """A picture that the channel has already, under its own name for it; `key` is a hash of what it shows."""

    __tablename__ = "uploads"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    uploaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
