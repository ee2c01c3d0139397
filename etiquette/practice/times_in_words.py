"""Numbers, times of day and dates as people say them."""

from __future__ import annotations

from datetime import datetime

NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NOON, EVENING, PLAIN_MORNING = 12, 18, 9  # from nine to six, people leave the part of the day out
DATED_AFTER = 6  # days; before that, a weekday alone is ambiguous


def number_in_words(number: int) -> str:
    """The number in words below 100, in digits from 100 on; 0 is 'no'."""
    if number >= 100:
        return str(number)
    if number < len(NUMBERS):
        return NUMBERS[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{NUMBERS[ones]}" if ones else "")


def clock_in_words(when: datetime) -> str:
    """The time of day, to the minute: 'noon', '3', '9:05', '8 in the morning', '6:30 in the evening'."""
    if (when.hour, when.minute) == (NOON, 0):
        return "noon"
    clock = f"{when.hour % NOON or NOON}" + (f":{when.minute:02}" if when.minute else "")
    part = " in the morning" if when.hour < PLAIN_MORNING else " in the evening" if when.hour >= EVENING else ""
    return clock + part


def present_in_words(when: datetime) -> str:
    """The time of day where it stands alone, after “it’s”: '3 o’clock', '9:05', '8 in the morning'."""
    clock = clock_in_words(when)
    return f"{clock} o’clock" if clock.isdecimal() else clock


def day_and_date(when: datetime) -> str:
    """The day with its date: 'Tuesday 3 March'."""
    return f"{when:%A} {when.day} {when:%B}"


def past_in_words(when: datetime, now: datetime, told: datetime | None = None) -> str:
    """When something happened: 'at 3 today', 'yesterday at 3', 'on Friday at 3', 'on Friday 6 March at 3'.

    If `told`, the moment named before it, was on the same day: 'that day at 3'. If that was more than six days before
    it, or comes after it, a weekday alone would be ambiguous.
    """
    clock, days = clock_in_words(when), (now.date() - when.date()).days
    if days == 0:
        return f"at {clock} today"
    if days == 1:
        return f"yesterday at {clock}"
    since = (when.date() - told.date()).days if told else None
    if since == 0:
        return f"that day at {clock}"
    dated = days > DATED_AFTER or (since is not None and not 0 < since <= DATED_AFTER)
    return f"on {day_and_date(when) if dated else format(when, '%A')} at {clock}"


def future_in_words(when: datetime, said: datetime, now: datetime) -> str:
    """A day and time that was still to come at `said`: 'Friday at 3', 'Friday 13 March at 3'."""
    dated = (when.date() - said.date()).days >= DATED_AFTER or (now.date() - said.date()).days > DATED_AFTER
    return f"{day_and_date(when) if dated else format(when, '%A')} at {clock_in_words(when)}"
