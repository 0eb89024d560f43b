"""Replies that wait to be sent, encrypted; one row is one call to the channel.

Rows of one chat go out in order. A row is struck out once the channel has accepted it, so a crash
in between repeats at most that one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session as Transaction

from bot.storage.cipher import Cipher
from bot.storage.tables import WaitingReply


@dataclass(frozen=True)
class Unsent:
    """A row of the outbox."""

    id: int
    chat: int
    token: bytes


def put(transaction: Transaction, cipher: Cipher, chat: int, bodies: Sequence[str]) -> None:
    """Put replies at the end of a chat's line."""
    for body in bodies:
        transaction.add(WaitingReply(chat=chat, body=cipher.encrypt(body)))
        # One by one: their numbers must rise in this order.
        transaction.flush()


def chats_waiting(transaction: Transaction) -> list[int]:
    """Every chat that has a row."""
    return list(transaction.scalars(select(WaitingReply.chat).distinct()))


def oldest(transaction: Transaction, chat: int) -> Unsent | None:
    """The first in a chat's line, locked where rows can be; None if there is none, or another has it."""
    first = select(func.min(WaitingReply.id)).where(WaitingReply.chat == chat).scalar_subquery()
    row = transaction.scalar(select(WaitingReply).where(WaitingReply.id == first).with_for_update(skip_locked=True))
    return Unsent(row.id, row.chat, row.body) if row else None


def strike(transaction: Transaction, reply_id: int) -> None:
    """Take a row out: it was accepted, or can never be."""
    transaction.execute(delete(WaitingReply).where(WaitingReply.id == reply_id))


def drop_chat(transaction: Transaction, chat: int) -> None:
    """Take out all rows of a chat that no longer takes messages."""
    transaction.execute(delete(WaitingReply).where(WaitingReply.chat == chat))


def move_chat(transaction: Transaction, old: int, new: int) -> None:
    """Send to `new` what waits for `old`: a group got another id."""
    transaction.execute(update(WaitingReply).where(WaitingReply.chat == old).values(chat=new))
