"""Properties of the judge and of runs, tested with generated situations and choices."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from etiquette import Action, Contact, Kind, Situation, Word, assess
from etiquette.judge import RIGHT, Thresholds, Verdict, wait_before_call
from etiquette.stories import Run, Scenario, library
from tests.builders import a_situation

MINUTES = st.integers(0, 60 * 24 * 45).map(lambda minutes: timedelta(minutes=minutes))
SCENARIOS = library()


@st.composite
def words(draw: st.DrawFn) -> Word:
    """Something that the employer said or wrote."""
    at = draw(MINUTES)
    promised = draw(st.none() | MINUTES.map(lambda later: at + timedelta(minutes=1) + later))
    return Word(
        at,
        requests_references=draw(st.booleans()),
        promises=promised,
        asks=draw(st.booleans()),
        invites_call=draw(st.booleans()),
        decides=draw(st.sampled_from([False, False, False, True])),
        automatic=draw(st.sampled_from([False, False, True])),
    )


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    """Something that the candidate did."""
    kinds = [kind for kind in Kind if kind is not Kind.HOLD_BACK]
    return Contact(draw(st.sampled_from(kinds)), draw(MINUTES), draw(st.booleans()))


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Any valid situation."""
    now = draw(MINUTES)
    return Situation(
        now=now,
        words=tuple(sorted((w for w in draw(st.lists(words(), max_size=3)) if w.at <= now), key=lambda w: w.at)),
        contacts=tuple(sorted((c for c in draw(st.lists(contacts(), max_size=4)) if c.at <= now), key=lambda c: c.at)),
        interview=draw(st.none() | st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1))),
        references_brought=draw(st.booleans()),
        references_ready=draw(MINUTES),
    )


def credit(situation: Situation, kind: Kind) -> int:
    return assess(situation, Action(kind)).credit


@given(situations())
@settings(max_examples=200)
def test_every_action_in_every_situation_has_one_verdict_with_a_reason(situation: Situation) -> None:
    """The reason is a whole sentence that names a time. Right means at least second best; pesky, less than half."""
    for kind in Kind:
        assessment = assess(situation, Action(kind))
        assert 0 <= assessment.credit <= 100
        assert assessment.verdict in set(Verdict)
        assert assessment.reason[0].isupper()
        assert assessment.reason.endswith(".")
        assert "{" not in assessment.reason + assessment.reading
        assert re.search(r"\d|a week|a moment", assessment.reason), "the reason names no time"
        assert assessment.verdict is not Verdict.PESKY or assessment.credit < 50
        assert kind is Kind.SEND_REFERENCES or (assessment.credit >= 70) == (assessment.verdict in RIGHT)


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
    last = max((timedelta(0), *(word.at for word in situation.words), *(contact.at for contact in situation.contacts)))
    before = max(last, situation.now - earlier)
    assert credit(situation.at(before), kind) <= assessment.credit


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
    owed = situation.at(right_from).references_owed_since is not None
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
    """A situation moved by 52 weeks is judged the same."""
    if situation.interview is None:
        return
    moved = replace(situation, interview=situation.interview + timedelta(weeks=52))
    before, after = assess(situation, Action(kind)), assess(moved, Action(kind))
    assert (before.verdict, before.credit, before.guideline) == (after.verdict, after.credit, after.guideline)


@given(st.sampled_from(sorted(SCENARIOS)), st.lists(st.integers(0, 4), min_size=12, max_size=12))
@settings(max_examples=200)
def test_names_and_wording_do_not_affect_the_judgement(name: str, picks: list[int]) -> None:
    scenario = SCENARIOS[name]
    renamed = replace(scenario, candidate="A", employer="B", job="C", title="D", story="E")
    for original, changed in zip(played(scenario, picks).decisions, played(renamed, picks).decisions, strict=True):
        assert original.assessment == changed.assessment


@given(st.sampled_from(sorted(SCENARIOS)), st.lists(st.integers(0, 4), min_size=12, max_size=12))
@settings(max_examples=200)
def test_every_path_ends_with_a_standing_from_0_to_100(name: str, picks: list[int]) -> None:
    run = played(SCENARIOS[name], picks)
    assert run.over
    assert all(0 <= decision.standing <= 100 for decision in run.decisions)
    assert run.failed or run.passages[-1].kind == "ending"


def played(scenario: Scenario, picks: list[int], run: Run | None = None) -> Run:
    """The run after these picks, each modulo the number of choices, or until the run is over."""
    run = run or Run.start(scenario)
    for pick in picks:
        if run.moment is not None:
            run = run.choose(pick % len(run.moment.choices))
    return run


def test_nagging_twice_in_a_row_ends_the_run() -> None:
    run = Run.start(SCENARIOS["the-quiet-week"])
    assert run.standing == 60
    nagged = run.choose(2).choose(1)
    assert nagged.standing == 0
    assert nagged.failed


def test_a_step_left_open_at_the_end_costs_twenty() -> None:
    run = played(SCENARIOS["the-quiet-week"], [1, 2, 2, 1, 2])
    assert run.over
    assert run.left_open == (Kind.THANK_YOU_EMAIL,)
    assert run.standing == 40
