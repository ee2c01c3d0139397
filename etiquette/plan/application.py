"""The learner's own application: the interview, what was said there, and what has happened since.

The learner enters local times; the judge counts elapsed hours since the interview. When clocks change, a week of 168
hours therefore ends at another time of day than it began. Times shown to the learner, weekends and office hours are in
the employer's time zone.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from etiquette.judge import AT_THE_INTERVIEW, Contact, Kind, Situation, Word
from etiquette.plan.local_time import EntryError, elapsed, from_rfc9557, to_rfc9557, zone_names, zone_of

EPOCH = datetime(2000, 1, 1, tzinfo=ZoneInfo("UTC"))
FORMAT = "etiquette application 1"
MOST_HEARD_AND_DONE = 24
LONGEST_NAME = 120
LARGEST_APPLICATION = 64 * 1024
FLAGS = ("requests_references", "asks", "invites_call", "automatic")
APPLICATION_TOO_LARGE = "This file is far too large for one application, so it cannot be opened."
DAMAGED = "This file is damaged, or was not saved by My follow-up, so it cannot be opened."


@dataclass(frozen=True, slots=True)
class Heard:
    """One message from the employer; see `Word` for the fields. At the time of the interview, it was said there."""

    at: datetime
    promises: datetime | None = None
    requests_references: bool = False
    asks: bool = False
    invites_call: bool = False
    automatic: bool = False

    @property
    def flags(self) -> dict[str, bool]:
        """The fields that say what kind of message it was."""
        return {name: getattr(self, name) for name in FLAGS}


@dataclass(frozen=True, slots=True)
class Done:
    """One contact made by the candidate; see `Contact`."""

    kind: Kind
    at: datetime
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Application:
    """One application. `interview` is in the employer's time zone, `home` is the candidate's own zone.

    `references_ready` is when the candidate can send references; None if no referee has to be asked first.

    Raises:
        ValueError: A time has no `ZoneInfo`, or lies before what it has to follow; or there are too many entries.
    """

    interview: datetime
    home: ZoneInfo
    job: str = ""
    employer: str = ""
    heard: tuple[Heard, ...] = ()
    done: tuple[Done, ...] = ()
    references_brought: bool = False
    references_ready: datetime | None = None

    def __post_init__(self) -> None:
        if len(self.heard) + len(self.done) > MOST_HEARD_AND_DONE:
            raise ValueError(f"more than {MOST_HEARD_AND_DONE} messages and contacts")
        times = [self.interview, *(each.at for each in self.heard), *(each.at for each in self.done)]
        promises = [each.promises for each in self.heard if each.promises]
        for when in (*times, *promises, self.references_ready or self.interview):
            zone_of(when)
        for when in times:
            if problem := time_problem(when, self.interview):
                raise ValueError(f"{when}: {problem}")
        for each in self.heard:
            if each.promises and elapsed(each.at, each.promises) <= timedelta(0):
                raise ValueError(f"{each.promises}: not after it was named")

    @property
    def id(self) -> str:
        """A hash of the interview's time and the employer, so that it stays the same while the rest is edited."""
        identity = f"{elapsed(EPOCH, self.interview)} {' '.join(self.employer.split()).casefold()}"
        return hashlib.sha256(identity.encode()).hexdigest()[:20]

    def situation(self, now: datetime) -> Situation:
        """The situation that the judge assesses, at this time.

        Raises:
            ValueError: Something in the application has not happened yet.
        """

        def since(when: datetime) -> timedelta:
            return elapsed(self.interview, when)

        words = (
            Word(since(each.at), promises=since(each.promises) if each.promises else None, **each.flags)
            for each in self.heard
        )
        contacts = (Contact(each.kind, since(each.at), each.answered) for each in self.done)
        return Situation(
            now=since(now),
            words=tuple(sorted(words, key=lambda word: word.at)),
            contacts=tuple(sorted(contacts, key=lambda contact: contact.at)),
            interview=self.interview,
            references_brought=self.references_brought,
            references_ready=(max(AT_THE_INTERVIEW, since(self.references_ready or self.interview)),),
        )

    def to_json(self) -> str:
        """The application as JSON; `from_json` restores it."""
        return json.dumps(
            {
                "format": FORMAT,
                "interview": to_rfc9557(self.interview),
                "home": self.home.key,
                "job": self.job,
                "employer": self.employer,
                "heard": [_to_dict(each) for each in self.heard],
                "done": [_to_dict(each) for each in self.done],
                "references_brought": self.references_brought,
                "references_ready": to_rfc9557(self.references_ready) if self.references_ready else None,
            },
            ensure_ascii=False,
            indent=1,
        )

    @classmethod
    def from_json(cls, text: str) -> Application:
        """Restore a saved application.

        Raises:
            EntryError: The text is too large, damaged, or no saved application.
        """
        if len(text) > LARGEST_APPLICATION:
            raise EntryError(APPLICATION_TOO_LARGE)
        try:
            saved = json.loads(text)
            if saved.pop("format") != FORMAT or saved.keys() != {field.name for field in fields(cls)}:
                raise EntryError(DAMAGED)
            return cls(
                interview=from_rfc9557(saved["interview"]),
                home=_zone(saved["home"]),
                job=_name(saved["job"]),
                employer=_name(saved["employer"]),
                heard=tuple(_heard(each) for each in saved["heard"]),
                done=tuple(_done(each) for each in saved["done"]),
                references_brought=_flag(saved["references_brought"]),
                references_ready=_optional_time(saved["references_ready"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            raise EntryError(DAMAGED) from None


def time_problem(when: datetime, interview: datetime, now: datetime | None = None) -> str:
    """Why something cannot have happened at this time, as a sentence for the learner; empty if it can."""
    if elapsed(interview, when) < timedelta(0):
        return "That is before the interview ended. Check the date and the time."
    if now is not None and elapsed(when, now) < timedelta(0):
        return "That has not happened yet. Check the date and the time."
    return ""


def name_problem(text: str) -> str:
    """Why a typed name cannot be used, as a sentence for the learner; empty if it can."""
    if len(text) > LONGEST_NAME:
        return f"That is {len(text):,} characters long. Keep it to {LONGEST_NAME}."
    if any(
        ord(character) < 32 or 127 <= ord(character) < 160 or 0xD800 <= ord(character) < 0xE000 for character in text
    ):
        return "There are characters in this that cannot be shown. Type it out, rather than paste it."
    return ""


def _to_dict(entry: Heard | Done) -> dict[str, Any]:
    return {name: to_rfc9557(value) if isinstance(value, datetime) else value for name, value in asdict(entry).items()}


def _heard(saved: dict[str, Any]) -> Heard:
    at, promises = from_rfc9557(saved.pop("at")), _optional_time(saved.pop("promises"))
    if saved.keys() != set(FLAGS):
        raise EntryError(DAMAGED)
    return Heard(at, promises, **{name: _flag(value) for name, value in saved.items()})


def _done(saved: dict[str, Any]) -> Done:
    kind = Kind(saved["kind"])
    if kind is Kind.HOLD_BACK or saved.keys() != {field.name for field in fields(Done)}:
        raise EntryError(DAMAGED)
    return Done(kind, from_rfc9557(saved["at"]), _flag(saved["answered"]))


def _optional_time(saved: object) -> datetime | None:
    return None if saved is None else from_rfc9557(str(saved))


def _flag(saved: object) -> bool:
    if not isinstance(saved, bool):
        raise EntryError(DAMAGED)
    return saved


def _name(saved: object) -> str:
    if not isinstance(saved, str) or name_problem(saved):
        raise EntryError(DAMAGED)
    return saved


def _zone(saved: object) -> ZoneInfo:
    if saved not in zone_names():
        raise EntryError(DAMAGED)
    return ZoneInfo(str(saved))
