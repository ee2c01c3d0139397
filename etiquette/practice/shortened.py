"""Less of a learner's progress, for a place that has little room."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace

from etiquette.practice.progress import Progress
from etiquette.practice.records import Judged, Learned, Mode, Played, QuizTaken, Record, Topic, record_order


def shortened(progress: Progress, most: int) -> Progress:
    """The newest `most` records, always with all that best grades, lessons, reviews, gain and the outcome depend on.

    What is lost first is how often a story was played, and old quizzes. There are more than `most` records only if all
    of them are needed.
    """
    needed = frozenset(_needed(progress))
    others = sorted(progress.records - needed, key=record_order)
    room = max(0, most - len(needed))
    return replace(progress, records=needed.union(others[max(0, len(others) - room) :]))


def compact_json(progress: Progress, room: int) -> str:
    """The progress as compact JSON, shortened until it takes at most `room` bytes once it is compressed."""
    most = len(progress.records)
    while zipped_size(text := shortened(progress, most).to_compact_json()) > room and most:
        most = most * 3 // 4
    return text


def zipped_size(text: str) -> int:
    """How many bytes the text takes once it is compressed."""
    return len(zlib.compress(text.encode(), 9, -zlib.MAX_WBITS))


def _needed(progress: Progress) -> Iterator[Record]:
    best: dict[str, Record] = {}  # by story, by lesson and for the quiz
    mistakes: dict[Topic, list[Judged]] = {}  # and what was judged since, on a topic that is to be reviewed
    topics = {review.topic for review in progress.reviews}
    for record in sorted(progress.records, key=_worth):
        match record:
            case Played(scenario=name):
                best[f"story {name}"] = record
            case Learned(lesson=name):
                best[f"lesson {name}"] = record
            case QuizTaken(mode=Mode.GRADED):
                best["quiz"] = record
    for record in sorted(progress.records, key=record_order):
        if isinstance(record, Judged) and record.topic in topics:
            mistakes[record.topic] = [*(mistakes.get(record.topic, ()) if record.right else ()), record]
    yield from best.values()
    yield from (record for judged in mistakes.values() for record in judged)
    yield from progress.gain or ()


def _worth(record: Record) -> tuple[object, ...]:
    """A sort key: by grade, if it has one."""
    return getattr(record, "grade", 0), record_order(record)
