"""What a learner has done, what they got wrong, and when it is due for review.

A `Progress` is a set of records; best grades, attempts and reviews are computed from them. Sets can be merged in any
order and repeatedly, so two tabs or two computers lose nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from etiquette.judge import A_DAY, RIGHT, Policy, assess
from etiquette.practice.columns import fields_from_columns, records_to_columns
from etiquette.practice.records import (
    Judged,
    Learned,
    Played,
    QuizTaken,
    Record,
    Topic,
    check_timestamp,
    format_timestamp,
    parse_timestamp,
    record_from_fields,
    record_order,
    record_to_fields,
)
from etiquette.stories import JudgedChoice, Run, Scenario, best_choice

if TYPE_CHECKING:
    from etiquette.practice.quiz import Sitting

REVIEW_INTERVALS = (1 * A_DAY, 3 * A_DAY, 7 * A_DAY, 21 * A_DAY)
GOOD_GRADE = 80
GAIN_LENGTH = 5  # questions; fewer say little about anybody

MOST_RECORDS = 5_000
LARGEST_PROGRESS = 800 * MOST_RECORDS  # characters of JSON
FORMAT, VERSION = "etiquette progress", 1
PROGRESS_TOO_LARGE = "This file is too large to be your progress. Choose the file you saved here."


class ProgressError(ValueError):
    """Progress that cannot be read or saved. The message is for the learner."""


@dataclass(frozen=True, slots=True)
class Review:
    """A topic to review at `due` in a new situation; `passed` counts the reviews passed so far."""

    topic: Topic
    due: datetime
    passed: int = 0

    @classmethod
    def missed(cls, topic: Topic, now: datetime) -> Review:
        """The first review of a topic that was missed now."""
        return cls(topic, now + REVIEW_INTERVALS[0])

    def after(self, now: datetime, *, right: bool) -> Review | None:
        """The next review of the topic, None if this was the last. A right answer before it is due changes nothing."""
        if not right:
            return Review.missed(self.topic, now)
        if now < self.due:
            return self
        passed = self.passed + 1
        return Review(self.topic, now + REVIEW_INTERVALS[passed], passed) if passed < len(REVIEW_INTERVALS) else None


class Activity(StrEnum):
    """What a learner can do next."""

    REVIEW = "review"
    LEARN = "learn"
    PLAY = "play"
    SIT = "sit"
    PLAY_AGAIN = "play_again"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next: `name` is the lesson or scenario to open, `topics` are to review, `due` is the next review."""

    activity: Activity
    name: str = ""
    topics: tuple[Topic, ...] = ()
    due: datetime | None = None


