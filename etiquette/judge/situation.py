"""The facts of one application, and the actions open to the candidate.

Every time is a `timedelta` since the end of the interview. Only a situation that knows the date of its `interview`
can tell a Friday from a Monday.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

AT_THE_INTERVIEW = timedelta(0)
A_MINUTE = timedelta(minutes=1)
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
A_WEEK = timedelta(weeks=1)


class Kind(StrEnum):
    """What a candidate can do. Packs and cases use the values."""

    SEND_REFERENCES = "send_references"
    THANK_YOU_EMAIL = "thank_you_email"
    STATUS_EMAIL = "status_email"
    EMAIL_ASKING_OUTCOME = "email_asking_outcome"
    CALL = "call"
    LEAVE_MESSAGE = "leave_message"
    CALL_AGAIN = "call_again"
    INVITED_CALL = "invited_call"
    REPLY = "reply"
    DROP_IN = "drop_in"
    SOCIAL_MEDIA_MESSAGE = "social_media_message"
    GIFT = "gift"
    HOLD_BACK = "hold_back"


# Contact that the employer asked for.
ANSWERS = frozenset({Kind.REPLY, Kind.INVITED_CALL})
# Contact that the employer did not ask for.
UNASKED = frozenset(Kind) - ANSWERS - {Kind.SEND_REFERENCES, Kind.HOLD_BACK}
# Unasked contact that is right at some time; the rest never is.
TIMED_STEPS = frozenset({Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL, Kind.CALL, Kind.LEAVE_MESSAGE})
UNASKED_EMAILS = frozenset({Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL, Kind.EMAIL_ASKING_OUTCOME})
CALLS = frozenset({Kind.CALL, Kind.CALL_AGAIN, Kind.INVITED_CALL})


@dataclass(frozen=True, slots=True)
class Action:
    """What the candidate does now. `until` is when they plan to stop holding back."""

    kind: Kind
    until: timedelta | None = None

    def __post_init__(self) -> None:
        """Refuse an `until` for anything but holding back."""
        if self.until is not None and self.kind is not Kind.HOLD_BACK:
            raise ValueError(f"only {Kind.HOLD_BACK} takes 'until', not {self.kind}")


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact that the candidate has made. A voicemail is a contact of its own, in addition to its call."""

    kind: Kind
    at: timedelta
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that the employer said or wrote. At time zero, it was said at the interview.

    `promises` is the date they gave. `asks` means that they expect an answer, `decides` that it is an offer or a
    refusal, and `automatic` that it is an automatic reply.
    """

    at: timedelta = AT_THE_INTERVIEW
    requests_references: bool = False
    promises: timedelta | None = None
    asks: bool = False
    invites_call: bool = False
    decides: bool = False
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """Where an application stands `now`: what they said and what you did, each in order of time.

    `interview` is the local time at which the interview ended, if known. If it has a time zone, a week of 168 hours
    ends at another time of day when the clocks change. `references_ready` is when the candidate can send the
    references, if a referee has to agree first.
    """

    now: timedelta
    words: tuple[Word, ...] = ()
    contacts: tuple[Contact, ...] = ()
    interview: datetime | None = None
    references_brought: bool = False
    references_ready: timedelta = AT_THE_INTERVIEW

    def __post_init__(self) -> None:
        if self.now < AT_THE_INTERVIEW:
            raise ValueError(f"now lies {duration(-self.now)} before the interview")
        for events in (self.words, self.contacts):
            last = AT_THE_INTERVIEW
            for each in events:
                if each.at > self.now:
                    raise ValueError(f"{each} has not happened yet at {self.now}")
                if each.at < last:
                    raise ValueError(f"{each} comes after something later")
                last = each.at

    def at(self, now: timedelta) -> Situation:
        """The same situation at another time, if nothing else happens."""
        return replace(self, now=now)

    def as_of(self, then: timedelta) -> Situation:
        """The situation as it was then, without the contacts and automatic replies of that very moment."""
        return replace(
            self,
            now=then,
            words=tuple(word for word in self.words if word.at < then or (word.at == then and not word.automatic)),
            contacts=tuple(contact for contact in self.contacts if contact.at < then),
        )

    def after(self, *events: Contact | Word) -> Situation:
        """The situation after these events; `now` moves to the last of them."""
        return replace(
            self,
            now=max(self.now, *(each.at for each in events)),
            words=(*self.words, *(each for each in events if isinstance(each, Word))),
            contacts=(*self.contacts, *(each for each in events if isinstance(each, Contact))),
        )

    # What the employer did

    @property
    def references_requested(self) -> timedelta | None:
        """When they first asked for references or, once these were delivered, first asked for them again."""
        asked = [word.at for word in self.words if word.requests_references]
        delivered = self.references_delivered_at
        again = [at for at in asked if delivered is not None and at > delivered]
        return next(iter(again or asked), None)

    @property
    def references_delivered_at(self) -> timedelta | None:
        """When the employer received the references, on paper or by email."""
        sent = self.latest(Kind.SEND_REFERENCES)
        return sent.at if sent else AT_THE_INTERVIEW if self.references_brought else None

    @property
    def promise(self) -> Word | None:
        """The latest word in which a person gave a date."""
        for word in reversed(self.words):
            if word.promises is not None and not word.automatic:
                return word
        return None

    @property
    def away(self) -> Word | None:
        """The latest automatic reply that named a day of return."""
        for word in reversed(self.words):
            if word.promises is not None and word.automatic:
                return word
        return None

    @property
    def heard(self) -> Word | None:
        """The latest word from a person since the interview."""
        for word in reversed(self.words):
            if word.at > AT_THE_INTERVIEW and not word.automatic:
                return word
        return None

    @property
    def last_heard(self) -> timedelta:
        """When you last heard from a person: at the interview, if not since."""
        return self.heard.at if self.heard else AT_THE_INTERVIEW

    @property
    def unanswered(self) -> Word | None:
        """The latest word from a person, if you have not replied to it."""
        heard = self.heard
        if heard is None:
            return None
        answers = ANSWERS | {Kind.SEND_REFERENCES} if heard.requests_references else ANSWERS
        return None if any(each.kind in answers and each.at >= heard.at for each in self.contacts) else heard

    @property
    def answer_owed(self) -> Word | None:
        """The latest word from a person, if they are waiting for your reply to it."""
        word = self.unanswered
        return word if word and word.asks else None

    @property
    def invitation(self) -> Word | None:
        """The latest invitation to call, if you have not taken it up."""
        for word in reversed(self.words):
            if word.invites_call:
                taken = any(c.kind is Kind.INVITED_CALL and c.at >= word.at for c in self.contacts)
                return None if taken else word
        return None

    @property
    def decided(self) -> Word | None:
        """The word that gave their decision, unless they have written again since."""
        return self.heard if self.heard and self.heard.decides else None

    # What you did

    def latest(self, *kinds: Kind) -> Contact | None:
        """The latest contact of any of these kinds."""
        for contact in reversed(self.contacts):
            if contact.kind in kinds:
                return contact
        return None

    @property
    def last_contact(self) -> timedelta:
        """When you were last in touch with them: at the interview, if not since."""
        return self.contacts[-1].at if self.contacts else AT_THE_INTERVIEW

    @property
    def references_delivered(self) -> bool:
        """Whether the employer has the references and has not asked for them again."""
        delivered, asked = self.references_delivered_at, self.references_requested
        return delivered is not None and (asked is None or asked <= delivered)

    @property
    def references_owed_since(self) -> timedelta | None:
        """When the clock started on references that were requested, are ready, and have not been delivered."""
        requested = self.references_requested
        if requested is None or self.references_delivered or self.decided:
            return None
        owed_since = max(requested, self.references_ready)
        return owed_since if owed_since <= self.now else None

    @property
    def references_awaited(self) -> bool:
        """Whether references were requested that the candidate cannot send yet."""
        asked = self.references_requested is not None and not self.references_delivered and not self.decided
        return asked and self.references_ready > self.now

    @property
    def last_email(self) -> Contact | None:
        """The latest unasked email or, if there is none, the email with the requested references."""
        return self.latest(*UNASKED_EMAILS) or self.references_email

    @property
    def references_email(self) -> Contact | None:
        """The email with the references, if they had been requested."""
        asked, sent = self.references_requested, self.latest(Kind.SEND_REFERENCES)
        return sent if sent and asked is not None and asked <= sent.at and not self.references_brought else None

    @property
    def last_call(self) -> Contact | None:
        """The latest call, invited or not."""
        return self.latest(*CALLS)

    @property
    def unasked_call(self) -> Contact | None:
        """The latest call that was not invited."""
        return self.latest(*CALLS - ANSWERS)

    def call_without_message(self, within: timedelta) -> Contact | None:
        """The latest call, if it went unanswered less than `within` ago and no message was left."""
        call, message = self.last_call, self.latest(Kind.LEAVE_MESSAGE)
        if call is None or call.answered or self.now - call.at >= within:
            return None
        return None if message and message.at >= call.at else call

    # Clock times, and how to say them

    def local_time(self, then: timedelta) -> datetime:
        """The naive local time at that moment, where the employer is.

        Raises:
            ValueError: the date of the interview is not known.
        """
        interview = self._known_interview()
        if interview.tzinfo is None:
            return interview + then
        return (interview.astimezone(UTC) + then).astimezone(interview.tzinfo).replace(tzinfo=None)

    def since_interview(self, local: datetime) -> timedelta:
        """The time from the interview to a naive local time: the inverse of `local_time`.

        Raises:
            ValueError: the date of the interview is not known.
        """
        interview = self._known_interview()
        if interview.tzinfo is None:
            return local - interview
        return local.replace(tzinfo=interview.tzinfo).astimezone(UTC) - interview.astimezone(UTC)

    def _known_interview(self) -> datetime:
        if self.interview is None:
            raise ValueError("the date of the interview is not known")
        return self.interview

    def ago(self, then: timedelta) -> str:
        """How long ago that was: '20 hours'."""
        return duration(self.now - then)

    def moment(self, then: timedelta) -> str:
        """That moment in words: 'Thursday 10:00' or, six or more days away, 'Thursday 12 March, 10:00'."""
        if self.interview is None:
            return f"{duration(then)} after the interview"
        local = self.local_time(then)
        if abs(then - self.now) < 6 * A_DAY:
            return f"{local:%A %H:%M}"
        return f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"

    def date(self, then: timedelta) -> str:
        """That moment as a date: 'Tue 3 Mar 11:00'.

        Raises:
            ValueError: the date of the interview is not known.
        """
        local = self.local_time(then)
        return f"{local:%a} {local.day} {local:%b %H:%M}"


def duration(length: timedelta) -> str:
    """A length of time in words, rounded down: '40 minutes', '20 hours', '6 days 23 hours', 'a week'."""
    if length < A_MINUTE:
        return "a moment"
    hours, minutes = divmod(length // A_MINUTE, 60)
    days, rest = divmod(hours, 24)
    if hours < 1:
        return _count(minutes, "minute")
    if hours < 3 or hours in (24, 48):
        return _count(hours, "hour") + (f" {_count(minutes, 'minute')}" if minutes else "")
    if hours <= 60:
        return _count(hours, "hour")
    if hours == 7 * 24:
        return "a week"
    if days < 14 and rest:
        return f"{_count(days, 'day')} {_count(rest, 'hour')}"
    return _count(days, "day")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
