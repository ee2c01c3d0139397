"""The plan for an application of one's own: what the judge would have you do, and when."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from etiquette import ARTICLE, Action, Contact, Kind, Policy, Situation, assess
from etiquette.judge import Thresholds, Verdict, open_steps
from etiquette.plan import Application, Done, Heard, Plan, elapsed, later, plan
from etiquette.plan.planner import AT_ONCE, office_hour

LONDON, NEW_YORK, SYDNEY = ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Sydney")
ZONES = [LONDON, NEW_YORK, SYDNEY, ZoneInfo("Asia/Kolkata"), ZoneInfo("America/Santiago"), ZoneInfo("UTC")]
INTERVIEW = datetime(2026, 3, 3, 11, 0, tzinfo=LONDON)
A_MINUTE = timedelta(minutes=1)
WITHIN_A_DAY = Policy("within", "Within a day", "an office", Thresholds(thank_you_within=timedelta(days=1)))


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    """A moment in March 2026, unless the month is given: '10 11:00' or '04-07 09:00'."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2026-{day if '-' in day else f'03-{day}'} {clock}").replace(tzinfo=zone)


def an_application(*happened: Heard | Done, interview: datetime = INTERVIEW, brought: bool = False) -> Application:
    """An interview in London on Tuesday 3 March, at 11:00, and what has happened since."""
    return Application(
        interview,
        LONDON,
        job="payroll clerk",
        employer="Hallam Foods",
        heard=tuple(each for each in happened if isinstance(each, Heard)),
        done=tuple(each for each in happened if isinstance(each, Done)),
        references_brought=brought,
    )


def kinds(planned: Plan) -> tuple[list[str], list[str]]:
    """The steps to take now, and those after."""
    return [step.kind.value for step in planned.now], [step.kind.value for step in planned.after]


def suggested(planned: Plan) -> list[str]:
    return [f"{step.suggested:%a %d %b %H:%M}" for step in planned.steps]


# The steps, in the order of the article


def test_a_quiet_week_then_thanks_then_a_call_then_leave_it_with_them() -> None:
    planned = plan(an_application(), at("04 09:00"))
    assert kinds(planned) == ([], ["thank_you_email", "call"])
    assert suggested(planned) == ["Tue 10 Mar 11:00", "Thu 12 Mar 11:00"]
    assert planned.waiting.verdict is Verdict.PATIENT
    assert "leaving it with them" in planned.rest.reason


def test_what_not_to_do_yet_says_until_when_and_why() -> None:
    planned = plan(an_application(), at("04 09:00"))
    until = {each.kind: each.until for each in planned.not_yet}
    assert until == {
        Kind.THANK_YOU_EMAIL: at("10 11:00"),
        Kind.STATUS_EMAIL: at("10 11:00"),
        Kind.CALL: at("12 11:00"),
    }
    assert planned.not_yet[0].why.startswith("It is 22 hours since the interview. Give them until")


def test_once_the_week_is_over_thanks_are_for_now_and_the_call_comes_two_days_after_them() -> None:
    planned = plan(an_application(), at("11 14:00"))
    assert kinds(planned) == (["thank_you_email"], ["call"])
    assert planned.now[0].right_from == at("10 11:00")
    assert suggested(planned) == ["Wed 11 Mar 14:00", "Fri 13 Mar 14:00"]


def test_after_the_thanks_the_call_and_no_second_thanks() -> None:
    planned = plan(an_application(Done(Kind.THANK_YOU_EMAIL, at("10 11:00"))), at("10 18:00"))
    assert kinds(planned) == ([], ["call"])
    again = next(each for each in planned.not_yet if each.kind is Kind.THANK_YOU_EMAIL)
    assert again.until is None
    assert "a second is a reminder in disguise" in again.why


def test_whoever_would_rather_not_call_may_ask_by_email_instead() -> None:
    planned = plan(an_application(Done(Kind.THANK_YOU_EMAIL, at("10 11:00"))), at("10 18:00"))
    assert planned.after[0].instead is Kind.STATUS_EMAIL


def test_after_the_call_nothing_is_left_to_do() -> None:
    done = (Done(Kind.THANK_YOU_EMAIL, at("10 11:00")), Done(Kind.CALL, at("12 11:00")))
    planned = plan(an_application(*done), at("13 09:00"))
    assert planned.steps == ()
    assert "leaving it with them" in planned.rest.reason


