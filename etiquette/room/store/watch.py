"""Tells a page when its room has changed, at almost no cost while it has not."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from sqlalchemy import Engine

from etiquette.room.store.faults import AWAY, fault_of
from etiquette.room.store.relay_state import RelayState, read_relay_state

CHANNEL = "etiquette_rooms"
PULSE_QUERY = "SELECT version, activity FROM rooms JOIN pulses ON room = code WHERE code = "
RETRY_AFTER = 1.0  # seconds until a lost connection is retried
CONNECTION_TIMEOUTS: dict[str, Any] = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
}
"""Options of libpq, in seconds (the last a number of probes): when to give up a PostgreSQL that does not answer."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """Changes when a room changes: `version` counts the facilitator’s commands, `activity` votes and arrivals."""

    version: int
    activity: int

    @property
    def gone(self) -> bool:
        """Whether the room has been deleted, or the relay does not know of it yet."""
        return self == GONE


GONE = Pulse(-1, -1)


class ChangeFeed(Protocol):
    """A cheap way to learn whether anything was written to the database."""

    def may_have_changed(self) -> bool:
        """Whether anything may have been written since the last call; never waits."""

    def pulse(self, code: str) -> tuple[int, int] | None:
        """The (version, activity) of a room; None if there is no such room."""

    def close(self) -> None:
        """Close the connection, if there is one."""


def new_feed(engine: Engine, relay_path: Path | None, on_state: Callable[[RelayState], None]) -> ChangeFeed:
    """The change feed of a database: for PostgreSQL through the relay, if there is one, which reports to `on_state`."""
    if engine.dialect.name == "sqlite":
        return _SQLiteFeed(engine)
    return _RelayedFeed(relay_path, on_state) if relay_path else _PostgreSQLFeed(engine)


class Watch:
    """Watches one room. Poll `changed()` a few times a second; it never waits for changes, and never raises.

    While the database is unreachable, `trouble` is a sentence that says so, and `changed()` returns None.
    """

    def __init__(
        self, open_feed: Callable[[], ChangeFeed], code: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.code = code
        self.trouble = ""
        self._open_feed = open_feed
        self._clock = clock
        self.feed: ChangeFeed | None = None
        self._last: Pulse | None = None
        self._tried = float("-inf")

    def changed(self) -> Pulse | None:
        """The room's pulse if it differs from the last one returned, else None. The first call returns the pulse."""
        try:
            if self.feed is None:
                if self._clock() - self._tried < RETRY_AFTER:
                    return None
                self._tried = self._clock()
                self.feed = self._open_feed()
                self.feed.may_have_changed()
            elif not self.feed.may_have_changed():
                return None
            found = self.feed.pulse(self.code)
        except Exception as error:
            self.trouble = (fault_of(error) or AWAY).message
            self.close()
            return None
        self.trouble = ""
        pulse = Pulse(*found) if found else GONE
        if pulse == self._last:
            return None
        self._last = pulse
        return pulse

    def close(self) -> None:
        """Close the change feed. The next `changed()` opens another."""
        feed, self.feed = self.feed, None
        if feed is not None:
            with contextlib.suppress(Exception):
                feed.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _SQLiteFeed:
    """Polls SQLite's `data_version`, which changes when another connection commits."""

    def __init__(self, engine: Engine) -> None:
        assert engine.url.database is not None
        address = Path(engine.url.database).resolve().as_uri() + "?mode=rw"
        self.connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=0.2)
        self.version = -1

    def may_have_changed(self) -> bool:
        before, (self.version,) = self.version, self.connection.execute("PRAGMA data_version").fetchone()
        return self.version != before

    def pulse(self, code: str) -> tuple[int, int] | None:
        found: tuple[int, int] | None = self.connection.execute(PULSE_QUERY + "?", (code,)).fetchone()
        return found

    def close(self) -> None:
        self.connection.close()


class _PostgreSQLFeed:
    """Receives PostgreSQL's NOTIFY."""

    def __init__(self, engine: Engine) -> None:
        import psycopg

        _, options = engine.dialect.create_connect_args(engine.url)
        options.update(CONNECTION_TIMEOUTS, autocommit=True)
        self.connection: psycopg.Connection[Any] = psycopg.connect(**options)
        self.heard = False
        self.connection.add_notify_handler(lambda _: self._hear())  # some arrive with the answer to `pulse`
        try:
            self.connection.execute(f"LISTEN {CHANNEL}")
        except BaseException:
            self.connection.close()
            raise

    def may_have_changed(self) -> bool:
        self.connection.pgconn.consume_input()  # does not block
        while self.connection.pgconn.notifies():
            self._hear()
        heard, self.heard = self.heard, False
        return heard

    def _hear(self) -> None:
        self.heard = True

    def pulse(self, code: str) -> tuple[int, int] | None:
        return self.connection.execute(PULSE_QUERY + "%s", (code,)).fetchone()

    def close(self) -> None:
        self.connection.close()


class _RelayedFeed:
    """Polls the state file of a relay, which listens for all pages of a server: see `relay.py`."""

    def __init__(self, path: Path, on_state: Callable[[RelayState], None]) -> None:
        self.path, self.on_state = path, on_state
        self.written: tuple[int, int] = (-1, -1)

    def may_have_changed(self) -> bool:
        found = self.path.stat()
        before, self.written = self.written, (found.st_mtime_ns, found.st_ino)
        return self.written != before

    def pulse(self, code: str) -> tuple[int, int] | None:
        found = read_relay_state(self.path)
        self.on_state(found)
        return found.pulses.get(code)

    def close(self) -> None:
        pass
