"""A room as the relay of a server posts it after each step, in a file, so that its pages need not all ask for it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from etiquette.practice import Sureness
from etiquette.room import Counts, Movement, Tally, Vote
from etiquette.room.store.rows import Rows, to_number, to_time


@dataclass(frozen=True, slots=True)
class Posted:
    """A room at a version, saved, with what may be counted of it and the votes on some of its ballots.

    Those are the ballots of the present stage or, where people look back, all of them. No name and no token is in it.
    """

    version: int
    agenda: str
    state: str
    counts: Counts
    ballots: tuple[int, ...]
    votes: tuple[Vote, ...]

    @classmethod
    def of(cls, rows: Rows, connection: Connection, code: str) -> Posted:
        """The room of this code, as it is now.

        Raises:
            RoomError: it is not there, or cannot be continued.
        """
        held = rows.room(connection, code)
        room = held.room
        ballots = room.ballots if room.looks_back else room.stage.ballots if room.stage else ()
        return cls(
            held.version,
            room.agenda.to_json(),
            room.to_json(),
            rows.counts(connection, code, room),
            tuple(ballots),
            tuple(rows.votes(connection, code, ballots)) if ballots else (),
        )


def posted_path(relayed: Path, code: str) -> Path:
    """Where a room is posted, beside what the relay has heard."""
    return relayed.with_name(f"{code}.room")


def post(path: Path, posted: Posted) -> None:
    """Replace the file as a whole: a line for the room and one for each person who voted, for their page to find."""
    votes: defaultdict[int, list[list[int | None]]] = defaultdict(list)
    for vote in posted.votes:
        sureness = vote.sureness and vote.sureness.value
        votes[vote.person].append([vote.ballot, vote.option, to_number(vote.at), sureness, vote.turn])
    head = {name: getattr(posted, name) for name in ("version", "agenda", "state", "ballots")}
    lines = [json.dumps(head | {"counts": asdict(posted.counts)})]
    lines += [f"{person} {json.dumps(cast)}" for person, cast in votes.items()]
    new = path.with_suffix(".new")
    new.write_text("\n".join(lines) + "\n", encoding="utf-8")
    new.replace(path)


def read_posted(path: Path, person: int) -> Posted | None:
    """What is posted there, with the votes of one person; None if there is nothing to read."""
    try:
        with path.open(encoding="utf-8") as lines:
            head: dict[str, Any] = json.loads(next(lines))
            own = next((line for line in lines if line.startswith(f"{person} ")), f"{person} []")
    except OSError:
        return None
    cast = json.loads(own.partition(" ")[2])
    return Posted(
        head["version"],
        head["agenda"],
        head["state"],
        _counts(**head["counts"]),
        tuple(head["ballots"]),
        tuple(
            Vote(ballot, person, option, to_time(at), None if sureness is None else Sureness(sureness), turn)
            for ballot, option, at, sureness, turn in cast
        ),
    )


def _counts(people: int, voted: int, tallies: list[Any], movement: dict[str, Any] | None) -> Counts:
    return Counts(
        people,
        voted,
        tuple(Tally(tuple(tally["counts"])) for tally in tallies),
        Movement(tuple(map(tuple, movement["counts"]))) if movement else None,
    )
