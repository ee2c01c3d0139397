"""The plan for the learner's own application: which steps, and when."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from etiquette import ARTICLE, Action, Contact, Kind, Policy, Situation, assess
from etiquette.judge import Thresholds, Verdict, next_working_hour, open_steps
from etiquette.plan import (
    BY_THEM,
    CONTACT_CHOICES,
    MEDIUM_CHOICES,
    ROW_CHOICES,
    THEN_LABELS,
    Application,
    ApplicationEvent,
    Plan,
    elapsed,
    later,
    plan,
)
from etiquette.plan.days_off import days_off
from etiquette.plan.planner import AT_ONCE, OWED, SOON

LONDON, NEW_YORK, SYDNEY = ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Sydney")
ZONES = [LONDON, NEW_YORK, SYDNEY, ZoneInfo("Asia/Kolkata"), ZoneInfo("America/Santiago"), ZoneInfo("UTC")]
INTERVIEW = datetime(2026, 3, 3, 11, 0, tzinfo=LONDON)
A_MINUTE = timedelta(minutes=1)
WITHIN_A_DAY = Policy("within", "Within a day", "an office", Thresholds(thank_you_within=timedelta(days=1)))


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    """A time in March 2026, unless a month is given: '10 11:00' or '04-07 09:00'."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2026-{day if '-' in day else f'03-{day}'} {clock}").replace(tzinfo=zone)


def event(what: str, when: str, then: str = "") -> ApplicationEvent:
    return ApplicationEvent(what, at(when), at(then) if then else None)


def an_application(*events: ApplicationEvent, interview: datetime = INTERVIEW, **facts: Any) -> Application:
    """An interview in London, on Tuesday 3 March at 11:00 unless given, and what has happened since."""
    return Application(interview, LONDON, "id", job="payroll clerk", employer="Hallam Foods", events=events, **facts)


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
    assert planned.hold_back_after.verdict is Verdict.PATIENT


def test_steps_that_are_not_right_yet_have_a_time_and_a_reason() -> None:
    planned = plan(an_application(), at("04 09:00"))
    until = {each.kind: each.until for each in planned.not_yet}
    assert until == {
        Kind.THANK_YOU_EMAIL: at("10 11:00"),
        Kind.STATUS_EMAIL: at("12 11:00"),
        Kind.CALL: at("12 11:00"),
    }
    assert "22 hours since the interview" in planned.not_yet[0].why


def test_after_the_week_thanks_are_due_now_and_the_call_two_days_later() -> None:
    planned = plan(an_application(), at("11 14:00"))
    assert kinds(planned) == (["thank_you_email"], ["call"])
    assert planned.now[0].right_from == at("10 11:00")
    assert suggested(planned) == ["Wed 11 Mar 14:00", "Fri 13 Mar 14:00"]


@pytest.mark.parametrize(
    "case",
    """
    thank_you_email 10 11:00, call_answered 12 11:00, promises 12 11:00 13 23:59, now 18 10:00 = status_email 18 10:00
    thank_you_email 10 11:00, call_answered 12 11:00, status_email 16 10:00, now 18 10:00 =
    call_if_silent 03 11:00, now 04 09:00 = thank_you_email 10 11:00, call 12 11:00
    thank_you_email 10 11:00, invites_call 10 12:00 18 15:00, now 17 09:00 = invited_call 18 15:00
    asks 06 10:00, now 12 12:00 = reply 12 12:00, thank_you_email 19 12:00, call 23 09:00
    thank_you_email 10 11:00, asks 11 10:00, now 12 22:00 = reply 12 22:00, call 20 09:00
    asks 06 10:00, reply 12 12:00, now 13 09:00 = thank_you_email 19 12:00, call 23 09:00
    promises 11 10:00 13 23:59, reply 11 11:00, now 12 09:00 = thank_you_email 16 09:00, call 18 09:00
    mention_deadline 10 12:00, now 11 09:00 = thank_you_email 12 12:00, call 16 09:00
    invites_interview 05 09:00 12 15:00, calls_off 10 09:00, now 18 09:00 = thank_you_email 18 09:00, call 20 09:00
    """.strip().splitlines(),
)
def test_the_steps_after_what_has_happened(case: str) -> None:
    """One question after a call if they break a date; a week to read a reply; two days after any other contact."""
    past, _, expected = case.partition("=")
    *happened, (_, *now) = (each.split() for each in past.split(", "))
    events = [event(what, " ".join(then[:2]), " ".join(then[2:])) for what, *then in happened]
    steps = plan(an_application(*events), at(" ".join(now))).steps
    assert ", ".join(f"{step.kind} {step.suggested:%d %H:%M}" for step in steps) == expected.strip()


