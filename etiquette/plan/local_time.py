"""Dates, times and time zones as people type them, and the moments that they mean.

A moment is a `datetime` with a `ZoneInfo`. Where clocks change, some times of day never come and some come twice:
the first are refused, the second have to say which of the two is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from etiquette.files import shorten, suggest

LONGEST = 60
FIRST_YEAR, LAST_YEAR = 2000, 2100
WRITTEN = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))? ?(am|pm)?(?: (first|second))?")
STORED = re.compile(r"([0-9T:.+-]{1,40})\[([A-Za-z0-9_+/-]{1,60})\]")


class EntryError(ValueError):
    """What somebody typed, or kept in a file, cannot be used. The message is a sentence for them."""


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time as a clock shows it. Where it comes twice in a day, `second` says which; None if nothing was said."""

    time: time
    second: bool | None = None


@cache
def zone_names() -> tuple[str, ...]:
    """The names of all time zones that this machine knows, those of places first, in order of the alphabet."""
    return tuple(sorted(available_timezones(), key=lambda name: ("/" not in name, name.startswith("Etc/"), name)))


@cache
def _zones_by_name() -> dict[str, str]:
    """Every zone by its name and, unless two share it, by its city, in small letters."""
    cities: dict[str, set[str]] = {}
    for name in zone_names():
        if name.count("/") == 1 and not name.startswith("Etc/"):
            cities.setdefault(_folded(name.split("/")[1]), set()).add(name)
    by_city = {city: next(iter(names)) for city, names in cities.items() if len(names) == 1}
    return by_city | {_folded(name): name for name in reversed(zone_names())}


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold()


def parse_zone(text: str) -> ZoneInfo:
    """The time zone of this name, or of the city of this name.

    Raises:
        EntryError: there is none.
    """
    if not text.strip():
        raise EntryError("Name a time zone, such as Europe/London.")
    if len(text) > LONGEST:
        raise EntryError("That is too long for the name of a time zone. Write one such as Europe/London.")
    known = _zones_by_name()
    if (name := known.get(_folded(text))) is None:
        near = suggest(_folded(text), known) if len(text) < LONGEST else ""
        found = re.fullmatch(r"Did you mean '(.+)'\?", near)
        hint = f"Did you mean {known[found[1]]}?" if found else "Write one such as Europe/London or America/New_York."
        raise EntryError(f"There is no time zone called {shorten(text)}. {hint}")
    return ZoneInfo(name)


def parse_date(text: str) -> date:
    """A date written as 2026-03-03.

    Raises:
        EntryError: it is none, or lies outside the years that clocks and calendars agree on.
    """
    if not text.strip():
        raise EntryError("Give a date.")
    try:
        day = datetime.strptime(text.strip()[:LONGEST], "%Y-%m-%d").date()
    except ValueError:
        raise EntryError("This is no date. Write it as 2026-03-03.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise EntryError(f"Check the year: {day.year} cannot be right.")
    return day


def parse_time(text: str) -> TimeOfDay:
    """A time written as 14:30, 2.30 pm or 2pm; with 'first' or 'second' where it comes twice in a day.

    Raises:
        EntryError: it is none.
    """
    if not text.strip():
        raise EntryError("Give a time, such as 14:30.")
    found = WRITTEN.fullmatch(" ".join(text[:LONGEST].split()).lower())
    if found is None or (found[2] is None and found[3] is None):
        raise EntryError("This is no time. Write it as 14:30.")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        raise EntryError(f"There is no {hour} o’clock {half}. Write it as 14:30.")
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    if hour > 23 or minute > 59:
        raise EntryError("A day runs from 00:00 to 23:59. Write the time as 14:30.")
    return TimeOfDay(time(hour, minute), found[4] == "second" if found[4] else None)


def local_moment(day: date, at: TimeOfDay, zone: ZoneInfo) -> datetime:
    """The moment at which clocks in a zone show this time on this day.

    Raises:
        EntryError: they never do, or do twice and it was not said which is meant.
    """
    wall = datetime.combine(day, at.time)
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    there, on = zone.key, f"{day.day} {day:%B %Y}"
    shown = first.astimezone(UTC).astimezone(zone)
    if shown.replace(tzinfo=None) != wall:
        raise EntryError(
            f"In {there} the clocks went forward on {on}, and {wall:%H:%M} never came. Perhaps you mean {shown:%H:%M}."
        )
    if at.second is None:
        raise EntryError(
            f"In {there} the clocks went back on {on}, and {wall:%H:%M} came twice. "
            f"Write “{wall:%H:%M} first” or “{wall:%H:%M} second”."
        )
    return second if at.second else first


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last minute of a day: 23:59, unless the clocks skip it."""
    return later(datetime.combine(day + timedelta(days=1), time.min, zone), -timedelta(minutes=1))


def format_time(when: datetime) -> str:
    """The time of day of a moment, as `read_time` reads it."""
    other = when.replace(fold=1 - when.fold)
    twice = other.utcoffset() != when.utcoffset()
    return f"{when:%H:%M}" + ((" second" if when.fold else " first") if twice else "")


def later(when: datetime, by: timedelta) -> datetime:
    """A moment that much real time later, whatever the clocks do in between."""
    return (when.astimezone(UTC) + by).astimezone(when.tzinfo)


def elapsed(since: datetime, until: datetime) -> timedelta:
    """The real time between two moments, whatever the clocks did in between."""
    return until.astimezone(UTC) - since.astimezone(UTC)


def to_rfc9557(when: datetime) -> str:
    """A moment with its zone as text (RFC 9557): 2026-03-03T11:00:00+00:00[Europe/London]."""
    return f"{when.isoformat()}[{zone_of(when).key}]"


def from_rfc9557(text: str) -> datetime:
    """The moment that was stored.

    Raises:
        ValueError: the text is none.
    """
    found = STORED.fullmatch(text)
    if found is None or found[2] not in available_timezones():
        raise ValueError(f"no moment: {shorten(text)}")
    when = datetime.fromisoformat(found[1])
    if when.tzinfo is None or not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise ValueError(f"no moment: {shorten(text)}")
    return when.astimezone(ZoneInfo(found[2]))


def zone_of(when: datetime) -> ZoneInfo:
    """The time zone of a moment.

    Raises:
        ValueError: it has none.
    """
    if not isinstance(when.tzinfo, ZoneInfo):
        raise ValueError(f"{when} needs a time zone of zoneinfo")
    return when.tzinfo


def in_both_zones(when: datetime, home: ZoneInfo) -> str:
    """A moment as the clocks there show it and, where those at home differ, as they do: 'Tue 3 March 2026, 11:00'."""
    there, here = when, when.astimezone(home)
    said = f"{there:%a} {there.day} {there:%B %Y}, {there:%H:%M}"
    if there.replace(tzinfo=None) == here.replace(tzinfo=None):
        return said
    day = "" if here.date() == there.date() else f"{here:%a} {here.day} {here:%B}, "
    return f"{said} their time ({day}{here:%H:%M} yours)"
