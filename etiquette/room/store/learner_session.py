"""Where a learner sits: the one way from their page into a room."""

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
from etiquette.room.store.rows import NOT_JOINED, Held, Rows
from etiquette.room.store.schema import people
from etiquette.room.store.watch import Watch


@dataclass(frozen=True, slots=True)
class LearnerSession:
    """The place of one person in one room, however many tabs they have.

    Every method raises a `RoomError` where the room refuses, and a `StoreError` where the store cannot do its work;
    either is a sentence for the learner. What returned is stored.

    To look takes no database where the server's relay has posted the room, if it is said what is `known`.
    """

    rows: Rows
    code: str
    token: str

    def see(self, known: LastKnown | None = None) -> LearnerSnapshot:
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
        """Vote, or vote otherwise, on the ballot that is open, and give back what they see now.

        The latest vote by `at` (now) counts: whatever was tapped twice, sent again or sent from two tabs counts once.
        """

        def cast(connection: Connection) -> LearnerSnapshot:
            held, person = self._voting(connection)
            held.room.check_vote(ballot, option)
            if held.room.prompt(held.room.at) is None:
                raise RoomError("In this story, each goes their own way, one choice after another.")
            moment = at or self.rows.clock()
            self.rows.cast(connection, self.code, Vote(ballot, person.number, option, moment, sureness))
            return self._seen(connection, held, person)

        return self.rows.database.write(cast, self.rows.notify(self.code))

    def play(self, ballot: int, turn: int, option: int) -> LearnerSnapshot:
        """Make the choice of this turn, from 0, in a story that each plays alone; give back what they see now.

        What was chosen at a turn stands: said again, or otherwise, it changes nothing.
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
            if held.room.prompt(held.room.at) is not None:
                raise RoomError("The room decides this together. Please vote.")
            self.rows.cast(connection, self.code, Vote(ballot, person.number, option, self.rows.clock(), None, turn))
            return self._seen(connection, held, person)

        return self.rows.database.write(choose, self.rows.notify(self.code))

    def rename(self, nickname: str) -> Person:
        """Take another nickname, or none. One that the facilitator has hidden stays hidden."""

        def rename(connection: Connection) -> Person:
            self._person(connection)
            mine = (people.c.room == self.code, people.c.token == hash_token(self.token))
            connection.execute(people.update().where(*mine).values(nickname=clean_nickname(nickname)))
            return self._person(connection)

        return self.rows.database.write(rename, self.rows.notify(self.code))

    def debrief(self, known: LastKnown | None = None) -> LearnerDebrief:
        """Their answers, the reasons, and what to practise: of what has been revealed or, at the end, voted on."""
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
        """Tells when to look again."""
        return Watch(self.rows.database.line, self.code)

    def _posted(self, known: LastKnown) -> Posted | None:
        """What is posted of the room, unless it is older than what is known."""
        relayed = self.rows.database.relayed
        posted = read_posted(posted_path(relayed, self.code), known.person.number) if relayed else None
        return posted if posted and posted.version >= known.version else None

    def _seen(self, connection: Connection, held: Held, person: Person) -> LearnerSnapshot:
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

    def _voting(self, connection: Connection) -> tuple[Held, Person]:
        return self.rows.room(connection, self.code, voting=True), self._person(connection)


def _answers(votes: Iterable[Vote]) -> dict[int, tuple[BallotAnswer, ...]]:
    """What one person answered on each ballot; where each plays alone, in turn."""
    found: defaultdict[int, list[BallotAnswer]] = defaultdict(list)
    for vote in sorted(votes, key=lambda vote: (vote.ballot, vote.turn)):
        found[vote.ballot].append(BallotAnswer(vote.option, vote.sureness))
    return {ballot: tuple(given) for ballot, given in found.items()}
