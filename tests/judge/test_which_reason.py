"""Which reason is given where one verdict has several causes: each tells the learner what fits their own case."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from etiquette import Action, Kind, Situation, assess
from etiquette.judge import GUIDELINE_SENTENCES, Decision, Word, policies
from etiquette.judge import reasons_calling as on_calls
from etiquette.judge import reasons_principle as on_contact
from etiquette.judge import reasons_references as on_references
from etiquette.judge import reasons_thanks as on_thanks
from etiquette.judge import reasons_waiting as on_waiting
from etiquette.judge.reasons import Reason
from tests.builders import a_situation, hours, sent

A_CALL, CALL, STATUS, HOLD_BACK = Kind.INVITED_CALL, Kind.CALL, Kind.STATUS_EMAIL, Kind.HOLD_BACK
REFERENCES, THANKS, REPLY = Kind.SEND_REFERENCES, Kind.THANK_YOU_EMAIL, Kind.REPLY
OFFER = a_situation(60, words=(Word(hours(50), decides=Decision.OFFER, promises=hours(90)),))
OPEN_OFFER = a_situation(60, words=(Word(hours(50), decides=Decision.OFFER),))
REFUSED = a_situation(60, words=(Word(hours(50), decides=Decision.REFUSAL),))
ANSWERED_OFFER, ANSWERED_REFUSAL = OFFER.after(sent(REPLY, 70)), REFUSED.after(sent(REPLY, 70))
NEWS_ANSWERED = a_situation(80, sent(REPLY, 55), words=(Word(hours(50)),))
ASKED = a_situation(60, words=(Word(hours(50), asks=True),))
CALL_WANTED = a_situation(50, words=(Word(hours(48), asks=True, invites_call=True),))
ARRANGED = a_situation(50, words=(Word(hours(48), asks=True, invites_call=True, call_at=hours(77)),))
IF_SILENT = a_situation(50, words=(Word(promises=hours(77), invites_call=True),))
MISSED = CALL_WANTED.after(sent(A_CALL, 50))


@pytest.mark.parametrize(
    ("situation", "kind", "reason"),
    [
        (OFFER, REFERENCES, on_waiting.OFFER_FIRST_BY),
        (OFFER, STATUS, on_waiting.OFFER_FIRST_BY),
        (OFFER, CALL, on_waiting.OFFER_FIRST_BY),
        (OFFER.after(sent(THANKS, 61)), THANKS, on_waiting.OFFER_FIRST_BY),
        (OFFER.at(hours(91)), REFERENCES, on_waiting.OFFER_FIRST),
        (OPEN_OFFER, REFERENCES, on_waiting.OFFER_FIRST),
        (ANSWERED_OFFER, REFERENCES, on_contact.OFFER_ANSWERED),
        (ANSWERED_OFFER, STATUS, on_contact.OFFER_ANSWERED),
        (ANSWERED_OFFER, REPLY, on_contact.OFFER_ANSWERED),
        (ANSWERED_OFFER, HOLD_BACK, on_waiting.OFFER_SETTLED),
        (REFUSED, REFERENCES, on_contact.THEY_HAVE_DECIDED),
        (REFUSED, STATUS, on_contact.THEY_HAVE_DECIDED),
        (ANSWERED_REFUSAL, REPLY, on_contact.THEY_HAVE_DECIDED),
        (REFUSED.at(hours(400)), REPLY, on_contact.THEY_HAVE_DECIDED),
        (REFUSED, HOLD_BACK, on_waiting.DECISION_MADE),
    ],
)
def test_an_offer_wants_an_answer_and_only_a_refusal_ends_the_matter(
    situation: Situation, kind: Kind, reason: Reason
) -> None:
    assert assess(situation, Action(kind)).decisive.template is reason


@pytest.mark.parametrize("kind", [Kind.CALL_AGAIN, Kind.LEAVE_MESSAGE])
def test_after_a_refusal_nobody_is_told_to_wait_for_a_call_back(kind: Kind) -> None:
    called = a_situation(260, sent(THANKS, 170), sent(CALL, 220), words=(Word(hours(250), decides=Decision.REFUSAL),))
    assert assess(called, Action(kind)).decisive.template is on_contact.THEY_HAVE_DECIDED


def test_a_reply_to_nothing_differs_from_a_second_reply() -> None:
    assert assess(a_situation(50), Action(REPLY)).decisive.template is on_contact.NOTHING_TO_REPLY_TO
    assert assess(NEWS_ANSWERED, Action(REPLY)).decisive.template is on_contact.ALREADY_ANSWERED


@pytest.mark.parametrize(
    ("situation", "kind", "reason"),
    [
        (CALL_WANTED, STATUS, on_waiting.CALL_FIRST),
        (CALL_WANTED, REFERENCES, on_waiting.CALL_FIRST),
        (CALL_WANTED, HOLD_BACK, on_waiting.CALL_OWED),
        (CALL_WANTED, REPLY, on_contact.REPLY_TO_INVITATION),
        (ARRANGED, STATUS, on_waiting.BEFORE_THE_CALL),
        (ARRANGED, CALL, on_waiting.BEFORE_THE_CALL),
        (ARRANGED, REPLY, on_contact.REPLY_TO_INVITATION),
        (ARRANGED, A_CALL, on_calls.CALL_INVITED_TOO_SOON),
        (ARRANGED, HOLD_BACK, on_waiting.CALL_ARRANGED),
        (ARRANGED.at(hours(77)), STATUS, on_waiting.CALL_FIRST),
        (ARRANGED.at(hours(77)), HOLD_BACK, on_waiting.CALL_OWED),
        (IF_SILENT, A_CALL, on_calls.CALL_INVITED_IF_SILENT),
        (IF_SILENT, STATUS, on_contact.STATUS_BEFORE_THE_DATE),
        (IF_SILENT.at(hours(77)), A_CALL, on_calls.CALL_INVITED),
        (IF_SILENT.at(hours(77)), HOLD_BACK, on_calls.CALL_INVITED_OPEN),
        (IF_SILENT.at(hours(84)), HOLD_BACK, on_thanks.THANKS_OPEN),
        (MISSED.at(hours(55)), HOLD_BACK, on_waiting.TRY_ONCE_MORE),
        (MISSED.at(hours(71)), HOLD_BACK, on_waiting.TRY_AGAIN_NOW),
        (ASKED, STATUS, on_waiting.ANSWER_FIRST),
        (ASKED, HOLD_BACK, on_waiting.ANSWER_OWED),
        (ASKED.at(hours(50)), HOLD_BACK, on_waiting.ANSWER_DUE),
    ],
)
def test_where_they_want_a_call_the_learner_is_told_to_call(situation: Situation, kind: Kind, reason: Reason) -> None:
    """At the time they gave, if they gave one; where they asked a question, the learner is told to answer."""
    assert assess(situation, Action(kind)).decisive.template is reason


def test_holding_back_past_their_time_says_what_would_be_missed() -> None:
    def planned(situation: Situation) -> Reason:
        return assess(situation, Action(HOLD_BACK, hours(300))).decisive.template

    assert planned(OFFER) is on_waiting.ANSWER_OWED_BY_THEN
    assert planned(ARRANGED) is on_waiting.CALL_MISSED_BY_THEN
    at_night = replace(CALL_WANTED, now=hours(60), words=(Word(hours(59), asks=True, invites_call=True),))
    assert planned(at_night) is on_waiting.CALL_OWED_BY_THEN


def test_a_reason_for_several_referees_counts_none_of_them() -> None:
    some = a_situation(5, references=0, ready=(0, 72))
    assessment = assess(some, Action(REFERENCES))
    assert assessment.decisive.template is on_references.REFERENCES_SOME
    assert not any("others" in wording or "one more" in wording for wording in assessment.wordings)


def test_what_is_said_under_every_policy_names_no_numbers() -> None:
    for sentence in GUIDELINE_SENTENCES.values():
        assert not re.search(r"\d|\b(two|week|day|days|hours?)\b", sentence)


@pytest.mark.parametrize("policy", sorted(policies()))
def test_a_status_email_is_explained_without_a_thank_you_that_is_due_at_once(policy: str) -> None:
    assessment = assess(a_situation(50), Action(STATUS), policies()[policy])
    assert "a week" in assessment.reading
    assert "would be due" not in assessment.reading