def test_after_the_thanks_comes_the_call_or_a_status_email_and_no_second_thanks() -> None:
    planned = plan(an_application(event("thank_you_email", "10 11:00")), at("10 18:00"))
    assert kinds(planned) == ([], ["call"])
    assert planned.after[0].instead is Kind.STATUS_EMAIL
    again = next(each for each in planned.not_at_all if each.kind is Kind.THANK_YOU_EMAIL)
    assert again.until is None


def test_after_the_call_there_are_no_more_steps() -> None:
    done = (event("thank_you_email", "10 11:00"), event("call", "12 11:00"))
    assert plan(an_application(*done), at("13 09:00")).steps == ()


def test_a_call_is_not_for_now_while_nobody_is_at_work() -> None:
    """Saturday: the wait is over, but they are not there."""
    planned = plan(an_application(event("thank_you_email", "10 11:00")), at("14 12:00"))
    assert kinds(planned) == ([], ["call"])
    assert suggested(planned) == ["Mon 16 Mar 09:00"]
    assert {each.kind: each.until for each in planned.not_yet}[Kind.CALL] == at("16 09:00")


def test_requested_references_are_due_first_and_at_once_even_on_a_saturday() -> None:
    friday = at("06 16:00")
    planned = plan(an_application(ApplicationEvent("requests_references", friday), interview=friday), at("07 10:00"))
    assert kinds(planned)[0] == ["send_references"]
    assert planned.now[0].suggested == at("07 10:00")
    assert planned.now[0].right_from == friday
    assert planned.now[0].assessment.credit == 100


def test_late_references_are_still_sent() -> None:
    planned = plan(an_application(event("requests_references", "03 11:00")), at("06 12:00"))
    assert planned.now[0].kind is Kind.SEND_REFERENCES
    assert planned.now[0].assessment.verdict is Verdict.PASSIVE
    assert not planned.now[0].optional


def test_references_requested_before_the_interview_are_owed_from_then_on() -> None:
    planned = plan(an_application(event("requests_references", "02 10:00")), at("03 12:00"))
    assert planned.now[0].right_from == at("02 10:00")


def test_references_wait_until_the_referee_agrees() -> None:
    requested = an_application(event("requests_references", "03 11:00"), referees_ready=(at("05 12:00"),))
    planned = plan(requested, at("04 09:00"))
    assert planned.after[0].kind is Kind.SEND_REFERENCES
    assert planned.after[0].suggested == planned.after[0].right_from == at("05 12:00")


def test_the_references_that_are_ready_go_out_now_and_the_others_when_they_are() -> None:
    requested = an_application(event("requests_references", "03 11:00"), referees_ready=(INTERVIEW, at("05 12:00")))
    planned = plan(requested, at("03 15:00"))
    sent = [(step.kind, step.suggested) for step in planned.steps[:2]]
    assert sent == [(Kind.SEND_REFERENCES, at("03 15:00")), (Kind.SEND_REFERENCES, at("05 12:00"))]


def test_who_has_sent_some_references_owes_the_rest() -> None:
    some_sent = an_application(event("requests_references", "03 11:00"), event("send_some_references", "03 15:00"))
    assert kinds(plan(some_sent, at("03 18:00")))[0] == ["send_references"]


def test_who_has_sent_all_references_owes_none_though_a_referee_was_expected_later() -> None:
    sent = (event("requests_references", "03 11:00"), event("send_references", "04 15:00"))
    planned = plan(an_application(*sent, referees_ready=(INTERVIEW, at("06 09:00"))), at("05 18:00"))
    assert Kind.SEND_REFERENCES not in [step.kind for step in planned.steps]


