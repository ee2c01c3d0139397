"""What they said about hearing back, as a date. It was said on Tuesday 3 March 2026 at 11:00 in London."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette.plan.errors import EntryError
from etiquette.plan.hearing import LONGEST_HEARING, Hearing, read_hearing
from tests.plan.test_planner import INTERVIEW, LONDON, NEW_YORK, ZONES

WORDS = """in by on before after until not the a next this week weeks days month end of early mid Friday March 22nd 3
at 5pm or to and few couple working tomorrow call if you haven’t heard , -
hours 1400 EST Christmas between please don’t morning"""


def cases(table: str) -> pytest.MarkDecorator:
    """One case for each 'words = date' in a table, separated by bars or lines."""
    rows = [case.split("=") for line in table.strip().splitlines() for case in line.split("|")]
    return pytest.mark.parametrize(("text", "expected"), [(text.strip(), date.strip()) for text, date in rows])


def by(text: str, said_at: datetime = INTERVIEW) -> str:
    """The date and, if it is not the end of the day, the time."""
    when = read_hearing(text, said_at).by
    return "" if when is None else f"{when:%Y-%m-%d %H:%M}".removeprefix("2026-").removesuffix(" 23:59")


@cases(
    """
    within three weeks = 03-24 | in two to three weeks = 03-24 | 2-3 wks = 03-24 | a couple of weeks = 03-17
    a week or two = 03-17 | a week and a half = 03-17 | a week, maybe ten days = 03-13
    another fortnight = 03-17 | in about a month's time = 04-03 | over the next week or so = 03-10
    five business days = 03-10 | in ten working days = 03-17 | in twenty-five days = 03-28
    in a few days = 03-08 | in the coming weeks = 03-31 | within 48h = 03-05 11:00
    24 hours = 03-04 11:00 | 24h = 03-04 11:00 | no more than two weeks = 03-17 | 24-48h = 03-05 11:00
    """
)
def test_a_number_of_units_counts_from_when_it_was_said_and_a_range_to_its_later_end(text: str, expected: str) -> None:
    assert by(text) == expected


@cases(
    """
    this week = 03-06 | next week = 03-13 | the week after next = 03-20 | early next week = 03-11
    at the beginning of next week = 03-11 | by the end of the following week = 03-13 | this week or next = 03-13
    in the week of 16 March = 03-20 | by the end of the month = 03-31 | EOM = 03-31 | mid-March = 03-15
    mid to late April = 04-30 | in the first week of April = 04-07 | in April = 04-30
    we may know more in May = 05-31 | before Christmas = 12-24 | over the weekend = 03-08
    by the end of the week, or beginning of next = 03-11 | this month or early next = 04-10
    in the new year = 2027-01-04 | after Christmas = 2027-01-04 | after the Christmas break = 2027-01-04
    """
)
def test_a_period_lasts_to_its_end_and_a_week_to_its_friday(text: str, expected: str) -> None:
    assert by(text) == expected


@cases(
    """
    by Friday = 03-06 | next Friday = 03-13 | Friday week = 03-13 | Tuesday = 03-10
    Wednesday of next week = 03-11 | between Monday and Wednesday = 03-11 | tomorrow = 03-04
    between 16 and 20 March = 03-20 | 16th-20th of March = 03-20
    the day after tomorrow = 03-05 | by the 22nd = 03-22 | by the twenty-first = 03-21
    22/3 = 03-22 | Fri 13 March = 03-13 | 2026-03-20 = 03-20
    31 December = 12-31 | Friday at 3 = 03-06 15:00 | by noon on Thursday = 03-05 12:00
    tomorrow morning = 03-04 12:00 | at 14.30 on 9 March = 03-09 14:30 | by close of business on Friday = 03-06
    later today = 03-03 | Thursday 1400 = 03-05 14:00 | Monday at 1430 = 03-09 14:30 | 20/3 at 1500 = 03-20 15:00
    by Thursday 1400 = 03-05 14:00 | Friday morning at 11 = 03-06 11:00 | Friday at 11 in the morning = 03-06 11:00
    we'll call Thursday between 2 and 4 = 03-05 16:00 | Friday 2-4pm = 03-06 16:00 | Friday in the morning = 03-06 12:00
    """
)
def test_a_day_lasts_to_its_end_unless_a_time_is_named(text: str, expected: str) -> None:
    assert by(text) == expected


@cases(
    """
    before Friday = 03-05 | on or before 31 March = 03-31 | by the weekend = 03-06 | by April = 04-01
    we won't know anything until the 20th = 03-20 | wait until Friday = 03-06
    after the weekend = 03-09 | not for another two weeks = 03-17 | no later than the end of next week = 03-13
    """
)
def test_the_word_before_a_time_says_which_end_of_it_counts(text: str, expected: str) -> None:
    assert by(text) == expected


@cases(
    """
    not before Friday = 03-13 | don't expect to hear before April = 04-08 | at least two weeks = 03-24
    next week at the earliest = 03-16 | the manager is back on the 23rd = 03-30 | Friday or later = 03-13
    We are interviewing until next Thursday and will decide after that = 03-19 | away until the 23rd = 03-30
    you won't hear before Friday = 03-13 | you'll hear nothing until next week = 03-16 | no news before May = 05-08
    on leave until the end of the month = 04-07 | not until next week = 03-16
    """
)
def test_a_week_is_allowed_after_a_day_that_is_only_the_earliest(text: str, expected: str) -> None:
    assert by(text) == expected
    assert read_hearing(text, INTERVIEW).why.endswith("only gave the earliest day, so we allow a week after that.")


def test_the_holidays_are_those_ahead() -> None:
    december = datetime(2026, 12, 18, 11, tzinfo=LONDON)
    assert by("after the holidays", december) == "2027-01-04"
    with pytest.raises(EntryError, match="too far away"):
        read_hearing("after the holidays", INTERVIEW)


@cases(
    """
    She said we'd hear by the end of next week. = 03-13 | Within three weeks, IF you are selected! = 03-24
    They interview until the 12th and decide within a week after that = 03-19
    the manager is back on the 16th and we will decide by the end of that week = 03-20
    I interviewed on Monday and should hear by Friday = 03-06
    they need to talk to the director first, so early April = 04-10
    we have 3 more candidates to see; a decision next week or the week after = 03-20
    """
)
def test_other_words_around_it_do_not_matter_and_the_last_of_several_times_counts(text: str, expected: str) -> None:
    assert by(text) == expected


@cases(
    """
    If you haven't heard by Friday, call = 03-06 | give us a call if you hear nothing by the 20th = 03-20
    call me in two weeks if you haven’t heard = 03-17 | should you not hear by Friday please telephone = 03-06
    you can ring me any time after Wednesday = 03-04 | I was told to phone if I heard nothing next week = 03-13
    call me on Thursday at 1400 if you've heard nothing = 03-05 14:00 | call Thursday between 2 and 4 = 03-05 14:00
    you can call, but not before Friday = 03-06 00:00 | call me Friday morning = 03-06 09:00
    call me today = | call me this morning = | call me next week = 03-09 00:00 | call me this afternoon = 03-03 14:00
    give me a ring on Friday at 10 = 03-06 10:00 | call me on Friday if you've heard nothing = 03-06 00:00
    call me if you have questions = | feel free to call me any time =
    call me back by Friday = | give us a call before 5 on Thursday = | call me on Friday, not before 10 = 03-06 10:00
    """
)
def test_an_invitation_to_call_is_for_after_the_date_or_for_the_day_it_names(text: str, expected: str) -> None:
    assert read_hearing(text, INTERVIEW).call
    assert by(text) == expected


@cases(
    """
    we'll call you by Friday = 03-06 | they promised to ring me by Friday = 03-06
    expect a phone call by Friday = 03-06
    HR will give you a call by Friday = 03-06 | please don't call, you will hear by Friday = 03-06
    drop me an email if you haven't heard by Friday = 03-06
    """
)
def test_a_call_of_theirs_is_no_invitation(text: str, expected: str) -> None:
    assert not read_hearing(text, INTERVIEW).call
    assert by(text) == expected


@cases(
    """
    don't call us, we'll call you = no calls | no calls please = no calls | calls are not welcome = no calls
    please don't phone, we'll email everyone by Wednesday = 03-04 no calls | please email rather than call = no calls
    No phone calls, we decide on Friday. = 03-06 no calls | no need to call, you will hear by Friday = 03-06 no calls
    if you haven't heard by Friday, don't ring, email me = 03-06 no calls | we don't call everybody =
    please do not contact us by phone = no calls | she asked me not to call before I hear from her = no calls
    if we don't call by Friday, email = 03-06
    If you don't hear from us within two weeks, assume you were unsuccessful = 03-17 silence means no
    if you haven't heard by the 20th you have not been successful = 03-20 silence means no
    only successful candidates will be contacted by Friday = 03-06 silence means no
    unless you hear by Friday, we have chosen someone else = 03-06 silence means no
    you'll only hear from us if you are selected = silence means no | no news means no = silence means no
    if you are unsuccessful you will hear by Friday = 03-06 | if you haven't heard by Friday email me = 03-06
    if you haven't heard by Friday, call; unsuccessful candidates get an email = 03-06
    """
)
def test_they_can_rule_calls_out_and_their_silence_can_be_a_refusal(text: str, expected: str) -> None:
    hearing = read_hearing(text, INTERVIEW)
    facts = [by(text), "no calls" * hearing.no_calls, "silence means no" * hearing.silence_refuses]
    assert " ".join(filter(None, facts)) == expected
    assert all(fact.replace("no calls", "not to call") in hearing.why for fact in facts[1:])


@cases(
    """
    = | - = | soon = | as soon as we can = | We'll be in touch. = | they'll let me know = | nothing = | no idea =
    start date to be confirmed = | we'll keep you in mind = | they are delayed = | it will take a bit longer =
    tbc = | in due course = | they have three more people to see = | any day now =
    """
)
def test_words_without_a_date_give_none_and_say_so(text: str, expected: str) -> None:
    hearing = read_hearing(text, INTERVIEW)
    assert by(text) == expected
    assert hearing.why.endswith("give a date.")


@cases(
    """
    banana = We can’t tell which date that is. Write a date, or leave this empty if they didn’t give one.
    by Easter = Write a date | in 1.5 weeks = Write a date | the Friday after the bank holiday = Write a date
    two weeks after the closing date = Write a date | the day after the board meeting on Tuesday = Write a date
    after Thanksgiving = Write a date | vendredi 14h30 = Which day | el viernes a las 10 = Write a date
    Friday 5pm EST = the time where they are | by Friday 6pm Eastern = the time where they are
    Friday 12 = Is 12 a time or a day? | please do not call before Friday = Do they want a call later, or
    decision Thursday, answer by Friday 5pm = Which day is that time for? | next week at 3pm = Which day
    Friday at 15 hours = Which day | after the bank holiday = Write a date
    by 31 February = no such day | by the 45th = has a day 45
    by 3/4 = 3/4 could be 3 April or 4 March | Thursday 13 March = 13 March 2026 is a Friday
    1 March = had already passed when they said it | today at 9 = had already passed when they said it
    in 900 weeks = is too far away | 22 March 2062 = Did you mean 2026-03-22?
    """
)
def test_what_cannot_be_read_is_refused_with_a_remedy(text: str, expected: str) -> None:
    with pytest.raises(EntryError) as caught:
        read_hearing(text, INTERVIEW)
    assert expected in str(caught.value)


def test_why_quotes_their_words_and_names_the_date_and_the_reason() -> None:
    assert read_hearing("In two  to three weeks", INTERVIEW) == Hearing(
        datetime(2026, 3, 24, 23, 59, tzinfo=LONDON),
        call=False,
        why="We read “In two to three weeks” as Tuesday 24 March: the later of the two.",
    )


def test_why_says_what_a_call_is_for() -> None:
    after = read_hearing("If you haven't heard by Friday, call", INTERVIEW).why
    assert after.endswith("Friday 6 March: they gave no time, so we allow the whole day. Call only after that.")
    then = read_hearing("Call me on Friday", INTERVIEW).why
    assert then.endswith("Friday 6 March: the day they gave for your call.")


def test_days_and_weeks_are_those_of_the_place_where_it_was_said_and_at_a_weekend_the_week_is_the_next() -> None:
    evening = datetime(2026, 3, 3, 23, 30, tzinfo=NEW_YORK)
    assert read_hearing("tomorrow", evening).by == datetime(2026, 3, 4, 23, 59, tzinfo=NEW_YORK)
    sunday = datetime(2026, 3, 8, 12, 0, tzinfo=LONDON)
    assert by("end of the week", sunday) == by("next week", sunday) == "03-13"


@given(
    some.text(max_size=LONGEST_HEARING + 9) | some.lists(some.sampled_from(WORDS.split()), max_size=14).map(" ".join),
    some.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),
    some.sampled_from(ZONES),
)
def test_any_words_are_a_later_date_or_no_date_or_a_problem(text: str, naive: datetime, zone: ZoneInfo) -> None:
    said_at = naive.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)
    with suppress(EntryError):
        hearing = read_hearing(text, said_at)
        assert hearing.by is None or hearing.by.timestamp() > said_at.timestamp()
