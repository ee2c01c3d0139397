"""Builders of rooms: an agenda with every kind of item, rooms after given commands, and votes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from etiquette.practice import Quiz, Sureness
from etiquette.room import (
    Agenda,
    Command,
    FreeQuestion,
    Person,
    Play,
    Prompt,
    Room,
    RoomDebrief,
    Tally,
    Vote,
    debrief_room,
)
from etiquette.stories import library

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
TOGETHER, ALONE = "the-quiet-week", "two-names"


@cache
def a_quiz(length: int = 2) -> Quiz:
    return Quiz.draw("a room", length)


def a_free_question() -> FreeQuestion:
    """A facilitator's own question, whose second option is right."""
    return FreeQuestion("When did you last thank somebody?", ("=1+1", "Today", "Never; I forget"), 1, "It’s a habit.")


@cache
def an_agenda() -> Agenda:
    """Three quiz questions, a story played together and one that each plays alone."""
    scenarios = library()
    return Agenda((a_quiz(3), Play(scenarios[TOGETHER]), Play(scenarios[ALONE], together=False)))


def a_room(*commands: Command, agenda: Agenda | None = None) -> Room:
    """A room after these commands."""
    return after(Room(agenda or an_agenda()), *commands)


def after(room: Room, *commands: Command) -> Room:
    """The room after these commands. Nobody has voted, so a story has a tie, which goes to its first choice."""
    for command in commands:
        if command is Command.REVEAL:
            prompt = room.prompt(room.current) if room.stage else None
            tally = Tally((0,) * len(prompt.options)) if prompt else Tally(())
            room = room.reveal(tally, 0 if prompt and prompt.title else None)
        else:
            room = room.do(command, NOW)
    return room


def a_room_at(item: int, *commands: Command, agenda: Agenda | None = None) -> Room:
    """A room at the item of this index, having skipped those before it, after these further commands."""
    return a_room(Command.NEXT, *[Command.SKIP] * item, *commands, agenda=agenda)


def a_vote(ballot: int, person: int, option: int, second: float = 0, turn: int = 0) -> Vote:
    return Vote(ballot, person, option, NOW + timedelta(seconds=second), None, turn)


def votes_of(ballot: int, *options: int, sureness: Sureness | None = None) -> list[Vote]:
    """A vote from each person, numbered from 1."""
    return [replace(a_vote(ballot, person, option), sureness=sureness) for person, option in enumerate(options, 1)]


VOTED = (Command.OPEN, Command.CLOSE)


def a_debrief() -> RoomDebrief:
    """The debrief of a session with every kind of item, and of three people with nicknames."""
    room = a_room(Command.NEXT, *VOTED, Command.SHOW, *VOTED, Command.REVEAL)
    room = after(room, Command.NEXT, *VOTED, Command.REVEAL, Command.NEXT, Command.SKIP)
    while room.stages[room.current].item < 4:
        room = after(room, *VOTED, Command.REVEAL, Command.NEXT)
    room = after(room, *VOTED, Command.REVEAL, Command.END)
    cast = [a_vote(ballot, person, 0, ballot) for ballot in sorted(room.ballots) for person in (1, 2, 3)]
    alone = room.stages[-1].ballots[0]
    cast += [a_vote(alone, 1, 0, 90, 1)]
    cast[-2] = a_vote(alone, 3, 1, 80)
    return debrief_room(room, cast, tuple(Person(number, f"nick{number}") for number in (1, 2, 3)))


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Room, list[Vote]]:
    """A session with every kind of item after its end, and the votes of up to five people, one or two on a decision."""
    scenarios = library()
    alone, together = Play(scenarios[ALONE], together=False), Play(scenarios[TOGETHER])
    room, cast = Room(Agenda((a_quiz(2), a_free_question(), alone, together))), list[Vote]()
    for item in range(5):
        room = after(room, Command.NEXT, Command.OPEN)
        for number in range(draw(st.integers(1, 2)) if item != 3 else 1):
            room = after(room, Command.OPEN) if number else room
            cast += [vote for person in range(1, 6) for vote in _draw_votes(draw, room, person)]
            room = after(room, Command.CLOSE)
        room = after(room, Command.REVEAL)
    return after(room, Command.END), cast


def _draw_votes(draw: st.DrawFn, room: Room, person: int) -> list[Vote]:
    """What one person does on the open ballot: nothing, one vote or, where they play alone, some choices."""
    assert room.stage
    assert room.open_ballot
    ballot, sureness = room.open_ballot, draw(st.sampled_from([None, *Sureness]))
    if prompt := room.prompt(room.current):
        option = draw(st.integers(-1, len(prompt.options) - 1))
        return [Vote(ballot, person, option, NOW, sureness)] if option >= 0 else []
    path: list[int] = []
    for _ in range(draw(st.integers(0, 3))):
        run = room.replay(room.stage, path)
        if not run.over:
            path.append(draw(st.integers(0, len(Prompt.of_run(run).options) - 1)))
    return [a_vote(ballot, person, option, turn, turn) for turn, option in enumerate(path)]
