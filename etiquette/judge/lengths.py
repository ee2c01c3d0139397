"""Lengths of time, and how people say them."""

from __future__ import annotations

from datetime import timedelta

A_MINUTE = timedelta(minutes=1)
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)
A_WEEK = timedelta(weeks=1)


def spoken(length: timedelta) -> str:
    """A length of time as people say it: exact up to two days and a half, then whole days, then months."""
    days = length // A_DAY
    if length <= 60 * AN_HOUR:
        return duration(length)
    return f"about {round(days / 30)} months" if days >= 60 else duration(days * A_DAY)


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
