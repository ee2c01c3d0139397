"""Sessions put together beforehand: an agenda under a name, as a file, and the two that come with the package."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from etiquette.files import Fields, Problems, library_files, parse_fields, read_text
from etiquette.judge import GUIDELINES, Policy
from etiquette.practice import Quiz
from etiquette.room.agenda import (
    DAMAGED,
    LARGEST_SAVED,
    LONGEST_NAME,
    MAX_ITEMS,
    Agenda,
    AgendaPart,
    Play,
    SavedAgenda,
    on_one_line,
)
from etiquette.room.errors import RoomError
from etiquette.stories import Scenario

LARGEST_FILE = 2 * LARGEST_SAVED  # bytes
NAME_TAKEN = "There’s already a session with this name."
FORMAT = "etiquette session 1"
LENGTHS = {str(number): number for number in range(1, MAX_ITEMS + 1)}


@dataclass(frozen=True, slots=True)
class PreparedSession:
    """An agenda under a name. `revised` says that its questions are no longer those that were saved."""

    name: str
    agenda: Agenda
    revised: bool = False

    def to_json(self) -> str:
        """The session as a file; `from_json` restores it."""
        saved = {"format": FORMAT, "name": self.name, "agenda": json.loads(self.agenda.to_json())}
        return json.dumps(saved, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str, scenarios: Mapping[str, Scenario], policy: Policy) -> PreparedSession:
        """Restore a session from a file. Raises `RoomError` if it is not one, or is damaged."""
        try:
            saved = json.loads(text) if len(text) <= LARGEST_FILE else {}
            if saved["format"] != FORMAT:
                raise ValueError("another format")
            name, agenda = check_name(str(saved["name"])), json.dumps(saved["agenda"], ensure_ascii=False)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise RoomError("This file is damaged, or isn’t a saved session, so it can’t be opened.") from None
        return cls.redrawn(name, agenda, scenarios, policy)

    @classmethod
    def redrawn(cls, name: str, agenda: str, scenarios: Mapping[str, Scenario], policy: Policy) -> PreparedSession:
        """The session of this name with a saved agenda, drawn by this policy, which may differ from that of the day on
        which it was saved. Raises `RoomError` if it is damaged, or something in it is missing or cannot be asked.
        """
        saved = SavedAgenda.parse(agenda)
        drawn = Agenda.redrawn(saved, scenarios, policy)
        return cls(name, drawn, revised=drawn.version != saved.version)


@dataclass(frozen=True, slots=True)
class UnreadableSession:
    """A session that was saved under this name, but cannot be opened; `problem` is a sentence that says why."""

    name: str
    problem: str = DAMAGED


def check_name(typed: str) -> str:
    """The name as it is saved: on one line. Raises `RoomError` if it is empty or too long."""
    name = on_one_line(typed)
    if not name:
        raise RoomError("Please give your session a name first.")
    if len(name) > LONGEST_NAME:
        raise RoomError(f"That name is too long. Please keep it to {LONGEST_NAME} characters.")
    return name


def free_name(name: str, taken: Collection[str]) -> str:
    """A name for a copy of the session of this name: “… (copy)”, with a number if that is taken too."""
    endings = (f" (copy{'' if number == 1 else f' {number}'})" for number in count(1))
    names = (name[: LONGEST_NAME - len(ending)].rstrip() + ending for ending in endings)
    return next(each for each in names if each not in taken)


def shipped_sessions(scenarios: Mapping[str, Scenario], policy: Policy) -> tuple[PreparedSession, ...]:
    """The sessions that come with the package, drawn by this policy, the longest first. Raises `PackError` if the files
    of the library are damaged.
    """
    return tuple(load_session(path, scenarios, policy) for path in library_files("sessions"))


def load_session(path: Path, scenarios: Mapping[str, Scenario], policy: Policy) -> PreparedSession:
    """The session in this file. `library/README.md` documents the format.

    Raises:
        PackError: It is not a valid session; the error lists every problem in it.
    """
    problems = Problems(str(path))
    root = parse_fields(read_text(path), problems)
    name = root.text("name", most=LONGEST_NAME)
    parts = [_part(item, scenarios, policy) for item in root.items("parts", least=1, most=MAX_ITEMS)]
    root.done()
    problems.raise_if_any()
    return PreparedSession(name, Agenda(tuple(part for part in parts if part), policy))


def _part(item: Fields, scenarios: Mapping[str, Scenario], policy: Policy) -> AgendaPart | None:
    """A part of the session; None if there is a problem with it."""
    drawn: AgendaPart | None = None
    if "play" in item:
        scenario = item.one_of("play", scenarios, "story")
        drawn = Play(scenario, together=not item.flag("alone")) if scenario else None
    else:
        seed, about = item.name("quiz"), item.one_of("about", {each: each for each in GUIDELINES}, "guideline", "")
        length = item.one_of("questions", LENGTHS, "number of questions", 1)
        drawn = Quiz.draw(seed, length, policy, about) if seed else None
    item.done()
    return drawn
