"""The records of what a learner has done, one kind a class, and how they are written down."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
NAME = re.compile(r"[\w .:+-]{1,64}")
MOST_CREDITS = 6


@dataclass(frozen=True, slots=True, order=True)
class Topic:
    """What can be missed: what a guideline says of one kind of action, as 'calling' of a 'call'."""

    guideline: str
    kind: str


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario played to its end; the grade runs from 0 to 100."""

    at: datetime
    scenario: str
    grade: int

    def __post_init__(self) -> None:
        check_timestamp(self.at)
        _check_names(self.scenario)
        _check_numbers(self.grade)


@dataclass(frozen=True, slots=True)
class Sat:
    """A quiz sat to its end: how it can be rebuilt, its score, and the average credit by guideline."""

    at: datetime
    seed: str
    length: int
    mode: str
    score: int
    credits: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        check_timestamp(self.at)
        _check_names(self.seed, self.mode, *(guideline for guideline, _ in self.credits))
        _check_numbers(self.length, self.score, *(credit for _, credit in self.credits))
        if len(self.credits) > MOST_CREDITS:
            raise ValueError(f"a sitting has credit for {MOST_CREDITS} guidelines at most")


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
    """How the learner decided in a situation of one kind: missed it or, when it had come back, got it right."""

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
        """What the situation was about."""
        return Topic(self.guideline, self.kind)


Record = Played | Sat | Learned | Judged
RECORD_KINDS: dict[str, type[Record]] = {"played": Played, "sat": Sat, "learned": Learned, "judged": Judged}


def record_to_fields(record: Record) -> dict[str, Any]:
    """The record as it stands in a file."""
    name = next(name for name, kind in RECORD_KINDS.items() if type(record) is kind)
    return {"did": name} | asdict(record) | {"at": format_timestamp(record.at)}


def record_from_fields(fields: dict[str, Any]) -> Record:
    """The record that was written so.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: nobody wrote it so.
    """
    values = fields | {"at": parse_timestamp(fields["at"])}
    kind = RECORD_KINDS[values.pop("did")]
    if "credits" in values:
        values["credits"] = tuple((guideline, credit) for guideline, credit in values["credits"])
    return kind(**values)


def format_timestamp(at: datetime) -> str:
    """A moment as it stands in a file."""
    return at.astimezone(UTC).isoformat()


def parse_timestamp(text: str) -> datetime:
    """The moment that was written so.

    Raises:
        ValueError, TypeError: it is no moment, or has no zone.
    """
    at = datetime.fromisoformat(text)
    check_timestamp(at)
    return at.astimezone(UTC)


def check_timestamp(at: datetime) -> None:
    """Refuse a moment without a zone, or so far off that its reviews could not be counted.

    Raises:
        ValueError: it is one.
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
