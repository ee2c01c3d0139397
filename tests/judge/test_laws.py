"""The laws of the judge and of a run, held against situations that hypothesis makes up."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from etiquette import Action, Contact, Kind, Situation, Word, assess
from etiquette.judge import Thresholds, Verdict, wait_before_call
from etiquette.stories import Run, Scenario, library
from tests.builders import a_situation, hours, sent

MINUTES = some.integers(0, 60 * 24 * 45).map(lambda minutes: timedelta(minutes=minutes))
SCENARIOS = library()


@some.composite
def words(draw: some.DrawFn) -> Word:
    """Something that the employer said or wrote."""
    at = draw(MINUTES)
    promised = draw(some.none() | MINUTES.map(lambda later: at + timedelta(minutes=1) + later))
    return Word(
        at,
        requests_references=draw(some.booleans()),
        promises=promised,
        asks=draw(some.booleans()),
        invites_call=draw(some.booleans()),
        decides=draw(some.sampled_from([False, False, False, True])),
        automatic=draw(some.sampled_from([False, False, True])),
    )


@some.composite
def contacts(draw: some.DrawFn) -> Contact:
    """Something that the candidate did."""
    kinds = [kind for kind in Kind if kind is not Kind.HOLD_BACK]
    return Contact(draw(some.sampled_from(kinds)), draw(MINUTES), draw(some.booleans()))


@some.composite
def situations(draw: some.DrawFn) -> Situation:
    """Any situation at all."""
    now = draw(MINUTES)
    return Situation(
        now=now,
        words=tuple(sorted((w for w in draw(some.lists(words(), max_size=3)) if w.at <= now), key=lambda w: w.at)),
        contacts=tuple(
            sorted((c for c in draw(some.lists(contacts(), max_size=4)) if c.at <= now), key=lambda c: c.at)
        ),
        interview=draw(some.none() | some.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1))),
        references_brought=draw(some.booleans()),
        references_ready=draw(MINUTES),
    )


def credit(situation: Situation, kind: Kind) -> int:
    return assess(situation, Action(kind)).credit


@given(situations(), some.sampled_from(Kind))
def test_every_action_in_every_situation_has_one_verdict_with_a_reason(situation: Situation, kind: Kind) -> None:
    assessment = assess(situation, Action(kind))
    assert 0 <= assessment.credit <= 100
    assert assessment.verdict in set(Verdict)
    assert assessment.reason.endswith(".")
    assert "{" not in assessment.reason + assessment.reading
    assert re.search(r"\d|a week|a moment", assessment.reason), "no time of this situation is in it"


@given(situations(), some.sampled_from(Kind))
def test_contact_is_never_called_patient_and_holding_back_is_never_called_pesky(
    situation: Situation, kind: Kind
) -> None:
    verdict = assess(situation, Action(kind)).verdict
    if kind is Kind.HOLD_BACK:
        assert verdict in (Verdict.PATIENT, Verdict.PASSIVE)
    else:
        assert verdict is not Verdict.PATIENT


@given(situations(), some.sampled_from(Kind))
def test_right_means_at_least_second_best_and_pesky_means_less_than_half(situation: Situation, kind: Kind) -> None:
    assessment = assess(situation, Action(kind))
    if assessment.verdict is Verdict.PATIENT:
        assert assessment.credit >= 70
    if assessment.verdict is Verdict.PERSISTENT and kind is not Kind.SEND_REFERENCES:
        assert assessment.credit >= 70
    if assessment.verdict is Verdict.PESKY:
        assert assessment.credit < 50


@given(situations(), some.sampled_from([Kind.THANK_YOU_EMAIL, Kind.CALL, Kind.STATUS_EMAIL]), MINUTES)
def test_credit_never_rises_as_you_act_earlier_than_allowed(
    situation: Situation, kind: Kind, earlier: timedelta
) -> None:
    """Between the last thing that happened and the first right moment, sooner is never worth more."""
    assessment = assess(situation, Action(kind))
    if assessment.verdict is not Verdict.PESKY or assessment.right_from is None:
        return
    last = max((timedelta(0), *(word.at for word in situation.words), *(made.at for made in situation.contacts)))
    before = max(last, situation.now - earlier)
    assert credit(situation.at(before), kind) <= assessment.credit


@given(situations(), some.sampled_from([Kind.THANK_YOU_EMAIL, Kind.CALL, Kind.STATUS_EMAIL]))
def test_the_moment_it_names_is_right_and_a_minute_before_is_not(situation: Situation, kind: Kind) -> None:
    """Where time alone can make a step right, it does so just then; a call also needs its email."""
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
def test_a_second_call_is_never_worth_more_than_the_first(situation: Situation, later: timedelta) -> None:
    called = situation.after(Contact(Kind.CALL, situation.now)).at(situation.now + later)
    assert credit(called, Kind.CALL) <= credit(situation.at(situation.now + later), Kind.CALL)
    assert credit(called, Kind.CALL_AGAIN) == 0


@given(some.integers(0, 200), some.integers(0, 200))
def test_references_are_never_worth_more_for_being_late(sooner: int, later: int) -> None:
    waited = sorted((sooner, later))
    first, second = (credit(a_situation(at, references=0), Kind.SEND_REFERENCES) for at in waited)
    assert first >= second


@given(some.integers(1, 24 * 40))
def test_sending_what_is_owed_always_beats_holding_it_back(at: int) -> None:
    owed = a_situation(at, references=0)
    assert credit(owed, Kind.SEND_REFERENCES) >= credit(owed, Kind.HOLD_BACK)


@given(situations(), some.sampled_from(Kind))
def test_the_year_makes_no_difference(situation: Situation, kind: Kind) -> None:
    """Moved by whole weeks, the same story is judged the same."""
    if situation.interview is None:
        return
    moved = replace(situation, interview=situation.interview + timedelta(weeks=52))
    before, after = assess(situation, Action(kind)), assess(moved, Action(kind))
    assert (before.verdict, before.credit, before.guideline) == (after.verdict, after.credit, after.guideline)


@given(some.sampled_from(sorted(SCENARIOS)), some.lists(some.integers(0, 4), max_size=10))
@settings(max_examples=200)
def test_a_run_replays_from_its_choices_and_comes_back_from_json(name: str, picks: list[int]) -> None:
    scenario = SCENARIOS[name]
    run = played(scenario, picks)
    again = Run.from_json(run.to_json(), SCENARIOS, {run.policy.id: run.policy})
    assert again == run
    assert again.to_json() == run.to_json()


@given(some.sampled_from(sorted(SCENARIOS)), some.lists(some.integers(0, 4), max_size=6), some.integers(0, 4))
def test_choosing_never_changes_the_run_it_was_chosen_in(name: str, picks: list[int], pick: int) -> None:
    run = played(SCENARIOS[name], picks)
    before = repr(run)
    played(SCENARIOS[name], [pick], run)
    assert repr(run) == before


@given(some.sampled_from(sorted(SCENARIOS)), some.lists(some.integers(0, 4), min_size=12, max_size=12))
@settings(max_examples=200)
def test_relabelling_people_changes_nothing(name: str, picks: list[int]) -> None:
    """Who they are, where they work and how it is told have no weight in the judgement."""
    scenario = SCENARIOS[name]
    renamed = replace(scenario, candidate="A", employer="B", job="C", title="D", story="E")
    for ours, theirs in zip(played(scenario, picks).steps, played(renamed, picks).steps, strict=True):
        assert ours.assessment == theirs.assessment


@given(some.sampled_from(sorted(SCENARIOS)), some.lists(some.integers(0, 4), min_size=12, max_size=12))
@settings(max_examples=200)
def test_every_way_through_ends_with_a_standing_from_0_to_100(name: str, picks: list[int]) -> None:
    run = played(SCENARIOS[name], picks)
    assert run.over
    assert all(0 <= step.standing <= 100 for step in run.steps)
    assert run.failed or run.passages[-1].kind == "ending"


def played(scenario: Scenario, picks: list[int], run: Run | None = None) -> Run:
    """The run that comes of these picks, each taken modulo what is on offer, as far as they lead."""
    run = run or Run.start(scenario)
    for pick in picks:
        if run.moment is not None:
            run = run.choose(pick % len(run.moment.choices))
    return run


def test_nagging_twice_running_is_the_end() -> None:
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


def test_two_learners_can_live_through_different_stories() -> None:
    moments = {
        tuple(step.moment.id for step in played(SCENARIOS["three-names-by-monday"], picks).steps)
        for picks in ([0, 0, 0], [1, 0], [2, 2, 2])
    }
    assert len(moments) == 3


def test_what_was_done_before_the_story_counts() -> None:
    assert hours(1) < hours(2)
    assert credit(a_situation(400, sent(Kind.THANK_YOU_EMAIL, 1)), Kind.THANK_YOU_EMAIL) == 0
