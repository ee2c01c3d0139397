"""The numbers of the guidelines, and the waits that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from etiquette.judge.lengths import A_DAY, A_MINUTE, A_WEEK, AN_HOUR
from etiquette.judge.situation import Contact, Decision, Kind, Situation, Word

SATURDAY = 5  # as `datetime.weekday` counts
FULL_CREDIT, SECOND_BEST, HALF_HEARTED, NO_CREDIT = 100, 70, 35, 0
ON_THAT_CALL = 10 * A_MINUTE  # how long after a call its message can be left
NEXT_MORNING = 12 * AN_HOUR  # after a call, where the clock is not known


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers of the article and of our reading of it. An office that teaches different numbers loads its own.

    All are durations except `noon`, `opens` and `closes`, which are times of day. If `thank_you_within` is set, thanks
    are due within that time of the interview; every other step still waits for the `quiet` time to pass.
    """

    references_prompt: timedelta = A_DAY
    references_late: timedelta = 2 * A_DAY
    references_lost: timedelta = A_WEEK
    noon: timedelta = 12 * AN_HOUR
    quiet: timedelta = A_WEEK
    thank_you_within: timedelta | None = None
    thank_you_late: timedelta = 30 * A_DAY
    silence_answers: timedelta = 90 * A_DAY
    call_after_email: timedelta = 2 * A_DAY
    status_after_contact: timedelta = 2 * A_DAY
    reply_prompt: timedelta = A_DAY
    reply_late: timedelta = 2 * A_DAY
    reply_lost: timedelta = A_WEEK
    opens: timedelta = 9 * AN_HOUR
    closes: timedelta = 17 * AN_HOUR


@dataclass(frozen=True, slots=True)
class Wait:
    """A period in which to leave the employer in peace. It is over at `until`.

    `promised` means that the employer named its end, `away` that an out-of-office reply did. `meeting` is when you meet
    them again, if the wait is for that: it begins only then.
    """

    since: timedelta
    until: timedelta
    promised: bool = False
    away: bool = False
    meeting: timedelta | None = None

    @property
    def named(self) -> timedelta:
        """The date to tell the learner: when they meet again or, otherwise, the end of the wait."""
        return self.until if self.meeting is None else self.meeting

    def over(self, now: timedelta) -> bool:
        """Whether the wait has ended."""
        return now >= self.until

    def credit(self, now: timedelta) -> int:
        """Credit for acting before the end: 0 until halfway, then rising to at most 49."""
        if now >= self.until:
            return 49
        share = (now - self.since) / (self.until - self.since)
        return min(49, int(50 * max(0.0, (share - 0.5) / 0.5)))


def credit_when_late(waited: timedelta, prompt: timedelta, lost: timedelta) -> int:
    """Credit for doing what is owed: 100 up to `prompt`, then falling in a straight line to 1 at `lost`.

    The 1 is for doing it at all: it beats holding back, which earns half of it.
    """
    if waited <= prompt:
        return FULL_CREDIT
    return max(1, int(100 * (lost - waited) / (lost - prompt)))


def credit_when_fading(waited: timedelta, full: timedelta, faded: timedelta) -> int:
    """Credit for a step that is allowed, taken late: 100 up to `full`, then falling in a straight line to 70."""
    if waited <= full:
        return FULL_CREDIT
    share = min(1.0, (waited - full) / (faded - full)) if faded > full else 1.0
    return min(FULL_CREDIT - 1, round(FULL_CREDIT - (FULL_CREDIT - SECOND_BEST) * share))


# Working days and hours


def is_working_day(s: Situation, local: datetime) -> bool:
    """Whether people are at work on the day of this local time: Monday to Friday, and no public holiday."""
    return local.weekday() < SATURDAY and local.date() not in s.days_off


def next_working_hour(s: Situation, then: timedelta, t: Thresholds) -> timedelta:
    """This time, if it falls in working hours or the date is not known; otherwise when the employer next opens."""
    if s.interview is None:
        return then
    local = s.local_time(then)
    since_midnight = local - datetime.combine(local, time.min)
    if is_working_day(s, local) and t.opens <= since_midnight < t.closes:
        return then
    if is_working_day(s, local) and since_midnight < t.opens:
        return _opening(s, local, t)
    return _opening(s, _next_working_day(s, local), t)


def next_working_day(s: Situation, then: timedelta, t: Thresholds) -> timedelta:
    """When the employer opens on the next working day or, if the date is not known, the next morning."""
    if s.interview is None:
        return then + NEXT_MORNING
    return _opening(s, _next_working_day(s, s.local_time(then)), t)


def _next_working_day(s: Situation, local: datetime) -> datetime:
    local += A_DAY
    while not is_working_day(s, local):
        local += A_DAY
    return local


def _opening(s: Situation, local: datetime, t: Thresholds) -> timedelta:
    return s.since_interview(datetime.combine(local, time.min) + t.opens)


# References and replies


def prompt_window(s: Situation, asked: timedelta, t: Thresholds) -> timedelta:
    """How long references count as prompt.

    A day or, if requested on a Friday afternoon, at a weekend or on a holiday, until noon on the next working day.
    """
    noon = noon_after_closing(s, asked, t)
    return t.references_prompt if noon is None else max(t.references_prompt, noon - asked)


