"""Plans the follow-up of the learner's own application: what to do now, what not to do yet, and what comes after.

The planner asks the judge which step is right next, assumes that the learner takes it, and asks again until no step is
left. The judge says when a step becomes right; the planner adds a suggested time in the employer's working hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from etiquette.judge import (
    A_DAY,
    A_MINUTE,
    A_WEEK,
    ANSWERS,
    ARTICLE,
    FULL_CREDIT,
    TIMED_STEPS,
    Action,
    Assessment,
    Contact,
    Kind,
    Policy,
    Situation,
    Verdict,
    assess,
    next_working_hour,
    open_steps,
    quiet_period,
)
from etiquette.plan.application import Application, ApplicationEvent
from etiquette.plan.local_time import elapsed, later
from etiquette.plan.notes import notes

# Emails that the employer is waiting for are sent at any hour; everything else waits for working hours.
AT_ONCE = frozenset({Kind.SEND_REFERENCES, Kind.REPLY})
# What the employer is waiting for. It is still worth doing when it is late, although the judge then calls it passive.
OWED = ANSWERS | {Kind.SEND_REFERENCES}
# The steps that a plan warns against while they are wrong.
TEMPTING = (Kind.THANK_YOU_EMAIL, Kind.CALL, Kind.STATUS_EMAIL, Kind.SEND_REFERENCES)
# Messages that deserve a reply even if they asked nothing and a day has passed.
WORTH_A_REPLY = frozenset({"refusal", "invites_interview", "redirects"})
BETWEEN_CONTACTS = 2 * A_DAY  # how long a plan waits after any contact
SOON = 3 * A_DAY  # a deadline elsewhere within this time is mentioned at any hour
# Why to take a step later. A step that is due now has the judge's reason.
REASONS_LATER = {
    Kind.SEND_REFERENCES: "Send them as soon as your referee has agreed.",
    Kind.REPLY: "Take your time to decide, and give them your answer by that date.",
    Kind.INVITED_CALL: "They asked you to call. If nobody answers, try once more on the next working day.",
    Kind.MENTION_DEADLINE: "Mention it once, politely. They may be able to tell you more before then.",
    Kind.THANK_YOU_EMAIL: "If you’ve heard nothing by then, one short email of thanks reminds them of you.",
    Kind.CALL: "By then they’ll have had time to read your email. Call once; if nobody answers, leave a voicemail.",
    Kind.STATUS_EMAIL: "If you’ve heard nothing by then, you can ask once for an update.",
}
CALL_COMES_LATER = "Email first, and give them time to read it before you call."
ASK_FOR_THE_DATE = "They haven’t given you a date for the interview. Send one polite email to ask for one."
CALL_IF_SILENT = "If you’ve heard nothing by then, call: they said you could."
CALL_AFTER_THANKS = (
    "Two days after your thank-you, they’ve had time to read it. Call once; if nobody answers, leave a voicemail."
)
LEAVE_IT = "Leave it with them. The next move is theirs."
MEET_FIRST = "After that interview, make a new plan, because the wait starts again."
ACCEPTED = "You’ve accepted their offer. If the contract doesn’t come when they said it would, you can ask for it."
SILENCE_IS_NO = (
    "They said that silence would mean no, and the date has passed. Take that as their answer, and let it go."
)


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a plan. It is right from `right_from`, and best at `suggested`, both in the employer's time zone.

    `application` includes the earlier steps as events. `is_due` means that the step may be taken now and is best taken
    within a day. `by` is the date that somebody set for it. `assessment` is for taking it at the suggested time, after
    the earlier steps, and `why` is the reason to take it. `optional` means that holding back earns as much credit.
    `instead` is an alternative for learners who would rather not take it.
    """

    kind: Kind
    right_from: datetime
    suggested: datetime
    assessment: Assessment
    application: Application
    why: str
    is_due: bool
    by: datetime | None = None
    optional: bool = False
    instead: Kind | None = None

    @property
    def by_label(self) -> str:
        """The words that introduce the date `by`."""
        if self.kind is Kind.MENTION_DEADLINE:
            return "You have to answer your other offer by"
        late = self.by is not None and elapsed(self.by, self.suggested) > timedelta(0)
        return "They wanted your answer by" if late else "They want your answer by"


