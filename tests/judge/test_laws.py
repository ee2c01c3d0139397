"""Properties of the judge, tested with generated situations."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from etiquette import Action, Contact, Kind, Situation, Word, advise, assess
from etiquette.judge import RIGHT, Decision, Thresholds, Verdict, open_steps, policies, wait_before_call
from etiquette.judge.reasons_thanks import THANKS_IN_ANSWER
from tests.builders import a_situation

MINUTE = timedelta(minutes=1)
MINUTES = st.integers(0, 60 * 24 * 120).map(lambda minutes: timedelta(minutes=minutes))
HAS_BEEN = ("ago", "from", "when", "hours", "for", "lasting")  # formats for the time of an event
ZONES = st.sampled_from([None, *map(ZoneInfo, ("Europe/London", "America/New_York", "Australia/Lord_Howe"))])


@st.composite
def words(draw: st.DrawFn) -> Word:
    """Something that the employer said or wrote."""
    at = draw(MINUTES)
    later = st.none() | MINUTES.map(lambda length: at + MINUTE + length)
    invites_call, invites_interview = draw(st.booleans()), draw(st.sampled_from([False, False, False, True]))
    return Word(
        at,
        requests_references=draw(st.booleans()),
        promises=draw(later),
        asks=draw(st.booleans()),
        invites_call=invites_call,
        call_at=draw(later) if invites_call else None,
        no_calls=draw(st.sampled_from([False, False, False, True])),
        decides=draw(st.sampled_from([None, None, None, *Decision])),
        invites_interview=invites_interview,
        interview_at=draw(later) if invites_interview else None,
        automatic=draw(st.sampled_from([False, False, True])),
        reposted=draw(st.sampled_from([False, False, False, True])),
    )


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    """Something that the candidate did."""
    kinds = [kind for kind in Kind if kind is not Kind.HOLD_BACK]
    return Contact(draw(st.sampled_from(kinds)), draw(MINUTES), draw(st.booleans()))


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Any valid situation."""
    now, date_known, zone = draw(MINUTES), draw(st.booleans()), draw(ZONES)
    day = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(
        lambda when: when.replace(second=0, microsecond=0)
    )
    return Situation(
        now=now,
        words=tuple(sorted((w for w in draw(st.lists(words(), max_size=3)) if w.at <= now), key=lambda w: w.at)),
        contacts=tuple(sorted((c for c in draw(st.lists(contacts(), max_size=4)) if c.at <= now), key=lambda c: c.at)),
        interview=draw(day).replace(tzinfo=zone) if date_known else None,
        references_brought=draw(st.booleans()),
        references_ready=tuple(draw(st.lists(MINUTES, min_size=1, max_size=3))),
        interviewers=draw(st.integers(1, 3)),
        deadline=draw(st.none() | MINUTES),
    )


def credit(situation: Situation, kind: Kind) -> int:
    return assess(situation, Action(kind)).credit


@given(situations())
@settings(max_examples=200)
def test_every_action_in_every_situation_has_one_verdict_with_a_reason(situation: Situation) -> None:
    """The reason is a whole sentence. Right means at least second best; pesky, less than half.

    Only what is owed can be late, and so passive, with much credit.
    """
    for kind in Kind:
        assessment = assess(situation, Action(kind))
        assert 0 <= assessment.credit <= 100
        assert assessment.verdict in set(Verdict)
        assert assessment.reason[0].isupper()
        assert assessment.reason.endswith(".")
        assert "{" not in assessment.reason + assessment.reading
        assert assessment.verdict is not Verdict.PESKY or assessment.credit < 50
        owed = kind in (Kind.SEND_REFERENCES, Kind.REPLY, Kind.INVITED_CALL, Kind.CALL_AGAIN)
        assert (assessment.credit >= 70) == (assessment.verdict in RIGHT) or (owed and assessment.verdict == "passive")


@given(situations(), st.sampled_from(Kind))
def test_contact_is_never_patient_and_holding_back_is_never_pesky(situation: Situation, kind: Kind) -> None:
    verdict = assess(situation, Action(kind)).verdict
    if kind is Kind.HOLD_BACK:
        assert verdict in (Verdict.PATIENT, Verdict.PASSIVE)
    else:
        assert verdict is not Verdict.PATIENT


@given(situations(), st.sampled_from([Kind.THANK_YOU_EMAIL, Kind.CALL, Kind.STATUS_EMAIL]), MINUTES)
def test_acting_even_earlier_than_allowed_never_earns_more(
    situation: Situation, kind: Kind, earlier: timedelta
) -> None:
    """Between the last event and the first right moment, acting sooner never earns more credit."""
    assessment = assess(situation, Action(kind))
    if assessment.verdict is not Verdict.PESKY or assessment.right_from is None:
        return
    events: tuple[Word | Contact, ...] = (*situation.words, *situation.contacts)
    last = max((situation.round_began, *(each.at for each in events)))
    before = assess(situation.at(max(last, situation.now - earlier)), Action(kind))
    in_answer = before.decisive.template is THANKS_IN_ANSWER
    assert before.credit <= assessment.credit or in_answer


