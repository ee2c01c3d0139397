"""Sessions in a store to test with: a facilitator who looks before each step, and a clock to be moved."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import event

from etiquette.room import Agenda, Command, FacilitatorSnapshot
from etiquette.room.store import FacilitatorSession, LearnerSession, Store
from tests.room.builders import NOW, an_agenda
from tests.room.store.postgres import wait_until

Value = TypeVar("Value")


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
    """A room in a store, and its facilitator, who always looks before a step."""

    store: Store
    clock: Clock
    agenda: Agenda = field(default_factory=an_agenda)

    def __post_init__(self) -> None:
        self.facilitator: FacilitatorSession = self.store.open_room(self.agenda)
        self.code = self.facilitator.code

    def take(self, *steps: Command) -> FacilitatorSnapshot:
        for step in steps:
            self.facilitator.do(step, seen=self.facilitator.snapshot().version)
        return self.facilitator.snapshot()

    def join(self, nickname: str = "") -> LearnerSession:
        return self.store.join(self.code, self.store.new_token(), nickname)

    def open_ballot(self) -> int:
        ballot = self.store.rows.database.read(lambda it: self.store.rows.room(it, self.code)).room.open_ballot
        assert ballot is not None
        return ballot


def eventually(ask: Callable[[], Value | None]) -> Value:
    """What it says as eventually as it says something, which it has to do within a second."""
    said: list[Value] = []

    def asked() -> bool:
        found = ask()
        if found:
            said.append(found)
        return bool(said)

    wait_until(asked, 1)
    return said[0]


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """For a while, this SQLite file cannot grow; what fits into its pages still does."""
    engine = store.database.engine
    engine.dispose()

    @event.listens_for(engine, "connect")
    def no_more_pages(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # as many as there are

    yield
    event.remove(engine, "connect", no_more_pages)
    engine.dispose()


def fill(store: Store, code: str) -> None:
    """Have more people join a room than fit into a file that cannot grow."""
    for _ in range(500):
        store.join(code, store.new_token(), "somebody else")
