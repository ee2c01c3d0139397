"""The debrief of a session for its facilitator: how the room voted, moved and played, and what it missed.

It covers the stages that were revealed and, once the session has ended, all that were voted on and not skipped. Each
has the number of its item on the agenda, from 1, as the room saw it. `learner_debrief` is for one learner.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from etiquette.practice import Sureness
from etiquette.room.agenda import Play
from etiquette.room.prompt import Prompt
from etiquette.room.session import Phase, Room, Stage
from etiquette.room.snapshots import Person
from etiquette.room.votes import Movement, Tally, Vote, count_votes
from etiquette.stories import Run, Scenario, best_path

MIN_VOTES_TO_CONTEST = 3


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """How one decision went. `stage` indexes the room's stages, `number` is the agenda item's. `step` counts the
    decisions of a story, from 1; None in a question.

    There is a tally for each vote, and a movement if there were two. `choice` is what the room chose in a story played
    together. `contested` means that most people chose another option than the best and said that they were fairly sure
    of it: the question may be at fault.
    """

    number: int
    step: int | None
    stage: int
    prompt: Prompt
    tallies: tuple[Tally, ...]
    movement: Movement | None
    choice: int | None
    contested: bool

    @property
    def last(self) -> Tally:
        """The tally of the last vote that anybody took part in."""
        return next((tally for tally in reversed(self.tallies) if tally.total), self.tallies[-1])

    @property
    def shift(self) -> int:
        """How many percentage points the best option gained from the first vote to the last."""
        return self.last.percent(self.prompt.best) - self.tallies[0].percent(self.prompt.best)

    @property
    def rival(self) -> int | None:
        """The option that most people chose instead of the best one, if that is worth discussing.

        It is, if the decision is contested or the option is a mistake, and at least three people chose it.
        """
        majority = _rival(self.prompt, self.last)
        return majority if majority is not None and (self.contested or self.prompt.mistaken(majority)) else None


@dataclass(frozen=True, slots=True)
class MissedGuideline:
    """How often a guideline was missed in the last vote on each decision, and in stories that people played alone.

    `missed` counts the mistakes that are about it, at least one; `answers` counts all answers to decisions that ask
    about it or where such a mistake was on offer.
    """

    guideline: str
    missed: int
    answers: int

    @property
    def percent(self) -> int:
        """The share of the answers that missed it."""
        return round(100 * self.missed / self.answers)


@dataclass(frozen=True, slots=True)
class FreeAnswers:
    """The answers in the last vote on each of the facilitator's own questions, and how many of them were right."""

    right: int
    answers: int


@dataclass(frozen=True, slots=True)
class TogetherPath:
    """The room's path through a story played together, as far as it got, and the best path.

    The room's grade (0 to 100) is None unless it played the story to its end.
    """

    run: Run
    best: Run
    grade: int | None


@dataclass(frozen=True, slots=True)
class PlayedMoment:
    """A moment of a story that people played alone: the run that leads to it, and what they chose there."""

    run: Run
    prompt: Prompt
    tally: Tally

    @property
    def splits(self) -> bool:
        """Whether people chose differently here."""
        return max(self.tally.counts) < self.tally.total


@dataclass(frozen=True, slots=True)
class AlonePaths:
    """The paths through a story that each person played alone. `players` is the number of people who began it.

    `moments` are those that anybody reached, ordered by depth. `grades` are those of everybody who finished, in
    ascending order.
    """

    number: int
    stage: int
    scenario: Scenario
    players: int
    moments: tuple[PlayedMoment, ...]
    grades: tuple[int, ...]
    best: Run

    @property
    def finished(self) -> int:
        """The number of people who played to the end of the story."""
        return len(self.grades)

    @property
    def branch_points(self) -> tuple[PlayedMoment, ...]:
        """The moments at which people chose differently."""
        return tuple(each for each in self.moments if each.splits)


