"""What people ask about in public, typed into the form, and the plan that is right for it.

The interview is on Tuesday 3 March 2026 at 11:00 in London, unless a situation says otherwise.
"""

from __future__ import annotations

import pytest

from etiquette import Kind
from etiquette.judge import Verdict
from etiquette.plan import FormEntries, FormRow, Plan, parse_form, plan, plan_text, template
from tests.plan.test_planner import at


def planned(now: str, *rows: tuple[str, ...], **typed: str) -> Plan:
    """The plan at this time. A row is what happened, the day in March and the time, and perhaps the second date."""
    typed = {"day": "2026-03-03", "time": "11:00", "place": "London"} | typed
    typed_rows = tuple(_row(*row) for row in rows)
    entries = FormEntries(id="id", job="payroll clerk", employer="Hallam Foods", rows=typed_rows, **typed)
    return plan(parse_form(entries, at(now)), at(now))


def _row(what: str, when: str, then: str = "") -> FormRow:
    day, _, clock = when.partition(" ")
    return FormRow(what, f"2026-{day if '-' in day else f'03-{day}'}", clock, then)


def now(a_plan: Plan) -> list[str]:
    return [step.kind.value for step in a_plan.now]


def after(a_plan: Plan) -> list[tuple[str, str]]:
    return [(step.kind.value, f"{step.suggested:%a %d %b %H:%M}") for step in a_plan.after]


def not_yet(a_plan: Plan) -> dict[str, str]:
    """Until when each step would be wrong; 'no' if waiting does not help."""
    listed = (*a_plan.not_yet, *a_plan.not_at_all)
    return {each.kind.value: f"{each.until:%a %d %b %H:%M}" if each.until else "no" for each in listed}


def notes(a_plan: Plan) -> str:
    return " ".join(a_plan.notes)


