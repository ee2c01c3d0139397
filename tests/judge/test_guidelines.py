"""Each guideline at its boundaries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from etiquette import Action, Assessment, Kind, Situation, Word, assess
from etiquette.judge import Verdict, open_steps
from tests.builders import FRIDAY, TUESDAY, a_situation, days, hours, sent

A_MINUTE = 1 / 60
MINUTE = timedelta(minutes=1)
THANKED = sent(Kind.THANK_YOU_EMAIL, 168)


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
            (168, "passive", 0),
            (400, "passive", 0),
        ],
    )
    def test_prompt_for_a_day_late_after_two_worthless_after_a_week(
        self, waited: float, expected: str, credit: int
    ) -> None:
        assessment = judged(a_situation(waited, references=0), Kind.SEND_REFERENCES)
        assert (assessment.verdict, assessment.credit) == (expected, credit)

    def test_the_clock_starts_when_they_ask(self) -> None:
        assert judged(a_situation(100, references=80), Kind.SEND_REFERENCES).credit == 100

    @pytest.mark.parametrize(
        ("sent_at", "expected", "credit"),
        [(24, "persistent", 100), (66, "persistent", 100), (68, "persistent", 100), (68 + A_MINUTE, "passive", 69)],
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

    def test_sent_unasked_or_twice_they_are_pesky(self) -> None:
        assert verdict(a_situation(5), Kind.SEND_REFERENCES) == "pesky"
        assert verdict(a_situation(5, references=0, brought=True), Kind.SEND_REFERENCES) == "pesky"
        again = a_situation(9, sent(Kind.SEND_REFERENCES, 2), references=0)
        assert verdict(again, Kind.SEND_REFERENCES) == "pesky"

    def test_if_they_ask_again_the_clock_starts_again(self) -> None:
        again = (Word(hours(100), requests_references=True),)
        asked = a_situation(104, sent(Kind.SEND_REFERENCES, 2), references=0, words=again)
        assert asked.references_owed_since == hours(100)
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
            (24 * 40, "persistent", 100),
        ],
    )
    def test_after_a_week_to_the_minute(self, at: float, expected: str, credit: int) -> None:
        assessment = judged(a_situation(at), Kind.THANK_YOU_EMAIL)
        assert (assessment.verdict, assessment.credit) == (expected, credit)

    def test_if_too_early_it_says_when_it_would_be_right(self) -> None:
        assert judged(a_situation(30), Kind.THANK_YOU_EMAIL).right_from == hours(168)

    @pytest.mark.parametrize("promised", [48, 336])
    def test_a_date_they_gave_replaces_the_week_and_has_to_pass(self, promised: float) -> None:
        assert verdict(a_situation(promised, promised=promised), Kind.THANK_YOU_EMAIL) == "pesky"
        after = a_situation(promised + A_MINUTE, promised=promised)
        assert verdict(after, Kind.THANK_YOU_EMAIL) == "persistent"

    def test_a_new_date_replaces_the_old_one(self) -> None:
        moved = (Word(hours(100), promises=hours(400)),)
        answered = a_situation(300, sent(Kind.REPLY, 101), promised=150, words=moved)
        assert judged(answered, Kind.THANK_YOU_EMAIL).right_from == hours(400) + MINUTE

    def test_the_week_counts_from_when_you_last_heard(self) -> None:
        heard = (Word(hours(100)),)
        answered = a_situation(200, sent(Kind.REPLY, 101), words=heard)
        assert judged(answered, Kind.THANK_YOU_EMAIL).right_from == hours(268)

    def test_an_automatic_reply_does_not_count_as_contact_but_its_date_counts(self) -> None:
        away = (Word(hours(170), automatic=True, promises=hours(300)),)
        assert judged(a_situation(200, words=away), Kind.THANK_YOU_EMAIL).right_from == hours(300) + MINUTE
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
        assert verdict(with_date.at(days(42)), Kind.HOLD_BACK) == "patient"
        assert verdict(with_date.at(days(42) + MINUTE), Kind.HOLD_BACK) == "passive"
        assert verdict(a_situation(31 * 24, promised=14 * 24), Kind.HOLD_BACK) == "passive"

    def test_planning_to_hold_back_for_a_month_is_passive_at_once(self) -> None:
        held = judged(a_situation(144), Kind.HOLD_BACK, until=960)
        assert held.verdict == "passive"
        assert "By then it will be 40 days since the interview" in held.reason
        assert verdict(a_situation(144, promised=1000), Kind.HOLD_BACK, until=960) == "patient"
        assert verdict(a_situation(200, THANKED), Kind.HOLD_BACK, until=960) == "patient"
        assert verdict(a_situation(200, THANKED), Kind.HOLD_BACK, until=10) == "patient", "that time has already passed"


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
        assert "Thursday 10:00" in reason

    def test_not_before_an_email(self) -> None:
        assessment = judged(a_situation(300), Kind.CALL)
        assert assessment.verdict == "pesky"
        assert assessment.right_from == hours(348)

    def test_only_once(self) -> None:
        for answered in (True, False):
            called = a_situation(400, THANKED, sent(Kind.CALL, 300, answered=answered))
            assert verdict(called, Kind.CALL) == "pesky"
            assert verdict(called, Kind.CALL_AGAIN) == "pesky"

    def test_a_date_they_gave_has_to_pass(self) -> None:
        with_date = a_situation(300, THANKED, sent(Kind.REPLY, 251), words=(Word(hours(250), promises=hours(400)),))
        assert judged(with_date, Kind.CALL).right_from == hours(400) + MINUTE
        assert verdict(with_date.at(hours(401)), Kind.CALL) == "persistent"

    def test_the_references_email_counts_from_the_day_a_thank_you_would_be_due(self) -> None:
        referred = a_situation(100, sent(Kind.SEND_REFERENCES, 2), references=0)
        assert verdict(referred, Kind.CALL) == "pesky"
        assert judged(referred, Kind.CALL).right_from == hours(168)
        assert verdict(referred.at(hours(168)), Kind.CALL) == "persistent"

    def test_references_sent_on_the_last_day_still_need_two_days(self) -> None:
        late = a_situation(180, sent(Kind.SEND_REFERENCES, 160), references=0)
        assert judged(late, Kind.CALL).right_from == hours(208)

    def test_thanks_sent_too_early_count_only_from_the_day_they_would_be_due(self) -> None:
        early = a_situation(170, sent(Kind.THANK_YOU_EMAIL, 1))
        assert judged(early, Kind.CALL).right_from == hours(216)
        assert verdict(early.at(hours(216)), Kind.CALL) == "persistent"
        before_the_date = a_situation(380, sent(Kind.THANK_YOU_EMAIL, 170), promised=336)
        assert judged(before_the_date, Kind.CALL).right_from == hours(384)
        assert verdict(before_the_date.at(hours(384)), Kind.CALL) == "persistent"

    def test_early_thanks_do_not_take_back_the_call_that_the_references_allow(self) -> None:
        both = a_situation(190, sent(Kind.SEND_REFERENCES, 2), sent(Kind.THANK_YOU_EMAIL, 70), references=0)
        assert verdict(both, Kind.CALL) == "persistent"
        just_thanked = a_situation(190, sent(Kind.SEND_REFERENCES, 2), sent(Kind.THANK_YOU_EMAIL, 170), references=0)
        assert judged(just_thanked, Kind.CALL).right_from == hours(218)

    def test_an_email_asking_for_the_outcome_does_not_allow_a_call(self) -> None:
        assert verdict(a_situation(300, sent(Kind.EMAIL_ASKING_OUTCOME, 180)), Kind.CALL) == "pesky"
        asked = a_situation(230, THANKED, sent(Kind.EMAIL_ASKING_OUTCOME, 200))
        assert judged(asked, Kind.CALL).right_from == hours(248)

    def test_unasked_references_do_not_allow_a_call(self) -> None:
        assert verdict(a_situation(300, sent(Kind.SEND_REFERENCES, 2)), Kind.CALL) == "pesky"

    def test_an_invited_call_is_right_and_does_not_use_up_the_one_call(self) -> None:
        invited = (Word(hours(20), invites_call=True),)
        assert verdict(a_situation(21, words=invited), Kind.INVITED_CALL) == "persistent"
        taken_up = a_situation(300, sent(Kind.INVITED_CALL, 21), sent(Kind.THANK_YOU_EMAIL, 200), words=invited)
        assert verdict(taken_up, Kind.CALL) == "persistent"
        assert judged(taken_up, Kind.CALL_AGAIN).credit == 100, "it is the first unasked call"
        asked = taken_up.after(Word(hours(301), asks=True))
        assert verdict(asked, Kind.CALL_AGAIN) == verdict(asked, Kind.CALL) == "passive"
        assert verdict(a_situation(21), Kind.INVITED_CALL) == "pesky"

    def test_a_message_belongs_to_its_call(self) -> None:
        called = a_situation(220, THANKED, sent(Kind.CALL, 220))
        assert verdict(called, Kind.LEAVE_MESSAGE) == "persistent"
        assert verdict(called.at(hours(221)), Kind.LEAVE_MESSAGE) == "pesky"
        early = a_situation(180, THANKED, sent(Kind.CALL, 180))
        assert verdict(early, Kind.LEAVE_MESSAGE) == "pesky"
        spoken = a_situation(220, THANKED, sent(Kind.CALL, 220, answered=True))
        assert verdict(spoken, Kind.LEAVE_MESSAGE) == "pesky"
        left = a_situation(220, THANKED, sent(Kind.CALL, 220), sent(Kind.LEAVE_MESSAGE, 220))
        assert verdict(left, Kind.LEAVE_MESSAGE) == "pesky"

    def test_a_second_call_is_no_better_for_its_message(self) -> None:
        again = a_situation(300, THANKED, sent(Kind.CALL, 220), sent(Kind.CALL_AGAIN, 300))
        assert verdict(again, Kind.LEAVE_MESSAGE) == "pesky"

    def test_not_calling_is_patient(self) -> None:
        assert judged(a_situation(300, THANKED), Kind.HOLD_BACK).credit == 70
        done = a_situation(300, THANKED, sent(Kind.CALL, 220))
        assert judged(done, Kind.HOLD_BACK).credit == 100


class TestPrinciple:
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

    def test_a_message_after_a_refusal_reopens_the_matter(self) -> None:
        reopened = a_situation(400, words=(Word(hours(290), decides=True), Word(hours(399), asks=True)))
        assert verdict(reopened, Kind.REPLY) == "persistent"
        assert verdict(reopened, Kind.HOLD_BACK) == "passive"
        assert "how it ended" not in judged(reopened, Kind.GIFT).reason

    def test_once_they_have_decided_only_a_reply_is_right(self) -> None:
        decided = a_situation(300, THANKED, words=(Word(hours(290), decides=True),))
        assert verdict(decided, Kind.REPLY) == "persistent"
        assert verdict(decided, Kind.HOLD_BACK) == "patient"
        for kind in (Kind.CALL, Kind.STATUS_EMAIL, Kind.EMAIL_ASKING_OUTCOME, Kind.SEND_REFERENCES):
            assert verdict(decided, kind) == "pesky"


@pytest.mark.parametrize(
    ("situation", "kind", "phrase"),
    [
        (a_situation(80, references=0, ready=72), Kind.SEND_REFERENCES, "8 hours after you had them to give"),
        (a_situation(20), Kind.THANK_YOU_EMAIL, "It is 20 hours since the interview."),
        (
            a_situation(50, sent(Kind.REPLY, 31), words=(Word(hours(30)),)),
            Kind.THANK_YOU_EMAIL,
            "It is 20 hours since they last got in touch.",
        ),
        (
            a_situation(180, words=(Word(hours(169), automatic=True, promises=hours(300)),)),
            Kind.THANK_YOU_EMAIL,
            "Their notice says Sunday 22:00.",
        ),
        (a_situation(40, references=0), Kind.HOLD_BACK, "They are late already"),
        (a_situation(20, promised=100), Kind.THANK_YOU_EMAIL, "They named a date, Saturday 14:00,"),
        (a_situation(101, sent(Kind.THANK_YOU_EMAIL, 1), promised=100), Kind.CALL, "until Monday 14:00."),
        (a_situation(20, promised=100), Kind.CALL, "a call not before Monday 14:00."),
        (a_situation(800), Kind.HOLD_BACK, "It is 33 days since the interview, without a word of thanks"),
        (a_situation(168), Kind.STATUS_EMAIL, "and it is a week since the interview."),
        (a_situation(20), Kind.STATUS_EMAIL, "It is 20 hours since the interview."),
        (a_situation(240, THANKED), Kind.STATUS_EMAIL, "it is 3 days since you were last in touch."),
        (a_situation(24.5, references=0), Kind.SEND_REFERENCES, "24 hours 30 minutes ago"),
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
