"""The boundary of a guideline: how verdict and credit change with one length of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from etiquette.judge.finding import Verdict
from etiquette.judge.lengths import A_DAY, A_WEEK, AN_HOUR
from etiquette.judge.policy import ARTICLE, Assessment, Policy, assess
from etiquette.judge.situation import Action, Contact, Kind, Situation, Word

AFTER_AN_INTERVIEW = Situation(timedelta(0), interview=datetime(2026, 3, 3, 11, 0))


@dataclass(frozen=True, slots=True)
class Boundary:
    """One action, taken after 0 to `steps` steps of length `step`.

    `question` asks when to take it, and `since_label` says what the time is counted from. `tick` is the distance
    between ticks on a scale, and `start` is the situation from which the time is counted.
    """

    guideline: str
    question: str
    since_label: str
    action: Action
    step: timedelta
    steps: int
    tick: timedelta
    start: Situation

    def time_at(self, position: int) -> timedelta:
        """The length of time at a position from 0 to `steps`."""
        return self.step * position

    def assess(self, position: int, policy: Policy = ARTICLE) -> Assessment:
        """The judgement of the action if it is taken at that position."""
        return assess(self.start.at(self.start.now + self.time_at(position)), self.action, policy)


@dataclass(frozen=True, slots=True)
class VerdictSegment:
    """Consecutive positions with the same verdict, and the credit at each of them."""

    verdict: Verdict
    first: int
    credits: tuple[int, ...]

    @property
    def last(self) -> int:
        """The last position."""
        return self.first + len(self.credits) - 1


def verdict_segments(boundary: Boundary, policy: Policy = ARTICLE) -> Iterator[VerdictSegment]:
    """All positions of a boundary in order, split where the verdict changes."""
    assessments = [boundary.assess(position, policy) for position in range(boundary.steps + 1)]
    first = 0
    for verdict, group in groupby(assessments, key=lambda assessment: assessment.verdict):
        segment = VerdictSegment(verdict, first, tuple(assessment.credit for assessment in group))
        yield segment
        first = segment.last + 1


BOUNDARIES = {
    "references": Boundary(
        "references",
        "They asked for your references at the interview. When do you send them?",
        "since they asked",
        Action(Kind.SEND_REFERENCES),
        3 * AN_HOUR,
        64,
        A_DAY,
        AFTER_AN_INTERVIEW.after(Word(requests_references=True)),
    ),
    "thank-you": Boundary(
        "thank-you",
        "They gave no date, and you’ve heard nothing. When do you send an email of thanks?",
        "since the interview",
        Action(Kind.THANK_YOU_EMAIL),
        6 * AN_HOUR,
        48,
        A_DAY,
        AFTER_AN_INTERVIEW,
    ),
    "calling": Boundary(
        "calling",
        "You emailed your thanks after a quiet week. How long do you wait before you call?",
        "since your email",
        Action(Kind.CALL),
        2 * AN_HOUR,
        48,
        12 * AN_HOUR,
        AFTER_AN_INTERVIEW.after(Contact(Kind.THANK_YOU_EMAIL, A_WEEK)),
    ),
}
"""The boundaries shown in lessons, by guideline."""
