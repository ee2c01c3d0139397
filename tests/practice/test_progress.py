"""Progress: what to review and when, what to do next, and that merging in any order loses nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette import ARTICLE, Kind
from etiquette.practice import (
    LARGEST_PROGRESS,
    Activity,
    Judged,
    Learned,
    Mode,
    NextStep,
    Played,
    Progress,
    ProgressError,
    Quiz,
    QuizTaken,
    Review,
    Sitting,
    Sureness,
    Topic,
    merge,
)
from etiquette.practice.progress import GAIN_LENGTH, MOST_RECORDS
from etiquette.practice.records import Record
from etiquette.stories import Run, library
from tests.builders import days

LIBRARY = library()
MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
CALLING = Topic("calling", "call")

TIMES = some.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 3), timezones=some.just(UTC))
NAMES = some.sampled_from(["the-quiet-week", "room-tone", "seed 4711", "naïve"])
NUMBERS = some.integers(0, 100)
RECORDS: some.SearchStrategy[Record] = some.one_of(
    some.builds(Played, TIMES, NAMES, NUMBERS),
    some.builds(
        QuizTaken,
        TIMES,
        NAMES,
        NUMBERS,
        some.sampled_from(["practice", "graded"]),
        NUMBERS,
        some.lists(some.tuples(NAMES, NUMBERS), max_size=4).map(tuple),
    ),
    some.builds(Learned, TIMES, NAMES),
    some.builds(Judged, TIMES, NAMES, NAMES, some.booleans()),
)
PROGRESSES = some.builds(Progress, some.frozensets(RECORDS, max_size=6), some.none() | TIMES)


def missed(at: datetime = MONDAY, topic: Topic = CALLING) -> Progress:
    """The progress of a learner who missed one topic."""
    return Progress().reviewed(topic, at, right=False)


# Reviews


def test_a_missed_topic_is_due_after_1_3_7_and_21_days_and_is_then_done() -> None:
    progress, now = missed(), MONDAY
    for wait in (1, 3, 7, 21):
        assert progress.due(now + days(wait) - timedelta(seconds=1)) == []
        now += days(wait)
        assert [review.topic for review in progress.due(now)] == [CALLING]
        progress = progress.reviewed(CALLING, now, right=True)
    assert progress.reviews == []


def test_a_topic_missed_again_is_due_in_a_day() -> None:
    now = MONDAY + days(1)
    progress = missed().reviewed(CALLING, now, right=True).reviewed(CALLING, now + days(3), right=False)
    assert progress.reviews == [Review(CALLING, now + days(4))]


def test_a_right_answer_before_the_review_is_due_changes_nothing() -> None:
    """So a review in two tabs at once counts once."""
    early = missed().reviewed(CALLING, MONDAY + days(0.5), right=True)
    assert early.reviews == missed().reviews
    now = MONDAY + days(1)
    here, there = (missed().reviewed(CALLING, at, right=True) for at in (now, now + timedelta(minutes=1)))
    assert merge(here, there).reviews == here.reviews


def test_a_topic_that_was_never_missed_is_not_reviewed() -> None:
    assert Progress().reviewed(CALLING, MONDAY, right=True).reviews == []


def test_the_longest_overdue_comes_first() -> None:
    progress = missed().reviewed(Topic("references", "hold_back"), MONDAY - days(2), right=False)
    assert [review.topic.guideline for review in progress.due(MONDAY + days(9))] == ["references", "calling"]


# Runs


def test_a_run_records_its_grade_and_the_topics_missed() -> None:
    run = Run.start(LIBRARY["the-quiet-week"]).choose(2).choose(1)
    progress = Progress().after_run(run, 0, MONDAY)
    assert progress.best == {"the-quiet-week": 0}
    assert {review.topic for review in progress.reviews} == {Topic("principle", "social_media_message"), CALLING}


def test_attempts_are_counted_and_the_best_grade_is_kept() -> None:
    run = Run.start(LIBRARY["the-quiet-week"]).choose(2).choose(1)
    progress = Progress()
    for number, grade in enumerate((40, 90, 20)):
        progress = progress.after_run(run, grade, MONDAY + days(number))
    assert progress.best["the-quiet-week"] == 90
    assert progress.attempts["the-quiet-week"] == 3
    assert progress.attempts["room-tone"] == 0


def test_a_right_choice_in_a_moment_that_offers_a_due_topic_passes_its_review() -> None:
    """Holding back where a call was offered too early passes the review of the call, if it was due."""
    run = Run.start(LIBRARY["the-quiet-week"]).choose(1).choose(2)
    assert Kind.CALL in {choice.action.kind for decision in run.decisions for choice in decision.moment.choices}
    due = missed().after_run(run, 100, MONDAY + days(1))
    assert [review.passed for review in due.reviews] == [1]
    early = missed().after_run(run, 100, MONDAY + days(0.5))
    assert [review.passed for review in early.reviews] == [0]


# Quizzes


def test_a_quiz_records_its_grade_and_the_topics_missed() -> None:
    quiz = Quiz.draw("a seed", 5, ARTICLE)
    sitting = Sitting(quiz, Mode.GRADED)
    for question in quiz.questions:
        worst = min(range(len(question.options)), key=lambda number: question.options[number].credit)
        sitting = sitting.answer(worst, Sureness.SURE)
    progress = Progress().after_quiz(sitting, MONDAY)
    (taken,) = progress.sittings
    assert (taken.at, taken.seed, taken.length, taken.mode) == (MONDAY, "a seed", 5, "graded")
    assert (taken.grade, sum(count for _, count in taken.credits)) == (sitting.debrief().grade, 0)
    assert {review.topic for review in progress.due(MONDAY + days(1))} == {
        Topic(question.guideline, question.options[answer.option].action.kind.value)
        for question, answer in zip(quiz.questions, sitting.answers, strict=True)
    }


def test_a_quiz_without_a_mistake_leaves_nothing_to_review() -> None:
    sitting = Sitting(Quiz.draw("a seed", 5, ARTICLE))
    while sitting.question:
        sitting = sitting.answer(sitting.question.best, Sureness.SURE)
    progress = Progress().after_quiz(sitting, MONDAY)
    assert ([taken.grade for taken in progress.sittings], progress.reviews) == ([100], [])


def test_the_gain_is_from_the_first_quiz_to_the_latest_whatever_lies_between() -> None:
    grades = (40, 10, 90, 70)
    taken = [QuizTaken(MONDAY + days(n), "1", GAIN_LENGTH, "practice", grade) for n, grade in enumerate(grades)]
    assert Progress().gain is None
    assert Progress().after(taken[0]).gain is None
    assert Progress().after(*taken).gain == (taken[0], taken[-1])


@pytest.mark.parametrize("changes", [{"length": GAIN_LENGTH - 1}, {"credits": (("calling", 50),)}])
def test_a_few_questions_or_questions_on_one_guideline_show_no_gain(changes: dict[str, Any]) -> None:
    one, other = (QuizTaken(MONDAY + days(n), "1", GAIN_LENGTH, "practice", 50) for n in (1, 2))
    little = [replace(one, at=MONDAY + days(n), **changes) for n in (0, 3)]
    assert Progress().after(one, *little).gain is None
    assert Progress().after(one, other, *little).gain == (one, other)


# What to do next


def test_due_reviews_come_first() -> None:
    step = missed().next_step(MONDAY + days(2), LIBRARY, ("calling",))
    assert step.activity is Activity.REVIEW
    assert step.topics == (CALLING,)


def test_then_lessons_then_stories_then_a_graded_quiz_then_what_could_go_better_then_rest() -> None:
    progress, now = missed(MONDAY + days(5)), MONDAY + days(5.5)
    assert progress.next_step(now, LIBRARY, ("thank_you",)).activity is Activity.LEARN
    progress = progress.after(Learned(MONDAY, "thank_you"))
    assert progress.next_step(now, LIBRARY, ("thank_you",)).name == "the-quiet-week"
    progress = progress.after(*(Played(MONDAY, name, 100) for name in LIBRARY if name != "room-tone"))
    assert progress.next_step(now, LIBRARY).name == "room-tone"
    progress = progress.after(Played(MONDAY, "room-tone", 40), QuizTaken(MONDAY, "1", 10, "practice", 100))
    assert progress.next_step(now, LIBRARY).activity is Activity.SIT
    progress = progress.after(QuizTaken(MONDAY, "2", 10, "graded", 80))
    assert progress.next_step(now, LIBRARY) == NextStep(Activity.PLAY_AGAIN, "room-tone")
    progress = progress.after(Played(now, "room-tone", 90))
    assert progress.next_step(now, LIBRARY).activity is Activity.REST
    assert progress.next_step(now, LIBRARY).due == MONDAY + days(6)


# Merging


@given(PROGRESSES, PROGRESSES)
def test_merging_is_commutative(one: Progress, other: Progress) -> None:
    assert merge(one, other) == merge(other, one)


@given(PROGRESSES, PROGRESSES, PROGRESSES)
def test_merging_is_associative(one: Progress, two: Progress, three: Progress) -> None:
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@given(PROGRESSES, PROGRESSES)
def test_merging_is_idempotent(one: Progress, other: Progress) -> None:
    merged = merge(one, other)
    assert merge(one, one) == one
    assert merge(merged, one) == merge(merged, other) == merged


def test_deleted_records_stay_deleted_but_later_ones_count() -> None:
    before = Progress().after(Played(MONDAY, "room-tone", 80))
    forgotten = before.forgotten(MONDAY + days(1))
    assert merge(forgotten, before) == forgotten
    meanwhile = before.after(Played(MONDAY + days(1.5), "the-quiet-week", 70))
    assert merge(meanwhile, forgotten).best == {"the-quiet-week": 70}


def test_deleting_twice_at_the_same_time_or_by_a_clock_that_went_back_still_deletes() -> None:
    once = Progress().forgotten(MONDAY).after(Played(MONDAY, "room-tone", 80))
    for now in (MONDAY, MONDAY - days(1)):
        assert merge(once, once.forgotten(now)).records == frozenset()


def test_loading_a_file_restores_deleted_records_and_removes_none() -> None:
    saved = Progress().after(Played(MONDAY, "room-tone", 80))
    forgotten = saved.forgotten(MONDAY + days(1)).after(Played(MONDAY + days(2), "the-quiet-week", 70))
    loaded = forgotten.loaded(saved)
    assert loaded.best == {"room-tone": 80, "the-quiet-week": 70}
    assert merge(loaded, forgotten) == loaded


def test_only_the_newest_records_are_kept_in_whatever_order_they_are_merged() -> None:
    old, new = (
        Progress(frozenset(Played(MONDAY + timedelta(minutes=start + n), "room-tone", 1) for n in range(3_000)))
        for start in (0, 3_000)
    )
    merged = merge(old, new)
    assert len(merged.records) == MOST_RECORDS
    assert merged.records > new.records
    assert merge(new, merge(old, new)) == merge(old, new) == merge(new, old)


# As a file


@given(PROGRESSES)
def test_every_progress_survives_saving_and_loading(progress: Progress) -> None:
    again = Progress.from_json(progress.to_json())
    assert again == progress == Progress.from_json(progress.to_compact_json())
    assert again.to_json() == progress.to_json()


def test_a_time_is_the_same_in_every_time_zone() -> None:
    there = Played(MONDAY.astimezone(timezone(timedelta(hours=9))), "room-tone", 80)
    assert Progress.from_json(Progress().after(there).to_json()) == Progress().after(Played(MONDAY, "room-tone", 80))


def test_a_grade_that_was_saved_as_a_score_is_still_a_grade() -> None:
    """As earlier versions saved a quiz. In both copies it is the same record, so that a merge has it once."""
    taken = Progress().after(QuizTaken(MONDAY, "1", 10, "graded", 85))
    saved = taken.to_json()
    assert '"grade"' in saved
    earlier = Progress.from_json(saved.replace('"grade"', '"score"'))
    assert earlier == taken
    assert merge(earlier, taken) == taken


def test_the_largest_possible_progress_can_be_read() -> None:
    longest = "ö" * 64
    largest = Progress(
        frozenset(
            QuizTaken(MONDAY + timedelta(seconds=n, microseconds=1), longest, 100, longest, 100, ((longest, 100),) * 6)
            for n in range(MOST_RECORDS)
        )
    )
    assert len(largest.to_json()) <= LARGEST_PROGRESS
    assert Progress.from_json(largest.to_json()) == largest


SAT = QuizTaken(MONDAY, "1", 5, "m", 1)
SAVED = json.loads(Progress().after(Played(MONDAY, "room-tone", 80)).to_json())
RECORD = SAVED["records"][0]
COLUMNS = json.loads(Progress().after(Played(MONDAY, "room-tone", 80)).to_compact_json())["columns"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "3", "{}", '{"format": "recipe"}', "[" * 100_000, "\x00", '{"format": NaN}', "1" * 9_999],
)
def test_text_that_is_not_progress_is_refused(text: str) -> None:
    with pytest.raises(ProgressError, match=r"^This isn’t a saved progress file, or it’s damaged\. .*\.$"):
        Progress.from_json(text)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 0},
        {"version": "1"},
        {"records": None},
        {"records": "played"},
        {"records": [[]]},
        {"records": [RECORD | {"did": "gone"}]},
        {"records": [RECORD | {"did": []}]},
        {"records": [RECORD | {"grade": 101}]},
        {"records": [RECORD | {"grade": True}]},
        {"records": [RECORD | {"grade": "80"}]},
        {"records": [RECORD | {"scenario": "<img src=x>"}]},
        {"records": [RECORD | {"scenario": "\ud800"}]},
        {"records": [RECORD | {"scenario": "x" * 65}]},
        {"records": [RECORD | {"scenario": ["room-tone"]}]},
        {"records": [RECORD | {"at": "2026-03-02T18:00"}]},
        {"records": [RECORD | {"at": "9999-12-31T23:59:59-12:00"}]},
        {"records": [RECORD | {"at": 5}]},
        {"records": [RECORD | {"more": 1}]},
        {"records": [{"did": "played"}]},
        {"records": [{"did": "judged", "at": RECORD["at"], "guideline": "calling", "kind": "call", "right": 1}]},
        {"records": [json.loads(Progress().after(SAT).to_json())["records"][0] | {"credits": 3}]},
        {"records": [RECORD] * (MOST_RECORDS + 1)},
        {"columns": None},
        {"columns": ["did", "at"]},
        {"columns": COLUMNS | {"did": ["played"] * 2}},
        {"columns": COLUMNS | {"did": ["gone"]}},
        {"columns": COLUMNS | {"did": ["sat"]}},
        {"columns": COLUMNS | {"at": ["1"]}},
        {"columns": COLUMNS | {"at": [10**30]}},
        {"columns": COLUMNS | {"at": [-1]}},
        {"columns": COLUMNS | {"played": {"scenario": [], "grade": []}}},
        {"columns": COLUMNS | {"played": {"scenario": ["room-tone"]}}},
        {"columns": COLUMNS | {"played": {"scenario": ["room-tone"], "grade": [101]}}},
        {"began": "yesterday"},
        {"began": "0001-01-01T00:00:00+00:00"},
    ],
)
def test_damaged_progress_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ProgressError, match=r"^This file holds your progress, but it is damaged and we can’t .*\.$"):
        Progress.from_json(json.dumps(SAVED | change))


def test_progress_of_a_later_version_is_refused() -> None:
    with pytest.raises(ProgressError, match="A newer version of this course saved this file"):
        Progress.from_json(json.dumps(SAVED | {"version": 2, "records": {"in": "another form"}}))


def test_text_that_is_too_large_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ProgressError, match="too large to be your progress"):
        Progress.from_json(" " * (LARGEST_PROGRESS + 1))


@given(some.text(max_size=40) | some.recursive(some.none() | NUMBERS | some.text(), some.lists, max_leaves=5).map(str))
def test_arbitrary_text_raises_a_progress_error(text: str) -> None:
    with pytest.raises(ProgressError):
        Progress.from_json(text)


@pytest.mark.parametrize(
    "create",
    [
        lambda: Played(MONDAY.replace(tzinfo=None), "room-tone", 80),
        lambda: Played(MONDAY, "", 80),
        lambda: QuizTaken(MONDAY, "1", 10, "graded", -1),
        lambda: QuizTaken(MONDAY, "1", 10, "graded", 80, (("calling", 80),) * 7),
        lambda: Progress(began=MONDAY.replace(year=1999)),
    ],
)
def test_a_record_that_could_not_be_loaded_again_cannot_be_created(create: object) -> None:
    assert callable(create)
    with pytest.raises(ValueError, match=r"needs a time|is no name|is no number|at most"):
        create()
