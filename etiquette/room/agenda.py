"""What a room goes through: questions of a quiz, moments of scenarios as questions, and scenarios to be played.

Only where it all comes from is saved: the same seeds and the same library give the same agenda again.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from etiquette.judge import ARTICLE, AT_THE_INTERVIEW, RIGHT, Kind, Policy, Situation, assess
from etiquette.practice import Option, Question, Quiz, question_from_scenario
from etiquette.room.errors import RoomError
from etiquette.stories import STARTING_STANDING, Passage, Run, Scenario, standing_after

MOST_ITEMS = 60
MOST_TRIES = 50
REVISED = "The questions have been revised since this room was opened. Please open a new one."


@dataclass(frozen=True, slots=True)
class StoryMoment:
    """A moment of a scenario as a question of its own, found by a seed."""

    scenario: Scenario
    seed: str
    question: Question

    @classmethod
    def draw(cls, scenario: Scenario, policy: Policy = ARTICLE, seed: str = "") -> StoryMoment:
        """The question of this seed.

        Raises:
            RoomError: no moment of this scenario makes a fair question under this policy.
        """
        rng = random.Random(f"{seed} {scenario.id} {policy.id}")
        for _ in range(MOST_TRIES):
            if question := question_from_scenario(scenario, policy, rng):
                return cls(scenario, seed, question)
        raise RoomError(f"“{scenario.title}” makes no fair question under this policy. Please take another scenario.")


@dataclass(frozen=True, slots=True)
class Play:
    """A scenario to be played: together, so that the majority's choice happens, or by each alone."""

    scenario: Scenario
    together: bool = True


AgendaItem = Question | Play
AgendaPart = Quiz | StoryMoment | Play


@dataclass(frozen=True, slots=True)
class Agenda:
    """The parts of a session, in their order; all of it is judged by one policy."""

    parts: tuple[AgendaPart, ...]
    policy: Policy = ARTICLE

    def __post_init__(self) -> None:
        if not 1 <= len(self.items) <= MOST_ITEMS:
            raise RoomError(f"A room goes through 1 to {MOST_ITEMS} questions and scenarios, not {len(self.items)}.")
        if any(isinstance(part, Quiz) and part.policy != self.policy for part in self.parts):
            raise ValueError("a quiz is judged by the policy of its room")

    @property
    def items(self) -> tuple[AgendaItem, ...]:
        """The questions and plays that a room goes through, one by one."""
        found: list[AgendaItem] = []
        for part in self.parts:
            match part:
                case Quiz():
                    found += part.questions
                case StoryMoment():
                    found.append(part.question)
                case Play():
                    found.append(part)
        return tuple(found)

    @property
    def version(self) -> str:
        """A fingerprint of everything that is asked, and of how it is judged."""
        asked = [
            (part.scenario.id, part.scenario.version, part.question.id) if isinstance(part, StoryMoment)
            else (part.scenario.id, part.scenario.version) if isinstance(part, Play)
            else part.version
            for part in self.parts
        ]  # fmt: skip
        return hashlib.sha256(repr((asked, self.policy)).encode()).hexdigest()[:12]

    def to_json(self) -> str:
        """Where it comes from, as JSON."""
        parts = [_part_to_json(part) for part in self.parts]
        return json.dumps({"policy": self.policy.id, "version": self.version, "parts": parts})

    @classmethod
    def from_json(cls, text: str, scenarios: Mapping[str, Scenario], policies: Mapping[str, Policy]) -> Agenda:
        """The agenda that was saved, drawn again.

        Raises:
            RoomError: it is damaged, or something it needs is not here or has been revised; the message says so.
        """
        try:
            saved = json.loads(text)
            if saved["policy"] not in policies:
                raise RoomError("This room is judged by a policy that is not here.")
            policy = policies[saved["policy"]]
            agenda = cls(tuple(_part_from_json(part, scenarios, policy) for part in saved["parts"]), policy)
        except RoomError:
            raise
        except (ValueError, KeyError, TypeError, RecursionError):
            raise RoomError("What this room goes through is damaged, so it cannot be continued.") from None
        if agenda.version != saved["version"]:
            raise RoomError(REVISED)
        return agenda


def _part_to_json(part: AgendaPart) -> dict[str, Any]:
    match part:
        case Quiz():
            length = len(part.questions)
            drawn = {"quiz": part.seed, "length": length, "guideline": part.guideline, "kind": part.kind}
            return drawn | {"version": part.version}
        case StoryMoment():
            return {"moment": part.scenario.id, "seed": part.seed}
        case Play():
            return {"play": part.scenario.id, "together": part.together}


def _part_from_json(part: dict[str, Any], scenarios: Mapping[str, Scenario], policy: Policy) -> AgendaPart:
    if "quiz" in part:
        kind = Kind(part["kind"]) if part["kind"] is not None else None
        for packs in (scenarios, None):  # a quiz may have been drawn with moments of scenarios, or without
            quiz = Quiz.draw(part["quiz"], part["length"], policy, packs, part["guideline"], kind)
            if quiz.version == part["version"]:
                return quiz
        raise RoomError(REVISED)
    name = part["moment"] if "moment" in part else part["play"]
    if name not in scenarios:
        raise RoomError("This room goes through a scenario that is not here.")
    if "moment" in part:
        return StoryMoment.draw(scenarios[name], policy, part["seed"])
    return Play(scenarios[name], bool(part["together"]))


@dataclass(frozen=True, slots=True)
class Prompt:
    """One decision as it is put to a room, and how the policy judges every option.

    `passages` is the story so far; those from number `since` on are new since the last decision.
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
        """The decision that a question asks for."""
        story = (Passage("story", AT_THE_INTERVIEW, question.story),)
        return cls(question.id, "", story, 0, question.situation, question.options, question.best, question.guideline)

    @classmethod
    def of_run(cls, run: Run) -> Prompt:
        """The decision at which a run stands.

        Raises:
            ValueError: the run is over.
        """
        if run.moment is None:
            raise ValueError("the run is over; there is nothing to decide")
        options = tuple(
            Option(choice.says, choice.action, assess(run.situation, choice.action, run.policy))
            for choice in run.moment.choices
        )
        best = max(
            range(len(options)),
            key=lambda number: (standing_after(STARTING_STANDING, options[number].assessment), options[number].credit),
        )
        since = 0
        if run.steps:
            decided = [number for number, passage in enumerate(run.passages) if passage.kind == "scene"]
            since = decided[-2] + 1
        guideline = options[best].assessment.guideline
        return cls(
            f"{run.scenario.id}-{run.moment.id}",
            run.scenario.title,
            run.passages,
            since,
            run.situation,
            options,
            best,
            guideline,
        )

    def mistaken(self, number: int) -> bool:
        """Whether an option is pesky or passive where there was a better one."""
        return number != self.best and self.options[number].assessment.verdict not in RIGHT