@given(situations(), st.sampled_from([Kind.THANK_YOU_EMAIL, Kind.CALL, Kind.STATUS_EMAIL]))
def test_right_from_is_right_and_a_minute_before_is_not(situation: Situation, kind: Kind) -> None:
    """`right_from` is the first right moment; a call also needs an email before it."""
    right_from = assess(situation, Action(kind)).right_from
    if right_from is None:
        return
    if kind is Kind.CALL and wait_before_call(situation, Thresholds()) is None:
        written = max(situation.now, right_from - timedelta(hours=48))
        situation = situation.at(written).after(Contact(Kind.THANK_YOU_EMAIL, written))
    then = assess(situation.at(right_from), Action(kind))
    later = situation.at(right_from)
    owed = later.references_owed_since is not None or later.answer_owed is not None
    assert then.verdict is Verdict.PERSISTENT or owed
    assert assess(situation.at(right_from - timedelta(minutes=1)), Action(kind)).verdict is not Verdict.PERSISTENT


@given(situations(), MINUTES)
def test_a_second_call_never_earns_more_than_the_first(situation: Situation, later: timedelta) -> None:
    called = situation.after(Contact(Kind.CALL, situation.now)).at(situation.now + later)
    assert credit(called, Kind.CALL) <= credit(situation.at(situation.now + later), Kind.CALL)
    assert credit(called, Kind.CALL_AGAIN) == 0


@given(st.integers(0, 200), st.integers(0, 200))
def test_references_never_earn_more_when_sent_later(sooner: int, later: int) -> None:
    waited = sorted((sooner, later))
    first, second = (credit(a_situation(at, references=0), Kind.SEND_REFERENCES) for at in waited)
    assert first >= second


@given(st.integers(1, 24 * 40))
def test_sending_what_is_owed_always_beats_holding_it_back(at: int) -> None:
    owed = a_situation(at, references=0)
    assert credit(owed, Kind.SEND_REFERENCES) >= credit(owed, Kind.HOLD_BACK)


@given(situations(), st.sampled_from(Kind))
def test_the_year_makes_no_difference(situation: Situation, kind: Kind) -> None:
    """A situation moved by 52 weeks is judged the same, where no clocks change."""
    if situation.interview is None or situation.interview.tzinfo:
        return
    moved = replace(situation, interview=situation.interview + timedelta(weeks=52))
    before, after = assess(situation, Action(kind)), assess(moved, Action(kind))
    assert (before.verdict, before.credit, before.guideline) == (after.verdict, after.credit, after.guideline)


# No contradictions


@given(situations())
@settings(max_examples=300)
def test_if_holding_back_is_passive_then_a_step_earns_more_and_if_it_is_late_less_than_full(s: Situation) -> None:
    held = assess(s, Action(Kind.HOLD_BACK))
    if held.verdict is not Verdict.PASSIVE:
        return
    step = assess(s, Action(open_steps(s)[0]))
    assert step.credit > held.credit
    late = step.verdict is Verdict.PASSIVE or step.guideline == "thank-you"
    assert not late or step.credit < 100


@given(situations(), st.sampled_from(sorted(policies())))
@settings(max_examples=300)
def test_what_is_advised_is_right_or_at_least_better_than_holding_back(s: Situation, policy: str) -> None:
    advised = assess(s, advice := advise(s, policies()[policy]), policies()[policy])
    held = assess(s, Action(Kind.HOLD_BACK), policies()[policy])
    assert advised.verdict in RIGHT or (advice.kind is not Kind.HOLD_BACK and advised.credit > held.credit)


@given(situations(), st.sampled_from(Kind))
@settings(max_examples=300)
def test_within_a_verdict_credit_has_no_cliff(s: Situation, kind: Kind) -> None:
    """From one minute to the next it changes by two at most, while the reason is the same."""
    now, next_minute = assess(s, Action(kind)), assess(s.at(s.now + MINUTE), Action(kind))
    if now.decisive.template == next_minute.decisive.template:
        assert abs(now.credit - next_minute.credit) <= 2


@given(situations(), st.sampled_from([Kind.THANK_YOU_EMAIL, Kind.CALL, Kind.STATUS_EMAIL, Kind.INVITED_CALL]))
@settings(max_examples=300)
def test_a_minute_short_of_a_wait_earns_almost_fifty(s: Situation, kind: Kind) -> None:
    """If the wait has begun: it has not for a call if there was no email, nor before another interview.

    What is overdue earns no more at night than when the office opens.
    """
    s = replace(s, interviewers=1)
    early = assess(s, Action(kind))
    if early.right_from is None or early.verdict is not Verdict.PESKY:
        return
    if dict(early.decisive.times)["since"] >= s.now:
        return
    almost = assess(s.at(max(s.now, early.right_from - MINUTE)), Action(kind))
    if almost.verdict is Verdict.PESKY and early.right_from - s.now > timedelta(days=1):
        assert almost.credit >= min(45, assess(s.at(early.right_from), Action(kind)).credit)


@given(situations(), st.sampled_from(Kind))
@settings(max_examples=400)
def test_a_reason_mentions_no_event_that_is_not_the_cause(s: Situation, kind: Kind) -> None:
    """Without the email, call or word whose time it gives, a wrong step would be judged otherwise."""
    wrong = assess(s, Action(kind))
    if wrong.verdict in RIGHT:
        return
    finding = wrong.decisive
    no_events = (timedelta(0), s.round_began, *s.references_ready)
    for name, time in finding.times:
        told = any(f"{{{name}:{spec}}}" in text for text in finding.template.wordings for spec in HAS_BEEN)
        if not told or name in ("deadline", "due") or time in no_events:
            continue
        without = replace(
            s,
            contacts=tuple(each for each in s.contacts if each.at != time),
            words=tuple(each for each in s.words if each.at != time),
        )
        if without != s:
            other = assess(without, Action(kind))
            assert (other.decisive.times, other.verdict) != (finding.times, wrong.verdict)
