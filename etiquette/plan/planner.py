"""What to do next about an application of one's own: now, not yet, and after that.

The judge decides all of it. A plan asks it which steps are open, or when the next one opens, takes the first of them in
its mind, and asks again. What the plan adds is the hour: the judge says from when a step is right, the plan suggests
an hour at which somebody is at their desk.
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
# What they wait for goes out at once, at any hour: an email lies until it is read. All else waits for office hours.
AT_ONCE = frozenset({Kind.SEND_REFERENCES, Kind.REPLY})
ASKABLE = (Kind.THANK_YOU_EMAIL, Kind.CALL, Kind.STATUS_EMAIL, Kind.SEND_REFERENCES)


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a plan, in the employer's time. `right_from` is its first right moment, `suggested` a good one.

    `assessment` is the judgement on taking it as suggested, once the steps before it have been taken. `instead` is a
    step that would also do, for somebody who would rather not take this one.
    """

    kind: Kind
    right_from: datetime
    suggested: datetime
    assessment: Assessment
    instead: Kind | None = None

    @property
    def why(self) -> str:
        """The judge's reason, as it will stand at the suggested moment."""
        return self.assessment.reason


@dataclass(frozen=True, slots=True)
class NotYet:
    """A step that would be wrong now, and from when it is right at the earliest; None where it is not again."""

    kind: Kind
    until: datetime | None
    finding: Finding

    @property
    def why(self) -> str:
        """The judge's reason."""
        return self.finding.reason


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do `now`, what not to do yet, what comes after, and how the judge sees holding back.

    `waiting` is the judgement on holding back until the first step of the plan, `rest` that on holding back once
    every step has been taken.
    """

    application: Application
    policy: Policy
    at: datetime
    now: tuple[PlanStep, ...]
    not_yet: tuple[NotYet, ...]
    after: tuple[PlanStep, ...]
    waiting: Assessment
    rest: Assessment

    @property
    def steps(self) -> tuple[PlanStep, ...]:
        """Every step, in the order in which they are to be taken."""
        return self.now + self.after

    @property
    def in_short(self) -> list[str]:
        """Every step with its suggested moment: 'call: Thursday 12 March, 11:00'."""
        return [
            f"{step.kind}: {step.suggested:%A} {step.suggested.day} {step.suggested:%B, %H:%M}" for step in self.steps
        ]

    @property
    def situation(self) -> Situation:
        """What the judge was told."""
        return self.application.situation(self.at)


def plan(application: Application, now: datetime, policy: Policy = ARTICLE) -> Plan:
    """The plan for an application as things stand now.

    Raises:
        ValueError: something in the application has not happened yet.
    """
    start = application.situation(now)
    start = start.at(-(-start.now // A_MINUTE) * A_MINUTE)  # the next whole minute
    found: list[_PossibleStep] = []
    situation = start
    while candidate := _next(application, situation, tuple(each.kind for each in found), policy):
        found.append(candidate)
        situation = situation.after(Contact(candidate.kind, candidate.suggested))
    due = sum(1 for _ in takewhile(lambda each: each.earliest <= start.now, found))
    steps = tuple(each.step(application) for each in found)
    until = found[0].suggested if found else None
    return Plan(
        application=application,
        policy=policy,
        at=_moment(application, start.now),
        now=steps[:due],
        not_yet=tuple(_not_yet(application, start, {step.kind for step in steps[:due]}, policy)),
        after=steps[due:],
        waiting=assess(start, Action(Kind.HOLD_BACK, until), policy),
        rest=assess(situation.at(situation.now + A_DAY) if steps else start, Action(Kind.HOLD_BACK), policy),
    )


@dataclass(frozen=True, slots=True)
class _PossibleStep:
    """A step as the judge counts it. `earliest` is when it can follow what the plan has before it."""

    kind: Kind
    right_from: timedelta
    earliest: timedelta
    suggested: timedelta
    assessment: Assessment
    instead: Kind | None

    def step(self, application: Application) -> PlanStep:
        right_from, suggested = _moment(application, self.right_from), _moment(application, self.suggested)
        return PlanStep(self.kind, right_from, suggested, self.assessment, self.instead)


def _moment(application: Application, since: timedelta) -> datetime:
    return later(application.interview, since)


def _next(application: Application, s: Situation, taken: tuple[Kind, ...], policy: Policy) -> _PossibleStep | None:
    """The step to take next: the one that comes soonest and, of those at the same time, the first in order."""
    found = []
    for kind in _in_order(s, taken, policy):
        right_from = None if kind in taken else _right_from(s, kind, policy)
        if right_from is not None:
            earliest = max(right_from, s.now)
            if taken and kind in TIMED_STEPS:
                earliest = max(earliest, s.now + A_DAY)  # nothing of one's own accord on the heels of another step
            suggested = _suggested(application, s, kind, earliest, policy)
            judged = assess(s.at(suggested), Action(kind), policy)
            found.append(
                _PossibleStep(kind, right_from, earliest, suggested, judged, _instead(s, kind, suggested, policy))
            )
    return min(found, key=lambda each: each.suggested, default=None)


def _instead(s: Situation, kind: Kind, at: timedelta, policy: Policy) -> Kind | None:
    """An email about the status does for a call, if it is right at that time."""
    status = assess(s.at(at), Action(Kind.STATUS_EMAIL), policy)
    return Kind.STATUS_EMAIL if kind is Kind.CALL and status.verdict is Verdict.PERSISTENT else None


def _in_order(s: Situation, taken: tuple[Kind, ...], policy: Policy) -> Iterator[Kind]:
    """The steps that a plan can have, those first that come first at the same time."""
    yield Kind.SEND_REFERENCES
    heard, invitation = s.unanswered, s.invitation
    if heard and not (heard.invites_call and invitation):
        fresh = s.last_contact <= heard.at and Kind.THANK_YOU_EMAIL not in open_steps(s, policy)
        if heard.asks or fresh:
            yield Kind.REPLY
    if invitation:
        yield Kind.INVITED_CALL
    yield Kind.THANK_YOU_EMAIL
    if Kind.INVITED_CALL not in taken:  # two calls in one plan are one too many, whoever asked for the first
        yield Kind.CALL


def _right_from(s: Situation, kind: Kind, policy: Policy) -> timedelta | None:
    """The first moment since anything last happened at which this step is right; None if time alone brings none."""
    last = max((AT_THE_INTERVIEW, *(word.at for word in s.words), *(made.at for made in s.contacts)))
    quiet = quiet_period(s, policy.thresholds)
    if kind in ANSWERS:
        word = s.invitation if kind is Kind.INVITED_CALL else s.unanswered
        if word and word.invites_call and word == s.promise:
            return max(word.at, quiet.until)  # asked for in one breath with a date: when that has passed
        return word.at if word else None
    if kind is Kind.SEND_REFERENCES and s.references_owed_since is not None:
        return s.references_owed_since
    named = assess(s.at(last), Action(kind), policy).right_from
    for moment in sorted({last, s.now, quiet.until, *([named] if named is not None else [])}):
        if moment >= last and kind in open_steps(s.at(moment), policy):
            return moment
    return None


def _suggested(application: Application, s: Situation, kind: Kind, earliest: timedelta, policy: Policy) -> timedelta:
    """A good moment: the next office hour, unless they wait for this, or waiting for the hour would cost credit."""
    if kind in AT_ONCE:
        return earliest
    there = elapsed(application.interview, office_hour(_moment(application, earliest)))
    worth = [assess(s.at(moment), Action(kind), policy).credit for moment in (earliest, there)]
    return there if worth[1] >= worth[0] else earliest


def office_hour(when: datetime) -> datetime:
    """This moment, if it lies in the office hours of a working day; else the beginning of the next."""
    while not (OPENS <= when.time() < CLOSES and when.weekday() < SATURDAY):
        day = when.date() if when.time() < OPENS else when.date() + A_DAY
        wall = datetime.combine(day, OPENS, when.tzinfo)
        when = later(wall, AT_THE_INTERVIEW)  # where a zone skips a whole day, the clocks of the day after
    return when


def _not_yet(application: Application, s: Situation, due: set[Kind], policy: Policy) -> list[NotYet]:
    """The steps that one might be tempted to take now, and should not; those that come soonest first."""
    found = []
    for kind in ASKABLE:
        if kind in due:
            continue
        pesky = [each for each in assess(s, Action(kind), policy).findings if each.verdict is Verdict.PESKY]
        early = [each for each in pesky if each.right_from is not None]
        if early and early[0].right_from is not None:
            found.append(NotYet(kind, _moment(application, early[0].right_from), early[0]))
        elif pesky and s.latest(kind):
            found.append(NotYet(kind, None, pesky[0]))
    return sorted(found, key=lambda each: (each.until is None, each.until or application.interview))
