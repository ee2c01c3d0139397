"""The article, guideline by guideline, as code to be read beside it.

Each guideline is a function that judges an action in a situation. It returns a `Finding`, or None if it does not
apply. The numbers are in `thresholds`, the words in `reasons`.
"""

from __future__ import annotations

from datetime import timedelta

from etiquette.judge import reasons_calling as on_calls
from etiquette.judge import reasons_principle as on_contact
from etiquette.judge import reasons_references as on_references
from etiquette.judge import reasons_thanks as on_thanks
from etiquette.judge import reasons_waiting as on_waiting
from etiquette.judge.finding import Finding, Rule, Verdict
from etiquette.judge.lengths import AN_HOUR
from etiquette.judge.reasons import Reason
from etiquette.judge.situation import UNASKED, Action, Contact, Kind, Situation, Word
from etiquette.judge.thresholds import (
    FULL_CREDIT,
    HALF_HEARTED,
    NO_CREDIT,
    ON_THAT_CALL,
    SECOND_BEST,
    Thresholds,
    Wait,
    answer_due,
    credit_for_answer,
    credit_when_fading,
    credit_when_late,
    next_working_hour,
    noon_after_closing,
    prompt_window,
    quiet_period,
    silence_answers_from,
    thanks_late_from,
    wait_before_call,
    wait_before_invited_call,
    wait_before_status_email,
)

# 1. Sending references