def test_references_handed_over_at_the_interview_are_not_in_the_plan() -> None:
    brought = an_application(event("requests_references", "03 11:00"), references_brought=True)
    assert kinds(plan(brought, at("04 09:00"))) == ([], ["thank_you_email", "call"])


def test_unasked_contact_keeps_two_days_distance_from_other_steps() -> None:
    planned = plan(an_application(event("requests_references", "03 11:00")), at("12 10:00"))
    assert kinds(planned) == (["send_references"], ["thank_you_email", "call"])
    assert suggested(planned) == ["Thu 12 Mar 10:00", "Mon 16 Mar 09:00", "Wed 18 Mar 09:00"]


# Calls


def test_an_invited_call_is_suggested_in_working_hours() -> None:
    planned = plan(an_application(event("invites_call", "03 18:30")), at("03 19:00"))
    assert kinds(planned) == ([], ["invited_call", "thank_you_email"]), "one call in a plan is enough"
    assert planned.after[0].suggested == at("04 09:00")


def test_a_call_arranged_for_friday_at_10_is_planned_for_friday_at_10() -> None:
    planned = plan(an_application(event("invites_call", "04 15:00", "06 10:00")), at("04 16:00"))
    assert kinds(planned)[0] == []
    assert planned.after[0].kind is Kind.INVITED_CALL
    assert planned.after[0].suggested == at("06 10:00")


def test_a_call_that_is_late_already_still_waits_until_they_are_at_work() -> None:
    planned = plan(an_application(event("invites_call", "09 15:00")), at("14 12:00"))
    assert kinds(planned)[0] == []
    assert planned.after[0].suggested == at("16 09:00")
    assert planned.why_nothing_now == "There’s nothing you can do until Monday 16 March, 09:00, their time."


def test_an_invitation_to_call_if_not_heard_by_friday_is_for_after_friday() -> None:
    planned = plan(an_application(event("call_if_silent", "03 11:00", "06 17:00")), at("04 09:00"))
    assert planned.after[0].kind is Kind.INVITED_CALL
    assert planned.after[0].suggested == at("09 09:00")


def test_while_an_invited_call_is_due_the_plan_does_not_warn_against_calling() -> None:
    planned = plan(an_application(event("call_if_silent", "03 11:00", "06 17:00")), at("10 09:00"))
    assert kinds(planned)[0] == ["invited_call"]
    assert Kind.CALL not in {each.kind for each in planned.not_yet}


def test_an_invited_call_that_nobody_answered_is_tried_once_more_on_the_next_working_day() -> None:
    once = (event("invites_call", "05 15:00"), event("invited_call", "06 10:00"))
    planned = plan(an_application(*once), at("06 11:00"))
    assert planned.steps[0].kind is Kind.INVITED_CALL
    assert planned.steps[0].suggested == at("09 09:00")


def test_after_two_tries_an_email_takes_the_place_of_any_further_call() -> None:
    tries = (event("invited_call", "06 10:00"), event("invited_call", "09 10:00"))
    planned = plan(an_application(event("invites_call", "05 15:00"), *tries), at("09 11:00"))
    assert kinds(planned)[0] == ["reply"]
    assert not {Kind.CALL, Kind.INVITED_CALL} & {step.kind for step in planned.steps}


@pytest.mark.parametrize("facts", [{"events": (event("no_calls", "03 11:00"),)}, {"contact": "portal"}])
def test_without_calls_an_email_asks_for_the_status(facts: dict[str, Any]) -> None:
    application = Application(INTERVIEW, LONDON, **facts)
    planned = plan(application, at("11 14:00"))
    assert kinds(planned) == (["thank_you_email"], ["status_email"])
    assert any("no call in this plan" in note for note in planned.notes)