@dataclass(frozen=True, slots=True)
class RoomDebrief:
    """How a session went. `votes` are those on the stages that it covers, in the order in which they were cast.

    `missed` has the guidelines that were missed, the one with the largest share of mistakes first. `free` is None if
    there was no question of the facilitator's own.
    """

    room: Room
    people: tuple[Person, ...]
    votes: tuple[Vote, ...]
    decisions: tuple[DecisionResult, ...]
    together: tuple[TogetherPath, ...]
    alone: tuple[AlonePaths, ...]
    missed: tuple[MissedGuideline, ...]
    free: FreeAnswers | None

    @property
    def judged(self) -> bool:
        """Whether anybody has answered anything that the judge knows about."""
        voted = any(each.prompt.guideline and each.last.total for each in self.decisions)
        return voted or any(paths.players for paths in self.alone)

    @property
    def to_discuss(self) -> tuple[DecisionResult, ...]:
        """The decisions in which most people chose another option than the best: for the facilitator alone."""
        return tuple(each for each in self.decisions if each.rival is not None)


def debrief_room(room: Room, votes: Iterable[Vote], people: Sequence[Person] = ()) -> RoomDebrief:
    """The debrief of the session so far, given every vote in the order in which they were cast."""
    stages = tuple(covered_stages(room))
    ballots = {ballot for _, stage in stages for ballot in stage.ballots}
    cast = tuple(vote for vote in votes if vote.ballot in ballots)
    by_ballot = group_by_ballot(cast)
    decisions, alone = [], []
    for index, stage in stages:
        if prompt := room.prompt(index):
            decisions.append(_decision(room, index, prompt, by_ballot))
        else:
            alone.append(_alone(room, index, by_ballot[stage.ballots[-1]]))
    asked = [(each.prompt, each.last) for each in decisions]
    asked += [(moment.prompt, moment.tally) for paths in alone for moment in paths.moments]
    return RoomDebrief(
        room=room,
        people=tuple(people),
        votes=cast,
        decisions=tuple(decisions),
        together=tuple(_together(room)),
        alone=tuple(alone),
        missed=_missed(asked),
        free=_free(asked),
    )


def missed_guideline(prompt: Prompt, option: int) -> str:
    """The guideline that a mistake is about; empty if the option is no mistake, or the judge knows nothing of it."""
    assessment = prompt.options[option].assessment
    return assessment.guideline if assessment and prompt.mistaken(option) else ""


def covered_stages(room: Room) -> Iterator[tuple[int, Stage]]:
    """The stages that a debrief covers, each with its index among the room's stages."""
    return (
        (index, stage)
        for index, stage in enumerate(room.stages)
        if stage.ballots and (stage.phase is Phase.REVEALED or (room.ended is not None and not stage.skipped))
    )


def item_number(stage: Stage) -> int:
    """The number of the stage's item on the agenda, from 1, as it was on screen."""
    return stage.item + 1


def story_step(room: Room, index: int) -> int | None:
    """Which decision of a story played together a stage is, from 1; None if it is a question."""
    return len(room.run(index).decisions) + 1 if isinstance(room.item(room.stages[index]), Play) else None


def group_by_ballot(votes: Iterable[Vote]) -> defaultdict[int, list[Vote]]:
    """The votes by ballot, in the same order."""
    grouped: defaultdict[int, list[Vote]] = defaultdict(list)
    for vote in votes:
        grouped[vote.ballot].append(vote)
    return grouped


def chosen_path(votes: Iterable[Vote]) -> tuple[int, ...]:
    """One person's choices in a story played alone."""
    return tuple(vote.option for vote in sorted(votes, key=lambda vote: vote.turn))


