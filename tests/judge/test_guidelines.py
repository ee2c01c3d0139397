"""Each guideline at its boundaries."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from etiquette import Action, Assessment, Contact, Kind, Situation, Word, advise, assess
from etiquette.judge import Decision, Verdict, open_steps
from tests.builders import FRIDAY, TUESDAY, a_situation, days, hours, sent

A_MINUTE = 1 / 60
MINUTE = timedelta(minutes=1)
THANKED, THANKED_EARLY = sent(Kind.THANK_YOU_EMAIL, 168), sent(Kind.THANK_YOU_EMAIL, 20)


def judged(situation: Situation, kind: Kind, until: float | None = None) -> Assessment:
    return assess(situation, Action(kind, None if until is None else hours(until)))


def verdict(situation: Situation, kind: Kind, until: float | None = None) -> Verdict:
    return judged(situation, kind, until).verdict


class TestReferences:
    @pytest.mark.parametrize(
        ("waited", "expected", "credit"),
        [
            (0, "persistent", 100),
            (24, "persistent", 100),
            (24 + A_MINUTE, "persistent", 99),
            (48, "persistent", 83),
            (48 + A_MINUTE, "passive", 83),
            (96, "passive", 50),
            (168, "passive", 1),
            (400, "passive", 1),
        ],
    )
    def test_prompt_for_a_day_late_after_two_worth_next_to_nothing_after_a_week(
        self, waited: float, expected: str, credit: int
    ) -> None:
        assessment = judged(a_situation(waited, references=0), Kind.SEND_REFERENCES)
        assert (assessment.verdict, assessment.credit) == (expected, credit)

    def test_the_clock_starts_when_they_ask(self) -> None:
        assert judged(a_situation(100, references=80), Kind.SEND_REFERENCES).credit == 100

    @pytest.mark.parametrize(
        ("sent_at", "expected", "credit"),
        [
            (24, "persistent", 100),
            (66, "persistent", 100),
            (68, "persistent", 100),
            (68 + A_MINUTE, "passive", 99),
            (70, "passive", 98),
        ],
    )
    def test_after_a_request_on_friday_afternoon_monday_morning_is_prompt_but_no_later(
        self, sent_at: float, expected: str, credit: int
    ) -> None:
        friday = a_situation(sent_at, references=0, interview=FRIDAY)
        assessment = judged(friday, Kind.SEND_REFERENCES)
        assert (assessment.verdict, assessment.credit) == (expected, credit)

    @pytest.mark.parametrize("asked", [44, 47 + 24])
    def test_a_request_at_the_weekend_can_wait_for_monday_too(self, asked: float) -> None:
        assert TUESDAY.weekday() == 1
        saturday = a_situation(asked + 48 + 9, references=asked + 48)
        assert judged(saturday, Kind.SEND_REFERENCES).credit == 100

    def test_a_thursday_request_has_no_weekend_in_it(self) -> None:
        thursday = a_situation(48 + 30, references=48)
        assert judged(thursday, Kind.SEND_REFERENCES).credit < 100

    def test_holding_back_while_they_are_owed_is_passive_and_worth_less_than_sending(self) -> None:
        owed = a_situation(5, references=0)
        held = judged(owed, Kind.HOLD_BACK, until=20)
        assert held.verdict == "passive"
        assert held.credit < judged(owed.at(hours(20)), Kind.SEND_REFERENCES).credit

    @pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.SEND_REFERENCES, Kind.REPLY, Kind.INVITED_CALL}))
    def test_anything_else_first_is_passive(self, kind: Kind) -> None:
        assert verdict(a_situation(200, references=0), kind) == "passive"

    def test_a_reply_that_nobody_waits_for_does_not_come_first(self) -> None:
        assert verdict(a_situation(60, references=0, words=(Word(hours(50)),)), Kind.REPLY) == "passive"

    def test_those_asked_for_in_an_earlier_round_are_as_late_as_they_are(self) -> None:
        told_from_the_second = a_situation(10, words=(Word(hours(-60), requests_references=True),), interview=None)
        second = Word(hours(41), invites_interview=True, interview_at=hours(100))
        told_from_the_first = a_situation(110, references=40, words=(second,), interview=None)
        for told in (told_from_the_second, told_from_the_first):
            assert judged(told, Kind.SEND_REFERENCES).credit == 68

    def test_sent_unasked_or_twice_they_are_pesky(self) -> None:
        assert verdict(a_situation(5), Kind.SEND_REFERENCES) == "pesky"
        assert verdict(a_situation(5, references=0, brought=True), Kind.SEND_REFERENCES) == "pesky"
        again = a_situation(9, sent(Kind.SEND_REFERENCES, 2), references=0)
        assert verdict(again, Kind.SEND_REFERENCES) == "pesky"

    def test_if_they_ask_again_the_clock_starts_again(self) -> None:
        again = (Word(hours(143), requests_references=True),)
        asked = a_situation(147, sent(Kind.SEND_REFERENCES, 2), references=0, words=again)
        assert asked.references_owed_since == hours(143)
        assert judged(asked, Kind.SEND_REFERENCES).credit == 100
        assert verdict(asked, Kind.HOLD_BACK) == "passive"

    def test_sending_them_answers_the_message_that_asked_for_them(self) -> None:
        asked = a_situation(30, words=(Word(hours(20), requests_references=True, asks=True),))
        assert open_steps(asked) == (Kind.SEND_REFERENCES,)
        assert open_steps(asked.after(sent(Kind.SEND_REFERENCES, 30))) == ()

    def test_waiting_for_a_referee_is_not_held_against_you(self) -> None:
        waiting = a_situation(50, references=0, ready=72)
        assert verdict(waiting, Kind.HOLD_BACK) == "patient"
        assert judged(waiting, Kind.SEND_REFERENCES).right_from == hours(72)
        assert judged(waiting.at(hours(80)), Kind.SEND_REFERENCES).credit == 100

    def test_a_request_on_friday_morning_has_all_of_friday(self) -> None:
        """Asked on Friday at 9:15, sent on Monday at 11:45."""
        asked = a_situation(74.5, references=0, interview=datetime(2026, 3, 6, 9, 15))
        late = judged(asked, Kind.SEND_REFERENCES)
        assert (late.verdict, late.credit) == ("passive", 64)
        assert judged(a_situation(20, references=0, interview=FRIDAY), Kind.SEND_REFERENCES).credit == 100

    def test_over_a_weekend_they_may_wait_until_noon(self) -> None:
        friday = a_situation(20, references=0, interview=FRIDAY)
        assert judged(friday, Kind.HOLD_BACK).credit == judged(friday, Kind.HOLD_BACK, until=68).credit == 70
        assert verdict(friday, Kind.HOLD_BACK, until=69) == "passive"
        sunday = a_situation(49, references=48, interview=datetime(2026, 3, 6, 13))
        assert judged(sunday, Kind.HOLD_BACK).credit == 70, "asked on Sunday at one"
        assert verdict(friday.at(hours(69)), Kind.HOLD_BACK) == "passive"

    def test_a_public_holiday_is_no_working_day(self) -> None:
        """Asked on the Thursday afternoon before Good Friday, sent on the Tuesday after Easter."""
        asked = a_situation(4 * 24 + 22, references=0, interview=datetime(2026, 4, 2, 13))
        easter = replace(asked, days_off=frozenset({date(2026, 4, 3), date(2026, 4, 6)}))
        assert verdict(asked, Kind.SEND_REFERENCES) == "passive"
        assert judged(easter, Kind.SEND_REFERENCES).credit == 100

    def test_if_one_of_two_referees_has_agreed_that_one_is_sent_now_and_the_other_when_it_comes(self) -> None:
        asked = a_situation(5, references=0, ready=(0, 72))
        assert judged(asked, Kind.SEND_REFERENCES).credit == 100
        assert verdict(asked, Kind.HOLD_BACK) == "passive"
        one_sent = asked.after(sent(Kind.SEND_REFERENCES, 5))
        assert verdict(one_sent.at(hours(60)), Kind.HOLD_BACK) == "patient"
        assert judged(one_sent.at(hours(60)), Kind.SEND_REFERENCES).right_from == hours(72)
        assert verdict(one_sent.at(hours(80)), Kind.HOLD_BACK) == "passive"
        assert judged(one_sent.at(hours(80)), Kind.SEND_REFERENCES).credit == 100
        assert verdict(one_sent.after(sent(Kind.SEND_REFERENCES, 80)), Kind.HOLD_BACK) == "patient"

    def test_asking_to_confirm_a_list_that_they_have_is_a_request(self) -> None:
        confirm = a_situation(242, brought=True, words=(Word(hours(240), requests_references=True, asks=True),))
        assert judged(confirm, Kind.SEND_REFERENCES).credit == 100
        assert verdict(confirm, Kind.HOLD_BACK) == "passive"

    @pytest.mark.parametrize("waited", [25, 60, 100, 168, 1000])
    def test_sending_them_late_still_beats_holding_back(self, waited: float) -> None:
        owed = a_situation(waited, references=0)
        assert 100 > judged(owed, Kind.SEND_REFERENCES).credit > judged(owed, Kind.HOLD_BACK).credit


class TestThankYou:
    @pytest.mark.parametrize(
        ("at", "expected", "credit"),
        [
            (1, "pesky", 0),
            (84, "pesky", 0),
            (126, "pesky", 25),
            (168 - A_MINUTE, "pesky", 49),
            (168, "persistent", 100),
            (169, "persistent", 100),
            (720 - A_MINUTE, "persistent", 100),
            (720, "persistent", 99),
            (24 * 60, "persistent", 85),
            (2160 - A_MINUTE, "persistent", 70),
            (2160, "persistent", 70),
        ],
    )
    def test_after_a_week_to_the_minute_and_late_after_thirty_days(self, at: float, expected: str, credit: int) -> None:
        assessment = judged(a_situation(at), Kind.THANK_YOU_EMAIL)
        assert (assessment.verdict, assessment.credit) == (expected, credit)

    def test_if_too_early_it_says_when_it_would_be_right(self) -> None:
        assert judged(a_situation(30), Kind.THANK_YOU_EMAIL).right_from == hours(168)

    @pytest.mark.parametrize("promised", [48, 336])
    def test_a_date_they_gave_replaces_the_week_and_has_to_pass(self, promised: float) -> None:
        early = judged(a_situation(promised - A_MINUTE, promised=promised), Kind.THANK_YOU_EMAIL)
        assert (early.verdict, early.credit) == ("pesky", 49)
        assert judged(a_situation(promised, promised=promised), Kind.THANK_YOU_EMAIL).credit == 100
        assert verdict(a_situation(promised, promised=promised), Kind.HOLD_BACK) == "patient"

    def test_a_new_date_replaces_the_old_one(self) -> None:
        moved = (Word(hours(100), promises=hours(400)),)
        answered = a_situation(300, sent(Kind.REPLY, 101), promised=150, words=moved)
        assert judged(answered, Kind.THANK_YOU_EMAIL).right_from == hours(400)

    def test_the_week_counts_from_when_you_last_heard(self) -> None:
        heard = (Word(hours(100)),)
        answered = a_situation(200, sent(Kind.REPLY, 101), words=heard)
        assert judged(answered, Kind.THANK_YOU_EMAIL).right_from == hours(268)

    def test_an_automatic_reply_does_not_count_as_contact_but_its_date_counts(self) -> None:
        away = (Word(hours(170), automatic=True, promises=hours(300)),)
        assert judged(a_situation(200, words=away), Kind.THANK_YOU_EMAIL).right_from == hours(300)
        assert verdict(a_situation(200, words=(Word(hours(170), automatic=True),)), Kind.REPLY) == "pesky"

    def test_one_email_of_thanks_not_two(self) -> None:
        assert verdict(a_situation(400, THANKED), Kind.THANK_YOU_EMAIL) == "pesky"

    def test_thanking_somebody_who_has_written_is_a_reply(self) -> None:
        assert verdict(a_situation(31, words=(Word(hours(30)),)), Kind.THANK_YOU_EMAIL) == "persistent"

    @pytest.mark.parametrize(
        ("at", "expected", "credit"),
        [(100, "patient", 100), (168, "patient", 70), (700, "patient", 70), (720, "passive", 35)],
    )
    def test_holding_back_is_right_for_thirty_days(self, at: float, expected: str, credit: int) -> None:
        assessment = judged(a_situation(at), Kind.HOLD_BACK)
        assert (assessment.verdict, assessment.credit) == (expected, credit)

    def test_holding_back_is_judged_by_when_it_will_end(self) -> None:
        assert verdict(a_situation(200), Kind.HOLD_BACK, until=700) == "patient"
        assert verdict(a_situation(200), Kind.HOLD_BACK, until=721) == "passive"

    def test_after_their_date_there_is_always_a_week_to_thank_them(self) -> None:
        with_date = a_situation(35 * 24 + 10, promised=35 * 24)
        assert judged(with_date, Kind.HOLD_BACK).credit == 70
        assert verdict(with_date.at(days(42) - MINUTE), Kind.HOLD_BACK) == "patient"
        assert verdict(with_date.at(days(42)), Kind.HOLD_BACK) == "passive"
        assert verdict(a_situation(31 * 24, promised=14 * 24), Kind.HOLD_BACK) == "passive"

    def test_planning_to_hold_back_for_a_month_is_passive_at_once(self) -> None:
        held = judged(a_situation(144), Kind.HOLD_BACK, until=960)
        assert held.verdict == "passive"
        assert "By then it will be 40 days since the interview" in held.reason
        assert verdict(a_situation(144, promised=1000), Kind.HOLD_BACK, until=960) == "patient"
        assert verdict(a_situation(200, THANKED), Kind.HOLD_BACK, until=960) == "patient"
        assert verdict(a_situation(200, THANKED), Kind.HOLD_BACK, until=10) == "patient", "that time has already passed"

    @pytest.mark.parametrize("days_since", [30, 45, 89])
    def test_late_thanks_earn_less_than_full_and_more_than_holding_back(self, days_since: float) -> None:
        late = a_situation(24 * days_since)
        thanks = judged(late, Kind.THANK_YOU_EMAIL)
        assert thanks.verdict == "persistent"
        assert 70 <= thanks.credit < 100
        assert "late" in thanks.reason
        assert (verdict(late, Kind.HOLD_BACK), judged(late, Kind.HOLD_BACK).credit) == ("passive", 35)
        assert advise(late).kind is Kind.THANK_YOU_EMAIL

    def test_after_ninety_days_their_silence_is_the_answer(self) -> None:
        """Letting it rest is patient, one last polite email sensible, more is not."""
        for silent in (a_situation(24 * 91), a_situation(24 * 100, THANKED)):
            assert judged(silent, Kind.HOLD_BACK).credit == 100
            assert judged(silent, Kind.STATUS_EMAIL).credit == 70
            assert verdict(silent, Kind.CALL) == "pesky"
            assert open_steps(silent) == ()
            last = silent.after(Contact(Kind.STATUS_EMAIL, silent.now)).at(silent.now + days(5))
            assert verdict(last, Kind.THANK_YOU_EMAIL) == verdict(last, Kind.STATUS_EMAIL) == "pesky"
        assert judged(a_situation(24 * 91), Kind.THANK_YOU_EMAIL).credit == 70

    def test_a_week_is_over_by_the_clock_on_the_wall_too(self) -> None:
        """An hour is lost in spring, and one is gained in autumn: a week later at the same time of day is a week."""
        london = ZoneInfo("Europe/London")
        spring = a_situation(167, interview=datetime(2026, 3, 24, 10, tzinfo=london))
        assert judged(spring, Kind.THANK_YOU_EMAIL).credit == 100
        autumn = a_situation(168, interview=datetime(2026, 10, 20, 10, tzinfo=london))
        assert judged(autumn, Kind.THANK_YOU_EMAIL).credit == 100
        assert verdict(spring.at(hours(167) - MINUTE), Kind.THANK_YOU_EMAIL) == "pesky"

    def test_thanking_several_people_within_an_hour_is_one_step(self) -> None:
        panel = replace(a_situation(168.5, THANKED), interviewers=3)
        assert judged(panel, Kind.THANK_YOU_EMAIL).credit == 100
        assert verdict(panel.at(hours(169.1)), Kind.THANK_YOU_EMAIL) == "pesky", "more than an hour later"
        everyone = panel.after(*[sent(Kind.THANK_YOU_EMAIL, 168.6)] * 2)
        assert verdict(everyone, Kind.THANK_YOU_EMAIL) == "pesky", "there is nobody left to thank"
        assert verdict(a_situation(168.5, THANKED), Kind.THANK_YOU_EMAIL) == "pesky", "there was one interviewer"


class TestCalling:
    @pytest.mark.parametrize(
        ("since_email", "expected", "credit"),
        [
            (1, "pesky", 0),
            (24, "pesky", 0),
            (36, "pesky", 25),
            (48 - A_MINUTE, "pesky", 49),
            (48, "persistent", 100),
        ],
    )
    def test_two_days_after_the_email_to_the_minute(self, since_email: float, expected: str, credit: int) -> None:
        assessment = judged(a_situation(168 + since_email, THANKED), Kind.CALL)
        assert (assessment.verdict, assessment.credit) == (expected, credit)

    def test_the_reason_names_the_times_of_the_situation(self) -> None:
        reason = judged(a_situation(188, THANKED), Kind.CALL).reason
        assert "20 hours ago" in reason
        assert "10:00 tomorrow" in reason

    def test_not_before_an_email(self) -> None:
        assessment = judged(a_situation(300, interview=None), Kind.CALL)
        assert assessment.verdict == "pesky"
        assert assessment.right_from == hours(348)

    def test_only_once(self) -> None:
        for answered in (True, False):
            called = a_situation(400, THANKED, sent(Kind.CALL, 300, answered=answered))
            assert verdict(called, Kind.CALL) == "pesky"
            assert verdict(called, Kind.CALL_AGAIN) == "pesky"

    def test_a_date_they_gave_has_to_pass(self) -> None:
        word = Word(hours(250), promises=hours(406))
        with_date = a_situation(300, THANKED, sent(Kind.REPLY, 251), words=(word,))
        assert judged(with_date, Kind.CALL).right_from == hours(407), "their date is at 8 in the morning"
        assert verdict(with_date.at(hours(407)), Kind.CALL) == "persistent"

    def test_the_references_email_counts_from_the_day_a_thank_you_would_be_due(self) -> None:
        referred = a_situation(100, sent(Kind.SEND_REFERENCES, 2), references=0)
        assert verdict(referred, Kind.CALL) == "pesky"
        assert judged(referred, Kind.CALL).right_from == hours(168)
        assert verdict(referred.at(hours(168)), Kind.CALL) == "persistent"

    def test_references_sent_on_the_last_day_still_need_two_days(self) -> None:
        late = a_situation(180, sent(Kind.SEND_REFERENCES, 164), references=0)
        assert judged(late, Kind.CALL).right_from == hours(215), "212 hours end at 6 in the morning"

    def test_thanks_sent_too_early_count_only_from_the_day_they_would_be_due(self) -> None:
        early = a_situation(170, sent(Kind.THANK_YOU_EMAIL, 1))
        assert judged(early, Kind.CALL).right_from == hours(216)
        assert verdict(early.at(hours(216)), Kind.CALL) == "persistent"
        before_the_date = a_situation(380, sent(Kind.THANK_YOU_EMAIL, 170), promised=336)
        assert judged(before_the_date, Kind.CALL).right_from == hours(384)
        assert verdict(before_the_date.at(hours(384)), Kind.CALL) == "persistent"

    def test_early_thanks_do_not_take_back_the_call_that_the_references_allow(self) -> None:
        both = a_situation(192, sent(Kind.SEND_REFERENCES, 2), sent(Kind.THANK_YOU_EMAIL, 70), references=0)
        assert verdict(both, Kind.CALL) == "persistent"
        just_thanked = a_situation(192, sent(Kind.SEND_REFERENCES, 2), sent(Kind.THANK_YOU_EMAIL, 170), references=0)
        assert judged(just_thanked, Kind.CALL).right_from == hours(218)

    def test_an_email_asking_for_the_outcome_does_not_allow_a_call(self) -> None:
        assert verdict(a_situation(300, sent(Kind.EMAIL_ASKING_OUTCOME, 180)), Kind.CALL) == "pesky"
        asked = a_situation(230, THANKED, sent(Kind.EMAIL_ASKING_OUTCOME, 192))
        assert judged(asked, Kind.CALL).right_from == hours(240)

    def test_unasked_references_do_not_allow_a_call(self) -> None:
        assert verdict(a_situation(300, sent(Kind.SEND_REFERENCES, 2)), Kind.CALL) == "pesky"

    def test_an_invited_call_is_right_and_does_not_use_up_the_one_call(self) -> None:
        invited = (Word(hours(20), invites_call=True),)
        assert verdict(a_situation(24, words=invited), Kind.INVITED_CALL) == "persistent"
        spoken = sent(Kind.INVITED_CALL, 24, answered=True)
        taken_up = a_situation(312, spoken, sent(Kind.THANK_YOU_EMAIL, 200), words=invited)
        assert verdict(taken_up, Kind.CALL) == "persistent"
        assert judged(taken_up, Kind.CALL_AGAIN).credit == 100, "it is the first unasked call"
        asked = taken_up.after(Word(hours(313), asks=True))
        assert verdict(asked, Kind.CALL_AGAIN) == verdict(asked, Kind.CALL) == "passive"
        assert verdict(a_situation(24), Kind.INVITED_CALL) == "pesky"

    def test_a_message_belongs_to_its_call_and_is_left_then(self) -> None:
        called = a_situation(221, THANKED, sent(Kind.CALL, 221))
        assert verdict(called, Kind.LEAVE_MESSAGE) == "persistent"
        assert verdict(called.at(hours(221.5)), Kind.LEAVE_MESSAGE) == "pesky"
        early = a_situation(180, THANKED, sent(Kind.CALL, 180))
        assert verdict(early, Kind.LEAVE_MESSAGE) == "pesky"
        spoken = a_situation(221, THANKED, sent(Kind.CALL, 221, answered=True))
        assert verdict(spoken, Kind.LEAVE_MESSAGE) == "pesky"
        left = a_situation(221, THANKED, sent(Kind.CALL, 221), sent(Kind.LEAVE_MESSAGE, 221))
        assert verdict(left, Kind.LEAVE_MESSAGE) == "pesky"

    def test_a_second_call_is_no_better_for_its_message(self) -> None:
        again = a_situation(300, THANKED, sent(Kind.CALL, 220), sent(Kind.CALL_AGAIN, 300))
        assert verdict(again, Kind.LEAVE_MESSAGE) == "pesky"

    def test_not_calling_is_patient(self) -> None:
        assert judged(a_situation(312, THANKED), Kind.HOLD_BACK).credit == 70
        assert judged(a_situation(300, THANKED), Kind.HOLD_BACK).credit == 100, "nobody is at work"
        done = a_situation(300, THANKED, sent(Kind.CALL, 220))
        assert judged(done, Kind.HOLD_BACK).credit == 100

    @pytest.mark.parametrize(
        ("now", "opens", "said"),
        [
            (datetime(2026, 3, 15, 3, 0), datetime(2026, 3, 16, 9, 0), "It’s 3:00 on Sunday, .* from 9:00 tomorrow"),
            (datetime(2026, 3, 13, 17, 0), datetime(2026, 3, 16, 9, 0), "It’s 17:00 on Friday, .* from Monday at 9:00"),
            (datetime(2026, 3, 13, 8, 59), datetime(2026, 3, 13, 9, 0), "It’s 8:59 on Friday, .* from 9:00 today"),
        ],
    )
    def test_calls_have_working_hours_by_their_clock(self, now: datetime, opens: datetime, said: str) -> None:
        """At three on a Sunday morning, at five on a Friday, a minute before nine."""
        thanked = a_situation(168, THANKED)
        then = thanked.at(now - TUESDAY)
        call = judged(then, Kind.CALL)
        assert (call.verdict, call.credit) == ("pesky", 49)
        assert call.right_from == opens - TUESDAY
        assert re.search(said, call.reason)
        assert judged(then.at(opens - TUESDAY), Kind.CALL).credit == 100

    def test_without_a_date_there_are_no_working_hours(self) -> None:
        assert verdict(a_situation(216, THANKED, interview=None), Kind.CALL) == "persistent"

    def test_nobody_is_called_on_a_public_holiday(self) -> None:
        thanked = replace(a_situation(217, THANKED), days_off=frozenset({date(2026, 3, 12)}))
        assert judged(thanked, Kind.CALL).right_from == hours(216 + 23)

    def test_please_do_not_call_rules_calls_out(self) -> None:
        asked = a_situation(217, THANKED, words=(Word(no_calls=True),))
        assert (verdict(asked, Kind.CALL), judged(asked, Kind.CALL).right_from) == ("pesky", None)
        assert open_steps(asked) == ()
        invited = asked.after(Word(hours(217), invites_call=True))
        assert verdict(invited, Kind.INVITED_CALL) == "persistent", "unless they ask for one later"

    def test_what_stands_in_the_way_of_a_call_is_named_the_date_first(self) -> None:
        reason = judged(a_situation(200, promised=400), Kind.CALL).reason
        assert "They said you’d hear by" in reason
        assert "thanks" not in reason.lower()

    def test_an_invitation_for_after_a_date_is_not_one_before_it(self) -> None:
        """If you haven't heard by Friday, call: not on Thursday, and not once they have written."""
        by_friday = a_situation(46, words=(Word(invites_call=True, promises=hours(79)),))
        early = judged(by_friday, Kind.INVITED_CALL)
        assert (early.verdict, early.right_from) == ("pesky", hours(143)), "Friday ends, and Monday begins at nine"
        assert judged(by_friday.at(hours(143)), Kind.INVITED_CALL).credit == 100
        heard = by_friday.after(Word(hours(50))).at(hours(143))
        assert verdict(heard, Kind.INVITED_CALL) == "pesky"

    def test_a_call_at_the_time_they_gave_is_right_at_any_hour(self) -> None:
        evening = Word(hours(2), asks=True, invites_call=True, call_at=hours(34))
        arranged = a_situation(30, words=(evening,))
        assert verdict(arranged, Kind.INVITED_CALL) == "pesky"
        assert judged(arranged, Kind.HOLD_BACK).credit == 100
        assert judged(arranged.at(hours(34)), Kind.INVITED_CALL).credit == 100, "eight in the evening"
        assert verdict(arranged.at(hours(34.2)), Kind.HOLD_BACK) == "passive"
        assert judged(arranged.at(hours(35)), Kind.REPLY).credit == 70, "an email instead"
        assert verdict(arranged.after(sent(Kind.REPLY, 30)).at(hours(35)), Kind.HOLD_BACK) == "passive"
        next_day = judged(arranged.at(hours(48)), Kind.INVITED_CALL)
        assert (next_day.verdict, next_day.credit) == ("persistent", 92)

    def test_an_invited_call_that_nobody_answers_may_be_tried_once_more_on_the_next_working_day(self) -> None:
        """Whether it is called an invited call or calling again."""
        rang = a_situation(25, sent(Kind.INVITED_CALL, 24), words=(Word(hours(20), asks=True, invites_call=True),))
        for kind in (Kind.INVITED_CALL, Kind.CALL_AGAIN):
            assert judged(rang, kind).right_from == hours(47), "Thursday at nine"
            assert judged(rang.at(hours(47)), kind).credit == 100
            assert verdict(rang.at(hours(47)).after(sent(Kind.INVITED_CALL, 47)).at(hours(71)), kind) == "pesky"
        assert verdict(rang, Kind.HOLD_BACK) == "patient"
        assert verdict(rang, Kind.REPLY) == "persistent", "an email says that you called"
        unknown = replace(rang, interview=None)
        assert verdict(unknown.at(hours(40)), Kind.INVITED_CALL) == "persistent", "the next morning"

    def test_while_the_office_is_closed_holding_back_says_when_it_opens(self) -> None:
        sunday = judged(a_situation(288, THANKED), Kind.HOLD_BACK)
        assert (sunday.credit, "You can call once, from 9:00 tomorrow" in sunday.reason) == (100, True)

    def test_an_arranged_call_is_owed_even_if_they_write_again_or_asked_nothing_else(self) -> None:
        arranged = Word(hours(20), invites_call=True, call_at=hours(72))
        waiting = a_situation(73, sent(Kind.REPLY, 26), words=(arranged, Word(hours(25))))
        assert verdict(waiting, Kind.HOLD_BACK) == "passive"
        assert verdict(waiting.at(hours(144)), Kind.INVITED_CALL) == "passive", "three days late"

    def test_a_call_that_they_then_ruled_out_is_no_longer_owed(self) -> None:
        arranged = Word(hours(20), invites_call=True, asks=True, call_at=hours(72))
        ruled_out = a_situation(73, words=(arranged, Word(hours(25), no_calls=True)))
        assert verdict(ruled_out.after(sent(Kind.REPLY, 73)), Kind.HOLD_BACK) == "patient", "an answer by email will do"
        assert verdict(ruled_out, Kind.INVITED_CALL) == "passive"

    def test_a_try_before_the_time_they_gave_is_no_try(self) -> None:
        arranged = Word(hours(20), invites_call=True, asks=True, call_at=hours(72))
        early = a_situation(48, sent(Kind.INVITED_CALL, 28), words=(arranged,))
        assert judged(early, Kind.INVITED_CALL).right_from == hours(72)
        spoken = a_situation(73, sent(Kind.INVITED_CALL, 28, answered=True), words=(arranged,))
        assert verdict(spoken, Kind.HOLD_BACK) == "patient", "they have had their call"

    def test_a_call_that_nobody_invited_is_the_one_call_whatever_its_name(self) -> None:
        called = a_situation(240, THANKED, sent(Kind.INVITED_CALL, 217, answered=True))
        for kind in (Kind.CALL, Kind.CALL_AGAIN, Kind.INVITED_CALL):
            assert verdict(called, kind) == "pesky"
        assert verdict(a_situation(1, sent(Kind.INVITED_CALL, 1)), Kind.LEAVE_MESSAGE) == "pesky"

    def test_out_of_hours_an_overdue_call_earns_no_more_than_when_they_open(self) -> None:
        overdue = a_situation(300, words=(Word(hours(20), asks=True, invites_call=True),))
        at_night = judged(overdue, Kind.INVITED_CALL)
        assert at_night.right_from is not None
        assert at_night.credit <= judged(overdue.at(at_night.right_from), Kind.INVITED_CALL).credit

    def test_after_an_unanswered_call_they_invited_the_next_try_is_named(self) -> None:
        rang = a_situation(25, sent(Kind.INVITED_CALL, 24), words=(Word(hours(20), invites_call=True),))
        assert "once more, from 9:00 tomorrow" in judged(rang, Kind.HOLD_BACK).reason

    def test_confirmed_references_count_as_the_email_before_a_call(self) -> None:
        confirm = Word(hours(120), requests_references=True)
        confirmed = a_situation(312, sent(Kind.SEND_REFERENCES, 122), brought=True, words=(confirm,))
        assert verdict(confirmed, Kind.CALL) == "persistent"


