"""Progress in little room: the oldest of what nothing depends on is left out."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette.practice import Judged, Outcome, Played, Progress, QuizTaken, compact_json, shortened
from etiquette.practice.records import Record
from etiquette.practice.shortened import zipped_size
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


@pytest.mark.parametrize("room", [1_500, 2_304, 36_000])
def test_it_is_shortened_as_far_as_the_room_demands_and_no_further(room: int) -> None:
    rng = random.Random(1)
    times = (MONDAY + timedelta(microseconds=rng.randrange(10**13)) for _ in range(500))
    done: list[Record] = [Played(at, f"story-{rng.randrange(26)}", rng.randrange(101)) for at in islice(times, 150)]
    done += [QuizTaken(at, f"{rng.getrandbits(32):x}", 10, "graded", rng.randrange(101)) for at in islice(times, 150)]
    done += [Judged(at, "calling", "call", right=rng.random() < 0.5) for at in times]
    progress = Progress().after(*done)
    short = Progress.from_json(text := compact_json(progress, room))
    assert zipped_size(text) <= room
    assert short == progress if room > zipped_size(progress.to_compact_json()) else short.records < progress.records
    assert (short.best, short.reviews) == (progress.best, progress.reviews)
