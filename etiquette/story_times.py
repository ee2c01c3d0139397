"""When things happen in a story: the times that people name, as time since the interview."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from etiquette.situation import A_DAY, A_MINUTE, A_WEEK, AN_HOUR, AT_THE_INTERVIEW


def _numbered(words: str, first: int = 1) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), start=first)}


UNITS = _numbered(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
UNITS_IN_ORDER = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", first=2)
COUNTED = {"a": 1, "an": 1} | UNITS | UNITS_IN_ORDER
for ten, tens in TENS.items():
    COUNTED |= {ten: tens * 10, f"{ten[:-1]}ieth": tens * 10}
    COUNTED |= {f"{ten}-{unit}": tens * 10 + n for unit, n in (UNITS | UNITS_IN_ORDER).items() if n < 10}
SOME = {"half a": 0.5, "half an": 0.5, "a couple of": 2.0, "another": 1.0}
LENGTHS = {
    "minute": A_MINUTE,
    "hour": AN_HOUR,
    "day": A_DAY,
    "week": A_WEEK,
    "fortnight": 2 * A_WEEK,
    "month": 30 * A_DAY,
}

NUMBER = r"(?:\d+(?:\.\d+)?(?:st|nd|rd|th)?|" + "|".join(sorted(COUNTED, key=len, reverse=True)) + ")"
PART = (
    rf"\b(?:half an?|a couple of|{NUMBER})(?: and a half)?(?: (?:full|whole|long|more|further|other|working))?"
    r" (?:minute|hour|day|week|fortnight|month)s?(?: and a half)?\b"
)
LENGTH = rf"{PART}(?: and {PART})?"
DAY = rf"\b(?:day {NUMBER}(?: and a half)?|the {NUMBER} day)\b"

A_PART = re.compile(
    rf"\b(?P<count>half an?|a couple of|another(?= [dwfm])|{NUMBER})(?P<half> and a half)?(?: \w+)?"
    r" (?P<unit>minute|hour|day|week|fortnight|month)s?(?P<half_more> and a half)?\b",
    re.IGNORECASE,
)
A_DAY_COUNTED = re.compile(rf"\b(?:day|the) (?P<number>{NUMBER})(?P<half> and a half)?\b", re.IGNORECASE)
NAMED = re.compile(
    rf"\bon (?P<day>{DAY})|(?P<since>{LENGTH}) after the interview\b|(?P<ago>{LENGTH}) (?:ago|earlier)\b"
    rf"|\b(?P<yesterday>yesterday|the day before)\b|(?P<later>{LENGTH}) (?:later|after (?:that|this|they)\b)",
    re.IGNORECASE,
)
LATER = re.compile(
    rf"(?P<later>{LENGTH}) (?:later|after (?:that|this|they|the (?:request|e-?mail)|being asked)\b)"
    r"|\b(?P<next>the (?:next|following) (?:day|morning|afternoon|evening)|the day after)\b",
    re.IGNORECASE,
)

WEEKDAYS = _numbered("monday tuesday wednesday thursday friday saturday sunday", first=0)
FRIDAY = 4
PARTS_OF_DAY = {
    "morning": range(49),
    "noon": range(44, 56),
    "afternoon": range(49, 77),
    "evening": range(64, 97),
    "night": range(72, 97),
}  # in quarters of an hour
ALL_DAY = range(96)
CLOCK = r"(?P<{0}half>half past )?(?P<{0}hour>\d{{1,2}}|" + "|".join([*UNITS][:12]) + r")(?:[:.](?P<{0}minute>\d\d))?"
WEEKDAY = re.compile(
    rf"(?:\b(?P<first>first thing|early) (?:on )?|\bat {CLOCK.format('before_')} (?:on )?)?"
    rf"(?<!by )(?<!until )(?<!till )(?<!before )\b(?P<day>{'|'.join(WEEKDAYS)})(?:'s|’s)?\b"
    rf"(?:,? (?P<part>{'|'.join(PARTS_OF_DAY)})\b)?(?:,? (?:at|around) {CLOCK.format('')}\b)?"
    rf"(?: (?:in the|at) (?P<later_part>{'|'.join(PARTS_OF_DAY)})\b)?",
    re.IGNORECASE,
)
THAT_PART = re.compile(r"\bthat (?P<part>afternoon|evening|night)\b", re.IGNORECASE)


def length(text: str) -> timedelta:
    """How long that is: 'two weeks', 'a day and a half', '46 hours'."""
    total = timedelta(0)
    for part in A_PART.finditer(text):
        count = part["count"].lower()
        number = SOME.get(count) or _number(count)
        if part["half"] or part["half_more"]:
            number += 0.5
        total += number * LENGTHS[part["unit"].lower()]
    return total


def day(text: str) -> timedelta:
    """The day that is counted from the interview: 'day seven and a half', 'the eighth day'."""
    named = A_DAY_COUNTED.search(text)
    if named is None:
        return AT_THE_INTERVIEW
    return (_number(named["number"]) + (0.5 if named["half"] else 0)) * A_DAY


def times_named(text: str, now: timedelta, before: timedelta) -> Iterator[tuple[int, timedelta]]:
    """Each time since the interview that the text names, and where; `before` is when the last thing happened."""
    for named in NAMED.finditer(text):
        if named["day"]:
            at = day(named["day"])
        elif named["since"]:
            at = length(named["since"])
        elif named["later"]:
            at = before + length(named["later"]) if before > AT_THE_INTERVIEW else AT_THE_INTERVIEW
        else:
            at = now - (A_DAY if named["yesterday"] else length(named["ago"]))
        if AT_THE_INTERVIEW < at < now + A_DAY:
            yield named.start(), min(at, now)


def passed(text: str) -> timedelta | None:
    """How much later this is, if it says so: 'two days later', 'the next morning'."""
    named = LATER.search(text)
    if named is None:
        return None
    return A_DAY if named["next"] else length(named["later"])


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week that a story names, and the quarters of an hour of it that fit its words."""

    day: int
    quarters: frozenset[int]
    start: int
    exact: bool


