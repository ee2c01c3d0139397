"""The records of what a learner has done, and how they are saved."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
NAME = re.compile(r"[\w .:+-]{1,64}")
MOST_CREDITS = 6
PASS_MARK = 80


class Mode(StrEnum):
    """Practice gives feedback at once and allows retries; graded gives it at the end."""

    PRACTICE = "practice"
    GRADED = "graded"


def passes(mode: str, grade: int) -> bool:
    """Whether a quiz taken in this mode, with this grade, is passed: it earns a certificate."""
    return mode == Mode.GRADED and grade >= PASS_MARK


@dataclass(frozen=True, slots=True, order=True)
class Topic:
    """What a learner can get wrong: one kind of action under one guideline, such as 'call' under 'calling'."""

    guideline: str
    kind: str


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario played to its end; the grade is from 0 to 100."""

    at: datetime
    scenario: str
    grade: int

    def __post_init__(self) -> None:
        check_timestamp(self.at)
        _check_names(self.scenario)
        _check_numbers(self.grade)


@dataclass(frozen=True, slots=True)
class QuizTaken:
    """A quiz taken to its end: how to draw it again, its grade, and the average credit by guideline."""

    at: datetime
    seed: str
    length: int
    mode: str
    grade: int
    credits: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        check_timestamp(self.at)
        _check_names(self.seed, self.mode, *(guideline for guideline, _ in self.credits))
        _check_numbers(self.length, self.grade, *(credit for _, credit in self.credits))
        if len(self.credits) > MOST_CREDITS:
            raise ValueError(f"a sitting has credit for {MOST_CREDITS} guidelines at most")

    @property
    def passed(self) -> bool:
        """Whether it was a graded quiz, and passed."""
        return passes(self.mode, self.grade)


@dataclass(frozen=True, slots=True)
class Learned:
    """A lesson read to its end."""

    at: datetime
    lesson: str

    def __post_init__(self) -> None:
        check_timestamp(self.at)
        _check_names(self.lesson)


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision on one topic: a mistake or, in a review, the right one."""

    at: datetime
    guideline: str
    kind: str
    right: bool

    def __post_init__(self) -> None:
        check_timestamp(self.at)
        _check_names(self.guideline, self.kind)
        if type(self.right) is not bool:
            raise ValueError(f"right is true or false, not {self.right!r}")

    @property
    def topic(self) -> Topic:
        """What the decision was about."""
        return Topic(self.guideline, self.kind)


Record = Played | QuizTaken | Learned | Judged
RECORD_TYPES: dict[str, type[Record]] = {"played": Played, "sat": QuizTaken, "learned": Learned, "judged": Judged}
TYPE_NAMES = {record_type: name for name, record_type in RECORD_TYPES.items()}
FIELDS = {record_type: tuple(field.name for field in fields(record_type)) for record_type in TYPE_NAMES}
VALUES = {record_type: attrgetter(*names) for record_type, names in FIELDS.items()}


def record_to_fields(record: Record) -> dict[str, Any]:
    """The record as JSON fields."""
    values = dict(zip(FIELDS[type(record)], VALUES[type(record)](record), strict=True))
    return {"did": TYPE_NAMES[type(record)]} | values | {"at": format_timestamp(record.at)}


def record_order(record: Record) -> tuple[Any, ...]:
    """A sort key: by time, and always in the same order for records of the same moment."""
    return record.at, TYPE_NAMES[type(record)], VALUES[type(record)](record)


def record_from_fields(fields: dict[str, Any]) -> Record:
    """The record in these JSON fields.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: the fields are not those of a record.
    """
    values = fields | {"at": parse_timestamp(fields["at"])}
    record_type = RECORD_TYPES[values.pop("did")]
    if record_type is QuizTaken and "score" in values:
        values["grade"] = values.pop("score")  # as earlier versions saved it
    if "credits" in values:
        values["credits"] = tuple((guideline, credit) for guideline, credit in values["credits"])
    return record_type(**values)


def format_timestamp(at: datetime) -> str:
    """A time in UTC as ISO 8601."""
    return _in_utc(at).isoformat()


def parse_timestamp(text: str) -> datetime:
    """A time in UTC, read from ISO 8601.

    Raises:
        ValueError, TypeError: the text is not a time, or the time fails `check_timestamp`.
    """
    at = datetime.fromisoformat(text)
    check_timestamp(at)
    return _in_utc(at)


def _in_utc(at: datetime) -> datetime:
    return at if at.tzinfo is UTC else at.astimezone(UTC)


def check_timestamp(at: datetime) -> None:
    """Check that a time has a zone, and lies in a range in which adding review intervals cannot overflow.

    Raises:
        ValueError: it does not.
    """
    if at.tzinfo is None or not EARLIEST <= at < LATEST:
        raise ValueError(f"a record needs a time with its zone, in this century or the next, not {at}")


def _check_names(*names: str) -> None:
    for name in names:
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name")


def _check_numbers(*numbers: int) -> None:
    for number in numbers:
        if type(number) is not int or not 0 <= number <= 100:
            raise ValueError(f"{number!r} is no number from 0 to 100")
