"""The store of all rooms: opens rooms, lets people join, and deletes rooms that have expired."""

from __future__ import annotations

import hmac
import random
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from sqlalchemy import URL, Connection, func, select

from etiquette.judge import ARTICLE, Policy
from etiquette.room import (
    Agenda,
    GuessLimits,
    Person,
    Room,
    RoomError,
    RoomKey,
    Source,
    check_token,
    hash_token,
    matches_hash,
    new_code,
    new_secret,
    parse_code,
    projector_secret,
)
from etiquette.room.store.database import AWAY_TIMEOUT, Database
from etiquette.room.store.facilitator_session import FacilitatorSession
from etiquette.room.store.feed import Feed
from etiquette.room.store.guesses import check_guesses, note_guess
from etiquette.room.store.learner_session import LearnerSession
from etiquette.room.store.overview import RoomOverview, room_overview
from etiquette.room.store.prepared import PreparedSessions
from etiquette.room.store.projector_session import ProjectorSession
from etiquette.room.store.rows import NO_ROOM, NOT_JOINED, Rows, to_microseconds
from etiquette.room.store.schema import people, prepare, pulses, rooms

DEFAULT_DAYS = 7
MAX_PEOPLE = 1000
UNKNOWN_SOURCE = Source()
GUESS_LIMITS = GuessLimits()


def default_url() -> URL:
    """A SQLite file in the user's data directory."""
    from platformdirs import user_data_path

    return URL.create("sqlite", database=str(user_data_path("etiquette", appauthor=False) / "rooms.sqlite3"))