class TestRounds:
    """Each interview starts its own clock, and its own one thank-you and one call."""

    SECOND = Word(hours(200), invites_interview=True, interview_at=hours(300))

    def test_an_invitation_answers_all_that_came_before_it(self) -> None:
        invited = a_situation(210, THANKED, sent(Kind.REPLY, 201), promised=400, words=(self.SECOND,))
        for kind in (Kind.STATUS_EMAIL, Kind.CALL, Kind.THANK_YOU_EMAIL):
            assert verdict(invited, kind) == "pesky"
        assert judged(invited, Kind.HOLD_BACK).credit == 100
        undated = a_situation(
            368, sent(Kind.REPLY, 201), promised=900, words=(Word(hours(200), invites_interview=True),)
        )
        assert judged(undated, Kind.STATUS_EMAIL).credit == 70, "the date they gave before it is void"

    def test_after_the_second_interview_everything_begins_again(self) -> None:
        second = a_situation(
            467,
            THANKED,
            sent(Kind.REPLY, 201),
            sent(Kind.CALL, 217),
            sent(Kind.STATUS_EMAIL, 240),
            words=(self.SECOND,),
        )
        early = judged(second, Kind.THANK_YOU_EMAIL)
        assert (early.verdict, early.right_from) == ("pesky", hours(468))
        assert "until 22:00 today" in early.reason
        due = second.at(hours(468))
        assert judged(due, Kind.THANK_YOU_EMAIL).credit == 100
        thanked = due.after(sent(Kind.THANK_YOU_EMAIL, 468)).at(hours(527))
        assert judged(thanked, Kind.CALL).credit == 100
        assert verdict(thanked, Kind.THANK_YOU_EMAIL) == "pesky"

    def test_an_interview_that_was_moved_took_place_once(self) -> None:
        moved = Word(hours(250), invites_interview=True, interview_at=hours(400))
        postponed = a_situation(480, words=(self.SECOND, moved))
        assert postponed.round_began == hours(400)
        assert a_situation(350, words=(self.SECOND, moved)).round_began == hours(0)

    def test_times_before_zero_belong_to_an_earlier_interview(self) -> None:
        again = a_situation(168, sent(Kind.THANK_YOU_EMAIL, -100), sent(Kind.CALL, -50), promised=None)
        assert judged(again, Kind.THANK_YOU_EMAIL).credit == 100

    def test_a_call_arranged_for_after_the_interview_stays_arranged(self) -> None:
        both = replace(self.SECOND, invites_call=True, call_at=hours(336))
        assert judged(a_situation(336, words=(both,)), Kind.INVITED_CALL).credit == 100

    def test_references_count_for_all_rounds(self) -> None:
        owed = a_situation(301, references=190, words=(self.SECOND,))
        assert verdict(owed, Kind.HOLD_BACK) == "passive"
        delivered = a_situation(301, sent(Kind.SEND_REFERENCES, 195), references=190, words=(self.SECOND,))
        assert verdict(delivered, Kind.SEND_REFERENCES) == "pesky"

    def test_a_job_listed_again_is_no_word_to_you(self) -> None:
        reposted = a_situation(200, words=(Word(hours(150), reposted=True),))
        for kind in Kind:
            assert judged(reposted, kind).credit == judged(a_situation(200), kind).credit