def weekdays(text: str) -> list[Weekday]:
    """The days of the week that the story names, in its order."""
    found = [
        Weekday(WEEKDAYS[named["day"].lower()], _quarters(named), named.start("day"), _hour(named) is not None)
        for named in WEEKDAY.finditer(text)
    ]
    if found and (that := THAT_PART.search(text, found[-1].start)):
        last = found[-1]
        found[-1] = Weekday(last.day, last.quarters & frozenset(PARTS_OF_DAY[that["part"].lower()]), last.start, False)
    return found


def between(first: Weekday, last: Weekday) -> timedelta:
    """How long it is from the one day to the other, at the hours named if both are."""
    days = (last.day - first.day) % 7 * A_DAY
    if not (first.exact and last.exact):
        return days
    return days + (_by_day(last) - _by_day(first)) * AN_HOUR / 4


def wall_clock(first: Weekday, last: Weekday | None, waited: timedelta) -> datetime | None:
    """When, by the wall clock, something happened on the first day, if `waited` leads from it to the last.

    Where the story leaves the hour open it is eight in the morning, or the first that fits; none may fit.
    """
    monday = datetime(2026, 3, 2)
    midnight = monday + first.day * A_DAY
    for quarters in (first.quarters, frozenset(ALL_DAY)):
        for quarter in (*ALL_DAY[32:], *ALL_DAY[:32]):
            then: datetime = midnight + quarter * AN_HOUR / 4
            if quarter in quarters and (last is None or _fits(last, then + waited)):
                return then
    return None


def _fits(weekday: Weekday, when: datetime) -> bool:
    quarter = (when.hour * 60 + when.minute + 7) // 15
    return when.weekday() == weekday.day and quarter in weekday.quarters


def _quarters(named: re.Match[str]) -> frozenset[int]:
    allowed = set(ALL_DAY)
    for part in (named["part"], named["later_part"], "morning" if named["first"] else None):
        allowed &= set(PARTS_OF_DAY[part.lower()]) if part else allowed
    if (hour := _hour(named)) is not None:
        quarter = int(hour * 4)
        allowed &= {quarter, (quarter + 48) % 96} if hour <= 12 else {quarter}
    return frozenset(allowed or ALL_DAY)


def _hour(named: re.Match[str]) -> float | None:
    for place in ("", "before_"):
        if hour := named[f"{place}hour"]:
            past = 0.5 if named[f"{place}half"] else int(named[f"{place}minute"] or 0) / 60
            return (_number(hour) + past) % 24
    return None


def _by_day(weekday: Weekday) -> int:
    """The quarter that people mean by an hour: one between seven in the morning and seven in the evening."""
    return min(weekday.quarters, key=lambda quarter: not 28 <= quarter < 76)


def _number(word: str) -> float:
    return COUNTED.get(word.lower()) or float(word.rstrip("dhnrst"))
