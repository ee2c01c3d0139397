"""The facts of one application, and the actions open to the candidate.

Every time is a `timedelta` since the end of an interview, usually the last one. Only a situation that knows the date
of its `interview` can tell a Friday from a Monday.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from etiquette.judge.lengths import A_DAY, duration, spoken

AT_THE_INTERVIEW = timedelta(0)
LAST_MINUTE = time(23, 59)


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
    BYPASS = "bypass"
    MENTION_DEADLINE = "mention_deadline"
    HOLD_BACK = "hold_back"


class Decision(StrEnum):
    """How the employer decided."""

    OFFER = "offer"
    REFUSAL = "refusal"


# Contact that the employer asked for.
ANSWERS = frozenset({Kind.REPLY, Kind.INVITED_CALL})
# Contact that the employer did not ask for.
UNASKED = frozenset(Kind) - ANSWERS - {Kind.SEND_REFERENCES, Kind.HOLD_BACK}
# Unasked contact that is right at some time; the rest never is.
TIMED_STEPS = frozenset({Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL, Kind.CALL, Kind.LEAVE_MESSAGE})
UNASKED_EMAILS = frozenset({Kind.THANK_YOU_EMAIL, Kind.STATUS_EMAIL, Kind.EMAIL_ASKING_OUTCOME, Kind.MENTION_DEADLINE})
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
    """One thing that the employer said or wrote. At the time of an interview, it was said there.

    `promises` is the date they gave: by then you will hear from them or, if they make an offer, they want your answer.
    `asks` means that they expect an answer. `call_at` is the time they gave for the call they invite, `interview_at`
    the end of the interview they invite to. `automatic` means an automatic reply, `reposted` that they have listed the
    job again, which is no word to you.
    """

    at: timedelta = AT_THE_INTERVIEW
    requests_references: bool = False
    promises: timedelta | None = None
    asks: bool = False
    invites_call: bool = False
    call_at: timedelta | None = None
    no_calls: bool = False
    decides: Decision | None = None
    invites_interview: bool = False
    interview_at: timedelta | None = None
    automatic: bool = False
    reposted: bool = False

    @property
    def call_opens(self) -> timedelta:
        """From when the call that it invites is welcome: the time they gave, or the date by which you should hear."""
        promised = None if self.decides else self.promises
        return next(at for at in (self.call_at, promised, self.at) if at is not None)

    @property
    def personal(self) -> bool:
        """Whether a person wrote or said it to you."""
        return not (self.automatic or self.reposted)


@dataclass(frozen=True, slots=True)
class Situation:
    """Where an application stands `now`: what they said and what you did, each in order of time.

    `interview` is the local time at which the interview at time zero ended, if known. If it has a time zone, a week of
    168 hours ends at another time of day when the clocks change. `references_ready` has, for each referee, the time
    from which you may name them. `deadline` is when you have to answer an offer from another employer. `days_off` are
    public holidays where the employer is. What lies before zero belongs to earlier interviews.

    Each interview begins a new round: thanks, calls and dates count within one, references for all of them. The present
    one began at `round_began`, when the latest interview that has taken place ended.
    """

    now: timedelta
    words: tuple[Word, ...] = ()
    contacts: tuple[Contact, ...] = ()
    interview: datetime | None = None
    references_brought: bool = False
    references_ready: tuple[timedelta, ...] = (AT_THE_INTERVIEW,)
    interviewers: int = 1
    deadline: timedelta | None = None
    through_recruiter: bool = False
    days_off: frozenset[date] = frozenset()
    round_began: timedelta = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.now < AT_THE_INTERVIEW:
            raise ValueError(f"now lies {duration(-self.now)} before the interview")
        for events in (self.words, self.contacts):
            last = None
            for each in events:
                if each.at > self.now:
                    raise ValueError(f"{each} has not happened yet at {self.now}")
                if last is not None and each.at < last:
                    raise ValueError(f"{each} comes after something later")
                last = each.at
        began = max((end for end in self._interviews() if end <= self.now), default=AT_THE_INTERVIEW)
        object.__setattr__(self, "round_began", began)

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

    # The round

    @property
    def next_interview(self) -> timedelta | None:
        """When an interview to come will end, if one has been arranged."""
        return next((end for end in self._interviews() if end > self.now), None)

    def _interviews(self) -> list[timedelta]:
        """The ends of all interviews. A later invitation moves one that had not taken place, a decision cancels it."""
        ends = [AT_THE_INTERVIEW]
        for word in self.words:
            if word.invites_interview or word.decides:
                ends = [end for end in ends if end <= max(word.at, AT_THE_INTERVIEW)]
            if word.interview_at is not None:
                ends.append(word.interview_at)
        return ends

    @property
    def _round_words(self) -> list[Word]:
        """What they have said and written in this round, or about a call in this round, the latest first."""
        began = self.round_began
        return [
            word
            for word in reversed(self.words)
            if word.at >= began or (word.call_at is not None and word.call_at > began)
        ]

    # What the employer did

    @property
    def promise(self) -> Word | None:
        """The latest word in which a person said when you would hear from them."""
        for word in self._round_words:
            if word.promises is not None and word.personal and not word.decides:
                return word
            if word.invites_interview:
                return None  # it keeps all earlier promises
        return None

    @property
    def away(self) -> Word | None:
        """The latest automatic reply that named a day of return, unless a person has written since."""
        for word in self._round_words:
            if word.personal:
                return None
            if word.promises is not None and word.automatic:
                return word
        return None

    @property
    def heard(self) -> Word | None:
        """The latest word from a person since the interview."""
        for word in reversed(self.words):
            if word.at <= self.round_began:
                return None
            if word.personal:
                return word
        return None

    @property
    def last_heard(self) -> timedelta:
        """When you last heard from a person: at the interview, if not since."""
        return self.heard.at if self.heard else self.round_began

    @property
    def unanswered(self) -> Word | None:
        """The latest word from a person, if nothing you have sent since has answered it."""
        heard = self.heard
        if heard is None or any(each.at >= heard.at and _answers(each, heard) for each in self.contacts):
            return None
        return heard

    @property
    def answer_owed(self) -> Word | None:
        """The latest word from a person to which they are waiting for your answer: a question, or an offer.

        A refusal ends the wait for what they asked before; so does what they write once you have been in touch.
        """
        offer, heard, calls_wanted = self.offer, self.last_heard, True
        for word in self._round_words:
            since = [contact for contact in self.contacts if contact.at >= word.at]
            expected = word if calls_wanted else replace(word, call_at=None)
            settled = any(_settles(contact, expected) for contact in since)
            asked = (word.asks or expected.call_at is not None) and word.personal
            calls_wanted = calls_wanted and not word.no_calls
            overtaken = any(contact.at < heard for contact in since)
            if not settled and (word is offer or (asked and not overtaken)):
                return word
            if word.decides is Decision.REFUSAL:
                return None
        return None

    @property
    def invitation(self) -> Word | None:
        """The latest invitation to call, if you may still take it up.

        A call that nobody answers may be tried once more. Asking you not to call takes back an earlier invitation, and
        a word from them ends one for the case that you do not hear.
        """
        for word in self._round_words:
            if word.invites_call:
                taken = len(self.tries(word)) > 1 or any(call.answered for call in self.invited_calls(word))
                heard_since = word.promises is not None and self.last_heard > word.at
                return None if taken or heard_since else word
            if word.no_calls:
                return None
        return None

    def invited_calls(self, invitation: Word) -> list[Contact]:
        """The calls with which you took up this invitation; calling again after one that nobody answered is one too."""
        calls: list[Contact] = []
        for each in self.contacts:
            again = each.kind is Kind.CALL_AGAIN and bool(calls) and not calls[-1].answered
            if each.at >= invitation.at and (each.kind is Kind.INVITED_CALL or again):
                calls.append(each)
        return calls

    def tries(self, invitation: Word) -> list[Contact]:
        """Those of these calls that you made once the call was welcome."""
        return [call for call in self.invited_calls(invitation) if call.at >= invitation.call_opens]

    @property
    def no_calls(self) -> Word | None:
        """The latest word in which they asked you not to call, unless they have invited you to since."""
        for word in reversed(self.words):
            if word.no_calls:
                return word
            if word.invites_call:
                return None
        return None

    @property
    def offer(self) -> Word | None:
        """Their offer, unless they have refused since."""
        for word in self._round_words:
            if word.decides:
                return word if word.decides is Decision.OFFER else None
        return None

    @property
    def refusal(self) -> Word | None:
        """Their refusal, unless they have reopened the matter since: with a question, a date or an invitation."""
        for word in self._round_words:
            if word.decides:
                return word if word.decides is Decision.REFUSAL else None
            reopens = word.asks or word.requests_references or word.invites_interview or word.promises is not None
            if word.personal and reopens:
                return None
        return None

    @property
    def decided(self) -> Word | None:
        """Their offer or refusal."""
        return self.refusal or self.offer

    # The references

    @property
    def references_requested(self) -> timedelta | None:
        """When they first asked for references or, once these were delivered, first asked for them again."""
        requested = None
        for word in self.words:
            if word.requests_references and (requested is None or self._delivered_before(requested, word.at)):
                requested = word.at
        return requested

    @property
    def references_delivered_at(self) -> timedelta | None:
        """When the employer received references, on paper or by email, most recently."""
        sent = [each.at for each in self.contacts if each.kind is Kind.SEND_REFERENCES]
        return sent[-1] if sent else AT_THE_INTERVIEW if self.references_brought else None

    @property
    def references_delivered(self) -> bool:
        """Whether the employer has the references and has not asked for them again."""
        requested = self.references_requested
        if requested is None:
            return self.references_delivered_at is not None
        return not self._undelivered(requested)

    @property
    def references_owed_since(self) -> timedelta | None:
        """When the clock started on references that were requested, are ready, and have not been delivered."""
        return next((at for at in self._outstanding if at <= self.now), None)

    @property
    def references_awaited(self) -> bool:
        """Whether references were requested that the candidate cannot send yet."""
        return any(at > self.now for at in self._outstanding)

    @property
    def references_complete_at(self) -> timedelta:
        """When the last referee can be named."""
        return max(self.references_ready, default=AT_THE_INTERVIEW)

    @property
    def _outstanding(self) -> list[timedelta]:
        """From when each reference that is still missing could be sent, the earliest first."""
        requested, decided = self.references_requested, self.decided
        if requested is None or (decided and decided.at > requested):
            return []
        return self._undelivered(requested)

    def _undelivered(self, requested: timedelta) -> list[timedelta]:
        if self.references_brought and requested <= AT_THE_INTERVIEW:
            return []
        sent = [each.at for each in self.contacts if each.kind is Kind.SEND_REFERENCES and each.at >= requested]
        first = min(self.references_ready, default=AT_THE_INTERVIEW)
        agreed = (ready for ready in self.references_ready if ready > AT_THE_INTERVIEW)
        always = sum(ready <= AT_THE_INTERVIEW for ready in self.references_ready)
        could_be_sent = sorted([requested] * always + [max(requested, ready) for ready in agreed])
        return [at for at in could_be_sent if not any(then >= at or then < first for then in sent)]

    def _delivered_before(self, requested: timedelta, then: timedelta) -> bool:
        earlier = replace(self, contacts=tuple(each for each in self.contacts if each.at < then))
        return not earlier._undelivered(requested)

    # What you did

    def latest(self, *kinds: Kind) -> Contact | None:
        """The latest contact of any of these kinds in this round."""
        began = self.round_began
        for contact in reversed(self.contacts):
            if contact.kind in kinds and contact.at >= began:
                return contact
        return None

    @property
    def last_contact(self) -> timedelta:
        """When you were last in touch with them: at the interview, if not since."""
        return max(self.round_began, self.contacts[-1].at if self.contacts else AT_THE_INTERVIEW)

    @property
    def last_email(self) -> Contact | None:
        """The latest unasked email or, if there is none, the email with the requested references."""
        return self.latest(*UNASKED_EMAILS) or self.references_email

    @property
    def references_email(self) -> Contact | None:
        """The email with the references, if they had been requested."""
        asked, sent = self.references_requested, self.latest(Kind.SEND_REFERENCES)
        if sent is None or asked is None or asked > sent.at:
            return None
        return None if self.references_brought and asked <= AT_THE_INTERVIEW else sent

    @property
    def last_call(self) -> Contact | None:
        """The latest call, invited or not."""
        return self.latest(*CALLS)

    @property
    def unasked_call(self) -> Contact | None:
        """The latest call that was not invited, by whatever name."""
        invited = [call for word in self.words if word.invites_call for call in self.invited_calls(word)]
        for contact in reversed(self.contacts):
            if contact.kind in CALLS and contact.at >= self.round_began and contact not in invited:
                return contact
        return None

    def call_without_message(self, within: timedelta) -> Contact | None:
        """The latest call, if it went unanswered no longer than `within` ago and no message was left."""
        call, message = self.last_call, self.latest(Kind.LEAVE_MESSAGE)
        if call is None or call.answered or self.now - call.at > within:
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

    def moment(self, then: timedelta) -> str:
        """That moment in words: 'Thursday 10:00' or, six or more days away, 'Thursday 12 March, 10:00'.

        The last minute of a day stands for the whole of it: 'the end of Thursday'.
        """
        if self.interview is None:
            return f"{spoken(then)} after the interview"
        local = self.local_time(then)
        near = abs(then - self.now) < 6 * A_DAY
        day = f"{local:%A}" if near else f"{local:%A} {local.day} {local:%B}"
        if local.time() == LAST_MINUTE:
            return f"the end of {day}"
        return f"{day} {local:%H:%M}" if near else f"{day}, {local:%H:%M}"

    def date(self, then: timedelta) -> str:
        """That moment as a date: 'Tue 3 Mar 11:00'.

        Raises:
            ValueError: the date of the interview is not known.
        """
        local = self.local_time(then)
        return f"{local:%a} {local.day} {local:%b %H:%M}"


def _answers(contact: Contact, word: Word) -> bool:
    """Whether this contact, made after this word, leaves nothing of it to answer."""
    match contact.kind:
        case Kind.REPLY:
            return True
        case Kind.INVITED_CALL:
            return contact.answered
        case Kind.SEND_REFERENCES:
            return word.requests_references
        case Kind.THANK_YOU_EMAIL:
            return not word.asks and word.decides is not Decision.OFFER
    return False


def _settles(contact: Contact, word: Word) -> bool:
    """Whether nobody is waiting any longer for an answer to this word, now that this contact has been made."""
    if word.call_at is not None and contact.at < word.call_at:
        return contact.kind is Kind.INVITED_CALL and contact.answered
    return contact.kind in ANSWERS or (word.requests_references and contact.kind is Kind.SEND_REFERENCES)
