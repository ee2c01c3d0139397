"""The numbers of the guidelines, and the waits that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from etiquette.judge.situation import A_DAY, A_MINUTE, A_WEEK, AN_HOUR, Contact, Kind, Situation

FRIDAY = 4  # as `datetime.weekday` counts


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers of the article and of our reading of it. An office that teaches different numbers loads its own.

    All are durations except `morning_ends`, a time of day. If `thank_you_within` is set, thanks are due within that
    time of the interview; every other step still waits for the `quiet` time to pass.
    """

    references_prompt: timedelta = A_DAY
    references_late: timedelta = 2 * A_DAY
    references_lost: timedelta = A_WEEK
    morning_ends: timedelta = 12 * AN_HOUR
    quiet: timedelta = A_WEEK
    thank_you_within: timedelta | None = None
    thank_you_never: timedelta = 30 * A_DAY
    call_after_email: timedelta = 2 * A_DAY
    message_within: timedelta = AN_HOUR
    status_after_contact: timedelta = 2 * A_DAY


@dataclass(frozen=True, slots=True)
class Wait:
    """A period in which to leave the employer in peace. It is over at `until`.

    `promised` means that the employer named its end, `away` that an out-of-office reply did.
    """

    since: timedelta
    until: timedelta
    promised: bool = False
    away: bool = False

    @property
    def stated_end(self) -> timedelta:
        """The end to tell the learner: the date the employer named, not the minute after it."""
        return self.until - A_MINUTE if self.promised or self.away else self.until

    def over(self, now: timedelta) -> bool:
        """Whether the wait has ended."""
        return now >= self.until

    def credit(self, now: timedelta) -> int:
        """Credit for acting before the end: 0 until halfway, then rising to at most 49."""
        share = (now - self.since) / (self.stated_end - self.since)
        return min(49, int(50 * max(0.0, (share - 0.5) / 0.5)))


def credit_when_late(waited: timedelta, prompt: timedelta, lost: timedelta) -> int:
    """Credit for something owed: 100 up to `prompt`, then falling in a straight line to 0 at `lost`."""
    if waited <= prompt:
        return 100
    return max(0, int(100 * (lost - waited) / (lost - prompt)))


def credit_for_references(waited: timedelta, prompt: timedelta, t: Thresholds) -> int:
    """Credit for sending references: 100 up to `prompt`, which a weekend may extend, then falling as usual."""
    return 100 if waited <= prompt else credit_when_late(waited, t.references_prompt, t.references_lost)


def prompt_window(s: Situation, asked: timedelta, t: Thresholds) -> timedelta:
    """How long references count as prompt: a day or, if requested from Friday to Sunday, until Monday morning ends."""
    if s.interview is None or (local := s.local_time(asked)).weekday() < FRIDAY:
        return t.references_prompt
    monday = datetime.combine(local + (7 - local.weekday()) * A_DAY, time.min)
    return max(t.references_prompt, s.since_interview(monday + t.morning_ends) - asked)


def quiet_period(s: Situation, t: Thresholds) -> Wait:
    """The wait before a thank-you is due: until the date they gave or, without one, a week after you last heard.

    An out-of-office reply that names a later day extends it to that day.
    """
    since = s.last_heard
    until, promised = since + t.quiet, False
    if (promise := s.promise) and promise.promises and promise.promises > since:
        since, until, promised = promise.at, promise.promises + A_MINUTE, True
    if (away := s.away) and away.promises and away.promises > until:
        return Wait(since, away.promises + A_MINUTE, away=True)
    return Wait(since, until, promised)


def wait_before_call(s: Situation, t: Thresholds) -> Wait | None:
    """The wait before a call, or None if no email has been sent that a call may follow.

    An email sent too early counts only from the time when it would have been due, and one that asks for the outcome
    never counts. The latest email is given `call_after_email` to be read.
    """
    latest, references = s.last_email, s.references_email
    emails = [contact for contact in s.contacts if contact.kind in (Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL)]
    counting = [_wait_until_it_counts(s, email, t) for email in emails]
    if references:
        counting.append(Wait(references.at, references.at))
    if latest is None or not counting:
        return None
    first, quiet = min(counting, key=lambda wait: wait.until), quiet_period(s, t)
    counts_from = first.stated_end if first.until > latest.at else latest.at
    wait = Wait(latest.at, counts_from + t.call_after_email)
    return wait if wait.until >= quiet.until else quiet


def _wait_until_it_counts(s: Situation, email: Contact, t: Thresholds) -> Wait:
    """The wait until a call may follow this email: none, unless it was sent during the quiet period."""
    quiet = quiet_period(s.as_of(email.at), t)
    if quiet.over(email.at) or (t.thank_you_within is not None and email.kind is Kind.THANK_YOU_EMAIL):
        return Wait(email.at, email.at)
    return quiet


def wait_before_status_email(s: Situation, t: Thresholds) -> Wait:
    """The quiet period or the pause after your last contact, whichever ends later."""
    quiet = quiet_period(s, t)
    pause = Wait(s.last_contact, s.last_contact + t.status_after_contact)
    return quiet if quiet.until >= pause.until else pause
