"""What a learner has done, what was missed, and when it comes back.

A `Progress` is a set of records and nothing else: best grades, attempts and what is due are worked out from them.
Sets can be united in any order and as often as one likes, so that two tabs or two computers lose nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from etiquette.judge import A_DAY, RIGHT, Policy, assess
from etiquette.practice.records import (
    Judged,
    Learned,
    Played,
    Record,
    Sat,
    Topic,
    check_timestamp,
    format_timestamp,
    parse_timestamp,
    record_from_fields,
    record_to_fields,
)
from etiquette.stories import Decision, Run, Scenario, best_choice

REVIEWED_AFTER = (1 * A_DAY, 3 * A_DAY, 7 * A_DAY, 21 * A_DAY)
GOOD_GRADE = 80
GRADED = "graded"

MOST_RECORDS = 5_000
LARGEST_PROGRESS = 800 * MOST_RECORDS
FORMAT, VERSION = "etiquette progress", 1
PROGRESS_TOO_LARGE = "This file is too large to be your progress. Choose the file that you saved here."


class ProgressError(ValueError):
    """Progress cannot be read or kept. The message is a sentence for the learner."""


@dataclass(frozen=True, slots=True)
class Review:
    """Something missed that comes back, at `due`, as a new situation; `passed` is how often it was right since."""

    topic: Topic
    due: datetime
    passed: int = 0

    @classmethod
    def missed(cls, topic: Topic, now: datetime) -> Review:
        """The review of what was missed just now."""
        return cls(topic, now + REVIEWED_AFTER[0])

    def after(self, now: datetime, *, right: bool) -> Review | None:
        """The review that follows from this one, None when it is done. Right before it is due moves nothing."""
        if not right:
            return Review.missed(self.topic, now)
        if now < self.due:
            return self
        passed = self.passed + 1
        return Review(self.topic, now + REVIEWED_AFTER[passed], passed) if passed < len(REVIEWED_AFTER) else None


class Do(StrEnum):
    """What a learner can do next."""

    REVIEW = "review"
    LEARN = "learn"
    PLAY = "play"
    SIT = "sit"
    PLAY_AGAIN = "play_again"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next: the lesson or scenario to open, or the topics to review, or when the next of them is due."""

    do: Do
    name: str = ""
    topics: tuple[Topic, ...] = ()
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything a learner has done since `began`, which is when all before was forgotten.

    Only the newest records are kept, `MOST_RECORDS` of them: years of practice.
    """

    records: frozenset[Record] = frozenset()
    began: datetime | None = None

    def __post_init__(self) -> None:
        if self.began:
            check_timestamp(self.began)

    def after(self, *records: Record) -> Progress:
        """The progress with these records added."""
        return replace(self, records=_newest(self.records.union(records)))

    def after_run(self, run: Run, grade: int, now: datetime) -> Progress:
        """The progress after a scenario played to its end, with what was missed in it and what was got right again.

        A step is missed if it was pesky or passive and something better was on offer.
        """
        due = {review.topic for review in self.due(now)}
        judged: set[Judged] = set()
        for step in run.steps:
            if step.assessment.verdict in RIGHT:
                judged |= {Judged(now, topic.guideline, topic.kind, True) for topic in _offered(step, run.policy) & due}
            elif best_choice(step, run.policy) is not step.choice:
                judged.add(Judged(now, step.assessment.guideline, step.choice.action.kind.value, False))
        return self.after(Played(now, run.scenario.id, grade), *judged)

    def reviewed(self, topic: Topic, now: datetime, *, right: bool) -> Progress:
        """The progress after a situation of this kind: missed, it comes back in a day; right, if due, it moves on."""
        return self.after(Judged(now, topic.guideline, topic.kind, right))

    def forgotten(self, now: datetime) -> Progress:
        """Nothing, begun anew. Merged with what was before, it is still nothing."""
        later = self.began + timedelta(microseconds=1) if self.began else now
        return Progress(began=max(now, later))

    def loaded(self, other: Progress) -> Progress:
        """This progress with all that a file holds, even if it was forgotten here since."""
        return self.after(*other.records)

    @property
    def in_order(self) -> list[Record]:
        """The records, oldest first."""
        return sorted(self.records, key=_order)

    @property
    def best(self) -> dict[str, int]:
        """The best grade of each scenario that was played."""
        best: dict[str, int] = {}
        for record in self.records:
            if isinstance(record, Played):
                best[record.scenario] = max(record.grade, best.get(record.scenario, 0))
        return best

    @property
    def attempts(self) -> Counter[str]:
        """How often each scenario was played to its end; 0 for all others."""
        return Counter(record.scenario for record in self.records if isinstance(record, Played))

    @property
    def sittings(self) -> list[Sat]:
        """The quizzes that were sat, the latest first."""
        return sorted((each for each in self.records if isinstance(each, Sat)), key=_order, reverse=True)

    @property
    def lessons(self) -> set[str]:
        """The lessons that were read."""
        return {record.lesson for record in self.records if isinstance(record, Learned)}

    @property
    def reviews(self) -> list[Review]:
        """Everything missed that is still to come back, in the order in which it does."""
        waiting: dict[Topic, Review] = {}
        for record in sorted((each for each in self.records if isinstance(each, Judged)), key=_order):
            review = waiting.pop(record.topic, None)
            if review is None:
                following = None if record.right else Review.missed(record.topic, record.at)
            else:
                following = review.after(record.at, right=record.right)
            if following:
                waiting[record.topic] = following
        return sorted(waiting.values(), key=lambda review: (review.due, review.topic))

    def due(self, now: datetime) -> list[Review]:
        """What is to be reviewed now, the longest due first."""
        return [review for review in self.reviews if review.due <= now]

    def next_step(self, now: datetime, scenarios: Mapping[str, Scenario], lessons: Sequence[str] = ()) -> NextStep:
        """What to do next, given the scenarios and lessons there are, in their order.

        What was missed comes first, then lessons, new scenarios, a graded quiz, and scenarios that could go better.
        """
        if due := self.due(now):
            return NextStep(Do.REVIEW, topics=tuple(review.topic for review in due))
        best, lessons_read = self.best, self.lessons
        for lesson in lessons:
            if lesson not in lessons_read:
                return NextStep(Do.LEARN, lesson)
        for scenario in scenarios:
            if scenario not in best:
                return NextStep(Do.PLAY, scenario)
        if not any(sat.mode == GRADED and sat.score >= GOOD_GRADE for sat in self.sittings):
            return NextStep(Do.SIT)
        weakest = min(scenarios, key=lambda scenario: best[scenario], default="")
        if weakest and best[weakest] < GOOD_GRADE:
            return NextStep(Do.PLAY_AGAIN, weakest)
        return NextStep(Do.REST, due=next((review.due for review in self.reviews), None))

    def to_json(self) -> str:
        """The progress as JSON, for `from_json`."""
        return json.dumps(
            {
                "format": FORMAT,
                "version": VERSION,
                "began": format_timestamp(self.began) if self.began else None,
                "records": [record_to_fields(record) for record in self.in_order],
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> Progress:
        """The progress that was saved.

        Raises:
            ProgressError: it is damaged, or something else, or from a later version; the message is a sentence.
        """
        if len(text) > LARGEST_PROGRESS:
            raise ProgressError(PROGRESS_TOO_LARGE)
        try:
            saved = json.loads(text)
        except (ValueError, RecursionError):
            saved = None
        if not isinstance(saved, dict) or saved.get("format") != FORMAT:
            raise ProgressError("This is not your progress, or it is damaged. Choose the file that you saved here.")
        version = saved.get("version")
        if type(version) is int and version > VERSION:
            raise ProgressError("This progress was saved by a later version of this course. Bring this one up to date.")
        try:
            if version != VERSION or len(saved["records"]) > MOST_RECORDS:
                raise ValueError(version)
            began = None if saved["began"] is None else parse_timestamp(saved["began"])
            return cls(frozenset(record_from_fields(fields) for fields in saved["records"]), began)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            raise ProgressError("This file held your progress, but it is damaged and cannot be read.") from None


def merge(one: Progress, other: Progress) -> Progress:
    """All that either knows. What one has forgotten stays so; what the other has done since then counts."""
    began = max(filter(None, (one.began, other.began)), default=None)
    kept: set[Record] = set()
    for each in (one, other):
        kept |= each.records if each.began == began else {r for r in each.records if began is None or r.at > began}
    return Progress(_newest(kept), began)


def _offered(step: Decision, policy: Policy) -> set[Topic]:
    """What a moment is about: every kind of action on offer, with the guideline that decides on it."""
    return {
        Topic(assess(step.situation, choice.action, policy).guideline, choice.action.kind.value)
        for choice in step.moment.choices
    }


def _newest(records: Iterable[Record]) -> frozenset[Record]:
    known = frozenset(records)
    return known if len(known) <= MOST_RECORDS else frozenset(sorted(known, key=_order)[-MOST_RECORDS:])


def _order(record: Record) -> tuple[datetime, str]:
    return record.at, repr(record_to_fields(record))