def test_requested_references_come_first_and_at_once_even_on_a_saturday() -> None:
    friday = at("06 16:00")
    asked = an_application(Heard(friday, requests_references=True), interview=friday)
    planned = plan(asked, at("07 10:00"))
    assert kinds(planned)[0] == ["send_references"]
    assert planned.now[0].suggested == at("07 10:00")
    assert planned.now[0].right_from == friday
    assert planned.now[0].assessment.credit == 100


def test_late_references_are_still_sent_though_late_is_what_they_are() -> None:
    planned = plan(an_application(Heard(INTERVIEW, requests_references=True)), at("06 12:00"))
    assert planned.now[0].kind is Kind.SEND_REFERENCES
    assert "still beats not sending" in planned.now[0].why


def test_references_that_a_referee_has_to_agree_to_wait_for_that() -> None:
    asked = Application(
        INTERVIEW, LONDON, heard=(Heard(INTERVIEW, requests_references=True),), references_ready=at("05 12:00")
    )
    planned = plan(asked, at("04 09:00"))
    assert planned.after[0].kind is Kind.SEND_REFERENCES
    assert planned.after[0].suggested == planned.after[0].right_from == at("05 12:00")


def test_references_handed_over_on_the_day_are_not_asked_for_by_the_plan() -> None:
    planned = plan(an_application(Heard(INTERVIEW, requests_references=True), brought=True), at("04 09:00"))
    assert kinds(planned) == ([], ["thank_you_email", "call"])


def test_two_steps_of_ones_own_accord_never_fall_on_one_day() -> None:
    planned = plan(an_application(Heard(INTERVIEW, requests_references=True)), at("12 10:00"))
    assert kinds(planned) == (["send_references"], ["thank_you_email", "call"])
    assert suggested(planned) == ["Thu 12 Mar 10:00", "Fri 13 Mar 10:00", "Mon 16 Mar 09:00"]


def test_a_call_about_something_in_particular_is_made_in_office_hours() -> None:
    asked = an_application(Heard(at("03 18:30"), invites_call=True, asks=True))
    planned = plan(asked, at("03 19:00"))
    assert kinds(planned)[0] == ["invited_call"]
    assert planned.now[0].suggested == at("04 09:00")
    assert "call" not in kinds(planned)[1], "two calls in one plan are one too many"


def test_call_us_if_you_have_not_heard_by_friday_means_after_friday() -> None:
    asked = an_application(Heard(INTERVIEW, promises=at("06 17:00"), invites_call=True))
    planned = plan(asked, at("04 09:00"))
    assert planned.after[0].kind is Kind.INVITED_CALL
    assert planned.after[0].suggested == at("09 09:00")


# An answer in the meantime


def test_a_new_date_moves_the_whole_plan() -> None:
    moved = an_application(Heard(at("05 09:00"), promises=at("20 23:59")), Done(Kind.REPLY, at("05 09:30")))
    planned = plan(moved, at("06 09:00"))
    assert suggested(planned) == ["Mon 23 Mar 09:00", "Wed 25 Mar 09:00"]
    assert planned.steps[0].right_from == at("21 00:00")


def test_a_question_is_answered_before_anything_else() -> None:
    planned = plan(an_application(Heard(at("11 20:00"), asks=True)), at("11 21:00"))
    assert planned.now[0].kind is Kind.REPLY
    assert planned.now[0].suggested == at("11 21:00")


def test_news_that_asks_nothing_may_be_answered_and_starts_the_week_again() -> None:
    planned = plan(an_application(Heard(at("05 09:00"))), at("05 12:00"))
    assert kinds(planned) == (["reply"], ["thank_you_email", "call"])
    assert planned.after[0].right_from == at("12 09:00")


def test_a_decision_ends_the_plan_with_a_kind_answer() -> None:
    planned = plan(an_application(Heard(at("11 09:00"), decides=True)), at("11 10:00"))
    assert kinds(planned) == (["reply"], [])
    assert "how it ended" in planned.rest.reason
    answered = an_application(Heard(at("11 09:00"), decides=True), Done(Kind.REPLY, at("11 10:00")))
    assert plan(answered, at("12 10:00")).steps == ()


def test_a_notice_of_absence_is_waited_out() -> None:
    away = an_application(
        Done(Kind.THANK_YOU_EMAIL, at("10 11:00")), Heard(at("10 11:01"), automatic=True, promises=at("18 23:59"))
    )
    assert suggested(plan(away, at("11 09:00"))) == ["Thu 19 Mar 09:00"]


