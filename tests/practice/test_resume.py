"""Resume points: saved as JSON, and restored or refused."""

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
from etiquette.practice.resume import LONGEST_RESUME_POINT
from etiquette.stories import Run, RunError, library

SCENARIOS, POLICIES = library(), policies()


@given(some.sampled_from(sorted(SCENARIOS)), some.lists(some.integers(0, 3), max_size=12), some.integers(0, 50))
def test_a_story_point_survives_saving_and_loading(name: str, picks: list[int], attempt: int) -> None:
    run = Run.start(SCENARIOS[name], ARTICLE)
    for pick in picks:
        if run.moment:
            run = run.choose(pick % len(run.moment.choices))
    point = StoryPoint(run, attempt)
    saved = resume_point_to_json(point)
    assert resume_point_from_json(saved, SCENARIOS, POLICIES) == point
    assert len(saved) <= LONGEST_RESUME_POINT
    assert point.over == run.over


def test_a_quiz_point_survives_saving_and_loading() -> None:
    sitting = Sitting(Quiz.draw("a seed", 20, ARTICLE), Mode.GRADED)
    for _ in range(19):
        sitting = sitting.answer(0, Sureness.FAIRLY_SURE)
        saved = resume_point_to_json(QuizPoint(sitting))
        assert len(saved) <= LONGEST_RESUME_POINT
    assert resume_point_from_json(saved, SCENARIOS, POLICIES) == QuizPoint(sitting)
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
        " " * LONGEST_RESUME_POINT + "{}",
        "[" * 10_000,
    ],
)
def test_a_damaged_resume_point_is_refused(damaged: str) -> None:
    with pytest.raises(RunError):
        resume_point_from_json(damaged, SCENARIOS, POLICIES)


def test_a_resume_point_of_an_unknown_policy_is_refused() -> None:
    saved = resume_point_to_json(StoryPoint(Run.start(SCENARIOS["room-tone"], ARTICLE)))
    with pytest.raises(RunError, match="guidelines that aren’t available here"):
        resume_point_from_json(saved, SCENARIOS, {})
