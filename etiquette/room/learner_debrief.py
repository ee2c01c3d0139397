"""The debrief of a session for one learner: what they answered, what they missed, and how they played."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from etiquette.practice import Topic
from etiquette.room.debrief import (
    chosen_path,
    covered_stages,
    group_by_ballot,
    item_number,
    missed_guideline,
    story_step,
)
from etiquette.room.prompt import Prompt, PromptOption
from etiquette.room.session import Room, Stage
from etiquette.room.snapshots import BallotAnswer
from etiquette.room.votes import Vote
from etiquette.stories import Run, best_path


@dataclass(frozen=True, slots=True)
class LearnerDecision:
    """A decision that a learner took part in, with an answer for each vote; None where they did not vote.

    `number` is that of the agenda item. `step` counts the decisions of a story, from 1; None in a question.
    """

    number: int
    step: int | None
    prompt: Prompt
    answers: tuple[BallotAnswer | None, ...]

    @property
    def last(self) -> BallotAnswer | None:
        """Their final answer."""
        return next((answer for answer in reversed(self.answers) if answer), None)


@dataclass(frozen=True, slots=True)
class LearnerPath:
    """A learner's own path through a story, as far as they got. The grade is None until it is over."""

    run: Run
    best: Run
    grade: int | None


@dataclass(frozen=True, slots=True)
class FinalAnswer:
    """A learner's final answer to one decision, in a vote or in a story that they played alone.

    `number` is that of the agenda item. `step` counts the decisions of a story, from 1; None in a question.
    """

    number: int
    step: int | None
    prompt: Prompt
    option: int

    @property
    def chosen(self) -> PromptOption:
        """The option that they chose."""
        return self.prompt.options[self.option]

    @property
    def better(self) -> PromptOption:
        """The best option."""
        return self.prompt.options[self.prompt.best]

    @property
    def mistaken(self) -> bool:
        """Whether it is wrong although a better option was offered."""
        return self.prompt.mistaken(self.option)


@dataclass(frozen=True, slots=True)
class LearnerDebrief:
    """How the session went for one learner. `answers` has every decision that they made, in order.

    `began` is when they first voted; None if they never did. It is the same after an end that was undone.
    """

    decisions: tuple[LearnerDecision, ...]
    paths: tuple[LearnerPath, ...]
    answers: tuple[FinalAnswer, ...]
    began: datetime | None = None

    @property
    def mistakes(self) -> tuple[tuple[str, tuple[FinalAnswer, ...]], ...]:
        """Their mistakes by guideline, the one most often missed first; those in free questions last, under ""."""
        grouped: defaultdict[str, list[FinalAnswer]] = defaultdict(list)
        for answer in self.answers:
            if answer.mistaken:
                grouped[missed_guideline(answer.prompt, answer.option)].append(answer)
        ordered = sorted(grouped.items(), key=lambda each: (not each[0], -len(each[1])))
        return tuple((guideline, tuple(answers)) for guideline, answers in ordered)

    @property
    def good(self) -> tuple[FinalAnswer, ...]:
        """The answers that are not mistakes."""
        return tuple(answer for answer in self.answers if not answer.mistaken)

    @property
    def practise(self) -> tuple[Topic, ...]:
        """The topics that they missed, the most often missed first."""
        missed = Counter(
            Topic(chosen.assessment.guideline, chosen.action.kind.value)
            for answer in self.answers
            if answer.mistaken and (chosen := answer.chosen).assessment and chosen.action
        )
        return tuple(topic for topic, _ in missed.most_common())


def debrief_learner(room: Room, votes: Iterable[Vote]) -> LearnerDebrief:
    """The debrief of the session so far for one learner, given their votes."""
    votes = tuple(votes)
    by_ballot = group_by_ballot(votes)
    decisions, paths, answers = [], [], list[FinalAnswer]()
    for index, stage in covered_stages(room):
        number = item_number(stage)
        if prompt := room.prompt(index):
            given = tuple(_answer(by_ballot[ballot]) for ballot in stage.ballots)
            decision = LearnerDecision(number, story_step(room, index), prompt, given)
            if decision.last:
                decisions.append(decision)
                answers.append(FinalAnswer(number, decision.step, prompt, decision.last.option))
        elif path := chosen_path(by_ballot[stage.ballots[-1]]):
            run = room.replay(stage, path)
            best = best_path(run.scenario, run.policy)
            paths.append(LearnerPath(run, best.run, best.grade(run) if run.over else None))
            answers += _choices(room, stage, path)
    began = min((vote.at for vote in votes), default=None)
    return LearnerDebrief(tuple(decisions), tuple(paths), tuple(answers), began)


def _answer(votes: Sequence[Vote]) -> BallotAnswer | None:
    return BallotAnswer(votes[0].option, votes[0].sureness) if votes else None


def _choices(room: Room, stage: Stage, path: Sequence[int]) -> Iterator[FinalAnswer]:
    """What they chose at each moment of a story played alone."""
    run = room.replay(stage, ())
    for step, option in enumerate(path, start=1):
        yield FinalAnswer(item_number(stage), step, Prompt.of_run(run), option)
        run = run.choose(option)