def noon_after_closing(s: Situation, asked: timedelta, t: Thresholds) -> timedelta | None:
    """Noon on the next working day, if they asked on the afternoon before days off, or on such a day."""
    if s.interview is None:
        return None
    local = s.local_time(asked)
    afternoon = local - datetime.combine(local, time.min) >= t.noon
    if is_working_day(s, local) and not (afternoon and not is_working_day(s, local + A_DAY)):
        return None
    return s.since_interview(datetime.combine(_next_working_day(s, local), time.min) + t.noon)


def answer_due(s: Situation, word: Word, t: Thresholds) -> timedelta:
    """When the time for answering this word begins to run.

    That is when it was said; for a call, the time they gave or else the next working hour; for an offer, the date by
    which they want to know.
    """
    if word.call_at is not None:
        return word.call_at
    if word.decides is Decision.OFFER and word.promises is not None:
        return word.promises
    if word.invites_call:
        return next_working_hour(s, word.call_opens, t)
    return word.at


def credit_for_answer(s: Situation, word: Word, then: timedelta, t: Thresholds) -> int:
    """Credit for giving an answer that is owed at this time. A date or a time that they named allows no further day."""
    named = word.call_at is not None or (word.decides is Decision.OFFER and word.promises is not None)
    prompt = AN_HOUR if word.call_at is not None else timedelta(0) if named else t.reply_prompt
    return credit_when_late(then - answer_due(s, word, t), prompt, t.reply_lost)


# Waits


def quiet_period(s: Situation, t: Thresholds) -> Wait:
    """The wait before a thank-you is due: until the date they gave or, without one, a week after you last heard.

    An out-of-office reply that names a later day extends it to that day. If another interview has been arranged, it is
    the week after that.
    """
    if (meeting := s.next_interview) is not None:
        return Wait(meeting, _by_the_clock(s, meeting, t.quiet), meeting=meeting)
    wait = _wait_to_hear(s, t)
    if (away := s.away) and away.promises and away.promises > wait.until:
        return Wait(wait.since, away.promises, away=True)
    return wait


def _wait_to_hear(s: Situation, t: Thresholds) -> Wait:
    """Until the date they gave or, without one, a week after you last heard from a person."""
    since = s.last_heard
    if (promise := s.promise) and promise.promises and promise.promises > since:
        return Wait(promise.at, promise.promises, promised=True)
    return Wait(since, _by_the_clock(s, since, t.quiet))


def _by_the_clock(s: Situation, since: timedelta, length: timedelta) -> timedelta:
    """When so much time is over: as hours or by the clock on the wall, whichever comes first."""
    if s.interview is None or s.interview.tzinfo is None:
        return since + length
    return min(since + length, s.since_interview(s.local_time(since) + length))


def thanks_late_from(s: Situation, t: Thresholds) -> timedelta:
    """When thanks begin to be late: 30 days after the interview, or a week after they came due if that is later."""
    return max(s.round_began + t.thank_you_late, quiet_period(s, t).until + t.quiet)


def silence_answers_from(s: Situation, t: Thresholds) -> timedelta:
    """When we take their silence for the answer: 90 days after a person last wrote, or a week after their date."""
    return max(s.last_heard + t.silence_answers, _wait_to_hear(s, t).until + t.quiet)


def wait_before_call(s: Situation, t: Thresholds) -> Wait | None:
    """The wait before a call, or None if no email has been sent that a call may follow in this round or the next.

    An email sent too early counts only from the time when it would have been due, and one that asks for the outcome
    never counts. The latest email is given `call_after_email` to be read. Working hours are not counted in.
    """
    latest, references = s.last_email, s.references_email
    emails = [each for each in s.contacts if each.kind in (Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL)]
    counting = [_wait_until_it_counts(s, email, t) for email in emails if email.at >= s.round_began]
    if references:
        counting.append(Wait(references.at, references.at))
    if latest is None or not counting or s.next_interview is not None:
        return None
    first, quiet = min(counting, key=lambda wait: wait.until), quiet_period(s, t)
    wait = Wait(latest.at, max(first.until, latest.at) + t.call_after_email)
    return wait if wait.until >= quiet.until else quiet


def _wait_until_it_counts(s: Situation, email: Contact, t: Thresholds) -> Wait:
    """The wait until a call may follow this email: none, unless it was sent during the quiet period."""
    quiet = quiet_period(s.as_of(email.at), t)
    if quiet.over(email.at) or (t.thank_you_within is not None and email.kind is Kind.THANK_YOU_EMAIL):
        return Wait(email.at, email.at)
    return quiet


def wait_before_invited_call(s: Situation, invitation: Word, t: Thresholds) -> Wait:
    """The wait before a call that they invited: until the time they gave or, after a try, the next working day."""
    opens = invitation.call_opens
    if tries := s.tries(invitation):
        return Wait(tries[-1].at, next_working_day(s, tries[-1].at, t))
    return Wait(invitation.at, opens, promised=opens > invitation.at)


def wait_before_status_email(s: Situation, t: Thresholds) -> Wait:
    """The quiet period or the pause after your last contact, whichever ends later."""
    quiet = quiet_period(s, t)
    pause = Wait(s.last_contact, s.last_contact + t.status_after_contact)
    return quiet if quiet.until >= pause.until else pause
