"""Resume points: saved as JSON, and restored or refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

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
    latest_resume_point,
    resume_point_from_json,
    resume_point_to_json,
    story_item,
)
from etiquette.practice.resume import LONGEST_RESUME_POINT
from etiquette.stories import Run, RunError, library

SCENARIOS, POLICIES = library(), policies()
MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
BEGUN = StoryPoint(Run.start(SCENARIOS["room-tone"], ARTICLE))


@given(some.sampled_from(sorted(SCENARIOS)), some.lists(some.integers(0, 3), max_size=12), some.integers(0, 50))
def test_a_story_point_survives_saving_and_loading(name: str, picks: list[int], attempt: int) -> None:
    run = Run.start(SCENARIOS[name], ARTICLE)
    for pick in picks:
        if run.moment:
            run = run.choose(pick % len(run.moment.choices))
    point = StoryPoint(run, attempt)
    saved = resume_point_to_json(point, MONDAY)
    assert resume_point_from_json(saved, SCENARIOS, POLICIES) == point
    assert len(saved) <= LONGEST_RESUME_POINT
    assert point.over == run.over


def test_a_quiz_point_survives_saving_and_loading() -> None:
    sitting = Sitting(Quiz.draw("a seed", 20, ARTICLE), Mode.GRADED)
    for _ in range(19):
        sitting = sitting.answer(0, Sureness.FAIRLY_SURE)
        saved = resume_point_to_json(QuizPoint(sitting), MONDAY)
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
        json.dumps({"run": resume_point_to_json(BEGUN, MONDAY), "attempt": 0}),
        json.dumps({"sitting": "{}"}),
        json.dumps(json.loads(resume_point_to_json(BEGUN, MONDAY)) | {"attempt": -1}),
        " " * LONGEST_RESUME_POINT + "{}",
        "[" * 10_000,
    ],
)
def test_a_damaged_resume_point_is_refused(damaged: str) -> None:
    with pytest.raises(RunError):
        resume_point_from_json(damaged, SCENARIOS, POLICIES)


def test_a_resume_point_of_an_unknown_policy_is_refused() -> None:
    saved = resume_point_to_json(BEGUN, MONDAY)
    with pytest.raises(RunError, match="guidelines that aren’t available here"):
        resume_point_from_json(saved, SCENARIOS, {})


def test_the_latest_of_several_resume_points_is_the_one_where_the_learner_was_last() -> None:
    quiz = QuizPoint(Sitting(Quiz.draw("a seed", 5, ARTICLE)).answer(0, Sureness.SURE))
    earlier, later = MONDAY, MONDAY + timedelta(hours=1)
    items = {story_item("room-tone"): resume_point_to_json(BEGUN, later), "quiz": resume_point_to_json(quiz, earlier)}
    assert latest_resume_point(items, SCENARIOS, POLICIES) == BEGUN
    items["quiz"] = resume_point_to_json(quiz, later + timedelta(minutes=1))
    assert latest_resume_point(items, SCENARIOS, POLICIES) == quiz


@pytest.mark.parametrize("other", ["", "null", '{"at": "yesterday"}', '{"at": 3}', "[" * 10_000])
def test_items_that_are_no_resume_points_are_passed_over(other: str) -> None:
    items = dict.fromkeys(("story-the-quiet-week", "quiz", "quiz-calling", "draft", "interview"), other)
    assert latest_resume_point(items, SCENARIOS, POLICIES) is None
    items[story_item("room-tone")] = resume_point_to_json(BEGUN, MONDAY)
    assert latest_resume_point(items, SCENARIOS, POLICIES) == BEGUN
