"""The facts of one application, and the actions open to the candidate.

Time is a `timedelta` since the end of the interview, throughout. Only a situation that also knows
the calendar (`interview`) can tell a Friday from a Monday, and speak of either.
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
    """What a candidate can do. The values are the words that packs use."""

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


# Contact the employer asked for: answers to what they wrote, and calls they invited.
ANSWERS = frozenset({Kind.REPLY, Kind.INVITED_CALL})
# Contact of the candidate's own accord.
UNASKED = frozenset(Kind) - ANSWERS - {Kind.SEND_REFERENCES, Kind.HOLD_BACK}
# Steps of one's own accord that have a right time; all else unasked has none.
OPEN_STEPS = frozenset({Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL, Kind.CALL, Kind.LEAVE_MESSAGE})
UNASKED_EMAILS = frozenset({Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL, Kind.EMAIL_ASKING_OUTCOME})
CALLS = frozenset({Kind.CALL, Kind.CALL_AGAIN, Kind.INVITED_CALL})


@dataclass(frozen=True, slots=True)
class Action:
    """What the candidate does now; `until` says how long they mean to hold back."""

    kind: Kind
    until: timedelta | None = None

    def __post_init__(self) -> None:
        """Only holding back lasts."""
        if self.until is not None and self.kind is not Kind.HOLD_BACK:
            raise ValueError(f"only {Kind.HOLD_BACK} takes 'until', not {self.kind}")


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact that the candidate has made. A message left is a contact of its own, beside its call."""

    kind: Kind
    at: timedelta
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One thing the employer said or wrote, and what it does; at time zero, said at the interview.

    `promises` is the date they gave, `asks` means that an answer is expected, `decides` that the
    place is filled or offered, `automatic` that a machine wrote it.
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
    """Where an application stands `now`: what they said, what you did, each in order of time.

    `interview` is the local wall-clock time at which the interview ended, if known. With a time zone, clocks that
    change in the meantime are followed: a week of 168 hours then ends at another time of day.
    `references_ready` is when the references come into the candidate's hands, where a referee has
    to say yes first.
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
        for happened in (self.words, self.contacts):
            last = AT_THE_INTERVIEW
            for each in happened:
                if each.at > self.now:
                    raise ValueError(f"{each} has not happened yet at {self.now}")
                if each.at < last:
                    raise ValueError(f"{each} comes after something later")
                last = each.at

    def at(self, now: timedelta) -> Situation:
        """The same situation at another time, nothing having happened since."""
        return replace(self, now=now)

    def as_of(self, then: timedelta) -> Situation:
        """The situation as it was then, before what was done at that moment and any machine's answer to it."""
        return replace(
            self,
            now=then,
            words=tuple(word for word in self.words if word.at < then or (word.at == then and not word.automatic)),
            contacts=tuple(contact for contact in self.contacts if contact.at < then),
        )

    def after(self, *happened: Contact | Word) -> Situation:
        """The situation with these added to what has happened; `now` moves to the last of them."""
        return replace(
            self,
            now=max(self.now, *(each.at for each in happened)),
            words=(*self.words, *(each for each in happened if isinstance(each, Word))),
            contacts=(*self.contacts, *(each for each in happened if isinstance(each, Contact))),
        )

    # What the employer did

    @property
    def references_requested(self) -> timedelta | None:
        """When they asked for references: the first time, or the first since the candidate last handed them over."""
        asked = [word.at for word in self.words if word.requests_references]
        had = self.references_had_since
        again = [at for at in asked if had is not None and at > had]
        return next(iter(again or asked), None)

    @property
    def references_had_since(self) -> timedelta | None:
        """Since when the employer has had the references, on paper or by email."""
        sent = self.made(Kind.SEND_REFERENCES)
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
        """The latest automatic notice that named a day of return."""
        for word in reversed(self.words):
            if word.promises is not None and word.automatic:
                return word
        return None

    @property
    def heard(self) -> Word | None:
        """The latest word that a person sent you since the interview."""
        for word in reversed(self.words):
            if word.at > AT_THE_INTERVIEW and not word.automatic:
                return word
        return None

    @property
    def last_heard(self) -> timedelta:
        """When a person of theirs last spoke or wrote to you: at the interview, if not since."""
        return self.heard.at if self.heard else AT_THE_INTERVIEW

    @property
    def unanswered(self) -> Word | None:
        """The latest word, if you have not replied to it."""
        heard = self.heard
        if heard is None:
            return None
        answers = ANSWERS | {Kind.SEND_REFERENCES} if heard.requests_references else ANSWERS
        return None if any(each.kind in answers and each.at >= heard.at for each in self.contacts) else heard

    @property
    def answer_owed(self) -> Word | None:
        """The latest word, if they are waiting for an answer to it."""
        word = self.unanswered
        return word if word and word.asks else None

    @property
    def invitation(self) -> Word | None:
        """An invitation to call that has not been taken up."""
        for word in reversed(self.words):
            if word.invites_call:
                taken = any(c.kind is Kind.INVITED_CALL and c.at >= word.at for c in self.contacts)
                return None if taken else word
        return None

    @property
    def decided(self) -> Word | None:
        """The word that told you how it ended, unless they have written again since."""
        return self.heard if self.heard and self.heard.decides else None

    # What you did

    def made(self, kind: Kind) -> Contact | None:
        """The latest contact of this kind."""
        return self._latest(frozenset({kind}))

    @property
    def last_contact(self) -> timedelta:
        """When you were last in touch with them: at the interview, if not since."""
        return self.contacts[-1].at if self.contacts else AT_THE_INTERVIEW

    @property
    def references_delivered(self) -> bool:
        """Whether the references are with the employer, and not asked for again."""
        had, asked = self.references_had_since, self.references_requested
        return had is not None and (asked is None or asked <= had)

    @property
    def references_owed_since(self) -> timedelta | None:
        """When the clock started on references that are asked for, ready, and not delivered."""
        requested = self.references_requested
        if requested is None or self.references_delivered or self.decided:
            return None
        owed_since = max(requested, self.references_ready)
        return owed_since if owed_since <= self.now else None

    @property
    def references_awaited(self) -> bool:
        """Whether they are asked for, but not yet in the candidate's hands."""
        asked = self.references_requested is not None and not self.references_delivered and not self.decided
        return asked and self.references_ready > self.now

    @property
    def last_written(self) -> Contact | None:
        """The latest email of the candidate's own accord or, without one, that with the requested references."""
        return self._latest(UNASKED_EMAILS) or self.requested_references

    @property
    def requested_references(self) -> Contact | None:
        """The email with the references, if they had asked for it."""
        asked, sent = self.references_requested, self.made(Kind.SEND_REFERENCES)
        return sent if sent and asked is not None and asked <= sent.at and not self.references_brought else None

    @property
    def last_call(self) -> Contact | None:
        """The latest call, invited or not."""
        return self._latest(CALLS)

    @property
    def unasked_call(self) -> Contact | None:
        """The latest call that nobody invited."""
        return self._latest(CALLS - ANSWERS)

    def message_to_leave(self, within: timedelta) -> Contact | None:
        """The call that rang out just now, `within` this time, if no message has been left on it."""
        call, message = self.last_call, self.made(Kind.LEAVE_MESSAGE)
        if call is None or call.answered or self.now - call.at >= within:
            return None
        return None if message and message.at >= call.at else call

    def _latest(self, kinds: frozenset[Kind]) -> Contact | None:
        for contact in reversed(self.contacts):
            if contact.kind in kinds:
                return contact
        return None

    # How it is said

    def wall(self, then: timedelta) -> datetime:
        """What a clock where they are shows at that moment.

        Raises:
            ValueError: it is not known when the interview was.
        """
        if self.interview is None:
            raise ValueError("a date needs to know when the interview was")
        zone = self.interview.tzinfo
        if zone is None:
            return self.interview + then
        return (self.interview.astimezone(UTC) + then).astimezone(zone).replace(tzinfo=None)

    def when(self, wall: datetime) -> timedelta:
        """The moment at which a clock where they are shows this: what `wall` undoes.

        Raises:
            ValueError: it is not known when the interview was.
        """
        if self.interview is None:
            raise ValueError("a date needs to know when the interview was")
        zone = self.interview.tzinfo
        if zone is None:
            return wall - self.interview
        return wall.replace(tzinfo=zone).astimezone(UTC) - self.interview.astimezone(UTC)

    def ago(self, then: timedelta) -> str:
        """How long ago that was: '20 hours'."""
        return duration(self.now - then)

    def moment(self, then: timedelta) -> str:
        """That moment in words: 'Thursday 10:00', or 'Thursday 12 March, 10:00' beyond six days."""
        if self.interview is None:
            return f"{duration(then)} after the interview"
        when = self.wall(then)
        if abs(then - self.now) < 6 * A_DAY:
            return f"{when:%A %H:%M}"
        return f"{when:%A} {when.day} {when:%B}, {when:%H:%M}"

    def date(self, then: timedelta) -> str:
        """That moment as a date: 'Tue 3 Mar 11:00'.

        Raises:
            ValueError: it is not known when the interview was.
        """
        when = self.wall(then)
        return f"{when:%a} {when.day} {when:%b %H:%M}"


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
