"""Opening the database: address, schema, key check. Everything else gets a `Database`.

SQLite has one writer at a time. Writing transactions take its lock when they begin, so that none
fails half way because another wrote in between, and wait for each other in the process first.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.settings import SettingsError, StorageSettings
from bot.storage import agreement, marks
from bot.storage.cipher import Cipher, local_key

MIGRATIONS = Path(__file__).parent / "migrations"
SQLITE_FILE = "advisor.db"
MAGIC = b"SQLite format 3\x00"  # https://www.sqlite.org/fileformat.html
# At the end of its first bytes stands that it has a journal in this manner: a backup put in its place has none.
IN_WAL = b"\x02\x02"
HEAD = 20
BUSY_SECONDS = 10
READ_ONLY = "read_only"
CONNECTIONS = 12
# Written once the file holds no deleted bytes from before they were overwritten.
ZEROED = "zeroed"
NEWER_TABLES = "its tables are of a newer version of this program; start that one, or restore a backup"
# Replicas that start together upgrade one after the other; the number is ours alone in this database.
UPGRADE_LOCK = 7_216_402_381
# A server that is gone is noticed within seconds.
# https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-KEEPALIVES
POSTGRESQL_MANNERS = {
    "connect_timeout": 10,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# And the server notices a replica that is gone, or frozen within a transaction, so that what it held passes on.
# https://www.postgresql.org/docs/current/runtime-config-connection.html
POSTGRESQL_PATIENCE = (
    "SET tcp_keepalives_idle = 5",
    "SET tcp_keepalives_interval = 2",
    "SET tcp_keepalives_count = 3",
    "SET idle_in_transaction_session_timeout = '60s'",
)


class Database:
    """An engine with the current schema, and the cipher whose key fits it.

    `is_shared` says that several processes may serve from it (PostgreSQL); `file` is that of SQLite, if any.
    """

    def __init__(self, engine: Engine, cipher: Cipher) -> None:
        self.engine = engine
        self.cipher = cipher
        self.is_shared = engine.dialect.name != "sqlite"
        self.file = None if self.is_shared else Path(str(engine.url.database))
        # Kept open: closing it would end SQLite's locks on the same file. https://www.sqlite.org/howtocorrupt.html
        self._watched = None if self.file is None else os.open(self.file, os.O_RDONLY | os.O_CREAT, 0o600)
        self._was_overwritten = False
        self._reads = engine.execution_options(**{READ_ONLY: True})
        self._writer: AbstractContextManager[object] = nullcontext() if self.is_shared else threading.Lock()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Commits at the end of the block, rolls back on an exception. Keep it short."""
        with self._writer, self.engine.begin() as transaction:
            yield transaction

    @contextmanager
    def reader(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self._reads.connect() as reader:
            yield reader

    def file_problem(self) -> str | None:
        """What happened to SQLite's file behind our back, if anything: its own journal hides that for a while."""
        if self.file is None or self._watched is None:
            return None
        try:
            now, opened = os.stat(self.file), os.fstat(self._watched)
            head = os.pread(self._watched, HEAD, 0)
        except OSError as error:
            return f"{self.file} is gone ({error.strerror}); restore it from a backup"
        if (now.st_dev, now.st_ino) != (opened.st_dev, opened.st_ino):
            return f"{self.file} was replaced by another file; start the bot again"
        # Once is enough: our journal writes the head anew, over what now lies there.
        self._was_overwritten = self._was_overwritten or not (head.startswith(MAGIC) and head.endswith(IN_WAL))
        return f"{self.file} was overwritten; stop the bot, then restore a backup" if self._was_overwritten else None

    def scrub(self) -> bool:
        """Write SQLite's journal into its file and empty it, so that nothing deleted is left in either.

        What is deleted is overwritten with zeros at once, but the journal holds pages as they were. False: somebody
        is reading from it; try again later. With PostgreSQL this is the server's affair: see docs/operations.md.
        """
        if self.is_shared:
            return True
        connection = self.engine.raw_connection()
        try:
            with self._writer:
                cursor = connection.cursor()
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                (busy, *_) = cursor.fetchone() or (1,)
                cursor.close()
            return not busy
        finally:
            connection.close()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
        if self._watched is not None:
            os.close(self._watched)
            self._watched = None


def address(settings: StorageSettings) -> URL:
    """`DATABASE_URL` with the driver we use, or the SQLite file in the data folder."""
    if settings.database_url is None:
        return URL.create("sqlite", database=str(settings.data_dir / SQLITE_FILE))
    try:
        url = make_url(settings.database_url.get_secret_value())
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        raise SettingsError("DATABASE_URL: not a database address; e.g. postgresql://user:password@host/name") from None
    name = url.drivername.split("+")[0]
    if name in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if name == "sqlite" and url.query:
        # By such an address one file has many names, and the lock that keeps a second bot out would miss it.
        raise SettingsError("DATABASE_URL: SQLite takes a path and nothing after it; e.g. sqlite:////data/advisor.db")
    if name == "sqlite" and url.database in (None, "", ":memory:"):
        raise SettingsError("DATABASE_URL: SQLite needs a file, or nothing outlives the process; give a path")
    if name == "sqlite":
        return url.set(drivername="sqlite")
    raise SettingsError(f"DATABASE_URL: `{url.drivername}` is not supported; use sqlite or postgresql")


def open_database(settings: StorageSettings, *, make: bool = True) -> Database:
    """Create or upgrade the schema and check the key.

    Raises `SettingsError` for an address, folder or key that cannot be used; without `make` also where there is none.
    """
    url = address(settings)
    on_sqlite = url.drivername == "sqlite"
    keys = [key.get_secret_value() for key in settings.secret_keys]
    if not keys and not on_sqlite:
        raise SettingsError("ADVISOR_SECRET_KEY: required with PostgreSQL, so that every replica has the same key")
    cipher = Cipher(keys or [local_key()])
    where = "ADVISOR_DATA_DIR" if settings.database_url is None else "DATABASE_URL"
    if on_sqlite and not make and not Path(str(url.database)).is_file():
        # A slip in the folder must not look like a bot that keeps nothing.
        raise SettingsError(f"{where}: there is no database {url.database}; give the settings of the bot")
    if on_sqlite:
        _make_folder(Path(str(url.database)).parent, where)
    # Parameters are people's ids and encrypted words: errors must not carry them.
    engine = create_engine(
        url,
        pool_pre_ping=not on_sqlite,
        pool_size=CONNECTIONS,
        hide_parameters=True,
        connect_args={} if on_sqlite else POSTGRESQL_MANNERS,
    )
    if on_sqlite:
        event.listen(engine, "connect", _sqlite_manners)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        event.listen(engine, "connect", _postgresql_patience)
    try:
        database = Database(engine, cipher)
        _prepare(database)
        _zero(database)
    except (SQLAlchemyError, CommandError, OSError) as error:
        engine.dispose()
        reason = NEWER_TABLES if isinstance(error, CommandError) else str(getattr(error, "orig", error)).splitlines()[0]
        raise SettingsError(f"{where}: the database cannot be used ({reason})") from None
    except SettingsError:
        engine.dispose()
        raise
    return database


def _make_folder(folder: Path, where: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsError(
            f"{where}: cannot make {folder} ({error.strerror}); choose a folder you may write to"
        ) from error


def _sqlite_manners(connection: object, _record: object) -> None:
    """WAL lets readers and one writer work side by side; a writer waits instead of failing."""
    # The driver would begin by itself, too late and without the lock; see `_sqlite_begin`.
    connection.isolation_level = None  # type: ignore[attr-defined]  # SQLAlchemy gives any driver's
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # What is deleted is overwritten: a person who is erased leaves no bytes in free pages.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.close()


def _postgresql_patience(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    for statement in POSTGRESQL_PATIENCE:
        cursor.execute(statement)
    cursor.close()
    connection.commit()


def _sqlite_begin(connection: Connection) -> None:
    """Take the writer's lock at once: a reader that turns writer cannot wait, it fails."""
    read_only = connection.get_execution_options().get(READ_ONLY)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _prepare(database: Database) -> None:
    """The current schema, and the canary, in one transaction: of several who start together one makes them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        if database.is_shared:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": UPGRADE_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        agreement.check(connection, database.cipher)


def _zero(database: Database) -> None:
    """Write a file of an older version anew, once: what was deleted then lies in its free pages as it was.

    When another process is at it, or the disk has no room for a second copy, the next start tries again.
    """
    if database.file is None:
        return
    with database.reader() as reader:
        if marks.read(reader, ZEROED) is not None:
            return
    connection = database.engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM")
    except sqlite3.OperationalError:
        return
    finally:
        connection.close()
    database.scrub()
    with database.transaction() as transaction:
        marks.write(transaction, ZEROED, "1")