def _decision(room: Room, index: int, prompt: Prompt, by_ballot: defaultdict[int, list[Vote]]) -> DecisionResult:
    stage = room.stages[index]
    votes = [vote for ballot in stage.ballots for vote in by_ballot[ballot]]
    tallies, movement = count_votes(votes, stage.ballots, len(prompt.options))
    last = next((ballot for ballot in reversed(stage.ballots) if by_ballot[ballot]), stage.ballots[-1])
    contested = _contested(prompt, by_ballot[last])
    number, step = item_number(stage), story_step(room, index)
    return DecisionResult(number, step, index, prompt, tallies, movement, stage.choice, contested)


def _rival(prompt: Prompt, tally: Tally) -> int | None:
    """The option that more than half of the votes chose, and at least three, if it isn't the best one."""
    majority = tally.majority
    if majority is None or majority == prompt.best or tally.counts[majority] < MIN_VOTES_TO_CONTEST:
        return None
    return majority


def _contested(prompt: Prompt, votes: Sequence[Vote]) -> bool:
    """Whether most people chose another option than the best, and said that they were sure of it.

    At least half of them must have said how sure they were, and they must be fairly sure on average. Nobody is taken
    for confident who hasn't said so, however many they are.
    """
    rival = _rival(prompt, Tally.of((vote.option for vote in votes), len(prompt.options)))
    sureness = [vote.sureness for vote in votes if vote.option == rival]
    said = [each.value for each in sureness if each is not None]
    return rival is not None and 2 * len(said) >= len(sureness) and mean(said) >= Sureness.FAIRLY_SURE


def _missed(asked: Iterable[tuple[Prompt, Tally]]) -> tuple[MissedGuideline, ...]:
    missed, answers = Counter[str](), Counter[str]()
    for prompt, tally in asked:
        about = [missed_guideline(prompt, option) for option in range(len(prompt.options))]
        for guideline in {prompt.guideline, *about} - {""}:
            answers[guideline] += tally.total
            missed[guideline] += sum(tally.counts[option] for option, each in enumerate(about) if each == guideline)
    found = [MissedGuideline(guideline, count, answers[guideline]) for guideline, count in missed.items() if count]
    return tuple(sorted(found, key=lambda each: (-each.missed / each.answers, each.guideline)))


def _free(asked: Iterable[tuple[Prompt, Tally]]) -> FreeAnswers | None:
    own = [(tally.counts[prompt.best], tally.total) for prompt, tally in asked if not prompt.guideline]
    return FreeAnswers(sum(right for right, _ in own), sum(total for _, total in own)) if own else None


def _together(room: Room) -> Iterator[TogetherPath]:
    """The room's path through each story that it has begun to play together."""
    last = {stage.item: (index, stage.choice) for index, stage in enumerate(room.stages) if stage.choice is not None}
    for index, choice in last.values():
        run = room.run(index).choose(choice)
        best = best_path(run.scenario, run.policy)
        yield TogetherPath(run, best.run, best.grade(run) if run.over else None)


def _alone(room: Room, index: int, votes: Sequence[Vote]) -> AlonePaths:
    """The paths of everybody who played alone, without names."""
    stage = room.stages[index]
    item = room.item(stage)
    assert isinstance(item, Play)
    by_person: defaultdict[int, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_person[vote.person].append(vote)
    paths = [chosen_path(own) for own in by_person.values()]
    best = best_path(item.scenario, room.agenda.policy)
    chosen_after: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for path in paths:
        for turn, option in enumerate(path):
            chosen_after[path[:turn]].append(option)
    moments = []
    for path, chosen in sorted(chosen_after.items(), key=lambda each: (len(each[0]), each[0])):
        prompt = Prompt.of_run(run := room.replay(stage, path))
        moments.append(PlayedMoment(run, prompt, Tally.of(chosen, len(prompt.options))))
    runs = [room.replay(stage, path) for path in paths]
    grades = sorted(best.grade(run) for run in runs if run.over)
    number = item_number(stage)
    return AlonePaths(number, index, item.scenario, len(paths), tuple(moments), tuple(grades), best.run)
