"""Encrypting everything that is stored under the first key, so that the keys behind it can be taken away."""

from __future__ import annotations

from sqlalchemy import Column, Table, bindparam, select, update

from bot.storage import agreement
from bot.storage.database import Database
from bot.storage.tables import canary, inbox, outbox, sessions, unanswered

ENCRYPTED: tuple[tuple[Table, str], ...] = (
    (sessions, "body"),
    (inbox, "body"),
    (outbox, "body"),
    (unanswered, "body"),
    (canary, "token"),
)
# A transaction of this many rows does not hold up a bot that runs meanwhile.
TOGETHER = 200


def rekey(database: Database) -> int:
    """Returns how many rows there were. May run beside the bot, which must know both keys.

    Raises `WrongKeyError` when something is under a key that is not given; what was done until then stays.
    """
    agreement.announce(database)
    _retag(database)
    rows = sum(_rekey(database, table, table.c[name]) for table, name in ENCRYPTED)
    agreement.forget_other_keys(database)
    return rows


def _rekey(database: Database, table: Table, column: Column[bytes]) -> int:
    (key,) = table.primary_key
    with database.reader() as reader:
        keys = list(reader.scalars(select(key)))
    statement = (
        update(table).where(key == bindparam("row"), column == bindparam("old")).values({column: bindparam("new")})
    )
    for start in range(0, len(keys), TOGETHER):
        with database.transaction() as transaction:
            found = transaction.execute(select(key, column).where(key.in_(keys[start : start + TOGETHER]))).all()
            rows = [{"row": row, "old": token, "new": database.cipher.renewed(token)} for row, token in found]
            if rows:
                transaction.execute(statement, rows)
    return len(keys)


def _retag(database: Database) -> None:
    """Unanswered questions of those who are known: the hash by which they are found when somebody is erased."""
    with database.transaction() as transaction:
        for person in transaction.scalars(select(sessions.c.person)).all():
            first, *older = database.cipher.tags(person)
            if older:
                transaction.execute(update(unanswered).where(unanswered.c.asker.in_(older)).values(asker=first))
