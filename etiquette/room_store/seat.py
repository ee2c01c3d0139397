"""Where a learner sits: the one way from their page into a room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from etiquette.debriefing import OwnDebrief, own_debrief
from etiquette.door import clean_nickname, sealed
from etiquette.errors import RoomError
from etiquette.quiz import Sureness
from etiquette.room import Room
from etiquette.room_sight import Person, Seen, seen_by
from etiquette.room_store.rows import NOT_JOINED, Held, Rows
from etiquette.room_store.schema import people
from etiquette.room_store.watch import Watch
from etiquette.votes import Vote


@dataclass(frozen=True, slots=True)
class Seat:
    """The place of one person in one room, however many tabs they have.

    Every method raises a `RoomError` where the room refuses, and a `StoreError` where the store cannot do its work;
    either is a sentence for the learner. What returned is stored.
    """

    rows: Rows
    code: str
    token: str

    def see(self) -> Seen:
        """What they see now."""

        def look(connection: Connection) -> Seen:
            return self._seen(connection, self.rows.room(connection, self.code).room, self._person(connection))

        return self.rows.database.read(look)

    def vote(self, ballot: int, option: int, sureness: Sureness | None = None, at: datetime | None = None) -> Seen:
        """Vote, or vote otherwise, on the ballot that is open, and give back what they see now.

        The latest vote by `at` (now) counts: whatever was tapped twice, sent again or sent from two tabs counts once.
        """

        def cast(connection: Connection) -> Seen:
            held, person = self._voting(connection)
            held.room.check_vote(ballot, option)
            if held.room.posed(held.room.at) is None:
                raise RoomError("In this story, each goes their own way, one choice after another.")
            moment = at or self.rows.clock()
            self.rows.cast(connection, self.code, Vote(ballot, person.number, option, moment, sureness))
            return self._seen(connection, held.room, person)

        return self.rows.database.write(cast, self.rows.stir(self.code))

    def play(self, ballot: int, turn: int, option: int) -> Seen:
        """Make the choice of this turn, from 0, in a story that each plays alone; give back what they see now.

        What was chosen at a turn stands: said again, or otherwise, it changes nothing.
        """

        def choose(connection: Connection) -> Seen:
            held, person = self._voting(connection)
            given = self.rows.answers(connection, self.code, person.number, [ballot]).get(ballot, ())
            path = tuple(each.option for each in given)
            if 0 <= turn < len(path) and ballot in held.room.ballots:
                return self._seen(connection, held.room, person)
            if turn != len(path):
                raise RoomError("Your story is not there yet. Please look again.")
            held.room.check_vote(ballot, option, path)
            if held.room.posed(held.room.at) is not None:
                raise RoomError("The room decides this together. Please vote.")
            self.rows.cast(connection, self.code, Vote(ballot, person.number, option, self.rows.clock(), None, turn))
            return self._seen(connection, held.room, person)

        return self.rows.database.write(choose, self.rows.stir(self.code))

    def rename(self, nickname: str) -> Person:
        """Take another nickname, or none. One that the facilitator has hidden stays hidden."""

        def rename(connection: Connection) -> Person:
            self._person(connection)
            mine = (people.c.room == self.code, people.c.token == sealed(self.token))
            connection.execute(people.update().where(*mine).values(nickname=clean_nickname(nickname)))
            return self._person(connection)

        return self.rows.database.write(rename, self.rows.stir(self.code))

    def debrief(self) -> OwnDebrief:
        """Their answers, the reasons, and what to practise: of what has been revealed or, at the end, voted on."""

        def look(connection: Connection) -> OwnDebrief:
            room = self.rows.room(connection, self.code).room
            person = self._person(connection)
            return own_debrief(room, self.rows.votes(connection, self.code, room.ballots, person.number))

        return self.rows.database.read(look)

    def watch(self) -> Watch:
        """Tells when to look again."""
        return Watch(self.rows.database.line, self.code)

    def _seen(self, connection: Connection, room: Room, person: Person) -> Seen:
        ballots = room.stage.ballots if room.stage else ()
        answers = self.rows.answers(connection, self.code, person.number, ballots) if ballots else {}
        return seen_by(room, person, answers, self.rows.figures(connection, self.code, room))

    def _person(self, connection: Connection) -> Person:
        person = self.rows.person(connection, self.code, sealed(self.token))
        if person is None:
            raise RoomError(NOT_JOINED)
        return person

    def _voting(self, connection: Connection) -> tuple[Held, Person]:
        return self.rows.room(connection, self.code, voting=True), self._person(connection)
