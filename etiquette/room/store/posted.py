"""A room as the relay posts it in a file after each command, so that not every page has to query the database."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from etiquette.practice import Sureness
from etiquette.room import Counts, Movement, Tally, Vote
from etiquette.room.store.rows import Rows, from_microseconds, to_microseconds


@dataclass(frozen=True, slots=True)
class Posted:
    """A saved room at one version, with its counts and the votes on `ballots`. It holds no nicknames and no tokens.

    `ballots` are those of the current stage or, where learners see their debrief, all of them.
    """

    version: int
    agenda: str
    state: str
    counts: Counts
    ballots: tuple[int, ...]
    votes: tuple[Vote, ...]

    @classmethod
    def of(cls, rows: Rows, connection: Connection, code: str) -> Posted:
        """The room with this code, as it is in the database now.

        Raises:
            RoomError: there is no such room, or its saved state is damaged.
        """
        held = rows.room(connection, code)
        room = held.room
        ballots = room.ballots if room.shows_debrief else room.stage.ballots if room.stage else ()
        return cls(
            held.version,
            room.agenda.to_json(),
            room.to_json(),
            rows.counts(connection, code, room),
            tuple(ballots),
            tuple(rows.votes(connection, code, ballots)) if ballots else (),
        )


def posted_path(relay_path: Path, code: str) -> Path:
    """The file in which a room is posted, beside the relay's state file."""
    return relay_path.with_name(f"{code}.room")


def post(path: Path, posted: Posted) -> None:
    """Replace the file atomically: one line for the room, then one for each person's votes."""
    votes: defaultdict[int, list[list[int | None]]] = defaultdict(list)
    for vote in posted.votes:
        sureness = vote.sureness and vote.sureness.value
        votes[vote.person].append([vote.ballot, vote.option, to_microseconds(vote.at), sureness, vote.turn])
    head = {name: getattr(posted, name) for name in ("version", "agenda", "state", "ballots")}
    lines = [json.dumps(head | {"counts": asdict(posted.counts)})]
    lines += [f"{person} {json.dumps(cast)}" for person, cast in votes.items()]
    new = path.with_suffix(".new")
    new.write_text("\n".join(lines) + "\n", encoding="utf-8")
    new.replace(path)


def read_posted(path: Path, person: int) -> Posted | None:
    """The posted room with one person's votes; None if there is no such file."""
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
            Vote(ballot, person, option, from_microseconds(at), None if sureness is None else Sureness(sureness), turn)
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
