"""Chats that take no messages: the person stopped the bot, or a group removed it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete

from bot.storage import outbox
from bot.storage.tables import blocked_chats
from bot.storage.upserts import upsert

_UNBLOCK = delete(blocked_chats).where(blocked_chats.c.chat.in_(bindparam("chats", expanding=True)))


def block(
    transaction: Connection, chat: int, now: datetime, *, refused: int | None = None, left_at: float | None = None
) -> None:
    """Remember that a chat takes no messages, and drop what waits for it. `now` is timezone-aware.

    `refused` is the reply that the channel refused, `left_at` when the person went, in seconds since 1970: only what
    was stored up to then is dropped. What was stored later may have come after they were back.
    """
    upsert(transaction, blocked_chats, [{"chat": chat, "since": now}])
    outbox.drop_chat(transaction, chat, upto=refused, until=left_at)


def unblock(transaction: Connection, chats: Iterable[int]) -> None:
    """These chats take messages again."""
    if wanted := sorted(set(chats)):
        transaction.execute(_UNBLOCK, {"chats": wanted})


def forget_old(transaction: Connection, now: datetime, days: int) -> None:
    """Forget chats that were blocked more than `days` days ago."""
    transaction.execute(delete(blocked_chats).where(blocked_chats.c.since < now - timedelta(days=days)))
