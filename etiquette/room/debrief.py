"""The debrief of a session: for the room, how it voted, moved and played; for one learner, what to practise.

It covers the decisions that were revealed and, once the session has ended, all that were voted on and not skipped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from etiquette.practice import Sureness, Topic, missed_topic
from etiquette.room.agenda import Play
from etiquette.room.prompt import Prompt
from etiquette.room.session import Phase, Room, Stage
from etiquette.room.snapshots import BallotAnswer, Person
from etiquette.room.votes import Movement, Tally, Vote, count_votes
from etiquette.stories import Moment, Run, Scenario, best_path

MIN_VOTES_TO_CONTEST = 3
CLEAR_MAJORITY = 2 / 3  # share of the votes that counts as confident where few people said how sure they were


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """How one decision went. `number` counts the decisions of the debrief from 1; `stage` indexes the room's stages.

    There is a tally for each vote, and a movement if there were two. `choice` is what the room chose in a story played
    together. `contested` means that a confident majority disagreed with the judge in the last vote: the question may
    be at fault, and should be discussed.
    """

    number: int
    stage: int
    prompt: Prompt
    tallies: tuple[Tally, ...]
    movement: Movement | None
    choice: int | None
    contested: bool

    @property
    def shift(self) -> int:
        """How many percentage points the best option gained from the first vote to the last."""
        return self.tallies[-1].percent(self.prompt.best) - self.tallies[0].percent(self.prompt.best)


@dataclass(frozen=True, slots=True)
class MissedGuideline:
    """How often a guideline was missed in the last vote on each decision about it, out of how many answers."""

    guideline: str
    missed: int
    answers: int

    @property
    def percent(self) -> int:
        """The share of the answers that missed it."""
        return round(100 * self.missed / self.answers)


@dataclass(frozen=True, slots=True)
class TogetherPath:
    """The room's path through a story played together, the best path, and the room's grade (0 to 100)."""

    run: Run
    best: Run
    grade: int


@dataclass(frozen=True, slots=True)
class BranchPoint:
    """A moment at which people who played alone chose differently.

    `choices` is the path to it, `tally` what they chose there, and `best` the index of the best choice.
    """

    choices: tuple[int, ...]
    moment: Moment
    tally: Tally
    best: int


@dataclass(frozen=True, slots=True)
class AlonePaths:
    """The paths through a story that each person played alone. `players` is the number of people who began it.

    `branch_points` are ordered by depth. `grades` are those of everybody who finished, in ascending order.
    """

    stage: int
    scenario: Scenario
    players: int
    branch_points: tuple[BranchPoint, ...]
    grades: tuple[int, ...]
    best: Run


@dataclass(frozen=True, slots=True)
class RoomDebrief:
    """How a session went."""

    room: Room
    people: tuple[Person, ...]
    votes: tuple[Vote, ...]
    decisions: tuple[DecisionResult, ...]
    missed: tuple[MissedGuideline, ...]
    together: tuple[TogetherPath, ...]
    alone: tuple[AlonePaths, ...]

    @property
    def contested(self) -> tuple[DecisionResult, ...]:
        """The decisions that should be discussed."""
        return tuple(each for each in self.decisions if each.contested)


@dataclass(frozen=True, slots=True)
class LearnerDecision:
    """A decision that a learner took part in, with an answer for each vote; None where they did not vote."""

    number: int
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
class LearnerDebrief:
    """How the session went for one learner. `practise` are the topics they missed, the most often missed first."""

    decisions: tuple[LearnerDecision, ...]
    paths: tuple[LearnerPath, ...]
    practise: tuple[Topic, ...]


def debrief_room(room: Room, votes: Iterable[Vote], people: Sequence[Person] = ()) -> RoomDebrief:
    """The debrief of the session so far, given every vote in the order in which they were cast."""
    cast = [vote for vote in votes if vote.ballot in room.ballots]
    by_ballot = _by_ballot(cast)
    decisions = tuple(
        _decision(number, index, room.stages[index], prompt, by_ballot)
        for number, (index, prompt) in enumerate(_prompts(room), start=1)
    )
    return RoomDebrief(
        room=room,
        people=tuple(people),
        votes=tuple(cast),
        decisions=decisions,
        missed=_missed(decisions),
        together=tuple(_together(room)),
        alone=tuple(
            _alone(room, index, by_ballot[stage.ballots[-1]]) for index, stage in _stages(room) if room.alone(stage)
        ),
    )


def debrief_learner(room: Room, votes: Iterable[Vote]) -> LearnerDebrief:
    """The debrief of the session so far for one learner, given their votes."""
    by_ballot = _by_ballot(votes)
    decisions, paths, missed = [], [], Counter[Topic]()
    for number, (index, prompt) in enumerate(_prompts(room), start=1):
        answers = tuple(
            next((BallotAnswer(vote.option, vote.sureness) for vote in by_ballot[ballot]), None)
            for ballot in room.stages[index].ballots
        )
        if any(answers):
            decision = LearnerDecision(number, prompt, answers)
            decisions.append(decision)
            if decision.last and prompt.mistaken(decision.last.option):
                option = prompt.options[decision.last.option]
                if option.assessment and option.action:
                    missed[Topic(option.assessment.guideline, option.action.kind.value)] += 1
    for _, stage in _stages(room):
        if room.alone(stage) and (cast := by_ballot[stage.ballots[-1]]):
            run = room.replay(stage, _path(cast))
            best = best_path(run.scenario, run.policy)
            paths.append(LearnerPath(run, best.run, best.grade(run) if run.over else None))
            missed.update(topic for made in run.decisions if (topic := missed_topic(made, run.policy)))
    return LearnerDebrief(tuple(decisions), tuple(paths), tuple(topic for topic, _ in missed.most_common()))


def _stages(room: Room) -> Iterator[tuple[int, Stage]]:
    """The stages that a debrief covers, with their indices."""
    for index, stage in enumerate(room.stages):
        if stage.ballots and (stage.phase is Phase.REVEALED or (room.ended is not None and not stage.skipped)):
            yield index, stage


def _prompts(room: Room) -> Iterator[tuple[int, Prompt]]:
    """The decisions that a debrief covers, with the indices of their stages."""
    return ((index, prompt) for index, _ in _stages(room) if (prompt := room.prompt(index)))


def _by_ballot(votes: Iterable[Vote]) -> defaultdict[int, list[Vote]]:
    grouped: defaultdict[int, list[Vote]] = defaultdict(list)
    for vote in votes:
        grouped[vote.ballot].append(vote)
    return grouped


def _decision(
    number: int, index: int, stage: Stage, prompt: Prompt, by_ballot: defaultdict[int, list[Vote]]
) -> DecisionResult:
    votes = [vote for ballot in stage.ballots for vote in by_ballot[ballot]]
    tallies, movement = count_votes(votes, stage.ballots, len(prompt.options))
    contested = _contested(prompt, tallies[-1], by_ballot[stage.ballots[-1]])
    return DecisionResult(number, index, prompt, tallies, movement, stage.choice, contested)


def _contested(prompt: Prompt, tally: Tally, votes: Sequence[Vote]) -> bool:
    """Whether a majority, large and confident enough, chose another option than the best.

    Confident means fairly sure on average, among those of the majority who said how sure they were. If fewer than half
    of them did, a majority of two thirds of all votes counts as confident.
    """
    majority = tally.majority
    if majority is None or majority == prompt.best or tally.counts[majority] < MIN_VOTES_TO_CONTEST:
        return False
    sureness = [vote.sureness.value for vote in votes if vote.option == majority and vote.sureness is not None]
    if 2 * len(sureness) >= tally.counts[majority]:
        return mean(sureness) >= Sureness.FAIRLY_SURE
    return tally.counts[majority] >= CLEAR_MAJORITY * tally.total


def _missed(decisions: Iterable[DecisionResult]) -> tuple[MissedGuideline, ...]:
    """The guidelines that were asked about, the one with the largest share of mistakes first."""
    missed, answers = Counter[str](), Counter[str]()
    for decision in decisions:
        prompt, tally = decision.prompt, decision.tallies[-1]
        answers[prompt.guideline] += tally.total
        missed[prompt.guideline] += sum(count for option, count in enumerate(tally.counts) if prompt.mistaken(option))
    found = [MissedGuideline(guideline, missed[guideline], total) for guideline, total in answers.items() if total]
    return tuple(sorted(found, key=lambda each: (-each.missed / each.answers, each.guideline)))


def _together(room: Room) -> Iterator[TogetherPath]:
    """The room's path through each story that it has begun to play together."""
    last = {stage.item: (index, stage.choice) for index, stage in enumerate(room.stages) if stage.choice is not None}
    for index, choice in last.values():
        run = room.run(index).choose(choice)
        best = best_path(run.scenario, run.policy)
        yield TogetherPath(run, best.run, best.grade(run))