@dataclass(frozen=True, slots=True)
class Store:
    """All rooms in one database, which threads, processes and servers may share.

    `limits` apply to wrong codes.
    """

    database: Database
    rows: Rows
    feed: Feed
    rng: random.Random
    limits: GuessLimits = GUESS_LIMITS

    @classmethod
    def open(
        cls,
        url: str | URL = "",
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        rng: random.Random | None = None,
        timeout: float = AWAY_TIMEOUT,
        policy: Policy = ARTICLE,
    ) -> Self:
        """Open the store at this URL and migrate it. The default is a SQLite file in the user's data directory.

        `timeout` is the number of seconds for which an unreachable database is retried. Raises `StoreError` if it
        cannot be opened; the message says why, and what to do.
        """
        database = Database.open(url or default_url(), timeout)
        try:
            database.write(prepare)
        except BaseException:
            database.close()
            raise
        rows = Rows(database, clock, policy)
        return cls(database, rows, Feed(rows), rng or secrets.SystemRandom())

    # The facilitator

    def open_room(self, agenda: Agenda, days: int = DEFAULT_DAYS) -> FacilitatorSession:
        """Open a room, and delete expired ones. This one expires after `days` days.

        Only the returned session holds its secret.
        """
        secret = new_secret(self.rng)

        def open_room(connection: Connection) -> str:
            now = self.rows.clock()
            connection.execute(rooms.delete().where(rooms.c.deleted_from <= to_microseconds(now)))
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
                    opened=to_microseconds(now),
                    deleted_from=to_microseconds(now + timedelta(days=days)),
                )
            )
            connection.execute(pulses.insert().values(room=code, activity=0))
            self.rows.notify(code, activity=False)(connection)
            return code

        return FacilitatorSession(self.rows, self.feed, self.database.write(open_room), secret)

    def facilitator_session(self, code: str, secret: str) -> FacilitatorSession:
        """The session of a facilitator who returns, from the code and the secret in their link. Raises `RoomError` if
        there is no such room, or the secret is wrong; the message does not say which.
        """
        code = parse_code(code)
        if not matches_hash(secret, self._secret_hash(code)):
            raise RoomError(
                "That link doesn’t open a room. Check that you copied all of it. The room may also have been deleted."
            )
        return FacilitatorSession(self.rows, self.feed, code, secret)

    def overviews(self, keys: Sequence[RoomKey]) -> tuple[RoomOverview, ...]:
        """Where the rooms of these keys stand, in this order, without those that are gone or have another secret."""

        def look(connection: Connection) -> tuple[RoomOverview, ...]:
            found = (room_overview(self.rows, connection, key) for key in keys)
            return tuple(each for each in found if each)

        return self.database.read(look)

    def projector_session(self, code: str, secret: str) -> ProjectorSession:
        """The session of a projector, from the code and the secret in its address. Raises `RoomError` if there is no
        such room, or the secret is not that of its projector; the message does not say which.
        """
        code = parse_code(code)
        expected = projector_secret(self._secret_hash(code))
        if not hmac.compare_digest(secret.encode(), expected.encode()):
            raise RoomError("That link doesn’t show a room. Please open the projector from the control page again.")
        return ProjectorSession(self.rows, self.feed, code)

    def _secret_hash(self, code: str) -> str:
        """The hash of a room's secret; empty if there is no such room."""
        found: str | None = self.database.read(lambda it: it.scalar(select(rooms.c.secret).where(rooms.c.code == code)))
        return found or ""

    @property
    def prepared(self) -> PreparedSessions:
        """The sessions that facilitators have put together for another day."""
        return PreparedSessions(self.rows)

    # The learners

    def find_code(self, typed: str, source: Source) -> str:
        """The code of an existing room, from what somebody typed. Wrong codes count against their source. Raises
        `RoomError` if there is no such room, or too many wrong codes came from this source.
        """
        code = parse_code(typed)

        def find(connection: Connection) -> str | None:
            check_guesses(connection, source, self.limits, self.rows.clock())
            return connection.scalar(select(rooms.c.code).where(rooms.c.code == code))

        if self.database.read(find) is None:
            self.database.write(lambda it: note_guess(it, source, self.limits, self.rows.clock()))
            raise RoomError(NO_ROOM)
        return code

    def new_token(self) -> str:
        """A token for a browser to keep, which identifies its person on every page and after every reload."""
        return new_secret(self.rng)

    def find_people(self, typed: str, tokens: Collection[str], source: Source = UNKNOWN_SOURCE) -> dict[str, Person]:
        """Who has joined the room with which of these tokens, without those who were removed. Raises `RoomError` if
        there is no such room, or too many wrong codes came from this source.
        """
        code, tokens_by_hash = self.find_code(typed, source), {hash_token(check_token(each)): each for each in tokens}
        found = self.database.read(lambda connection: self.rows.people_with(connection, code, tokens_by_hash))
        return {tokens_by_hash[token_hash]: person for token_hash, person in found.items()}

    def join(
        self, typed: str, token: str, nickname: str | None = None, source: Source = UNKNOWN_SOURCE
    ) -> LearnerSession:
        """Join the room with the code that was typed. A token that has joined before stays the same person; without a
        nickname, they keep theirs. One that somebody else has gets a number. Raises `RoomError` if there is no such
        room, it is full, too many wrong codes came from this source, or the facilitator has removed this person.
        """
        code, token_hash = self.find_code(typed, source), hash_token(check_token(token))

        def join(connection: Connection) -> None:
            self.rows.lock(connection, code)
            if self.rows.person(connection, code, token_hash) is None:
                last = connection.scalar(select(func.max(people.c.number)).where(people.c.room == code)) or 0
                if last >= MAX_PEOPLE:
                    raise RoomError(f"This room is full. It can hold {MAX_PEOPLE:,} people.")
                free = self.rows.free_nickname(connection, code, nickname or "")
                taken = {"number": last + 1, "token": token_hash, "nickname": free}
                joined = {"hidden": False, "joined": to_microseconds(self.rows.clock())}
                connection.execute(people.insert().values(room=code, **taken, **joined))
            elif nickname is not None:
                LearnerSession(self.rows, self.feed, code, token).rename_within(connection, nickname)

        self.database.write(join, self.rows.notify(code))
        return LearnerSession(self.rows, self.feed, code, token)

    def learner_session(self, code: str, token: str) -> LearnerSession:
        """The session of a learner who returns, from the code and the token that their browser has kept. Raises
        `RoomError` if they have not joined this room, or it has been deleted.
        """
        code, token_hash = parse_code(code), hash_token(check_token(token))
        if self.database.read(lambda connection: self.rows.person(connection, code, token_hash)) is None:
            raise RoomError(NOT_JOINED)
        return LearnerSession(self.rows, self.feed, code, token)

    def close(self) -> None:
        """Stop the feed and close the database."""
        self.feed.stop()
        self.database.close()
