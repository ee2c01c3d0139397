"""A database for the rooms: SQLite or PostgreSQL, waited for while it is away, its faults told in sentences."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import URL, Connection, Engine, Insert, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from etiquette.room import StoreError
from etiquette.room.store.faults import BUSY, CROWDED, fault
from etiquette.room.store.relay_state import RelayState, read_relay_state
from etiquette.room.store.watch import PATIENCE, ChangeFeed, new_feed

if TYPE_CHECKING:
    from etiquette.room.store.turns import Turns

Value = TypeVar("Value")

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BUSY_TIMEOUT = 10.0  # in seconds: how long a writer waits for the others, on SQLite
AWAY_TIMEOUT = 10.0  # in seconds: how long a database that is away is waited for
MOST_CONNECTIONS = 20  # of one process to PostgreSQL, if as many threads work at once
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0


def database_url(url: str | URL) -> URL:
    """The address of a database, completed: PostgreSQL is spoken to by psycopg.

    Raises:
        StoreError: it is no address, or one of a database that is not provided for.
    """
    try:
        found = make_url(url)
    except ArgumentError:
        raise StoreError(f"{_EXPECTED}.") from None
    if found.drivername in ("postgresql", "postgres"):
        return found.set(drivername="postgresql+psycopg")
    if found.drivername == "postgresql+psycopg":
        return found
    if found.drivername in ("sqlite", "sqlite+pysqlite") and found.database not in (None, "", ":memory:"):
        return found.set(drivername="sqlite")
    raise StoreError(f"{_EXPECTED}, not at {found.render_as_string(hide_password=True)}.")


_EXPECTED = "The rooms are kept at an address like sqlite:////srv/rooms.sqlite3 or postgresql+psycopg://user@host/rooms"


@dataclass(frozen=True, slots=True)
class Database:
    """A database that is open. `waited` is for how many seconds one that is away is asked again.

    `relayed` is the file of a relay that listens to PostgreSQL for all pages of a server. It tells how many connections
    they may have; then the pages take `turns` at them, or the last to come would find none.
    """

    engine: Engine
    waited: float = AWAY_TIMEOUT
    pause: Callable[[float], None] = time.sleep
    relayed: Path | None = None
    turns: Turns | None = None

    @classmethod
    def open(
        cls,
        url: str | URL,
        waited: float = AWAY_TIMEOUT,
        pause: Callable[[float], None] = time.sleep,
        relayed: Path | None = None,
    ) -> Database:
        """The database at this address; a file of SQLite is made if it is not there, with its folder.

        Raises:
            StoreError: the address is none, or what it takes to speak to it is not installed.
        """
        found = database_url(url)
        try:
            engine = _sqlite_engine(found) if found.drivername == "sqlite" else _postgresql_engine(found)
        except (ImportError, NoSuchModuleError):
            raise StoreError(
                "To keep rooms in PostgreSQL takes psycopg: pip install 'etiquette[postgresql]' brings it along."
            ) from None
        except OSError as error:
            raise StoreError(f"The rooms cannot be kept at {found.database} ({error.strerror}).") from None
        if not relayed or engine.dialect.name == SQLITE:
            return cls(engine, waited, pause)
        from etiquette.room.store.turns import Turns  # of Unix, as the host is that has a relay

        return cls(engine, waited, pause, relayed, Turns(relayed.with_suffix(".turns")))

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of this computer."""
        return self.engine.dialect.name == SQLITE

    def read(self, do: Callable[[Connection], Value]) -> Value:
        """What comes of it, seeing one state of the database.

        Raises:
            StoreError: the database cannot do its work.
        """
        return self._work(do, None, writing=False)

    def write(self, do: Callable[[Connection], Value], tell: Callable[[Connection], None] | None = None) -> Value:
        """What comes of it, in one transaction: when this returns it is stored, and if it raises nothing is.

        It may be done again when a connection was lost, after it was stored or before. `tell` lets others know of it;
        on PostgreSQL it is done after that, in a transaction that waits for no disk: all who tell do so one by one, and
        would wait for each other's disk too.

        Raises:
            StoreError: the database cannot do its work.
        """
        return self._work(do, tell, writing=True)

    def _work(
        self, do: Callable[[Connection], Value], tell: Callable[[Connection], None] | None, *, writing: bool
    ) -> Value:
        try:
            with self._turn() as kept:
                try:
                    return self._try(do, tell, writing=writing)
                finally:
                    if not kept:
                        self.engine.dispose()
        except TimeoutError:
            raise StoreError(CROWDED.says) from None

    def _turn(self) -> AbstractContextManager[bool]:
        """A turn at a connection, which tells whether it may be kept."""
        if not self.turns or not self.relayed:
            return nullcontext(True)
        try:
            most = read_relay_state(self.relayed).connections
        except OSError:  # the database is away, and nobody has a connection
            return nullcontext(False)
        return self.turns.turn(most, self.waited, self.pause)

    def _hear(self, heard: RelayState) -> None:
        """Give up what was kept, if there are fewer connections now."""
        if self.turns and not self.turns.still(heard.connections):
            self.engine.dispose()

    def _try(
        self, do: Callable[[Connection], Value], tell: Callable[[Connection], None] | None, *, writing: bool
    ) -> Value:
        """Do it; while the database is away, again and again, after longer and longer pauses."""
        given_up, pause = time.monotonic() + self.waited, FIRST_PAUSE
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
                raise StoreError(BUSY.says) from None
            except DBAPIError as error:
                wrong = fault(error.orig)
                if wrong is None:
                    raise
                if wrong is CROWDED:  # by somebody else: it may be over any moment
                    pause = FIRST_PAUSE
                left = given_up - time.monotonic()
                if not wrong.passing or left <= 0:
                    raise StoreError(wrong.says) from None
            self.pause(min(left, pause * random.uniform(0.5, 1)))
            pause = min(2 * pause, LONGEST_PAUSE)

    def _options(self, *, writing: bool) -> dict[str, Any]:
        if self.is_sqlite:
            return {"writing": writing}
        return {} if writing else {"isolation_level": "REPEATABLE READ"}  # each read sees one state

    def insert(self, table: Table) -> Any:
        """An insert that may say what to do on a conflict, in this database's own way."""
        made: Insert = sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)
        return made

    def line(self) -> ChangeFeed:
        """What tells a watch whether anything was written."""
        return new_feed(self.engine, self.relayed, self._hear)

    def close(self) -> None:
        """Let go of its connections."""
        self.engine.dispose()
        if self.turns:
            self.turns.close()


def _sqlite_engine(url: URL) -> Engine:
    assert url.database is not None
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin as `_begin` says, and not by themselves
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # what was confirmed outlives a power cut too
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _postgresql_engine(url: URL) -> Engine:
    return create_engine(
        url, pool_size=MOST_CONNECTIONS, max_overflow=0, pool_timeout=AWAY_TIMEOUT, connect_args=dict(PATIENCE)
    )
