"""Erasing a person: whatever is stored under their name goes, in the transaction of the caller."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session as Transaction

from bot.storage import outbox
from bot.storage.tables import StoredSession, WaitingMessage


def erase(transaction: Transaction, person: str, chat: int | None = None) -> None:
    """Delete the session of a person, their messages in line and, of their private `chat`, the replies in line.

    Unanswered questions and dead letters do not say who wrote; update ids are numbers of the channel.
    """
    transaction.execute(delete(StoredSession).where(StoredSession.person == person))
    transaction.execute(delete(WaitingMessage).where(WaitingMessage.person == person))
    if chat is not None:
        outbox.drop_chat(transaction, chat)