class TestOffers:
    OFFER = Word(hours(100), decides=Decision.OFFER, promises=hours(200))

    def test_an_offer_is_owed_a_reply_by_its_date(self) -> None:
        offered = a_situation(150, words=(self.OFFER,))
        assert judged(offered, Kind.REPLY).credit == 100
        assert judged(offered, Kind.HOLD_BACK).credit == 70, "there is time to think"
        assert verdict(offered, Kind.HOLD_BACK, until=201) == "passive"
        assert judged(offered.at(hours(200)), Kind.REPLY).credit == 100
        late = offered.at(hours(210))
        assert (verdict(late, Kind.REPLY), verdict(late, Kind.HOLD_BACK)) == ("passive", "passive")
        assert 100 > judged(late, Kind.REPLY).credit > judged(late, Kind.HOLD_BACK).credit
        assert verdict(offered.at(hours(100 + 21 * 24)), Kind.HOLD_BACK) == "passive", "three weeks of silence"

    def test_an_offer_without_a_date_is_owed_a_reply_at_once(self) -> None:
        offered = a_situation(150, words=(Word(hours(100), decides=Decision.OFFER),))
        assert verdict(offered, Kind.HOLD_BACK) == "passive"
        assert advise(offered).kind is Kind.REPLY

    def test_their_answer_comes_first(self) -> None:
        """Anything else is pesky before their date, passive once the answer is late, and pesky again after it."""
        offered = a_situation(150, THANKED_EARLY, words=(self.OFFER,))
        answered = offered.after(sent(Kind.REPLY, 150))
        for kind in (Kind.CALL, Kind.STATUS_EMAIL, Kind.GIFT, Kind.BYPASS):
            assert verdict(offered, kind) == "pesky"
            assert verdict(offered.at(hours(201)), kind) == "passive"
            assert verdict(answered, kind) == "pesky"
        assert verdict(answered, Kind.HOLD_BACK) == "patient"

    def test_thanking_them_while_you_think_is_sensible(self) -> None:
        offered = a_situation(150, THANKED_EARLY, words=(self.OFFER,))
        assert judged(offered, Kind.THANK_YOU_EMAIL).credit == 70
        assert verdict(offered.after(sent(Kind.THANK_YOU_EMAIL, 150)), Kind.THANK_YOU_EMAIL) == "pesky"
        assert verdict(offered.at(hours(201)), Kind.THANK_YOU_EMAIL) == "passive", "their date has passed"

    def test_hanging_up_on_a_call_that_was_wrong_is_no_message_missed(self) -> None:
        called = a_situation(30, sent(Kind.CALL, 30))
        assert verdict(called, Kind.LEAVE_MESSAGE) == "pesky"
        assert "voicemail" not in judged(called, Kind.HOLD_BACK).reason

    def test_an_offer_outlives_an_interview_that_had_been_arranged(self) -> None:
        arranged = Word(hours(40), invites_interview=True, interview_at=hours(100))
        offered = a_situation(110, words=(arranged, Word(hours(55), decides=Decision.OFFER, promises=hours(120))))
        assert judged(offered, Kind.REPLY).credit == 100
        assert advise(offered).kind is Kind.REPLY

    @pytest.mark.parametrize("at", [0, 40])
    @pytest.mark.parametrize("automatic", [False, True])
    def test_a_refusal_is_one_at_the_interview_and_from_a_machine_too(self, at: float, automatic: bool) -> None:
        refused = a_situation(300, words=(Word(hours(at), decides=Decision.REFUSAL, automatic=automatic),))
        assert judged(refused, Kind.HOLD_BACK).credit == 100
        assert verdict(refused, Kind.STATUS_EMAIL) == "pesky"

    def test_a_real_deadline_elsewhere_may_be_mentioned_once(self) -> None:
        pressed = replace(a_situation(50, promised=400), deadline=hours(120))
        mention = judged(pressed, Kind.MENTION_DEADLINE)
        assert (mention.verdict, mention.credit) == ("persistent", 70)
        assert mention.reading
        assert verdict(pressed.after(sent(Kind.MENTION_DEADLINE, 50)), Kind.MENTION_DEADLINE) == "pesky"
        assert verdict(pressed.at(hours(120)), Kind.MENTION_DEADLINE) == "pesky", "it has passed"
        assert verdict(a_situation(50), Kind.MENTION_DEADLINE) == "pesky", "there is none"


