"""Properties of runs, tested with generated choices: how standing moves, and what names and wording change."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etiquette.judge import Kind, Situation, Verdict, Word, policies
from etiquette.stories import HIGHEST_STANDING, STARTING_STANDING, Run, Scenario, library
from etiquette.stories.scenario import is_repeated
from tests.builders import a_situation, hours, sent

SCENARIOS, POLICIES = library(), policies()
PICKS = st.lists(st.integers(0, 4), min_size=12, max_size=12)


def played(scenario: Scenario, picks: list[int], run: Run | None = None) -> Run:
    """The run after these picks, each modulo the number of choices, or until the run is over."""
    run = run or Run.start(scenario)
    for pick in picks:
        if run.moment is not None:
            run = run.choose(pick % len(run.moment.choices))
    return run


ANY_RUN = st.tuples(st.sampled_from(sorted(SCENARIOS)), PICKS, st.sampled_from(sorted(POLICIES)))


def run_of(scenario: str, picks: list[int], policy: str) -> Run:
    """A complete run through a shipped story, judged by a shipped policy."""
    return played(SCENARIOS[scenario], picks, Run.start(SCENARIOS[scenario], POLICIES[policy]))


@given(ANY_RUN)
@settings(max_examples=200)
def test_every_path_ends_with_a_standing_from_0_to_100(of: tuple[str, list[int], str]) -> None:
    run = run_of(*of)
    assert run.over
    assert all(0 <= decision.standing <= HIGHEST_STANDING for decision in run.decisions)
    assert run.failed or run.passages[-1].kind == "ending"
    assert run.standing == run.decisions[-1].standing


@given(ANY_RUN)
@settings(max_examples=200)
def test_patience_costs_nothing_and_no_step_costs_more_than_thirty(of: tuple[str, list[int], str]) -> None:
    before = STARTING_STANDING
    for decision in run_of(*of).decisions:
        match decision.assessment.verdict:
            case Verdict.PERSISTENT:
                assert decision.standing == min(HIGHEST_STANDING, before + 20)
            case Verdict.PATIENT:
                assert decision.standing == before
            case _:
                assert before - 30 <= decision.standing <= before
        before = decision.standing


@given(ANY_RUN)
@settings(max_examples=300)
def test_without_repeated_contact_standing_never_falls_below_ten(of: tuple[str, list[int], str]) -> None:
    """Contact is repeated if its kind was made before. A voicemail counts as a call unless it follows one at once."""
    run = run_of(*of)
    made = Counter(contact.kind for contact in run.scenario.opening.contacts)
    for before, decision in zip((None, *run.decisions), run.decisions, strict=False):
        kind = decision.choice.action.kind
        on_that_call = kind is Kind.LEAVE_MESSAGE and before and before.situation.now == decision.situation.now
        calls = (Kind.LEAVE_MESSAGE, Kind.CALL_AGAIN)
        made[Kind.CALL if kind in calls and not on_that_call else kind] += kind is not Kind.HOLD_BACK
    if max(made.values()) <= 1:
        assert min(decision.standing for decision in run.decisions) >= 10
        assert not run.failed


@given(st.sampled_from(sorted(SCENARIOS)), PICKS)
@settings(max_examples=200)
def test_names_and_wording_do_not_affect_the_judgement(name: str, picks: list[int]) -> None:
    scenario = SCENARIOS[name]
    renamed = replace(scenario, candidate="A", employer="B", job="C", title="D", story="E")
    for original, changed in zip(played(scenario, picks).decisions, played(renamed, picks).decisions, strict=True):
        assert original.assessment == changed.assessment


def test_two_early_emails_of_different_kinds_do_not_end_a_story_and_two_of_one_kind_do() -> None:
    thanked_and_asked, thanked_twice = (played(SCENARIOS["the-quiet-week"], picks) for picks in ([0, 0], [0, 2, 0]))
    assert (thanked_and_asked.standing, thanked_and_asked.over) == (10, False)
    assert (thanked_twice.standing, thanked_twice.failed) == (0, True)


def test_a_voicemail_costs_nothing_on_top_of_its_call_and_one_left_later_does() -> None:
    """In the story, the voicemail is left on a call made an hour too early, and once more five hours later."""
    called = played(SCENARIOS["twenty-seconds"], [0])
    left = called.choose(1)
    assert (called.standing, left.standing) == (44, 44)
    assert left.choose(0).standing == 14


IN_AN_EARLIER_ROUND = a_situation(300, sent(Kind.THANK_YOU_EMAIL, 10)).after(
    Word(hours(301), invites_interview=True, interview_at=hours(400))
)


@pytest.mark.parametrize(
    ("situation", "kind", "repeated"),
    [
        (a_situation(50, sent(Kind.GIFT, 10)), Kind.GIFT, True),
        (a_situation(50, sent(Kind.GIFT, 10)), Kind.DROP_IN, False),
        (a_situation(50, sent(Kind.CALL, 10)), Kind.CALL, True),
        (a_situation(50, sent(Kind.CALL, 10)), Kind.CALL_AGAIN, True),
        (a_situation(50, sent(Kind.INVITED_CALL, 10), words=(Word(hours(5), invites_call=True),)), Kind.CALL, False),
        (a_situation(50, sent(Kind.INVITED_CALL, 10)), Kind.CALL, True),
        (a_situation(50, sent(Kind.CALL, 10)), Kind.INVITED_CALL, True),
        (a_situation(50, sent(Kind.CALL, 10)).after(Word(hours(50), invites_call=True)), Kind.INVITED_CALL, False),
        (a_situation(10, sent(Kind.CALL, 10)), Kind.LEAVE_MESSAGE, False),
        (a_situation(50, sent(Kind.CALL, 10)), Kind.LEAVE_MESSAGE, True),
        (a_situation(50, sent(Kind.SEND_REFERENCES, 10), references=0), Kind.SEND_REFERENCES, True),
        (a_situation(50, sent(Kind.SEND_REFERENCES, 10), references=0, ready=(0, 40)), Kind.SEND_REFERENCES, False),
        (a_situation(50, sent(Kind.REPLY, 10)).after(Word(hours(50), asks=True)), Kind.REPLY, False),
        (IN_AN_EARLIER_ROUND, Kind.THANK_YOU_EMAIL, True),
        (IN_AN_EARLIER_ROUND.at(hours(401)), Kind.THANK_YOU_EMAIL, False),
        (IN_AN_EARLIER_ROUND, Kind.HOLD_BACK, False),
    ],
)
def test_contact_of_a_kind_made_before_in_this_round_is_repeated(
    situation: Situation, kind: Kind, repeated: bool
) -> None:
    assert is_repeated(situation, kind) is repeated