def test_no_call_falls_on_a_public_holiday_and_the_plan_says_so() -> None:
    """Good Friday is 3 April 2026."""
    thanked = an_application(event("thank_you_email", "04-01 10:00"), interview=at("24 11:00"), country="GB")
    planned = plan(thanked, at("04-02 09:00"))
    assert suggested(planned) == ["Mon 06 Apr 09:00"], "Easter Monday is no holiday in all of the United Kingdom"
    assert "Friday 3 April is a public holiday there." in planned.notes


# Messages from the employer


def test_a_new_date_moves_the_whole_plan() -> None:
    moved = an_application(event("promises", "05 09:00", "20 23:59"), event("reply", "05 09:30"))
    planned = plan(moved, at("06 09:00"))
    assert suggested(planned) == ["Mon 23 Mar 09:00", "Wed 25 Mar 09:00"]
    assert planned.steps[0].right_from == at("20 23:59")


def test_a_question_is_answered_first() -> None:
    planned = plan(an_application(event("asks", "11 20:00")), at("11 21:00"))
    assert planned.now[0].kind is Kind.REPLY
    assert planned.now[0].suggested == at("11 21:00")
    assert not planned.now[0].optional


def test_a_message_that_asks_nothing_may_be_answered_that_day_and_restarts_the_week() -> None:
    wrote = an_application(event("wrote", "05 09:00"))
    planned = plan(wrote, at("05 12:00"))
    assert kinds(planned) == (["reply"], ["thank_you_email", "call"])
    assert planned.now[0].optional
    assert planned.after[0].right_from == at("12 09:00")
    assert kinds(plan(wrote, at("07 12:00"))) == ([], ["thank_you_email", "call"])


def test_an_offer_is_answered_by_its_date_with_time_to_think() -> None:
    planned = plan(an_application(event("offer", "09 10:00", "13 17:00")), at("09 12:00"))
    (reply,) = planned.steps
    assert reply in planned.after, "nothing has to be done within a day"
    assert "You can take that time" in planned.why_nothing_now
    assert (reply.kind, reply.by, reply.suggested) == (Kind.REPLY, at("13 17:00"), at("12 09:00"))
    assert planned.hold_back_now.verdict is Verdict.PATIENT


def test_an_offer_is_open_until_it_is_accepted_or_declined() -> None:
    """Thanking them for it and asking for time leaves it open; a plain reply might be the answer, so the plan asks."""
    offer = event("offer", "09 10:00", "13 17:00")
    asked = plan(an_application(offer, event("thank_for_offer", "09 11:00")), at("10 12:00"))
    assert [(step.kind, step.by) for step in asked.steps] == [(Kind.REPLY, at("13 17:00"))]
    for answer in ("accept_offer", "decline_offer", "reply"):
        answered = plan(an_application(offer, event(answer, "09 11:00")), at("10 12:00"))
        assert answered.steps == ()
        assert any("haven’t accepted or declined" in note for note in answered.notes) == (answer == "reply")
    accepted = plan(an_application(offer, event("accept_offer", "09 11:00")), at("10 12:00"))
    assert accepted.why_nothing_now.startswith("You’ve accepted their offer.")


def test_after_a_refusal_one_short_email_is_left_and_it_is_optional() -> None:
    refused = event("refusal", "11 09:00")
    planned = plan(an_application(refused), at("12 10:00"))
    assert kinds(planned) == (["reply"], [])
    assert planned.now[0].optional
    assert planned.not_yet == planned.not_at_all == ()
    assert plan(an_application(refused, event("reply", "11 10:00")), at("12 10:00")).steps == ()
    assert plan(an_application(refused), at("20 10:00")).steps == ()


def test_the_plan_waits_for_the_return_date_of_an_automatic_reply() -> None:
    away = an_application(event("thank_you_email", "10 11:00"), event("automatic", "10 11:01", "18 23:59"))
    planned = plan(away, at("11 09:00"))
    assert suggested(planned) == ["Thu 19 Mar 09:00"]
    assert any("automatic reply" in note for note in planned.notes)


