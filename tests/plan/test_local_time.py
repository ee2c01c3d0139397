"""Dates and times as people type them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette.plan.errors import EntryError
from etiquette.plan.local_time import (
    TimeOfDay,
    end_of_day,
    format_time,
    from_rfc9557,
    in_both_zones,
    local_datetime,
    parse_date,
    parse_time,
    to_rfc9557,
)
from tests.plan.test_hearing import cases
from tests.plan.test_planner import LONDON, NEW_YORK, ZONES, at

FRIDAY = date(2026, 3, 20)


@cases(
    """
    14:30 = 14:30 | 1430 = 14:30 | 14.30 = 14:30 | 14h30 = 14:30 | 14h = 14:00 | 14:30:00 = 14:30 | 900 = 09:00
    9.05 = 09:05 | 2pm = 14:00 | 2 p.m. = 14:00 | 2.30 PM = 14:30 | at 3pm = 15:00 | 12 am = 00:00 | 12 pm = 12:00
    02:30 = 02:30 | ٠٩:٣٠ = 09:30 | noon = 12:00 | midnight = 00:00 | 9 o’clock = 09:00 | 10 = 10:00
    """
)
def test_a_time_is_read_as_people_type_it(text: str, expected: str) -> None:
    assert parse_time(text) == TimeOfDay(time.fromisoformat(expected))


@cases(
    """
    2 = Is that 2:00 am or pm? Write 02:00 or 14:00. | 2:30 = am or pm? | 230 = am or pm? | 3 o'clock = am or pm?
    = Write a time, such as 14:30 | 14:3 = 14:30 | 24:00 = 14:30 | 0 pm = 14:30 | 13pm = 14:30 | 9:30\x00 = 14:30
    teatime = 14:30 | half past two = 14:30
    """
)
def test_an_hour_that_may_be_at_night_is_asked_about_and_what_is_no_time_refused(text: str, expected: str) -> None:
    with pytest.raises(EntryError) as caught:
        parse_time(text)
    assert expected in str(caught.value)


@cases(
    """
    2026/3/3 = 2026-03-03 2026-03-03 | 3rd of March, 2026 = 2026-03-03 2026-03-03 | 3.3.2026 = 2026-03-03 2026-03-03
    March 3, 2026 = 2026-03-03 2026-03-03 | 3 Mar 26 = 2026-03-03 2026-03-03 | Tue 3 March = 2026-03-03 2026-03-03
    3 March = 2026-03-03 2026-03-03 | 13/3 = 2026-03-13 2026-03-13 | 20 December = 2025-12-20 2025-12-20
    the 3rd = 2026-03-03 2026-04-03 | 31st = 2026-01-31 2026-03-31 | Tuesday = 2026-03-17 2026-03-24
    Friday = 2026-03-20 2026-03-27 | last Friday = 2026-03-13 2026-03-13 | yesterday = 2026-03-19 2026-03-19
    """
)
def test_a_date_is_read_as_people_type_it_as_the_one_near_today_before_or_after_it(text: str, expected: str) -> None:
    assert f"{parse_date(text, FRIDAY, past=True)} {parse_date(text, FRIDAY)}" == expected


@cases(
    """
    3/4/2026 = 3/4/2026 could be 3 April 2026 or 4 March 2026. Write the month as a word.
    2062-03-03 = 2062 looks wrong. Did you mean 2026-03-03? | 2027-12-01 = 2027 looks wrong. Did you mean 2025-12-01?
    2026-04-12 = 12 April 2026 hasn’t come yet | 12 April = Did you mean 2025-04-12?
    Mon 3 March 2026 = 3 March 2026 is a Tuesday | 30 February = no such day | the 45th = No month has a day 45
    = Write a date | soon = Try 2026-03-14
    """
)
def test_a_past_date_that_cannot_be_meant_is_queried(text: str, expected: str) -> None:
    with pytest.raises(EntryError) as caught:
        parse_date(text, FRIDAY, past=True)
    assert expected in str(caught.value)


def test_a_day_ends_with_its_last_minute_even_if_the_clocks_skip_23_59() -> None:
    assert end_of_day(date(2026, 3, 13), LONDON) == at("13 23:59")
    assert f"{end_of_day(date(2026, 3, 28), ZoneInfo('America/Nuuk')):%d %H:%M}" == "28 22:59"


def test_the_home_time_is_shown_only_if_it_differs() -> None:
    tuesday = at("10 11:00")
    assert in_both_zones(tuesday, LONDON) == "Tue 10 March 2026, 11:00"
    assert in_both_zones(tuesday, NEW_YORK) == "Tue 10 March 2026, 11:00 their time (07:00 yours)"
    late = in_both_zones(at("10 22:00"), ZoneInfo("Asia/Kolkata"))
    assert late == "Tue 10 March 2026, 22:00 their time (Wed 11 March, 03:30 yours)"


@given(some.datetimes(datetime(2001, 1, 1), datetime(2099, 1, 1)), some.sampled_from(ZONES), some.booleans())
def test_every_datetime_round_trips_through_text_and_through_local_time(
    naive: datetime, zone: ZoneInfo, second: bool
) -> None:
    when = naive.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).replace(fold=0)
    when = when.replace(fold=int(second)) if when.utcoffset() != when.replace(fold=1).utcoffset() else when
    assert from_rfc9557(to_rfc9557(when)) == when
    minute = when.replace(second=0, microsecond=0)
    assert local_datetime(minute.date(), parse_time(format_time(minute)), zone) == minute


@given(
    some.dates(date(2001, 1, 1), date(2099, 1, 1)),
    some.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a %d %b %Y"]),
)
def test_every_date_is_read_back_however_it_is_written(day: date, form: str) -> None:
    assert parse_date(day.strftime(form), day + timedelta(days=30)) == day


@given(
    some.text(max_size=70) | some.text("0123456789:./- apmth", max_size=20),
    some.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_any_text_is_a_date_or_time_or_a_problem(text: str, near: date) -> None:
    for parse in (parse_time, lambda typed: parse_date(typed, near), lambda typed: parse_date(typed, near, past=True)):
        with suppress(EntryError):
            parse(text)
