"""Where somebody is on the page: kept as JSON, and read again or refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette.judge import ARTICLE, policies
from etiquette.practice import (
    Mode,
    Quiz,
    QuizPoint,
    Sitting,
    StoryPoint,
    Sureness,
    resume_point_from_json,
    resume_point_to_json,
)
from etiquette.practice.resume import LONGEST_PLACE
from etiquette.stories import Run, RunError, library

SCENARIOS, POLICIES = library(), policies()


@given(some.sampled_from(sorted(SCENARIOS)), some.lists(some.integers(0, 3), max_size=12), some.integers(0, 50))
def test_a_place_in_a_story_is_the_same_again(name: str, picks: list[int], attempt: int) -> None:
    run = Run.start(SCENARIOS[name], ARTICLE)
    for pick in picks:
        if run.moment:
            run = run.choose(pick % len(run.moment.choices))
    place = StoryPoint(run, attempt)
    kept = resume_point_to_json(place)
    assert resume_point_from_json(kept, SCENARIOS, POLICIES) == place
    assert len(kept) <= LONGEST_PLACE
    assert place.over == run.over


def test_a_place_in_a_quiz_is_the_same_again() -> None:
    sitting = Sitting(Quiz.draw("a seed", 20, ARTICLE, SCENARIOS), Mode.GRADED)
    for _ in range(19):
        sitting = sitting.answer(0, Sureness.FAIRLY_SURE)
        kept = resume_point_to_json(QuizPoint(sitting))
        assert len(kept) <= LONGEST_PLACE
    assert resume_point_from_json(kept, SCENARIOS, POLICIES) == QuizPoint(sitting)
    assert not QuizPoint(sitting).over
    assert QuizPoint(sitting.answer(0, Sureness.SURE)).over


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "null",
        "[]",
        json.dumps({"run": 3, "attempt": 0}),
        json.dumps({"run": "{}", "attempt": 0}),
        json.dumps({"run": resume_point_to_json(StoryPoint(Run.start(SCENARIOS["room-tone"]))), "attempt": 0}),
        json.dumps({"sitting": "{}"}),
        json.dumps(json.loads(resume_point_to_json(StoryPoint(Run.start(SCENARIOS["room-tone"])))) | {"attempt": -1}),
        " " * LONGEST_PLACE + "{}",
        "[" * 10_000,
    ],
)
def test_what_is_damaged_is_refused(damaged: str) -> None:
    with pytest.raises(RunError):
        resume_point_from_json(damaged, SCENARIOS, POLICIES)


def test_a_place_judged_by_another_policy_is_refused() -> None:
    kept = resume_point_to_json(StoryPoint(Run.start(SCENARIOS["room-tone"], ARTICLE)))
    with pytest.raises(RunError, match="a policy that is not here"):
        resume_point_from_json(kept, SCENARIOS, {})
