"""What a facilitator types into the form of a question that the judge answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from etiquette.judge import A_MINUTE, Action, Kind
from etiquette.plan import (
    Application,
    EntryError,
    elapsed,
    format_time,
    later,
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
    if missing := _missing(day, time):
        raise RoomError(missing)
    try:
        return local_datetime(date.fromisoformat(day), parse_time(time), parse_place(place).zone)
    except EntryError as error:
        raise RoomError(str(error)) from None


def moment_problem(day: str, time: str, place: str) -> str:
    """What is wrong with a moment as typed, in a sentence; empty if nothing is, or only the place is missing."""
    if missing := _missing(day, time):
        return missing
    try:
        if place.strip():
            read_moment(day, time, place)
        else:
            parse_time(time)
    except (EntryError, RoomError) as error:
        return str(error)
    return ""


def _missing(day: str, time: str) -> str:
    wanted = [name for name, typed in (("a date", day), ("a time", time)) if not typed.strip()]
    return f"Choose {' and '.join(wanted)}." if wanted else ""


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


def option_entries(application: Application, option: OwnOption) -> OptionEntries:
    """The entries that describe this option: the inverse of reading it. The words that it has anyway are left empty."""
    kind, until = option.action.kind, option.action.until
    if until is None:
        usual, day, time = f"{KIND_CHOICES[kind]}.", "", ""
    else:
        at = later(application.interview, until)
        usual, day, time = f"Wait until {_day(at)}.", f"{at:%Y-%m-%d}", format_time(at)
    return OptionEntries(kind.value, "" if option.says == usual else option.says, day, time)


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B}"