def test_their_silence_is_a_refusal_if_they_said_so() -> None:
    said = event("silence_refuses", "03 11:00", "13 23:59")
    before, passed = (plan(an_application(said), at(now)) for now in ("05 09:00", "16 09:00"))
    assert before.steps == passed.steps == ()
    assert "silence after Friday 13 March means no" in " ".join(before.notes)
    assert "silence would mean no" in passed.why_nothing_now
    assert passed.situation.refusal is not None
    heard = plan(an_application(said, event("asks", "12 09:00")), at("16 09:00"))
    assert heard.situation.refusal is None
    assert kinds(heard)[0] == ["reply"]


def test_after_the_last_step_silence_may_have_become_the_answer_by_any_policy() -> None:
    """Thanks within a day are no longer owed to an employer whose silence means no before the day is over."""
    said = event("silence_refuses", "03 11:01", "03 11:30")
    planned = plan(an_application(said), at("03 11:01"), WITHIN_A_DAY)
    assert planned.hold_back_after.verdict is Verdict.PATIENT


def test_a_job_listed_again_changes_nothing_but_a_note() -> None:
    before, after = (plan(an_application(*events), at("06 09:00")) for events in ((), (event("reposted", "05 09:00"),)))
    assert suggested(after) == suggested(before)
    assert len(after.notes) == len(before.notes) + 1


def test_until_an_arranged_interview_there_is_nothing_to_do_but_confirm_it() -> None:
    invited = event("invites_interview", "05 09:00", "12 15:00")
    assert kinds(plan(an_application(invited), at("05 12:00"))) == (["reply"], [])
    assert plan(an_application(invited, event("reply", "05 13:00")), at("09 12:00")).steps == ()


def test_after_the_next_interview_the_clock_starts_again() -> None:
    events = (event("thank_you_email", "10 11:00"), event("invites_interview", "11 09:00", "16 15:00"))
    planned = plan(an_application(*events), at("17 09:00"))
    assert suggested(planned) == ["Mon 23 Mar 15:00", "Wed 25 Mar 15:00"]
    assert any("The wait starts again" in note for note in planned.notes)


def test_what_came_before_a_second_interview_does_not_use_up_its_thanks() -> None:
    second = an_application(event("thank_you_email", "01 11:00"), event("invites_interview", "02 09:00"), round=2)
    assert kinds(plan(second, at("10 12:00"))) == (["thank_you_email"], ["call"])


def test_an_invitation_to_this_very_interview_begins_no_other_round() -> None:
    """They named only its day, which ends after the interview."""
    led_here = an_application(event("invites_interview", "01 09:00", "03 23:59"), round=2)
    assert plan(led_here, at("10 12:00")).situation.round_began == timedelta(0)


# Others


def test_a_deadline_elsewhere_is_mentioned_once_while_it_lies_ahead() -> None:
    offered = event("deadline", "04 10:00", "09 23:59")
    planned = plan(an_application(offered), at("05 09:00"))
    assert kinds(planned)[0] == ["mention_deadline"]
    assert planned.now[0].by == at("09 23:59")
    told = an_application(offered, event("mention_deadline", "05 09:00"))
    assert kinds(plan(told, at("05 10:00")))[0] == []
    assert kinds(plan(an_application(offered), at("10 08:00")))[0] == []


def test_a_deadline_that_is_near_is_mentioned_at_once() -> None:
    """It is Saturday: on Monday morning it would be nearly too late."""
    offered = event("deadline", "06 10:00", "09 12:00")
    planned = plan(an_application(offered), at("07 10:00"))
    assert [(step.kind, step.suggested) for step in planned.now] == [(Kind.MENTION_DEADLINE, at("07 10:00"))]
    assert "has passed" in " ".join(plan(an_application(offered), at("09 13:00")).notes)


def test_an_answer_they_wait_for_comes_before_the_deadline() -> None:
    events = (event("deadline", "04 10:00", "09 23:59"), event("asks", "05 09:00"))
    assert kinds(plan(an_application(*events), at("05 10:00")))[0] == ["reply", "mention_deadline"]


def test_with_a_recruiter_the_plan_warns_against_going_past_them() -> None:
    planned = plan(an_application(contact="recruiter"), at("04 09:00"))
    assert [each.kind for each in planned.not_at_all] == [Kind.BYPASS]
    assert any("recruiter" in note for note in planned.notes)