def references(s: Situation, action: Action, t: Thresholds) -> Finding | None:
    """They asked for your references and you had none with you: email them as soon as you can.

    This is the only early email that is welcome. The clock starts when they ask, or later if you have to wait for a
    referee; what you have already goes out now. Until it has, doing anything else is passive.
    """
    rule, asked, requested = Rule("references", s), s.references_owed_since, s.references_requested
    if asked is None or requested is None:
        return _references_not_owed(s) if action.kind is Kind.SEND_REFERENCES and not answer_due_now(s, t) else None
    waited, prompt = s.now - asked, prompt_window(s, asked, t)
    late, times = max(t.references_late, prompt), {"waited": waited, "asked": requested, "ready": asked}

    def credit(waited: timedelta) -> int:
        return credit_when_late(waited, prompt, max(t.references_lost, prompt + t.references_prompt))

    match action.kind:
        case Kind.SEND_REFERENCES if waited <= prompt:
            return rule.persistent(_reason_for_prompt(s, waited, t), FULL_CREDIT, **times)
        case Kind.SEND_REFERENCES if waited <= late:
            times |= {"references_prompt": t.references_prompt}
            return rule.persistent(on_references.REFERENCES_IN_TIME, credit(waited), **times)
        case Kind.SEND_REFERENCES:
            times |= {"references_late": t.references_late}
            return rule.passive(on_references.REFERENCES_LATE, credit(waited), **times)
        case Kind.HOLD_BACK:
            until, noon = max(s.now, action.until or s.now), noon_after_closing(s, asked, t)
            if noon is not None and until <= noon:
                return rule.patient(on_references.REFERENCES_CAN_WAIT, SECOND_BEST, until=noon)
            if waited <= prompt:
                return rule.passive(on_references.REFERENCES_STILL_OWED, credit(until - asked) // 2, **times)
            return rule.passive(on_references.REFERENCES_OVERDUE, credit(until - asked) // 2, **times)
        case Kind.REPLY | Kind.INVITED_CALL if (owed := s.answer_owed) and not owed.requests_references:
            return None
    return rule.passive(on_references.REFERENCES_COME_FIRST, NO_CREDIT, **times)


def _reason_for_prompt(s: Situation, waited: timedelta, t: Thresholds) -> Reason:
    if s.references_awaited:
        return on_references.REFERENCES_SOME
    if waited > t.references_prompt:
        return on_references.REFERENCES_AFTER_THE_WEEKEND
    had_to_wait = s.references_owed_since != s.references_requested
    return on_references.REFERENCES_WHEN_READY if had_to_wait else on_references.REFERENCES_PROMPT


def _references_not_owed(s: Situation) -> Finding:
    rule = Rule("references", s)
    if s.decided:
        return _after_decision(rule, s.decided)
    asked = s.references_requested
    if s.references_awaited and asked is not None:
        ready = min(at for at in s.references_ready if at > s.now)
        return rule.pesky(on_references.REFERENCES_NOT_READY, right_from=ready, asked=asked)
    if s.references_delivered and (had := s.references_delivered_at) is not None:
        return rule.pesky(on_references.REFERENCES_DELIVERED, had=had)
    return rule.pesky(on_references.REFERENCES_UNASKED)


# 2. Thanking them for their time


def thank_you(s: Situation, action: Action, t: Thresholds) -> Finding | None:
    """They gave no date and a week has passed in silence: you may send one email of thanks.

    A date they gave replaces the week, and has to pass first. You may, but you need not: holding back is patient
    for 30 days or, if that is later, until a week after their date. From then on thanks are late, and still right.
    """
    match action.kind:
        case Kind.THANK_YOU_EMAIL if not answer_due_now(s, t):
            return _thank(s, t)
        case Kind.HOLD_BACK:
            return _hold_back_thanks(s, max(s.now, action.until or s.now), t)
    return None


def _thank(s: Situation, t: Thresholds) -> Finding | None:
    rule, wait = Rule("thank-you", s), quiet_period(s, t)
    if s.decided:
        if not _is_thanks_for_decision(s, t):
            return None
        reason = on_thanks.THANKS_AFTER_REFUSAL if s.refusal else on_thanks.THANKS_FOR_OFFER
        return rule.persistent(reason, SECOND_BEST, heard=s.decided.at)
    if not wait.over(s.now) and s.unanswered and (waited := s.now - s.last_heard) <= t.reply_lost:
        credit = credit_when_fading(waited, t.reply_prompt, t.reply_lost)
        return rule.persistent(on_thanks.THANKS_IN_ANSWER, credit, heard=s.last_heard)
    if (thanked := s.latest(Kind.THANK_YOU_EMAIL)) is not None:
        return _thank_again(s, thanked, t)
    if (within := t.thank_you_within) is not None and wait.meeting is None and s.now < silence_answers_from(s, t):
        waited = s.now - s.round_began
        reason = on_thanks.THANKS_WITHIN if waited <= within else on_thanks.THANKS_LATE
        credit = credit_when_fading(waited, within, t.quiet)
        return rule.persistent(reason, credit, waited=waited, thank_you_within=within)
    if not wait.over(s.now):
        reason = on_thanks.THANKS_BEFORE_THE_DATE if wait.promised else on_thanks.THANKS_BEFORE_THE_WEEK
        return rule.too_early(_reason_to_wait(s, wait, t) or reason, wait, quiet=t.quiet)
    late, silence = thanks_late_from(s, t), silence_answers_from(s, t)
    if s.now >= silence:
        if (emailed := s.last_email) and emailed.at >= silence:
            return rule.pesky(on_thanks.LAST_EMAIL_SENT, last=emailed.at, silence_answers=t.silence_answers)
        return rule.persistent(on_thanks.LAST_EMAIL, SECOND_BEST, since=s.last_heard, silence_answers=t.silence_answers)
    if s.now >= late:
        credit, waited = min(FULL_CREDIT - 1, credit_when_fading(s.now, late, silence)), s.now - s.round_began
        return rule.persistent(
            on_thanks.THANKS_OVERDUE, credit, waited=waited, thank_you_late=t.thank_you_late, quiet=t.quiet
        )
    if wait.away:
        reason = on_thanks.THANKS_AFTER_THEY_RETURN
    else:
        reason = on_thanks.THANKS_AFTER_THE_DATE if wait.promised else on_thanks.THANKS_AFTER_THE_WEEK
    return rule.persistent(reason, since=wait.since, until=wait.until, quiet=t.quiet)


def _thank_again(s: Situation, thanked: Contact, t: Thresholds) -> Finding:
    """Another thank-you in this round: right only as one of several, to people who were there together."""
    rule = Rule("thank-you", s)
    sent = [each.at for each in s.contacts if each.kind is Kind.THANK_YOU_EMAIL and each.at >= s.round_began]
    if len(sent) >= s.interviewers or s.now - sent[0] > AN_HOUR:
        return rule.pesky(on_thanks.THANKS_AGAIN, thanked=thanked.at)
    first = _thank(s.as_of(sent[0]), t)
    if first and first.verdict is Verdict.PESKY:
        return rule.pesky(on_thanks.THANKS_TO_EACH_TOO_SOON, first.credit, thanked=sent[0])
    return rule.persistent(on_thanks.THANKS_TO_EACH, first.credit if first else FULL_CREDIT, thanked=sent[0])


def _hold_back_thanks(s: Situation, until: timedelta, t: Thresholds) -> Finding | None:
    rule, within, then = Rule("thank-you", s), t.thank_you_within, s.at(until)
    waited = until - then.round_began
    if s.now >= silence_answers_from(s, t) or not thank_you_due(then, t):
        return None
    if within is not None and waited > within:
        reason = on_thanks.THANKS_MISSED_BY_THEN if until > s.now else on_thanks.THANKS_MISSED
        return rule.passive(reason, HALF_HEARTED, waited=waited, thank_you_within=within)
    if within is not None:
        return rule.patient(on_thanks.THANKS_OPEN_WITHIN, SECOND_BEST, thank_you_within=within)
    if until >= thanks_late_from(then, t):
        reason = on_thanks.THANKS_MISSING_BY_THEN if until > s.now else on_thanks.THANKS_MISSING
        return rule.passive(reason, HALF_HEARTED, waited=waited, thank_you_late=t.thank_you_late, quiet=t.quiet)
    if thank_you_due(s, t):
        reason = on_calls.CALL_INVITED_OPEN if _invitation_open(s, t) else on_thanks.THANKS_OPEN
        return rule.patient(reason, SECOND_BEST)
    return None


def thank_you_due(s: Situation, t: Thresholds) -> bool:
    """Whether the one email of thanks could be sent now, if it is not too late for it."""
    if s.latest(Kind.THANK_YOU_EMAIL) or s.decided or s.answer_owed:
        return False
    quiet = quiet_period(s, t)
    return quiet.over(s.now) or (t.thank_you_within is not None and quiet.meeting is None)


def thank_you_open(s: Situation, t: Thresholds) -> bool:
    """Whether the one email of thanks may be sent now."""
    return thank_you_due(s, t) and s.now < silence_answers_from(s, t)


# 3. Calling


def calling(s: Situation, action: Action, t: Thresholds) -> Finding | None:
    """You have emailed and at least 48 hours have passed: you may call, once.

    No answer means that they are busy; you may leave a message, which belongs to that call. The email is the
    thank-you; once a thank-you would be due, the email with your references counts too. A date they gave has to pass
    first. Calls are made in working hours. A call that they invited does not count as your one call.
    """
    rule = Rule("calling", s)
    match action.kind:
        case Kind.INVITED_CALL if invitation := open_invitation(s, t):
            return _invited_call(s, invitation, t)
        case Kind.CALL_AGAIN if (decided := s.decided) and not answer_due_now(s, t):
            return _after_decision(rule, decided)
        case Kind.CALL_AGAIN if (call := s.unasked_call) and not answer_due_now(s, t):
            return rule.pesky(on_calls.CALL_REPEATEDLY, call=call.at)
        case Kind.CALL_AGAIN if not answer_due_now(s, t):
            return rule.pesky(on_calls.CALL_NOT_THE_FIRST)
        case Kind.CALL if not (s.decided or answer_due_now(s, t)):
            return _call(s, t)
        case Kind.LEAVE_MESSAGE if not answer_due_now(s, t):
            return _leave_message(s, t)
        case Kind.HOLD_BACK if call_open(s, t) and (last := s.last_email):
            reason = on_calls.CALL_INVITED_OPEN if _invitation_open(s, t) else on_calls.CALL_OPEN
            return rule.patient(reason, SECOND_BEST, email=last.at)
        case Kind.HOLD_BACK if call := s.call_without_message(ON_THAT_CALL):
            message = _leave_message(s, t)
            if message and message.verdict is Verdict.PERSISTENT:
                return rule.patient(on_calls.MESSAGE_OPEN, SECOND_BEST, call=call.at)
    return None


def _call(s: Situation, t: Thresholds) -> Finding:
    rule, quiet, wait = Rule("calling", s), quiet_period(s, t), wait_before_call(s, t)
    last = s.last_email
    if call := s.unasked_call:
        return rule.pesky(
            on_calls.CALL_AGAIN_ANSWERED if call.answered else on_calls.CALL_AGAIN_UNANSWERED, call=call.at
        )
    if s.no_calls:
        return rule.pesky(on_calls.CALL_RULED_OUT)
    thanks_due = s.now if t.thank_you_within is not None and quiet.meeting is None else max(s.now, quiet.until)
    after_thanks = Wait(s.now, max(thanks_due + t.call_after_email, quiet.until))
    earliest = next_working_hour(s, max(s.now, (wait or after_thanks).until), t)
    if earliest >= (silence := silence_answers_from(s, t)):
        reason = on_calls.CALL_AFTER_SILENCE if s.now >= silence else on_calls.CALL_TOO_LATE
        return rule.pesky(reason, since=s.last_heard, silence_answers=t.silence_answers)
    if wait is None or last is None:
        reason = on_calls.CALL_BEFORE_EMAIL if thanks_due == s.now else on_calls.CALL_BEFORE_EMAIL_IS_DUE
        if quiet.promised and not quiet.over(s.now):
            reason = on_calls.CALL_BEFORE_THE_DATE
        if not quiet.over(s.now):
            reason = _reason_to_wait(s, quiet, t) or reason
        return rule.call_too_early(reason, after_thanks, t, quiet, due=quiet.until)
    if not wait.over(s.now):
        if wait == quiet:
            reason = on_calls.CALL_BEFORE_THE_DATE if quiet.promised else on_calls.CALL_BEFORE_THE_WEEK
            reason = _reason_to_wait(s, quiet, t) or reason
        else:
            sent_too_early = wait.until > last.at + t.call_after_email
            reason = on_calls.CALL_AFTER_EARLY_EMAIL if sent_too_early else on_calls.CALL_TOO_SOON
        return rule.call_too_early(reason, wait, t, quiet, email=last.at)
    if earliest > s.now:
        return rule.call_too_early(on_calls.CALL_OUT_OF_HOURS, wait, t, quiet)
    only_references = last == s.references_email
    reason = on_calls.CALL_AFTER_REFERENCES if only_references else on_calls.CALL_IN_TIME
    return rule.persistent(reason, email=last.at, call_after_email=t.call_after_email, quiet=t.quiet)


def _invited_call(s: Situation, invitation: Word, t: Thresholds) -> Finding:
    """A call that they invited: at the time they gave, or in working hours; once more if nobody answers."""
    rule, wait = Rule("calling", s), wait_before_invited_call(s, invitation, t)
    tried = s.tries(invitation)
    if not wait.over(s.now):
        if_silent = invitation.call_at is None
        reason = on_calls.CALL_INVITED_IF_SILENT if if_silent else on_calls.CALL_INVITED_TOO_SOON
        if tried:
            reason = on_calls.CALL_INVITED_AGAIN_TOO_SOON
        return rule.call_too_early(reason, wait, t, wait, in_hours=if_silent, call=tried[-1].at if tried else s.now)
    at_their_time = not tried and invitation.call_at is not None and s.now <= invitation.call_at + AN_HOUR
    if not at_their_time and (opens := next_working_hour(s, s.now, t)) > s.now:
        later = _invited_call(s.at(opens), invitation, t)
        return rule.call_too_early(on_calls.CALL_OUT_OF_HOURS, wait, t, wait, most=later.credit)
    if tried:
        return rule.persistent(on_calls.CALL_INVITED_AGAIN, call=tried[-1].at)
    due = answer_due(s, invitation, t)
    if s.answer_owed is not None:
        credit = credit_for_answer(s, invitation, s.now, t)
        if s.now - due > t.reply_late:
            return rule.passive(on_calls.CALL_INVITED_LATE, credit, due=due)
    else:
        credit = credit_when_fading(s.now - due, t.reply_lost, t.thank_you_late)
    reason = on_calls.CALL_INVITED if credit == FULL_CREDIT else on_calls.CALL_INVITED_LATER
    return rule.persistent(reason, credit, invited=invitation.at, due=due, thank_you_late=t.thank_you_late)


def open_invitation(s: Situation, t: Thresholds) -> Word | None:
    """The invitation to call that may still be taken up: for a month, or as long as they expect the call."""
    invitation = s.invitation
    if invitation is None or (s.refusal and s.refusal.at > invitation.at):
        return None
    expired = s.now - answer_due(s, invitation, t) > t.thank_you_late
    return None if expired and s.answer_owed is not invitation else invitation


def _invitation_open(s: Situation, t: Thresholds) -> bool:
    """Whether the call that they invited may be made now, for the first time."""
    invitation = open_invitation(s, t)
    if invitation is None or s.tries(invitation) or s.now < invitation.call_opens:
        return False
    return next_working_hour(s, s.now, t) == s.now


def kind_of_call(s: Situation, kind: Kind, t: Thresholds) -> Kind:
    """What a call is, by whatever name: invited only with an invitation, and "again" only after one of your own."""
    if kind is Kind.CALL_AGAIN and s.last_call and not s.unasked_call:
        kind = Kind.INVITED_CALL
    return Kind.CALL if kind is Kind.INVITED_CALL and open_invitation(s, t) is None else kind


def _leave_message(s: Situation, t: Thresholds) -> Finding | None:
    """A message is judged like its call: the one just made or, if there is none on record, one made now."""
    rule, call = Rule("calling", s), s.call_without_message(ON_THAT_CALL)
    if s.last_call is None:
        return calling(s, Action(Kind.CALL), t)
    if call is None and s.decided:
        return _after_decision(rule, s.decided)
    if call is None:
        return rule.pesky(on_calls.MESSAGE_NEEDS_ANOTHER_CALL, call=s.last_call.at)
    then = s.as_of(call.at)
    judged = calling(then, Action(kind_of_call(then, call.kind, t)), t)
    if judged is None or judged.verdict is not Verdict.PESKY:
        return rule.persistent(on_calls.MESSAGE_LEFT, call=call.at)
    return rule.pesky(on_calls.MESSAGE_ON_THAT_CALL, judged.credit)


def call_open(s: Situation, t: Thresholds) -> bool:
    """Whether the one unasked call may be made now."""
    if s.unasked_call or s.decided or s.answer_owed or s.no_calls:
        return False
    wait = wait_before_call(s, t)
    waited = wait is not None and wait.over(s.now) and s.now < silence_answers_from(s, t)
    return waited and next_working_hour(s, s.now, t) == s.now


# The principle behind the three


def principle(s: Situation, action: Action, t: Thresholds) -> Finding | None:
    """Employers are human: give them time, and do not nag. This governs what the other three leave open.

    Asking whether you got the job is never right; replying to them is, for a week. One polite email about the status is
    sensible once a thank-you would be due and two days after your last contact, and so is mentioning a real deadline.
    Visits, messages to private accounts, gifts and going round the person you deal with are too much.
    """
    rule = Rule("principle", s)
    heard = answer_due_now(s, t)
    if heard and (action.kind in UNASKED or (action.kind is Kind.SEND_REFERENCES and s.references_owed_since is None)):
        reason = on_waiting.CALL_FIRST if heard is s.invitation else on_waiting.ANSWER_FIRST
        return rule.passive(on_waiting.OFFER_FIRST if heard is s.offer else reason, heard=heard.at)
    if s.decided and action.kind in UNASKED:
        if action.kind is Kind.THANK_YOU_EMAIL and _is_thanks_for_decision(s, t):
            return None
        return _after_decision(rule, s.decided)
    match action.kind:
        case Kind.REPLY:
            return _reply(s, t)
        case Kind.EMAIL_ASKING_OUTCOME:
            return _ask_outcome(s, t)
        case Kind.STATUS_EMAIL:
            return _ask_status(s, t)
        case Kind.MENTION_DEADLINE:
            return _mention_deadline(s)
        case Kind.BYPASS:
            reason = on_contact.GOING_PAST_THE_RECRUITER if s.through_recruiter else on_contact.GOING_ROUND
            return rule.pesky(reason)
        case Kind.DROP_IN:
            return rule.pesky(on_contact.DROPPING_IN)
        case Kind.SOCIAL_MEDIA_MESSAGE:
            return rule.pesky(on_contact.WRITING_PRIVATELY)
        case Kind.GIFT:
            return rule.pesky(on_contact.SENDING_A_GIFT)
        case Kind.HOLD_BACK:
            return _hold_back(s, max(s.now, action.until or s.now), t)
    return None


def _after_decision(rule: Rule, decided: Word) -> Finding:
    """Contact after their decision: after a refusal it reopens the matter, and an offer wants its answer first."""
    s = rule.situation
    if decided is not s.offer:
        return rule.pesky(on_contact.THEY_HAVE_DECIDED, decided=decided.at)
    if _offer_answered(s):
        return rule.pesky(on_contact.OFFER_ANSWERED, decided=decided.at)
    if decided.promises is not None and s.now < decided.promises:
        return rule.pesky(on_waiting.OFFER_FIRST_BY, heard=decided.at, due=decided.promises)
    return rule.pesky(on_waiting.OFFER_FIRST, heard=decided.at)


def _offer_answered(s: Situation) -> bool:
    """Whether you have answered their offer, in writing or on the phone."""
    offer = s.offer
    if offer is None or offer is s.answer_owed:
        return False
    return any(each.at >= offer.at and (each.kind is Kind.REPLY or each.answered) for each in s.contacts)


def _reply(s: Situation, t: Thresholds) -> Finding:
    rule, prompt = Rule("principle", s), {"reply_prompt": t.reply_prompt}
    if owed := s.answer_owed:
        due, credit = answer_due(s, owed, t), credit_for_answer(s, owed, s.now, t)
        allowed = timedelta(0) if owed is s.offer and owed.promises is not None else t.reply_late
        if s.now - due > allowed:
            return rule.passive(on_contact.REPLY_LATE, credit, due=due, reply_prompt=t.reply_prompt)
        if owed.call_at is not None and s.now >= owed.call_at:
            return rule.persistent(on_contact.REPLY_INSTEAD_OF_CALL, min(credit, SECOND_BEST), due=due)
        in_time = on_contact.REPLY_TO_INVITATION if owed is s.invitation else on_contact.REPLY_TO_THEM
        if owed is s.offer:
            in_time = on_contact.REPLY_TO_OFFER
        return rule.persistent(
            in_time if credit == FULL_CREDIT else on_contact.REPLY_LATER, credit, heard=owed.at, **prompt
        )
    if (heard := s.unanswered) is None:
        if s.decided:
            return _after_decision(rule, s.decided)
        return rule.pesky(on_contact.ALREADY_ANSWERED if s.heard else on_contact.NOTHING_TO_REPLY_TO)
    if _is_reply_to_refusal(s, t):
        return rule.persistent(on_contact.REPLY_TO_REFUSAL, SECOND_BEST, heard=heard.at)
    if s.now - heard.at > t.reply_lost and s.refusal:
        return _after_decision(rule, s.refusal)
    if s.now - heard.at > t.reply_lost:
        return rule.pesky(on_contact.REPLY_TOO_LATE, heard=heard.at, reply_lost=t.reply_lost)
    credit = credit_when_fading(s.now - heard.at, t.reply_prompt, t.reply_lost)
    return rule.persistent(
        on_contact.REPLY_TO_THEM if credit == FULL_CREDIT else on_contact.REPLY_LATER, credit, heard=heard.at, **prompt
    )


def _is_thanks_for_decision(s: Situation, t: Thresholds) -> bool:
    """Whether an email of thanks now would answer a refusal, or an offer that there is time to think about."""
    if s.offer is None or s.offer is not s.answer_owed:
        return _is_reply_to_refusal(s, t)
    thanked = s.latest(Kind.THANK_YOU_EMAIL)
    return s.now < answer_due(s, s.offer, t) and not (thanked and thanked.at >= s.offer.at)


def _is_reply_to_refusal(s: Situation, t: Thresholds) -> bool:
    """Whether an email now would be the one that answers a refusal."""
    refusal = s.refusal
    return refusal is not None and refusal is s.unanswered and s.now - refusal.at <= t.reply_lost


def answer_due_now(s: Situation, t: Thresholds) -> Word | None:
    """The word to which they are waiting for an answer by now."""
    owed = s.answer_owed
    return owed if owed and s.now >= answer_due(s, owed, t) else None


def _ask_status(s: Situation, t: Thresholds) -> Finding:
    rule, wait = Rule("principle", s), wait_before_status_email(s, t)
    last = s.last_contact
    if asked := s.latest(Kind.STATUS_EMAIL):
        return rule.pesky(on_contact.STATUS_AGAIN, status=asked.at)
    silence = silence_answers_from(s, t)
    if (emailed := s.last_email) and emailed.at >= silence:
        return rule.pesky(on_thanks.LAST_EMAIL_SENT, last=emailed.at, silence_answers=t.silence_answers)
    if not wait.over(s.now):
        if wait == quiet_period(s, t):
            reason = on_contact.STATUS_BEFORE_THE_DATE if wait.promised else on_contact.STATUS_BEFORE_THE_WEEK
            reason = _reason_to_wait(s, wait, t) or reason
        else:
            reason = _reason_before_call(s, t) or on_contact.STATUS_TOO_SOON
        return rule.too_early(reason, wait, last=last, status_after_contact=t.status_after_contact, quiet=t.quiet)
    if s.now >= silence:
        return rule.persistent(on_thanks.LAST_EMAIL, SECOND_BEST, since=s.last_heard, silence_answers=t.silence_answers)
    reason = on_contact.STATUS_AFTER_THANKS if s.latest(Kind.THANK_YOU_EMAIL) else on_contact.STATUS_IN_TIME
    return rule.persistent(reason, SECOND_BEST, last=last, quiet=t.quiet)


def _ask_outcome(s: Situation, t: Thresholds) -> Finding:
    """Never right; what to do instead depends on whether a question about the status is."""
    rule, status = Rule("principle", s), _ask_status(s, t)
    if (until := status.right_from) is not None:
        return rule.pesky(on_contact.ASKING_THE_OUTCOME, until=until)
    right_now = status.verdict is Verdict.PERSISTENT
    return rule.pesky(on_contact.ASKING_THE_OUTCOME_NOW if right_now else on_contact.ASKING_THE_OUTCOME_AGAIN)


def _mention_deadline(s: Situation) -> Finding:
    rule, deadline = Rule("principle", s), s.deadline
    if deadline is None:
        return rule.pesky(on_contact.DEADLINE_MADE_UP)
    if mentioned := s.latest(Kind.MENTION_DEADLINE):
        return rule.pesky(on_contact.DEADLINE_AGAIN, mentioned=mentioned.at)
    if s.now >= deadline:
        return rule.pesky(on_contact.DEADLINE_PAST, deadline=deadline)
    return rule.persistent(on_contact.DEADLINE_MENTIONED, SECOND_BEST, deadline=deadline)


def _hold_back(s: Situation, until: timedelta, t: Thresholds) -> Finding:
    rule, quiet = Rule("principle", s), quiet_period(s, t)
    if owed := s.answer_owed:
        return _hold_back_answer(rule, owed, until, t)
    if s.decided:
        reason = on_waiting.OFFER_SETTLED if _offer_answered(s) else on_waiting.WAIT_AFTER_CONTACT
        return rule.patient(
            on_waiting.DECISION_MADE if s.refusal else reason, decided=s.decided.at, last=s.last_contact
        )
    if s.references_awaited and (asked := s.references_requested) is not None:
        return rule.patient(on_waiting.WAIT_FOR_YOUR_REFEREE, asked=asked)
    opens = next_working_hour(s, s.now, t)
    if (invited := open_invitation(s, t)) and (calls := s.invited_calls(invited)):
        retry = max(opens, wait_before_invited_call(s, invited, t).until)
        if retry == s.now:
            return rule.patient(on_waiting.TRY_AGAIN_NOW, SECOND_BEST, call=calls[-1].at)
        return rule.patient(on_waiting.TRY_ONCE_MORE, call=calls[-1].at, until=retry)
    if not quiet.over(s.now):
        early = s.now - quiet.since <= (quiet.until - quiet.since) / 2
        if quiet.meeting is not None:
            reason = on_waiting.WAIT_TO_MEET
        elif quiet.away:
            reason = on_waiting.WAIT_TILL_THEY_ARE_BACK
        elif quiet.promised:
            reason = on_waiting.WAIT_FOR_THE_DATE if early else on_waiting.LET_THE_DATE_COME
        else:
            reason = on_waiting.GIVE_THEM_TIME if early else on_waiting.LET_THE_WEEK_END
        return rule.patient(reason, since=quiet.since, until=quiet.until, date=quiet.named, quiet=t.quiet)
    if s.now >= silence_answers_from(s, t):
        return rule.patient(on_waiting.SILENCE_ANSWERS, since=s.last_heard, silence_answers=t.silence_answers)
    if call := s.unasked_call:
        return rule.patient(on_waiting.LEAVE_IT_WITH_THEM, call=call.at)
    if s.now < opens and call_open(s.at(opens), t):
        return rule.patient(on_waiting.OFFICE_CLOSED, until=opens)
    if s.now - s.last_contact > t.quiet:
        return rule.patient(on_waiting.NEXT_MOVE_IS_THEIRS)
    return rule.patient(on_waiting.WAIT_AFTER_CONTACT, last=s.last_contact)


def _hold_back_answer(rule: Rule, owed: Word, until: timedelta, t: Thresholds) -> Finding:
    """Holding back an answer is patient until the date or the time that they gave for it, and passive otherwise."""
    s = rule.situation
    due = answer_due(s, owed, t)
    dated = owed is s.offer and owed.promises is not None and owed.call_at is None
    if s.now < due:
        if until > due:
            credit = credit_for_answer(s, owed, until, t) // 2
            missed = on_waiting.CALL_OWED_BY_THEN if owed.call_at is None else on_waiting.CALL_MISSED_BY_THEN
            return rule.passive(on_waiting.ANSWER_OWED_BY_THEN if dated else missed, credit, due=due)
        if owed is s.offer:
            reason = on_waiting.OFFER_OPEN if dated else on_waiting.CALL_ARRANGED
            return rule.patient(reason, SECOND_BEST, heard=owed.at, due=due)
        return rule.patient(on_waiting.CALL_ARRANGED, due=due)
    reason = on_waiting.ANSWER_DUE if s.now - due < AN_HOUR else on_waiting.ANSWER_OWED
    if owed is s.invitation and not dated:
        reason = on_waiting.CALL_OWED
    return rule.passive(reason, credit_for_answer(s, owed, until, t) // 2, due=due)


def _reason_to_wait(s: Situation, wait: Wait, t: Thresholds) -> Reason | None:
    """The reason not to contact them during this wait, if it is one that holds for every kind of contact."""
    if wait.meeting is not None:
        return on_waiting.BEFORE_YOU_MEET
    return on_waiting.WHILE_THEY_ARE_AWAY if wait.away else _reason_before_call(s, t)


def _reason_before_call(s: Situation, t: Thresholds) -> Reason | None:
    """The reason to keep everything for the call that they are waiting for, if it is not time for it yet."""
    owed = s.answer_owed
    early = owed is not None and owed is s.invitation and s.now < answer_due(s, owed, t)
    return on_waiting.BEFORE_THE_CALL if early else None


GUIDELINES = {"references": references, "thank-you": thank_you, "calling": calling, "principle": principle}
