"""Scenarios that unfold in time, and a learner's run through one of them.

A scenario is a story made of moments, where the learner chooses, and events, where something happens to them. Time and
the learner's choices decide which of them occur. A `Run` is immutable: each choice returns a new one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from etiquette.judge import (
    ARTICLE,
    AT_THE_INTERVIEW,
    ON_THAT_CALL,
    Action,
    Assessment,
    Contact,
    Kind,
    Policy,
    Situation,
    Verdict,
    Word,
    assess,
)

MOST_CHOICES = 5
STARTING_STANDING = 60
HIGHEST_STANDING = 100
LOWEST_STANDING = 10  # without repeated contact
PERSISTENCE_BONUS = 20
WORDS_A_MINUTE = 180  # at which a learner reads
WORDS_OF_FEEDBACK = 50  # on one choice


class RunError(ValueError):
    """A saved run cannot be continued. The message is shown to the learner."""


@dataclass(frozen=True, slots=True)
class When:
    """A time: `time` after the interview or, with `after`, that long after the occurrence or contact it names."""

    time: timedelta
    after: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Requires that at least one of `names` has happened or, without `happened`, that none has.

    A name is a kind of contact, or the id of a choice, an event or a moment.
    """

    names: tuple[str, ...]
    happened: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """Something the employer does or, if `word` is None, news from elsewhere. `tells` is its text in the story."""

    id: str
    when: When
    tells: str
    word: Word | None = Word()
    conditions: tuple[Condition, ...] = ()
    line: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """An action the learner can choose at a moment.

    `says` is its label, `then` what happens next in the story, `because` the author's addition to the feedback,
    `answered` whether somebody picks up a call, and `expect` the verdict that the checker holds it to.
    """

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


Occurrence = Event | Moment


class Ends(StrEnum):
    """How an ending leaves the candidate: with what they hoped for, with something to hope for, or with neither."""

    WELL = "well"
    OPEN = "open"
    BADLY = "badly"


