"""The plan for the learner's own application: which steps, and when."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from etiquette import ARTICLE, Action, Contact, Kind, Policy, Situation, assess
from etiquette.judge import Thresholds, Verdict, open_steps
from etiquette.plan import Application, Done, Heard, Plan, elapsed, later, plan
from etiquette.plan.planner import AT_ONCE, next_office_hour

LONDON, NEW_YORK, SYDNEY = ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Sydney")
ZONES = [LONDON, NEW_YORK, SYDNEY, ZoneInfo("Asia/Kolkata"), ZoneInfo("America/Santiago"), ZoneInfo("UTC")]
INTERVIEW = datetime(2026, 3, 3, 11, 0, tzinfo=LONDON)
A_MINUTE = timedelta(minutes=1)
WITHIN_A_DAY = Policy("within", "Within a day", "an office", Thresholds(thank_you_within=timedelta(days=1)))


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    """A time in March 2026, unless a month is given: '10 11:00' or '04-07 09:00'."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2026-{day if '-' in day else f'03-{day}'} {clock}").replace(tzinfo=zone)


def an_application(*entries: Heard | Done, interview: datetime = INTERVIEW, brought: bool = False) -> Application:
    """An interview in London, on Tuesday 3 March at 11:00 unless given, and what has happened since."""
    return Application(
        interview,
        LONDON,
        job="payroll clerk",
        employer="Hallam Foods",
        heard=tuple(each for each in entries if isinstance(each, Heard)),
        done=tuple(each for each in entries if isinstance(each, Done)),
        references_brought=brought,
    )


def kinds(planned: Plan) -> tuple[list[str], list[str]]:
    """The kinds of the steps to take now, and of those after."""
    return [step.kind.value for step in planned.now], [step.kind.value for step in planned.after]


def suggested(planned: Plan) -> list[str]:
    return [f"{step.suggested:%a %d %b %H:%M}" for step in planned.steps]


# The steps


def test_after_a_quiet_week_come_thanks_then_a_call_then_holding_back() -> None:
    planned = plan(an_application(), at("04 09:00"))
    assert kinds(planned) == ([], ["thank_you_email", "call"])
    assert suggested(planned) == ["Tue 10 Mar 11:00", "Thu 12 Mar 11:00"]
    assert planned.hold_back_now.verdict is Verdict.PATIENT
    assert "leaving it with them" in planned.hold_back_after.reason


def test_steps_that_are_not_right_yet_have_a_time_and_a_reason() -> None:
    planned = plan(an_application(), at("04 09:00"))
    until = {each.kind: each.until for each in planned.not_yet}
    assert until == {
        Kind.THANK_YOU_EMAIL: at("10 11:00"),
        Kind.STATUS_EMAIL: at("10 11:00"),
        Kind.CALL: at("12 11:00"),
    }
    assert planned.not_yet[0].why.startswith("It is 22 hours since the interview. Give them until")


def test_after_the_week_thanks_are_due_now_and_the_call_two_days_later() -> None:
    planned = plan(an_application(), at("11 14:00"))
    assert kinds(planned) == (["thank_you_email"], ["call"])
    assert planned.now[0].right_from == at("10 11:00")
    assert suggested(planned) == ["Wed 11 Mar 14:00", "Fri 13 Mar 14:00"]


def test_after_the_thanks_comes_the_call_or_a_status_email_and_no_second_thanks() -> None:
    planned = plan(an_application(Done(Kind.THANK_YOU_EMAIL, at("10 11:00"))), at("10 18:00"))
    assert kinds(planned) == ([], ["call"])
    assert planned.after[0].instead is Kind.STATUS_EMAIL
    again = next(each for each in planned.not_yet if each.kind is Kind.THANK_YOU_EMAIL)
    assert again.until is None
    assert "a second is a reminder in disguise" in again.why


def test_after_the_call_there_are_no_more_steps() -> None:
    done = (Done(Kind.THANK_YOU_EMAIL, at("10 11:00")), Done(Kind.CALL, at("12 11:00")))
    planned = plan(an_application(*done), at("13 09:00"))
    assert planned.steps == ()
    assert "leaving it with them" in planned.hold_back_after.reason


