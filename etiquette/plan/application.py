"""The learner's own application: the interview, what was said there, and what has happened since.

The learner enters local times; the judge counts elapsed time since the interview. Times shown to the learner, weekends,
public holidays and working hours are by the employer's clock.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from etiquette.judge import A_MINUTE, A_WEEK, AT_THE_INTERVIEW, Contact, Decision, Kind, Situation, Word
from etiquette.plan.days_off import days_off
from etiquette.plan.errors import EntryError
from etiquette.plan.form import BY_ME, BY_THEM, CONTACT_CHOICES, MEDIUM_CHOICES, MOST_ROWS, ROW_CHOICES
from etiquette.plan.local_time import elapsed, from_rfc9557, in_both_zones, to_rfc9557, zone_of
from etiquette.plan.places import parse_place, zone_names

FORMAT, OLDER_FORMAT = "etiquette application 2", "etiquette application 1"
MOST_EVENTS = 2 * MOST_ROWS + 4  # in a file: three fields of the form become events, and a row may become two
LONGEST_NAME, LONGEST_SAID = 120, 300
MOST_INTERVIEWERS, MOST_ROUNDS = 6, 3
LARGEST_APPLICATION = 64 * 1024
LONGEST_BEFORE = timedelta(days=366)  # how long before the interview an event may be
PLANNED_DAYS = timedelta(days=400)  # for how long public holidays are looked up
ID_PATTERN = re.compile(r"[0-9A-Za-z-]{0,64}")
APPLICATION_TOO_LARGE = "This file is far too large to be a saved application, so it can’t be opened."
DAMAGED = "This file is damaged, or wasn’t saved by My interview, so it can’t be opened."

# What each kind of event says. THEN_FIELDS has the field that its second date fills, if not `promises`.
WORDS = {
    "asks": Word(asks=True),
    "requests_references": Word(requests_references=True),
    "invites_call": Word(asks=True, invites_call=True),
    "call_if_silent": Word(invites_call=True),
    "no_calls": Word(no_calls=True),
    "offer": Word(decides=Decision.OFFER),
    "refusal": Word(decides=Decision.REFUSAL),
    "invites_interview": Word(invites_interview=True),
    "calls_off": Word(invites_interview=True),  # the interview they had arranged: postponed or cancelled
    "automatic": Word(automatic=True),
    "reposted": Word(reposted=True),
}
THEN_FIELDS = {"invites_call": "call_at", "invites_interview": "interview_at", "calls_off": "interview_at"}
APART = ("reposted", "automatic", "invites_call")  # never merged with other things said in the same minute

# The contacts of an event whose name is not simply the kind of contact.
CONTACTS = {
    "send_some_references": (Kind.SEND_REFERENCES,),
    "call_and_message": (Kind.CALL, Kind.LEAVE_MESSAGE),
    "call_answered": (Kind.CALL,),
    "invited_call_answered": (Kind.INVITED_CALL,),
    "accept_offer": (Kind.REPLY,),
    "decline_offer": (Kind.REPLY,),
    "thank_for_offer": (Kind.THANK_YOU_EMAIL,),  # their offer is still open
}
ANSWERED_CALLS = frozenset({"call_answered", "invited_call_answered"})


@dataclass(frozen=True, slots=True)
class ApplicationEvent:
    """Something that has happened. `what` is a key of ROW_CHOICES, which say what `then`, the second date, means.

    `said` has the words that `then` was read from. They need not give a date.
    """

    what: str
    at: datetime
    then: datetime | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """One application. `interview` is the end of the interview, in the employer's time zone; `home` is the candidate's.

    `id` is random and identifies the calendar events of this application. `round` counts interviews. `place` is the
    employer's, as typed, and `country` its ISO 3166 code, empty if unknown. `medium` and `contact` are keys of
    MEDIUM_CHOICES and CONTACT_CHOICES. `referees_ready` is when each group of referees can be named; empty if all
    have agreed. What was said at the interview are events at that time.

    Raises:
        ValueError: Something is out of range, has no `ZoneInfo`, or comes before something that it has to follow.
    """

    interview: datetime
    home: ZoneInfo
    id: str = ""
    job: str = ""
    employer: str = ""
    round: int = 1
    medium: str = "person"
    contact: str = "interviewer"
    place: str = ""
    country: str = ""
    interviewers: int = 1
    references_brought: bool = False
    referees_ready: tuple[datetime, ...] = ()
    events: tuple[ApplicationEvent, ...] = ()

    def __post_init__(self) -> None:
        if not (1 <= self.round <= MOST_ROUNDS and 1 <= self.interviewers <= MOST_INTERVIEWERS):
            raise ValueError("too many interviews or interviewers")
        if self.medium not in MEDIUM_CHOICES or self.contact not in CONTACT_CHOICES:
            raise ValueError(f"unknown medium or contact: {self.medium}, {self.contact}")
        if not ID_PATTERN.fullmatch(self.id):
            raise ValueError(f"not an id: {self.id}")
        for when in (self.interview, *self.referees_ready, *(event.at for event in self.events)):
            zone_of(when)
        for event in self.events:
            if event.what not in ROW_CHOICES:
                raise ValueError(f"unknown event: {event.what}")
            if elapsed(self.interview, event.at) < -LONGEST_BEFORE:
                raise ValueError(f"{event}: too long before the interview")
            if event.then and elapsed(event.at, event.then) <= timedelta(0):
                raise ValueError(f"{event.then}: not after {event.at}")

    def situation(self, now: datetime) -> Situation:
        """The situation that the judge assesses, at this time.

        Raises:
            ValueError: The interview or an event has not happened yet.
        """
        last = now + PLANNED_DAYS
        return Situation(
            now=self._since(now),
            words=self._words(now),
            contacts=tuple(contact for event in self._by_time(BY_ME) for contact in self._contacts(event)),
            interview=self.interview,
            references_brought=self.references_brought,
            references_ready=self._references_ready(),
            interviewers=self.interviewers,
            deadline=next((self._since(event.then) for event in self.latest("deadline") if event.then), None),
            through_recruiter=self.contact == "recruiter",
            days_off=days_off(self.country, (self.interview - A_WEEK).date(), last.date()),
        )

    def too_early(self, now: datetime) -> str:
        """Why no plan can be made at this time, as a sentence for the learner; empty if one can."""
        last = max((self.interview, *(event.at for event in self.events)), key=self._since)
        if elapsed(last, now) >= timedelta(0):
            return ""
        return f"Something in this file happens later, on {in_both_zones(last, self.home)}. Choose a time after that."

    def latest(self, *whats: str) -> Iterator[ApplicationEvent]:
        """The events of these kinds, the latest first."""
        return reversed(self._by_time(whats))

    @property
    def silence_refuses(self) -> datetime | None:
        """When their silence becomes a refusal. None unless they said it would and have not been in touch since."""
        said = next(self.latest("silence_refuses"), None)
        heard = next(self.latest(*BY_THEM.keys() - {"automatic", "reposted"}), None)
        return said.then if said and heard and elapsed(said.at, heard.at) == timedelta(0) else None

    def _since(self, when: datetime) -> timedelta:
        return elapsed(self.interview, when)

    def _by_time(self, whats: Collection[str]) -> list[ApplicationEvent]:
        return sorted((each for each in self.events if each.what in whats), key=lambda each: self._since(each.at))

    def _words(self, now: datetime) -> tuple[Word, ...]:
        """The employer's words in order. Everything a person said in the same minute becomes one word.

        Otherwise a later row with a date would hide a question that still needs an answer. An invitation to call at
        once is kept apart from a date, which would postpone the call.
        """

        def together(event: ApplicationEvent) -> tuple[timedelta, str]:
            return self._since(event.at), event.what if event.what in APART else ""

        words = [Word(no_calls=True)] if self.contact == "portal" else []  # there is no number to call
        for _, group in groupby(sorted(self._by_time(BY_THEM), key=together), key=together):
            said = [asdict(self._word(event)) for event in group]
            words.append(Word(**{name: value for each in said for name, value in each.items() if value}))
        if (refused := self.silence_refuses) and elapsed(refused, now) >= timedelta(0):
            words.append(Word(self._since(refused), decides=Decision.REFUSAL))
        return tuple(sorted(words, key=lambda word: word.at))

    def _word(self, event: ApplicationEvent) -> Word:
        at, then = self._since(event.at), self._since(event.then) if event.then else None
        if THEN_FIELDS.get(event.what) == "interview_at" and at < AT_THE_INTERVIEW:
            then = None  # that is the interview that this application counts from
        said = Word() if event.what == "call_if_silent" and then is None else WORDS.get(event.what, Word())
        word = replace(said, at=at)
        dated: dict[str, Any] = {THEN_FIELDS.get(event.what, "promises"): then}
        return replace(word, **dated) if then else word

    def _contacts(self, event: ApplicationEvent) -> Iterator[Contact]:
        for kind in CONTACTS.get(event.what) or (Kind(event.what),):
            yield Contact(kind, self._since(event.at), event.what in ANSWERED_CALLS)

    def _references_ready(self) -> tuple[timedelta, ...]:
        """When each group of referees can be named.

        A learner who has sent all references had them all by then. One who has sent some can send the rest from then
        on, unless they entered a later day.
        """
        asked = min((self._since(each.at) for each in self.latest("requests_references")), default=AT_THE_INTERVIEW)
        at_once = min(AT_THE_INTERVIEW, asked)
        waits = [self._since(when) for when in self.referees_ready]
        ready = [wait if wait > AT_THE_INTERVIEW else at_once for wait in waits] or [at_once]
        for event in self._by_time({"send_references", "send_some_references"}):
            sent = self._since(event.at)
            if event.what == "send_references":
                ready = [min(at, sent) for at in ready]
            elif max(ready) <= sent:
                ready.append(sent + A_MINUTE)
        return tuple(ready)

    def to_json(self) -> str:
        """The application as JSON; `from_json` restores it."""
        saved = {f.name: _saved(getattr(self, f.name)) for f in fields(self)}
        return json.dumps({"format": FORMAT, **saved}, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Application:
        """Restore a saved application. Files of the older format are converted.

        Raises:
            EntryError: The text is too large, damaged, or not a saved application.
        """
        if len(text) > LARGEST_APPLICATION:
            raise EntryError(APPLICATION_TOO_LARGE)
        try:
            saved = json.loads(text)
            found = saved.pop("format")
            if found == OLDER_FORMAT:
                saved = _converted(saved)
            elif found != FORMAT:
                raise EntryError(DAMAGED)
            if saved.keys() != {f.name for f in fields(cls)} or len(saved["events"]) > MOST_EVENTS:
                raise EntryError(DAMAGED)
            return cls(**{name: READERS.get(name, _text)(value) for name, value in saved.items()})
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            raise EntryError(DAMAGED) from None


def name_problem(text: str, longest: int = LONGEST_NAME) -> str:
    """Why a typed text cannot be used, as a sentence for the learner; empty if it can."""
    if len(text) > longest:
        return f"That’s {len(text):,} characters long. Keep it to {longest}."
    if any(ord(each) < 32 or 127 <= ord(each) < 160 or 0xD800 <= ord(each) < 0xE000 for each in text):
        return "Some characters in this can’t be shown. Type it instead of pasting it."
    return ""


def _saved(value: Any) -> Any:
    """A field as JSON holds it."""
    match value:
        case datetime():
            return to_rfc9557(value)
        case ZoneInfo():
            return value.key
        case ApplicationEvent():
            return {name: _saved(each) for name, each in asdict(value).items()}
        case tuple():
            return [_saved(each) for each in value]
    return value


def _text(saved: object, longest: int = LONGEST_NAME) -> str:
    if not isinstance(saved, str) or name_problem(saved, longest):
        raise EntryError(DAMAGED)
    return saved


def _number(saved: object) -> int:
    if type(saved) is not int:
        raise EntryError(DAMAGED)
    return saved


def _flag(saved: object) -> bool:
    if not isinstance(saved, bool):
        raise EntryError(DAMAGED)
    return saved


def _zone(saved: object) -> ZoneInfo:
    if saved not in zone_names():
        raise EntryError(DAMAGED)
    return ZoneInfo(str(saved))


def _event(what: object, at: str, then: str | None, said: object) -> ApplicationEvent:
    when = None if then is None else from_rfc9557(then)
    return ApplicationEvent(_text(what), from_rfc9557(at), when, _text(said, LONGEST_SAID))


# How fields other than text are read.
READERS: dict[str, Callable[[Any], Any]] = {
    "interview": from_rfc9557,
    "home": _zone,
    "round": _number,
    "interviewers": _number,
    "references_brought": _flag,
    "referees_ready": lambda saved: tuple(from_rfc9557(each) for each in saved),
    "events": lambda saved: tuple(_event(**each) for each in saved),
}


def _converted(saved: dict[str, Any]) -> dict[str, Any]:
    """The fields of a file of the older format as this one has them.

    Its id was derived from the interview's time and the employer. It is kept, because saved calendar events use it.
    """
    interview = from_rfc9557(saved["interview"])
    zone = zone_of(interview).key
    epoch = datetime(2000, 1, 1, tzinfo=ZoneInfo("UTC"))
    identity = f"{elapsed(epoch, interview)} {' '.join(saved['employer'].split()).casefold()}"
    ready, heard, done = (saved.pop(name) for name in ("references_ready", "heard", "done"))
    with_message = {each["at"] for each in done if each["kind"] == Kind.LEAVE_MESSAGE}
    events = [event for each in heard for event in _converted_words(**each)]
    events += [_converted_contact(each, with_message) for each in done if each["kind"] != Kind.LEAVE_MESSAGE]
    return saved | {
        "id": hashlib.sha256(identity.encode()).hexdigest()[:20],
        "round": 1,
        "medium": "person",
        "contact": "interviewer",
        "place": zone,
        "country": parse_place(zone).country if "/" in zone else "",  # GMT belongs to no single country
        "interviewers": 1,
        "referees_ready": [ready] if ready else [],
        "events": events,
    }


def _converted_words(at: str, promises: str | None, **flags: bool) -> Iterator[dict[str, Any]]:
    """The events of a message in the older format, which had one flag, `decides`, for an offer and a refusal."""
    names = {"decides": "refusal"} | dict.fromkeys(("automatic", "requests_references", "invites_call", "asks"))
    whats = [name or flag for flag, name in names.items() if flags[flag]]
    if "invites_call" in whats and "asks" in whats:
        whats.remove("asks")
    elif "invites_call" in whats and promises:
        whats[whats.index("invites_call")] = "call_if_silent"
    dated = next((what for what in ("automatic", "call_if_silent") if what in whats), "promises")
    if promises and dated not in whats:
        whats.append(dated)
    for what in whats or ["wrote"]:
        yield {"what": what, "at": at, "then": promises if what == dated else None, "said": ""}


def _converted_contact(done: dict[str, Any], with_message: set[str]) -> dict[str, Any]:
    what = "call" if done["kind"] == Kind.CALL_AGAIN else done["kind"]
    if done["answered"] and f"{what}_answered" in BY_ME:
        what = f"{what}_answered"
    elif what == "call" and done["at"] in with_message:
        what = "call_and_message"
    return {"what": what, "at": done["at"], "then": None, "said": ""}
