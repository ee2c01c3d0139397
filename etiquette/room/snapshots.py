"""What a learner, the projector and the facilitator may see of a room.

Each is a separate value, so that a page cannot leak what it was never given: until the reveal, the values for learners
and the projector hold no verdict, no best option and no other person's answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from etiquette.judge import Situation
from etiquette.practice import Sureness
from etiquette.room.agenda import Play
from etiquette.room.prompt import Prompt
from etiquette.room.session import Command, Phase, Room
from etiquette.room.votes import Movement, Tally
from etiquette.stories import Passage


@dataclass(frozen=True, slots=True)
class Person:
    """A learner in the room. The number identifies them in this room, and says nothing about who they are."""

    number: int
    nickname: str = ""
    hidden: bool = False

    @property
    def display_name(self) -> str:
        """The name that others see: the nickname, unless there is none or the facilitator has hidden it."""
        return self.nickname if self.nickname and not self.hidden else f"Person {self.number}"


@dataclass(frozen=True, slots=True)
class BallotAnswer:
    """One person's answer on one ballot, and how sure they said they were."""

    option: int
    sureness: Sureness | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers at the current stage: people in the room, people who voted, a tally for each ballot, the movement.

    Where each person plays alone there are no tallies: `voted` counts those who have made a choice, `finished` those
    whose story is over.
    """

    people: int = 0
    voted: int = 0
    tallies: tuple[Tally, ...] = ()
    movement: Movement | None = None
    finished: int = 0


@dataclass(frozen=True, slots=True)
class Revealed:
    """What the reveal shows: the verdict on every option, how the room moved, its choice and the consequences."""

    prompt: Prompt
    movement: Movement | None
    choice: int | None
    consequences: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """What the whole room may see: the projector shows it, and the learners' phones.

    `item_number` of `item_count` says how far the session is, from 1; 0 in the lobby. `vote_number` is that of the
    latest vote, 0 before the first. `situation` is the story as facts, for a timeline. `bars` has one tally for each
    vote, only while they are shown; `revealed` is None until the reveal. `shows_debrief` says whether learners may see
    their own debrief.
    """

    phase: Phase
    item_number: int
    item_count: int
    vote_number: int
    alone: bool
    title: str
    passages: tuple[Passage, ...]
    since: int
    situation: Situation | None
    options: tuple[str, ...]
    people: int
    voted: int
    finished: int
    until: datetime | None
    bars: tuple[Tally, ...]
    revealed: Revealed | None
    shows_debrief: bool = False
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class LearnerSnapshot:
    """What a learner sees: the screen, and their own answers, one for each vote. `version` is the room's.

    `ballot` is the open one, to be named when voting. Where each person plays alone, `passages`, `situation` and
    `options` are those of the learner's own story, `turn` is the number of choices they have made, `chose` the last of
    them, and `over` says whether the story has ended.
    """

    screen: Screen
    version: int
    person: Person
    ballot: int | None
    answers: tuple[BallotAnswer | None, ...]
    passages: tuple[Passage, ...]
    since: int
    options: tuple[str, ...]
    situation: Situation | None = None
    turn: int = 0
    chose: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True)
class ProjectorSnapshot:
    """What the projector shows: the screen, and a learner's question that the facilitator has put on it, or "".

    It holds nothing that the room may not see.
    """

    screen: Screen
    question: str = ""


@dataclass(frozen=True, slots=True)
class FacilitatorSnapshot:
    """What the facilitator sees: the screen, the verdicts and tallies behind it, the commands allowed, the people.

    Pass `version` back with a command, so that it is refused if the room has changed since. `tied` are the choices
    among which the facilitator decides at the reveal, if there is a tie. Until `undo_until`, the last command can be
    undone; None if it can't be. `skipped` says whether the current decision was. `teaches` is the lesson of the story
    on screen, `minutes` about how long it takes to play; empty and 0 for a question. `name` is that of the session.
    """

    screen: Screen
    version: int
    allowed: frozenset[Command]
    prompt: Prompt | None
    tallies: tuple[Tally, ...]
    movement: Movement | None
    tied: tuple[int, ...]
    people: tuple[Person, ...]
    undo_until: datetime | None = None
    skipped: bool = False
    teaches: str = ""
    minutes: int = 0
    name: str = ""


def screen_of(room: Room, counts: Counts) -> Screen:
    """What the projector shows."""
    return _screen(room, _prompt(room), counts)


def learner_snapshot(
    room: Room,
    version: int,
    person: Person,
    answers: Mapping[int, tuple[BallotAnswer, ...]],
    counts: Counts,
) -> LearnerSnapshot:
    """What this person sees, given their answers by ballot: one or, where each plays alone, one for each turn."""
    screen, stage = screen_of(room, counts), room.stage
    own = tuple((answers.get(ballot) or (None,))[0] for ballot in stage.ballots) if stage and not screen.alone else ()
    shown = (screen.passages, screen.since, screen.options, screen.situation)
    snapshot = LearnerSnapshot(screen, version, person, room.open_ballot, own, *shown)
    if stage is None or not screen.alone or not stage.ballots:
        return snapshot
    path = answers.get(stage.ballots[-1], ())
    run = room.replay(stage, [each.option for each in path])
    return replace(
        snapshot,
        answers=path,
        passages=run.passages,
        since=run.since,
        options=() if run.moment is None else tuple(choice.says for choice in run.moment.choices),
        situation=run.situation,
        turn=len(path),
        chose=run.decisions[-1].choice.says if run.decisions else "",
        over=run.over,
    )


def facilitator_snapshot(room: Room, version: int, people: tuple[Person, ...], counts: Counts) -> FacilitatorSnapshot:
    """What the facilitator sees."""
    prompt, stage = _prompt(room), room.stage
    tied: tuple[int, ...] = ()
    if stage and counts.tallies and isinstance(room.item(stage), Play) and Command.REVEAL in room.allowed:
        leaders = counts.tallies[-1].leaders
        tied = leaders if len(leaders) > 1 else ()
    item = room.item(stage) if stage else None
    scenario = item.scenario if isinstance(item, Play) else None
    return FacilitatorSnapshot(
        _screen(room, prompt, counts),
        version,
        room.allowed,
        prompt,
        counts.tallies,
        counts.movement,
        tied,
        people,
        room.undo_until,
        stage is not None and stage.skipped,
        scenario.teaches if scenario else "",
        scenario.minutes if scenario else 0,
        room.agenda.name,
    )


def _prompt(room: Room) -> Prompt | None:
    return room.prompt(room.current) if room.stage else None


def _screen(room: Room, prompt: Prompt | None, counts: Counts) -> Screen:
    stage, phase = room.stage, room.phase
    item = room.item(stage) if stage else None
    revealed = None
    if stage and prompt and stage.phase is Phase.REVEALED:
        revealed = Revealed(prompt, counts.movement, stage.choice, room.consequences(room.current))
    return Screen(
        phase=phase,
        item_number=stage.item + 1 if stage else 0,
        item_count=len(room.agenda.items),
        vote_number=room.vote_number,
        alone=stage is not None and room.alone(stage),
        title=item.scenario.title if isinstance(item, Play) else "",
        passages=prompt.passages if prompt else (),
        since=prompt.since if prompt else 0,
        situation=prompt.situation if prompt else None,
        options=tuple(option.says for option in prompt.options) if prompt else (),
        people=counts.people,
        voted=counts.voted,
        finished=counts.finished,
        until=room.until,
        bars=counts.tallies if stage and stage.shown and phase is not Phase.OPEN else (),
        revealed=revealed,
        shows_debrief=room.shows_debrief,
        ended=room.ended,
    )
