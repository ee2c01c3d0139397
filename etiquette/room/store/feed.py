"""Tells subscribers when a room has changed, whichever process changed it, and reads the room once for all of them."""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from etiquette.room import DAMAGED_STATE, Counts, Room, RoomError, StoreError, Vote
from etiquette.room.store.faults import AWAY
from etiquette.room.store.question_rows import shown_question
from etiquette.room.store.rows import CHANNEL, Pulse, Rows

log = logging.getLogger("etiquette")

ACTIVITY_EVERY = 0.25  # seconds
POLL = 0.25  # seconds between checks for what other processes have written
RETRY_AFTER = 1.0  # seconds until an unreachable database is tried again
STOP_TIMEOUT = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class RoomState:
    """A room at one moment: everything that its learners' snapshots are computed from. No nicknames, no tokens.

    `version` counts the facilitator's commands, `activity` votes, arrivals and questions. `votes` maps each person's
    number to their votes on the current stage's ballots or, where learners see their debrief, on all ballots.
    `question` is a learner's question that the facilitator has put on the projector; empty if there is none. `hidden`
    and `removed` are the numbers of people whose nickname the facilitator has hidden, and of those who were removed.
    """

    version: int
    activity: int
    room: Room
    counts: Counts
    votes: Mapping[int, tuple[Vote, ...]]
    question: str = ""
    hidden: frozenset[int] = frozenset()
    removed: frozenset[int] = frozenset()

    @classmethod
    def read(cls, rows: Rows, connection: Connection, code: str, activity: int) -> RoomState:
        """Read the room with this code. Raises `RoomError` if there is no such room, or its saved state is damaged."""
        room, version, _ = rows.room(connection, code)
        ballots = room.ballots if room.shows_debrief else room.stage.ballots if room.stage else ()
        votes: defaultdict[int, tuple[Vote, ...]] = defaultdict(tuple)
        for vote in rows.votes(connection, code, ballots) if ballots else ():
            votes[vote.person] += (vote,)
        question = shown_question(connection, code)
        hidden, removed = rows.hidden_or_removed(connection, code)
        counts = rows.counts(connection, code, room)
        return cls(version, activity, room, counts, dict(votes), question, hidden, removed)


News = Pulse | str | None
"""What a subscriber is told about: a room with this pulse, no room, or trouble, as a sentence."""


@dataclass(slots=True, eq=False)
class _Subscription:
    """A subscriber, the last news it was told ("" before the first), and when, in seconds."""

    code: str
    on_change: Callable[[RoomState | None], object]
    on_trouble: Callable[[str], object]
    activity_every: float
    told: News = ""
    at: float = 0.0

    def is_due(self, pulse: Pulse | None, now: float) -> bool:
        """Whether to tell it now that the room has this pulse."""
        if isinstance(self.told, Pulse) and pulse and self.told.version == pulse.version:
            return self.told != pulse and now >= self.at + self.activity_every
        return self.told != pulse


