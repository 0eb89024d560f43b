"""Reading the oldest row of somebody's line, so that nobody else takes it before we are done.

Where rows can be locked (PostgreSQL) the claim holds the lock, and with it a connection, until it
is finished or dropped; another replica passes by. On SQLite one process runs at a time and each
line has one worker, so nothing is held: the writer's lock must not wait for a turn or a send.
Whoever finishes checks that the row is still there: that alone would keep anything from counting twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session as Transaction

from bot.storage.database import Database


class Claim:
    """Open it, read with `reading`, then `finish` with writes, or `drop`. Any thread may call."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.reading: Transaction = database.reader()

    def rest(self) -> None:
        """Call when all is read and something slow comes next."""
        if not self._database.locks_rows:
            self.reading.close()

    @contextmanager
    def finish(self) -> Iterator[Transaction]:
        """The writing transaction that ends the claim: committed, or rolled back on an exception."""
        try:
            if self._database.locks_rows:
                yield self.reading
                self.reading.commit()
                return
            self.reading.close()
            with self._database.transaction() as transaction:
                yield transaction
        finally:
            self.drop()

    def drop(self) -> None:
        """End the claim; whatever was not committed never happened."""
        self.reading.close()
