"""What a learner, the projector and the facilitator see of a room.

Each is a value of its own, so that a page cannot leak what it was never given: before the reveal there is no verdict,
no best option and no other person's answer in what a learner or the projector sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from etiquette.agenda import Play, Posed
from etiquette.quiz import Sureness
from etiquette.room import Phase, Room, Stage, Step
from etiquette.scenario import Passage
from etiquette.situation import Situation
from etiquette.votes import Movement, Tally


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
class Known:
    """What a page knows before it looks: whose it is, and a version that the room has come to."""

    person: Person
    version: int


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answered, and how sure they said they were."""

    option: int
    sureness: Sureness | None = None


@dataclass(frozen=True, slots=True)
class Figures:
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

    posed: Posed
    movement: Movement | None
    choice: int | None
    came_of_it: tuple[Passage, ...]


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
class Seen:
    """What a learner sees: the screen, and their own answers, one a vote. `version` is that of the room.

    `ballot` is the vote that is open, to be named when voting. Where each plays alone, `passages` and `options` are
    those of the learner's own story, `turn` is how many choices they have made, and `over` whether it has ended.
    """

    screen: Screen
    version: int
    person: Person
    ballot: int | None
    answers: tuple[Given | None, ...]
    passages: tuple[Passage, ...]
    since: int
    options: tuple[str, ...]
    turn: int = 0
    over: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """What the facilitator sees: the screen, the verdicts and tallies behind it, the steps to take, and the people.

    `version` is to be given back with a step, so that none is taken on a room that looks otherwise by now.
    `tied` are the choices among which a tie has to be decided, when the answers are revealed.
    """

    screen: Screen
    version: int
    allowed: frozenset[Step]
    posed: Posed | None
    tallies: tuple[Tally, ...]
    movement: Movement | None
    tied: tuple[int, ...]
    people: tuple[Person, ...]


NOBODY = Figures()


def seen_by_all(room: Room, figures: Figures = NOBODY) -> Screen:
    """What the projector shows."""
    return _screen(room, _posed(room), figures)


def seen_by(
    room: Room, version: int, person: Person, answers: Mapping[int, tuple[Given, ...]], figures: Figures = NOBODY
) -> Seen:
    """What this person sees of a room at this version, given their answers by ballot: several, if they play alone."""
    screen, stage = seen_by_all(room, figures), room.stage
    own = tuple((answers.get(ballot) or (None,))[0] for ballot in stage.ballots) if stage and not screen.alone else ()
    seen = Seen(screen, version, person, room.open_ballot, own, screen.passages, screen.since, screen.options)
    if stage is None or not screen.alone or not stage.ballots:
        return seen
    return _alone(room, stage, seen, answers.get(stage.ballots[-1], ()))


def _alone(room: Room, stage: Stage, seen: Seen, given: tuple[Given, ...]) -> Seen:
    run = room.run_along(stage, [each.option for each in given])
    scenes = [number for number, passage in enumerate(run.passages) if passage.kind == "scene"]
    decided = scenes[: len(given)]
    return Seen(
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


def seen_by_facilitator(room: Room, version: int, people: tuple[Person, ...], figures: Figures) -> Overview:
    """What the facilitator sees."""
    posed, stage = _posed(room), room.stage
    tied: tuple[int, ...] = ()
    if stage and figures.tallies and isinstance(room.item(stage), Play) and Step.REVEAL in room.allowed:
        leaders = figures.tallies[-1].leaders
        tied = leaders if len(leaders) > 1 else ()
    return Overview(
        _screen(room, posed, figures), version, room.allowed, posed, figures.tallies, figures.movement, tied, people
    )


def _posed(room: Room) -> Posed | None:
    return room.posed(room.at) if room.stage else None


def _screen(room: Room, posed: Posed | None, figures: Figures) -> Screen:
    stage, phase = room.stage, room.phase
    alone = stage is not None and room.alone(stage)
    item = room.item(stage) if stage else None
    title = item.scenario.title if isinstance(item, Play) else ""
    revealed = None
    if stage and posed and stage.phase is Phase.REVEALED:
        revealed = Revealed(posed, figures.movement, stage.choice, room.came_of_it(room.at))
    return Screen(
        phase=phase,
        place=stage.item + 1 if stage else 0,
        places=len(room.agenda.items),
        voting=room.voting,
        alone=alone,
        title=title,
        passages=posed.passages if posed else (),
        since=posed.since if posed else 0,
        situation=posed.situation if posed else None,
        options=tuple(option.says for option in posed.options) if posed else (),
        people=figures.people,
        voted=figures.voted,
        until=room.until,
        bars=figures.tallies if stage and stage.shown and phase is not Phase.OPEN else (),
        revealed=revealed,
        looks_back=room.looks_back,
        ended=room.ended,
    )