def test_another_policy_makes_another_plan() -> None:
    planned = plan(an_application(), at("03 15:00"), WITHIN_A_DAY)
    assert planned.now[0].kind is Kind.THANK_YOU_EMAIL
    assert planned.now[0].suggested == at("03 15:00")
    late = an_application(interview=at("06 16:30"))
    assert plan(late, at("06 18:00"), WITHIN_A_DAY).now[0].suggested == at("06 18:00"), "Monday would be too late"


# Clocks, zones, weekends


def test_over_a_change_of_the_clocks_a_week_is_168_hours_and_the_clock_shows_another() -> None:
    """The clocks in London go forward on 29 March: a week after 11:00 it is 12:00."""
    planned = plan(an_application(interview=at("24 11:00")), at("25 09:00"))
    thanks = planned.after[0]
    assert elapsed(at("24 11:00"), thanks.right_from) == timedelta(hours=168)
    assert thanks.right_from.isoformat() == "2026-03-31T12:00:00+01:00"
    assert "Tuesday 31 March, 12:00" in planned.not_yet[0].why


def test_when_the_clocks_go_back_the_week_ends_an_hour_earlier_by_the_clock() -> None:
    interview = datetime(2026, 10, 20, 11, 0, tzinfo=LONDON)
    thanks = plan(an_application(interview=interview), later(interview, timedelta(days=1))).after[0]
    assert thanks.right_from.isoformat() == "2026-10-27T10:00:00+00:00"


def test_monday_noon_after_a_change_of_the_clocks_is_noon_by_the_clock() -> None:
    """References asked for on Friday 27 March are prompt until noon on Monday, an hour sooner than counted."""
    friday = at("27 16:00")
    asked = an_application(Heard(friday, requests_references=True), interview=friday)
    assert plan(asked, at("30 12:00")).now[0].assessment.credit == 100
    assert plan(asked, at("30 12:01")).now[0].assessment.credit < 100


def test_office_hours_are_the_employers_and_the_candidates_times_may_be_of_another_zone() -> None:
    interview = datetime(2026, 3, 3, 20, 0, tzinfo=SYDNEY)
    thanked = Done(Kind.THANK_YOU_EMAIL, datetime(2026, 3, 10, 9, 30, tzinfo=LONDON))
    planned = plan(Application(interview, LONDON, done=(thanked,)), datetime(2026, 3, 10, 12, 0, tzinfo=LONDON))
    call = planned.after[0]
    assert call.right_from == datetime(2026, 3, 12, 9, 30, tzinfo=LONDON)
    assert call.suggested == datetime(2026, 3, 13, 9, 0, tzinfo=SYDNEY)


@pytest.mark.parametrize(
    ("given", "hour"),
    [
        ("09 08:59", "09 09:00"),
        ("09 09:00", "09 09:00"),
        ("09 16:59", "09 16:59"),
        ("09 17:00", "10 09:00"),
        ("13 17:00", "16 09:00"),
        ("14 12:00", "16 09:00"),
        ("15 00:00", "16 09:00"),
        ("28 23:30", "30 09:00"),
    ],
)
def test_the_next_office_hour(given: str, hour: str) -> None:
    assert office_hour(at(given)) == at(hour)


def test_a_working_day_that_a_country_skipped_is_no_working_day() -> None:
    """Samoa had no Friday 30 December 2011."""
    apia = ZoneInfo("Pacific/Apia")
    assert office_hour(datetime(2011, 12, 29, 18, 0, tzinfo=apia)) == datetime(2012, 1, 2, 9, 0, tzinfo=apia)


def test_a_moment_with_seconds_counts_from_the_next_minute() -> None:
    planned = plan(an_application(), at("11 14:00") + timedelta(seconds=1))
    assert planned.at == at("11 14:01")


def test_what_has_not_happened_yet_cannot_be_planned_from() -> None:
    with pytest.raises(ValueError, match="before the interview"):
        plan(an_application(), at("02 09:00"))
    with pytest.raises(ValueError, match="has not happened yet"):
        plan(an_application(Done(Kind.CALL, at("09 09:00"))), at("08 09:00"))


# The law

MINUTES = some.integers(0, 60 * 24 * 40).map(lambda minutes: timedelta(minutes=minutes))


