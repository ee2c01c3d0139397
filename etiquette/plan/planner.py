"""Plans the follow-up of the learner's own application: what to do now, what not to do yet, and what comes after.

The planner asks the judge which step is right next, assumes that it is taken, and asks again until no step is left. The
judge says from when a step is right; the planner adds a suggested time in office hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import takewhile

from etiquette.judge import (
    A_DAY,
    A_MINUTE,
    ANSWERS,
    ARTICLE,
    AT_THE_INTERVIEW,
    TIMED_STEPS,
    Action,
    Assessment,
    Contact,
    Finding,
    Kind,
    Policy,
    Situation,
    Verdict,
    assess,
    open_steps,
    quiet_period,
)
from etiquette.plan.application import Application
from etiquette.plan.local_time import elapsed, later

OPENS, CLOSES = time(9), time(17)
SATURDAY = 5
# Emails that the employer is waiting for are sent at any hour; everything else waits for office hours.
AT_ONCE = frozenset({Kind.SEND_REFERENCES, Kind.REPLY})
# The steps that a plan warns against while they would be wrong.
TEMPTING = (Kind.THANK_YOU_EMAIL, Kind.CALL, Kind.STATUS_EMAIL, Kind.SEND_REFERENCES)


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a plan. It is right from `right_from`; `suggested` is a good time. Both are in the employer's zone.

    `assessment` is for taking it at the suggested time, after the steps before it. `instead` is an alternative for
    learners who would rather not take this step.
    """

    kind: Kind
    right_from: datetime
    suggested: datetime
    assessment: Assessment
    instead: Kind | None = None

    @property
    def why(self) -> str:
        """The judge's reason for taking it at the suggested time."""
        return self.assessment.reason


