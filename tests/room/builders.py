"""Builders of rooms: an agenda with every kind of item, rooms after given commands, and votes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from etiquette.practice import Quiz
from etiquette.room import Agenda, Command, Play, Room, Tally, Vote
from etiquette.stories import library

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
TOGETHER, ALONE = "the-quiet-week", "two-names"


@cache
def a_quiz(length: int = 2) -> Quiz:
    return Quiz.draw("a room", length)


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


VOTED = (Command.OPEN, Command.CLOSE)