@some.composite
def applications(draw: some.DrawFn) -> tuple[Application, datetime]:
    """Any application of which nothing lies in the future, and the moment at which its plan is asked for."""
    zone, home = draw(some.sampled_from(ZONES)), draw(some.sampled_from(ZONES))
    start = draw(some.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)))
    interview = later(start.replace(second=0, microsecond=0, tzinfo=zone), timedelta(0))
    since = sorted(draw(some.lists(MINUTES, max_size=6)))
    now = later(interview, (since[-1] if since else timedelta(0)) + draw(MINUTES))
    heard, done = [], []
    for minutes in since:
        when = later(interview, minutes).astimezone(draw(some.sampled_from([zone, home])))
        if draw(some.booleans()):
            wait = draw(some.none() | MINUTES)
            promises = None if wait is None else later(when, wait + A_MINUTE)
            flags = draw(some.tuples(*[some.sampled_from([False, False, True])] * 5))
            heard.append(Heard(when, promises, *flags))
        else:
            kind = draw(some.sampled_from([kind for kind in Kind if kind is not Kind.HOLD_BACK]))
            done.append(Done(kind, when, draw(some.booleans())))
    ready = draw(some.none() | MINUTES.map(lambda after: later(interview, after)))
    brought = draw(some.booleans())
    return Application(interview, home, "clerk", "Hallam", tuple(heard), tuple(done), brought, ready), now


def walked(planned: Plan) -> list[tuple[Situation, Kind, timedelta, timedelta]]:
    """Each step with the situation before it, its first right moment and the suggested one, as the judge counts."""
    application = planned.application
    situation, found = planned.situation, []
    for step in planned.steps:
        right_from, then = (elapsed(application.interview, when) for when in (step.right_from, step.suggested))
        found.append((situation, step.kind, right_from, then))
        situation = situation.after(Contact(step.kind, then))
    return found


@given(applications(), some.sampled_from([ARTICLE, WITHIN_A_DAY]))
@settings(max_examples=400)
def test_every_step_is_persistent_at_its_time_once_those_before_it_have_been_taken(
    given_now: tuple[Application, datetime], policy: Policy
) -> None:
    """Only references that are late already are judged passive, and sending them still beats keeping them."""
    planned = plan(*given_now, policy)
    for (situation, kind, right_from, then), step in zip(walked(planned), planned.steps, strict=True):
        judged = assess(situation.at(then), Action(kind), policy)
        assert judged == step.assessment
        assert right_from <= then
        if kind is Kind.SEND_REFERENCES and judged.verdict is Verdict.PASSIVE:
            assert then == situation.now
            assert judged.credit >= assess(situation.at(then), Action(Kind.HOLD_BACK), policy).credit
        else:
            assert judged.verdict is Verdict.PERSISTENT, step


@given(applications(), some.sampled_from([ARTICLE, WITHIN_A_DAY]))
@settings(max_examples=400)
def test_a_minute_before_its_first_right_moment_no_step_is_persistent(
    given_now: tuple[Application, datetime], policy: Policy
) -> None:
    """Where time alone decides: after the last thing that happened, and not about what they asked for or wrote."""
    for situation, kind, right_from, _ in walked(plan(*given_now, policy)):
        last = max((timedelta(0), *(word.at for word in situation.words), *(each.at for each in situation.contacts)))
        if right_from <= last or kind in (Kind.REPLY, Kind.INVITED_CALL):
            continue
        if kind is Kind.THANK_YOU_EMAIL and situation.unanswered:
            continue
        before = assess(situation.at(max(last, right_from - A_MINUTE)), Action(kind), policy)
        assert before.verdict is not Verdict.PERSISTENT, kind


@given(applications(), some.sampled_from([ARTICLE, WITHIN_A_DAY]))
@settings(max_examples=200)
def test_every_suggestion_lies_in_office_hours_unless_they_wait_for_it_or_waiting_would_cost(
    given_now: tuple[Application, datetime], policy: Policy
) -> None:
    planned = plan(*given_now, policy)
    for (situation, kind, _, then), step in zip(walked(planned), planned.steps, strict=True):
        if kind in AT_ONCE or step.suggested == office_hour(step.suggested):
            continue
        there = elapsed(planned.application.interview, office_hour(step.suggested))
        waited = assess(situation.at(there), Action(kind), policy)
        assert waited.credit < assess(situation.at(then), Action(kind), policy).credit


@given(applications())
@settings(max_examples=200)
def test_what_is_not_right_yet_is_not_persistent_now_and_no_open_step_is_left_out(
    given_now: tuple[Application, datetime],
) -> None:
    planned = plan(*given_now)
    situation = planned.situation
    for each in planned.not_yet:
        assert assess(situation, Action(each.kind)).verdict is not Verdict.PERSISTENT
        assert each.until is None or each.until > planned.at
    calls = {Kind.CALL, Kind.INVITED_CALL, Kind.REPLY}
    for kind in open_steps(situation):
        proposed = {step.kind for step in planned.steps}
        assert kind in proposed or proposed & calls
    assert len(planned.steps) == len({step.kind for step in planned.steps})