class TestTheSixteen:
    def test_1_thanked_both_after_the_second_interview_and_the_few_days_are_over(self) -> None:
        """One call, once 48 hours have passed since the thanks; two days later it is Saturday."""
        second = {"round": "2", "day": "2026-03-04", "interviewers": "2"}
        hearing = "A final decision within the next few days"
        a_plan = planned("14 12:00", ("thank_you_email", "12 10:00"), **second, hearing=hearing)
        assert now(a_plan) == []
        assert after(a_plan) == [("call", "Mon 16 Mar 09:00")]
        assert not_yet(a_plan)["thank_you_email"] == "no"

    def test_2_the_week_they_named_is_over_and_both_emails_came_too_early(self) -> None:
        """Both emails are used up. They count from the end of that week, so one call is left, from Monday on."""
        early = (("thank_you_email", "03 16:00"), ("status_email", "05 10:00"))
        a_plan = planned("10 10:00", *early, hearing="We’ll let you know by the end of the week")
        assert now(a_plan) == ["call"]
        assert not_yet(a_plan) == {"thank_you_email": "no", "status_email": "no"}

    def test_3_the_references_are_confirmed_and_a_quiet_week_has_passed(self) -> None:
        confirmed = (("requests_references", "13 10:00"), ("send_references", "13 15:00"))
        a_plan = planned("20 11:00", *confirmed, references="brought")
        assert now(a_plan) == ["thank_you_email"]
        assert after(a_plan)[0][0] == "call"
        assert not_yet(a_plan)["send_references"] == "no"

    def test_4_the_last_referee_has_been_free_since_monday(self) -> None:
        typed = {"references": "asked", "referees": "some", "referees_day": "2026-03-09"}
        sent = ("send_some_references", "04 10:00")
        waiting = planned("06 10:00", sent, **typed)
        assert now(waiting) == []
        assert after(waiting)[0] == ("send_references", "Mon 09 Mar 09:00")
        overdue = planned("11 10:00", sent, **typed)
        assert now(overdue) == ["send_references"]
        assert after(overdue)[0][0] == "thank_you_email"

    def test_5_references_were_sent_that_night_and_three_days_are_no_week(self) -> None:
        a_plan = planned("06 12:00", ("send_references", "03 21:00"), references="asked", interviewers="4")
        assert now(a_plan) == []
        assert after(a_plan)[0] == ("thank_you_email", "Tue 10 Mar 11:00")
        assert not_yet(a_plan)["send_references"] == "no"
        assert a_plan.hold_back_now.verdict is Verdict.PATIENT

    def test_6_the_recruiter_will_write_when_she_can_and_the_job_is_listed_again(self) -> None:
        rows = (("status_email", "17 09:00"), ("promises", "17 11:00", "as soon as I can"), ("reposted", "23 09:00"))
        a_plan = planned("23 12:00", *rows, contact="recruiter")
        assert now(a_plan) == []
        assert not_yet(a_plan)["status_email"] == not_yet(a_plan)["bypass"] == "no"
        assert "advertised the job again" in notes(a_plan)
        assert a_plan.hold_back_now.verdict is Verdict.PATIENT

    def test_7_an_offer_elsewhere_is_mentioned_once_before_it_runs_out(self) -> None:
        deadline = ("deadline", "05 10:00", "Wednesday")
        a_plan = planned("05 12:00", deadline, hearing="at the end of next week")
        assert now(a_plan) == ["mention_deadline"]
        assert a_plan.now[0].by == at("11 23:59")
        assert not_yet(a_plan)["call"] == "Wed 18 Mar 09:00"
        told = planned("06 12:00", deadline, ("mention_deadline", "05 13:00"), hearing="at the end of next week")
        assert now(told) == []

    def test_8_a_few_days_past_the_following_week_after_early_thanks(self) -> None:
        rows = (("thank_you_email", "04 10:00"), ("gift", "04 12:00"))
        a_plan = planned("17 10:00", *rows, hearing="by the end of the following week")
        assert now(a_plan) == ["call"]
        assert not_yet(a_plan)["thank_you_email"] == "no"

    def test_9_the_manager_names_susan_in_hr(self) -> None:
        """Writing to her is what he asked for; another status email to him is not."""
        a_plan = planned("11 15:00", ("status_email", "11 10:00"), ("redirects", "11 10:30"))
        assert now(a_plan) == ["reply"]
        assert "suggested that I write to you" in template(a_plan.application, Kind.REPLY, a_plan.at).text
        assert not_yet(a_plan)["status_email"] == "no"
        assert "write to that person" in notes(a_plan)

    def test_10_they_asked_for_a_call_and_three_tries_reached_nobody(self) -> None:
        tries = [("invited_call", when) for when in ("10 15:00", "11 10:00", "11 16:00")]
        a_plan = planned("12 10:00", ("invites_call", "10 14:00"), *tries)
        assert now(a_plan) == ["reply"]
        assert "I tried on [day]" in template(a_plan.application, Kind.REPLY, a_plan.at).text
        assert not {"call", "invited_call"} & {step.kind.value for step in a_plan.steps}

    def test_11_three_weeks_are_not_over_after_one(self) -> None:
        a_plan = planned("10 12:00", hearing="Within three weeks, if you are selected")
        assert now(a_plan) == []
        assert after(a_plan)[0] == ("thank_you_email", "Wed 25 Mar 09:00")

    def test_12_a_second_interview_has_thanks_of_its_own(self) -> None:
        thanked = ("thank_you_email", "10 11:00")
        a_plan = planned("20 12:00", thanked, round="2", day="2026-03-17")
        assert after(a_plan)[0] == ("thank_you_email", "Tue 24 Mar 11:00")
        assert now(planned("24 12:00", thanked, round="2", day="2026-03-17")) == ["thank_you_email"]

    def test_13_after_four_silent_months_it_may_rest(self) -> None:
        a_plan = planned("07-03 12:00")
        assert now(a_plan) == ["thank_you_email"]
        assert a_plan.now[0].optional
        assert after(a_plan) == []
        assert not_yet(a_plan)["call"] == "no"
        assert a_plan.hold_back_now.verdict is Verdict.PATIENT

    def test_14_the_director_is_not_called_past_the_agency(self) -> None:
        a_plan = planned("16 12:00", ("wrote", "12 11:00"), contact="recruiter")
        assert now(a_plan) == []
        assert not_yet(a_plan)["bypass"] == "no"
        assert after(a_plan)[0] == ("thank_you_email", "Thu 19 Mar 11:00")

    def test_15_a_video_interview_across_time_zones_with_a_no_reply_address(self) -> None:
        typed = {"contact": "portal", "medium": "video", "place": "New York", "home": "Europe/London"}
        a_plan = planned("10 12:00", **typed, hearing="in two to three weeks")
        assert after(a_plan) == [("thank_you_email", "Wed 25 Mar 09:00"), ("status_email", "Fri 27 Mar 09:00")]
        assert "portal" in notes(a_plan)
        assert "the later of the two" in notes(a_plan)
        assert "09:00 their time (13:00 yours)" in plan_text(a_plan)
        assert "Thank you for talking to me" in template(a_plan.application, Kind.THANK_YOU_EMAIL, a_plan.at).text

    def test_16_invited_to_a_second_interview_without_a_day(self) -> None:
        """After ten days of silence one email, which thanks them for the invitation and offers days."""
        a_plan = planned("16 12:00", ("invites_interview", "06 10:00"))
        assert now(a_plan) == ["thank_you_email"]
        assert (
            "I wondered if there was a date yet" in template(a_plan.application, Kind.THANK_YOU_EMAIL, a_plan.at).text
        )
        assert "haven’t set a date" in notes(a_plan)