class Feed:
    """Tells subscribers when a room has changed, whichever process changed it: one thread for a whole store.

    The thread checks the pulses of the rooms with subscribers after each write of this process, after another server's
    notification in PostgreSQL, and in any case at each poll. Without subscribers it sleeps. `clock` returns seconds.
    """

    def __init__(self, rows: Rows, clock: Callable[[], float] = time.monotonic) -> None:
        self._rows, self._clock = rows, clock
        self._database = replace(rows.database, timeout=0)  # without retries: subscribers are told of an outage
        self._woken = rows.database.written
        self._subscriptions: set[_Subscription] = set()  # add, discard and copy are atomic
        self._states: dict[tuple[str, Pulse], RoomState] = {}
        self._listener: Any = None  # a connection that PostgreSQL notifies
        self._away = self._stopped = False
        self._thread = threading.Thread(target=self._run, name="feed of rooms", daemon=True)

    def start(self) -> None:
        """Start the thread. Call it once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop the thread, if it was started."""
        self._stopped = True
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(STOP_TIMEOUT)

    def subscribe(
        self,
        code: str,
        on_change: Callable[[RoomState | None], object],
        on_trouble: Callable[[str], object],
        activity_every: float = ACTIVITY_EVERY,
    ) -> Callable[[], None]:
        """Subscribe to a room's changes; returns a function that unsubscribes. Both are safe from any thread.

        The feed's thread calls `on_change` with the room's current state, then with each new one: at once after the
        facilitator's commands, at most every `activity_every` seconds after votes and arrivals, and with None
        if there is no such room. It calls `on_trouble` with a sentence when the database cannot be reached or the room
        is damaged, and with "" when that is over. After unsubscribing, only a call that has begun still finishes.
        """
        subscription = _Subscription(code, on_change, on_trouble, activity_every)
        self._subscriptions.add(subscription)
        self._woken.set()
        return lambda: self._subscriptions.discard(subscription)

    # The thread

    def check(self) -> None:
        """Check once, and tell the subscribers. The thread does this again and again; tests call it instead."""
        subscriptions = self._subscriptions.copy()
        try:
            news = self._read_news(subscriptions) if subscriptions else []
            self._away = False
        except Exception as error:
            expected = isinstance(error, StoreError)
            if not self._away:
                log.warning("the rooms' database can't be reached: %s", error, exc_info=not expected)
            self._away = True
            news = [(each, str(error) if expected else AWAY.message, None) for each in subscriptions]
        for subscription, told, state in news:
            self._tell(subscription, told, state)

    def _read_news(
        self, subscriptions: Collection[_Subscription]
    ) -> list[tuple[_Subscription, News, RoomState | None]]:
        """Read the news; once more if a connection was lost meanwhile, which is no trouble if another can be opened."""
        try:
            return self._database.read(lambda it: self._news(it, subscriptions))
        except StoreError:
            if self._away:
                raise
            return self._database.read(lambda it: self._news(it, subscriptions))

    def _news(
        self, connection: Connection, subscriptions: Collection[_Subscription]
    ) -> list[tuple[_Subscription, News, RoomState | None]]:
        """The subscribers to tell now, and what to tell them. No pulse of a room is read twice."""
        now = self._clock()
        pulses = self._rows.pulses(connection, {each.code for each in subscriptions})
        self._states = {key: state for key, state in self._states.items() if key in pulses.items()}
        due = [each for each in subscriptions if each.is_due(pulses.get(each.code), now)]
        news = {code: self._read(connection, code, pulses.get(code)) for code in {each.code for each in due}}
        return [(each, *news[each.code]) for each in due]

    def _read(self, connection: Connection, code: str, pulse: Pulse | None) -> tuple[News, RoomState | None]:
        if pulse is None:
            return None, None
        if (code, pulse) not in self._states:
            try:
                self._states[code, pulse] = RoomState.read(self._rows, connection, code, pulse.activity)
            except RoomError as error:
                return str(error), None
            except (LookupError, TypeError, ValueError):  # its saved state is damaged: no trouble of the other rooms
                log.exception("a room could not be read")
                return DAMAGED_STATE, None
        return pulse, self._states[code, pulse]

    def _tell(self, subscription: _Subscription, news: News, state: RoomState | None) -> None:
        before, subscription.told, subscription.at = subscription.told, news, self._clock()
        if isinstance(news, str):
            if news != before:
                self._call(subscription, subscription.on_trouble, news)
            return
        if before and isinstance(before, str):
            self._call(subscription, subscription.on_trouble, "")
        self._call(subscription, subscription.on_change, state)

    def _call(self, subscription: _Subscription, callback: Callable[[Any], object], value: object) -> None:
        if subscription not in self._subscriptions:
            return
        try:
            callback(value)
        except Exception:
            log.exception("a subscriber of a room failed")

    def _run(self) -> None:
        while not self._stopped:
            self.check()
            self._wait()
            self._woken.clear()
        self._stop_listening()

    def _wait(self) -> None:
        """Wait until something may have been written, somebody subscribes, or it is time for the next poll."""
        if not self._subscriptions:
            self._stop_listening()
            self._woken.wait()
        elif self._away:
            self._woken.wait(RETRY_AFTER)
        elif self._database.is_sqlite:
            self._woken.wait(POLL)
        else:
            self._wait_for_notification()

    def _wait_for_notification(self) -> None:
        try:
            if self._listener is None:
                self._listen()  # and check at once what was written before
            else:
                list(self._listener.notifies(timeout=POLL, stop_after=1))
        except Exception:  # the next check says what is wrong, unless this is over by then
            self._stop_listening()
            self._woken.wait(POLL)

    def _listen(self) -> None:
        pooled = self._database.engine.raw_connection()
        self._listener = pooled.dbapi_connection
        pooled.detach()
        self._listener.autocommit = True
        self._listener.execute(f"LISTEN {CHANNEL}")

    def _stop_listening(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None


@dataclass(frozen=True, slots=True)
class RoomSession:
    """Somebody's access to one room."""

    rows: Rows
    feed: Feed
    code: str

    def subscribe(
        self,
        on_change: Callable[[RoomState | None], object],
        on_trouble: Callable[[str], object],
        activity_every: float = ACTIVITY_EVERY,
    ) -> Callable[[], None]:
        """Subscribe to this room's changes; returns a function that unsubscribes. See `Feed.subscribe`."""
        return self.feed.subscribe(self.code, on_change, on_trouble, activity_every)
