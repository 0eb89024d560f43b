"""Replies that wait to be sent, encrypted; one row is one call to the channel.

Rows of one chat go out in order. A row is struck out once the channel has accepted it, so a crash
in between repeats at most that one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from bot.storage.cipher import Cipher
from bot.storage.tables import outbox


@dataclass(frozen=True)
class Unsent:
    """A row of the outbox."""

    id: int
    chat: int
    token: bytes


_PUT = insert(outbox)
_FIRST = (
    select(func.min(outbox.c.id)).where(outbox.c.chat.in_(bindparam("chats", expanding=True))).group_by(outbox.c.chat)
)
_OLDEST = select(outbox.c.id, outbox.c.chat, outbox.c.body).where(outbox.c.id.in_(_FIRST))
_STRIKE = delete(outbox).where(outbox.c.id.in_(bindparam("ids", expanding=True)))
_DEPTH = select(func.count(), func.min(outbox.c.queued_at)).select_from(outbox)


def put(transaction: Connection, cipher: Cipher, replies: Sequence[tuple[int, str]], now: datetime) -> None:
    """Put replies, each a chat and a body, at the end of their chats' lines, in this order."""
    if replies:
        rows = [{"chat": chat, "body": cipher.encrypt(body), "queued_at": now.timestamp()} for chat, body in replies]
        transaction.execute(_PUT, rows)


def chats_waiting(transaction: Connection) -> list[int]:
    """Every chat that has a row."""
    return list(transaction.scalars(select(outbox.c.chat).distinct()))


def oldest(transaction: Connection, chats: Sequence[int]) -> dict[int, Unsent]:
    """The first in each chat's line; a chat without one is left out."""
    rows = transaction.execute(_OLDEST, {"chats": chats})
    return {row.chat: Unsent(row.id, row.chat, row.body) for row in rows}


def strike(transaction: Connection, ids: Sequence[int]) -> None:
    """Take rows out: they were accepted, or can never be."""
    transaction.execute(_STRIKE, {"ids": ids})


def drop_chat(transaction: Connection, chat: int, upto: int | None = None, until: float | None = None) -> None:
    """Take out the rows of a chat, only those numbered up to `upto`, or queued until then, if it is given."""
    statement = delete(outbox).where(outbox.c.chat == chat)
    if upto is not None:
        statement = statement.where(outbox.c.id <= upto)
    if until is not None:
        statement = statement.where(or_(outbox.c.queued_at.is_(None), outbox.c.queued_at <= until))
    transaction.execute(statement)


def numbers_of(transaction: Connection, cipher: Cipher, chat: int, stays: Callable[[str], bool]) -> list[int]:
    """The numbers of a chat's rows, without those whose body `stays`."""
    rows = transaction.execute(select(outbox.c.id, outbox.c.body).where(outbox.c.chat == chat))
    return [row.id for row in rows if not stays(cipher.decrypt(row.body))]


def move_chat(transaction: Connection, old: int, new: int) -> None:
    """Send to `new` what waits for `old`: a group got another id."""
    transaction.execute(update(outbox).where(outbox.c.chat == old).values(chat=new))


def depth(transaction: Connection) -> tuple[int, float | None]:
    """How many rows there are, and since when the oldest waits, in seconds since 1970."""
    number, since = transaction.execute(_DEPTH).one()
    return number, since
