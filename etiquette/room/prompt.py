"""One decision that a room votes on, with what speaks for each option."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from etiquette.judge import AT_THE_INTERVIEW, RIGHT, Action, Assessment, Situation, assess
from etiquette.practice import Question
from etiquette.room.agenda import FreeQuestion
from etiquette.stories import Passage, Run, value_of

FULL_CREDIT = 100


@dataclass(frozen=True, slots=True)
class PromptOption:
    """One option of a decision, and why it earns its credit (0 to 100).

    The `assessment` of its `action` is the judge's. A facilitator's own question has neither: there the right option
    earns 100, all others 0, and only the right one may have a reason.
    """

    says: str
    credit: int
    reason: str
    action: Action | None = None
    assessment: Assessment | None = None

    @property
    def verdict(self) -> str:
        """The judge's verdict or, in a facilitator's own question, "right" or "wrong"."""
        if self.assessment is None:
            return "right" if self.credit else "wrong"
        return self.assessment.verdict.value


@dataclass(frozen=True, slots=True)
class Prompt:
    """One decision that a room votes on.

    `passages` is the story so far; `passages[since:]` are new since the last decision. `situation` is the same as
    facts; None in a facilitator's own question. `best` is an index of `options`. `guideline` is the id of the one that
    the best option follows; empty in a facilitator's own question.
    """

    id: str
    title: str
    passages: tuple[Passage, ...]
    since: int
    situation: Situation | None
    options: tuple[PromptOption, ...]
    best: int
    guideline: str

    @classmethod
    def of_question(cls, question: Question) -> Self:
        """The decision of a quiz question."""
        story = (Passage("story", AT_THE_INTERVIEW, question.story),)
        options = tuple(
            PromptOption(each.says, each.credit, each.reason, each.action, each.assessment) for each in question.options
        )
        return cls(question.id, "", story, 0, question.situation, options, question.best, question.guideline)

    @classmethod
    def of_free_question(cls, question: FreeQuestion) -> Self:
        """The decision of a facilitator's own question."""
        options = tuple(
            PromptOption(says, FULL_CREDIT, question.why) if number == question.right else PromptOption(says, 0, "")
            for number, says in enumerate(question.options)
        )
        story = (Passage("story", AT_THE_INTERVIEW, question.asks),)
        return cls(question.id, "", story, 0, None, options, question.right, "")

    @classmethod
    def of_run(cls, run: Run) -> Self:
        """The next decision of a run. Raises `ValueError` if the run is over."""
        if run.moment is None:
            raise ValueError("the run is over; there is nothing to decide")
        judged = [assess(run.situation, choice.action, run.policy) for choice in run.moment.choices]
        options = tuple(
            PromptOption(choice.says, each.credit, each.reason, choice.action, each)
            for choice, each in zip(run.moment.choices, judged, strict=True)
        )
        best = max(range(len(judged)), key=lambda number: value_of(judged[number]))
        return cls(
            f"{run.scenario.id}-{run.moment.id}",
            run.scenario.title,
            run.passages,
            run.since,
            run.situation,
            options,
            best,
            judged[best].guideline,
        )

    def mistaken(self, number: int) -> bool:
        """Whether an option is wrong (in the judge's words: pesky or passive) although a better one was offered."""
        assessment = self.options[number].assessment
        return number != self.best and (assessment is None or assessment.verdict not in RIGHT)
