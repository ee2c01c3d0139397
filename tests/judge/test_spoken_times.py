"""Times in the words of people, which never say that a wait is over that is not."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etiquette.judge import A_DAY, A_MINUTE, A_WEEK, AN_HOUR, Situation
from etiquette.judge.lengths import NUMBERS, exactly, in_hours, spoken
from etiquette.judge.spoken_times import SpokenTime
from tests.builders import TUESDAY, hours

LENGTHS = st.integers(0, 60 * 24 * 200).map(lambda minutes: timedelta(minutes=minutes))
UNITS = {"minute": A_MINUTE, "hour": AN_HOUR, "day": A_DAY, "week": A_WEEK, "month": 30 * A_DAY}


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(0), "a moment"),
        (timedelta(minutes=20), "20 minutes"),
        (timedelta(hours=1, minutes=29), "an hour"),
        (timedelta(hours=1, minutes=45), "an hour and a half"),
        (timedelta(hours=23, minutes=59), "23 hours"),
        (timedelta(hours=24, minutes=10), "a day"),
        (timedelta(hours=40), "more than a day"),
        (timedelta(days=2, hours=20), "two days"),
        (timedelta(days=6, hours=23), "almost a week"),
        (timedelta(days=7, hours=1), "a week"),
        (timedelta(days=9, hours=1), "nine days"),
        (timedelta(days=14), "two weeks"),
        (timedelta(days=33), "33 days"),
        (timedelta(days=89), "more than two months"),
        (timedelta(days=90), "three months"),
    ],
)
def test_a_length_as_people_say_it(length: timedelta, words: str) -> None:
    assert spoken(length) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(hours=23, minutes=59), "23 hours"),
        (timedelta(hours=24), "24 hours"),
        (timedelta(hours=24, minutes=1), "just over 24 hours"),
        (timedelta(hours=47, minutes=59), "47 hours"),
        (timedelta(hours=48), "48 hours"),
        (timedelta(hours=72), "three days"),
    ],
)
def test_a_length_where_the_hours_matter(length: timedelta, words: str) -> None:
    assert in_hours(length) == words


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (hours(1), "an hour"),
        (hours(48), "48 hours"),
        (hours(100), "100 hours"),
        (timedelta(days=7), "a week"),
        (timedelta(days=30), "30 days"),
        (timedelta(days=90), "three months"),
        (timedelta(days=100), "100 days"),
    ],
)
def test_a_limit_is_not_rounded(limit: timedelta, words: str) -> None:
    assert exactly(limit) == words


@given(LENGTHS)
def test_a_length_is_never_said_to_be_longer_than_it_is(length: timedelta) -> None:
    for words in (spoken(length), in_hours(length)):
        assert named_length(words) <= length


def named_length(words: str) -> timedelta:
    """The least length that these words name."""
    if words in ("a moment", "almost a week"):
        return A_WEEK - A_DAY / 2 if "week" in words else timedelta(0)
    number, unit = re.findall(r"(\w+) (minute|hour|day|week|month)", words)[0]
    value = 1 if number in ("a", "an") else NUMBERS.index(number) if number in NUMBERS else int(number)
    return value * UNITS[unit] + (AN_HOUR / 2 if "and a half" in words else timedelta(0))


@pytest.mark.parametrize(
    ("spec", "then", "known", "unknown"),
    [
        ("ago", 199.9, "six minutes ago", "six minutes ago"),
        ("ago", 196, "four hours ago", "four hours ago"),
        ("ago", 176, "yesterday", "a day ago"),
        ("ago", 150, "on Monday", "two days ago"),
        ("ago", 33, "almost a week ago", "almost a week ago"),
        ("from", 150, "from Monday", "from two days ago"),
        ("when", 196, "at 14:00 today", "four hours ago"),
        ("when", 176, "yesterday at 18:00", "a day ago"),
        ("when", 150, "on Monday at 16:00", "two days ago"),
        ("when", 8, "on Tuesday 3 March at 18:00", "eight days ago"),
        ("hours", 160, "40 hours ago", "40 hours ago"),
        ("lasting", 150, "since Monday at 16:00", "for two days"),
        ("lasting", 0, "since Tuesday 3 March at 10:00", "since the interview"),
        ("since", 0, "eight days since the interview", "eight days since the interview"),
        ("since", 150, "two days since they last got in touch", "two days since they last got in touch"),
        ("contact", 150, "two days since you were last in touch", "two days since you were last in touch"),
        ("moment", 215, "9:00 tomorrow", "nine days after the interview"),
        ("moment", 192, "10:00 today", "eight days after the interview"),
        ("moment", 400, "Friday 20 March at 2:00", "17 days after the interview"),
        ("moment", 0, "Tuesday 3 March at 10:00", "the interview"),
        ("moment", 253 + 59 / 60, "the end of Friday", "11 days after the interview"),
        ("by", 240, "by Friday at 10:00", "within ten days of the interview"),
        ("present", 200, "18:00 on Wednesday", "eight days after the interview"),
        ("day", 215, "tomorrow", "nine days after the interview"),
        ("day", 240, "on Friday", "ten days after the interview"),
    ],
)
def test_a_moment_with_the_date_known_and_unknown(spec: str, then: float, known: str, unknown: str) -> None:
    """The interview ended on Tuesday 3 March at 10:00, and it is Wednesday 11 March, 18:00."""
    for interview, words in ((TUESDAY, known), (None, unknown)):
        situation = Situation(hours(200), interview=interview)
        assert format(SpokenTime(situation, hours(then)), spec) == words


def test_a_week_by_the_clock_on_the_wall_is_a_week_though_summer_time_has_begun() -> None:
    interview = datetime(2026, 3, 24, 10, tzinfo=ZoneInfo("Europe/London"))
    assert f"{SpokenTime(Situation(hours(167), interview=interview), hours(0)):since}" == "a week since the interview"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="no format of a time"):
        format(SpokenTime(Situation(hours(1)), hours(0)), "soon")
