"""The rules of a room: where a session stands, what the facilitator may do next, and which votes count.

A `Room` never changes: each step gives the next one, or is refused with a sentence. It knows neither people nor
votes; who may see what of them is in `room_sight`, and where all of it is kept is `room_store`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from etiquette.practice import format_timestamp, parse_timestamp
from etiquette.room.agenda import Agenda, AgendaItem, Play, Prompt
from etiquette.room.errors import RoomError
from etiquette.room.votes import Tally
from etiquette.stories import Passage, Run

VOTES_PER_QUESTION = 2  # on each question: one alone, another after talking to the neighbour


class Phase(StrEnum):
    """Where a room, or one decision in it, stands."""

    LOBBY = "lobby"
    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"
    ENDED = "ended"


class Command(StrEnum):
    """What the facilitator can do. To open is to begin the first vote and, when that is closed, the second."""

    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    RESET = "reset"
    SHOW = "show"
    HIDE = "hide"
    REVEAL = "reveal"
    NEXT = "next"
    SKIP = "skip"
    BACK = "back"
    END = "end"


@dataclass(frozen=True, slots=True)
class Stage:
    """One decision of the room, or a play that each goes through alone.

    `ballots` are the numbers of its first and second vote, `shown` says whether their bars can be seen now, `bared`
    is how many of them have ever been. `choice` is what the room did, in a play together.
    """

    item: int
    phase: Phase = Phase.READY
    ballots: tuple[int, ...] = ()
    shown: bool = False
    bared: int = 0
    choice: int | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """Where a session stands: the stages it has come to, which of them it is at, and how many ballots there were.

    `until` is when the facilitator would like to close the vote; nothing happens then by itself.
    """

    agenda: Agenda
    stages: tuple[Stage, ...] = ()
    at: int = -1
    given: int = 0
    until: datetime | None = None
    ended: datetime | None = None

    # Where it stands

    @property
    def phase(self) -> Phase:
        """The phase of the stage it is at, or that it has yet to begin, or that it has ended."""
        if self.ended:
            return Phase.ENDED
        return self.stage.phase if self.stage else Phase.LOBBY

    @property
    def stage(self) -> Stage | None:
        """The stage it is at; None in the lobby."""
        return self.stages[self.at] if self.at >= 0 else None

    @property
    def open_ballot(self) -> int | None:
        """The ballot on which votes count now, if there is one."""
        return self.stages[self.at].ballots[-1] if self.phase is Phase.OPEN else None

    @property
    def voting(self) -> int:
        """Which vote on the present decision it is at or after: 1 or 2; 0 before the first."""
        return len(self.stage.ballots) if self.stage else 0

    @property
    def ballots(self) -> frozenset[int]:
        """Every ballot whose votes count; those that were reset are gone."""
        return frozenset(ballot for stage in self.stages for ballot in stage.ballots)

    @property
    def looks_back(self) -> bool:
        """Whether each is shown their own debrief: at the end, and where the paths of a play alone come to light."""
        return self.phase is Phase.ENDED or bool(
            self.stage and self.stage.phase is Phase.REVEALED and self.alone(self.stage)
        )

    def item(self, stage: Stage) -> AgendaItem:
        """The question or play that a stage belongs to."""
        return self.agenda.items[stage.item]

    def alone(self, stage: Stage) -> bool:
        """Whether it is a play that each goes through alone."""
        item = self.item(stage)
        return isinstance(item, Play) and not item.together

    def run(self, number: int) -> Run:
        """The story of a play, as it stood when the stage of this number began.

        Raises:
            ValueError: the stage is no play.
        """
        stage = self.stages[number]
        item = self.item(stage)
        if not isinstance(item, Play):
            raise ValueError("a question has no run")
        run = Run.start(item.scenario, self.agenda.policy)
        for earlier in self.stages[:number]:
            if earlier.item == stage.item and earlier.choice is not None:
                run = run.choose(earlier.choice)
        return run

    def prompt(self, number: int) -> Prompt | None:
        """What the stage of this number puts to the room; None where each plays alone."""
        stage = self.stages[number]
        if self.alone(stage):
            return None
        item = self.item(stage)
        return Prompt.of_run(self.run(number)) if isinstance(item, Play) else Prompt.of_question(item)

    def consequences(self, number: int) -> tuple[Passage, ...]:
        """What happened after the room’s choice at a stage, up to the next scene or the ending."""
        choice = self.stages[number].choice
        if choice is None:
            return ()
        before = self.run(number)
        new = before.choose(choice).passages[len(before.passages) :]
        return tuple(passage for passage in new if passage.kind != "scene")

    # What the facilitator may do

    @property
    def allowed(self) -> frozenset[Command]:
        """The steps that make sense now. To reveal a tie takes a decision too."""
        return frozenset(step for step in Command if not self.why_not(step))

    def why_not(self, step: Command) -> str:
        """Why a step makes no sense now, in a sentence; empty if it does."""
        phase, stage = self.phase, self.stage
        if phase is Phase.ENDED:
            return "This room has ended."
        if step is Command.END:
            return ""
        if stage is None:
            return "" if step is Command.NEXT else "The session has not begun. Go on to the first question."
        if step is Command.NEXT:
            return self._why_not_next(stage)
        if step is Command.BACK:
            if self.at == 0:
                return "This is the first question."
            return "Close the vote before you go back." if phase is Phase.OPEN else ""
        if phase is Phase.REVEALED:
            return "The answers have been revealed. Go on to what comes next."
        match step, phase:
            case Command.SKIP, _:
                return ""
            case Command.OPEN, Phase.OPEN:
                return "The vote is open already."
            case Command.OPEN, Phase.CLOSED if self.alone(stage):
                return "Each has played this story. Let them go on playing, or reveal where the paths parted."
            case Command.OPEN, Phase.CLOSED if len(stage.ballots) == VOTES_PER_QUESTION:
                return "There have been two votes on this. Reveal the answers, or reset the second vote."
            case Command.OPEN, _:
                return ""
            case Command.CLOSE | Command.RESET, Phase.OPEN:
                return ""
            case _, Phase.OPEN:
                return "Close the vote first."
            case _, Phase.READY:
                return "Nobody has voted on this yet. Open the vote first."
            case Command.CLOSE, _:
                return "The vote is closed already."
            case Command.REOPEN, _ if stage.bared == len(stage.ballots):
                return "The bars have been seen, so nobody would vote alone. Begin the second vote, or reset this one."
            case Command.SHOW | Command.HIDE, _ if self.alone(stage):
                return "A story that each plays alone has no bars. Reveal where the paths parted."
            case Command.SHOW, _ if stage.shown:
                return "The bars are shown already."
            case Command.HIDE, _ if not stage.shown:
                return "The bars are hidden already."
        return ""

    def _why_not_next(self, stage: Stage) -> str:
        if stage.phase is not Phase.REVEALED and not stage.skipped:
            return "Reveal the answers first, or skip this one."
        if self._following() is None:
            return "That was the last one. End the session for the debrief."
        return ""

    def _following(self) -> int | None:
        """The item that comes after the present stage: the same one while its story goes on."""
        stage = self.stage
        if stage is None:
            return 0
        if stage.choice is not None and not self.run(self.at).choose(stage.choice).over:
            return stage.item
        following = stage.item + 1
        return following if following < len(self.agenda.items) else None

    def _check(self, step: Command) -> None:
        if refusal := self.why_not(step):
            raise RoomError(refusal)

    # The steps; each raises a RoomError where `why_not` says why

    def do(self, step: Command, now: datetime) -> Room:
        """The room after any step but to reveal, which takes the votes."""
        match step:
            case Command.OPEN:
                return self._open()
            case Command.CLOSE:
                self._check(step)
                return self._with(phase=Phase.CLOSED)
            case Command.REOPEN:
                self._check(step)
                return self._with(phase=Phase.OPEN)
            case Command.RESET:
                return self._reset()
            case Command.SHOW:
                self._check(step)
                return self._with(shown=True, bared=self.voting)
            case Command.HIDE:
                self._check(step)
                return self._with(shown=False)
            case Command.REVEAL:
                raise ValueError("to reveal takes the votes")
            case Command.NEXT:
                return self._next()
            case Command.SKIP:
                return self._skip()
            case Command.BACK:
                self._check(step)
                return replace(self, at=self.at - 1, until=None)
            case Command.END:
                return self._end(now)

    def reveal(self, tally: Tally, choice: int | None = None) -> Room:
        """The room after the verdicts were revealed, given the last vote.

        In a play together, what the majority chose happens; of a tie, what the facilitator chooses.

        Raises:
            RoomError: it makes no sense now, a tie was not decided, or the choice is not theirs.
        """
        self._check(Command.REVEAL)
        stage = self.stages[self.at]
        if not isinstance(self.item(stage), Play) or self.alone(stage):
            if choice is not None:
                raise RoomError("Only in a story that the room plays together is there anything to decide.")
            return self._with(phase=Phase.REVEALED, shown=True, bared=self.voting)
        leaders = tally.leaders
        if choice is None and len(leaders) > 1:
            said = "Nobody has voted" if not tally.total else f"{len(leaders)} choices have the same number of votes"
            raise RoomError(f"{said}. Please decide which one happens.")
        if choice is not None and choice not in leaders:
            raise RoomError("The room has chosen something else, and that is what happens.")
        decided = leaders[0] if choice is None else choice
        return self._with(phase=Phase.REVEALED, shown=True, bared=self.voting, choice=decided)

    def timed(self, until: datetime | None) -> Room:
        """The room with the time at which the facilitator would like to close the vote, or without one.

        Raises:
            RoomError: no vote is open.
        """
        if until is not None and self.phase is not Phase.OPEN:
            raise RoomError("A timer runs only while a vote is open.")
        return replace(self, until=until)

    def _open(self) -> Room:
        self._check(Command.OPEN)
        ballot = self.given + 1
        opened = self._with(phase=Phase.OPEN, shown=False, ballots=(*self.stages[self.at].ballots, ballot))
        return replace(opened, given=ballot)

    def _reset(self) -> Room:
        self._check(Command.RESET)
        left = self.stages[self.at].ballots[:-1]
        bared = min(len(left), self.stages[self.at].bared)
        return self._with(phase=Phase.CLOSED if left else Phase.READY, shown=False, ballots=left, bared=bared)

    def _skip(self) -> Room:
        self._check(Command.SKIP)
        phase = Phase.CLOSED if self.phase is Phase.OPEN else self.phase
        skipped = self._with(phase=phase, shown=False, skipped=True)
        return skipped if skipped.why_not(Command.NEXT) else skipped._next()

    def _next(self) -> Room:
        self._check(Command.NEXT)
        item, number = self._following(), self.at + 1
        assert item is not None
        stages = self.stages
        if number == len(stages) or stages[number].item != item:
            stages = (*stages[:number], Stage(item), *stages[number:])
        return replace(self, stages=stages, at=number, until=None)

    def _end(self, now: datetime) -> Room:
        self._check(Command.END)
        ended = self._with(phase=Phase.CLOSED) if self.phase is Phase.OPEN else self
        return replace(ended, ended=now, until=None)

    def _with(self, **changes: Any) -> Room:
        """The room with its present stage changed; nothing done to a stage leaves it skipped, or a timer running."""
        changed = replace(self.stages[self.at], **{"skipped": False} | changes)
        return replace(self, stages=(*self.stages[: self.at], changed, *self.stages[self.at + 1 :]), until=None)

    # Votes

    def check_vote(self, ballot: int, option: int, path: Sequence[int] = ()) -> None:
        """Refuse a vote that does not count. `path` is what this person has chosen so far where each plays alone.

        Raises:
            RoomError: that vote is not open, or has no such option; the message says so to the learner.
        """
        if ballot != self.open_ballot:
            raise RoomError(self.why_no_vote(ballot))
        prompt = self.prompt(self.at)
        if prompt:
            options = len(prompt.options)
        else:
            run = self.run_along(self.stages[self.at], path)
            if run.moment is None:
                raise RoomError("Your story is over. There is nothing left to choose.")
            options = len(run.moment.choices)
        if not 0 <= option < options:
            raise RoomError("There is no such choice.")

    def why_no_vote(self, ballot: int) -> str:
        """Why a vote on this ballot does not count, in a sentence for the learner."""
        if self.ended:
            return "The session has ended, so your vote was not counted."
        if ballot in self.ballots:
            return "The vote was closed before yours came in, so it was not counted."
        return "This vote was taken back by the facilitator, so yours was not counted. Please wait for the next."

    def run_along(self, stage: Stage, path: Sequence[int]) -> Run:
        """The story of a play alone along these choices.

        Raises:
            ValueError: the stage is no play, or its story has no such path.
        """
        item = self.item(stage)
        if not isinstance(item, Play):
            raise ValueError("a question has no run")
        run = Run.start(item.scenario, self.agenda.policy)
        for number in path:
            run = run.choose(number)
        return run

    # Saved

    def to_json(self) -> str:
        """Where it stands, as JSON; the agenda is saved apart, as it never changes."""
        return json.dumps(
            {
                "stages": [asdict(stage) for stage in self.stages],
                "at": self.at,
                "given": self.given,
                "until": format_timestamp(self.until) if self.until else None,
                "ended": format_timestamp(self.ended) if self.ended else None,
            }
        )

    @classmethod
    def from_json(cls, text: str, agenda: Agenda) -> Room:
        """The room that was saved.

        Raises:
            RoomError: it is damaged.
        """
        try:
            saved = json.loads(text)
            stages = tuple(
                Stage(**stage | {"phase": Phase(stage["phase"]), "ballots": tuple(stage["ballots"])})
                for stage in saved["stages"]
            )
            until, ended = (parse_timestamp(saved[name]) if saved[name] else None for name in ("until", "ended"))
            return cls(agenda, stages, saved["at"], saved["given"], until, ended)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise RoomError("This room is damaged, so it cannot be continued.") from None
