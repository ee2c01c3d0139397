"""The agenda of a session: quiz questions, a facilitator's own questions, and stories to play.

Of quizzes and stories only seeds and ids are saved: with the same library, they reproduce the same agenda.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from etiquette.judge import ARTICLE, Kind, Policy
from etiquette.practice import Question, Quiz
from etiquette.room.errors import RoomError
from etiquette.room.judged_question import MOST_CHARACTERS, JudgedQuestion, check_words
from etiquette.stories import Scenario

MAX_ITEMS = 60
LONGEST_NAME = 80
LARGEST_SAVED = 1_000_000  # characters of a saved agenda
REVISED = "The questions have changed since this room was opened. The facilitator will need to open a new room."
DAMAGED = "The saved questions are damaged, so this session can’t be opened."


@dataclass(frozen=True, slots=True)
class Play:
    """A scenario to play: together, where the majority's choice happens, or each person alone."""

    scenario: Scenario
    together: bool = True


@dataclass(frozen=True, slots=True)
class FreeQuestion:
    """A facilitator's own question, which the judge knows nothing about: they say which option is right, and why.

    `right` is an index of `options`; `why` may be empty. Raises `RoomError` with a sentence for the facilitator if
    something is missing.
    """

    asks: str
    options: tuple[str, ...]
    right: int
    why: str = ""

    def __post_init__(self) -> None:
        check_words(self.asks, self.options)
        if len(self.why) > MOST_CHARACTERS:
            raise RoomError(f"That reason is too long. Please keep it below {MOST_CHARACTERS:,} characters.")
        if not 0 <= self.right < len(self.options):
            raise RoomError("Choose the right answer.")

    @property
    def id(self) -> str:
        """A fingerprint of the question, the same wherever it is asked."""
        said = repr((self.asks, self.options, self.right, self.why))
        return f"own-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


AgendaItem = Question | FreeQuestion | Play
AgendaPart = Quiz | FreeQuestion | JudgedQuestion | Play


