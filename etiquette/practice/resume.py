"""Where somebody is on the page, in the middle of a story or a quiz, so that they can go on there after a fault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etiquette.judge import Policy
from etiquette.stories import Run, RunError, Scenario

if TYPE_CHECKING:
    from etiquette.practice.quiz import Sitting

LONGEST_PLACE = 16 * 1024
DAMAGED = "What was kept of this is damaged, so it cannot be continued."


@dataclass(frozen=True, slots=True)
class StoryPoint:
    """In a story, after the steps of this run; `attempt` is how often the learner has played it before."""

    run: Run
    attempt: int = 0

    @property
    def over(self) -> bool:
        """Whether nothing is left to decide."""
        return self.run.over


@dataclass(frozen=True, slots=True)
class QuizPoint:
    """In a quiz, after the answers of this sitting."""

    sitting: Sitting

    @property
    def over(self) -> bool:
        """Whether nothing is left to answer."""
        return self.sitting.over


ResumePoint = StoryPoint | QuizPoint


def resume_point_to_json(place: ResumePoint) -> str:
    """The place as JSON, to be kept by whoever keeps it."""
    match place:
        case StoryPoint(run, attempt):
            return json.dumps({"run": run.to_json(), "attempt": attempt})
        case QuizPoint(sitting):
            return json.dumps({"sitting": sitting.to_json()})


def resume_point_from_json(text: str, scenarios: Mapping[str, Scenario], policies: Mapping[str, Policy]) -> ResumePoint:
    """The place that was kept.

    Raises:
        RunError: it is damaged, or belongs to another version; the message says so to the learner.
    """
    if len(text) > LONGEST_PLACE:
        raise RunError(DAMAGED)
    try:
        saved = json.loads(text)
    except (ValueError, RecursionError):
        raise RunError(DAMAGED) from None
    match saved:
        case {"run": str(run), "attempt": int(attempt)} if 0 <= attempt <= 10_000:
            return StoryPoint(Run.from_json(run, scenarios, policies), attempt)
        case {"sitting": str(sitting)}:
            from etiquette.practice.quiz import (
                Sitting,  # imported here, for a page that only plays stories needs no quiz
            )

            return QuizPoint(Sitting.from_json(sitting, scenarios, policies))
    raise RunError(DAMAGED)
