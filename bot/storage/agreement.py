"""What all processes on one database must have alike: its keys, and the version of its sessions.

While replicas are restarted one after the other, some know a new key or write newer sessions than others can read.
Who cannot read what is stored must not take it for damaged, and write over it: it leaves that to the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import SQLAlchemyError

from bot.conversation.session import VERSION
from bot.settings import SettingsError
from bot.storage import marks
from bot.storage.cipher import Cipher, WrongKeyError
from bot.storage.tables import canary

if TYPE_CHECKING:
    from bot.storage.database import Database

CANARY = "the key fits"
# The version of the sessions that are stored.
SESSIONS = "sessions"
NEWER_SESSIONS = "its sessions are of a newer version of this program; start that one, or restore a backup"
# A mark for each key under which something may be stored.
KEY = "key "
WRONG_KEY = "ADVISOR_SECRET_KEY: this key does not open the stored data; give the key it was stored under"
ANOTHER_KEY = "ADVISOR_SECRET_KEY: some of the stored data is under a key that is not listed; add it behind the first"


class OutdatedError(Exception):
    """This process can no longer read all that others store; it must be started anew with what they have."""


def check(transaction: Connection, cipher: Cipher) -> None:
    """Whether all that is stored can be read; notes what this program writes. Raises `SettingsError`."""
    token: bytes | None = transaction.scalar(select(canary.c.token))
    if token is None:
        transaction.execute(insert(canary), {"id": 1, "token": cipher.encrypt(CANARY)})
    else:
        _open_canary(cipher, token)
    if _unknown_keys(transaction, cipher):
        raise SettingsError(ANOTHER_KEY)
    stored = marks.read(transaction, SESSIONS)
    if stored is not None and int(stored) > VERSION:
        raise SettingsError(f"the database cannot be used ({NEWER_SESSIONS})")
    if stored != str(VERSION):
        marks.write(transaction, SESSIONS, str(VERSION))


def announce(database: Database) -> None:
    """Note the key under which this process stores, before it stores anything. Raises `SettingsError`."""
    first, *_ = _names(database.cipher)
    try:
        with database.reader() as reader:
            if first in marks.named(reader, KEY):
                return
        with database.transaction() as transaction:
            marks.write(transaction, f"{KEY}{first}", "1")
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise SettingsError(f"the database cannot be used ({reason})") from None


def forget_other_keys(database: Database) -> None:
    """All is under the first key now."""
    with database.transaction() as transaction:
        first, *_ = _names(database.cipher)
        marks.remove(transaction, [f"{KEY}{name}" for name in marks.named(transaction, KEY) if name != first])


def problem(database: Database) -> str | None:
    """Why this process cannot go on with this database, if it cannot."""
    with database.reader() as reader:
        stored = marks.read(reader, SESSIONS)
        if stored is not None and int(stored) > VERSION:
            return NEWER_SESSIONS
        return ANOTHER_KEY if _unknown_keys(reader, database.cipher) else None


def _open_canary(cipher: Cipher, token: bytes) -> None:
    try:
        cipher.decrypt(token)
    except WrongKeyError:
        raise SettingsError(WRONG_KEY) from None


def _unknown_keys(transaction: Connection, cipher: Cipher) -> set[str]:
    return marks.named(transaction, KEY) - set(_names(cipher))


def _names(cipher: Cipher) -> list[str]:
    # Short enough for the name of a mark.
    return [name[:16] for name in cipher.key_names]