def test_thanks_to_several_interviewers_are_one_step() -> None:
    planned = plan(an_application(interviewers=3), at("11 09:00"))
    assert kinds(planned) == (["thank_you_email"], ["call"])
    assert any("each of them" in note for note in planned.notes)


def test_after_90_silent_days_the_plan_lets_it_rest_and_allows_one_last_email() -> None:
    planned = plan(an_application(), at("06-15 12:00"))
    assert kinds(planned) == (["thank_you_email"], [])
    assert planned.now[0].optional
    thanked = plan(an_application(event("thank_you_email", "10 11:00")), at("06-15 12:00"))
    assert kinds(thanked) == (["status_email"], [])
    last = plan(an_application(event("thank_you_email", "06-15 11:00")), at("06-16 12:00"))
    assert last.steps == ()


def test_late_thanks_do_not_wait_for_monday() -> None:
    late = plan(an_application(), at("04-12 12:00"))
    assert late.now[0].suggested == late.at
    in_time = plan(an_application(), at("14 12:00"))
    assert in_time.after[0].suggested == at("16 09:00")
    assert "They’re not at work, so leave it until Monday 16 March, 09:00" in in_time.why_nothing_now


def test_the_plan_follows_the_policy() -> None:
    planned = plan(an_application(), at("03 15:00"), WITHIN_A_DAY)
    assert planned.now[0].kind is Kind.THANK_YOU_EMAIL
    assert planned.now[0].suggested == at("03 15:00")
    late = an_application(interview=at("06 16:30"))
    assert plan(late, at("06 18:00"), WITHIN_A_DAY).now[0].suggested == at("06 18:00"), "Monday would be too late"


# Clock changes and time zones


def test_when_the_clocks_go_forward_the_week_ends_at_the_same_time_of_day() -> None:
    """In London they go forward on 29 March: 168 hours after 11:00 it would be 12:00."""
    thanks = plan(an_application(interview=at("24 11:00")), at("25 09:00")).after[0]
    assert thanks.right_from.isoformat() == "2026-03-31T11:00:00+01:00"


def test_when_the_clocks_go_back_the_week_ends_an_hour_earlier_by_the_clock() -> None:
    interview = datetime(2026, 10, 20, 11, 0, tzinfo=LONDON)
    thanks = plan(an_application(interview=interview), later(interview, timedelta(days=1))).after[0]
    assert thanks.right_from.isoformat() == "2026-10-27T10:00:00+00:00"


def test_working_hours_are_in_the_employers_zone() -> None:
    interview = datetime(2026, 3, 3, 20, 0, tzinfo=SYDNEY)
    thanked = ApplicationEvent("thank_you_email", datetime(2026, 3, 10, 9, 30, tzinfo=LONDON))
    planned = plan(Application(interview, LONDON, events=(thanked,)), datetime(2026, 3, 10, 12, 0, tzinfo=LONDON))
    assert planned.after[0].suggested == datetime(2026, 3, 13, 9, 0, tzinfo=SYDNEY)


def test_the_time_of_the_plan_is_rounded_up_to_a_minute() -> None:
    planned = plan(an_application(), at("11 14:00") + timedelta(seconds=1))
    assert planned.at == at("11 14:01")


def test_an_application_with_entries_in_the_future_is_rejected() -> None:
    with pytest.raises(ValueError, match="before the interview"):
        plan(an_application(), at("02 09:00"))
    with pytest.raises(ValueError, match="has not happened yet"):
        plan(an_application(event("call", "09 09:00")), at("08 09:00"))


# Public holidays


def test_public_holidays_are_those_of_the_country_between_two_days() -> None:
    christmas = {day.isoformat() for day in days_off("DE", date(2026, 12, 24), date(2026, 12, 31))}
    assert christmas == {"2026-12-25", "2026-12-26"}


@pytest.mark.parametrize("country", ["", "XX", "gb"])
def test_a_country_that_is_not_known_has_no_public_holidays(country: str) -> None:
    assert days_off(country, date(2026, 1, 1), date(2026, 12, 31)) == frozenset()