def test_requested_references_are_due_first_and_at_once_even_on_a_saturday() -> None:
    friday = at("06 16:00")
    requested = an_application(Heard(friday, requests_references=True), interview=friday)
    planned = plan(requested, at("07 10:00"))
    assert kinds(planned)[0] == ["send_references"]
    assert planned.now[0].suggested == at("07 10:00")
    assert planned.now[0].right_from == friday
    assert planned.now[0].assessment.credit == 100


def test_late_references_are_still_sent() -> None:
    planned = plan(an_application(Heard(INTERVIEW, requests_references=True)), at("06 12:00"))
    assert planned.now[0].kind is Kind.SEND_REFERENCES
    assert "still beats not sending" in planned.now[0].why


def test_references_wait_until_the_referee_agrees() -> None:
    requested = Application(
        INTERVIEW, LONDON, heard=(Heard(INTERVIEW, requests_references=True),), references_ready=at("05 12:00")
    )
    planned = plan(requested, at("04 09:00"))
    assert planned.after[0].kind is Kind.SEND_REFERENCES
    assert planned.after[0].suggested == planned.after[0].right_from == at("05 12:00")


def test_references_handed_over_at_the_interview_are_not_in_the_plan() -> None:
    planned = plan(an_application(Heard(INTERVIEW, requests_references=True), brought=True), at("04 09:00"))
    assert kinds(planned) == ([], ["thank_you_email", "call"])


def test_unasked_contact_keeps_a_days_distance_from_other_steps() -> None:
    planned = plan(an_application(Heard(INTERVIEW, requests_references=True)), at("12 10:00"))
    assert kinds(planned) == (["send_references"], ["thank_you_email", "call"])
    assert suggested(planned) == ["Thu 12 Mar 10:00", "Fri 13 Mar 10:00", "Mon 16 Mar 09:00"]


def test_an_invited_call_is_suggested_in_office_hours() -> None:
    invited = an_application(Heard(at("03 18:30"), invites_call=True, asks=True))
    planned = plan(invited, at("03 19:00"))
    assert kinds(planned)[0] == ["invited_call"]
    assert planned.now[0].suggested == at("04 09:00")
    assert "call" not in kinds(planned)[1], "one call in a plan is enough"


def test_an_invitation_to_call_if_not_heard_by_friday_is_for_after_friday() -> None:
    invited = an_application(Heard(INTERVIEW, promises=at("06 17:00"), invites_call=True))
    planned = plan(invited, at("04 09:00"))
    assert planned.after[0].kind is Kind.INVITED_CALL
    assert planned.after[0].suggested == at("09 09:00")


# Messages from the employer


def test_a_new_date_moves_the_whole_plan() -> None:
    moved = an_application(Heard(at("05 09:00"), promises=at("20 23:59")), Done(Kind.REPLY, at("05 09:30")))
    planned = plan(moved, at("06 09:00"))
    assert suggested(planned) == ["Mon 23 Mar 09:00", "Wed 25 Mar 09:00"]
    assert planned.steps[0].right_from == at("21 00:00")


def test_a_question_is_answered_first() -> None:
    planned = plan(an_application(Heard(at("11 20:00"), asks=True)), at("11 21:00"))
    assert planned.now[0].kind is Kind.REPLY
    assert planned.now[0].suggested == at("11 21:00")


def test_a_message_that_asks_nothing_may_be_answered_and_restarts_the_week() -> None:
    planned = plan(an_application(Heard(at("05 09:00"))), at("05 12:00"))
    assert kinds(planned) == (["reply"], ["thank_you_email", "call"])
    assert planned.after[0].right_from == at("12 09:00")


def test_after_a_decision_only_a_reply_is_left() -> None:
    planned = plan(an_application(Heard(at("11 09:00"), decides=True)), at("11 10:00"))
    assert kinds(planned) == (["reply"], [])
    assert "how it ended" in planned.hold_back_after.reason
    answered = an_application(Heard(at("11 09:00"), decides=True), Done(Kind.REPLY, at("11 10:00")))
    assert plan(answered, at("12 10:00")).steps == ()


