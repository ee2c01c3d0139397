"""A learner's position in a story or a quiz, so that they can resume there after a fault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etiquette.judge import Policy
from etiquette.stories import Run, RunError, Scenario

if TYPE_CHECKING:
    from etiquette.practice.quiz import Sitting

LONGEST_RESUME_POINT = 16 * 1024  # characters of JSON
DAMAGED = "The saved data for this is damaged, so you can’t carry on from here."


@dataclass(frozen=True, slots=True)
class StoryPoint:
    """A position in a story.

    `attempt` is how often the learner has played it before, and `unread` whether they have yet to read the feedback on
    their last choice.
    """

    run: Run
    attempt: int = 0
    unread: bool = False

    @property
    def over(self) -> bool:
        """Whether the story has ended."""
        return self.run.over


@dataclass(frozen=True, slots=True)
class QuizPoint:
    """A position in a quiz."""

    sitting: Sitting

    @property
    def over(self) -> bool:
        """Whether every question has been answered."""
        return self.sitting.over


ResumePoint = StoryPoint | QuizPoint


def resume_point_to_json(point: ResumePoint) -> str:
    """The resume point as JSON, for `resume_point_from_json`."""
    match point:
        case StoryPoint(run, attempt, unread):
            return json.dumps({"run": run.to_json(), "attempt": attempt, "unread": unread})
        case QuizPoint(sitting):
            return json.dumps({"sitting": sitting.to_json()})


def resume_point_from_json(text: str, scenarios: Mapping[str, Scenario], policies: Mapping[str, Policy]) -> ResumePoint:
    """Restore a saved resume point.

    Raises:
        RunError: it is damaged, or was saved by another version; the message is for the learner.
    """
    if len(text) > LONGEST_RESUME_POINT:
        raise RunError(DAMAGED)
    try:
        saved = json.loads(text)
    except (ValueError, RecursionError):
        raise RunError(DAMAGED) from None
    match saved:
        case {"run": str(run), "attempt": int(attempt)} if 0 <= attempt <= 10_000:
            return StoryPoint(Run.from_json(run, scenarios, policies), attempt, saved.get("unread") is True)
        case {"sitting": str(sitting)}:
            from etiquette.practice.quiz import Sitting  # only here: a page with stories alone needs no quiz

            return QuizPoint(Sitting.from_json(sitting, policies))
    raise RunError(DAMAGED)