def test_without_the_optional_package_no_public_holiday_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert days_off("GB", date(1999, 1, 1), date(1999, 12, 31)) == frozenset(), "a year that no other test asks for"


# Properties

MINUTES = some.integers(0, 60 * 24 * 40).map(lambda minutes: timedelta(minutes=minutes))


@some.composite
def applications(draw: some.DrawFn) -> tuple[Application, datetime]:
    """An arbitrary application, and a time after everything in it, at which to plan."""
    zone, home = draw(some.sampled_from(ZONES)), draw(some.sampled_from(ZONES))
    start = draw(some.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)))
    interview = later(start.replace(second=0, microsecond=0, tzinfo=zone), timedelta(0))
    since = draw(some.lists(MINUTES, max_size=6))
    before = draw(some.lists(MINUTES, max_size=2))
    now = later(interview, max(since, default=timedelta(0)) + draw(MINUTES | some.just(timedelta(days=95))))
    events = []
    for minutes in (*(-each for each in before), *since):
        what, when = draw(some.sampled_from(sorted(ROW_CHOICES))), later(interview, minutes)
        has_then = what in THEN_LABELS and draw(some.booleans())
        then = later(when, draw(MINUTES) + A_MINUTE) if has_then else None
        events.append(ApplicationEvent(what, when.astimezone(draw(some.sampled_from([zone, home]))), then))
    return Application(
        interview=interview,
        home=home,
        id=draw(some.text("abc123", max_size=20)),
        job="clerk",
        employer="Hallam",
        round=draw(some.integers(1, 3)),
        medium=draw(some.sampled_from(sorted(MEDIUM_CHOICES))),
        contact=draw(some.sampled_from(sorted(CONTACT_CHOICES))),
        country=draw(some.sampled_from(["", "GB", "US", "IN"])),
        interviewers=draw(some.integers(1, 6)),
        references_brought=draw(some.booleans()),
        referees_ready=tuple(sorted(later(interview, each) for each in draw(some.lists(MINUTES, max_size=2)))),
        events=tuple(draw(some.permutations(events))),
    ), now


POLICIES = some.sampled_from([ARTICLE, WITHIN_A_DAY])
PLANS = some.builds(lambda drawn, policy: plan(drawn[0], drawn[1], policy), applications(), POLICIES)


def simulated(planned: Plan) -> list[tuple[Situation, Kind, timedelta, timedelta]]:
    """For each step: the situation before it, its kind, and `right_from` and `suggested` since the interview."""
    application = planned.application
    situation, steps = planned.situation, []
    for step in planned.steps:
        right_from, suggested = (elapsed(application.interview, when) for when in (step.right_from, step.suggested))
        steps.append((situation, step.kind, right_from, suggested))
        situation = situation.after(Contact(step.kind, suggested, answered=step.kind is Kind.INVITED_CALL))
    return steps


@given(PLANS)
@settings(max_examples=400)
def test_a_plan_advises_nothing_that_the_judge_then_calls_pesky_or_passive(planned: Plan) -> None:
    """Except what is owed and late: the judge calls it passive, and holding back is worse."""
    policy = planned.policy
    for (situation, kind, right_from, suggested), step in zip(simulated(planned), planned.steps, strict=True):
        then = situation.at(suggested)
        assessment = assess(then, Action(kind), policy)
        assert assessment == step.assessment
        assert right_from <= suggested
        if kind in OWED and assessment.verdict is Verdict.PASSIVE:
            assert assessment.credit > assess(then, Action(Kind.HOLD_BACK), policy).credit
        else:
            assert assessment.verdict is Verdict.PERSISTENT, step


@given(PLANS)
@settings(max_examples=200)
def test_no_call_is_advised_outside_working_hours_or_on_a_public_holiday_or_if_they_ruled_it_out(planned: Plan) -> None:
    """Except at the time for which they asked, and for an hour after it, which the judge counts as that time."""
    arranged = [each.then for each in planned.application.events if each.what == "invites_call" and each.then]
    calls = [step for step in planned.steps if step.kind in (Kind.CALL, Kind.INVITED_CALL)]
    assert len(calls) <= 1
    assert not (planned.situation.no_calls and calls)
    for step in calls:
        if not any(then <= step.suggested <= then + timedelta(hours=1) for then in arranged):
            assert step.suggested.weekday() < 5
            assert 9 <= step.suggested.hour < 17
            assert step.suggested.date() not in planned.situation.days_off


