"""Dates, times and time zones as people type them, and datetimes with a `ZoneInfo`.

When clocks go forward, some local times do not exist, and are rejected. When clocks go back, some occur twice, and the
learner has to say which one they mean.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from etiquette.files import shorten
from etiquette.plan.errors import EntryError

LONGEST_ENTRY = 60
FIRST_YEAR, LAST_YEAR = 2000, 2100
MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
WEEKDAY = "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DATE_PATTERN = re.compile(
    r"\b(?:(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[ -]?(?:of )?(?P<m2>{MONTH})\b(?:[ ,-]{{1,2}}(?P<y2>\d{{4}}))?"
    rf"|(?P<m3>{MONTH}) (?:the )?(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?:[ ,]{{1,2}}(?P<y3>\d{{4}}))?"
    r"|(?P<a>\d{1,2})(?P<s4>[-/.])(?P<b>\d{1,2})(?P=s4)(?P<y4>\d{4}|\d\d)"
    r"|(?P<a5>\d{1,2})(?P<s5>[/.])(?P<b5>\d{1,2}))(?![\w/])"
)
CLOCK_PATTERN = re.compile(
    r"(?:(?:at|about|around|by) )?(\d{1,2}) ?(?:[:.h]? ?(\d\d)(?::\d\d)?|h|o ?clock|hrs|hours)? ?(am|pm)?"
)
NAMED_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
NAMED_TIMES = {"noon": 12, "12 noon": 12, "midday": 12, "midnight": 0, "12 midnight": 0}
LONGEST_AGO, LONGEST_UNSAID = timedelta(days=2 * 366), timedelta(days=270)  # a date longer ago needs its year
RFC9557_PATTERN = re.compile(r"([0-9T:.+-]{1,40})\[([A-Za-z0-9_+/-]{1,60})\]")


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A local time. If it occurs twice that day, `is_second` says which is meant; None if that was not given."""

    time: time
    is_second: bool | None = None


def parse_date(text: str, near: date, *, past: bool = False) -> date:
    """A date as people write it near another: 2026-03-03, '3 March', 'Tue 3 Mar 2026', 'last Friday', 'yesterday'.

    With `past`, it is the date of something that has happened: no later than tomorrow, which it already is somewhere.

    Raises:
        EntryError: It is not a date, is ambiguous, or has an implausible year.
    """
    if not text.strip():
        raise EntryError("Write a date, such as 2026-03-14.")
    words = " ".join(text[:LONGEST_ENTRY].casefold().replace(",", " ").split()).rstrip(".")
    if words in NAMED_DAYS:
        return near + timedelta(days=NAMED_DAYS[words])
    if match := re.fullmatch(rf"(?:on )?(?:(last|this|next) )?({WEEKDAY})", words):
        ahead = (WEEKDAYS.index(match[2][:3]) - near.weekday()) % 7
        if match[1] == "last" or (past and match[1] != "next"):
            return near + timedelta(days=ahead - 7 if ahead or match[1] == "last" else 0)
        return near + timedelta(days=ahead or 7)
    prefix = re.match(rf"(?:on )?(?:({WEEKDAY})[ .]+)?(?:the )?", words)
    weekday, rest = (prefix[1], words[prefix.end() :]) if prefix else (None, words)
    rest = re.sub(r"^(\d.*[a-z]) '?(\d\d)$", r"\1 20\2", rest)
    if match := DATE_PATTERN.fullmatch(rest):
        day = _nearest(*_written_date(match), near, past)
    elif match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", rest):
        days = [near + timedelta(days=-n if past else n) for n in range(62)]
        day = next((day for day in days if day.day == int(match[1])), near)
        if day.day != int(match[1]):
            raise EntryError(f"No month has a day {match[1]}. Write the date as {near}.")
    else:
        raise EntryError("That isn’t a date we can read. Try 2026-03-14.")
    if weekday and WEEKDAYS[day.weekday()] != weekday[:3]:
        raise EntryError(f"{day.day} {day:%B %Y} is a {day:%A}. Check the date.")
    return day


def _written_date(match: re.Match[str]) -> tuple[int | None, int, int]:
    """The year (if written), month and day of a match of DATE_PATTERN, unless it is ambiguous, as 3/4/2026 is."""
    found = {name[0] + name[1:].strip("12345"): value for name, value in match.groupdict().items() if value}
    year = int(found["y"]) + 2000 * (len(found["y"]) == 2) if "y" in found else None
    if "a" not in found:
        month = found["m"]
        return year, int(month) if month[0].isdecimal() else MONTHS.index(month[:3]) + 1, int(found["d"])
    first, second = int(found["a"]), int(found["b"])
    if found["s"] != "." and first != second and 1 <= first <= 12 and 1 <= second <= 12:
        one, other = (f"{on.day} {on:%B}" for on in (date(2000, second, first), date(2000, first, second)))
        in_year = f" {year}" if year else ""
        raise EntryError(f"{match[0]} could be {one}{in_year} or {other}{in_year}. Write the month as a word.")
    return (year, second, first) if second <= 12 else (year, first, second)


