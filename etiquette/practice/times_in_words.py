"""Numbers, times of day and dates in sentences."""

from __future__ import annotations

from datetime import datetime

from etiquette.judge import clock_in_words

NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
DATED_AFTER = 6  # days; before that, a weekday alone is ambiguous


def number_in_words(number: int) -> str:
    """The number in words below 100, in digits from 100 on; 0 is 'no'."""
    if number >= 100:
        return str(number)
    if number < len(NUMBERS):
        return NUMBERS[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{NUMBERS[ones]}" if ones else "")


def day_and_date(when: datetime) -> str:
    """The day with its date: 'Tuesday 3 March'."""
    return f"{when:%A} {when.day} {when:%B}"


def past_in_words(when: datetime, now: datetime, told: datetime | None = None) -> str:
    """When something happened: 'at 15:00 today', 'yesterday at 15:00', 'on Friday 6 March at 15:00'.

    If `told`, the moment named before it, was on the same day: 'that day at 15:00'. If that was more than six days
    before it, or comes after it, a weekday alone would be ambiguous.
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
    """A day and time that was still to come at `said`: 'Friday at 15:00', 'Friday 13 March at 15:00'."""
    dated = (when.date() - said.date()).days >= DATED_AFTER or (now.date() - said.date()).days > DATED_AFTER
    return f"{day_and_date(when) if dated else format(when, '%A')} at {clock_in_words(when)}"
