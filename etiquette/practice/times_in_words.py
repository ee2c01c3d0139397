"""Times in words, to the minute, so that a reader can work out from them how long it has been."""

from __future__ import annotations

from datetime import datetime, timedelta

from etiquette.judge import A_DAY, A_MINUTE

NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MORNING, NOON, EVENING, NIGHT = 5, 12, 18, 22
DATED_AFTER = 6 * A_DAY  # further off than this, a weekday alone could mean two days


def number_in_words(count: int) -> str:
    """A number in words; from 100 on in digits."""
    if count >= 100:
        return str(count)
    if count < len(NUMBERS):
        return NUMBERS[count]
    tens, ones = divmod(count, 10)
    return TENS[tens] + (f"-{NUMBERS[ones]}" if ones else "")


def time_of_day_in_words(when: datetime) -> str:
    """The time of day in words: 'half past six in the evening'."""
    if (when.hour, when.minute) == (NOON, 0):
        return "noon"
    minute, clock = when.minute, when.hour
    past = minute <= 30
    named = number_in_words((clock if past else clock + 1) % 12 or 12)
    off = minute if past else 60 - minute
    words = {0: "", 15: "a quarter ", 30: "half "}.get(off, f"{number_in_words(off)} ")
    day = "morning" if clock < NOON else "afternoon" if clock < EVENING else "evening"
    part = "at night" if clock >= NIGHT or clock < MORNING else f"in the {day}"
    return f"{words}{('past ' if past else 'to ') if words else ''}{named} {part}"


def lasting(length: timedelta) -> str:
    """A length of time in words, to the minute: 'three days, twenty hours and ten minutes'."""
    hours, minutes = divmod(length // A_MINUTE, 60)
    days, hours = divmod(hours, 24)
    parts = [
        f"{number_in_words(count)} {unit}{'' if count == 1 else 's'}"
        for count, unit in ((days, "day"), (hours, "hour"), (minutes, "minute"))
        if count
    ]
    return " and ".join(", ".join(parts).rsplit(", ", 1))


def day_in_words(when: datetime, *, dated: bool) -> str:
    """The day in words: 'Tuesday', or 'Tuesday 3 March'."""
    return f"{when:%A} {when.day} {when:%B}" if dated else f"{when:%A}"


def moment_in_words(when: datetime, *, dated: bool) -> str:
    """A day and an hour in words: 'Tuesday at noon', or 'Tuesday 3 March at noon'."""
    return f"{day_in_words(when, dated=dated)} at {time_of_day_in_words(when)}"


def deadline_in_words(when: datetime) -> str:
    """The same the other way round, as one names a date: 'four in the afternoon on Tuesday 3 March'."""
    return f"{time_of_day_in_words(when)} on {day_in_words(when, dated=True)}"
