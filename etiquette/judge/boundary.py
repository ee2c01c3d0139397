"""The boundary of a guideline as something to look at: how verdict and credit change with one length of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from etiquette.judge.guidelines import Verdict
from etiquette.judge.policy import ARTICLE, Assessment, Policy, assess
from etiquette.judge.situation import A_DAY, A_WEEK, AN_HOUR, Action, Contact, Kind, Situation, Word

A_TUESDAY = datetime(2026, 3, 3, 11, 0)


@dataclass(frozen=True, slots=True)
class Boundary:
    """One action, taken later and later, in `steps` steps of length `step`. `counts` says what time is counted."""

    guideline: str
    asks: str
    counts: str
    action: Action
    step: timedelta
    steps: int
    mark: timedelta
    situation: Callable[[timedelta], Situation]

    def time(self, place: int) -> timedelta:
        """The length of time at a place from 0 to `steps`."""
        return self.step * place

    def assess(self, place: int, policy: Policy = ARTICLE) -> Assessment:
        """How the action is judged if it is taken at that place."""
        return assess(self.situation(self.time(place)), self.action, policy)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Places that follow each other and have one verdict, with the credit at each."""

    verdict: Verdict
    first: int
    credits: tuple[int, ...]

    @property
    def last(self) -> int:
        """The last of its places."""
        return self.first + len(self.credits) - 1


def stretches(boundary: Boundary, policy: Policy = ARTICLE) -> Iterator[Stretch]:
    """The whole boundary, a stretch for each verdict in turn."""
    verdict, first = boundary.assess(0, policy).verdict, 0
    credits: list[int] = []
    for place in range(boundary.steps + 1):
        assessment = boundary.assess(place, policy)
        if assessment.verdict is not verdict:
            yield Stretch(verdict, first, tuple(credits))
            verdict, first, credits = assessment.verdict, place, []
        credits.append(assessment.credit)
    yield Stretch(verdict, first, tuple(credits))


def _asked_for_references(waited: timedelta) -> Situation:
    return Situation(waited, (Word(requests_references=True),), interview=A_TUESDAY)


def _nothing_heard(waited: timedelta) -> Situation:
    return Situation(waited, interview=A_TUESDAY)


def _thanked_after_a_week(waited: timedelta) -> Situation:
    thanked = Contact(Kind.THANK_YOU_EMAIL, A_WEEK)
    return Situation(A_WEEK + waited, contacts=(thanked,), interview=A_TUESDAY)


BOUNDARIES = {
    "references": Boundary(
        "references",
        "They asked for your references at the interview. When do you send them?",
        "since they asked",
        Action(Kind.SEND_REFERENCES),
        3 * AN_HOUR,
        64,
        A_DAY,
        _asked_for_references,
    ),
    "thank-you": Boundary(
        "thank-you",
        "No date was given, and you have heard nothing. When do you thank them by email?",
        "since the interview",
        Action(Kind.THANK_YOU_EMAIL),
        6 * AN_HOUR,
        48,
        A_DAY,
        _nothing_heard,
    ),
    "calling": Boundary(
        "calling",
        "You thanked them after a quiet week. How long after that email do you call?",
        "since your email",
        Action(Kind.CALL),
        2 * AN_HOUR,
        48,
        12 * AN_HOUR,
        _thanked_after_a_week,
    ),
}
"""The boundaries that lessons show, by guideline."""