@given(PLANS)
@settings(max_examples=200)
def test_what_is_offered_now_is_right_now(planned: Plan) -> None:
    policy = planned.policy
    for situation, kind, _, suggested in simulated(planned)[: len(planned.now)]:
        now = elapsed(planned.application.interview, planned.at)
        if suggested > now:
            assert assess(planned.situation.at(now), Action(kind), policy).verdict is Verdict.PERSISTENT
        else:
            assert suggested == now == situation.now


@given(PLANS)
@settings(max_examples=200)
def test_a_minute_before_it_is_right_no_step_is_advised(planned: Plan) -> None:
    """Except steps that answer the employer, thanks while a message is unanswered, and a deadline: none waits."""
    for situation, kind, right_from, _ in simulated(planned):
        events = (*(word.at for word in situation.words), *(each.at for each in situation.contacts))
        last = max((timedelta(0), situation.round_began, *events))
        if right_from <= last or kind in (Kind.REPLY, Kind.INVITED_CALL, Kind.MENTION_DEADLINE):
            continue
        if kind is Kind.THANK_YOU_EMAIL and situation.unanswered:
            continue
        before = assess(situation.at(max(last, right_from - A_MINUTE)), Action(kind), planned.policy)
        assert before.verdict is not Verdict.PERSISTENT, kind


@given(PLANS)
@settings(max_examples=200)
def test_suggested_times_are_in_working_hours_unless_the_step_is_urgent_or_waiting_is_wrong(planned: Plan) -> None:
    policy = planned.policy
    for (situation, kind, _, suggested), step in zip(simulated(planned), planned.steps, strict=True):
        then, in_hours = situation.at(suggested), next_working_hour(situation, suggested, policy.thresholds)
        near = step.by and elapsed(step.suggested, step.by) <= SOON
        if in_hours > suggested and kind not in AT_ONCE | {Kind.INVITED_CALL} and not near:
            later_credit = assess(situation.at(in_hours), Action(kind), policy).credit
            wait = assess(then, Action(Kind.HOLD_BACK, in_hours), policy)
            assert later_credit < step.assessment.credit or wait.verdict is Verdict.PASSIVE


@given(PLANS)
@settings(max_examples=200)
def test_a_plan_holds_back_only_where_that_is_patient_or_they_are_not_at_work(planned: Plan) -> None:
    assert planned.hold_back_after.verdict is Verdict.PATIENT
    if not planned.steps or (
        planned.steps[0].suggested > planned.at and planned.steps[0].kind is not Kind.INVITED_CALL
    ):
        assert planned.hold_back_now.verdict is Verdict.PATIENT


@given(applications())
@settings(max_examples=200)
def test_steps_not_right_yet_are_not_persistent_now_and_open_steps_are_planned(
    application_and_now: tuple[Application, datetime],
) -> None:
    planned = plan(*application_and_now)
    situation = planned.situation
    for each in (*planned.not_yet, *planned.not_at_all):
        assert assess(situation, Action(each.kind)).verdict is not Verdict.PERSISTENT
        assert each.until is None or each.until > planned.at
    calls = {Kind.CALL, Kind.INVITED_CALL, Kind.REPLY, Kind.STATUS_EMAIL}
    for kind in open_steps(situation):
        proposed = {step.kind for step in planned.steps}
        assert kind in proposed or proposed & calls


def test_every_event_is_a_word_or_a_contact_or_a_deadline() -> None:
    for what in ROW_CHOICES:
        situation = an_application(event(what, "04 09:00", "06 09:00")).situation(at("05 09:00"))
        assert bool(situation.words) == (what in BY_THEM)
        assert bool(situation.contacts) == (what not in BY_THEM and what != "deadline")
        assert (situation.deadline is not None) == (what == "deadline")
