"""Chats that take no messages: the person stopped the bot, or a group removed it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session as Transaction

from bot.storage import outbox
from bot.storage.tables import BlockedChat


def block(transaction: Transaction, chat: int, now: datetime) -> None:
    """Remember that a chat takes no messages, and drop what waits for it. `now` is timezone-aware."""
    transaction.merge(BlockedChat(chat=chat, since=now))
    outbox.drop_chat(transaction, chat)


def unblock(transaction: Transaction, chats: Iterable[int]) -> None:
    """These chats take messages again."""
    transaction.execute(delete(BlockedChat).where(BlockedChat.chat.in_(set(chats))))