def test_the_plan_waits_for_the_return_date_of_an_automatic_reply() -> None:
    away = an_application(
        Done(Kind.THANK_YOU_EMAIL, at("10 11:00")), Heard(at("10 11:01"), automatic=True, promises=at("18 23:59"))
    )
    assert suggested(plan(away, at("11 09:00"))) == ["Thu 19 Mar 09:00"]


def test_the_plan_follows_the_policy() -> None:
    planned = plan(an_application(), at("03 15:00"), WITHIN_A_DAY)
    assert planned.now[0].kind is Kind.THANK_YOU_EMAIL
    assert planned.now[0].suggested == at("03 15:00")
    late = an_application(interview=at("06 16:30"))
    assert plan(late, at("06 18:00"), WITHIN_A_DAY).now[0].suggested == at("06 18:00"), "Monday would be too late"


# Clock changes, time zones, office hours


def test_when_the_clocks_go_forward_the_week_ends_an_hour_later_by_the_clock() -> None:
    """In London they go forward on 29 March: 168 hours after 11:00 it is 12:00."""
    planned = plan(an_application(interview=at("24 11:00")), at("25 09:00"))
    thanks = planned.after[0]
    assert elapsed(at("24 11:00"), thanks.right_from) == timedelta(hours=168)
    assert thanks.right_from.isoformat() == "2026-03-31T12:00:00+01:00"
    assert "Tuesday 31 March, 12:00" in planned.not_yet[0].why


def test_when_the_clocks_go_back_the_week_ends_an_hour_earlier_by_the_clock() -> None:
    interview = datetime(2026, 10, 20, 11, 0, tzinfo=LONDON)
    thanks = plan(an_application(interview=interview), later(interview, timedelta(days=1))).after[0]
    assert thanks.right_from.isoformat() == "2026-10-27T10:00:00+00:00"


def test_the_deadline_on_monday_at_noon_is_local_time_even_if_the_clocks_change() -> None:
    """References requested on Friday 27 March are prompt until Monday noon, an hour less than usual."""
    friday = at("27 16:00")
    requested = an_application(Heard(friday, requests_references=True), interview=friday)
    assert plan(requested, at("30 12:00")).now[0].assessment.credit == 100
    assert plan(requested, at("30 12:01")).now[0].assessment.credit < 100


def test_office_hours_are_in_the_employers_zone() -> None:
    interview = datetime(2026, 3, 3, 20, 0, tzinfo=SYDNEY)
    thanked = Done(Kind.THANK_YOU_EMAIL, datetime(2026, 3, 10, 9, 30, tzinfo=LONDON))
    planned = plan(Application(interview, LONDON, done=(thanked,)), datetime(2026, 3, 10, 12, 0, tzinfo=LONDON))
    call = planned.after[0]
    assert call.right_from == datetime(2026, 3, 12, 9, 30, tzinfo=LONDON)
    assert call.suggested == datetime(2026, 3, 13, 9, 0, tzinfo=SYDNEY)


