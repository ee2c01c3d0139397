"""Queries for rooms, people and votes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Executable, func, select, text, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from etiquette.judge import ARTICLE, Policy, policies
from etiquette.practice import Sureness
from etiquette.room import (
    Agenda,
    Counts,
    Person,
    Phase,
    Room,
    RoomError,
    Stage,
    Vote,
    clean_nickname,
    count_votes,
    distinct_nickname,
)
from etiquette.room.store.database import Database
from etiquette.room.store.schema import people, pulses, rooms, votes
from etiquette.stories import library

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CHANNEL = "etiquette_rooms"  # of PostgreSQL’s NOTIFY

NO_ROOM = "There’s no room with that code. Please check it with your facilitator. The room may have been deleted."
NOT_JOINED = "You haven’t joined this room yet. Please join it first."
REMOVED = "The facilitator has removed you from this room."


def to_microseconds(at: datetime) -> int:
    """A time as microseconds since 1970."""
    return (at - EPOCH) // MICROSECOND


def from_microseconds(count: int) -> datetime:
    """The time this many microseconds after 1970."""
    return EPOCH + count * MICROSECOND


@lru_cache(maxsize=50)
def _agenda(saved: str, policy: Policy) -> Agenda:
    """The agenda saved as this text, judged by a shipped policy or this one; cached, because drawing one is slow."""
    return Agenda.from_json(saved, library(), policies() | {policy.id: policy})


class StoredRoom(NamedTuple):
    """A room, its version, and the hash of its secret."""

    room: Room
    version: int
    secret: str


class Pulse(NamedTuple):
    """Changes when a room changes: `version` counts the facilitator's commands, `activity` votes and arrivals."""

    version: int
    activity: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Queries for rooms, people and votes, each within the transaction of its connection.

    Rooms are judged by a shipped policy or by `policy`; a room that is judged by any other cannot be continued here.
    """

    database: Database
    clock: Callable[[], datetime]
    policy: Policy = ARTICLE

    def lock(self, connection: Connection, code: str) -> None:
        """Have all others who join this room, vote in it or change it wait for the end of this transaction. Raises
        `RoomError` if there is no such room.
        """
        if connection.scalar(select(rooms.c.code).where(rooms.c.code == code).with_for_update()) is None:
            raise RoomError(NO_ROOM)

    def room(self, connection: Connection, code: str, *, voting: bool = False) -> StoredRoom:
        """The room with this code. `voting` locks it, so that the vote cannot be closed during this transaction. Raises
        `RoomError` if there is no such room, or its saved state is damaged.
        """
        wanted = select(rooms.c.agenda, rooms.c.state, rooms.c.version, rooms.c.secret).where(rooms.c.code == code)
        if voting:
            wanted = wanted.with_for_update(read=True)  # SQLite ignores this: its writers are serialised anyway
        row = connection.execute(wanted).one_or_none()
        if row is None:
            raise RoomError(NO_ROOM)
        return StoredRoom(Room.from_json(row.state, _agenda(row.agenda, self.policy)), row.version, row.secret)

    def pulses(self, connection: Connection, codes: Collection[str]) -> dict[str, Pulse]:
        """The pulse of each of these rooms that exists."""
        wanted = select(rooms.c.code, rooms.c.version, pulses.c.activity).join_from(rooms, pulses)
        found = connection.execute(wanted.where(rooms.c.code.in_(codes)))
        return {code: Pulse(version, activity) for code, version, activity in found}

    def notify(self, code: str, *, activity: bool = True) -> Callable[[Connection], None]:
        """A function that notifies other servers; `activity` also counts a vote or an arrival in the room's pulse."""

        def tell(connection: Connection) -> None:
            if activity:
                counted = pulses.update().where(pulses.c.room == code).values(activity=pulses.c.activity + 1)
                connection.execute(counted)
            if not self.database.is_sqlite:
                connection.execute(text("SELECT pg_notify(:channel, :code)"), {"channel": CHANNEL, "code": code})

        return tell

    # People

    def person(self, connection: Connection, code: str, token_hash: str) -> Person | None:
        """The person in this room whose token has this hash, if there is one. Raises `RoomError` if the facilitator has
        removed them.
        """
        wanted = select(people.c.number, people.c.nickname, people.c.hidden, people.c.removed)
        row = connection.execute(wanted.where(people.c.room == code, people.c.token == token_hash)).one_or_none()
        if row and row.removed:
            raise RoomError(REMOVED)
        return Person(row.number, row.nickname, row.hidden) if row else None

    def people(self, connection: Connection, code: str) -> tuple[Person, ...]:
        """Everybody in the room, in the order in which they joined, without those who were removed."""
        wanted = select(people.c.number, people.c.nickname, people.c.hidden).where(*_in_room(code))
        return tuple(Person(*row) for row in connection.execute(wanted.order_by(people.c.number)))

    def people_with(self, connection: Connection, code: str, token_hashes: Collection[str]) -> dict[str, Person]:
        """The people in this room whose tokens have these hashes, without those who were removed."""
        wanted = select(people.c.token, people.c.number, people.c.nickname, people.c.hidden).where(*_in_room(code))
        rows = connection.execute(wanted.where(people.c.token.in_(token_hashes)))
        return {token: Person(*row) for token, *row in rows}

    def hidden_or_removed(self, connection: Connection, code: str) -> tuple[frozenset[int], frozenset[int]]:
        """The numbers of the people whose nicknames are hidden, and of those who were removed."""
        wanted = select(people.c.number, people.c.removed).where(people.c.room == code)
        rows = connection.execute(wanted.where(people.c.hidden | people.c.removed)).all()
        removed = frozenset(number for number, removed in rows if removed)
        return frozenset(number for number, _ in rows) - removed, removed

    def free_nickname(self, connection: Connection, code: str, nickname: str, number: int = 0) -> str:
        """This nickname, cleaned, and told apart from those of the others. `number` is the person's own, 0 for a new
        one. The room must be locked.
        """
        others = select(people.c.nickname).where(*_in_room(code), people.c.number != number, people.c.nickname != "")
        return distinct_nickname(clean_nickname(nickname), connection.scalars(others).all())

    # Votes

    def cast(self, connection: Connection, code: str, vote: Vote) -> None:
        """Store a vote, unless a later one of this person on this ballot and turn has arrived before it."""
        cast = _CAST_ON_SQLITE if self.database.is_sqlite else _CAST_ON_POSTGRESQL
        connection.execute(cast, {"room": code, **_columns(vote)})

    def votes(self, connection: Connection, code: str, ballots: Collection[int], person: int = 0) -> list[Vote]:
        """The votes on these ballots, all or one person's, in the order in which they were cast."""
        columns = (votes.c.ballot, votes.c.person, votes.c.option, votes.c.at, votes.c.sureness, votes.c.turn)
        wanted = select(*columns).where(votes.c.room == code, votes.c.ballot.in_(ballots))
        if person:
            wanted = wanted.where(votes.c.person == person)
        wanted = wanted.order_by(votes.c.at, votes.c.ballot, votes.c.person, votes.c.turn)
        return [
            Vote(ballot, number, option, from_microseconds(at), Sureness(sureness) if sureness else None, turn)
            for ballot, number, option, at, sureness, turn in connection.execute(wanted)
        ]

    def counts(self, connection: Connection, code: str, room: Room, *, everything: bool = False) -> Counts:
        """The counts at the room's current stage: those that everybody may see, or `everything` for the facilitator."""
        size = connection.scalar(select(func.count()).select_from(people).where(*_in_room(code))) or 0
        stage = room.stage
        if stage is None or not stage.ballots:
            return Counts(size)
        on_ballot = (votes.c.room == code, votes.c.ballot == stage.ballots[-1])
        voted = connection.scalar(select(func.count()).where(*on_ballot, votes.c.turn == 0)) or 0
        prompt = room.prompt(room.current)
        if prompt is None:
            return Counts(size, voted, finished=self._finished(connection, code, room, stage))
        if not (everything or (stage.shown and stage.phase is not Phase.OPEN)):
            return Counts(size, voted)
        tallies, movement = count_votes(self.votes(connection, code, stage.ballots), stage.ballots, len(prompt.options))
        return Counts(size, voted, tallies, movement if everything or stage.phase is Phase.REVEALED else None)

    def _finished(self, connection: Connection, code: str, room: Room, stage: Stage) -> int:
        """How many people's stories are over, where each plays alone. Each path is replayed once."""
        played: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for vote in self.votes(connection, code, stage.ballots[-1:]):
            played[vote.person][vote.turn] = vote.option
        paths = Counter(tuple(option for _, option in sorted(turns.items())) for turns in played.values())
        return sum(people for path, people in paths.items() if room.replay(stage, path).over)


def _in_room(code: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a row of `people` is somebody in this room."""
    return people.c.room == code, ~people.c.removed


def _cast(insert: Any) -> Executable:
    """The statement of `Rows.cast`, from an INSERT in the dialect of a database."""
    new, old = insert.excluded, votes.c
    later: Executable = insert.on_conflict_do_update(
        index_elements=[old.room, old.ballot, old.person, old.turn],
        set_={"option": new.option, "at": new.at, "sureness": new.sureness},
        where=tuple_(new.at, new.option, func.coalesce(new.sureness, 0))
        > tuple_(old.at, old.option, func.coalesce(old.sureness, 0)),
    )
    return later


_CAST_ON_SQLITE, _CAST_ON_POSTGRESQL = _cast(sqlite.insert(votes)), _cast(postgresql.insert(votes))
"""Built once, because building them takes longer than executing them."""


def _columns(vote: Vote) -> dict[str, int | None]:
    return {
        "ballot": vote.ballot,
        "person": vote.person,
        "turn": vote.turn,
        "option": vote.option,
        "at": to_microseconds(vote.at),
        "sureness": None if vote.sureness is None else vote.sureness.value,
    }