def _alone(room: Room, index: int, votes: Sequence[Vote]) -> AlonePaths:
    """The paths of everybody who played alone, without names."""
    stage = room.stages[index]
    item = room.item(stage)
    assert isinstance(item, Play)
    by_person: defaultdict[int, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_person[vote.person].append(vote)
    paths = [_path(own) for own in by_person.values()]
    best = best_path(item.scenario, room.agenda.policy)
    chosen_after: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for path in paths:
        for turn, option in enumerate(path):
            chosen_after[path[:turn]].append(option)
    branch_points = []
    for choices, chosen in sorted(chosen_after.items(), key=lambda each: (len(each[0]), each[0])):
        run = room.replay(stage, choices)
        if run.moment is not None and len(set(chosen)) > 1:
            tally = Tally.of(chosen, len(run.moment.choices))
            branch_points.append(BranchPoint(choices, run.moment, tally, Prompt.of_run(run).best))
    runs = [room.replay(stage, path) for path in paths]
    grades = sorted(best.grade(run) for run in runs if run.over)
    return AlonePaths(index, item.scenario, len(paths), tuple(branch_points), tuple(grades), best.run)


def _path(votes: Iterable[Vote]) -> tuple[int, ...]:
    """One person's choices in a story played alone."""
    return tuple(vote.option for vote in sorted(votes, key=lambda vote: vote.turn))