class TestOthersLikeThem:
    def test_after_an_email_that_asks_for_the_date_the_call_speaks_of_no_thanks(self) -> None:
        invited = planned("16 11:00", ("invites_interview", "05 10:00"), ("reply", "05 14:00"))
        assert "ask for one" in invited.now[0].why
        assert "thank-you" not in invited.after[0].why

    def test_until_the_next_interview_there_is_nothing_but_a_reply(self) -> None:
        invited = planned("06 10:00", ("invites_interview", "05 16:45", "next Tuesday at 2pm"))
        assert (now(invited), after(invited)) == (["reply"], [])
        assert "make a new plan" in invited.in_the_end

    def test_after_a_third_interview_thanks_call_and_status_are_used_up(self) -> None:
        rows = (("thank_you_email", "25 10:00"), ("call", "30 10:00"), ("status_email", "04-07 10:00"))
        a_plan = planned("04-20 12:00", *rows, round="3", day="2026-03-17")
        assert a_plan.steps == ()
        assert set(not_yet(a_plan).values()) == {"no"}

    def test_thanks_to_a_panel_of_three_are_one_step(self) -> None:
        a_plan = planned("11 12:00", interviewers="3")
        assert now(a_plan) == ["thank_you_email"]
        assert "Thank each of them by email" in plan_text(a_plan)

    def test_an_offer_to_answer_by_friday_while_waiting_for_a_better_one(self) -> None:
        a_plan = planned("10 12:00", ("offer", "09 10:00", "Friday at 5pm"))
        assert now(a_plan) == []
        assert (a_plan.after[0].by, a_plan.after[0].suggested) == (at("13 17:00"), at("12 09:00"))
        assert a_plan.hold_back_now.verdict is Verdict.PATIENT

    def test_an_offer_whose_date_has_passed_is_still_answered(self) -> None:
        a_plan = planned("16 10:00", ("offer", "09 10:00", "Friday"))
        assert now(a_plan) == ["reply"]
        assert a_plan.now[0].assessment.verdict is Verdict.PASSIVE

    def test_references_asked_for_before_the_interview(self) -> None:
        assert now(planned("03 15:00", ("requests_references", "02 16:00"))) == ["send_references"]

    def test_no_referee_has_agreed_yet(self) -> None:
        none = {"references": "asked", "referees": "none", "referees_day": "2026-03-10"}
        a_plan = planned("04 12:00", **none)
        assert now(a_plan) == []
        assert after(a_plan)[0] == ("send_references", "Tue 10 Mar 09:00")
        assert a_plan.hold_back_now.verdict is Verdict.PATIENT

    def test_between_christmas_and_new_year_nothing_falls_on_a_holiday(self) -> None:
        a_plan = planned("12-22 12:00", day="2026-12-18")
        assert after(a_plan) == [("thank_you_email", "Tue 29 Dec 09:00"), ("call", "Thu 31 Dec 09:00")]
        assert "Friday 25 December and Monday 28 December are public holidays there." in a_plan.notes

    def test_we_will_call_you_names_no_date(self) -> None:
        a_plan = planned("05 12:00", hearing="We’ll call you")
        assert after(a_plan) == [("thank_you_email", "Tue 10 Mar 11:00"), ("call", "Thu 12 Mar 11:00")]
        assert "doesn’t give a date" in notes(a_plan)

    def test_dont_call_us(self) -> None:
        a_plan = planned("11 12:00", hearing="Don’t call us, we’ll call you")
        assert (now(a_plan), after(a_plan)) == (["thank_you_email"], [("status_email", "Fri 13 Mar 12:00")])
        assert not_yet(a_plan)["call"] == "no"

    def test_assume_that_you_were_unsuccessful(self) -> None:
        hearing = "If you don’t hear from us within a week, assume you were unsuccessful"
        assert planned("05 12:00", hearing=hearing).steps == planned("12 12:00", hearing=hearing).steps == ()

    def test_their_automatic_reply_says_they_are_back_on_monday(self) -> None:
        rows = (("thank_you_email", "10 12:00"), ("automatic", "10 12:01", "Monday"))
        assert after(planned("11 12:00", *rows)) == [("call", "Mon 16 Mar 09:00")]

    def test_call_if_you_have_not_heard_by_friday(self) -> None:
        hearing = "If you haven’t heard by Friday, give us a call"
        assert after(planned("05 12:00", hearing=hearing))[0] == ("invited_call", "Mon 09 Mar 09:00")
        assert now(planned("10 12:00", hearing=hearing)) == ["invited_call"]

    def test_the_time_for_the_call_they_wanted_has_passed(self) -> None:
        a_plan = planned("06 15:00", ("invites_call", "05 10:00", "tomorrow at 10"))
        assert now(a_plan) == ["invited_call"]

    def test_refused_but_told_to_apply_for_another_role(self) -> None:
        """The question is owed an answer; the refusal alone allows a short one."""
        assert now(planned("12 12:00", ("refusal", "11 10:00"), ("asks", "12 09:00"))) == ["reply"]
        refused = planned("12 12:00", ("refusal", "11 10:00"))
        assert now(refused) == ["reply"]
        assert refused.now[0].optional

    def test_the_interviewer_has_left_and_an_automatic_reply_says_so(self) -> None:
        rows = (("thank_you_email", "11 09:59"), ("automatic", "11 10:00"))
        a_plan = planned("12 12:00", *rows)
        assert after(a_plan) == [("call", "Fri 13 Mar 09:59")]
        assert "isn’t an answer" in notes(a_plan)

    def test_the_date_has_moved_twice(self) -> None:
        moved = (("promises", "09 10:00", "by Wednesday"), ("promises", "12 10:00", "early next week"))
        a_plan = planned("13 12:00", *moved, hearing="by Friday")
        assert now(a_plan) == []
        assert after(a_plan)[0] == ("thank_you_email", "Thu 19 Mar 09:00")
        assert not_yet(a_plan)["status_email"] == not_yet(a_plan)["call"] == "Mon 23 Mar 09:00"

    def test_the_next_interview_was_put_off(self) -> None:
        rows = (
            ("invites_interview", "05 10:00", "Tuesday at noon"),
            ("reply", "05 12:00"),
            ("invites_interview", "09 10:00", "Friday at 3pm"),
            ("reply", "09 11:00"),
        )
        assert planned("11 12:00", *rows).steps == ()
        assert after(planned("16 12:00", *rows))[0] == ("thank_you_email", "Fri 20 Mar 15:00")

    def test_they_asked_for_a_call_on_friday_at_ten_in_another_zone(self) -> None:
        wanted = ("invites_call", "12 16:00", "Friday at 10")
        a_plan = planned("12 17:00", wanted, place="Boston", home="Europe/London")
        assert (now(a_plan), after(a_plan)[0]) == ([], ("invited_call", "Fri 13 Mar 10:00"))
        assert "10:00 their time (14:00 yours)" in plan_text(a_plan)

    def test_an_early_call_is_used_up_and_thanks_are_not(self) -> None:
        a_plan = planned("05 12:00", ("call", "04 10:00"))
        assert after(a_plan) == [("thank_you_email", "Tue 10 Mar 11:00")]
        assert not_yet(a_plan)["call"] == "no"

    @pytest.mark.parametrize("hearing", ["", "soon", "We still have an internal candidate to see"])
    def test_without_a_date_a_week_counts(self, hearing: str) -> None:
        assert after(planned("05 12:00", hearing=hearing))[0] == ("thank_you_email", "Tue 10 Mar 11:00")
