"""What a learning platform is told: the best grade of the quizzes that count, which never goes down."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given

from etiquette.practice import PASS_MARK, Learned, Mode, Outcome, Played, Progress, QuizTaken
from tests.builders import days
from tests.practice.test_progress import PROGRESSES

MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def a_quiz(grade: int, mode: Mode = Mode.GRADED, day: float = 0) -> QuizTaken:
    """A quiz of ten questions, taken to its end."""
    return QuizTaken(MONDAY + days(day), "5eed", 10, mode, grade)


def test_nothing_counts_but_a_graded_quiz() -> None:
    done = Progress().after(Played(MONDAY, "room-tone", 100), Learned(MONDAY, "calling"), a_quiz(100, Mode.PRACTICE))
    outcome = Outcome.of(done)
    assert (outcome.grade, outcome.complete, outcome.passed) == (None, False, None)


@pytest.mark.parametrize(("grade", "passed"), [(0, False), (PASS_MARK - 1, False), (PASS_MARK, True), (100, True)])
def test_a_graded_quiz_completes_the_course_and_passes_it_as_it_earns_a_certificate(grade: int, passed: bool) -> None:
    outcome = Outcome.of(Progress().after(a_quiz(grade)))
    assert (outcome.grade, outcome.complete, outcome.passed) == (grade, True, passed)


def test_the_best_grade_counts_whichever_came_first() -> None:
    assert Outcome.of(Progress().after(a_quiz(90), a_quiz(40, day=1), a_quiz(85, day=2))) == Outcome(90)


@given(PROGRESSES, PROGRESSES)
def test_more_progress_never_lowers_it(progress: Progress, more: Progress) -> None:
    before, after = Outcome.of(progress), Outcome.of(progress.after(*more.records))
    assert (after.grade or 0) >= (before.grade or 0)
    assert after.complete >= before.complete
    assert bool(after.passed) >= bool(before.passed)
