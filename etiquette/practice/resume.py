"""A learner's position in a story or a quiz, so that they can carry on there another day.

A resume point is kept as an item: a text under a name, which is `story-` and the id of the story, or that of the quiz.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from etiquette.judge import Policy
from etiquette.practice.records import EARLIEST, format_timestamp, parse_timestamp
from etiquette.stories import Run, RunError, Scenario

if TYPE_CHECKING:
    from etiquette.practice.quiz import Sitting

LONGEST_RESUME_POINT = 16 * 1024  # characters of JSON
STORY_ITEM, QUIZ_ITEM, DRAFT_ITEM = "story-", "quiz", "draft"
UNFINISHED = (STORY_ITEM, QUIZ_ITEM, DRAFT_ITEM)
"""How the names of items begin that hold what is unfinished."""
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


def story_item(scenario_id: str) -> str:
    """The name under which a position in this story is kept."""
    return f"{STORY_ITEM}{scenario_id}"


def resume_point_to_json(point: ResumePoint, at: datetime) -> str:
    """The resume point as JSON, for `resume_point_from_json`. `at` is when the learner was there."""
    saved: dict[str, object] = {"at": format_timestamp(at)}
    match point:
        case StoryPoint(run, attempt, unread):
            saved |= {"run": run.to_json(), "attempt": attempt, "unread": unread}
        case QuizPoint(sitting):
            saved |= {"sitting": sitting.to_json()}
    return json.dumps(saved)


def resume_point_from_json(text: str, scenarios: Mapping[str, Scenario], policies: Mapping[str, Policy]) -> ResumePoint:
    """Restore a saved resume point.

    Raises:
        RunError: it is damaged, or was saved by another version; the message is for the learner.
    """
    match _read(text):
        case {"run": str(run), "attempt": int(attempt), **rest} if 0 <= attempt <= 10_000:
            return StoryPoint(Run.from_json(run, scenarios, policies), attempt, rest.get("unread") is True)
        case {"sitting": str(sitting)}:
            from etiquette.practice.quiz import Sitting  # only here: a page with stories alone needs no quiz

            return QuizPoint(Sitting.from_json(sitting, policies))
    raise RunError(DAMAGED)


def latest_resume_point(
    items: Mapping[str, str], scenarios: Mapping[str, Scenario], policies: Mapping[str, Policy]
) -> ResumePoint | None:
    """The story or the quiz among these items that the learner was in last; None if nothing is unfinished.

    Those that cannot be restored, and practice questions inside a lesson, are passed over.
    """
    found = [text for name, text in items.items() if name == QUIZ_ITEM or name.startswith(STORY_ITEM)]
    for text in sorted(found, key=lambda text: time_of_resume_point(text) or EARLIEST, reverse=True):
        try:
            return resume_point_from_json(text, scenarios, policies)
        except RunError:
            continue
    return None


def time_of_resume_point(text: str) -> datetime | None:
    """When the learner was at a saved resume point; None if that is not known."""
    try:
        return parse_timestamp(str(_read(text).get("at")))
    except (RunError, ValueError):
        return None


def _read(text: str) -> dict[str, object]:
    if len(text) > LONGEST_RESUME_POINT:
        raise RunError(DAMAGED)
    try:
        saved = json.loads(text)
    except (ValueError, RecursionError):
        saved = None
    if not isinstance(saved, dict):
        raise RunError(DAMAGED)
    return saved
