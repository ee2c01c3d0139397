"""The store of all rooms: opens one, lets people in, and forgets those that are old."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from sqlalchemy import URL, Connection, func, select

from etiquette.judge import Policy, policies
from etiquette.room import (
    Agenda,
    AttemptLimit,
    Room,
    RoomError,
    Screen,
    check_token,
    clean_nickname,
    hash_token,
    matches_hash,
    new_code,
    new_secret,
    parse_code,
    screen_of,
)
from etiquette.room.store.database import AWAY_TIMEOUT, Database
from etiquette.room.store.facilitator_session import FacilitatorSession
from etiquette.room.store.learner_session import LearnerSession
from etiquette.room.store.rows import NO_ROOM, NOT_JOINED, Rows, to_number, to_time
from etiquette.room.store.schema import guesses, people, prepare, pulses, rooms
from etiquette.room.store.watch import Watch
from etiquette.stories import Scenario, library

DAYS = 7
MOST_PEOPLE = 1000
GENEROUS = AttemptLimit(most=60)


def default_url() -> URL:
    """A file where the system of whoever runs this keeps what belongs to them."""
    from platformdirs import user_data_path

    return URL.create("sqlite", database=str(user_data_path("etiquette", appauthor=False) / "rooms.sqlite3"))


@dataclass(frozen=True, slots=True)
class Store:
    """All rooms at one address. Threads, processes and servers may share it.

    `limit` is how many wrong codes may come from one source: an address, or what the host knows a visitor by. A class
    may sit behind one address, so it is generous; at this rate, all codes take two years.
    """

    database: Database
    rows: Rows
    rng: random.Random = field(default_factory=secrets.SystemRandom)
    limit: AttemptLimit = GENEROUS

    @classmethod
    def open(
        cls,
        url: str | URL = "",
        *,
        scenarios: Mapping[str, Scenario] | None = None,
        known: Mapping[str, Policy] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        rng: random.Random | None = None,
        waited: float = AWAY_TIMEOUT,
        pause: Callable[[float], None] = time.sleep,
        relayed: Path | None = None,
    ) -> Self:
        """The store at this address, brought up to date; without one, a file in the user's data directory.

        `scenarios` and `known` policies are those that rooms may use, else the shipped ones. A database that is away
        is waited for, for so many seconds. `relayed` is the file of the server's relay, where it has one.

        Raises:
            StoreError: it cannot be opened; the message says why, and what to do.
        """
        database = Database.open(url or default_url(), waited, pause, relayed)
        try:
            database.write(prepare)
        except BaseException:
            database.close()
            raise
        rows = Rows(
            database, library() if scenarios is None else scenarios, policies() if known is None else known, clock
        )
        return cls(database, rows, rng or secrets.SystemRandom())

    # The facilitator

    def open_room(self, agenda: Agenda, days: int = DAYS) -> FacilitatorSession:
        """A new room, which is deleted after so many days. Its secret is nowhere but in the desk that this returns."""
        secret = new_secret(self.rng)

        def open_room(connection: Connection) -> str:
            now = self.rows.clock()
            _forget(connection, now)
            code = new_code(self.rng)
            while connection.scalar(select(rooms.c.code).where(rooms.c.code == code)):
                code = new_code(self.rng)
            connection.execute(
                rooms.insert().values(
                    code=code,
                    version=1,
                    last_step="",
                    agenda=agenda.to_json(),
                    state=Room(agenda).to_json(),
                    secret=hash_token(secret),
                    opened=to_number(now),
                    deleted_from=to_number(now + timedelta(days=days)),
                )
            )
            connection.execute(pulses.insert().values(room=code, activity=0))
            self.rows.notify(code, activity=False)(connection)
            return code

        return FacilitatorSession(self.rows, self.database.write(open_room), secret)

    def desk(self, code: str, secret: str) -> FacilitatorSession:
        """The facilitator's desk, come back to from their link.

        Raises:
            RoomError: there is no such room, or this is not its secret; which of the two is not told.
        """
        code = parse_code(code)
        seal = self.database.read(lambda it: it.scalar(select(rooms.c.secret).where(rooms.c.code == code)))
        if not matches_hash(secret, seal or ""):
            raise RoomError("This facilitator’s link opens no room. It may have been deleted; please check the link.")
        return FacilitatorSession(self.rows, code, secret)

    # The learners

    def find(self, typed: str, source: str = "") -> str:
        """The code of the room that somebody typed the code of. Wrong ones are counted against their source.

        Raises:
            RoomError: there is no such room, or too many wrong codes came from there.
        """
        code = parse_code(typed)

        def look(connection: Connection) -> bool:
            now, origin = self.rows.clock(), hash_token(source)
            since = to_number(now - self.limit.within)
            wanted = select(guesses.c.at).where(guesses.c.source == origin, guesses.c.at > since)
            self.limit.check([to_time(at) for at in connection.scalars(wanted)], now)
            found = connection.scalar(select(rooms.c.code).where(rooms.c.code == code))
            return found is not None

        def note(connection: Connection) -> None:
            now = self.rows.clock()
            connection.execute(guesses.delete().where(guesses.c.at <= to_number(now - self.limit.within)))
            connection.execute(guesses.insert().values(source=hash_token(source), at=to_number(now)))

        if not self.database.read(look):
            self.database.write(note)
            raise RoomError(NO_ROOM)
        return code

    def new_token(self) -> str:
        """A token for a browser to keep: whoever has it is the same person, on every page and after every reload."""
        return new_secret(self.rng)

    def join(self, typed: str, token: str, nickname: str | None = None, source: str = "") -> LearnerSession:
        """Take a seat in the room of the code that was typed. Whoever has one already keeps it, in every tab.

        Raises:
            RoomError: there is no such room, it is full, or too many wrong codes came from this source.
        """
        code, seal = self.find(typed, source), hash_token(check_token(token))

        def join(connection: Connection) -> None:
            if connection.scalar(select(rooms.c.code).where(rooms.c.code == code).with_for_update()) is None:
                raise RoomError(NO_ROOM)
            person = self.rows.person(connection, code, seal)
            if person is None:
                last = connection.scalar(select(func.max(people.c.number)).where(people.c.room == code)) or 0
                if last >= MOST_PEOPLE:
                    raise RoomError(f"This room is full: it holds {MOST_PEOPLE:,} people.")
                taken = {"number": last + 1, "token": seal, "nickname": clean_nickname(nickname or "")}
                joined = {"hidden": False, "joined": to_number(self.rows.clock())}
                connection.execute(people.insert().values(room=code, **taken, **joined))

        self.database.write(join, self.rows.notify(code))
        seat = LearnerSession(self.rows, code, token)
        if nickname is not None and seat.see().person.nickname != clean_nickname(nickname):
            seat.rename(nickname)
        return seat

    def seat(self, code: str, token: str) -> LearnerSession:
        """The seat of somebody who comes back, from the code and the token that their browser has kept.

        Raises:
            RoomError: they have not joined this room, or it is gone.
        """
        code, seal = parse_code(code), hash_token(check_token(token))
        if self.database.read(lambda connection: self.rows.person(connection, code, seal)) is None:
            raise RoomError(NOT_JOINED)
        return LearnerSession(self.rows, code, token)

    # The projector

    def screen(self, code: str) -> Screen:
        """What everybody in the room may see; it takes no secret.

        Raises:
            RoomError: there is no such room.
        """

        def look(connection: Connection) -> Screen:
            room = self.rows.room(connection, code).room
            return screen_of(room, self.rows.counts(connection, code, room))

        return self.database.read(look)

    def watch(self, code: str) -> Watch:
        """Tells when to look at a room again."""
        return Watch(self.database.line, code)

    # The end

    def forget_old(self) -> int:
        """Delete the rooms whose days are over, and say how many; to open a room does so too."""
        return self.database.write(lambda connection: _forget(connection, self.rows.clock()))

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def _forget(connection: Connection, now: datetime) -> int:
    return connection.execute(rooms.delete().where(rooms.c.deleted_from <= to_number(now))).rowcount
