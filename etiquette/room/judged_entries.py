"""What a facilitator types into the form of a question that the judge answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from etiquette.judge import A_MINUTE, Action, Kind
from etiquette.plan import (
    ROW_CHOICES,
    Application,
    EntryError,
    elapsed,
    format_time,
    local_datetime,
    parse_place,
    parse_time,
)
from etiquette.room.errors import RoomError
from etiquette.room.judged_question import JudgedQuestion, OwnOption

KIND_CHOICES = {
    Kind.HOLD_BACK: "Wait",
    Kind.SEND_REFERENCES: "Email your references",
    Kind.THANK_YOU_EMAIL: "Send a thank-you email",
    Kind.CALL: "Call them",
    Kind.LEAVE_MESSAGE: "Leave a voicemail on the call you’ve just made",
    Kind.CALL_AGAIN: "Call them again",
    Kind.INVITED_CALL: "Call them, as they asked",
    Kind.REPLY: "Reply to them",
    Kind.STATUS_EMAIL: "Email them to ask for an update",
    Kind.EMAIL_ASKING_OUTCOME: "Email them to ask whether you got the job",
    Kind.MENTION_DEADLINE: "Tell them about the deadline for your other offer",
    Kind.BYPASS: "Contact somebody else there",
    Kind.DROP_IN: "Drop in without an appointment",
    Kind.SOCIAL_MEDIA_MESSAGE: "Message somebody’s private account",
    Kind.GIFT: "Send a card or a gift",
}
"""What an option is called until the facilitator writes their own words."""
TO_YOU = {"I": "you", "I’m": "you’re", "I’d": "you’d", "me": "you", "my": "your", "My": "Your"}


@dataclass(frozen=True, slots=True)
class OptionEntries:
    """One option as typed. `kind` is a value of `Kind`, or "" for no option; `day` and `time` are when waiting ends."""

    kind: str = ""
    says: str = ""
    day: str = ""
    time: str = ""


def read_moment(day: str, time: str, place: str) -> datetime:
    """A moment by the clock of a place, from a date in ISO format and a time of day as typed. Raises `RoomError` if one
    of them is missing or cannot be read.
    """
    if not day:
        raise RoomError("Please choose the day.")
    try:
        return local_datetime(date.fromisoformat(day), parse_time(time), parse_place(place).zone)
    except EntryError as error:
        raise RoomError(str(error)) from None


def read_judged_question(
    application: Application, now: datetime, asks: str, options: Sequence[OptionEntries]
) -> JudgedQuestion:
    """The question that has been typed. Raises `RoomError` if something is missing or impossible."""
    read = tuple(_option(application, entries) for entries in options if entries.kind)
    return JudgedQuestion(application, _since(application, now), asks.strip(), read)


def _option(application: Application, entries: OptionEntries) -> OwnOption:
    kind, says = Kind(entries.kind), " ".join(entries.says.split())
    if kind is not Kind.HOLD_BACK or not entries.day:
        return OwnOption(says or f"{KIND_CHOICES[kind]}.", Action(kind))
    until = read_moment(entries.day, entries.time or "9:00", application.place)
    return OwnOption(says or f"Wait until {_day(until)}.", Action(kind, _since(application, until)))


def _since(application: Application, moment: datetime) -> timedelta:
    """Whole minutes since the interview, which is what is saved."""
    return elapsed(application.interview, moment) // A_MINUTE * A_MINUTE


def draft_story(application: Application, now: datetime) -> str:
    """The facts in words for a facilitator to change: the interview, what has happened since, and the present."""
    zone = application.interview.tzinfo
    role = f" for the {application.job} role" if application.job else ""
    where = f" at {application.employer}" if application.employer else ""
    opening = f"You had an interview{role}{where} on {_moment(application.interview)}."
    present = f"It’s now {_moment(now.astimezone(zone))}."
    return "\n\n".join(filter(None, [opening, " ".join(_happened(application)), present]))


def _happened(application: Application) -> Iterator[str]:
    for event in sorted(application.events, key=lambda event: event.at.timestamp()):
        what = re.sub(r"[\w’]+", lambda word: TO_YOU.get(word[0], word[0]), ROW_CHOICES[event.what])
        at = event.at.astimezone(application.interview.tzinfo)
        when = "At the interview" if elapsed(application.interview, at) == 0 * A_MINUTE else f"On {_moment(at)}"
        said = f" (“{event.said}”)" if event.said else ""
        yield f"{when}, {what[0].lower()}{what[1:]}{said}."


def _moment(at: datetime) -> str:
    return f"{_day(at)} at {format_time(at)}"


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B}"