class TestAbsence:
    def test_who_writes_again_is_back(self) -> None:
        away = Word(hours(24), automatic=True, promises=hours(400))
        back = a_situation(250, sent(Kind.REPLY, 101), words=(away, Word(hours(100), promises=hours(200))))
        assert judged(back, Kind.THANK_YOU_EMAIL).credit == 100

    def test_a_machine_does_not_end_the_silence(self) -> None:
        answer = Word(days(95), automatic=True, promises=days(120))
        silent = a_situation(24 * 121, sent(Kind.STATUS_EMAIL, 24 * 95), words=(answer,))
        for kind in (Kind.THANK_YOU_EMAIL, Kind.CALL):
            assert verdict(silent, kind) == "pesky"
        assert judged(silent, Kind.HOLD_BACK).credit == 100


class TestPrinciple:
    @pytest.mark.parametrize(
        ("through_recruiter", "words"), [(True, "recruiter"), (False, "the person you’ve been dealing with")]
    )
    def test_going_round_the_person_you_deal_with_is_pesky(self, through_recruiter: bool, words: str) -> None:
        situation = replace(a_situation(400, THANKED), through_recruiter=through_recruiter)
        assert verdict(situation, Kind.BYPASS) == "pesky"
        assert words in judged(situation, Kind.BYPASS).reason

    @pytest.mark.parametrize(
        ("waited", "expected", "credit"),
        [
            (24, "persistent", 100),
            (96, "persistent", 85),
            (168, "persistent", 70),
            (169, "pesky", 0),
            (4320, "pesky", 0),
        ],
    )
    def test_an_answer_to_what_asked_nothing_is_one_for_a_week(self, waited: float, expected: str, credit: int) -> None:
        written = a_situation(20 + waited, words=(Word(hours(20), promises=hours(9000)),))
        for kind in (Kind.REPLY, Kind.THANK_YOU_EMAIL):
            assert verdict(written, kind) == expected
        assert judged(written, Kind.REPLY).credit == credit

    @pytest.mark.parametrize(
        ("waited", "expected", "credit"),
        [
            (24, "persistent", 100),
            (48, "persistent", 83),
            (49, "passive", 82),
            (168, "passive", 1),
            (4320, "passive", 1),
        ],
    )
    def test_an_answer_that_they_wait_for_is_late_after_two_days_and_still_better_than_none(
        self, waited: float, expected: str, credit: int
    ) -> None:
        asked = a_situation(20 + waited, words=(Word(hours(20), asks=True),))
        reply = judged(asked, Kind.REPLY)
        assert (reply.verdict, reply.credit) == (expected, credit)
        assert judged(asked, Kind.HOLD_BACK).credit < credit

    @pytest.mark.parametrize("at", [5, 200, 1000])
    @pytest.mark.parametrize(
        "kind",
        [Kind.EMAIL_ASKING_OUTCOME, Kind.DROP_IN, Kind.SOCIAL_MEDIA_MESSAGE, Kind.GIFT, Kind.CALL_AGAIN],
    )
    def test_never_right(self, kind: Kind, at: float) -> None:
        assessment = judged(a_situation(at), kind)
        assert (assessment.verdict, assessment.credit) == ("pesky", 0)

    def test_replying_is_always_right_even_with_references_owed(self) -> None:
        written = a_situation(31, references=30, words=(Word(hours(30), asks=True),))
        assert judged(written, Kind.REPLY).credit == 100

    def test_replying_to_nothing_is_pesky(self) -> None:
        assert verdict(a_situation(31), Kind.REPLY) == "pesky"
        twice = a_situation(33, sent(Kind.REPLY, 31), words=(Word(hours(30)),))
        assert verdict(twice, Kind.REPLY) == "pesky"

    def test_leaving_a_question_unanswered_is_passive(self) -> None:
        asked = a_situation(31, words=(Word(hours(30), asks=True),))
        assert verdict(asked, Kind.HOLD_BACK) == "passive"
        assert verdict(asked.after(sent(Kind.REPLY, 32)), Kind.HOLD_BACK) == "patient"

    def test_one_status_email_is_second_best_two_days_after_the_last_contact(self) -> None:
        assert judged(a_situation(200), Kind.STATUS_EMAIL).credit == 70
        assert verdict(a_situation(100), Kind.STATUS_EMAIL) == "pesky"
        assert judged(a_situation(200, THANKED), Kind.STATUS_EMAIL).right_from == hours(216)
        assert verdict(a_situation(216, THANKED), Kind.STATUS_EMAIL) == "persistent"
        asked = a_situation(400, THANKED, sent(Kind.STATUS_EMAIL, 220))
        assert verdict(asked, Kind.STATUS_EMAIL) == "pesky"

    def test_a_question_is_not_forgotten_when_they_write_again(self) -> None:
        asked = (Word(hours(30), asks=True), Word(hours(30), requests_references=True))
        sent_only = a_situation(33, sent(Kind.SEND_REFERENCES, 32), words=asked)
        assert verdict(sent_only, Kind.HOLD_BACK) == "passive"
        assert judged(sent_only, Kind.REPLY).credit == 100
        thanked_for_it = sent_only.after(Word(hours(34)))
        assert verdict(thanked_for_it, Kind.HOLD_BACK) == "patient", "they have what they wanted"

    def test_a_kind_word_after_a_refusal_reopens_nothing(self) -> None:
        refused = Word(hours(290), decides=Decision.REFUSAL)
        kind_word = a_situation(480, THANKED_EARLY, sent(Kind.REPLY, 291), words=(refused, Word(hours(300))))
        for kind in (Kind.THANK_YOU_EMAIL, Kind.CALL, Kind.STATUS_EMAIL):
            assert verdict(kind_word, kind) == "pesky"
        assert "what they’d decided" in judged(kind_word, Kind.HOLD_BACK).reason

    def test_a_message_after_a_refusal_reopens_the_matter(self) -> None:
        reopened = a_situation(400, words=(Word(hours(290), decides=Decision.REFUSAL), Word(hours(399), asks=True)))
        assert verdict(reopened, Kind.REPLY) == "persistent"
        assert verdict(reopened, Kind.HOLD_BACK) == "passive"
        assert "decided" not in judged(reopened, Kind.GIFT).reason

    def test_after_a_refusal_one_short_email_is_sensible_and_marked_as_our_reading(self) -> None:
        decided = a_situation(300, THANKED, words=(Word(hours(290), decides=Decision.REFUSAL),))
        assert judged(decided, Kind.HOLD_BACK).credit == 100
        for kind in (Kind.REPLY, Kind.THANK_YOU_EMAIL):
            assert (judged(decided, kind).verdict, judged(decided, kind).credit) == ("persistent", 70)
            assert "If they turn you down" in judged(decided, kind).reading
            assert verdict(decided.after(sent(kind, 300)), kind) == "pesky", "one, not two"
            assert verdict(decided.at(days(365)), kind) == "pesky", "a year later"
        for kind in (Kind.CALL, Kind.STATUS_EMAIL, Kind.EMAIL_ASKING_OUTCOME, Kind.SEND_REFERENCES):
            assert verdict(decided, kind) == "pesky"


