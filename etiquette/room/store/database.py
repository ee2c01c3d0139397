"""The rooms' database: SQLite or PostgreSQL, with retries while it is unreachable and errors in plain words."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from etiquette.room import StoreError
from etiquette.room.store.faults import BUSY, CROWDED, fault_of

Value = TypeVar("Value")

SQLITE = "sqlite"
BUSY_TIMEOUT = 10.0  # seconds that a writer waits for other writers, on SQLite
AWAY_TIMEOUT = 10.0  # seconds to keep retrying while the database is unreachable
MAX_CONNECTIONS = 5  # in the pool of one process
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0


def database_url(url: str | URL) -> URL:
    """The URL of a database, with psycopg as the driver for PostgreSQL. Raises `StoreError` if it is not a URL, or not
    that of a supported database.
    """
    try:
        found = make_url(url)
    except ArgumentError:
        raise StoreError(f"That isn’t the address of a database. {_EXPECTED}") from None
    if found.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return found.set(drivername="postgresql+psycopg")
    if found.drivername in ("sqlite", "sqlite+pysqlite") and found.database not in (None, "", ":memory:"):
        return found.set(drivername="sqlite")
    given = found.render_as_string(hide_password=True)
    raise StoreError(f"{given} isn’t a database that we can use. {_EXPECTED}")


_EXPECTED = "Give an address like sqlite:////srv/rooms.sqlite3 or postgresql+psycopg://user@host/rooms."


@dataclass(frozen=True, slots=True)
class Database:
    """An open database, with a pool of connections for the threads that use it.

    `timeout` is the number of seconds for which the calling thread retries an unreachable database. `written` is set
    after each write, and cleared by the feed. `writing` is held by the thread that writes to SQLite.
    """

    engine: Engine
    timeout: float = AWAY_TIMEOUT
    written: threading.Event = field(default_factory=threading.Event)
    writing: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, url: str | URL, timeout: float = AWAY_TIMEOUT) -> Database:
        """Open the database at this URL. A SQLite file and its folder are created if they do not exist. Raises
        `StoreError` if the URL is not supported, its driver is not installed, or the folder cannot be created.
        """
        found = database_url(url)
        try:
            engine = _sqlite_engine(found) if found.drivername == SQLITE else _postgresql_engine(found)
        except (ImportError, NoSuchModuleError):
            raise StoreError(
                "PostgreSQL needs psycopg. Please install it: pip install 'persistent-or-pesky[postgresql]'."
            ) from None
        except OSError as error:
            raise StoreError(
                f"We can’t save the rooms in {found.database} ({error.strerror}). Please choose another place."
            ) from None
        return cls(engine, timeout)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a SQLite file."""
        return self.engine.dialect.name == SQLITE

    def read(self, work: Callable[[Connection], Value]) -> Value:
        """Run `work` in one read transaction, which sees a consistent state, and return its result. Raises `StoreError`
        if the database is unavailable.
        """
        return self._try(work, None, writing=False)

    def write(self, work: Callable[[Connection], Value], notify: Callable[[Connection], None] | None = None) -> Value:
        """Run `work` in one transaction and return its result: committed if this returns, rolled back if it raises.

        `work` must be idempotent: after a lost connection it runs again, even if it had been committed. `notify` tells
        other servers. On PostgreSQL it runs afterwards, in a separate transaction with asynchronous commit: NOTIFY
        takes a global lock until the commit, so that writers would wait for each other's disk. Raises `StoreError` if
        the database is unavailable.
        """
        with self._turn():
            done = self._try(work, notify, writing=True)
        self.written.set()
        return done

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let one thread at a time write to SQLite, which would make the others poll, and in no fixed order."""
        if self.is_sqlite and not self.writing.acquire(timeout=BUSY_TIMEOUT):
            raise StoreError(BUSY.message)
        try:
            yield
        finally:
            if self.is_sqlite:
                self.writing.release()

    def _try(
        self, do: Callable[[Connection], Value], tell: Callable[[Connection], None] | None, *, writing: bool
    ) -> Value:
        """Run the work, retrying with exponential backoff while the database is unreachable."""
        given_up, pause = time.monotonic() + self.timeout, FIRST_PAUSE
        while True:
            try:
                with self.engine.connect() as connection:
                    connection = connection.execution_options(**self._options(writing=writing))
                    with connection.begin():
                        done = do(connection)
                        if tell and self.is_sqlite:
                            tell(connection)
                    if tell and not self.is_sqlite:
                        with connection.begin():
                            connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
                            tell(connection)
                    return done
            except PoolTimeoutError:
                raise StoreError(BUSY.message) from None
            except DBAPIError as error:
                wrong = fault_of(error.orig)
                if wrong is None:
                    raise
                if wrong is CROWDED:  # other clients use them: one may be free at any moment
                    pause = FIRST_PAUSE
                left = given_up - time.monotonic()
                if not wrong.transient or left <= 0:
                    raise StoreError(wrong.message) from None
            time.sleep(min(left, pause * random.uniform(0.5, 1)))
            pause = min(2 * pause, LONGEST_PAUSE)

    def _options(self, *, writing: bool) -> dict[str, Any]:
        if self.is_sqlite:
            return {"writing": writing}
        return {} if writing else {"isolation_level": "REPEATABLE READ"}  # each read sees one state

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _sqlite_engine(url: URL) -> Engine:
    assert url.database is not None
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions are begun by `_begin`, not by the driver
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # confirmed writes survive a power cut
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _postgresql_engine(url: URL) -> Engine:
    """An engine that gives up on a server that does not answer, after 3 s or three unanswered keepalive probes."""
    keepalives = {"keepalives_idle": 10, "keepalives_interval": 3, "keepalives_count": 3}
    return create_engine(
        url,
        pool_size=MAX_CONNECTIONS,
        max_overflow=0,
        pool_timeout=AWAY_TIMEOUT,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 3, **keepalives},
    )
