"""Numbers, times of day and dates in words."""

from __future__ import annotations

from datetime import datetime

NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MORNING, NOON, EVENING, NIGHT = 5, 12, 18, 22  # the hours at which they begin


def number_in_words(number: int) -> str:
    """The number in words below 100, in digits from 100 on; 0 is 'no'."""
    if number >= 100:
        return str(number)
    if number < len(NUMBERS):
        return NUMBERS[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{NUMBERS[ones]}" if ones else "")


def time_of_day_in_words(when: datetime) -> str:
    """The time of day in words, to the minute: 'half past six in the evening'."""
    if (when.hour, when.minute) == (NOON, 0):
        return "noon"
    past = when.minute <= 30
    minutes = when.minute if past else 60 - when.minute
    hour = number_in_words((when.hour if past else when.hour + 1) % 12 or 12)
    offset = {0: "", 15: "a quarter ", 30: "half "}.get(minutes, f"{number_in_words(minutes)} ")
    direction = ("past " if past else "to ") if minutes else ""
    day = "morning" if when.hour < NOON else "afternoon" if when.hour < EVENING else "evening"
    part = f"in the {day}" if MORNING <= when.hour < NIGHT else "at night"
    return f"{offset}{direction}{hour} {part}"


def day_in_words(when: datetime, *, dated: bool) -> str:
    """The day in words: 'Tuesday' or, if `dated`, 'Tuesday 3 March'."""
    return f"{when:%A} {when.day} {when:%B}" if dated else f"{when:%A}"


def moment_in_words(when: datetime, *, dated: bool) -> str:
    """The day and time in words: 'Tuesday at noon' or, if `dated`, 'Tuesday 3 March at noon'."""
    return f"{day_in_words(when, dated=dated)} at {time_of_day_in_words(when)}"


def deadline_in_words(when: datetime) -> str:
    """The time and date in words, for a deadline: 'four in the afternoon on Tuesday 3 March'."""
    return f"{time_of_day_in_words(when)} on {day_in_words(when, dated=True)}"
