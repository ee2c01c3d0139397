"""Questions that learners ask the facilitator without their names, and which of them the projector shows.

Nothing here, and no row in the store, says who asked. That rules out a limit for each person in a room, so two others
take its place: each learner's page lets few questions through in a minute (`check_pace`, on times that only the page
knows), and a room holds few that wait (`check_room_for_more`). Somebody who reloads the page to ask more fills the
room's list at most, and the facilitator empties it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from etiquette.room.errors import MovedOnError, RoomError

MAX_QUESTION_LENGTH = 280  # characters
MAX_LINES = 6
MAX_INPUT_LENGTH = 5000
MAX_WAITING = 200  # questions in one room
MAX_IN_A_ROW = 3  # questions from one page within `PACE`
PACE = timedelta(minutes=1)

_MAX_MARKS = 4  # combining marks on one letter
_JOINERS = "\u200c\u200d"  # in emoji, and in words of Persian and Sinhala
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # controls, direction overrides and what has no meaning


class QuestionState(StrEnum):
    """What has become of a question."""

    WAITING = "waiting"
    SHOWN = "shown"
    ANSWERED = "answered"
    DISMISSED = "dismissed"

    @property
    def is_open(self) -> bool:
        """Whether the facilitator has not dealt with it yet."""
        return self in (QuestionState.WAITING, QuestionState.SHOWN)


@dataclass(frozen=True, slots=True)
class RoomQuestion:
    """A question to the facilitator. `at` is a whole minute, so that it cannot be matched with somebody's votes."""

    number: int
    text: str
    at: datetime
    state: QuestionState = QuestionState.WAITING


def clean_question(typed: str) -> str:
    """The question that somebody typed, without anything that would disturb the text around it. Raises `RoomError` if
    nothing is left, or it is too long.

    Spaces and empty lines are merged, control characters and direction overrides removed.
    """
    lines = [" ".join(line.split()) for line in _printable(typed[:MAX_INPUT_LENGTH]).splitlines()]
    lines = [line for line in lines if any(unicodedata.category(each)[0] in "LNPS" for each in line)]
    text = "\n".join(lines)
    if not text:
        raise RoomError("Please type your question first.")
    if len(text) > MAX_QUESTION_LENGTH or len(typed) > MAX_INPUT_LENGTH:
        raise RoomError(f"That’s too long for the projector. Please keep it to {MAX_QUESTION_LENGTH} characters.")
    if len(lines) > MAX_LINES:
        raise RoomError(f"That’s too many lines for the projector. Please use {MAX_LINES} or fewer.")
    return text


def _printable(typed: str) -> str:
    kept: list[str] = []
    marks = 0
    for each in unicodedata.normalize("NFC", "\n".join(typed.splitlines())):
        category = unicodedata.category(each)
        marks = marks + 1 if category.startswith("M") else 0
        if each.isspace() or each in _JOINERS or (category not in _HIDDEN and marks <= _MAX_MARKS):
            kept.append(each)
    return "".join(kept)


def check_pace(asked: Sequence[datetime], now: datetime) -> None:
    """Raises `RoomError` if a page that sent questions at these times has to wait before it sends another."""
    recent = sorted(at for at in asked if now - PACE < at)
    if len(recent) >= MAX_IN_A_ROW:
        seconds = -(-(recent[-MAX_IN_A_ROW] + PACE - now) // timedelta(seconds=1))
        raise RoomError(
            f"You’ve asked {MAX_IN_A_ROW} questions in a minute. "
            f"Please wait {seconds} second{'s' * (seconds != 1)} before you ask another."
        )


def check_room_for_more(waiting: int) -> None:
    """Raises `RoomError` if a room in which this many questions wait takes no more."""
    if waiting >= MAX_WAITING:
        raise RoomError("Too many questions are waiting already. Please try again later, or ask aloud.")


def mark_question(
    questions: Iterable[RoomQuestion], number: int, state: QuestionState, seen: QuestionState
) -> tuple[RoomQuestion, ...]:
    """The questions after the one of this number, seen in state `seen`, is put into another. One that it replaces on
    the projector waits again. Raises `MovedOnError` if it is no longer in the state that was seen.
    """
    questions = tuple(questions)
    marked = next((each for each in questions if each.number == number), None)
    if marked is None:
        raise RoomError(f"There’s no question {number} in this room.")
    if marked.state is state:
        return questions
    if marked.state is not seen:
        raise MovedOnError(f"Question {number} had already changed, so nothing was done. Check the list and try again.")
    return tuple(_after(each, number, state) for each in questions)


def _after(question: RoomQuestion, number: int, state: QuestionState) -> RoomQuestion:
    if question.number == number:
        return replace(question, state=state)
    if state is QuestionState.SHOWN and question.state is QuestionState.SHOWN:
        return replace(question, state=QuestionState.WAITING)
    return question