@dataclass(frozen=True, slots=True)
class Agenda:
    """The parts of a session, in order, all judged by one policy; `items` are the questions and plays of all parts.

    `name` is what the facilitator calls the session; it may be empty, and is cut to 80 characters on one line.

    Raises `RoomError` if there are no questions or stories, or too many, or if the policy has no best option for one of
    the facilitator's own questions.
    """

    parts: tuple[AgendaPart, ...]
    policy: Policy = ARTICLE
    name: str = ""
    items: tuple[AgendaItem, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if any(isinstance(part, Quiz) and part.policy != self.policy for part in self.parts):
            raise ValueError("a quiz is judged by the policy of its room")
        items = tuple(item for part in self.parts for item in _items(part, self.policy))
        if not 1 <= len(items) <= MAX_ITEMS:
            raise RoomError(f"A session needs 1 to {MAX_ITEMS} questions and stories. This one has {len(items)}.")
        object.__setattr__(self, "items", items)
        object.__setattr__(self, "name", on_one_line(self.name)[:LONGEST_NAME])

    @property
    def version(self) -> str:
        """A hash of everything that is asked and of the policy that judges it."""
        asked = [_version(part) for part in self.parts]
        return hashlib.sha256(repr((asked, self.policy)).encode()).hexdigest()[:12]

    def to_json(self) -> str:
        """What `from_json` needs to draw the agenda again. Raises `RoomError` if it is too large to be saved."""
        parts = [_part_to_json(part) for part in self.parts]
        agenda = {"name": self.name, "policy": self.policy.id, "version": self.version, "parts": parts}
        saved = json.dumps(agenda, ensure_ascii=False)
        if len(saved) > LARGEST_SAVED:
            raise RoomError("This session is too large to be saved. Please take some of your own questions out.")
        return saved

    @classmethod
    def from_json(cls, text: str, scenarios: Mapping[str, Scenario], policies: Mapping[str, Policy]) -> Agenda:
        """Draw a saved agenda again. Raises `RoomError` if it is damaged, or something it refers to is missing or has
        been revised; the message says which.
        """
        saved = SavedAgenda.parse(text)
        if saved.policy not in policies:
            raise RoomError(
                "This room uses a policy that isn’t installed here. The facilitator will need to open a new room."
            )
        agenda = cls.redrawn(saved, scenarios, policies[saved.policy])
        if agenda.version != saved.version:
            raise RoomError(REVISED)
        return agenda

    @classmethod
    def redrawn(cls, saved: SavedAgenda, scenarios: Mapping[str, Scenario], policy: Policy) -> Agenda:
        """The agenda with its saved parts, drawn by this policy, although questions may have changed since. Raises
        `RoomError` if they are damaged, or a story is missing.
        """
        try:
            if not isinstance(saved.parts, list):
                raise TypeError("parts are a list")
            _check_lengths(saved.parts)
            return cls(tuple(_part_from_json(part, scenarios, policy) for part in saved.parts), policy, saved.name)
        except RoomError:
            raise
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            raise RoomError(DAMAGED) from None


@dataclass(frozen=True, slots=True)
class SavedAgenda:
    """A saved agenda, whose parts have not been drawn yet. `policy` is the id of one. Older ones have no name."""

    policy: str
    version: str
    parts: object
    name: str = ""

    @classmethod
    def parse(cls, text: str) -> SavedAgenda:
        """What `Agenda.to_json` saved. Raises `RoomError` if it is damaged."""
        try:
            if len(text) > LARGEST_SAVED:
                raise ValueError("too large")
            saved = json.loads(text)
            return cls(str(saved["policy"]), str(saved["version"]), saved["parts"], str(saved.get("name", "")))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise RoomError(DAMAGED) from None


def on_one_line(typed: str) -> str:
    """The text without line breaks and other characters that do not print."""
    return " ".join("".join(each if each.isprintable() else " " for each in typed).split())


def _check_lengths(parts: list[Any]) -> None:
    """Refuse a quiz of a length that would take long to draw."""
    for part in parts:
        if "quiz" in part and not (type(part["length"]) is int and 1 <= part["length"] <= MAX_ITEMS):
            raise ValueError(f"not the length of a quiz: {part['length']!r}")


def _items(part: AgendaPart, policy: Policy) -> tuple[AgendaItem, ...]:
    match part:
        case Quiz():
            return part.questions
        case JudgedQuestion():
            return (part.question(policy),)
        case Play() | FreeQuestion():
            return (part,)


def _part_to_json(part: AgendaPart) -> dict[str, Any]:
    match part:
        case Quiz():
            return {"quiz": part.seed, "length": len(part.questions), "guideline": part.guideline, "kind": part.kind}
        case FreeQuestion():
            return asdict(part)
        case JudgedQuestion():
            return part.to_json()
        case Play():
            return {"play": part.scenario.id, "together": part.together}


def _version(part: AgendaPart) -> object:
    match part:
        case Quiz():
            return part.version
        case FreeQuestion() | JudgedQuestion():
            return part.id
        case Play():
            return part.scenario.id, part.scenario.version


def _part_from_json(part: dict[str, Any], scenarios: Mapping[str, Scenario], policy: Policy) -> AgendaPart:
    if "quiz" in part:
        kind = Kind(part["kind"]) if part["kind"] is not None else None
        return Quiz.draw(str(part["quiz"]), part["length"], policy, part["guideline"], kind)
    if "judged" in part:
        return JudgedQuestion.from_json(part)
    if "asks" in part:
        return FreeQuestion(str(part["asks"]), tuple(map(str, part["options"])), int(part["right"]), str(part["why"]))
    if part["play"] not in scenarios:
        raise RoomError("This session has a story that isn’t installed here, so it can’t be opened.")
    return Play(scenarios[part["play"]], bool(part["together"]))