@dataclass(frozen=True, slots=True)
class Ending:
    """A way for the story to end. The first ending whose conditions hold is the one told.

    `ends` is what the checker holds it to, `standing` the least that it needs. `chance` means that it does not follow
    from what the learner did, which its text has to say.
    """

    tells: str
    ends: Ends | None = None
    conditions: tuple[Condition, ...] = ()
    standing: int = 0
    chance: bool = False
    line: int = field(default=0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A story about one application. `teaches` is its lesson, in one sentence for the debrief.

    `practises` are ids of guidelines, `interview` is local time, `story` the introduction, `opening` the situation in
    which the story begins, and `file` the path it was read from.
    """

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
    def occurrences(self) -> tuple[Occurrence, ...]:
        """All events, then all moments. At the same time, the first in this order occurs first."""
        return (*self.events, *self.moments)

    @property
    def minutes(self) -> int:
        """About how long it takes to play: the time to read everything but the outcomes of choices not taken."""
        texts = [self.story, *(event.tells for event in self.events), self.endings[0].tells]
        for moment in self.moments:
            texts += [moment.scene, moment.choices[0].then, *(choice.says for choice in moment.choices)]
        words = sum(len(text.split()) for text in texts) + WORDS_OF_FEEDBACK * len(self.moments)
        return round(words / WORDS_A_MINUTE) or 1

    @property
    def version(self) -> str:
        """A hash of everything that a saved run depends on."""
        content = (self.opening, self.events, self.moments)
        return hashlib.sha256(repr(content).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the story as it is told. `at` is when it happened."""

    kind: Literal["story", "event", "scene", "then", "ending"]
    at: timedelta
    text: str


@dataclass(frozen=True, slots=True)
class JudgedChoice:
    """One decision in a run, with its assessment.

    `situation` is as it was before the choice, `number` the index of the choice, `standing` the standing afterwards.
    """

    situation: Situation
    moment: Moment
    number: int
    assessment: Assessment
    standing: int

    @property
    def choice(self) -> Choice:
        """The choice that was made."""
        return self.moment.choices[self.number]


@dataclass(frozen=True, slots=True)
class Run:
    """A learner's path through a scenario so far. `moment` is where they choose next, None once the story has ended.

    `history` lists the names of everything that has happened, with times; conditions are checked against it. `ending`
    is the one told, None before the end and for a story that ended early.
    """

    scenario: Scenario
    policy: Policy
    situation: Situation
    moment: Moment | None = None
    standing: int = STARTING_STANDING
    history: tuple[tuple[str, timedelta], ...] = ()
    decisions: tuple[JudgedChoice, ...] = ()
    passages: tuple[Passage, ...] = ()
    ending: Ending | None = None

    @classmethod
    def start(cls, scenario: Scenario, policy: Policy = ARTICLE) -> Run:
        """A new run, at its first moment."""
        story = Passage("story", AT_THE_INTERVIEW, scenario.story)
        history = tuple((contact.kind.value, contact.at) for contact in scenario.opening.contacts)
        return cls(scenario, policy, scenario.opening, history=history, passages=(story,))._advance()

    @property
    def over(self) -> bool:
        """Whether the story has ended."""
        return self.moment is None

    @property
    def failed(self) -> bool:
        """Whether the story ended early because the standing fell to 0."""
        return self.standing == 0 and self.ending is None

    @property
    def since(self) -> int:
        """The index of the first passage that is new since the last decision."""
        scenes = [index for index, passage in enumerate(self.passages) if passage.kind == "scene"]
        return scenes[len(self.decisions) - 1] + 1 if self.decisions else 0

    @property
    def choices(self) -> tuple[int, ...]:
        """The indexes of the choices made so far. With scenario and policy, they determine the whole run."""
        return tuple(decision.number for decision in self.decisions)

    def choose(self, number: int) -> Run:
        """The run after the choice with this index at the current moment.

        Raises:
            ValueError: The run is over, or the moment has no such choice.
        """
        if self.moment is None:
            raise ValueError("the run is over; there is nothing to choose")
        if not 0 <= number < len(self.moment.choices):
            raise ValueError(f"moment {self.moment.id!r} has no choice {number}")
        choice, now = self.moment.choices[number], self.situation.now
        assessment = assess(self.situation, choice.action, self.policy)
        standing = standing_after(self.standing, assessment, repeated=is_repeated(self.situation, choice.action.kind))
        if choice.action.kind is Kind.LEAVE_MESSAGE and self.situation.call_without_message(ON_THAT_CALL):
            standing = max(standing, self.standing)  # the call it belongs to has already cost standing
        decision = JudgedChoice(self.situation, self.moment, number, assessment, standing)
        situation, history = self.situation, (*self.history, (choice.id, now))
        if choice.action.kind is not Kind.HOLD_BACK:
            situation = situation.after(Contact(choice.action.kind, now, choice.answered))
            history = (*history, (choice.action.kind.value, now))
        chosen = replace(
            self,
            situation=situation,
            moment=None,
            standing=standing,
            history=history,
            decisions=(*self.decisions, decision),
            passages=(*self.passages, *([Passage("then", now, choice.then)] if choice.then else [])),
        )
        return chosen if chosen.failed else chosen._advance(choice.action.until)

    def _advance(self, hold_until: timedelta | None = None) -> Run:
        """Let time pass up to the next moment or the end. Moments before `hold_until` are skipped."""
        run = self
        skipped: set[str] = set()
        while (upcoming := run._next_occurrence(skipped)) is not None:
            at, occurrence = upcoming
            if not run._satisfies(occurrence.conditions):
                skipped.add(occurrence.id)
            elif isinstance(occurrence, Event):
                run = run._after_event(occurrence, at)
            elif hold_until is not None and at < hold_until and not occurrence.when.after:
                skipped.add(occurrence.id)
            else:
                return replace(
                    run,
                    situation=run.situation.at(at),
                    moment=occurrence,
                    history=(*run.history, (occurrence.id, at)),
                    passages=(*run.passages, Passage("scene", at, occurrence.scene)),
                )
        return run._ended()

    def _next_occurrence(self, skipped: set[str]) -> tuple[timedelta, Occurrence] | None:
        """The earliest event or moment that can still occur, with its time."""
        happened = dict(self.history)
        upcoming: list[tuple[timedelta, Occurrence]] = []
        for occurrence in self.scenario.occurrences:
            when = occurrence.when
            if occurrence.id in happened or occurrence.id in skipped or (when.after and when.after not in happened):
                continue
            at = when.time + (happened[when.after] if when.after else AT_THE_INTERVIEW)
            if at >= self.situation.now:
                upcoming.append((at, occurrence))
        return min(upcoming, key=lambda each: each[0], default=None)

    def _after_event(self, event: Event, at: timedelta) -> Run:
        return replace(
            self,
            situation=self.situation.after(replace(event.word, at=at)) if event.word else self.situation.at(at),
            history=(*self.history, (event.id, at)),
            passages=(*self.passages, Passage("event", at, event.tells)),
        )

    def _satisfies(self, conditions: tuple[Condition, ...]) -> bool:
        happened = {name for name, _ in self.history}
        return all(happened.isdisjoint(condition.names) != condition.happened for condition in conditions)

    def _ended(self) -> Run:
        for ending in self.scenario.endings:
            if self.standing >= ending.standing and self._satisfies(ending.conditions):
                told = Passage("ending", self.situation.now, ending.tells)
                return replace(self, ending=ending, passages=(*self.passages, told))
        return self

    def to_json(self) -> str:
        """The run as JSON; `from_json` restores it."""
        ids = {"scenario": self.scenario.id, "version": self.scenario.version, "policy": self.policy.id}
        return json.dumps(ids | {"choices": self.choices})

    @classmethod
    def from_json(cls, text: str, scenarios: Mapping[str, Scenario], policies: Mapping[str, Policy]) -> Run:
        """Restore a saved run by replaying its choices.

        Raises:
            RunError: The text is damaged, its scenario or policy is unknown, or the scenario has changed since.
        """
        damaged = RunError("This saved story is damaged, so you can’t go on with it. Please start it again.")
        try:
            saved = json.loads(text)
            scenario, policy = scenarios.get(str(saved["scenario"])), policies.get(str(saved["policy"]))
            version, choices = saved["version"], saved["choices"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise damaged from None
        if scenario is None:
            raise RunError("You saved a story that isn’t available here.")
        if policy is None:
            raise RunError("This saved story was judged by guidelines that aren’t available here.")
        if version != scenario.version:
            raise RunError(f"“{scenario.title}” has changed since you saved it. Please start it again.")
        if not isinstance(choices, list) or not all(type(number) is int for number in choices):
            raise damaged
        run = cls.start(scenario, policy)
        for number in choices:
            try:
                run = run.choose(number)
            except ValueError:
                raise damaged from None
        return run


def standing_after(standing: int, assessment: Assessment, *, repeated: bool = False) -> int:
    """The standing after a step with this assessment: up if persistent, unchanged if patient, otherwise down.

    Only repeated contact takes it below 10.
    """
    match assessment.verdict:
        case Verdict.PERSISTENT:
            return min(HIGHEST_STANDING, standing + PERSISTENCE_BONUS)
        case Verdict.PATIENT:
            return standing
    lowest = 0 if repeated else min(standing, LOWEST_STANDING)
    return max(lowest, standing - round(0.3 * (100 - assessment.credit)))


def is_repeated(situation: Situation, kind: Kind) -> bool:
    """Whether this would be unasked contact of a kind that has already been made in this round.

    A voicemail belongs to the call just made. To leave one later takes another call.
    """
    match kind:
        case Kind.SEND_REFERENCES if situation.references_owed_since is not None:
            return False
        case Kind.REPLY if situation.unanswered or situation.answer_owed:
            return False
        case Kind.INVITED_CALL if situation.invitation:
            return False
        case Kind.CALL_AGAIN:
            return situation.last_call is not None
        case Kind.CALL | Kind.INVITED_CALL:
            return situation.unasked_call is not None
        case Kind.LEAVE_MESSAGE:
            return situation.last_call is not None and not situation.call_without_message(ON_THAT_CALL)
    return situation.latest(kind) is not None


def value_of(assessment: Assessment) -> tuple[int, int]:
    """How good a step with this assessment is, to compare it with others: what it does to the standing, its credit."""
    return standing_after(STARTING_STANDING, assessment), assessment.credit


def best_choice(decision: JudgedChoice, policy: Policy) -> Choice:
    """The choice that would have raised the standing most at that moment; credit breaks ties."""
    choices = (decision.choice, *decision.moment.choices)
    return max(choices, key=lambda choice: value_of(assess(decision.situation, choice.action, policy)))