@pytest.mark.parametrize(
    ("when", "expected"),
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
def test_the_next_office_hour(when: str, expected: str) -> None:
    assert next_office_hour(at(when)) == at(expected)


def test_a_day_that_a_time_zone_skipped_is_not_a_working_day() -> None:
    """Samoa had no Friday 30 December 2011."""
    apia = ZoneInfo("Pacific/Apia")
    assert next_office_hour(datetime(2011, 12, 29, 18, 0, tzinfo=apia)) == datetime(2012, 1, 2, 9, 0, tzinfo=apia)


def test_the_time_of_the_plan_is_rounded_up_to_a_minute() -> None:
    planned = plan(an_application(), at("11 14:00") + timedelta(seconds=1))
    assert planned.at == at("11 14:01")


def test_an_application_with_entries_in_the_future_is_rejected() -> None:
    with pytest.raises(ValueError, match="before the interview"):
        plan(an_application(), at("02 09:00"))
    with pytest.raises(ValueError, match="has not happened yet"):
        plan(an_application(Done(Kind.CALL, at("09 09:00"))), at("08 09:00"))


# Properties

MINUTES = some.integers(0, 60 * 24 * 40).map(lambda minutes: timedelta(minutes=minutes))


@some.composite
def applications(draw: some.DrawFn) -> tuple[Application, datetime]:
    """An arbitrary application, and a time after everything in it, at which to plan."""
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


POLICIES = some.sampled_from([ARTICLE, WITHIN_A_DAY])
PLANS = some.builds(lambda drawn, policy: plan(drawn[0], drawn[1], policy), applications(), POLICIES)


def simulated(planned: Plan) -> list[tuple[Situation, Kind, timedelta, timedelta]]:
    """For each step: the situation before it, its kind, and `right_from` and `suggested` since the interview."""
    application = planned.application
    situation, steps = planned.situation, []
    for step in planned.steps:
        right_from, suggested = (elapsed(application.interview, when) for when in (step.right_from, step.suggested))
        steps.append((situation, step.kind, right_from, suggested))
        situation = situation.after(Contact(step.kind, suggested))
    return steps


@given(PLANS)
@settings(max_examples=400)
def test_every_step_is_persistent_at_its_suggested_time_after_the_steps_before_it(planned: Plan) -> None:
    """Except references that are late already: sending them is passive, and still earns no less than holding back."""
    policy = planned.policy
    for (situation, kind, right_from, suggested), step in zip(simulated(planned), planned.steps, strict=True):
        assessment = assess(situation.at(suggested), Action(kind), policy)
        assert assessment == step.assessment
        assert right_from <= suggested
        if kind is Kind.SEND_REFERENCES and assessment.verdict is Verdict.PASSIVE:
            assert suggested == situation.now
            assert assessment.credit >= assess(situation.at(suggested), Action(Kind.HOLD_BACK), policy).credit
        else:
            assert assessment.verdict is Verdict.PERSISTENT, step


@given(PLANS)
@settings(max_examples=400)
def test_a_minute_before_it_is_right_no_step_is_persistent(planned: Plan) -> None:
    """Except steps that answer the employer, and thanks while a message is unanswered: they do not open by waiting."""
    for situation, kind, right_from, _ in simulated(planned):
        last = max((timedelta(0), *(word.at for word in situation.words), *(each.at for each in situation.contacts)))
        if right_from <= last or kind in (Kind.REPLY, Kind.INVITED_CALL):
            continue
        if kind is Kind.THANK_YOU_EMAIL and situation.unanswered:
            continue
        before = assess(situation.at(max(last, right_from - A_MINUTE)), Action(kind), planned.policy)
        assert before.verdict is not Verdict.PERSISTENT, kind


@given(PLANS)
@settings(max_examples=200)
def test_suggested_times_are_in_office_hours_unless_the_step_is_urgent_or_waiting_costs_credit(planned: Plan) -> None:
    policy = planned.policy
    for (situation, kind, _, suggested), step in zip(simulated(planned), planned.steps, strict=True):
        if kind in AT_ONCE or step.suggested == next_office_hour(step.suggested):
            continue
        in_office_hours = elapsed(planned.application.interview, next_office_hour(step.suggested))
        credit_later = assess(situation.at(in_office_hours), Action(kind), policy).credit
        assert credit_later < assess(situation.at(suggested), Action(kind), policy).credit


@given(applications())
@settings(max_examples=200)
def test_steps_not_right_yet_are_not_persistent_now_and_open_steps_are_planned(
    application_and_now: tuple[Application, datetime],
) -> None:
    planned = plan(*application_and_now)
    situation = planned.situation
    for each in planned.not_yet:
        assert assess(situation, Action(each.kind)).verdict is not Verdict.PERSISTENT
        assert each.until is None or each.until > planned.at
    calls = {Kind.CALL, Kind.INVITED_CALL, Kind.REPLY}
    for kind in open_steps(situation):
        proposed = {step.kind for step in planned.steps}
        assert kind in proposed or proposed & calls
    assert len(planned.steps) == len({step.kind for step in planned.steps})
