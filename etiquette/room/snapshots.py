"""What a learner, the projector and the facilitator see of a room.

Each is a value of its own, so that a page cannot leak what it was never given: before the reveal there is no verdict,
no best option and no other person's answer in what a learner or the projector sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from etiquette.judge import Situation
from etiquette.practice import Sureness
from etiquette.room.agenda import Play, Prompt
from etiquette.room.session import Command, Phase, Room, Stage
from etiquette.room.votes import Movement, Tally
from etiquette.stories import Passage


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the room. The number is theirs for as long as the room lasts; nothing else tells who they are."""

    number: int
    nickname: str = ""
    hidden: bool = False

    @property
    def shown(self) -> str:
        """How they are called where others can see it."""
        return self.nickname if self.nickname and not self.hidden else f"Person {self.number}"


@dataclass(frozen=True, slots=True)
class LastKnown:
    """What a page knows before it looks: whose it is, and a version that the room has come to."""

    person: Person
    version: int


@dataclass(frozen=True, slots=True)
class BallotAnswer:
    """What somebody answered, and how sure they said they were."""

    option: int
    sureness: Sureness | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted at the present stage: of each of its ballots the tally, and how the room moved between them.

    Where each plays alone there are no tallies; `voted` is how many people are on the ballot.
    """

    people: int = 0
    voted: int = 0
    tallies: tuple[Tally, ...] = ()
    movement: Movement | None = None


@dataclass(frozen=True, slots=True)
class Revealed:
    """What comes to light: how every option is judged, how the room moved, and what came of its choice."""

    prompt: Prompt
    movement: Movement | None
    choice: int | None
    consequences: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """What the whole room may see, on the projector.

    `place` of `places` says how far the session is, from 1. `voting` is which vote it is at or after; 0 before the
    first. `situation` is the story as facts, for a timeline. `bars` are there only while they are shown, one tally a
    vote; `revealed` only after the reveal. `looks_back` says that each may see their own debrief.
    """

    phase: Phase
    place: int
    places: int
    voting: int
    alone: bool
    title: str
    passages: tuple[Passage, ...]
    since: int
    situation: Situation | None
    options: tuple[str, ...]
    people: int
    voted: int
    until: datetime | None
    bars: tuple[Tally, ...]
    revealed: Revealed | None
    looks_back: bool = False
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class LearnerSnapshot:
    """What a learner sees: the screen, and their own answers, one a vote. `version` is that of the room.

    `ballot` is the vote that is open, to be named when voting. Where each plays alone, `passages` and `options` are
    those of the learner's own story, `turn` is how many choices they have made, and `over` whether it has ended.
    """

    screen: Screen
    version: int
    person: Person
    ballot: int | None
    answers: tuple[BallotAnswer | None, ...]
    passages: tuple[Passage, ...]
    since: int
    options: tuple[str, ...]
    turn: int = 0
    over: bool = False


@dataclass(frozen=True, slots=True)
class FacilitatorSnapshot:
    """What the facilitator sees: the screen, the verdicts and tallies behind it, the steps to take, and the people.

    `version` is to be given back with a step, so that none is taken on a room that looks otherwise by now.
    `tied` are the choices among which a tie has to be decided, when the answers are revealed.
    """

    screen: Screen
    version: int
    allowed: frozenset[Command]
    prompt: Prompt | None
    tallies: tuple[Tally, ...]
    movement: Movement | None
    tied: tuple[int, ...]
    people: tuple[Person, ...]


NO_COUNTS = Counts()


def screen_of(room: Room, counts: Counts = NO_COUNTS) -> Screen:
    """What the projector shows."""
    return _screen(room, _prompt(room), counts)


def learner_snapshot(
    room: Room,
    version: int,
    person: Person,
    answers: Mapping[int, tuple[BallotAnswer, ...]],
    counts: Counts = NO_COUNTS,
) -> LearnerSnapshot:
    """What this person sees of a room at this version, given their answers by ballot: several, if they play alone."""
    screen, stage = screen_of(room, counts), room.stage
    own = tuple((answers.get(ballot) or (None,))[0] for ballot in stage.ballots) if stage and not screen.alone else ()
    seen = LearnerSnapshot(
        screen, version, person, room.open_ballot, own, screen.passages, screen.since, screen.options
    )
    if stage is None or not screen.alone or not stage.ballots:
        return seen
    return _alone(room, stage, seen, answers.get(stage.ballots[-1], ()))


def _alone(room: Room, stage: Stage, seen: LearnerSnapshot, given: tuple[BallotAnswer, ...]) -> LearnerSnapshot:
    run = room.run_along(stage, [each.option for each in given])
    scenes = [number for number, passage in enumerate(run.passages) if passage.kind == "scene"]
    decided = scenes[: len(given)]
    return LearnerSnapshot(
        seen.screen,
        seen.version,
        seen.person,
        seen.ballot,
        given,
        run.passages,
        decided[-1] + 1 if decided else 0,
        () if run.moment is None else tuple(choice.says for choice in run.moment.choices),
        len(given),
        run.over,
    )


def facilitator_snapshot(room: Room, version: int, people: tuple[Person, ...], counts: Counts) -> FacilitatorSnapshot:
    """What the facilitator sees."""
    prompt, stage = _prompt(room), room.stage
    tied: tuple[int, ...] = ()
    if stage and counts.tallies and isinstance(room.item(stage), Play) and Command.REVEAL in room.allowed:
        leaders = counts.tallies[-1].leaders
        tied = leaders if len(leaders) > 1 else ()
    return FacilitatorSnapshot(
        _screen(room, prompt, counts), version, room.allowed, prompt, counts.tallies, counts.movement, tied, people
    )


def _prompt(room: Room) -> Prompt | None:
    return room.prompt(room.at) if room.stage else None


def _screen(room: Room, prompt: Prompt | None, counts: Counts) -> Screen:
    stage, phase = room.stage, room.phase
    alone = stage is not None and room.alone(stage)
    item = room.item(stage) if stage else None
    title = item.scenario.title if isinstance(item, Play) else ""
    revealed = None
    if stage and prompt and stage.phase is Phase.REVEALED:
        revealed = Revealed(prompt, counts.movement, stage.choice, room.consequences(room.at))
    return Screen(
        phase=phase,
        place=stage.item + 1 if stage else 0,
        places=len(room.agenda.items),
        voting=room.voting,
        alone=alone,
        title=title,
        passages=prompt.passages if prompt else (),
        since=prompt.since if prompt else 0,
        situation=prompt.situation if prompt else None,
        options=tuple(option.says for option in prompt.options) if prompt else (),
        people=counts.people,
        voted=counts.voted,
        until=room.until,
        bars=counts.tallies if stage and stage.shown and phase is not Phase.OPEN else (),
        revealed=revealed,
        looks_back=room.looks_back,
        ended=room.ended,
    )
