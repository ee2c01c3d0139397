"""What comes of a session: for the room, how it voted, moved and went; for one learner, what to practise.

A debrief speaks of what was revealed and, once the session has ended, of all that was voted on and not skipped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import mean

from etiquette.judge import RIGHT, Policy
from etiquette.practice import Sureness, Topic
from etiquette.room.agenda import Play, Prompt
from etiquette.room.session import Phase, Room, Stage
from etiquette.room.snapshots import BallotAnswer, Person
from etiquette.room.votes import Movement, Tally, Vote, counted
from etiquette.stories import Exploration, Moment, Run, Scenario, best_choice

FEWEST_TO_CONTEST = 3
CLEARLY = 2 / 3  # of the votes: a majority that counts as confident where few have said how sure they are


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """How one decision went. `number` is its place among those of the debrief, from 1; `stage` is that in the room.

    `tallies` has one for each vote, `movement` is there if there were two, `choice` is what the room did in a play
    together. `contested` marks what wants to be discussed, as the question may be at fault: in the last vote a
    confident majority disagreed with the judge.
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
        """By how many percentage points the best option gained from the first vote to the last."""
        return self.tallies[-1].percent(self.prompt.best) - self.tallies[0].percent(self.prompt.best)


@dataclass(frozen=True, slots=True)
class MissedGuideline:
    """How often a guideline was missed: by so many of so many answers to what practises it, in the last votes."""

    guideline: str
    missed: int
    answers: int

    @property
    def percent(self) -> int:
        """The share of answers that missed it."""
        return round(100 * self.missed / self.answers)


@dataclass(frozen=True, slots=True)
class TogetherPath:
    """The way of the room through a story played together, beside the best one; the grade runs from 0 to 100."""

    run: Run
    best: Run
    grade: int


@dataclass(frozen=True, slots=True)
class Parting:
    """A moment at which those parted who played alone: the choices that led there, and how many went on to each."""

    choices: tuple[int, ...]
    moment: Moment
    tally: Tally
    best: int


@dataclass(frozen=True, slots=True)
class AlonePaths:
    """The ways through a story that each played alone.

    `partings` are the moments at which not all made the same choice, the earliest first. `grades` are those of
    everybody who came to an end, in ascending order; `played` is how many began.
    """

    stage: int
    scenario: Scenario
    played: int
    partings: tuple[Parting, ...]
    grades: tuple[int, ...]
    best: Run


@dataclass(frozen=True, slots=True)
class RoomDebrief:
    """How a session went."""

    room: Room
    people: tuple[Person, ...]
    votes: tuple[Vote, ...]
    lines: tuple[DecisionResult, ...]
    missed: tuple[MissedGuideline, ...]
    together: tuple[TogetherPath, ...]
    alone: tuple[AlonePaths, ...]

    @property
    def contested(self) -> tuple[DecisionResult, ...]:
        """What wants to be discussed."""
        return tuple(line for line in self.lines if line.contested)


@dataclass(frozen=True, slots=True)
class LearnerDecision:
    """One decision that a learner took part in: their answers, one a vote (None where they did not vote)."""

    number: int
    prompt: Prompt
    answers: tuple[BallotAnswer | None, ...]

    @property
    def last(self) -> BallotAnswer | None:
        """The answer that they came to in the end."""
        return next((given for given in reversed(self.answers) if given), None)


@dataclass(frozen=True, slots=True)
class LearnerPath:
    """A learner's own way through a story, as far as they got. The grade is None before it is over."""

    run: Run
    best: Run
    grade: int | None


@dataclass(frozen=True, slots=True)
class LearnerDebrief:
    """How the session went for one learner, and what to practise: what they missed, the most often missed first."""

    lines: tuple[LearnerDecision, ...]
    paths: tuple[LearnerPath, ...]
    practise: tuple[Topic, ...]


def debrief_room(room: Room, votes: Iterable[Vote], people: Sequence[Person] = ()) -> RoomDebrief:
    """What came of the session so far, given every vote."""
    known = counted(vote for vote in votes if vote.ballot in room.ballots)
    on = _by_ballot(known)
    lines = tuple(_line(number, at, room.stages[at], prompt, on) for number, at, prompt in _decisions(room))
    return RoomDebrief(
        room=room,
        people=tuple(people),
        votes=tuple(known),
        lines=lines,
        missed=_missed(lines),
        together=tuple(_together(room)),
        alone=tuple(_paths(room, at, on[stage.ballots[-1]]) for at, stage in _told(room) if room.alone(stage)),
    )


def debrief_learner(room: Room, votes: Iterable[Vote]) -> LearnerDebrief:
    """What came of it for one learner, given their votes."""
    on = _by_ballot(counted(votes))
    lines, paths, missed = [], [], Counter[Topic]()
    for number, at, prompt in _decisions(room):
        answers = tuple(
            next((BallotAnswer(vote.option, vote.sureness) for vote in on[ballot]), None)
            for ballot in room.stages[at].ballots
        )
        if any(answers):
            line = LearnerDecision(number, prompt, answers)
            lines.append(line)
            if line.last and prompt.mistaken(line.last.option):
                option = prompt.options[line.last.option]
                missed[Topic(option.assessment.guideline, option.action.kind.value)] += 1
    for _, stage in _told(room):
        if not room.alone(stage) or not on[stage.ballots[-1]]:
            continue
        run = room.run_along(stage, _in_turn(on[stage.ballots[-1]]))
        explored = exploration_of(run.scenario, run.policy)
        paths.append(LearnerPath(run, explored.best_run, explored.grade(run) if run.over else None))
        for step in run.steps:
            if step.assessment.verdict not in RIGHT and best_choice(step, run.policy) is not step.choice:
                missed[Topic(step.assessment.guideline, step.choice.action.kind.value)] += 1
    return LearnerDebrief(tuple(lines), tuple(paths), tuple(item for item, _ in missed.most_common()))


