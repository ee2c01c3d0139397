"""Plans the follow-up of the learner's own application: what to do now, what not to do yet, and what comes after.

The planner asks the judge which step is right next, assumes that it is taken, and asks again until no step is left. The
judge says from when a step is right; the planner adds a suggested time in the employer's working hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from etiquette.judge import (
    A_DAY,
    A_MINUTE,
    ANSWERS,
    ARTICLE,
    FULL_CREDIT,
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
    next_working_hour,
    open_steps,
    quiet_period,
)
from etiquette.plan.application import Application
from etiquette.plan.local_time import elapsed, later
from etiquette.plan.notes import notes

# Emails that the employer is waiting for are sent at any hour; everything else waits for working hours.
AT_ONCE = frozenset({Kind.SEND_REFERENCES, Kind.REPLY})
# What the employer waits for: still right to do when it is late, and the judge calls it passive.
OWED = ANSWERS | {Kind.SEND_REFERENCES}
# The steps that a plan warns against while they would be wrong.
TEMPTING = (Kind.THANK_YOU_EMAIL, Kind.CALL, Kind.STATUS_EMAIL, Kind.SEND_REFERENCES)
# What they wrote that is worth a reply even if they asked nothing and it is no longer the same day.
WORTH_A_REPLY = frozenset({"refusal", "invites_interview", "redirects"})


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a plan. It is right from `right_from`; `suggested` is a good time. Both are in the employer's zone.

    `by` is the date that somebody gave for it. `assessment` is for taking it at the suggested time, after the steps
    before it. `optional` means that holding back would be judged just as well. `instead` is an alternative for
    learners who would rather not take this step.
    """

    kind: Kind
    right_from: datetime
    suggested: datetime
    assessment: Assessment
    by: datetime | None = None
    optional: bool = False
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
    `hold_back_after` holding back once every step has been taken. `notes` say how dates were taken, and which facts
    change nothing.
    """

    application: Application
    policy: Policy
    at: datetime
    now: tuple[PlanStep, ...]
    not_yet: tuple[NotYet, ...]
    after: tuple[PlanStep, ...]
    hold_back_now: Assessment
    hold_back_after: Assessment
    notes: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[PlanStep, ...]:
        """All steps, in the order in which to take them."""
        return self.now + self.after

    @property
    def why_nothing_now(self) -> str:
        """What to say if there is no step to take now."""
        if self.hold_back_now.verdict is Verdict.PATIENT or not self.after:
            return self.hold_back_now.reason
        first = self.after[0].suggested  # what they wait for is late already, but they are not at work
        return f"There’s nothing you can do before {first:%A} {first.day} {first:%B}, {first:%H:%M}, their time."

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
    while step := _next_step(application, situation, possible, policy):
        possible.append(step)
        # An unasked call may go unanswered; a call that they asked for is assumed to reach them.
        situation = situation.after(Contact(step.kind, step.suggested, answered=step.kind is Kind.INVITED_CALL))
    due = sum(1 for _ in takewhile(lambda each: each.is_due(start, policy), possible))
    steps = tuple(each.to_plan_step(application) for each in possible)
    until = possible[0].suggested if possible else None
    return Plan(
        application=application,
        policy=policy,
        at=later(application.interview, start.now),
        now=steps[:due],
        not_yet=tuple(_not_yet(application, start, steps[:due], policy)),
        after=steps[due:],
        hold_back_now=assess(start, Action(Kind.HOLD_BACK, until), policy),
        hold_back_after=assess(situation.at(situation.now + A_DAY) if steps else start, Action(Kind.HOLD_BACK), policy),
        notes=tuple(notes(application, start, {step.kind: step.suggested for step in steps})),
    )


@dataclass(frozen=True, slots=True)
class _PossibleStep:
    """A `PlanStep` in times since the interview. `earliest` is when it can follow the steps before it in the plan."""

    kind: Kind
    right_from: timedelta
    earliest: timedelta
    suggested: timedelta
    assessment: Assessment
    by: timedelta | None
    optional: bool
    instead: Kind | None

    def is_due(self, start: Situation, policy: Policy) -> bool:
        """Whether it may be taken at once."""
        if self.earliest > start.now:
            return False
        return self.suggested == start.now or assess(start, Action(self.kind), policy).verdict is Verdict.PERSISTENT

    def to_plan_step(self, application: Application) -> PlanStep:
        right_from, suggested = (later(application.interview, each) for each in (self.right_from, self.suggested))
        by = later(application.interview, self.by) if self.by is not None else None
        return PlanStep(self.kind, right_from, suggested, self.assessment, by, self.optional, self.instead)


def _next_step(
    application: Application, situation: Situation, before: list[_PossibleStep], policy: Policy
) -> _PossibleStep | None:
    """The step with the earliest suggested time; `_kinds_by_priority` breaks ties. None if no step is left."""
    taken = {each.kind for each in before}
    steps = []
    for kind in _kinds_by_priority(application, situation, taken, policy):
        right_from = _right_from(situation, kind, policy)
        if right_from is None or (kind in taken and not (kind is Kind.SEND_REFERENCES and right_from > situation.now)):
            continue
        earliest = max(right_from, situation.now)
        if taken and kind in TIMED_STEPS:
            earliest = max(earliest, situation.now + A_DAY)  # unasked contact keeps a day from other steps
        by = _date_for(situation, kind)
        at = _suggested_time(situation, kind, earliest, by, policy)
        if _advised(situation.at(at), kind, policy):
            then = situation.at(at)
            assessment, hold_back = (assess(then, Action(each), policy) for each in (kind, Kind.HOLD_BACK))
            optional, instead = hold_back.credit >= assessment.credit, _alternative(then, kind, policy)
            steps.append(_PossibleStep(kind, right_from, earliest, at, assessment, by, optional, instead))
    return min(steps, key=lambda step: step.suggested, default=None)


def _alternative(situation: Situation, kind: Kind, policy: Policy) -> Kind | None:
    """A status email instead of a call, if that is right too."""
    status = assess(situation, Action(Kind.STATUS_EMAIL), policy)
    return Kind.STATUS_EMAIL if kind is Kind.CALL and status.verdict is Verdict.PERSISTENT else None


def _date_for(situation: Situation, kind: Kind) -> timedelta | None:
    """The date given for this step: for the answer to an offer, or for the one to an offer elsewhere."""
    if kind is Kind.MENTION_DEADLINE:
        return situation.deadline
    offer = situation.offer
    return offer.promises if kind is Kind.REPLY and offer and situation.answer_owed is offer else None


def _kinds_by_priority(
    application: Application, situation: Situation, taken: set[Kind], policy: Policy
) -> Iterator[Kind]:
    """The kinds of step that a plan can suggest, the most important first."""
    yield Kind.SEND_REFERENCES
    if _deserves_reply(application, situation, policy):
        yield Kind.REPLY
    if situation.invitation:
        yield Kind.INVITED_CALL
    yield Kind.MENTION_DEADLINE
    if situation.next_interview:  # until you meet, there is nothing else, unless an office wants thanks at once
        if Kind.THANK_YOU_EMAIL in open_steps(situation, policy):
            yield Kind.THANK_YOU_EMAIL
        return
    if _is_silence(situation, policy):
        if not taken & {Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL}:
            yield from (Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL)  # one last email
        return
    yield Kind.THANK_YOU_EMAIL
    if situation.no_calls or _cannot_be_reached(situation):
        yield Kind.STATUS_EMAIL
    elif Kind.INVITED_CALL not in taken:  # one call in a plan is enough, invited or not
        yield Kind.CALL


def _cannot_be_reached(situation: Situation) -> bool:
    """Whether they asked for a call and did not answer it."""
    call = situation.last_call
    return call is not None and call.kind is Kind.INVITED_CALL and not call.answered


def _deserves_reply(application: Application, situation: Situation, policy: Policy) -> bool:
    """Whether to reply to what they wrote last: if they wait for it or, otherwise, while it is prompt."""
    word, invited = situation.unanswered, situation.invitation
    if situation.answer_owed:
        return not (situation.answer_owed.invites_call and invited)
    if word is None:
        return False
    if word.invites_call:
        return invited is None  # nobody picked up when you called: write
    for latest in application.latest(*WORTH_A_REPLY):
        if elapsed(application.interview, latest.at) == word.at:
            return True
    prompt = assess(situation, Action(Kind.REPLY), policy).credit == FULL_CREDIT
    return prompt and situation.last_contact <= word.at


def _is_silence(situation: Situation, policy: Policy) -> bool:
    """Whether they have been silent for so long that their silence is the answer."""
    silence = situation.now - situation.last_heard >= policy.thresholds.silence_answers
    return silence and Kind.THANK_YOU_EMAIL not in open_steps(situation, policy)


def _advised(situation: Situation, kind: Kind, policy: Policy) -> bool:
    """Whether the judge wants this step at this time: it is right, or it is late and still better than nothing."""
    assessment = assess(situation, Action(kind), policy)
    if assessment.verdict is Verdict.PASSIVE and kind in OWED:
        return assessment.credit > assess(situation, Action(Kind.HOLD_BACK), policy).credit
    if assessment.verdict is not Verdict.PERSISTENT:
        return False
    # Thanks in answer to what they wrote are planned as a reply.
    return kind is not Kind.THANK_YOU_EMAIL or kind in open_steps(situation, policy) or _is_silence(situation, policy)


def _right_from(situation: Situation, kind: Kind, policy: Policy) -> timedelta | None:
    """The first time since anything last happened at which this step is advised; None if waiting alone brings none."""
    heard, done = (word.at for word in situation.words), (contact.at for contact in situation.contacts)
    last = max((situation.round_began, *heard, *done))
    if kind is Kind.SEND_REFERENCES and situation.references_owed_since is not None:
        return situation.references_owed_since
    word = situation.answer_owed or situation.unanswered
    if kind is Kind.REPLY and word:
        return word.at
    named: timedelta | None = assess(situation.at(last), Action(kind), policy).right_from
    quiet = quiet_period(situation, policy.thresholds).until
    for at in sorted({last, situation.now, quiet, last if named is None else named}):
        if at >= last and _advised(situation.at(at), kind, policy):
            return at
    return None


def _suggested_time(
    situation: Situation, kind: Kind, earliest: timedelta, by: timedelta | None, policy: Policy
) -> timedelta:
    """The next working hour; `earliest` itself if the step is urgent, or if waiting for the hour would be wrong.

    The answer to an offer may take until half a day before the date that they gave for it.
    """
    if kind is Kind.REPLY and by is not None:
        mornings = (next_working_hour(situation, by - n * A_DAY, policy.thresholds) for n in range(1, 8))
        return max(earliest, next((each for each in mornings if each <= by - A_DAY / 2), earliest))
    if kind in AT_ONCE:
        return earliest
    in_hours, then = next_working_hour(situation, earliest, policy.thresholds), situation.at(earliest)
    wait = assess(then, Action(Kind.HOLD_BACK, in_hours), policy)
    costs = assess(then, Action(kind), policy).credit > assess(situation.at(in_hours), Action(kind), policy).credit
    return earliest if (costs or wait.verdict is Verdict.PASSIVE) and _advised(then, kind, policy) else in_hours


def _not_yet(application: Application, situation: Situation, due: tuple[PlanStep, ...], policy: Policy) -> list[NotYet]:
    """The tempting steps that would be wrong now, those that are right soonest first."""
    if situation.decided:
        return []
    left_out = {step.kind for step in due}
    if application.contact == "portal" or Kind.INVITED_CALL in left_out:
        left_out.add(Kind.CALL)
    tempting = [kind for kind in TEMPTING if kind not in left_out]
    if application.contact == "recruiter":
        tempting.append(Kind.BYPASS)
    steps = []
    for kind in tempting:
        findings = assess(situation, Action(kind), policy).findings
        pesky = [finding for finding in findings if finding.verdict is Verdict.PESKY]
        early = next((finding for finding in pesky if finding.right_from is not None), None)
        if early and early.right_from is not None:
            # What is right after the next interview is for the next plan.
            until = None if situation.next_interview else later(application.interview, early.right_from)
            steps.append(NotYet(kind, until, early))
        elif pesky and (situation.latest(kind) or kind in (Kind.CALL, Kind.BYPASS)):
            steps.append(NotYet(kind, None, pesky[0]))
    return sorted(steps, key=lambda step: (step.until is None, step.until or application.interview))
