"""Tells the pages of a server when a room has changed, and reads the room once for all of them."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from etiquette.room import Counts, Room, RoomError, Vote
from etiquette.room.store.faults import AWAY, fault_of
from etiquette.room.store.rows import CHANNEL, Pulse, Rows

log = logging.getLogger("etiquette")

ACTIVITY_EVERY = 0.25  # seconds
POLL = 0.25  # seconds between checks for what other processes have written, on SQLite
RETRY_AFTER = 1.0  # seconds until an unreachable database is tried again
STOP_TIMEOUT = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class RoomState:
    """A room at one moment: everything that its learners' snapshots are computed from. No nicknames, no tokens.

    `version` counts the facilitator's commands, `activity` votes and arrivals. `votes` maps each person's number to
    their votes on the current stage's ballots or, where learners see their debrief, on all ballots.
    """

    version: int
    activity: int
    room: Room
    counts: Counts
    votes: Mapping[int, tuple[Vote, ...]]

    @classmethod
    def read(cls, rows: Rows, connection: Connection, code: str, activity: int) -> RoomState:
        """Read the room with this code.

        Raises:
            RoomError: there is no such room, or its saved state is damaged.
        """
        room, version, _ = rows.room(connection, code)
        ballots = room.ballots if room.shows_debrief else room.stage.ballots if room.stage else ()
        votes: defaultdict[int, tuple[Vote, ...]] = defaultdict(tuple)
        for vote in rows.votes(connection, code, ballots) if ballots else ():
            votes[vote.person] += (vote,)
        return cls(version, activity, room, rows.counts(connection, code, room), dict(votes))


@dataclass(slots=True, eq=False)
class _Subscription:
    """What one subscriber asked for, and the last pulse it was told, when, and the last trouble."""

    code: str
    on_change: Callable[[RoomState | None], object]
    on_trouble: Callable[[str], object]
    activity_every: float
    pulse: Pulse | None = None
    at: float = 0.0
    trouble: str = ""
    ended: bool = False

    def due_at(self, pulse: Pulse) -> float:
        """When to tell it that the room has this pulse; infinity if it knows already."""
        if self.pulse == pulse:
            return float("inf")
        if self.pulse is None or self.pulse.version != pulse.version:
            return float("-inf")
        return self.at + self.activity_every

    def tell(self, state: RoomState | RoomError | None) -> None:
        """Pass on the state, or say that the room is damaged."""
        if isinstance(state, RoomError):
            self.tell_trouble(str(state))
            return
        self.tell_trouble("")
        self._call(self.on_change, state)

    def tell_trouble(self, trouble: str) -> None:
        """Pass on the trouble, or "" if there is none, unless it knows already."""
        if trouble != self.trouble:
            self.trouble = trouble
            self._call(self.on_trouble, trouble)

    def _call(self, callback: Callable[[Any], object], value: object) -> None:
        if self.ended:
            return
        try:
            callback(value)
        except Exception:
            log.exception("a subscriber of a room failed")


class Feed:
    """Tells subscribers when a room has changed, whichever process changed it: one thread and one connection a store.

    Without subscribers it has no connection and polls nothing. `clock` returns seconds.
    """

    def __init__(self, rows: Rows, clock: Callable[[], float] = time.monotonic) -> None:
        self._rows, self._clock = rows, clock
        self._woken = rows.database.written
        self._subscriptions: set[_Subscription] = set()
        self._lock = threading.Lock()  # of `_subscriptions`
        self._states: dict[str, RoomState] = {}
        self._connection: Connection | None = None
        self._data_version = 0
        self._due = float("inf")  # the earliest time at which a subscriber is to be told of activity
        self._away = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="feed of rooms", daemon=True)

    def start(self) -> None:
        """Start the thread. Call it once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop the thread, if it was started, and close the connection."""
        self._over.set()
        self.wake()
        if self._thread.is_alive():
            self._thread.join(STOP_TIMEOUT)
        else:
            self._disconnect()

    def wake(self) -> None:
        """Make the thread check now instead of at its next poll. Safe from any thread."""
        self._woken.set()

    def subscribe(
        self,
        code: str,
        on_change: Callable[[RoomState | None], object],
        on_trouble: Callable[[str], object],
        activity_every: float = ACTIVITY_EVERY,
    ) -> Callable[[], None]:
        """Subscribe to a room's changes; returns a function that unsubscribes. Both are safe from any thread.

        The feed's thread calls `on_change` with the room's state: soon with the current one, so that nothing is missed
        between a snapshot and the subscription; then at once after each of the facilitator's commands, and at most
        every `activity_every` seconds after votes and arrivals, of which the last is never lost. It passes None if
        there is no such room, or when the room has been deleted.

        It calls `on_trouble` with a sentence when the database cannot be reached or the room is damaged, and with ""
        when that is over, just before it calls `on_change` with the current state. A call that has begun when somebody
        unsubscribes still finishes; no other follows.
        """
        subscription = _Subscription(code, on_change, on_trouble, activity_every)

        def unsubscribe() -> None:
            subscription.ended = True
            with self._lock:
                self._subscriptions.discard(subscription)
            self.wake()

        with self._lock:
            self._subscriptions.add(subscription)
        self.wake()
        return unsubscribe

    # The thread

    def check(self) -> None:
        """Check once, and tell the subscribers. The thread does this again and again; tests call it instead."""
        with self._lock:
            subscriptions = list(self._subscriptions)
        if not subscriptions:
            self._away, self._states = False, {}
            self._disconnect()
            return
        try:
            news = self._find_news(subscriptions)
        except Exception as error:
            self._fail(error)
            return
        self._away = False
        for subscription, pulse, state in news:
            subscription.pulse, subscription.at = pulse, self._clock()
            subscription.tell(state)

    def _run(self) -> None:
        while not self._over.is_set():
            self.check()
            try:
                self._wait()
            except Exception:
                self._disconnect()  # the next check connects again, or reports the trouble
            self._woken.clear()
        self._disconnect()

    def _wait(self) -> None:
        """Wait until something may have been written, a subscription begins or ends, or activity is due."""
        if self._away:
            self._over.wait(RETRY_AFTER)
            return
        if self._connection is None:
            self._woken.wait()
            return
        while (left := self._due - self._clock()) > 0:
            if self._written(self._connection, min(POLL, left)) or self._woken.is_set():
                return

    def _written(self, connection: Connection, timeout: float) -> bool:
        """Wait until something may have been written, and return True; or False after `timeout` seconds."""
        driver: Any = connection.connection.dbapi_connection
        if not self._rows.database.is_sqlite:
            return any(True for _ in driver.notifies(timeout=timeout, stop_after=1))
        woken = self._woken.wait(timeout)
        before, self._data_version = self._data_version, _data_version(driver)
        return woken or self._data_version != before

    def _find_news(
        self, subscriptions: list[_Subscription]
    ) -> list[tuple[_Subscription, Pulse, RoomState | RoomError | None]]:
        """The subscribers to tell now, and what to tell them. Reads each room at most once, in one transaction."""
        by_code: defaultdict[str, list[_Subscription]] = defaultdict(list)
        for subscription in subscriptions:
            by_code[subscription.code].append(subscription)
        news: list[tuple[_Subscription, Pulse, RoomState | RoomError | None]] = []
        self._due, now = float("inf"), self._clock()
        connection = self._connection or self._connect()
        with connection.begin():
            pulses = self._rows.pulses(connection, by_code)
            for code, interested in by_code.items():
                pulse = pulses[code]
                due = {subscription: subscription.due_at(pulse) for subscription in interested}
                self._due = min([self._due, *(at for at in due.values() if at > now)])
                if ready := [subscription for subscription, at in due.items() if at <= now]:
                    state = self._state(connection, code, pulse)
                    news += [(subscription, pulse, state) for subscription in ready]
        self._states = {code: state for code, state in self._states.items() if code in by_code}
        return news

    def _state(self, connection: Connection, code: str, pulse: Pulse) -> RoomState | RoomError | None:
        """The room's state, from the database unless the last one that was read has this pulse."""
        if pulse.gone:
            return None
        known = self._states.get(code)
        if known is None or (known.version, known.activity) != pulse:
            try:
                known = RoomState.read(self._rows, connection, code, pulse.activity)
            except RoomError as error:
                return error
            self._states[code] = known
        return known

    def _connect(self) -> Connection:
        database = self._rows.database
        connection = database.engine.connect()
        try:
            connection = connection.execution_options(**database.options(writing=False))
            connection.detach()  # from the pool, whose connections are the callers'
            if database.is_sqlite:
                self._data_version = _data_version(connection.connection.dbapi_connection)
            else:
                with connection.begin():
                    connection.exec_driver_sql(f"LISTEN {CHANNEL}")
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(Exception):
                connection.close()

    def _fail(self, error: Exception) -> None:
        """Tell every subscriber about the trouble; when it is over, they get the current state."""
        fault = fault_of(error.orig if isinstance(error, DBAPIError) else error)
        if not self._away:
            log.warning("the rooms' database is away: %s", error, exc_info=None if fault else error)
        self._away = True
        self._disconnect()
        with self._lock:
            subscriptions = list(self._subscriptions)
        for subscription in subscriptions:
            subscription.pulse = None
            subscription.tell_trouble((fault or AWAY).message)


def _data_version(driver: Any) -> int:
    """A number that changes when another connection has written to this SQLite file."""
    (version,) = driver.execute("PRAGMA data_version").fetchone()
    return int(version)
