"""Sessions of people, encrypted, one row each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select

from bot.conversation.session import VERSION, Session, restored
from bot.storage.cipher import Cipher, WrongKeyError
from bot.storage.tables import sessions
from bot.storage.upserts import upsert

_LOAD = select(sessions.c.person, sessions.c.body).where(sessions.c.person.in_(bindparam("people", expanding=True)))


def load_sessions(transaction: Connection, people: Sequence[str]) -> dict[str, bytes]:
    """The stored sessions, still encrypted, by person; who is new has none."""
    return {row.person: row.body for row in transaction.execute(_LOAD, {"people": people})}


class UnreadableError(Exception):
    """A stored session that cannot be read: damaged, or under a key that is gone. The message says what went wrong."""


def opened(cipher: Cipher, token: bytes | None) -> tuple[Session, tuple[str, ...]]:
    """A session as it was stored, a fresh one for somebody new, and the names of what in it could not be read.

    Raises `UnreadableError`.
    """
    if token is None:
        return Session(), ()
    try:
        stored = json.loads(cipher.decrypt(token))
    except (WrongKeyError, ValueError) as error:
        raise UnreadableError(type(error).__name__) from None
    if not isinstance(stored, dict):
        raise UnreadableError(type(stored).__name__)
    if isinstance(version := stored.get("version"), int) and version > VERSION:
        raise UnreadableError("of a newer version of this program")
    return restored(stored)


def save_sessions(transaction: Connection, cipher: Cipher, changed: Mapping[str, Session], now: datetime) -> None:
    """Store sessions by person in place of those before. `now` is timezone-aware."""
    rows = [
        {"person": person, "body": cipher.encrypt(session.model_dump_json()), "updated_at": now}
        for person, session in changed.items()
    ]
    upsert(transaction, sessions, rows)


def load_session(transaction: Connection, cipher: Cipher, person: str) -> Session:
    """The stored session of a person, a fresh one for somebody new or where it cannot be read."""
    try:
        return opened(cipher, load_sessions(transaction, [person]).get(person))[0]
    except UnreadableError:
        return Session()


def save_session(transaction: Connection, cipher: Cipher, person: str, session: Session, now: datetime) -> None:
    """Store a session in place of the one before. `now` is timezone-aware."""
    save_sessions(transaction, cipher, {person: session}, now)


def forget_idle(transaction: Connection, now: datetime, days: int) -> None:
    """Delete the sessions of people who wrote nothing for more than `days` days."""
    transaction.execute(delete(sessions).where(sessions.c.updated_at < now - timedelta(days=days)))
