"""What has happened, in words: each contact, each word of theirs and each date is told once, in order."""

from __future__ import annotations

import pytest

from etiquette.judge import Decision, Kind, Word, promised_date, timeline_events, timeline_with_dates
from tests.builders import a_situation, hours, sent


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.HOLD_BACK])
def test_every_kind_of_contact_has_words_of_its_own(kind: Kind) -> None:
    _, event = timeline_events(a_situation(9, sent(kind, 5)))
    assert event.whose == "you"
    assert event.at == hours(5)
    assert event.label.startswith("You ")


def test_a_call_says_whether_anybody_answered() -> None:
    situation = a_situation(9, sent(Kind.CALL, 5), sent(Kind.CALL_AGAIN, 6, answered=True))
    labels = [event.label for event in timeline_events(situation)[1:]]
    assert labels == ["You called, but nobody answered", "You called again, and spoke to them"]


def test_the_interview_tells_what_was_said_and_handed_over_there() -> None:
    assert timeline_events(a_situation(9))[0].label == "Your interview"
    (interview,) = timeline_events(
        a_situation(9, words=(Word(requests_references=True, promises=hours(50)),), brought=True)
    )
    assert interview.whose == "both"
    assert interview.label == (
        "Your interview: they asked for your references and gave you a date, and you handed over your references"
    )


@pytest.mark.parametrize(
    ("word", "label"),
    [
        (Word(hours(5)), "They wrote to you"),
        (Word(hours(5), asks=True), "They asked you a question"),
        (Word(hours(5), no_calls=True), "They asked you not to call"),
        (Word(hours(5), decides=Decision.REFUSAL), "They turned you down"),
        (Word(hours(5), decides=Decision.OFFER, promises=hours(90)), "They offered you the job and gave you a date"),
        (Word(hours(5), asks=True, invites_call=True, call_at=hours(24)), "They asked you to call on Wed 4 Mar 10:00"),
        (
            Word(hours(5), asks=True, invites_interview=True, interview_at=hours(48)),
            "They invited you to another interview on Thu 5 Mar and asked you a question",
        ),
        (
            Word(hours(5), promises=hours(90), invites_call=True),
            "They gave you a date and said to call if you hadn’t heard by then",
        ),
        (Word(hours(5), automatic=True), "You got an automatic reply"),
        (Word(hours(5), automatic=True, promises=hours(90)), "You got an automatic reply that gave a date"),
        (Word(hours(5), reposted=True), "They advertised the job again"),
    ],
)
def test_a_word_of_theirs_is_told_as_what_they_did(word: Word, label: str) -> None:
    _, event = timeline_events(a_situation(9, words=(word,)))
    assert (event.whose, event.label) == ("they", label)


def test_the_next_interview_is_an_event_once_it_has_taken_place() -> None:
    invitation = Word(hours(5), invites_interview=True, interview_at=hours(48))
    assert len(timeline_events(a_situation(47, words=(invitation,)))) == 2
    last = timeline_events(a_situation(49, words=(invitation,)))[-1]
    assert (last.whose, last.at, last.label) == ("both", hours(48), "Your next interview")


def test_the_date_they_gave_and_the_present_stand_among_the_events_in_order() -> None:
    told = timeline_with_dates(a_situation(60, sent(Kind.THANK_YOU_EMAIL, 55), promised=50))
    assert [event.label for event in told[1:]] == ["The date they gave you", "You emailed to thank them", "Now"]
    assert [event.at for event in told] == sorted(event.at for event in told)


def test_an_offer_turns_the_date_into_one_for_your_answer() -> None:
    offer = Word(hours(60), decides=Decision.OFFER, promises=hours(90))
    dated = promised_date(a_situation(70, words=(offer,), promised=50))
    assert dated is not None
    assert (dated.at, dated.label) == (hours(90), "Your answer is due")
    assert promised_date(a_situation(70)) is None
