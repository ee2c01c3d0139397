"""Dates, times and time zones as people type them, and datetimes with a `ZoneInfo`.

When clocks go forward, some local times do not exist: these are rejected. When clocks go back, some occur twice: these
have to say which of the two is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from etiquette.files import shorten

LONGEST_ENTRY = 60
FIRST_YEAR, LAST_YEAR = 2000, 2100
TIME_PATTERN = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))? ?(am|pm)?(?: (first|second))?")
RFC9557_PATTERN = re.compile(r"([0-9T:.+-]{1,40})\[([A-Za-z0-9_+/-]{1,60})\]")


class EntryError(ValueError):
    """Something that the learner typed, or a file they saved, cannot be used. The message is shown to them."""


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A local time. If it occurs twice that day, `is_second` says which is meant; None if that was not given."""

    time: time
    is_second: bool | None = None


@cache
def zone_names() -> tuple[str, ...]:
    """The names of all time zones on this machine: places first, each group in alphabetical order."""
    return tuple(sorted(available_timezones(), key=lambda name: ("/" not in name, name.startswith("Etc/"), name)))


def parse_zone(text: str) -> ZoneInfo:
    """The time zone of a place: see `parse_place`."""
    from etiquette.plan.places import parse_place

    return parse_place(text).zone


def parse_date(text: str) -> date:
    """A date written as 2026-03-03.

    Raises:
        EntryError: It is no such date, or its year is implausible.
    """
    if not text.strip():
        raise EntryError("Give a date.")
    try:
        day = datetime.strptime(text.strip()[:LONGEST_ENTRY], "%Y-%m-%d").date()
    except ValueError:
        raise EntryError("This is no date. Write it as 2026-03-03.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise EntryError(f"Check the year: {day.year} cannot be right.")
    return day


def parse_time(text: str) -> TimeOfDay:
    """A time written as 14:30, 2.30 pm or 2pm, followed by 'first' or 'second' if it occurs twice that day.

    Raises:
        EntryError: It is no such time.
    """
    if not text.strip():
        raise EntryError("Give a time, such as 14:30.")
    match = TIME_PATTERN.fullmatch(" ".join(text[:LONGEST_ENTRY].split()).lower())
    if match is None or (match[2] is None and match[3] is None):
        raise EntryError("This is no time. Write it as 14:30.")
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and not 1 <= hour <= 12:
        raise EntryError(f"There is no {hour} o’clock {half}. Write it as 14:30.")
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    if hour > 23 or minute > 59:
        raise EntryError("A day runs from 00:00 to 23:59. Write the time as 14:30.")
    return TimeOfDay(time(hour, minute), match[4] == "second" if match[4] else None)


def local_datetime(day: date, at: TimeOfDay, zone: ZoneInfo) -> datetime:
    """This local time as a datetime in the zone.

    Raises:
        EntryError: The time does not exist on that day, or occurs twice and it was not said which is meant.
    """
    wall = datetime.combine(day, at.time)
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    there, on = zone.key, f"{day.day} {day:%B %Y}"
    shifted = first.astimezone(UTC).astimezone(zone)
    if shifted.replace(tzinfo=None) != wall:
        raise EntryError(
            f"In {there} the clocks went forward on {on}, and {wall:%H:%M} never came. "
            f"Perhaps you mean {shifted:%H:%M}."
        )
    if at.is_second is None:
        raise EntryError(
            f"In {there} the clocks went back on {on}, and {wall:%H:%M} came twice. "
            f"Write “{wall:%H:%M} first” or “{wall:%H:%M} second”."
        )
    return second if at.is_second else first


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last minute of a day: 23:59, unless a change of the clocks skips it."""
    return later(datetime.combine(day + timedelta(days=1), time.min, zone), -timedelta(minutes=1))


def format_time(when: datetime) -> str:
    """The time of day as `parse_time` reads it."""
    occurs_twice = when.replace(fold=1 - when.fold).utcoffset() != when.utcoffset()
    return f"{when:%H:%M}" + ((" second" if when.fold else " first") if occurs_twice else "")


def later(when: datetime, by: timedelta) -> datetime:
    """The time after this much elapsed time, in the same zone, even if the clocks change in between."""
    return (when.astimezone(UTC) + by).astimezone(when.tzinfo)


def elapsed(since: datetime, until: datetime) -> timedelta:
    """The elapsed time between two datetimes, even if the clocks change in between."""
    return until.astimezone(UTC) - since.astimezone(UTC)


def to_rfc9557(when: datetime) -> str:
    """A datetime and its zone as text (RFC 9557): 2026-03-03T11:00:00+00:00[Europe/London]."""
    return f"{when.isoformat()}[{zone_of(when).key}]"


def from_rfc9557(text: str) -> datetime:
    """The datetime that `to_rfc9557` wrote.

    Raises:
        ValueError: The text is not in that form, or its year is implausible.
    """
    match = RFC9557_PATTERN.fullmatch(text)
    if match is None or match[2] not in available_timezones():
        raise ValueError(f"no datetime with a time zone: {shorten(text)}")
    when = datetime.fromisoformat(match[1])
    if when.tzinfo is None or not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise ValueError(f"no datetime with a time zone: {shorten(text)}")
    return when.astimezone(ZoneInfo(match[2]))


def zone_of(when: datetime) -> ZoneInfo:
    """The time zone of a datetime.

    Raises:
        ValueError: It has none, or not a `ZoneInfo`.
    """
    if not isinstance(when.tzinfo, ZoneInfo):
        raise ValueError(f"{when} needs a time zone (a ZoneInfo)")
    return when.tzinfo


def in_both_zones(when: datetime, home: ZoneInfo) -> str:
    """The time in its own zone and, if it differs, in the home zone: 'Tue 3 March 2026, 11:00'."""
    theirs, yours = when, when.astimezone(home)
    text = f"{theirs:%a} {theirs.day} {theirs:%B %Y}, {theirs:%H:%M}"
    if theirs.replace(tzinfo=None) == yours.replace(tzinfo=None):
        return text
    day = "" if yours.date() == theirs.date() else f"{yours:%a} {yours.day} {yours:%B}, "
    return f"{text} their time ({day}{yours:%H:%M} yours)"
