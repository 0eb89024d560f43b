"""Reading the oldest row of somebody's line, so that nobody else takes it before we are done.

Where rows can be locked (PostgreSQL) the claim holds the lock, and with it a connection, until it
is finished or dropped; another replica passes by. On SQLite one process runs at a time and each
line has one worker, so nothing is held: the writer's lock must not wait for a turn or a send.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session as Transaction

from bot.storage.database import Database


class Claim:
    """Open it, read with `reading`, then `finish` with writes, or `drop`. Any thread may call."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # A task that is cancelled drops its claim while a thread may still be at work on it.
        self._busy = threading.RLock()
        self.reading: Transaction = database.reader()

    @property
    def held(self) -> bool:
        """Whether there is a transaction to end: `drop` may have to ask the database."""
        return self.reading.in_transaction()

    def rest(self) -> None:
        """Call when all is read and something slow comes next."""
        if not self._database.locks_rows:
            self.reading.close()

    @contextmanager
    def finish(self) -> Iterator[Transaction]:
        """The writing transaction that ends the claim: committed, or rolled back on an exception."""
        with self._busy:
            if self._database.locks_rows:
                with self.reading:
                    yield self.reading
                    self.reading.commit()
                return
            self.reading.close()
            with self._database.transaction() as transaction:
                yield transaction

    def drop(self) -> None:
        """End the claim; whatever was not committed never happened. Harmless when it has ended."""
        with self._busy:
            self.reading.close()
