"""Who works on what, where several processes serve one bot.

With PostgreSQL a claim is an advisory lock of a connection that the process keeps for this alone: it is
free again the moment the process dies, however that happens, and a thousand of them cost one connection.
With SQLite one process runs at a time and claims are always granted.
https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Iterable
from contextlib import suppress

from sqlalchemy import Connection, Engine, TextClause, text
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.database import Database

_TAKE = text("SELECT key FROM unnest(CAST(:keys AS bigint[])) AS key WHERE pg_try_advisory_lock(key)")
_GIVE = text("SELECT count(pg_advisory_unlock(key)) FROM unnest(CAST(:keys AS bigint[])) AS key")
_GIVE_ALL = text("SELECT pg_advisory_unlock_all()")
_LIMIT = text("SELECT set_config('idle_session_timeout', :limit, false)")
SILENCE_SECONDS = 30.0
# The first version of PostgreSQL that ends a silent connection by itself.
HEARS_SILENCE = (14,)


class Claims:
    """Takes and gives back claims by name. Any thread may call; what is held already is granted again.

    A process that is frozen keeps its connection. So a holder shows that it lives, by any call, and after `silence`
    seconds without one the server ends the connection, and what was claimed is free.
    """

    def __init__(self, database: Database, silence: float = SILENCE_SECONDS) -> None:
        self._silence = silence
        self._engine: Engine | None = database.engine if database.is_shared else None
        self._connection: Connection | None = None
        # The server counts how often a lock is taken; here it is held once or not at all.
        self._held: set[int] = set()
        self._busy = threading.Lock()

    def take(self, names: Collection[str]) -> set[str]:
        """Those of the names that nobody else has. Raises `SQLAlchemyError` when the database is away."""
        if self._engine is None:
            return set(names)
        by_key = {_key(name): name for name in names}
        with self._busy:
            # Asked even if all are held: a connection that is gone took them along.
            new = self._scalars(_TAKE, by_key.keys() - self._held)
            self._held.update(new)
            return {name for key, name in by_key.items() if key in self._held}

    def give(self, names: Iterable[str]) -> None:
        """Give claims back. When the database is away they are free already, with the connection."""
        if self._engine is None:
            return
        with self._busy, suppress(SQLAlchemyError):
            if given := self._held.intersection(map(_key, names)):
                self._scalars(_GIVE, given)
                self._held -= given

    def alive(self) -> bool:
        """Whether what was taken is still held."""
        if self._engine is None:
            return True
        with self._busy:
            if self._connection is None:
                return False
            try:
                self._connection.execute(text("SELECT 1"))
            except SQLAlchemyError:
                self._drop()
                return False
            return True

    def close(self) -> None:
        """Give everything back, at once: a server notices only later that a connection is gone."""
        with self._busy:
            if self._connection is not None:
                with suppress(SQLAlchemyError):  # free already, with the connection
                    self._connection.execute(_GIVE_ALL)
            self._drop()

    def _scalars(self, statement: TextClause, keys: Collection[int]) -> list[int]:
        try:
            if self._connection is None and self._engine is not None:
                self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
                if (self._connection.dialect.server_version_info or ()) >= HEARS_SILENCE:
                    limit = f"{1000 * self._silence:.0f}"
                    self._connection.execute(_LIMIT, {"limit": limit})
            if self._connection is None:
                return list(keys)
            return list(self._connection.scalars(statement, {"keys": list(keys)}))
        except SQLAlchemyError:
            self._drop()
            raise

    def _drop(self) -> None:
        self._held.clear()
        if self._connection is not None:
            connection, self._connection = self._connection, None
            # Not back to the pool: its locks must end with it.
            connection.invalidate()
            connection.close()


def _key(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)
