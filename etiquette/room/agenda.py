"""The agenda of a session: quiz questions, and stories to play.

Only seeds and ids are saved: with the same library, they reproduce the same agenda.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from etiquette.judge import ARTICLE, AT_THE_INTERVIEW, RIGHT, Kind, Policy, Situation, assess
from etiquette.practice import Option, Question, Quiz
from etiquette.room.errors import RoomError
from etiquette.stories import Passage, Run, Scenario, value_of

MAX_ITEMS = 60
REVISED = "The questions have changed since this room was opened. The facilitator will need to open a new room."


@dataclass(frozen=True, slots=True)
class Play:
    """A scenario to play: together, where the majority's choice happens, or each person alone."""

    scenario: Scenario
    together: bool = True


AgendaItem = Question | Play
AgendaPart = Quiz | Play


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
                case Play():
                    items.append(part)
        return tuple(items)

    @property
    def version(self) -> str:
        """A hash of everything that is asked and of the policy that judges it."""
        asked = [
            (part.scenario.id, part.scenario.version) if isinstance(part, Play) else part.version for part in self.parts
        ]
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
        case Play():
            return {"play": part.scenario.id, "together": part.together}


def _part_from_json(part: dict[str, Any], scenarios: Mapping[str, Scenario], policy: Policy) -> AgendaPart:
    if "quiz" in part:
        kind = Kind(part["kind"]) if part["kind"] is not None else None
        quiz = Quiz.draw(part["quiz"], part["length"], policy, part["guideline"], kind)
        if quiz.version != part["version"]:
            raise RoomError(REVISED)
        return quiz
    if part["play"] not in scenarios:
        raise RoomError(
            "This room uses a story that isn’t installed here. The facilitator will need to open a new room."
        )
    return Play(scenarios[part["play"]], bool(part["together"]))


@dataclass(frozen=True, slots=True)
class Prompt:
    """One decision that a room votes on, with the judge's assessment of every option.

    `passages` is the story so far; `passages[since:]` are new since the last decision. `best` is an index of `options`.
    """

    id: str
    title: str
    passages: tuple[Passage, ...]
    since: int
    situation: Situation
    options: tuple[Option, ...]
    best: int
    guideline: str

    @classmethod
    def of_question(cls, question: Question) -> Prompt:
        """The decision of a quiz question."""
        story = (Passage("story", AT_THE_INTERVIEW, question.story),)
        return cls(question.id, "", story, 0, question.situation, question.options, question.best, question.guideline)

    @classmethod
    def of_run(cls, run: Run) -> Prompt:
        """The next decision of a run. Raises `ValueError` if the run is over."""
        if run.moment is None:
            raise ValueError("the run is over; there is nothing to decide")
        assessed = ((choice, assess(run.situation, choice.action, run.policy)) for choice in run.moment.choices)
        options = tuple(Option(choice.says, choice.action, judged, judged.reason) for choice, judged in assessed)
        best = max(range(len(options)), key=lambda number: value_of(options[number].assessment))
        return cls(
            f"{run.scenario.id}-{run.moment.id}",
            run.scenario.title,
            run.passages,
            run.since,
            run.situation,
            options,
            best,
            options[best].assessment.guideline,
        )

    def mistaken(self, option: int) -> bool:
        """Whether an option is pesky or passive although a better one was offered."""
        return option != self.best and self.options[option].assessment.verdict not in RIGHT
