"""Sessions of people, encrypted, one row each."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session as Transaction

from bot.conversation.session import Session, restore
from bot.storage.cipher import Cipher
from bot.storage.tables import StoredSession


def load_session(transaction: Transaction, cipher: Cipher, person: str) -> Session:
    """The stored session of a person, a fresh one for somebody new."""
    row = transaction.get(StoredSession, person)
    return restore(json.loads(cipher.decrypt(row.body))) if row else Session()


def save_session(transaction: Transaction, cipher: Cipher, person: str, session: Session, now: datetime) -> None:
    """Store a session in place of the one before. `now` is timezone-aware."""
    body = cipher.encrypt(session.model_dump_json())
    transaction.merge(StoredSession(person=person, body=body, updated_at=now))


def forget_idle(transaction: Transaction, now: datetime, days: int) -> None:
    """Delete the sessions of people who wrote nothing for more than `days` days."""
    transaction.execute(delete(StoredSession).where(StoredSession.updated_at < now - timedelta(days=days)))
