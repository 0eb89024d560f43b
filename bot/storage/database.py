"""Opening the database: address, schema, key check. Everything else gets a `Database`.

SQLite has one writer at a time. Writing transactions take its lock when they begin, so that none
fails half way because another wrote in between, and wait for each other in the process first.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session as Transaction
from sqlalchemy.orm import sessionmaker

from bot.settings import SettingsError, StorageSettings
from bot.storage.cipher import Cipher, WrongKeyError, local_key
from bot.storage.tables import Canary

MIGRATIONS = Path(__file__).parent / "migrations"
SQLITE_FILE = "advisor.db"
CANARY = "the key fits"
BUSY_SECONDS = 10
READ_ONLY = "read_only"
# A row stays locked while its reply is on the way, so each turn and each send needs a connection.
CONNECTIONS = 32


class Database:
    """An engine with the current schema, and the cipher whose key fits it."""

    def __init__(self, engine: Engine, cipher: Cipher) -> None:
        self.engine = engine
        self.cipher = cipher
        self.locks_rows = engine.dialect.name != "sqlite"
        self._writes = sessionmaker(engine, expire_on_commit=False)
        self._reads = sessionmaker(engine.execution_options(**{READ_ONLY: True}), expire_on_commit=False)
        self._writer: AbstractContextManager[object] = nullcontext() if self.locks_rows else threading.Lock()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Commits at the end of the block, rolls back on an exception. Keep it short."""
        with self._writer, self._writes.begin() as transaction:
            yield transaction

    def reader(self) -> Transaction:
        """A transaction that only reads (or, where rows can be locked, locks them); close it."""
        return self._reads()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def address(settings: StorageSettings) -> URL:
    """`DATABASE_URL` with the driver we use, or the SQLite file in the data folder."""
    if settings.database_url is None:
        return URL.create("sqlite", database=str(settings.data_dir / SQLITE_FILE))
    try:
        url = make_url(settings.database_url.get_secret_value())
    except ArgumentError:
        raise SettingsError("DATABASE_URL: not a database address; e.g. postgresql://user:password@host/name") from None
    name = url.drivername.split("+")[0]
    if name in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if name == "sqlite":
        return url.set(drivername="sqlite")
    raise SettingsError(f"DATABASE_URL: `{url.drivername}` is not supported; use sqlite or postgresql")


def open_database(settings: StorageSettings) -> Database:
    """Create or upgrade the schema and check the key.

    Raises `SettingsError` for an address, folder or key that cannot be used.
    """
    url = address(settings)
    on_sqlite = url.drivername == "sqlite"
    keys = [key.get_secret_value() for key in settings.secret_keys]
    if not keys and not on_sqlite:
        raise SettingsError("ADVISOR_SECRET_KEY: required with PostgreSQL, so that every replica has the same key")
    cipher = Cipher(keys or [local_key()])
    if on_sqlite and url.database not in (None, "", ":memory:"):
        _make_folder(Path(str(url.database)).parent)
    # Parameters are people's ids and encrypted words: errors must not carry them.
    engine = create_engine(url, pool_pre_ping=not on_sqlite, pool_size=CONNECTIONS, hide_parameters=True)
    if on_sqlite:
        event.listen(engine, "connect", _sqlite_manners)
        event.listen(engine, "begin", _sqlite_begin)
    try:
        _upgrade(engine)
        database = Database(engine, cipher)
        _check_canary(database)
    except (SQLAlchemyError, CommandError) as error:
        engine.dispose()
        where = "ADVISOR_DATA_DIR" if settings.database_url is None else "DATABASE_URL"
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise SettingsError(f"{where}: the database cannot be used ({reason})") from None
    except SettingsError:
        engine.dispose()
        raise
    return database


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsError(
            f"ADVISOR_DATA_DIR: cannot make {folder} ({error.strerror}); choose a folder you may write to"
        ) from error


def _sqlite_manners(connection: object, _record: object) -> None:
    """WAL lets readers and one writer work side by side; a writer waits instead of failing."""
    # The driver would begin by itself, too late and without the lock; see `_sqlite_begin`.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    """Take the writer's lock at once: a reader that turns writer cannot wait, it fails."""
    read_only = connection.get_execution_options().get(READ_ONLY)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _upgrade(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _check_canary(database: Database) -> None:
    with database.transaction() as transaction:
        row = transaction.scalar(select(Canary))
        if row is None:
            transaction.add(Canary(id=1, token=database.cipher.encrypt(CANARY)))
            return
        try:
            database.cipher.decrypt(row.token)
        except WrongKeyError:
            raise SettingsError(
                "ADVISOR_SECRET_KEY: this key does not open the stored data; give the key it was stored under"
            ) from None
