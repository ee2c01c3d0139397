"""The agenda of a session: quiz questions, and stories to play.

Only seeds and ids are saved: with the same library, they reproduce the same agenda.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from etiquette.judge import ARTICLE, Kind, Policy
from etiquette.practice import Question, Quiz
from etiquette.room.errors import RoomError
from etiquette.stories import Scenario

MAX_ITEMS = 60
FEWEST_OPTIONS, MOST_OPTIONS = 2, 6
MOST_CHARACTERS = 4_000  # of a question that a facilitator has written
REVISED = "The questions have changed since this room was opened. The facilitator will need to open a new room."


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
        if not self.asks.strip():
            raise RoomError("Please write your question first.")
        if not FEWEST_OPTIONS <= len(self.options) <= MOST_OPTIONS or not all(map(str.strip, self.options)):
            raise RoomError(f"A question needs {FEWEST_OPTIONS} to {MOST_OPTIONS} options, with words in each.")
        if len(set(self.options)) < len(self.options):
            raise RoomError("Two of your options say the same. Please change one of them.")
        if len(self.asks) + len(self.why) + sum(map(len, self.options)) > MOST_CHARACTERS:
            raise RoomError(f"That question is too long. Please keep it below {MOST_CHARACTERS:,} characters.")
        if not 0 <= self.right < len(self.options):
            raise RoomError("Please mark the right option.")

    @property
    def id(self) -> str:
        """A fingerprint of the question, the same wherever it is asked."""
        said = repr((self.asks, self.options, self.right, self.why))
        return f"own-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


AgendaItem = Question | FreeQuestion | Play
AgendaPart = Quiz | FreeQuestion | Play


@dataclass(frozen=True, slots=True)
class Agenda:
    """The parts of a session, in order, all judged by one policy. Raises `RoomError` if there are no questions or
    scenarios, or too many.
    """

    parts: tuple[AgendaPart, ...]
    policy: Policy = ARTICLE

    def __post_init__(self) -> None:
        if not 1 <= len(self.items) <= MAX_ITEMS:
            raise RoomError(f"A session needs 1 to {MAX_ITEMS} questions and stories. This one has {len(self.items)}.")
        if any(isinstance(part, Quiz) and part.policy != self.policy for part in self.parts):
            raise ValueError("a quiz is judged by the policy of its room")

    @property
    def items(self) -> tuple[AgendaItem, ...]:
        """The questions and plays of all parts, in order."""
        items: list[AgendaItem] = []
        for part in self.parts:
            match part:
                case Quiz():
                    items += part.questions
                case Play() | FreeQuestion():
                    items.append(part)
        return tuple(items)

    @property
    def version(self) -> str:
        """A hash of everything that is asked and of the policy that judges it."""
        asked = [_version(part) for part in self.parts]
        return hashlib.sha256(repr((asked, self.policy)).encode()).hexdigest()[:12]

    def to_json(self) -> str:
        """The seeds, ids and versions from which `from_json` draws the agenda again."""
        parts = [_part_to_json(part) for part in self.parts]
        return json.dumps({"policy": self.policy.id, "version": self.version, "parts": parts})

    @classmethod
    def from_json(cls, text: str, scenarios: Mapping[str, Scenario], policies: Mapping[str, Policy]) -> Agenda:
        """Draw a saved agenda again. Raises `RoomError` if it is damaged, or something it refers to is missing or has
        been revised; the message says which.
        """
        try:
            saved = json.loads(text)
            if saved["policy"] not in policies:
                raise RoomError(
                    "This room uses a policy that isn’t installed here. The facilitator will need to open a new room."
                )
            policy = policies[saved["policy"]]
            agenda = cls(tuple(_part_from_json(part, scenarios, policy) for part in saved["parts"]), policy)
        except RoomError:
            raise
        except (ValueError, KeyError, TypeError, RecursionError):
            raise RoomError(
                "The questions saved for this room are damaged. The facilitator will need to open a new room."
            ) from None
        if agenda.version != saved["version"]:
            raise RoomError(REVISED)
        return agenda


def _part_to_json(part: AgendaPart) -> dict[str, Any]:
    match part:
        case Quiz():
            length = len(part.questions)
            drawn = {"quiz": part.seed, "length": length, "guideline": part.guideline, "kind": part.kind}
            return drawn | {"version": part.version}
        case FreeQuestion():
            return asdict(part)
        case Play():
            return {"play": part.scenario.id, "together": part.together}


def _version(part: AgendaPart) -> object:
    match part:
        case Quiz():
            return part.version
        case FreeQuestion():
            return part.id
        case Play():
            return part.scenario.id, part.scenario.version


def _part_from_json(part: dict[str, Any], scenarios: Mapping[str, Scenario], policy: Policy) -> AgendaPart:
    if "quiz" in part:
        kind = Kind(part["kind"]) if part["kind"] is not None else None
        quiz = Quiz.draw(part["quiz"], part["length"], policy, part["guideline"], kind)
        if quiz.version != part["version"]:
            raise RoomError(REVISED)
        return quiz
    if "asks" in part:
        return FreeQuestion(str(part["asks"]), tuple(map(str, part["options"])), int(part["right"]), str(part["why"]))
    if part["play"] not in scenarios:
        raise RoomError(
            "This room uses a story that isn’t installed here. The facilitator will need to open a new room."
        )
    return Play(scenarios[part["play"]], bool(part["together"]))