@dataclass(frozen=True, slots=True)
class NotYet:
    """A step that would be wrong now. `until` is when it becomes right; None if it does not."""

    kind: Kind
    until: datetime | None
    finding: Finding

    @property
    def why(self) -> str:
        """The judge's reason why it would be wrong now."""
        return self.finding.reason


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do `now`, what not to do yet, and what comes `after`.

    `at` is when the plan was made, to the minute. `hold_back_now` assesses holding back until the first step,
    `hold_back_after` holding back once every step has been taken.
    """

    application: Application
    policy: Policy
    at: datetime
    now: tuple[PlanStep, ...]
    not_yet: tuple[NotYet, ...]
    after: tuple[PlanStep, ...]
    hold_back_now: Assessment
    hold_back_after: Assessment

    @property
    def steps(self) -> tuple[PlanStep, ...]:
        """All steps, in the order in which to take them."""
        return self.now + self.after

    @property
    def in_short(self) -> list[str]:
        """A line for each step: 'call: Thursday 12 March, 11:00'."""
        return [
            f"{step.kind}: {step.suggested:%A} {step.suggested.day} {step.suggested:%B, %H:%M}" for step in self.steps
        ]

    @property
    def situation(self) -> Situation:
        """The situation that the judge assessed."""
        return self.application.situation(self.at)


def plan(application: Application, now: datetime, policy: Policy = ARTICLE) -> Plan:
    """The plan for an application at this time.

    Raises:
        ValueError: Something in the application has not happened yet.
    """
    start = application.situation(now)
    start = start.at(-(-start.now // A_MINUTE) * A_MINUTE)  # round up to a whole minute
    possible: list[_PossibleStep] = []
    situation = start
    while step := _next_step(application, situation, tuple(each.kind for each in possible), policy):
        possible.append(step)
        situation = situation.after(Contact(step.kind, step.suggested))
    due = sum(1 for _ in takewhile(lambda each: each.earliest <= start.now, possible))
    steps = tuple(each.to_plan_step(application) for each in possible)
    until = possible[0].suggested if possible else None
    return Plan(
        application=application,
        policy=policy,
        at=later(application.interview, start.now),
        now=steps[:due],
        not_yet=tuple(_not_yet(application, start, {step.kind for step in steps[:due]}, policy)),
        after=steps[due:],
        hold_back_now=assess(start, Action(Kind.HOLD_BACK, until), policy),
        hold_back_after=assess(situation.at(situation.now + A_DAY) if steps else start, Action(Kind.HOLD_BACK), policy),
    )


@dataclass(frozen=True, slots=True)
class _PossibleStep:
    """A `PlanStep` in times since the interview. `earliest` is when it can follow the steps before it in the plan."""

    kind: Kind
    right_from: timedelta
    earliest: timedelta
    suggested: timedelta
    assessment: Assessment
    instead: Kind | None

    def to_plan_step(self, application: Application) -> PlanStep:
        right_from, suggested = (later(application.interview, each) for each in (self.right_from, self.suggested))
        return PlanStep(self.kind, right_from, suggested, self.assessment, self.instead)


def _next_step(
    application: Application, situation: Situation, taken: tuple[Kind, ...], policy: Policy
) -> _PossibleStep | None:
    """The step with the earliest suggested time; `_kinds_by_priority` breaks ties. None if no step is left."""
    steps = []
    for kind in _kinds_by_priority(situation, taken, policy):
        right_from = None if kind in taken else _right_from(situation, kind, policy)
        if right_from is not None:
            earliest = max(right_from, situation.now)
            if taken and kind in TIMED_STEPS:
                earliest = max(earliest, situation.now + A_DAY)  # unasked contact keeps a day from other steps
            at = _suggested_time(application, situation, kind, earliest, policy)
            assessment = assess(situation.at(at), Action(kind), policy)
            instead = _alternative(situation.at(at), kind, policy)
            steps.append(_PossibleStep(kind, right_from, earliest, at, assessment, instead))
    return min(steps, key=lambda step: step.suggested, default=None)


def _alternative(situation: Situation, kind: Kind, policy: Policy) -> Kind | None:
    """A status email instead of a call, if that is right too."""
    status = assess(situation, Action(Kind.STATUS_EMAIL), policy)
    return Kind.STATUS_EMAIL if kind is Kind.CALL and status.verdict is Verdict.PERSISTENT else None


def _kinds_by_priority(situation: Situation, taken: tuple[Kind, ...], policy: Policy) -> Iterator[Kind]:
    """The kinds of step that a plan can suggest, the most important first."""
    yield Kind.SEND_REFERENCES
    unanswered, invitation = situation.unanswered, situation.invitation
    if unanswered and not (unanswered.invites_call and invitation):
        is_latest = situation.last_contact <= unanswered.at
        if unanswered.asks or (is_latest and Kind.THANK_YOU_EMAIL not in open_steps(situation, policy)):
            yield Kind.REPLY
    if invitation:
        yield Kind.INVITED_CALL
    yield Kind.THANK_YOU_EMAIL
    if Kind.INVITED_CALL not in taken:  # one call in a plan is enough, invited or not
        yield Kind.CALL


def _right_from(situation: Situation, kind: Kind, policy: Policy) -> timedelta | None:
    """The first time since anything last happened at which this step is right; None if waiting alone brings none."""
    last = max((AT_THE_INTERVIEW, *(word.at for word in situation.words), *(made.at for made in situation.contacts)))
    quiet = quiet_period(situation, policy.thresholds)
    if kind in ANSWERS:
        word = situation.invitation if kind is Kind.INVITED_CALL else situation.unanswered
        if word and word.invites_call and word == situation.promise:
            return max(word.at, quiet.until)  # "call if you have not heard by then": once the date has passed
        return word.at if word else None
    if kind is Kind.SEND_REFERENCES and situation.references_owed_since is not None:
        return situation.references_owed_since
    named = assess(situation.at(last), Action(kind), policy).right_from
    for at in sorted({last, situation.now, quiet.until, *([named] if named is not None else [])}):
        if at >= last and kind in open_steps(situation.at(at), policy):
            return at
    return None


def _suggested_time(
    application: Application, situation: Situation, kind: Kind, earliest: timedelta, policy: Policy
) -> timedelta:
    """The next office hour; `earliest` itself if the step is urgent, or if waiting for the hour would cost credit."""
    if kind in AT_ONCE:
        return earliest
    in_office_hours = elapsed(application.interview, next_office_hour(later(application.interview, earliest)))
    credit, credit_later = (assess(situation.at(at), Action(kind), policy).credit for at in (earliest, in_office_hours))
    return in_office_hours if credit_later >= credit else earliest


def next_office_hour(when: datetime) -> datetime:
    """This time, if it lies in office hours on a working day; otherwise when the office next opens."""
    while not (OPENS <= when.time() < CLOSES and when.weekday() < SATURDAY):
        day = when.date() if when.time() < OPENS else when.date() + A_DAY
        opening = datetime.combine(day, OPENS, when.tzinfo)
        when = later(opening, AT_THE_INTERVIEW)  # normalized: a zone may skip a whole day
    return when


def _not_yet(application: Application, situation: Situation, due: set[Kind], policy: Policy) -> list[NotYet]:
    """The tempting steps that would be wrong now, those that are right soonest first."""
    steps = []
    for kind in TEMPTING:
        if kind in due:
            continue
        findings = assess(situation, Action(kind), policy).findings
        pesky = [finding for finding in findings if finding.verdict is Verdict.PESKY]
        early = next((finding for finding in pesky if finding.right_from is not None), None)
        if early and early.right_from is not None:
            steps.append(NotYet(kind, later(application.interview, early.right_from), early))
        elif pesky and situation.latest(kind):
            steps.append(NotYet(kind, None, pesky[0]))
    return sorted(steps, key=lambda step: (step.until is None, step.until or application.interview))
