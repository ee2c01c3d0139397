"""Builders of sessions in a store: a facilitator who is always up to date, and a clock that tests move."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.connection import Connection as PipeConnection
from typing import Any

from sqlalchemy import event

from etiquette.room import Agenda, Command, FacilitatorSnapshot, Vote
from etiquette.room.store import FacilitatorSession, LearnerSession, RoomState, Store
from tests.room.builders import NOW, an_agenda
from tests.room.store.postgres import wait_until


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Session:
    """A room in a store, with a facilitator who takes a fresh snapshot before each command."""

    store: Store
    clock: Clock
    agenda: Agenda = field(default_factory=an_agenda)

    def __post_init__(self) -> None:
        self.facilitator: FacilitatorSession = self.store.open_room(self.agenda)
        self.code = self.facilitator.code

    def take(self, *commands: Command) -> FacilitatorSnapshot:
        for command in commands:
            self.facilitator.do(command, seen=self.facilitator.snapshot().version)
        return self.facilitator.snapshot()

    def join(self, nickname: str = "") -> LearnerSession:
        return self.store.join(self.code, self.store.new_token(), nickname)

    def open_ballot(self) -> int:
        ballot = self.store.rows.database.read(lambda it: self.store.rows.room(it, self.code)).room.open_ballot
        assert ballot is not None
        return ballot

    def votes(self, ballot: int) -> list[Vote]:
        """The votes on this ballot that are stored."""
        return self.store.database.read(lambda it: self.store.rows.votes(it, self.code, [ballot]))


class Subscriber:
    """Notes what a feed tells it: the pulse of each state, None for a room that is gone, and sentences of trouble."""

    def __init__(self, session: LearnerSession | FacilitatorSession, activity_every: float = 0.0) -> None:
        self.states: list[RoomState | None] = []
        self.troubles: list[str] = []
        self.unsubscribe = session.subscribe(self.states.append, self.troubles.append, activity_every)

    @property
    def pulses(self) -> list[tuple[int, int] | None]:
        return [(state.version, state.activity) if state else None for state in self.states]

    def wait_for(self, *pulse: int) -> None:
        """Wait until the feed's thread has told this (version, activity) or, without one, that the room is gone."""
        wait_until(lambda: self.pulses[-1:] == [pulse or None], 2)


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """The statements sent to the database in this context."""
    sent: list[str] = []
    engine = store.database.engine

    def note(*arguments: Any) -> None:
        sent.append(arguments[2])

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def vote_for_all(url: str, code: str, ballot: int, tokens: list[str], confirmed: PipeConnection) -> None:
    """Vote for each of these people in a process of its own, and send their tokens once their votes are confirmed."""
    store = Store.open(url)
    for token in tokens:
        store.learner_session(code, token).vote(ballot, 1)
        confirmed.send(token)
    store.close()