def in_month(year: int, month: int, day: int) -> date:
    """That day, or the last of a shorter month. Months beyond December are those of later years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day, monthrange(year, month)[1]))


def working_days_after(day: date, number: int) -> date:
    """The day that is this number of working days (Monday to Friday) later."""
    for _ in range(number):
        day += timedelta(days={4: 3, 5: 2}.get(day.weekday(), 1))
    return day


def _nearest(year: int | None, month: int, day: int, near: date, past: bool) -> date:
    """The date with this day and month that is closest to `near`, unless a year is given."""
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 2000, month)[1]:
        raise EntryError("There’s no such day. Check the day and the month.")
    latest = near + (timedelta(days=1) if past else LONGEST_AGO)
    years = (each for each in range(near.year - 4, near.year + 5) if day <= monthrange(each, month)[1])
    days = [on for each in years if (on := date(each, month, day)) <= latest]
    likely = min(days, key=lambda on: abs(on - near))
    if year is None:
        if past and near - likely > LONGEST_UNSAID:
            raise EntryError(f"That date is still to come. Did you mean {likely}?")
        return likely
    meant = date(year, month, day)
    if near - LONGEST_AGO <= meant <= latest:
        return meant
    if year == near.year:
        raise EntryError(f"{meant.day} {meant:%B %Y} hasn’t come yet. Check the day and the month.")
    raise EntryError(f"The year {year} looks wrong. Did you mean {likely}?")


def parse_time(text: str) -> TimeOfDay:
    """A time as people write it: 14:30, 1430, 2.30 pm, 14h, noon.

    An hour from 1 to 7 needs am or pm, or a leading zero, because interviews seldom end at night. A time that occurs
    twice that day is followed by 'first' or 'second'.

    Raises:
        EntryError: It is not a time, or could be am or pm.
    """
    if not text.strip():
        raise EntryError("Write a time, such as 14:30.")
    words = " ".join(text[:LONGEST_ENTRY].casefold().split()).rstrip(".")
    which = next((each for each in ("first", "second") if words.endswith(f" {each}")), None)
    read = read_clock(words.removesuffix(f" {which}"))
    if read is None:
        raise EntryError("That isn’t a time we can read. Try 14:30.")
    at, is_certain = read
    if not is_certain and which is None:
        raise EntryError(f"Is that {at.hour}:{at:%M} am or pm? Write {at:%H:%M} or {at.hour + 12}:{at:%M}.")
    return TimeOfDay(at, which == "second" if which else None)


def read_clock(words: str) -> tuple[time, bool] | None:
    """The time in these lower-case words, if any, and whether it is clear that it is before or after noon.

    Raises:
        EntryError: There is no such time, such as 25:00.
    """
    words = re.sub(r"\b([ap])\.? ?m\b\.?", r"\1m", re.sub("[’']", "", words)).strip()
    if words in NAMED_TIMES:
        return time(NAMED_TIMES[words]), True
    if not (match := CLOCK_PATTERN.fullmatch(words)):
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    hour_of_day = hour % 12 + 12 * (half == "pm") if half else hour
    if hour_of_day > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        raise EntryError("There’s no such time: a day runs from 00:00 to 23:59. Try 14:30.")
    return time(hour_of_day, minute), bool(half) or len(match[1]) == 2 or not 1 <= hour <= 7


def local_datetime(day: date, at: TimeOfDay, zone: ZoneInfo) -> datetime:
    """This local time as a datetime in the zone.

    Raises:
        EntryError: The time does not exist on that day, or occurs twice without 'first' or 'second'.
    """
    wall = datetime.combine(day, at.time)
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    shifted, on = first.astimezone(UTC).astimezone(zone), f"{day.day} {day:%B %Y}"
    if shifted.replace(tzinfo=None) != wall:
        skipped = f"In {zone.key} the clocks went forward on {on}, so there was no {wall:%H:%M}."
        raise EntryError(f"{skipped} Did you mean {shifted:%H:%M}?")
    if at.is_second is None:
        twice = f"In {zone.key} the clocks went back on {on}, so {wall:%H:%M} came twice."
        raise EntryError(f"{twice} Write “{wall:%H:%M} first” or “{wall:%H:%M} second”.")
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
    when = datetime.fromisoformat(match[1]) if match and match[2] in available_timezones() else None
    if match is None or when is None or when.tzinfo is None or not FIRST_YEAR <= when.year <= LAST_YEAR:
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