@lru_cache(maxsize=32)
def exploration_of(scenario: Scenario, policy: Policy) -> Exploration:
    """All the states of a scenario, explored once."""
    return Exploration(scenario, policy)


def _told(room: Room) -> Iterator[tuple[int, Stage]]:
    """The stages that a debrief speaks of, with their numbers in the room."""
    for at, stage in enumerate(room.stages):
        voted_on = room.ended is not None and stage.ballots and not stage.skipped
        if stage.ballots and (stage.phase is Phase.REVEALED or voted_on):
            yield at, stage


def _decisions(room: Room) -> Iterator[tuple[int, int, Prompt]]:
    """Of each decision that a debrief speaks of: its number from 1, its stage, and what was put to the room."""
    number = 0
    for at, _ in _told(room):
        if prompt := room.prompt(at):
            number += 1
            yield number, at, prompt


def _by_ballot(votes: Iterable[Vote]) -> defaultdict[int, list[Vote]]:
    found: defaultdict[int, list[Vote]] = defaultdict(list)
    for vote in votes:
        found[vote.ballot].append(vote)
    return found


def _line(number: int, at: int, stage: Stage, prompt: Prompt, on: defaultdict[int, list[Vote]]) -> DecisionResult:
    options = len(prompt.options)
    tallies = tuple(Tally.of((vote.option for vote in on[ballot]), options) for ballot in stage.ballots)
    movement = None
    if len(stage.ballots) > 1:
        first, second = ({vote.person: vote.option for vote in on[ballot]} for ballot in stage.ballots)
        movement = Movement.of(((first[one], second[one]) for one in first.keys() & second.keys()), options)
    contested = _contested(prompt, tallies[-1], on[stage.ballots[-1]])
    return DecisionResult(number, at, prompt, tallies, movement, stage.choice, contested)


def _contested(prompt: Prompt, tally: Tally, votes: Sequence[Vote]) -> bool:
    """Whether more than half, enough of them and sure enough of it, chose what is not the best.

    Sure enough is fairly sure, on average, of those who said so; if fewer than half did, two thirds of all votes are.
    """
    majority = tally.majority
    if majority is None or majority == prompt.best or tally.counts[majority] < FEWEST_TO_CONTEST:
        return False
    sure = [vote.sureness.value for vote in votes if vote.option == majority and vote.sureness is not None]
    if 2 * len(sure) >= tally.counts[majority]:
        return mean(sure) >= Sureness.FAIRLY_SURE
    return tally.counts[majority] >= CLEARLY * tally.total


def _missed(lines: Iterable[DecisionResult]) -> tuple[MissedGuideline, ...]:
    """The guidelines that were asked about, the one with the largest share of mistakes first."""
    missed, answers = Counter[str](), Counter[str]()
    for line in lines:
        answers[line.prompt.guideline] += line.tallies[-1].total
        for number, count in enumerate(line.tallies[-1].counts):
            if line.prompt.mistaken(number):
                missed[line.prompt.guideline] += count
    found = [MissedGuideline(guideline, missed[guideline], total) for guideline, total in answers.items() if total]
    return tuple(sorted(found, key=lambda each: (-each.missed / each.answers, each.guideline)))


def _together(room: Room) -> Iterator[TogetherPath]:
    """The room's way through each story that it has begun to play together."""
    last: dict[int, int] = {}
    for at, stage in enumerate(room.stages):
        if stage.choice is not None:
            last[stage.item] = at
    for at in last.values():
        choice = room.stages[at].choice
        assert choice is not None
        run = room.run(at).choose(choice)
        explored = exploration_of(run.scenario, run.policy)
        yield TogetherPath(run, explored.best_run, explored.grade(run))


def _paths(room: Room, at: int, votes: Sequence[Vote]) -> AlonePaths:
    """Where paths parted. Nobody's name is in it."""
    stage = room.stages[at]
    item = room.item(stage)
    assert isinstance(item, Play)
    of_person: defaultdict[int, list[Vote]] = defaultdict(list)
    for vote in votes:
        of_person[vote.person].append(vote)
    ways = [_in_turn(own) for own in of_person.values()]
    explored = exploration_of(item.scenario, room.agenda.policy)
    runs = [room.run_along(stage, way) for way in ways]
    went: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for way in ways:
        for turn, option in enumerate(way):
            went[way[:turn]].append(option)
    partings = []
    for choices, onward in sorted(went.items(), key=lambda each: (len(each[0]), each[0])):
        run = room.run_along(stage, choices)
        if run.moment is not None and len(set(onward)) > 1:
            tally = Tally.of(onward, len(run.moment.choices))
            partings.append(Parting(choices, run.moment, tally, Prompt.of_run(run).best))
    grades = sorted(explored.grade(run) for run in runs if run.over)
    return AlonePaths(at, item.scenario, len(ways), tuple(partings), tuple(grades), explored.best_run)


def _in_turn(votes: Iterable[Vote]) -> tuple[int, ...]:
    return tuple(vote.option for vote in sorted(votes, key=lambda vote: vote.turn))
