"""Scenarios that unfold in time, and the run of a learner through one of them.

A scenario is a story with moments, at each of which the learner chooses, and events, which are what the
employer does. Which moments and events come depends on the time and on what has been done. A `Run` never
changes: choosing gives the next one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from etiquette.judge import (
    ARTICLE,
    AT_THE_INTERVIEW,
    Action,
    Assessment,
    Contact,
    Kind,
    Policy,
    Situation,
    Verdict,
    Word,
    assess,
    open_steps,
)

MOST_CHOICES = 5
STARTING_STANDING = 60
HIGHEST_STANDING = 100
FOR_PERSISTENCE = 20
FOR_A_STEP_LEFT_OPEN = 20


class RunError(ValueError):
    """A saved run cannot be continued. The message is a sentence for the learner."""


@dataclass(frozen=True, slots=True)
class When:
    """At a time since the interview or, with `after`, that much later than something that has happened."""

    time: timedelta
    after: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """That one of these has happened, or none of them: kinds of contact, choices, events, moments."""

    names: tuple[str, ...]
    happened: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """Something the employer does or, without a `word`, news from elsewhere. It happens at `when`."""

    id: str
    when: When
    tells: str
    word: Word | None = Word()
    conditions: tuple[Condition, ...] = ()
    line: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something the learner can do at a moment, in the learner's words, and what comes of it."""

    id: str
    says: str
    action: Action
    then: str = ""
    because: str = ""
    answered: bool = False
    expect: Verdict | None = None
    line: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in the story at which the learner chooses."""

    id: str
    when: When
    scene: str
    choices: tuple[Choice, ...]
    conditions: tuple[Condition, ...] = ()
    line: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Ending:
    """How the story ends, if these conditions hold; the first that fits is told."""

    tells: str
    conditions: tuple[Condition, ...] = ()
    line: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A story about one application. `teaches` is its point, in a sentence for the debrief."""

    id: str
    title: str
    teaches: str
    practises: tuple[str, ...]
    candidate: str
    job: str
    employer: str
    interview: datetime
    story: str
    opening: Situation
    events: tuple[Event, ...]
    moments: tuple[Moment, ...]
    endings: tuple[Ending, ...]
    file: str = ""

    @property
    def happenings(self) -> tuple[Event | Moment, ...]:
        """Everything that can happen; of what comes at the same time, the events first."""
        events: tuple[Event | Moment, ...] = self.events
        return events + self.moments

    @property
    def version(self) -> str:
        """A fingerprint of everything that a saved run depends on."""
        content = (self.opening, self.events, self.moments)
        return hashlib.sha256(repr(content).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the story as told: what kind it is, when it happened, and its words."""

    kind: Literal["story", "event", "scene", "then", "ending"]
    at: timedelta
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a run: where it stood, what was chosen, how it was judged, and what it did to the standing."""

    situation: Situation
    moment: Moment
    number: int
    assessment: Assessment
    standing: int

    @property
    def choice(self) -> Choice:
        """What was chosen."""
        return self.moment.choices[self.number]


@dataclass(frozen=True, slots=True)
class Run:
    """A learner's way through a scenario so far. `moment` is the decision to take, None when it is over.

    `record` holds the name of everything that has happened, with its time; conditions look there.
    `left_open` are the steps that stood open and unused when the scenario ended.
    """

    scenario: Scenario
    policy: Policy
    situation: Situation
    moment: Moment | None = None
    standing: int = STARTING_STANDING
    record: tuple[tuple[str, timedelta], ...] = ()
    steps: tuple[Decision, ...] = ()
    passages: tuple[Passage, ...] = ()
    left_open: tuple[Kind, ...] = ()

    @classmethod
    def start(cls, scenario: Scenario, policy: Policy = ARTICLE) -> Run:
        """A run at its first decision."""
        opening = Passage("story", AT_THE_INTERVIEW, scenario.story)
        done = tuple((contact.kind.value, contact.at) for contact in scenario.opening.contacts)
        return cls(scenario, policy, scenario.opening, record=done, passages=(opening,))._advance()

    @property
    def over(self) -> bool:
        """Whether the story has ended."""
        return self.moment is None

    @property
    def failed(self) -> bool:
        """Whether it ended because the standing was used up."""
        return self.standing == 0 and self.passages[-1].kind != "ending"

    @property
    def choices(self) -> tuple[int, ...]:
        """The numbers chosen so far; with the scenario and the policy they are all there is to a run."""
        return tuple(step.number for step in self.steps)

    def choose(self, number: int) -> Run:
        """The run after making this choice at the present moment.

        Raises:
            ValueError: the run is over, or the moment has no such choice.
        """
        if self.moment is None:
            raise ValueError("the run is over; there is nothing to choose")
        if not 0 <= number < len(self.moment.choices):
            raise ValueError(f"moment {self.moment.id!r} has no choice {number}")
        choice, now = self.moment.choices[number], self.situation.now
        assessment = assess(self.situation, choice.action, self.policy)
        standing = standing_after(self.standing, assessment)
        if choice.action.kind is Kind.LEAVE_MESSAGE and self.situation.last_call:
            standing = max(standing, self.standing)  # its call has been paid for
        step = Decision(self.situation, self.moment, number, assessment, standing)
        situation, record = self.situation, (*self.record, (choice.id, now))
        if choice.action.kind is not Kind.HOLD_BACK:
            situation = situation.after(Contact(choice.action.kind, now, choice.answered))
            record = (*record, (choice.action.kind.value, now))
        chosen = replace(
            self,
            situation=situation,
            moment=None,
            standing=standing,
            record=record,
            steps=(*self.steps, step),
            passages=(*self.passages, *([Passage("then", now, choice.then)] if choice.then else [])),
        )
        return chosen if chosen.failed else chosen._advance(choice.action.until)

    def _advance(self, hold_until: timedelta | None = None) -> Run:
        """Let time pass: events happen, up to the next moment or the end."""
        run = self
        passed: set[str] = set()
        while (upcoming := run._next(passed)) is not None:
            at, what = upcoming
            if not run._holds(what.conditions):
                passed.add(what.id)
            elif isinstance(what, Event):
                run = run._happen(what, at)
            elif hold_until is not None and at < hold_until and not what.when.after:
                passed.add(what.id)
            else:
                return replace(
                    run,
                    situation=run.situation.at(at),
                    moment=what,
                    record=(*run.record, (what.id, at)),
                    passages=(*run.passages, Passage("scene", at, what.scene)),
                )
        return run._end()

    def _next(self, passed: set[str]) -> tuple[timedelta, Event | Moment] | None:
        """The event or moment that comes next, events before moments."""
        happened = dict(self.record)
        upcoming: list[tuple[timedelta, Event | Moment]] = []
        for what in self.scenario.happenings:
            if what.id in happened or what.id in passed:
                continue
            if what.when.after and what.when.after not in happened:
                continue
            at = what.when.time + (happened[what.when.after] if what.when.after else AT_THE_INTERVIEW)
            if at >= self.situation.now:
                upcoming.append((at, what))
        return min(upcoming, key=lambda each: each[0], default=None)

    def _happen(self, event: Event, at: timedelta) -> Run:
        return replace(
            self,
            situation=self.situation.after(replace(event.word, at=at)) if event.word else self.situation.at(at),
            record=(*self.record, (event.id, at)),
            passages=(*self.passages, Passage("event", at, event.tells)),
        )

    def _holds(self, conditions: tuple[Condition, ...]) -> bool:
        happened = {name for name, _ in self.record}
        return all(happened.isdisjoint(condition.names) != condition.happened for condition in conditions)

    def _end(self) -> Run:
        left_open = open_steps(self.situation, self.policy)
        standing = max(0, self.standing - FOR_A_STEP_LEFT_OPEN) if left_open else self.standing
        told = next((each for each in self.scenario.endings if self._holds(each.conditions)), None)
        passages = (*self.passages, Passage("ending", self.situation.now, told.tells)) if told else self.passages
        return replace(self, standing=standing, left_open=left_open, passages=passages)

    def to_json(self) -> str:
        """The run as JSON, to be kept by whoever keeps it."""
        return json.dumps(
            {
                "scenario": self.scenario.id,
                "version": self.scenario.version,
                "policy": self.policy.id,
                "choices": self.choices,
            }
        )

    @classmethod
    def from_json(cls, text: str, scenarios: Mapping[str, Scenario], policies: Mapping[str, Policy]) -> Run:
        """The run that was saved, played again from its choices.

        Raises:
            RunError: it is damaged, or belongs to another version; the message says so to the learner.
        """
        try:
            saved = json.loads(text)
            scenario, version = saved["scenario"], saved["version"]
            policy, choices = saved["policy"], saved["choices"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise RunError("This saved run is damaged, so it cannot be continued.") from None
        if not isinstance(scenario, str) or scenario not in scenarios:
            raise RunError("This saved run belongs to a scenario that is not here.")
        if not isinstance(policy, str) or policy not in policies:
            raise RunError("This saved run was judged by a policy that is not here.")
        if version != scenarios[scenario].version:
            raise RunError(
                f"“{scenarios[scenario].title}” has been revised since this run was saved. Please play it again."
            )
        run = cls.start(scenarios[scenario], policies[policy])
        if not isinstance(choices, list) or not all(type(number) is int for number in choices):
            raise RunError("This saved run is damaged, so it cannot be continued.")
        for number in choices:
            try:
                run = run.choose(number)
            except ValueError:
                raise RunError("This saved run does not fit its scenario, so it cannot be continued.") from None
        return run


def standing_after(standing: int, assessment: Assessment) -> int:
    """The standing after a step that was judged so: up for persistence, unchanged for patience, else down."""
    match assessment.verdict:
        case Verdict.PERSISTENT:
            return min(HIGHEST_STANDING, standing + FOR_PERSISTENCE)
        case Verdict.PATIENT:
            return standing
    return max(0, standing - round(0.3 * (100 - assessment.credit)))


def best_choice(step: Decision, policy: Policy) -> Choice:
    """The choice that would have done most for the standing then, and of equals for the credit."""

    def worth(choice: Choice) -> tuple[int, int]:
        assessment = assess(step.situation, choice.action, policy)
        return standing_after(STARTING_STANDING, assessment), assessment.credit

    return max((step.choice, *step.moment.choices), key=worth)
