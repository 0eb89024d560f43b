"""The tables. Whatever people wrote is in encrypted columns only; migrations make them.

Plain tables and no mapped classes: a turn is a handful of small statements, and objects would cost
more than all of them together.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

# SQLite counts rows by itself only in a column of exactly this type: https://www.sqlite.org/autoinc.html
BIG_COUNTER = BigInteger().with_variant(Integer, "sqlite")
metadata = MetaData()

# One row: a known text encrypted under the key, so that a wrong key is refused at start.
canary = Table(
    "canary",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", LargeBinary, nullable=False),
)

# `person` is the channel and the id there, e.g. `terminal:local`.
sessions = Table(
    "sessions",
    metadata,
    Column("person", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, index=True),
)

# Updates that were taken in, kept for as long as the channel may deliver them again.
seen_updates = Table(
    "seen_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seen_at", DateTime(timezone=True), nullable=False, index=True),
)

# Messages and presses without a reply yet. Updates are numbered in the order they came; `queued_at` is in
# seconds since 1970, None in rows of an older version.
inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("failures", Integer, nullable=False, default=0),
    Column("queued_at", Float),
    Index("ix_inbox_person_update_id", "person", "update_id"),
)

# Replies that the channel has not accepted yet; those of one chat go out by `id`. A number is never given
# twice: striking out a reply must not hit a later one.
outbox = Table(
    "outbox",
    metadata,
    Column("id", BIG_COUNTER, primary_key=True),
    Column("chat", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("queued_at", Float),
    Index("ix_outbox_chat_id", "chat", "id"),
    sqlite_autoincrement=True,
)

# What could not be handled: what kind and what went wrong, never what was said.
dead_letters = Table(
    "dead_letters",
    metadata,
    Column("id", BIG_COUNTER, primary_key=True),
    Column("update_id", BigInteger),
    Column("kind", String(16), nullable=False),
    Column("error", Text, nullable=False),
    Column("set_aside_at", DateTime(timezone=True), nullable=False),
)

# Chats that take no messages: the person stopped the bot, or the group removed it.
blocked_chats = Table(
    "blocked_chats",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("since", DateTime(timezone=True), nullable=False),
)

# Words that were not understood, masked. `asker` is a keyed hash: enough to delete them with the person.
unanswered = Table(
    "unanswered",
    metadata,
    Column("id", BIG_COUNTER, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False, index=True),
    Column("done", Boolean, nullable=False, default=False),
    Column("asker", String(32), index=True),
)

# Pictures that the channel has already, under its own name for them; `key` is a hash of what they show.
uploads = Table(
    "uploads",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("uploaded_at", DateTime(timezone=True), nullable=False, index=True),
)

# Small facts that outlive a process: the clock that is believed, the webhook that was set.
marks = Table(
    "marks",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)
