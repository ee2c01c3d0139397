"""How time is counted: the numbers of the guidelines, and the waits that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from etiquette.judge.situation import A_DAY, A_MINUTE, A_WEEK, AN_HOUR, Contact, Kind, Situation

FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers of the article and of our reading of it. An office that teaches others loads its own.

    All are lengths of time, but for `morning_ends`, which is a time of day. With `thank_you_within`, thanks are
    taught within that time of the interview; everything else still waits for the `quiet` time to pass.
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
    """A time in which to leave them in peace; at `until` it is over.

    `promised` says that they named its end, `away` that a notice of absence did.
    """

    since: timedelta
    until: timedelta
    promised: bool = False
    away: bool = False

    @property
    def named(self) -> timedelta:
        """Its end as one would say it: the date they gave, not the minute after."""
        return self.until - A_MINUTE if self.promised or self.away else self.until

    def over(self, now: timedelta) -> bool:
        """Whether it has been waited out."""
        return now >= self.until

    def credit(self, now: timedelta) -> int:
        """Credit for not waiting it out: nothing up to halfway, almost 50 a minute short."""
        share = (now - self.since) / (self.named - self.since)
        return min(49, int(50 * max(0.0, (share - 0.5) / 0.5)))


def credit_when_late(waited: timedelta, prompt: timedelta, lost: timedelta) -> int:
    """Credit for something owed: all of it while prompt, then straight down to nothing when it is lost."""
    if waited <= prompt:
        return 100
    return max(0, int(100 * (lost - waited) / (lost - prompt)))


def credit_for_references(waited: timedelta, prompt: timedelta, t: Thresholds) -> int:
    """Credit for references after this time: all of it while prompt, which on a weekend they are for longer."""
    return 100 if waited <= prompt else credit_when_late(waited, t.references_prompt, t.references_lost)


def prompt_time(s: Situation, asked: timedelta, t: Thresholds) -> timedelta:
    """How long references are prompt: a day or, asked on a Friday or later, the next working morning."""
    if s.interview is None or (when := s.wall(asked)).weekday() < FRIDAY:
        return t.references_prompt
    monday = datetime.combine(when + (7 - when.weekday()) * A_DAY, time.min)
    return max(t.references_prompt, s.when(monday + t.morning_ends) - asked)


def quiet_time(s: Situation, t: Thresholds) -> Wait:
    """The wait before a thank-you is due: for the date they gave, or a week from when you last heard.

    Somebody who is away until a day is given until then, however that day lies to the date or the week.
    """
    since = s.last_heard
    until, promised = since + t.quiet, False
    if (promise := s.promise) and promise.promises and promise.promises > since:
        since, until, promised = promise.at, promise.promises + A_MINUTE, True
    if (away := s.away) and away.promises and away.promises > until:
        return Wait(since, away.promises + A_MINUTE, away=True)
    return Wait(since, until, promised)


def wait_to_call(s: Situation, t: Thresholds) -> Wait | None:
    """The wait before a call; None while there is no email for it to follow.

    The first email that counts opens the door; asking whether one got the job opens none. The last one sent is
    given its time to be read.
    """
    last, sent = s.last_written, s.requested_references
    emails = (contact for contact in s.contacts if contact.kind in (Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL))
    doors = [_door(s, email, t) for email in emails] + ([Wait(sent.at, sent.at)] if sent else [])
    if last is None or not doors:
        return None
    door, quiet = min(doors, key=lambda each: each.until), quiet_time(s, t)
    if door.until > last.at:
        wait = Wait(last.at, door.named + t.call_after_email)
    else:
        wait = Wait(last.at, last.at + t.call_after_email)
    return wait if wait.until >= quiet.until else quiet


def _door(s: Situation, email: Contact, t: Thresholds) -> Wait:
    """The wait until an email counts: none or, if it was sent too early, until it would have been due."""
    quiet = quiet_time(s.as_of(email.at), t)
    if quiet.over(email.at) or (t.thank_you_within is not None and email.kind is Kind.THANK_YOU_EMAIL):
        return Wait(email.at, email.at)
    return quiet


def wait_to_ask(s: Situation, t: Thresholds) -> Wait:
    """The wait before an email about the status: the quiet time, and a pause after your last contact."""
    quiet = quiet_time(s, t)
    pause = Wait(s.last_contact, s.last_contact + t.status_after_contact)
    return quiet if quiet.until >= pause.until else pause