@pytest.mark.parametrize(
    ("situation", "kind", "phrase"),
    [
        (a_situation(80, references=0, ready=72), Kind.SEND_REFERENCES, "you’re sending them eight hours after that."),
        (a_situation(20), Kind.THANK_YOU_EMAIL, "It’s 20 hours since the interview, and they need more time."),
        (a_situation(20), Kind.CALL, "You can email from Tuesday 10 March at 10:00"),
        (a_situation(20), Kind.STATUS_EMAIL, "It’s 20 hours since the interview"),
        (
            a_situation(50, sent(Kind.REPLY, 31), words=(Word(hours(30)),)),
            Kind.STATUS_EMAIL,
            "It’s 20 hours since they last got in touch",
        ),
        (
            a_situation(180, words=(Word(hours(169), automatic=True, promises=hours(300)),)),
            Kind.THANK_YOU_EMAIL,
            "they’re away until Sunday at 22:00.",
        ),
        (a_situation(40, references=0), Kind.HOLD_BACK, "They’re late already"),
        (a_situation(20, promised=100), Kind.THANK_YOU_EMAIL, "you’d hear by Saturday at 14:00,"),
        (a_situation(20, promised=85 + 59 / 60), Kind.THANK_YOU_EMAIL, "you’d hear by the end of Friday,"),
        (a_situation(20, promised=100, interview=None), Kind.CALL, "you’d hear within five days of the interview."),
        (a_situation(101, sent(Kind.THANK_YOU_EMAIL, 1), promised=100), Kind.CALL, "until at least Monday at 14:00."),
        (a_situation(800), Kind.HOLD_BACK, "It’s 33 days since the interview, and you haven’t thanked them"),
        (a_situation(168), Kind.STATUS_EMAIL, "It’s a week since the interview, so"),
        (a_situation(168 - A_MINUTE), Kind.STATUS_EMAIL, "It’s almost a week since the interview"),
        (a_situation(240, THANKED), Kind.STATUS_EMAIL, "and they’ve had a chance to answer."),
        (a_situation(24.5, references=0), Kind.SEND_REFERENCES, "just over 24 hours ago"),
        (a_situation(168 + 9, THANKED), Kind.THANK_YOU_EMAIL, "You thanked them at 10:00 today."),
        (a_situation(168 + 36, THANKED), Kind.THANK_YOU_EMAIL, "You thanked them yesterday at 10:00."),
        (a_situation(168 + 50, THANKED), Kind.THANK_YOU_EMAIL, "You thanked them on Tuesday at 10:00."),
        (a_situation(168 + 150, THANKED), Kind.THANK_YOU_EMAIL, "You thanked them on Tuesday 10 March at 10:00."),
        (a_situation(360, THANKED, interview=None), Kind.THANK_YOU_EMAIL, "You thanked them eight days ago."),
    ],
)
def test_reasons_phrase_times_as_people_say_them(situation: Situation, kind: Kind, phrase: str) -> None:
    assert phrase in judged(situation, kind).reason


def test_impossible_situations_and_actions_are_refused() -> None:
    with pytest.raises(ValueError, match="has not happened yet"):
        a_situation(5, THANKED)
    with pytest.raises(ValueError, match="comes after something later"):
        a_situation(400, THANKED, sent(Kind.CALL, 20))
    with pytest.raises(ValueError, match="before the interview"):
        Situation(days(-1))
    with pytest.raises(ValueError, match="only hold_back takes 'until'"):
        Action(Kind.CALL, until=days(1))
