"""An application of one's own: the interview, what was said there, and what has happened since.

Whoever lives through it reads clocks, theirs and the employer's; the judge counts hours since the interview. The hours
are real ones: over a change of the clocks, a week of 168 hours ends at another time of day than it began. What is
shown to a person, and what counts as a weekend or a morning, follows the clocks where the employer is.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from etiquette.judge import AT_THE_INTERVIEW, Contact, Kind, Situation, Word
from etiquette.plan.local_time import EntryError, elapsed, from_rfc9557, to_rfc9557, zone_names, zone_of

FORMAT = "etiquette application 1"
MOST_HAPPENINGS = 100
LONGEST_NAME = 120
LARGEST_APPLICATION = 64 * 1024
APPLICATION_TOO_LARGE = "This file is far too large for one application, so it cannot be opened."
DAMAGED = "This file is damaged, or was not saved by My follow-up, so it cannot be opened."


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing the employer said or wrote, and what it does; see `Word`. At the time of the interview: said there."""

    at: datetime
    promises: datetime | None = None
    requests_references: bool = False
    asks: bool = False
    invites_call: bool = False
    decides: bool = False
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """One contact that the candidate has made; see `Contact`."""

    kind: Kind
    at: datetime
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Application:
    """One application. Its times have zones: that of the interview is the employer's, `home` is the candidate's own.

    `references_ready` is when the references come into the candidate's hands; None where nobody has to be asked.

    Raises:
        ValueError: a time has no zone, or comes before what it follows.
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
        if len(self.heard) + len(self.done) > MOST_HAPPENINGS:
            raise ValueError(f"more than {MOST_HAPPENINGS} things have happened")
        times = [self.interview, *(each.at for each in self.heard), *(each.at for each in self.done)]
        promised = [each.promises for each in self.heard if each.promises]
        for when in (*times, *promised, *([self.references_ready] if self.references_ready else [])):
            zone_of(when)
        for when in times:
            if wrong := misplaced(when, self.interview):
                raise ValueError(f"{when}: {wrong}")
        for each in self.heard:
            if each.promises and elapsed(each.at, each.promises) <= timedelta(0):
                raise ValueError(f"{each.promises}: not after it was named")

    @property
    def id(self) -> str:
        """Names this application wherever it is met again: it follows from the interview and the employer alone."""
        named = f"{elapsed(EPOCH, self.interview)} {' '.join(self.employer.split()).casefold()}"
        return hashlib.sha256(named.encode()).hexdigest()[:20]

    def situation(self, now: datetime) -> Situation:
        """What the judge is told of it, as things stand now.

        Raises:
            ValueError: something has not happened yet.
        """

        def since(when: datetime) -> timedelta:
            return elapsed(self.interview, when)

        words = (
            Word(
                at=since(each.at),
                requests_references=each.requests_references,
                promises=since(each.promises) if each.promises else None,
                asks=each.asks,
                invites_call=each.invites_call,
                decides=each.decides,
                automatic=each.automatic,
            )
            for each in self.heard
        )
        return Situation(
            now=since(now),
            words=tuple(sorted(words, key=lambda word: word.at)),
            contacts=tuple(
                sorted((Contact(each.kind, since(each.at), each.answered) for each in self.done), key=lambda c: c.at)
            ),
            interview=self.interview,
            references_brought=self.references_brought,
            references_ready=max(AT_THE_INTERVIEW, since(self.references_ready))
            if self.references_ready
            else AT_THE_INTERVIEW,
        )

    def to_json(self) -> str:
        """The application as JSON, to be kept by whoever keeps it."""
        return json.dumps(
            {
                "format": FORMAT,
                "interview": to_rfc9557(self.interview),
                "home": self.home.key,
                "job": self.job,
                "employer": self.employer,
                "heard": [_plain(each) for each in self.heard],
                "done": [_plain(each) for each in self.done],
                "references_brought": self.references_brought,
                "references_ready": to_rfc9557(self.references_ready) if self.references_ready else None,
            },
            ensure_ascii=False,
            indent=1,
        )

    @classmethod
    def from_json(cls, text: str) -> Application:
        """The application that was kept.

        Raises:
            EntryError: the text is damaged, or something else; the message says so to the learner.
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
                references_ready=_moment(saved["references_ready"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            raise EntryError(DAMAGED) from None


EPOCH = datetime(2000, 1, 1, tzinfo=ZoneInfo("UTC"))


def misplaced(when: datetime, interview: datetime, now: datetime | None = None) -> str:
    """What is wrong with the time of something that followed the interview, as a sentence; empty if nothing is."""
    if elapsed(interview, when) < timedelta(0):
        return "That is before the interview ended. Check the date and the time."
    if now is not None and elapsed(when, now) < timedelta(0):
        return "That has not happened yet. Check the date and the time."
    return ""


def name_problem(text: str) -> str:
    """What is wrong with a name that somebody typed, as a sentence; empty if nothing is."""
    if len(text) > LONGEST_NAME:
        return f"That is {len(text):,} characters long. Keep it to {LONGEST_NAME}."
    if any(
        ord(character) < 32 or 127 <= ord(character) < 160 or 0xD800 <= ord(character) < 0xE000 for character in text
    ):
        return "There are characters in this that cannot be shown. Type it out, rather than paste it."
    return ""


def _plain(happened: Heard | Done) -> dict[str, Any]:
    values = {field.name: getattr(happened, field.name) for field in fields(happened)}
    return {name: to_rfc9557(value) if isinstance(value, datetime) else value for name, value in values.items()}


def _heard(saved: dict[str, Any]) -> Heard:
    at, promises = from_rfc9557(saved.pop("at")), _moment(saved.pop("promises"))
    if saved.keys() != {field.name for field in fields(Heard)} - {"at", "promises"}:
        raise EntryError(DAMAGED)
    return Heard(at, promises, **{name: _flag(value) for name, value in saved.items()})


def _done(saved: dict[str, Any]) -> Done:
    kind = Kind(saved["kind"])
    if kind is Kind.HOLD_BACK or saved.keys() != {field.name for field in fields(Done)}:
        raise EntryError(DAMAGED)
    return Done(kind, from_rfc9557(saved["at"]), _flag(saved["answered"]))


def _moment(saved: object) -> datetime | None:
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
