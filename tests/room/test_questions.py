"""Questions to the facilitator: what may be asked, how often, and which one the projector shows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etiquette.room import (
    MovedOnError,
    QuestionState,
    RoomError,
    RoomQuestion,
    check_pace,
    check_room_for_more,
    clean_question,
    mark_question,
)
from etiquette.room.questions import MAX_IN_A_ROW, MAX_LINES, MAX_QUESTION_LENGTH, MAX_WAITING, PACE
from tests.room.builders import NOW

WAITING, SHOWN, ANSWERED, DISMISSED = QuestionState


# What may be asked


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  How long\tdo  I wait? ", "How long do I wait?"),
        ("First?\r\n\r\n  Second?\u2028Third?", "First?\nSecond?\nThird?"),
        ("evil\u202e txt\u2066 \ufeff\x00\x1b[0m\ud800?", "evil txt [0m?"),
        ("Cafe\u0301?", "Café?"),
        ("ශ්‍රී 👩‍👩‍👧?", "ශ්‍රී 👩‍👩‍👧?"),
        ("Z" + "\u0337" * 50, "Z" + "\u0337" * 4),
        ("<b>&amp;</b> {0} %s", "<b>&amp;</b> {0} %s"),
        ("a" * MAX_QUESTION_LENGTH, "a" * MAX_QUESTION_LENGTH),
    ],
)
def test_a_question_is_kept_without_what_would_disturb_the_text_around_it(typed: str, cleaned: str) -> None:
    assert clean_question(typed) == cleaned


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "type your question"),
        (" \n\u200b\u200d \u0301", "type your question"),
        ("a" * (MAX_QUESTION_LENGTH + 1), "keep it to 280 characters"),
        ("Why?" + " " * 100_000, "keep it to 280 characters"),
        ("a\n" * (MAX_LINES + 1), "too many lines"),
    ],
)
def test_a_question_that_is_empty_or_too_long_is_refused_with_a_sentence(typed: str, reason: str) -> None:
    with pytest.raises(RoomError, match=reason):
        clean_question(typed)


@given(st.text(max_size=400))
def test_cleaning_a_cleaned_question_changes_nothing(typed: str) -> None:
    try:
        cleaned = clean_question(typed)
    except RoomError:
        return
    assert clean_question(cleaned) == cleaned
    assert 0 < len(cleaned) <= MAX_QUESTION_LENGTH


# How often


def test_a_page_that_has_asked_a_few_questions_in_a_minute_waits_until_the_minute_is_over() -> None:
    asked = [NOW + timedelta(seconds=second) for second in range(MAX_IN_A_ROW)]
    check_pace(asked[1:], asked[-1])
    with pytest.raises(RoomError, match="Please wait 58 seconds before"):
        check_pace(asked, NOW + timedelta(seconds=2))
    with pytest.raises(RoomError, match="Please wait 1 second before"):
        check_pace(asked, NOW + PACE - timedelta(microseconds=1))
    check_pace(asked, NOW + PACE)


def test_a_room_in_which_too_many_questions_wait_takes_no_more() -> None:
    check_room_for_more(MAX_WAITING - 1)
    with pytest.raises(RoomError, match="ask aloud"):
        check_room_for_more(MAX_WAITING)


# What becomes of them


def some_questions(*states: QuestionState) -> tuple[RoomQuestion, ...]:
    return tuple(RoomQuestion(number, f"Question {number}?", NOW, state) for number, state in enumerate(states, 1))


@pytest.mark.parametrize(
    ("before", "number", "state", "after"),
    [
        ((WAITING, WAITING), 2, SHOWN, (WAITING, SHOWN)),
        ((SHOWN, WAITING), 2, SHOWN, (WAITING, SHOWN)),
        ((SHOWN, WAITING), 1, WAITING, (WAITING, WAITING)),
        ((SHOWN, WAITING), 1, ANSWERED, (ANSWERED, WAITING)),
        ((SHOWN, WAITING), 2, DISMISSED, (SHOWN, DISMISSED)),
        ((DISMISSED, WAITING), 1, WAITING, (WAITING, WAITING)),
    ],
)
def test_one_question_changes_and_at_most_one_is_on_the_projector(
    before: tuple[QuestionState, ...], number: int, state: QuestionState, after: tuple[QuestionState, ...]
) -> None:
    marked = mark_question(some_questions(*before), number, state, before[number - 1])
    assert marked == some_questions(*after)


def test_a_question_that_is_no_longer_as_it_was_seen_stays_as_it_is() -> None:
    with pytest.raises(MovedOnError, match="Question 1 had already changed"):
        mark_question(some_questions(ANSWERED), 1, SHOWN, WAITING)
    assert mark_question(some_questions(ANSWERED), 1, ANSWERED, WAITING) == some_questions(ANSWERED)
    with pytest.raises(RoomError, match="no question 2"):
        mark_question(some_questions(WAITING), 2, SHOWN, WAITING)
