"""Lengths of time, and how people say them."""

from __future__ import annotations

from datetime import timedelta

A_MINUTE = timedelta(minutes=1)
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
A_WEEK = timedelta(weeks=1)
A_MONTH = 30 * A_DAY

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def spoken(length: timedelta) -> str:
    """A length of time as people say it, never longer than it is: 'three hours', 'eight days', 'more than two months'.

    Where the next round number is near, it says that it has not been reached: 'almost a week'.
    """
    if length < A_MINUTE:
        return "a moment"
    if length < AN_HOUR:
        return _counted(length // A_MINUTE, "a minute", "minutes")
    if length < A_DAY:
        return "an hour and a half" if length // (AN_HOUR / 2) == 3 else _counted(length // AN_HOUR, "an hour", "hours")
    if length < 2 * A_DAY:
        return "a day" if length < 25 * AN_HOUR else "more than a day"
    if A_WEEK - A_DAY / 2 <= length < A_WEEK:
        return "almost a week"
    days = length // A_DAY
    if length >= 2 * A_MONTH:
        months = _counted(length // A_MONTH, "a month", "months")
        return f"more than {months}" if days % 30 else months
    return _counted(days // 7, "a week", "weeks") if days % 7 == 0 else _counted(days, "a day", "days")


def in_hours(length: timedelta) -> str:
    """A length of time where the hours matter: '47 hours', 'just over 48 hours'; from three days on, as in `spoken`."""
    if length < A_DAY or length >= 3 * A_DAY:
        return spoken(length)
    hours, rest = divmod(length, AN_HOUR)
    return f"just over {hours} hours" if rest and hours % 24 == 0 else f"{hours} hours"


def exactly(length: timedelta) -> str:
    """A limit in words, not rounded: '48 hours', 'a week', '30 days', 'three months'."""
    if length < 3 * A_DAY or length % A_DAY:
        return _counted(length // AN_HOUR, "an hour", "hours") if length >= AN_HOUR else spoken(length)
    return spoken(length) if length < 2 * A_MONTH or not length % A_MONTH else f"{length.days} days"


def duration(length: timedelta) -> str:
    """A length of time in words, rounded down: '40 minutes', '20 hours', '6 days 23 hours', 'a week'."""
    if length < A_MINUTE:
        return "a moment"
    hours, minutes = divmod(length // A_MINUTE, 60)
    days, rest = divmod(hours, 24)
    if hours < 1:
        return _count(minutes, "minute")
    if hours < 3 or hours in (24, 48):
        return _count(hours, "hour") + (f" {_count(minutes, 'minute')}" if minutes else "")
    if hours <= 60:
        return _count(hours, "hour")
    if hours == 7 * 24:
        return "a week"
    if days < 14 and rest:
        return f"{_count(days, 'day')} {_count(rest, 'hour')}"
    return _count(days, "day")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _counted(number: int, one: str, many: str) -> str:
    return one if number == 1 else f"{NUMBERS[number] if number < len(NUMBERS) else number} {many}"
