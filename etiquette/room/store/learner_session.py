"""A learner's access to a room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from etiquette.practice import Sureness
from etiquette.room import (
    BallotAnswer,
    LastKnown,
    LearnerDebrief,
    LearnerSnapshot,
    Person,
    Room,
    RoomError,
    Vote,
    clean_nickname,
    debrief_learner,
    hash_token,
    learner_snapshot,
)
from etiquette.room.store.posted import Posted, posted_path, read_posted
from etiquette.room.store.rows import NOT_JOINED, Rows, StoredRoom
from etiquette.room.store.schema import people
from etiquette.room.store.watch import Watch


@dataclass(frozen=True, slots=True)
class LearnerSession:
    """One person's access to one room, from any number of tabs. What a method returns has been committed.

    Where the server's relay posts its rooms, `snapshot` and `debrief` read the posted file instead of the database if
    they are told what is already `known`. Every method raises a `RoomError` if the room refuses, and a `StoreError` if
    the store is unavailable; both messages are sentences for the learner.
    """

    rows: Rows
    code: str
    token: str

    def snapshot(self, known: LastKnown | None = None) -> LearnerSnapshot:
        """What they see now."""
        if known and (posted := self._posted(known)):
            room = Room.from_json(posted.state, self.rows.agenda(posted.agenda))
            return learner_snapshot(room, posted.version, known.person, _answers(posted.votes), posted.counts)

        def look(connection: Connection) -> LearnerSnapshot:
            return self._seen(connection, self.rows.room(connection, self.code), self._person(connection))

        return self.rows.database.read(look)

    def vote(
        self, ballot: int, option: int, sureness: Sureness | None = None, at: datetime | None = None
    ) -> LearnerSnapshot:
        """Vote on the open ballot, or change the vote, and return what they see now.

        Only the latest vote by `at` (default: now) counts, so that double taps, retries and other tabs do no harm.
        """

        def cast(connection: Connection) -> LearnerSnapshot:
            held, person = self._voting(connection)
            held.room.check_vote(ballot, option)
            if held.room.prompt(held.room.current) is None:
                raise RoomError("In this story, each goes their own way, one choice after another.")
            moment = at or self.rows.clock()
            self.rows.cast(connection, self.code, Vote(ballot, person.number, option, moment, sureness))
            return self._seen(connection, held, person)

        return self.rows.database.write(cast, self.rows.notify(self.code))

    def play(self, ballot: int, turn: int, option: int) -> LearnerSnapshot:
        """Choose at this turn, from 0, of a story that each plays alone, and return what they see now.

        The first choice at a turn is final; later ones are ignored.
        """

        def choose(connection: Connection) -> LearnerSnapshot:
            held, person = self._voting(connection)
            before = self.rows.votes(connection, self.code, [ballot], person.number)
            path = tuple(given.option for given in _answers(before).get(ballot, ()))
            if 0 <= turn < len(path) and ballot in held.room.ballots:
                return self._seen(connection, held, person)
            if turn != len(path):
                raise RoomError("Your story is not there yet. Please look again.")
            held.room.check_vote(ballot, option, path)
            if held.room.prompt(held.room.current) is not None:
                raise RoomError("The room decides this together. Please vote.")
            self.rows.cast(connection, self.code, Vote(ballot, person.number, option, self.rows.clock(), None, turn))
            return self._seen(connection, held, person)

        return self.rows.database.write(choose, self.rows.notify(self.code))

    def rename(self, nickname: str) -> Person:
        """Change the nickname; it may be empty. If the facilitator has hidden it, it stays hidden."""

        def rename(connection: Connection) -> Person:
            self._person(connection)
            mine = (people.c.room == self.code, people.c.token == hash_token(self.token))
            connection.execute(people.update().where(*mine).values(nickname=clean_nickname(nickname)))
            return self._person(connection)

        return self.rows.database.write(rename, self.rows.notify(self.code))

    def debrief(self, known: LastKnown | None = None) -> LearnerDebrief:
        """Their debrief: of what was revealed so far or, at the end, of everything that they voted on."""
        if known and (posted := self._posted(known)):
            room = Room.from_json(posted.state, self.rows.agenda(posted.agenda))
            if room.ballots <= set(posted.ballots):
                return debrief_learner(room, posted.votes)

        def look(connection: Connection) -> LearnerDebrief:
            room = self.rows.room(connection, self.code).room
            person = self._person(connection)
            return debrief_learner(room, self.rows.votes(connection, self.code, room.ballots, person.number))

        return self.rows.database.read(look)

    def watch(self) -> Watch:
        """A watch on this room."""
        return Watch(self.rows.database.change_feed, self.code)

    def _posted(self, known: LastKnown) -> Posted | None:
        """The posted room, unless there is none or it is older than what the page knows."""
        relay_path = self.rows.database.relay_path
        posted = read_posted(posted_path(relay_path, self.code), known.person.number) if relay_path else None
        return posted if posted and posted.version >= known.version else None

    def _seen(self, connection: Connection, held: StoredRoom, person: Person) -> LearnerSnapshot:
        room = held.room
        ballots = room.stage.ballots if room.stage else ()
        votes = self.rows.votes(connection, self.code, ballots, person.number) if ballots else ()
        counts = self.rows.counts(connection, self.code, room)
        return learner_snapshot(room, held.version, person, _answers(votes), counts)

    def _person(self, connection: Connection) -> Person:
        person = self.rows.person(connection, self.code, hash_token(self.token))
        if person is None:
            raise RoomError(NOT_JOINED)
        return person

    def _voting(self, connection: Connection) -> tuple[StoredRoom, Person]:
        return self.rows.room(connection, self.code, voting=True), self._person(connection)


def _answers(votes: Iterable[Vote]) -> dict[int, tuple[BallotAnswer, ...]]:
    """One person's answers by ballot, ordered by turn."""
    found: defaultdict[int, list[BallotAnswer]] = defaultdict(list)
    for vote in sorted(votes, key=lambda vote: (vote.ballot, vote.turn)):
        found[vote.ballot].append(BallotAnswer(vote.option, vote.sureness))
    return {ballot: tuple(given) for ballot, given in found.items()}