@dataclass(frozen=True, slots=True)
class NotYet:
    """A step that would be wrong now. `until` is when the plan suggests it, None if it never does."""

    kind: Kind
    until: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do `now`, what not to do yet or not at all, and what comes `after`.

    `at` is when the plan was made, to the minute. `hold_back_now` assesses holding back until the first step,
    `hold_back_after` holding back after the last. `notes` say how dates were read, and which facts change nothing.
    """

    application: Application
    policy: Policy
    at: datetime
    now: tuple[PlanStep, ...]
    not_yet: tuple[NotYet, ...]
    not_at_all: tuple[NotYet, ...]
    after: tuple[PlanStep, ...]
    hold_back_now: Assessment
    hold_back_after: Assessment
    notes: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[PlanStep, ...]:
        """All steps, in the order in which to take them."""
        return self.now + self.after

    @property
    def in_the_end(self) -> str:
        """What to do once every step has been taken."""
        return LEAVE_IT if self.situation.next_interview is None else MEET_FIRST

    @property
    def why_nothing_now(self) -> str:
        """What to say if there is no step to take now."""
        situation = self.situation
        if situation.offer and any(self.application.latest("accept_offer")):
            return ACCEPTED
        if situation.refusal and self.application.silence_refuses:
            return SILENCE_IS_NO
        first = self.after[0] if self.after else None
        if first is None or first.by or elapsed(self.at, first.right_from) > timedelta(0):
            return self.hold_back_now.reason
        then = f"{first.suggested:%A} {first.suggested.day} {first.suggested:%B}, {first.suggested:%H:%M}"
        if self.hold_back_now.verdict is not Verdict.PATIENT:  # it is already late, but they are not at work
            return f"There’s nothing you can do until {then}, their time."
        if next_working_hour(situation, situation.now, self.policy.thresholds) > situation.now:
            return f"There’s nothing to do today. They’re not at work, so leave it until {then}, their time."
        return f"There’s nothing to do today. You were in touch recently, so leave it until {then}, their time."

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
    steps: list[PlanStep] = []
    situation, by_then = start, application
    while step := _next_step(by_then, start, situation, policy, {each.kind for each in steps}):
        steps.append(step)
        # An unasked call may go unanswered; a call that they asked for is assumed to reach them.
        answered, at = step.kind is Kind.INVITED_CALL, elapsed(application.interview, step.suggested)
        some = step.kind is Kind.SEND_REFERENCES and situation.at(at).references_awaited
        what = "send_some_references" if some else "invited_call_answered" if answered else step.kind.value
        by_then = replace(by_then, events=(*by_then.events, ApplicationEvent(what, step.suggested)))
        situation = situation.after(Contact(step.kind, at, answered))
    # By then, silence may have become the answer.
    in_the_end = by_then.situation(later(application.interview, situation.now + A_DAY)) if steps else start
    due = sum(step.is_due for step in steps)
    until = elapsed(application.interview, steps[0].suggested) if steps else None
    tempting = _tempting(application, start, steps, policy)
    return Plan(
        application=application,
        policy=policy,
        at=later(application.interview, start.now),
        now=tuple(steps[:due]),
        not_yet=tuple(each for each in tempting if each.until),
        not_at_all=tuple(each for each in tempting if not each.until),
        after=tuple(steps[due:]),
        hold_back_now=assess(start, Action(Kind.HOLD_BACK, until), policy),
        hold_back_after=assess(in_the_end, Action(Kind.HOLD_BACK), policy),
        notes=tuple(notes(application, start, {step.kind: step.suggested for step in steps})),
    )


def _next_step(
    application: Application, start: Situation, situation: Situation, policy: Policy, taken: set[Kind]
) -> PlanStep | None:
    """The step with the earliest suggested time, None if no step is left. `_kinds_by_priority` breaks ties."""
    steps: list[tuple[timedelta, PlanStep]] = []
    interview = application.interview
    refused = application.silence_refuses and elapsed(interview, application.silence_refuses)
    for kind in _kinds_by_priority(application, situation, taken, policy):
        right_from = _right_from(situation, kind, policy)
        if right_from is None or (kind in taken and not (kind is Kind.SEND_REFERENCES and right_from > situation.now)):
            continue
        earliest = max(right_from, situation.now)
        if kind in TIMED_STEPS:
            earliest = _after_a_rest(situation, kind, earliest, policy, planned=bool(taken))
        by = _date_for(situation, kind)
        at = _suggested_time(situation, kind, earliest, by, policy)
        then = situation.at(at)
        if (refused and at >= refused > start.now) or not _advised(then, kind, policy):
            continue
        assessment, hold_back = (assess(then, Action(each), policy) for each in (kind, Kind.HOLD_BACK))
        right_now = at == start.now or assess(start, Action(kind), policy).verdict is Verdict.PERSISTENT
        is_due = earliest <= start.now and at <= start.now + A_DAY and right_now
        clock = application.home if kind is Kind.MENTION_DEADLINE else interview.tzinfo  # whose date `by` is
        step = PlanStep(
            kind=kind,
            right_from=later(interview, right_from),
            suggested=later(interview, at),
            assessment=assessment,
            application=application,
            why=_why(then, kind, assessment, is_due=is_due),
            is_due=is_due,
            by=None if by is None else later(interview, by).astimezone(clock),
            optional=hold_back.credit >= assessment.credit,
            instead=Kind.STATUS_EMAIL if kind is Kind.CALL and _advised(then, Kind.STATUS_EMAIL, policy) else None,
        )
        steps.append((at, step))
    return min(steps, key=lambda each: each[0])[1] if steps else None


def _why(then: Situation, kind: Kind, assessment: Assessment, *, is_due: bool) -> str:
    """Why to take a step: the judge's reason if it is due (it is about the past), otherwise the plan's own."""
    for_a_date = then.heard is not None and then.heard.invites_interview  # of the next interview
    if kind is Kind.THANK_YOU_EMAIL and for_a_date and not then.unanswered:
        return ASK_FOR_THE_DATE
    if is_due:
        return assessment.reason
    thanked = then.latest(Kind.THANK_YOU_EMAIL)
    if kind is Kind.CALL and thanked and not for_a_date and then.now - thanked.at < 2 * BETWEEN_CONTACTS:
        return CALL_AFTER_THANKS
    if kind is Kind.INVITED_CALL and then.invitation and then.invitation.promises:
        return CALL_IF_SILENT
    return REASONS_LATER[kind]


def _after_a_rest(situation: Situation, kind: Kind, earliest: timedelta, policy: Policy, *, planned: bool) -> timedelta:
    """When the next unasked contact is right after the candidate's last one, or earlier if that wait would be wrong.

    The wait is two days or, after a reply, a week, unless they promised to be in touch before. After a step that the
    plan itself has just suggested it is at least a day.
    """
    last = situation.contacts[-1] if situation.contacts else None
    if last is None:
        return earliest
    quiet, reply, rested = quiet_period(situation, policy.thresholds), situation.latest(Kind.REPLY), earliest
    if reply and not (quiet.promised and quiet.until > reply.at):
        rested = max(rested, reply.at + A_WEEK)
    rested = max(rested, last.at + BETWEEN_CONTACTS)
    in_hours = next_working_hour(situation, rested, policy.thresholds)
    wait = assess(situation.at(earliest), Action(Kind.HOLD_BACK, in_hours), policy)
    if wait.verdict is not Verdict.PASSIVE and _advised(situation.at(in_hours), kind, policy):
        return rested
    return max(earliest, last.at + A_DAY) if planned else earliest


def _date_for(situation: Situation, kind: Kind) -> timedelta | None:
    """The date set for this step: for answering their offer, or an offer elsewhere."""
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
    if situation.next_interview:  # until then, nothing else is open, unless a policy wants thanks at once
        if Kind.THANK_YOU_EMAIL in open_steps(situation, policy):
            yield Kind.THANK_YOU_EMAIL
        return
    if _is_silence(situation, policy):
        if not taken & {Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL}:
            yield from (Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL)  # one last email
        return
    yield Kind.THANK_YOU_EMAIL
    if situation.no_calls or _is_worth_an_email_after_the_call(situation):
        yield Kind.STATUS_EMAIL
    elif not (_call_is_arranged(situation) or taken & {Kind.INVITED_CALL, Kind.STATUS_EMAIL}):  # one call is enough
        yield Kind.CALL


def _call_is_arranged(situation: Situation) -> bool:
    """Whether they named a time for a call that is still to come."""
    word = situation.invitation
    return word is not None and word.call_at is not None and word.call_at > situation.now


def _is_worth_an_email_after_the_call(situation: Situation) -> bool:
    """Whether they asked for a call and did not answer it, or gave a new date during the call or since."""
    call, promise = situation.last_call, situation.promise
    if call is None or situation.latest(Kind.STATUS_EMAIL):
        return False
    if call.kind is Kind.INVITED_CALL:
        return not call.answered
    return promise is not None and promise.at >= call.at


def _deserves_reply(application: Application, situation: Situation, policy: Policy) -> bool:
    """Whether to reply to their last message: if they are waiting for a reply, or while it would still be prompt."""
    word, invited = situation.unanswered, situation.invitation
    if situation.answer_owed:
        return situation.answer_owed is not invited
    if word is None:
        return False
    if word.invites_call:
        return invited is None  # nobody answered the call, so write
    for latest in application.latest(*WORTH_A_REPLY):
        if elapsed(application.interview, latest.at) == word.at:
            return True
    prompt = assess(situation, Action(Kind.REPLY), policy).credit == FULL_CREDIT
    return prompt and situation.last_contact <= word.at


def _is_silence(situation: Situation, policy: Policy) -> bool:
    """Whether they have been silent long enough for their silence to be the answer."""
    silence = situation.now - situation.last_heard >= policy.thresholds.silence_answers
    return silence and Kind.THANK_YOU_EMAIL not in open_steps(situation, policy)


def _advised(situation: Situation, kind: Kind, policy: Policy) -> bool:
    """Whether the judge advises this step at this time: it is right, or late but better than holding back."""
    assessment = assess(situation, Action(kind), policy)
    if assessment.verdict is Verdict.PASSIVE and kind in OWED:
        return assessment.credit > assess(situation, Action(Kind.HOLD_BACK), policy).credit
    if assessment.verdict is not Verdict.PERSISTENT:
        return False
    # Thanks for a message of theirs are planned as a reply.
    return kind is not Kind.THANK_YOU_EMAIL or kind in open_steps(situation, policy) or _is_silence(situation, policy)


def _right_from(situation: Situation, kind: Kind, policy: Policy) -> timedelta | None:
    """The first time since the last event at which this step is advised. None if waiting will not make it right."""
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
    """The next working hour, or `earliest` itself if the step is urgent or waiting for that hour would be wrong.

    The answer to an offer may wait until half a day before its date.
    """
    if kind is Kind.REPLY and by is not None:
        mornings = (next_working_hour(situation, by - n * A_DAY, policy.thresholds) for n in range(1, 8))
        return max(earliest, next((each for each in mornings if each <= by - A_DAY / 2), earliest))
    if kind in AT_ONCE or (kind is Kind.MENTION_DEADLINE and by is not None and by - earliest <= SOON):
        return earliest
    in_hours, then = next_working_hour(situation, earliest, policy.thresholds), situation.at(earliest)
    wait = assess(then, Action(Kind.HOLD_BACK, in_hours), policy)
    costs = assess(then, Action(kind), policy).credit > assess(situation.at(in_hours), Action(kind), policy).credit
    return earliest if (costs or wait.verdict is Verdict.PASSIVE) and _advised(then, kind, policy) else in_hours


def _tempting(application: Application, situation: Situation, steps: list[PlanStep], policy: Policy) -> list[NotYet]:
    """The tempting steps that would be wrong now: first those planned for later, in order, then those never planned."""
    if situation.decided:
        return []
    left_out = {step.kind for step in steps if step.is_due}
    planned = {kind: step.suggested for step in reversed(steps) for kind in (step.instead, step.kind) if kind}
    if application.contact == "portal" or Kind.INVITED_CALL in left_out | planned.keys():
        left_out.add(Kind.CALL)
    tempting = [kind for kind in TEMPTING if kind not in left_out]
    if application.contact == "recruiter":
        tempting.append(Kind.BYPASS)
    listed = []
    for kind in tempting:
        findings = assess(situation, Action(kind), policy).findings
        pesky = [finding for finding in findings if finding.verdict is Verdict.PESKY]
        early = next((finding for finding in pesky if finding.right_from is not None), None)
        if early and kind in planned:
            is_later = early.right_from != elapsed(application.interview, planned[kind])
            why = CALL_COMES_LATER if kind is Kind.CALL and is_later else early.reason
            listed.append(NotYet(kind, planned[kind], why))
        elif pesky and not early and (situation.latest(kind) or kind in (Kind.CALL, Kind.BYPASS)):
            listed.append(NotYet(kind, None, pesky[0].reason))
    return sorted(listed, key=lambda each: (each.until is None, each.until or application.interview))
