"""What one guideline says about one action: a verdict, its credit, and the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from etiquette.judge.reasons import Reason, fill_template
from etiquette.judge.situation import Situation
from etiquette.judge.thresholds import FULL_CREDIT, NO_CREDIT, Thresholds, Wait, next_working_hour


class Verdict(StrEnum):
    """Whether making contact (persistent, pesky) or holding back (patient, passive) was right or wrong."""

    PERSISTENT = "persistent"
    PATIENT = "patient"
    PESKY = "pesky"
    PASSIVE = "passive"


RIGHT = frozenset({Verdict.PERSISTENT, Verdict.PATIENT})


@dataclass(frozen=True, slots=True)
class Finding:
    """What one guideline says about one action.

    `credit` runs from 0 to 100. `right_from` is the first moment at which the same step would be right, if waiting
    is enough to make it so. `times` fill the placeholders of the `template`, only when its text is needed.
    """

    guideline: str
    verdict: Verdict
    credit: int
    right_from: timedelta | None
    template: Reason
    situation: Situation
    times: tuple[tuple[str, timedelta], ...]

    @property
    def reason(self) -> str:
        """Why, in a sentence or two, with the times of this situation in it."""
        return fill_template(self.template.text, self.situation, self.times)

    @property
    def wordings(self) -> tuple[str, ...]:
        """The reason in all its wordings, `reason` first."""
        return tuple(fill_template(text, self.situation, self.times) for text in self.template.wordings)

    @property
    def reading(self) -> str:
        """How we read the article, and why, where it leaves the matter open. Otherwise empty."""
        return fill_template(self.template.reading, self.situation, self.times)


@dataclass(slots=True)
class Rule:
    """One guideline in one situation: builds its findings, whose `times` fill the placeholders of the reason."""

    guideline: str
    situation: Situation

    def persistent(self, reason: Reason, credit: int = FULL_CREDIT, **times: timedelta) -> Finding:
        """Making contact is right."""
        return self._build(Verdict.PERSISTENT, credit, reason, None, times)

    def patient(self, reason: Reason, credit: int = FULL_CREDIT, **times: timedelta) -> Finding:
        """Holding back is right."""
        return self._build(Verdict.PATIENT, credit, reason, None, times)

    def passive(self, reason: Reason, credit: int = NO_CREDIT, **times: timedelta) -> Finding:
        """Too little, or too late."""
        return self._build(Verdict.PASSIVE, credit, reason, None, times)

    def pesky(
        self, reason: Reason, credit: int = NO_CREDIT, right_from: timedelta | None = None, **times: timedelta
    ) -> Finding:
        """Too much, too soon or too often."""
        return self._build(Verdict.PESKY, credit, reason, right_from, times)

    def too_early(self, reason: Reason, wait: Wait, **times: timedelta) -> Finding:
        """Pesky until the wait is over; credit rises towards its end."""
        times |= {"since": wait.since, "until": wait.until, "date": wait.named}
        return self._build(Verdict.PESKY, wait.credit(self.situation.now), reason, wait.until, times)

    def call_too_early(
        self,
        reason: Reason,
        wait: Wait,
        t: Thresholds,
        stated: Wait,
        *,
        in_hours: bool = True,
        most: int = FULL_CREDIT,
        **times: timedelta,
    ) -> Finding:
        """Pesky until the wait is over and, with `in_hours`, they are at work. `date` is the end of `stated`."""
        s = self.situation
        right_from = next_working_hour(s, max(s.now, wait.until), t) if in_hours else wait.until
        times |= {"since": wait.since, "until": right_from, "date": stated.named, "now": s.now}
        times |= {"quiet": t.quiet, "call_after_email": t.call_after_email}
        return self._build(Verdict.PESKY, min(most, wait.credit(s.now)), reason, right_from, times)

    def _build(
        self, verdict: Verdict, credit: int, reason: Reason, right_from: timedelta | None, times: dict[str, timedelta]
    ) -> Finding:
        return Finding(self.guideline, verdict, credit, right_from, reason, self.situation, tuple(times.items()))
