"""The rules of a session: its state, which commands the facilitator may give, and which votes count.

A `Room` is immutable: each command produces the next one, or is refused with a sentence. It holds neither people nor
votes. `snapshots` decides who may see what; `store` persists it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from etiquette.practice import format_timestamp, parse_timestamp
from etiquette.room.agenda import Agenda, AgendaItem, FreeQuestion, Play
from etiquette.room.errors import RoomError
from etiquette.room.prompt import Prompt
from etiquette.room.votes import Tally
from etiquette.stories import Passage, Run

VOTES_PER_QUESTION = 2  # the first alone, the second after talking to a neighbour (peer instruction)
DAMAGED_STATE = "The saved state of this room is damaged. The facilitator will need to open a new one."
UNDO_WITHIN = timedelta(seconds=10)


class Phase(StrEnum):
    """The phase of a room, or of one of its stages."""

    LOBBY = "lobby"
    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"
    ENDED = "ended"


class Command(StrEnum):
    """What the facilitator can do. OPEN begins the first vote and, once that is closed, the second.

    UNDO takes back a RESET, SKIP or END, within ten seconds and before any other command.
    """

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
    UNDO = "undo"


UNDOABLE = (Command.RESET, Command.SKIP, Command.END)


@dataclass(frozen=True, slots=True)
class Stage:
    """One decision of the room, or a story that each person plays alone. `item` is an index into the agenda's items.

    `ballots` are the ids of its first and second vote. `shown` says whether their bars are on screen now, `ever_shown`
    how many of the ballots have had their bars on screen. `choice` is what the room chose in a story played together.
    """

    item: int
    phase: Phase = Phase.READY
    ballots: tuple[int, ...] = ()
    shown: bool = False
    ever_shown: int = 0
    choice: int | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """The state of a session: the stages it has reached, and which of them is on screen.

    `current` is an index into `stages`, -1 in the lobby. `ballots_issued` is the last ballot id that was handed out.
    `until` is when the facilitator plans to close the vote; nothing happens automatically at that time. `before` is the
    room as it was before a command that can be undone until `undo_until`; both are None after any other command.
    """

    agenda: Agenda
    stages: tuple[Stage, ...] = ()
    current: int = -1
    ballots_issued: int = 0
    until: datetime | None = None
    ended: datetime | None = None
    before: Room | None = None
    undo_until: datetime | None = None

    # State

    @property
    def phase(self) -> Phase:
        """The phase of the current stage; LOBBY before the first, ENDED after the session."""
        if self.ended:
            return Phase.ENDED
        return self.stage.phase if self.stage else Phase.LOBBY

    @property
    def stage(self) -> Stage | None:
        """The current stage; None in the lobby."""
        return self.stages[self.current] if self.current >= 0 else None

    @property
    def open_ballot(self) -> int | None:
        """The ballot that is open for votes now, if there is one."""
        return self.stages[self.current].ballots[-1] if self.phase is Phase.OPEN else None

    @property
    def vote_number(self) -> int:
        """The number of the current stage's latest vote, 1 or 2; 0 before the first."""
        return len(self.stage.ballots) if self.stage else 0

    @property
    def ballots(self) -> frozenset[int]:
        """Every ballot whose votes count; those that were reset are not among them."""
        return frozenset(ballot for stage in self.stages for ballot in stage.ballots)

    @property
    def shows_debrief(self) -> bool:
        """Whether learners see their own debrief: at the end, and after the reveal of a story played alone."""
        return self.phase is Phase.ENDED or bool(
            self.stage and self.stage.phase is Phase.REVEALED and self.alone(self.stage)
        )

    def item(self, stage: Stage) -> AgendaItem:
        """The question or play that a stage belongs to."""
        return self.agenda.items[stage.item]

    def alone(self, stage: Stage) -> bool:
        """Whether a stage is a story that each person plays alone."""
        item = self.item(stage)
        return isinstance(item, Play) and not item.together

    def run(self, index: int) -> Run:
        """The room's run of a story played together, as it stood when the stage of this index began. Raises
        `ValueError` if the stage is a question.
        """
        stage = self.stages[index]
        earlier = (each for each in self.stages[:index] if each.item == stage.item)
        return self.replay(stage, [each.choice for each in earlier if each.choice is not None])

    def replay(self, stage: Stage, path: Sequence[int]) -> Run:
        """The run of a stage's story along a path of choices. Raises `ValueError` if the stage is a question, or the
        story has no such path.
        """
        item = self.item(stage)
        if not isinstance(item, Play):
            raise ValueError("a question has no run")
        run = Run.start(item.scenario, self.agenda.policy)
        for choice in path:
            run = run.choose(choice)
        return run

    def prompt(self, index: int) -> Prompt | None:
        """The decision that the room votes on at the stage of this index; None where each person plays alone."""
        stage = self.stages[index]
        if self.alone(stage):
            return None
        match self.item(stage):
            case Play():
                return Prompt.of_run(self.run(index))
            case FreeQuestion() as question:
                return Prompt.of_free_question(question)
            case question:
                return Prompt.of_question(question)

    def consequences(self, index: int) -> tuple[Passage, ...]:
        """What happened after the room's choice at a stage, up to the next scene or the ending."""
        choice = self.stages[index].choice
        if choice is None:
            return ()
        before = self.run(index)
        new = before.choose(choice).passages[len(before.passages) :]
        return tuple(passage for passage in new if passage.kind != "scene")

    # What the facilitator may do

    @property
    def allowed(self) -> frozenset[Command]:
        """The commands that are possible now. REVEAL may need a choice too, if there is a tie."""
        return frozenset(command for command in Command if not self.why_not(command))

    def why_not(self, command: Command) -> str:
        """Why a command is refused now, as a sentence; empty if it is allowed."""
        phase, stage = self.phase, self.stage
        if command is Command.UNDO:
            return "" if self.before else "There’s nothing to undo."
        if phase is Phase.ENDED:
            return "The session has ended."
        if command is Command.END:
            return ""
        if stage is None:
            return "" if command is Command.NEXT else "The session hasn’t begun yet. Go to the first question."
        if command is Command.NEXT:
            return self._why_not_next(stage)
        if command is Command.BACK:
            if self.current == 0:
                return "This is the first question."
            return "Close the vote before you go back." if phase is Phase.OPEN else ""
        if phase is Phase.REVEALED:
            return "The answers are already on screen. Go on to the next one."
        match command, phase:
            case Command.SKIP, _:
                return ""
            case Command.OPEN, Phase.OPEN:
                return "The vote is already open."
            case Command.OPEN, Phase.CLOSED if self.alone(stage):
                return "Everyone has had a turn at this story. Reopen it to let them play on, or show the answers."
            case Command.OPEN, Phase.CLOSED if len(stage.ballots) == VOTES_PER_QUESTION:
                return "You’ve had two votes on this already. Show the answers, or clear the second vote."
            case Command.OPEN, _:
                return ""
            case Command.CLOSE | Command.RESET, Phase.OPEN:
                return ""
            case _, Phase.OPEN:
                return "Close the vote first."
            case _, Phase.READY:
                return "Nobody has voted on this yet. Open the vote first."
            case Command.CLOSE, _:
                return "The vote is already closed."
            case Command.REOPEN, _ if stage.ever_shown == len(stage.ballots):
                return "You can’t reopen a vote once people have seen the result. Clear it to start again."
            case Command.SHOW | Command.HIDE, _ if self.alone(stage):
                return "Everyone plays this story alone, so there are no votes to show. Show the answers instead."
            case Command.SHOW, _ if stage.shown:
                return "The votes are already on screen."
            case Command.HIDE, _ if not stage.shown:
                return "The votes are already hidden."
        return ""

    def _why_not_next(self, stage: Stage) -> str:
        if stage.phase is not Phase.REVEALED and not stage.skipped:
            return "Show the answers first, or skip this one."
        if self._next_item() is None:
            return "That was the last one. End the session to see the debrief."
        return ""

    def _next_item(self) -> int | None:
        """The index of the next stage's item: the same item while its story goes on, None after the last one."""
        stage = self.stage
        if stage is None:
            return 0
        if stage.choice is not None and not self.run(self.current).choose(stage.choice).over:
            return stage.item
        following = stage.item + 1
        return following if following < len(self.agenda.items) else None

    def _check(self, command: Command) -> None:
        if refusal := self.why_not(command):
            raise RoomError(refusal)

    # Commands

    def do(self, command: Command, now: datetime) -> Room:
        """The room after any command except REVEAL. Raises `RoomError` with the text of `why_not` if the command is
        refused now. Raises `ValueError` if the command is REVEAL, which needs the votes; see `reveal`.
        """
        if command is Command.REVEAL:
            raise ValueError("REVEAL needs the votes: call reveal()")
        self._check(command)
        if command is Command.UNDO:
            return self._undo(now)
        done = replace(self._done(command, now), before=None, undo_until=None)
        if command not in UNDOABLE:
            return done
        return replace(done, before=replace(self, before=None, undo_until=None), undo_until=now + UNDO_WITHIN)

    def _done(self, command: Command, now: datetime) -> Room:
        match command:
            case Command.OPEN:
                ballot = self.ballots_issued + 1
                opened = self._with(phase=Phase.OPEN, shown=False, ballots=(*self.stages[self.current].ballots, ballot))
                return replace(opened, ballots_issued=ballot)
            case Command.CLOSE:
                return self._with(phase=Phase.CLOSED)
            case Command.REOPEN:
                return self._with(phase=Phase.OPEN)
            case Command.RESET:
                return self._reset()
            case Command.SHOW:
                return self._with(shown=True, ever_shown=self.vote_number)
            case Command.HIDE:
                return self._with(shown=False)
            case Command.NEXT:
                return self._next()
            case Command.SKIP:
                return self._skip()
            case Command.BACK:
                return replace(self, current=self.current - 1, until=None)
            case Command.END:
                closed = self._with(phase=Phase.CLOSED) if self.phase is Phase.OPEN else self
                return replace(closed, ended=now, until=None)
        raise ValueError(command)

    def _undo(self, now: datetime) -> Room:
        assert self.before is not None
        assert self.undo_until is not None
        if now > self.undo_until:
            seconds = UNDO_WITHIN // timedelta(seconds=1)
            raise RoomError(f"You can undo that for {seconds} seconds only.")
        return replace(self.before, ballots_issued=self.ballots_issued)

    def reveal(self, tally: Tally, choice: int | None = None) -> Room:
        """The room after the verdicts were revealed, given the tally of the last vote.

        In a story played together the majority's choice happens or, if there is a tie, `choice`. Raises `RoomError` if
        REVEAL is refused now, a tie has not been decided, or the choice is not one of the leaders.
        """
        self._check(Command.REVEAL)
        return replace(self._revealed(tally, choice), before=None, undo_until=None)

    def _revealed(self, tally: Tally, choice: int | None) -> Room:
        stage = self.stages[self.current]
        if not isinstance(self.item(stage), Play) or self.alone(stage):
            if choice is not None:
                raise RoomError("You can only decide a tie in a story that the room plays together.")
            return self._with(phase=Phase.REVEALED, shown=True, ever_shown=self.vote_number)
        leaders = tally.leaders
        if choice is None and len(leaders) > 1:
            problem = f"It’s a tie between {len(leaders)} choices" if tally.total else "Nobody has voted"
            raise RoomError(f"{problem}. Please choose what happens next.")
        if choice is not None and choice not in leaders:
            raise RoomError("The room voted for something else, and that’s what happens next.")
        decided = leaders[0] if choice is None else choice
        return self._with(phase=Phase.REVEALED, shown=True, ever_shown=self.vote_number, choice=decided)

    def with_timer(self, until: datetime | None) -> Room:
        """The room with a time at which the facilitator plans to close the vote, or without one. Raises `RoomError` if
        no vote is open.
        """
        if until is not None and self.phase is not Phase.OPEN:
            raise RoomError("You can only set a timer while a vote is open.")
        return replace(self, until=until)

    def _reset(self) -> Room:
        left = self.stages[self.current].ballots[:-1]
        ever_shown = min(len(left), self.stages[self.current].ever_shown)
        phase = Phase.CLOSED if left else Phase.READY
        return self._with(phase=phase, shown=False, ballots=left, ever_shown=ever_shown)

    def _skip(self) -> Room:
        phase = Phase.CLOSED if self.phase is Phase.OPEN else self.phase
        skipped = self._with(phase=phase, shown=False, skipped=True)
        return skipped if skipped.why_not(Command.NEXT) else skipped._next()

    def _next(self) -> Room:
        item, index = self._next_item(), self.current + 1
        assert item is not None
        stages = self.stages
        if index == len(stages) or stages[index].item != item:
            stages = (*stages[:index], Stage(item), *stages[index:])
        return replace(self, stages=stages, current=index, until=None)

    def _with(self, **changes: Any) -> Room:
        """The room with its current stage changed: without a timer and, unless `changes` skip it, not skipped."""
        changed = replace(self.stages[self.current], **{"skipped": False} | changes)
        stages = (*self.stages[: self.current], changed, *self.stages[self.current + 1 :])
        return replace(self, stages=stages, until=None)

    # Votes

    def check_vote(self, ballot: int, option: int, path: Sequence[int] = ()) -> None:
        """Refuse a vote that does not count. `path` is this person's earlier choices where each plays alone. Raises
        `RoomError` if the ballot is not open, or has no such option; the message tells the learner.
        """
        if ballot != self.open_ballot:
            raise RoomError(self.why_no_vote(ballot))
        prompt = self.prompt(self.current)
        if prompt:
            options = len(prompt.options)
        else:
            run = self.replay(self.stages[self.current], path)
            if run.moment is None:
                raise RoomError("Your story is over, so there’s nothing left to choose.")
            options = len(run.moment.choices)
        if not 0 <= option < options:
            raise RoomError("That isn’t one of the choices. Please pick another.")

    def why_no_vote(self, ballot: int) -> str:
        """Why a vote on this ballot does not count, as a sentence for the learner."""
        if self.ended:
            return "The session has ended, so your vote wasn’t counted."
        stage = next((stage for stage in self.stages if ballot in stage.ballots), None)
        if stage is None:
            return "The facilitator cleared that vote, so yours wasn’t counted. Please wait for the next one."
        item = self.item(stage)
        about = f"“{item.scenario.title}”" if isinstance(item, Play) else f"question {stage.item + 1}"
        if self.alone(stage):
            return f"The time for {about} was over before your choice reached us, so it wasn’t counted."
        vote = ("first", "second")[stage.ballots.index(ballot)]
        return f"The {vote} vote on {about} closed before yours reached us, so it wasn’t counted."

    # Saved state

    def to_json(self) -> str:
        """The state as JSON, without the agenda, which never changes and is saved separately."""
        return json.dumps(
            {
                "stages": [_stage_to_json(stage) for stage in self.stages],
                "at": self.current,
                "given": self.ballots_issued,
                "until": format_timestamp(self.until) if self.until else None,
                "ended": format_timestamp(self.ended) if self.ended else None,
                "before": self.before.to_json() if self.before else None,
                "undo_until": format_timestamp(self.undo_until) if self.undo_until else None,
            }
        )

    @classmethod
    def from_json(cls, text: str, agenda: Agenda) -> Room:
        """The room with this agenda, in a state that `to_json` saved. Raises `RoomError` if that is damaged."""
        try:
            saved = json.loads(text)
            stages = tuple(_stage_from_json(**stage) for stage in saved["stages"])
            until, ended, undo_until = (
                parse_timestamp(saved[name]) if saved.get(name) else None for name in ("until", "ended", "undo_until")
            )
            if not (-1 <= saved["at"] < len(stages) and all(0 <= each.item < len(agenda.items) for each in stages)):
                raise ValueError("no such stage or item")
            before = cls.from_json(saved["before"], agenda) if saved.get("before") else None
            return cls(agenda, stages, saved["at"], saved["given"], until, ended, before, undo_until)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise RoomError(DAMAGED_STATE) from None


def _stage_to_json(stage: Stage) -> dict[str, Any]:
    return {"bared" if name == "ever_shown" else name: value for name, value in asdict(stage).items()}


def _stage_from_json(phase: str, ballots: list[int], bared: int = 0, **stage: Any) -> Stage:
    return Stage(phase=Phase(phase), ballots=tuple(ballots), ever_shown=bared, **stage)
