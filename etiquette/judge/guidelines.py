"""The article, guideline by guideline, as code to be read beside it.

Each guideline is a function that judges an action in a situation. It returns a `Finding`, or None if it does not
apply. The numbers are in `thresholds`, the words in `reasons`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from etiquette.judge import reasons as say
from etiquette.judge.reasons import Reason, fill_template
from etiquette.judge.situation import A_DAY, A_WEEK, TIMED_STEPS, UNASKED, Action, Kind, Situation
from etiquette.judge.thresholds import (
    Thresholds,
    Wait,
    credit_for_references,
    credit_when_late,
    prompt_window,
    quiet_period,
    wait_before_call,
    wait_before_status_email,
)

FULL_CREDIT, SECOND_BEST, HALF_HEARTED, NO_CREDIT = 100, 70, 35, 0


class Verdict(StrEnum):
    """Whether making contact (persistent, pesky) or holding back (patient, passive) was right or wrong."""

    PERSISTENT = "persistent"
    PATIENT = "patient"
    PESKY = "pesky"
    PASSIVE = "passive"


RIGHT = frozenset({Verdict.PERSISTENT, Verdict.PATIENT})


@dataclass(frozen=True, slots=True)
class Finding:
    """What one guideline says about one action.

    `credit` runs from 0 to 100. `right_from` is the first moment at which the same step would be right, if waiting
    is enough to make it so. `times` fill the placeholders of the `template`, only when its text is needed.
    """

    guideline: str
    verdict: Verdict
    credit: int
    right_from: timedelta | None
    template: Reason
    situation: Situation
    times: tuple[tuple[str, timedelta], ...]

    @property
    def reason(self) -> str:
        """Why, in a sentence or two, with the times of this situation in it."""
        return fill_template(self.template.text, self.situation, self.times)

    @property
    def reading(self) -> str:
        """How we read the article, and why, where it leaves the matter open. Otherwise empty."""
        return fill_template(self.template.reading, self.situation, self.times)


# 1. Sending references


def references(s: Situation, action: Action, t: Thresholds) -> Finding | None:
    """They asked for your references and you had none with you: email them as soon as you can.

    This is the only early email that is welcome. The clock starts when they ask, or later if you have to wait for a
    referee. Until you have sent the references, doing anything else is passive.
    """
    rule, asked = _Rule("references", s), s.references_owed_since
    if asked is None:
        return _references_not_owed(s) if action.kind is Kind.SEND_REFERENCES else None
    waited, prompt = s.now - asked, prompt_window(s, asked, t)
    late = max(t.references_late, prompt)
    credit = credit_for_references(waited, prompt, t)

    match action.kind:
        case Kind.SEND_REFERENCES if waited <= t.references_prompt:
            had_to_wait = asked != s.references_requested
            reason = say.REFERENCES_WHEN_READY if had_to_wait else say.REFERENCES_PROMPT
            return rule.persistent(reason, waited=waited)
        case Kind.SEND_REFERENCES if waited <= prompt:
            return rule.persistent(say.REFERENCES_AFTER_THE_WEEKEND, waited=waited)
        case Kind.SEND_REFERENCES if waited <= late:
            return rule.persistent(say.REFERENCES_IN_TIME, credit, waited=waited, prompt=prompt)
        case Kind.SEND_REFERENCES:
            return rule.passive(say.REFERENCES_LATE, credit, waited=waited, late=late)
        case Kind.HOLD_BACK:
            by_then = credit_for_references((action.until or s.now) - asked, prompt, t)
            reason = say.REFERENCES_STILL_OWED if waited <= prompt else say.REFERENCES_OVERDUE
            return rule.passive(reason, by_then // 2, asked=asked)
        case Kind.REPLY | Kind.INVITED_CALL if not (s.unanswered and s.unanswered.requests_references):
            return None
    return rule.passive(say.REFERENCES_COME_FIRST, asked=asked)


def _references_not_owed(s: Situation) -> Finding:
    rule = _Rule("references", s)
    if s.decided:
        return rule.pesky(say.THEY_HAVE_DECIDED, decided=s.decided.at)
    if s.references_delivered and (had := s.references_delivered_at) is not None:
        return rule.pesky(say.REFERENCES_DELIVERED, had=had)
    asked = s.references_requested
    if s.references_awaited and asked is not None:
        return rule.pesky(say.REFERENCES_NOT_READY, right_from=s.references_ready, asked=asked)
    return rule.pesky(say.REFERENCES_UNASKED, since=s.last_heard)


# 2. Thanking them for their time


def thank_you(s: Situation, action: Action, t: Thresholds) -> Finding | None:
    """They gave no date and a week has passed in silence: you may send one email of thanks.

    A date they gave replaces the week, and has to pass first. You may, but you need not: holding back is patient
    for 30 days or, if that is later, until a week after their date.
    """
    match action.kind:
        case Kind.THANK_YOU_EMAIL if not s.answer_owed:
            return _thank(s, t)
        case Kind.HOLD_BACK:
            return _hold_back_thanks(s, max(s.now, action.until or s.now), t)
    return None


def _thank(s: Situation, t: Thresholds) -> Finding | None:
    rule, wait = _Rule("thank-you", s), quiet_period(s, t)
    thanked, within = s.latest(Kind.THANK_YOU_EMAIL), t.thank_you_within
    if thanked:
        return rule.pesky(say.THANKS_AGAIN, thanked=thanked.at)
    if within is not None and not s.decided:
        reason = say.THANKS_WITHIN if s.now <= within else say.THANKS_LATE
        credit = max(HALF_HEARTED, credit_when_late(s.now, within, A_WEEK))
        return rule.persistent(reason, credit, waited=s.now, within=within)
    if s.unanswered and (s.decided or not wait.over(s.now)):
        return rule.persistent(say.THANKS_IN_ANSWER, heard=s.last_heard)
    if s.decided:
        return None
    if not wait.over(s.now):
        reason = say.THANKS_BEFORE_THE_DATE if wait.promised else say.THANKS_BEFORE_THE_WEEK
        return rule.too_early(say.WHILE_THEY_ARE_AWAY if wait.away else reason, wait)
    reason = say.THANKS_AFTER_THE_DATE if wait.promised else say.THANKS_AFTER_THE_WEEK
    return rule.persistent(reason, since=wait.since, until=wait.stated_end)


def _hold_back_thanks(s: Situation, until: timedelta, t: Thresholds) -> Finding | None:
    rule, within = _Rule("thank-you", s), t.thank_you_within
    if not thank_you_open(s.at(until), t):
        return None
    if within is not None and until > within:
        return rule.passive(say.THANKS_MISSED, HALF_HEARTED, waited=until, within=within)
    if within is not None:
        return rule.patient(say.THANKS_OPEN_WITHIN, SECOND_BEST, within=within)
    opened = quiet_period(s.at(until), t).until
    if until >= max(t.thank_you_never, opened + t.quiet):
        reason = say.THANKS_NEVER_BY_THEN if until > s.now else say.THANKS_NEVER
        return rule.passive(reason, HALF_HEARTED, waited=until, never=t.thank_you_never, quiet=t.quiet)
    if thank_you_open(s, t):
        return rule.patient(say.THANKS_OPEN, SECOND_BEST, opened=opened)
    return None


def thank_you_open(s: Situation, t: Thresholds) -> bool:
    """Whether the one email of thanks may be sent now."""
    if s.latest(Kind.THANK_YOU_EMAIL) or s.decided or s.answer_owed:
        return False
    return t.thank_you_within is not None or quiet_period(s, t).over(s.now)


# 3. Calling


def calling(s: Situation, action: Action, t: Thresholds) -> Finding | None:
    """You have emailed and at least 48 hours have passed: you may call, once.

    No answer means that they are busy; you may leave a message, which belongs to that call. The email is the
    thank-you; once a thank-you would be due, the email with your references counts too. A date they gave has to pass
    first. A call that they invited does not count as your one call.
    """
    rule = _Rule("calling", s)
    match action.kind:
        case Kind.INVITED_CALL:
            return rule.persistent(say.CALL_INVITED, invited=s.invitation.at if s.invitation else s.now)
        case Kind.CALL_AGAIN if call := s.unasked_call:
            return rule.pesky(say.CALL_REPEATEDLY, call=call.at)
        case Kind.CALL_AGAIN:
            return rule.pesky(say.CALL_NOT_THE_FIRST, since=s.last_heard)
        case Kind.CALL if not (s.decided or s.answer_owed):
            return _call(s, t)
        case Kind.LEAVE_MESSAGE:
            return _leave_message(s, t)
        case Kind.HOLD_BACK if call_open(s, t) and (last := s.last_email):
            return rule.patient(say.CALL_OPEN, SECOND_BEST, email=last.at)
        case Kind.HOLD_BACK if call := s.call_without_message(t.message_within):
            return rule.patient(say.MESSAGE_OPEN, SECOND_BEST, call=call.at)
    return None


def _call(s: Situation, t: Thresholds) -> Finding:
    rule, quiet, wait = _Rule("calling", s), quiet_period(s, t), wait_before_call(s, t)
    last = s.last_email
    if call := s.unasked_call:
        return rule.pesky(say.CALL_AGAIN_ANSWERED if call.answered else say.CALL_AGAIN_UNANSWERED, call=call.at)
    if wait is None or last is None:
        due = quiet.over(s.now)
        earliest = Wait(s.now, max(s.now, quiet.until) + t.call_after_email, promised=quiet.promised and not due)
        reason = say.CALL_BEFORE_EMAIL if due else say.CALL_BEFORE_EMAIL_IS_DUE
        return rule.too_early(reason, earliest, due=quiet.stated_end)
    if wait.over(s.now):
        only_references = last == s.references_email
        return rule.persistent(say.CALL_AFTER_REFERENCES if only_references else say.CALL_IN_TIME, email=last.at)
    if wait == quiet and quiet.away:
        reason = say.WHILE_THEY_ARE_AWAY
    elif wait == quiet:
        reason = say.CALL_BEFORE_THE_DATE if quiet.promised else say.CALL_BEFORE_THE_WEEK
    else:
        sent_too_early = wait.until > last.at + t.call_after_email
        reason = say.CALL_AFTER_EARLY_EMAIL if sent_too_early else say.CALL_TOO_SOON
    return rule.too_early(reason, wait, email=last.at)


def _leave_message(s: Situation, t: Thresholds) -> Finding | None:
    """A message is judged like its call: the one just made or, if there is none on record, one made now."""
    rule, call = _Rule("calling", s), s.call_without_message(t.message_within)
    if s.last_call is None:
        return calling(s, Action(Kind.CALL), t)
    if call is None:
        return rule.pesky(say.MESSAGE_NEEDS_ANOTHER_CALL, call=s.last_call.at)
    judged = calling(s.as_of(call.at), Action(call.kind), t)
    if judged is None or judged.verdict is Verdict.PERSISTENT:
        return rule.persistent(say.MESSAGE_LEFT, call=call.at)
    return rule.pesky(say.MESSAGE_ON_THAT_CALL, judged.credit, call=call.at)


def call_open(s: Situation, t: Thresholds) -> bool:
    """Whether the one unasked call may be made now."""
    if s.unasked_call or s.decided or s.answer_owed:
        return False
    wait = wait_before_call(s, t)
    return wait is not None and wait.over(s.now)


# The principle behind the three


def principle(s: Situation, action: Action, t: Thresholds) -> Finding | None:
    """Employers are human: give them time, and do not nag. This governs what the other three leave open.

    Asking whether you got the job is never right; replying to them always is. One polite email about the status is
    sensible once a thank-you would be due and two days after your last contact. Visits, messages to private accounts
    and gifts are too much.
    """
    rule = _Rule("principle", s)
    if s.decided and action.kind in UNASKED and not (action.kind is Kind.THANK_YOU_EMAIL and s.unanswered):
        return rule.pesky(say.THEY_HAVE_DECIDED, decided=s.decided.at)
    if action.kind in TIMED_STEPS and (heard := s.answer_owed):
        return rule.passive(say.ANSWER_FIRST, heard=heard.at)
    match action.kind:
        case Kind.REPLY if heard := s.unanswered:
            return rule.persistent(say.REPLY_TO_THEM, heard=heard.at)
        case Kind.REPLY:
            return rule.pesky(say.NOTHING_TO_REPLY_TO, since=s.last_heard)
        case Kind.EMAIL_ASKING_OUTCOME:
            return rule.pesky(say.ASKING_THE_OUTCOME, since=s.last_heard)
        case Kind.STATUS_EMAIL:
            return _ask_status(s, t)
        case Kind.DROP_IN:
            return rule.pesky(say.DROPPING_IN, since=s.last_heard)
        case Kind.SOCIAL_MEDIA_MESSAGE:
            return rule.pesky(say.WRITING_PRIVATELY, since=s.last_heard)
        case Kind.GIFT:
            return rule.pesky(say.SENDING_A_GIFT, since=s.last_heard)
        case Kind.HOLD_BACK:
            return _hold_back(s, action.until or s.now, t)
    return None


def _ask_status(s: Situation, t: Thresholds) -> Finding:
    rule, wait = _Rule("principle", s), wait_before_status_email(s, t)
    last = s.last_contact
    if asked := s.latest(Kind.STATUS_EMAIL):
        return rule.pesky(say.STATUS_AGAIN, status=asked.at)
    if wait.over(s.now):
        reason = say.STATUS_AFTER_THANKS if s.latest(Kind.THANK_YOU_EMAIL) else say.STATUS_IN_TIME
        return rule.persistent(reason, SECOND_BEST, last=last)
    reason = say.WHILE_THEY_ARE_AWAY if wait.away else say.STATUS_TOO_SOON
    return rule.too_early(reason, wait, last=last, pause=t.status_after_contact)


def _hold_back(s: Situation, until: timedelta, t: Thresholds) -> Finding:
    rule, quiet = _Rule("principle", s), quiet_period(s, t)
    if heard := s.answer_owed:
        return rule.passive(say.ANSWER_OWED, credit_when_late(until - heard.at, A_DAY, A_WEEK) // 2, heard=heard.at)
    if s.decided:
        return rule.patient(say.DECISION_MADE, decided=s.decided.at)
    if s.references_awaited and (asked := s.references_requested) is not None:
        return rule.patient(say.WAIT_FOR_YOUR_REFEREE, asked=asked)
    if not quiet.over(s.now):
        early = s.now - quiet.since <= (quiet.until - quiet.since) / 2
        if quiet.away:
            reason = say.WAIT_TILL_THEY_ARE_BACK
        elif quiet.promised:
            reason = say.WAIT_FOR_THE_DATE if early else say.LET_THE_DATE_COME
        else:
            reason = say.GIVE_THEM_TIME if early else say.LET_THE_WEEK_END
        return rule.patient(reason, since=quiet.since, until=quiet.stated_end)
    if call := s.unasked_call:
        return rule.patient(say.LEAVE_IT_WITH_THEM, call=call.at)
    return rule.patient(say.WAIT_AFTER_CONTACT, last=s.last_contact)


GUIDELINES = {"references": references, "thank-you": thank_you, "calling": calling, "principle": principle}


@dataclass(slots=True)
class _Rule:
    """One guideline in one situation: builds its findings, whose `times` fill the placeholders of the reason."""

    guideline: str
    situation: Situation

    def persistent(self, reason: Reason, credit: int = FULL_CREDIT, **times: timedelta) -> Finding:
        return self._build(Verdict.PERSISTENT, credit, reason, None, times)

    def patient(self, reason: Reason, credit: int = FULL_CREDIT, **times: timedelta) -> Finding:
        return self._build(Verdict.PATIENT, credit, reason, None, times)

    def passive(self, reason: Reason, credit: int = NO_CREDIT, **times: timedelta) -> Finding:
        return self._build(Verdict.PASSIVE, credit, reason, None, times)

    def pesky(
        self, reason: Reason, credit: int = NO_CREDIT, right_from: timedelta | None = None, **times: timedelta
    ) -> Finding:
        return self._build(Verdict.PESKY, credit, reason, right_from, times)

    def too_early(self, reason: Reason, wait: Wait, **times: timedelta) -> Finding:
        """Pesky until the wait is over; credit rises towards its end."""
        now = self.situation.now
        times |= {"since": wait.since, "until": wait.stated_end}
        return self._build(Verdict.PESKY, wait.credit(now), reason, wait.until, times)

    def _build(
        self, verdict: Verdict, credit: int, reason: Reason, right_from: timedelta | None, times: dict[str, timedelta]
    ) -> Finding:
        return Finding(self.guideline, verdict, credit, right_from, reason, self.situation, tuple(times.items()))
