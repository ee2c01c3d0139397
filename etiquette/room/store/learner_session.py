"""A learner's access to a room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from etiquette.practice import Sureness
from etiquette.room import (
    BallotAnswer,
    LearnerDebrief,
    LearnerSnapshot,
    Person,
    RoomError,
    Vote,
    debrief_learner,
    hash_token,
    learner_snapshot,
)
from etiquette.room.store.feed import RoomSession, RoomState
from etiquette.room.store.question_rows import ask_question
from etiquette.room.store.rows import NOT_JOINED, StoredRoom
from etiquette.room.store.schema import people


@dataclass(frozen=True, slots=True)
class LearnerSession(RoomSession):
    """One person's access to one room, from any number of tabs. What a method returns has been committed.

    Every method that reads or writes the database raises a `RoomError` if the room refuses, and a `StoreError` if the
    store is unavailable; both messages are sentences for the learner.
    """

    token: str

    def snapshot(self) -> LearnerSnapshot:
        """What they see now."""
        return self.rows.database.read(lambda it: self._seen(it, self.rows.room(it, self.code), self._person(it)))

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
                raise RoomError("Everyone plays this story on their own, so there’s no vote. Please reload the page.")
            moment = at or self.rows.clock()
            self.rows.cast(connection, self.code, Vote(ballot, person.number, option, moment, sureness))
            return self._seen(connection, held, person)

        return self.rows.database.write(cast, self.rows.notify(self.code))

    def set_sureness(self, ballot: int, sureness: Sureness, at: datetime | None = None) -> LearnerSnapshot:
        """Say how sure they are of their latest vote on the open ballot, and return what they see now.

        `at` (default: now) is when they said so, as in `vote`.
        """

        def cast(connection: Connection) -> LearnerSnapshot:
            held, person = self._voting(connection)
            before = self.rows.votes(connection, self.code, [ballot], person.number)
            held.room.check_vote(ballot, before[-1].option if before else 0)
            if not before:
                raise RoomError("Please choose an answer first, and then say how sure you are.")
            moment = at or self.rows.clock()
            self.rows.cast(connection, self.code, replace(before[-1], at=moment, sureness=sureness))
            return self._seen(connection, held, person)

        return self.rows.database.write(cast, self.rows.notify(self.code))

    def play(self, ballot: int, turn: int, option: int) -> LearnerSnapshot:
        """Make the choice at this turn (from 0) of a story that each person plays alone, and return what they see now.

        The first choice at a turn is final: the same one again does nothing, and another is refused.
        """

        def choose(connection: Connection) -> LearnerSnapshot:
            held, person = self._voting(connection)
            if ballot not in held.room.ballots:
                raise RoomError(held.room.why_no_vote(ballot))
            before = self.rows.votes(connection, self.code, [ballot], person.number)
            path = tuple(given.option for given in _answers(before).get(ballot, ()))
            if 0 <= turn < len(path):
                if option != path[turn]:
                    raise RoomError("You’d already made that choice, and your first choice counts.")
                return self._seen(connection, held, person)
            if turn != len(path):
                raise RoomError("Your story hasn’t got that far yet. Please reload the page.")
            held.room.check_vote(ballot, option, path)
            if held.room.prompt(held.room.current) is not None:
                raise RoomError("The room decides this one together. Please reload the page and vote.")
            self.rows.cast(connection, self.code, Vote(ballot, person.number, option, self.rows.clock(), None, turn))
            return self._seen(connection, held, person)

        return self.rows.database.write(choose, self.rows.notify(self.code))

    def rename(self, nickname: str) -> Person:
        """Change the nickname; it may be empty. One that somebody else has gets a number. If the facilitator has hidden
        the last one, this one stays hidden.
        """

        def rename(connection: Connection) -> Person:
            self.rows.lock(connection, self.code)
            return self.rename_within(connection, nickname)

        return self.rows.database.write(rename, self.rows.notify(self.code))

    def rename_within(self, connection: Connection, nickname: str) -> Person:
        """Change the nickname in a transaction that has locked the room."""
        person = self._person(connection)
        free = self.rows.free_nickname(connection, self.code, nickname, person.number)
        mine = (people.c.room == self.code, people.c.number == person.number)
        connection.execute(people.update().where(*mine).values(nickname=free))
        return replace(person, nickname=free)

    def debrief(self) -> LearnerDebrief:
        """Their debrief: of what was revealed so far or, at the end, of everything that they voted on."""

        def look(connection: Connection) -> LearnerDebrief:
            room = self.rows.room(connection, self.code).room
            person = self._person(connection)
            return debrief_learner(room, self.rows.votes(connection, self.code, room.ballots, person.number))

        return self.rows.database.read(look)

    def ask(self, text: str) -> None:
        """Ask the facilitator this. What is stored does not say who asked."""

        def ask(connection: Connection) -> None:
            self._person(connection)
            ask_question(self.rows, connection, self.code, text)

        self.rows.database.write(ask, self.rows.notify(self.code))

    # Without the database

    def snapshot_of(self, state: RoomState, person: Person) -> LearnerSnapshot:
        """What this person sees in this state of the room."""
        answers = _answers(state.votes.get(person.number, ()))
        return learner_snapshot(state.room, state.version, person, answers, state.counts)

    def debrief_of(self, state: RoomState, person: Person) -> LearnerDebrief:
        """This person's debrief in this state of the room, which has all votes only if learners see their debrief."""
        return debrief_learner(state.room, state.votes.get(person.number, ()))

    # Queries

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