class Gain(NamedTuple):
    """A learner's first quiz and their latest, each on all guidelines and of at least `GAIN_LENGTH` questions."""

    first: QuizTaken
    latest: QuizTaken


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything a learner has done since `began`, when they last deleted their progress (None if never).

    Only the newest `MOST_RECORDS` records are kept, which is years of practice.
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
        """The progress after a scenario was played to its end, with topics that it missed and due reviews it passed."""
        due = {review.topic for review in self.due(now)}
        judged: set[Judged] = set()
        for decision in run.decisions:
            if decision.assessment.verdict in RIGHT:
                reviewed = _topics_offered(decision, run.policy) & due
                judged |= {Judged(now, topic.guideline, topic.kind, right=True) for topic in reviewed}
            elif missed := missed_topic(decision, run.policy):
                judged.add(Judged(now, missed.guideline, missed.kind, right=False))
        return self.after(Played(now, run.scenario.id, grade), *judged)

    def after_quiz(self, sitting: Sitting, now: datetime) -> Progress:
        """The progress after a quiz: its grade, and each question that was missed, for review."""
        debrief, quiz = sitting.debrief(), sitting.quiz
        credits = tuple((line.guideline, line.correctness) for line in debrief.results)
        taken = QuizTaken(now, quiz.seed, len(quiz.questions), sitting.mode.value, debrief.grade, credits)
        missed = [
            Judged(now, question.guideline, question.options[answer.option].action.kind.value, right=False)
            for question, answer in zip(quiz.questions, sitting.answers, strict=True)
            if question.mistaken(answer.option)
        ]
        return self.after(taken, *missed)

    def reviewed(self, topic: Topic, now: datetime, *, right: bool) -> Progress:
        """The progress after a situation on this topic: missed, it is due in a day; right when due, later."""
        return self.after(Judged(now, topic.guideline, topic.kind, right))

    def forgotten(self, now: datetime) -> Progress:
        """Empty progress that begins now, or just after `began` by a clock that went back. Merging restores nothing."""
        earliest = self.began + timedelta(microseconds=1) if self.began else now
        return Progress(began=max(now, earliest))

    def loaded(self, other: Progress) -> Progress:
        """This progress with all records of a saved one, even those deleted here since."""
        return self.after(*other.records)

    @property
    def best(self) -> dict[str, int]:
        """The best grade for each scenario played."""
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
    def sittings(self) -> list[QuizTaken]:
        """The quizzes taken, the latest first."""
        return sorted((each for each in self.records if isinstance(each, QuizTaken)), key=record_order, reverse=True)

    @property
    def gain(self) -> Gain | None:
        """How the first questions went, and the latest; None until there are two quizzes to compare."""
        compared = [each for each in self.sittings if each.length >= GAIN_LENGTH and len(each.credits) != 1]
        return Gain(compared[-1], compared[0]) if len(compared) > 1 else None

    @property
    def lessons(self) -> set[str]:
        """The lessons read to the end."""
        return {record.lesson for record in self.records if isinstance(record, Learned)}

    @property
    def reviews(self) -> list[Review]:
        """All reviews still to come, by due date."""
        pending: dict[Topic, Review] = {}
        for record in sorted((each for each in self.records if isinstance(each, Judged)), key=record_order):
            review = pending.pop(record.topic, None)
            if review is None:
                following = None if record.right else Review.missed(record.topic, record.at)
            else:
                following = review.after(record.at, right=record.right)
            if following:
                pending[record.topic] = following
        return sorted(pending.values(), key=lambda review: (review.due, review.topic))

    def due(self, now: datetime) -> list[Review]:
        """The reviews due now, the longest overdue first."""
        return [review for review in self.reviews if review.due <= now]

    def next_story(self, scenarios: Mapping[str, Scenario]) -> str:
        """The story to play next: the first unplayed one that practises most of what was missed; else the weakest."""
        best, missed = self.best, {review.topic.guideline for review in self.reviews}
        if unplayed := [name for name in scenarios if name not in best]:
            return max(unplayed, key=lambda name: len(missed.intersection(scenarios[name].practises)))
        return min(scenarios, key=lambda name: best[name])

    def next_step(self, now: datetime, scenarios: Mapping[str, Scenario], lessons: Sequence[str] = ()) -> NextStep:
        """What to do next, given the available scenarios and lessons in order.

        Due reviews come first, then lessons, new scenarios, a graded quiz, and scenarios with a low grade.
        """
        if due := self.due(now):
            return NextStep(Activity.REVIEW, topics=tuple(review.topic for review in due))
        best, read = self.best, self.lessons
        if unread := [lesson for lesson in lessons if lesson not in read]:
            return NextStep(Activity.LEARN, unread[0])
        if scenarios.keys() - best.keys():
            return NextStep(Activity.PLAY, self.next_story(scenarios))
        if not any(quiz.passed for quiz in self.sittings):
            return NextStep(Activity.SIT)
        weakest = min(scenarios, key=lambda scenario: best[scenario], default="")
        if weakest and best[weakest] < GOOD_GRADE:
            return NextStep(Activity.PLAY_AGAIN, weakest)
        return NextStep(Activity.REST, due=next((review.due for review in self.reviews), None))

    def to_json(self) -> str:
        """The progress as JSON, for `from_json`."""
        records = [record_to_fields(record) for record in sorted(self.records, key=record_order)]
        return self._saved({"records": records})

    def to_compact_json(self) -> str:
        """The same as JSON that can be compressed to two thirds of the size, for `from_json` too."""
        return self._saved({"columns": records_to_columns(self.records)})

    def _saved(self, records: dict[str, Any]) -> str:
        began = format_timestamp(self.began) if self.began else None
        saved = {"format": FORMAT, "version": VERSION, "began": began} | records
        return json.dumps(saved, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Progress:
        """Restore saved progress.

        Raises:
            ProgressError: the text is damaged, is something else, or comes from a later version.
        """
        if len(text) > LARGEST_PROGRESS:
            raise ProgressError(PROGRESS_TOO_LARGE)
        try:
            saved = json.loads(text)
        except (ValueError, RecursionError):
            saved = None
        if not isinstance(saved, dict) or saved.get("format") != FORMAT:
            raise ProgressError("This isn’t a saved progress file, or it’s damaged. Choose the file you saved here.")
        version = saved.get("version")
        if type(version) is int and version > VERSION:
            raise ProgressError(
                "A newer version of this course saved this file. Update the course, then load it again."
            )
        try:
            records = list(fields_from_columns(saved["columns"])) if "columns" in saved else saved["records"]
            if version != VERSION or len(records) > MOST_RECORDS:
                raise ValueError(version)
            began = None if saved["began"] is None else parse_timestamp(saved["began"])
            return cls(frozenset(record_from_fields(fields) for fields in records), began)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            raise ProgressError("This file holds your progress, but it is damaged and we can’t read it.") from None


def merge(one: Progress, other: Progress) -> Progress:
    """The records of both. What was deleted in one stays deleted; what was done in the other after that counts."""
    began = max(filter(None, (one.began, other.began)), default=None)
    kept: set[Record] = set()
    for each in (one, other):
        kept |= each.records if each.began == began else {r for r in each.records if began is None or r.at > began}
    return Progress(_newest(kept), began)


def missed_topic(decision: JudgedChoice, policy: Policy) -> Topic | None:
    """The topic that a decision missed: the choice was pesky or passive, and there was a better one."""
    if decision.assessment.verdict in RIGHT or best_choice(decision, policy) is decision.choice:
        return None
    return Topic(decision.assessment.guideline, decision.choice.action.kind.value)


def _topics_offered(decision: JudgedChoice, policy: Policy) -> set[Topic]:
    """The topics of a moment: every kind of action on offer, with the guideline that decides on it."""
    return {
        Topic(assess(decision.situation, choice.action, policy).guideline, choice.action.kind.value)
        for choice in decision.moment.choices
    }


def _newest(records: Iterable[Record]) -> frozenset[Record]:
    known = frozenset(records)
    return known if len(known) <= MOST_RECORDS else frozenset(sorted(known, key=record_order)[-MOST_RECORDS:])
