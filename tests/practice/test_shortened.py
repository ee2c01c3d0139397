"""Progress in little room: the oldest of what nothing depends on is left out."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as some

from etiquette.practice import Outcome, Played, Progress, shortened
from tests.builders import days
from tests.practice.test_progress import PROGRESSES

MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


@given(PROGRESSES, some.integers(0, 8))
def test_grades_lessons_reviews_gain_and_the_outcome_stay_as_they_were(progress: Progress, most: int) -> None:
    short = shortened(progress, most)
    assert short.records <= progress.records
    assert len(short.records) >= min(most, len(progress.records))
    assert (short.began, short.best, short.lessons) == (progress.began, progress.best, progress.lessons)
    assert (short.reviews, short.gain, Outcome.of(short)) == (progress.reviews, progress.gain, Outcome.of(progress))
    assert shortened(short, most) == short


def test_the_newest_are_kept_and_the_best() -> None:
    played = [Played(MONDAY + days(day), "room-tone", grade) for day, grade in enumerate((90, 50, 60, 70))]
    assert shortened(Progress().after(*played), 2).records == {played[0], played[3]}
