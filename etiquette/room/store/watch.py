"""Tells a page when its room has changed, at next to no cost while it has not."""

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

from etiquette.room.store.faults import AWAY, fault
from etiquette.room.store.relay_state import RelayState, read_relay_state

CHANNEL = "etiquette_rooms"
PULSE = "SELECT version, activity FROM rooms JOIN pulses ON room = code WHERE code = "
AGAIN = 1.0  # seconds until a lost connection is tried again
PATIENCE: dict[str, Any] = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
}
"""In seconds, how soon a connection to PostgreSQL is given up that does not answer."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """Where a room is: its `version` counts the facilitator’s steps, its `activity` votes and arrivals."""

    version: int
    activity: int

    @property
    def gone(self) -> bool:
        """Whether the room is not there any more, or a relay has not heard of it yet."""
        return self == GONE


GONE = Pulse(-1, -1)


class ChangeFeed(Protocol):
    """What can tell at little cost whether anything was written."""

    def may_have_changed(self) -> bool:
        """Whether something may have been written since this was last asked."""

    def pulse(self, code: str) -> tuple[int, int] | None:
        """The pulse of a room, None if it is gone."""

    def close(self) -> None:
        """Close it."""


def new_feed(engine: Engine, relayed: Path | None, hear: Callable[[RelayState], None]) -> ChangeFeed:
    """The line of a database; to PostgreSQL, by the file of a relay where there is one. What that says is told too."""
    if engine.dialect.name == "sqlite":
        return _SQLiteFeed(engine)
    return _RelayedFeed(relayed, hear) if relayed else _PostgreSQLFeed(engine)


class Watch:
    """Watches one room. Ask `changed()` a few times a second; it never waits, and never raises.

    While the database is away, `trouble` is a sentence that says so, and nothing changes. Close it at the end.
    """

    def __init__(
        self, new_line: Callable[[], ChangeFeed], code: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.code = code
        self.trouble = ""
        self._new_line = new_line
        self._clock = clock
        self.line: ChangeFeed | None = None
        self._last: Pulse | None = None
        self._tried = float("-inf")

    def changed(self) -> Pulse | None:
        """The room's pulse if it is another than when last asked, else None; when first asked, always the pulse."""
        try:
            if self.line is None:
                if self._clock() - self._tried < AGAIN:
                    return None
                self._tried = self._clock()
                self.line = self._new_line()
                self.line.may_have_changed()
            elif not self.line.may_have_changed():
                return None
            found = self.line.pulse(self.code)
        except Exception as error:
            self.trouble = (fault(error) or AWAY).says
            self.close()
            return None
        self.trouble = ""
        pulse = Pulse(*found) if found else GONE
        if pulse == self._last:
            return None
        self._last = pulse
        return pulse

    def close(self) -> None:
        """Let go of its line. Asked again, it makes another."""
        line, self.line = self.line, None
        if line is not None:
            with contextlib.suppress(Exception):
                line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _SQLiteFeed:
    """SQLite counts what others have written, in memory that they share."""

    def __init__(self, engine: Engine) -> None:
        assert engine.url.database is not None
        address = Path(engine.url.database).resolve().as_uri() + "?mode=rw"
        self.connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=0.2)
        self.version = -1

    def may_have_changed(self) -> bool:
        before, (self.version,) = self.version, self.connection.execute("PRAGMA data_version").fetchone()
        return self.version != before

    def pulse(self, code: str) -> tuple[int, int] | None:
        found: tuple[int, int] | None = self.connection.execute(PULSE + "?", (code,)).fetchone()
        return found

    def close(self) -> None:
        self.connection.close()


class _PostgreSQLFeed:
    """PostgreSQL tells whoever listens; nothing is sent while nothing happens."""

    def __init__(self, engine: Engine) -> None:
        import psycopg

        _, options = engine.dialect.create_connect_args(engine.url)
        options.update(PATIENCE, autocommit=True)
        self.connection: psycopg.Connection[Any] = psycopg.connect(**options)
        self.heard = False
        self.connection.add_notify_handler(lambda _: self._hear())  # of what comes with the answer to `pulse`
        try:
            self.connection.execute(f"LISTEN {CHANNEL}")
        except BaseException:
            self.connection.close()
            raise

    def may_have_changed(self) -> bool:
        self.connection.pgconn.consume_input()  # takes what has come, and does not wait
        while self.connection.pgconn.notifies():
            self._hear()
        heard, self.heard = self.heard, False
        return heard

    def _hear(self) -> None:
        self.heard = True

    def pulse(self, code: str) -> tuple[int, int] | None:
        return self.connection.execute(PULSE + "%s", (code,)).fetchone()

    def close(self) -> None:
        self.connection.close()


class _RelayedFeed:
    """The file of a relay, which listens for all pages of a server: see `relay.py`."""

    def __init__(self, path: Path, hear: Callable[[RelayState], None]) -> None:
        self.path, self.hear = path, hear
        self.written: tuple[int, int] = (-1, -1)

    def may_have_changed(self) -> bool:
        found = self.path.stat()
        before, self.written = self.written, (found.st_mtime_ns, found.st_ino)
        return self.written != before

    def pulse(self, code: str) -> tuple[int, int] | None:
        found = read_relay_state(self.path)
        self.hear(found)
        return found.pulses.get(code)

    def close(self) -> None:
        pass
