"""A policy: the thresholds that an office teaches by, and the judgement that follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from etiquette.judge.guidelines import FULL, GUIDELINES, Finding, Verdict, call_open, thank_you_open
from etiquette.judge.situation import Action, Kind, Situation
from etiquette.judge.thresholds import Thresholds, quiet_time


@dataclass(frozen=True, slots=True)
class Policy:
    """What an office teaches. `id` names it in saved runs; `source` says whose numbers these are."""

    id: str
    title: str
    source: str
    thresholds: Thresholds = Thresholds()


ARTICLE = Policy(
    id="article",
    title="The article",
    source="Following Up After an Interview: Persistent or Pesky?",
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """How an action was judged: every finding, the strictest of which decides."""

    findings: tuple[Finding, ...]

    @property
    def decisive(self) -> Finding:
        """The finding with the least credit; of equals, the one whose guideline comes first."""
        return min(self.findings, key=lambda finding: finding.credit)

    @property
    def verdict(self) -> Verdict:
        """Persistent, patient, pesky or passive."""
        return self.decisive.verdict

    @property
    def credit(self) -> int:
        """From 0 to 100."""
        return self.decisive.credit

    @property
    def guideline(self) -> str:
        """The id of the guideline that decided."""
        return self.decisive.guideline

    @property
    def reason(self) -> str:
        """Why, in a sentence or two, with the times of this situation in it."""
        return self.decisive.reason

    @property
    def reading(self) -> str:
        """Where the article leaves it open: how we read it, and why. Else empty."""
        return self.decisive.reading

    @property
    def right_from(self) -> timedelta | None:
        """When the same step would first be right, in time since the interview."""
        return self.decisive.right_from


def assess(situation: Situation, action: Action, policy: Policy = ARTICLE) -> Assessment:
    """Judge an action taken now, in this situation, by this policy.

    A call not invited is a call like any other; so is one made again, if only invited ones were made before.
    """
    uninvited = action.kind is Kind.INVITED_CALL and situation.invitation is None
    first = action.kind is Kind.CALL_AGAIN and situation.last_call and not situation.unasked_call
    if uninvited or first:
        action = Action(Kind.CALL)
    thresholds = policy.thresholds
    found = [judge(situation, action, thresholds) for judge in GUIDELINES.values()]
    return Assessment(tuple(finding for finding in found if finding is not None))


def open_steps(situation: Situation, policy: Policy = ARTICLE) -> tuple[Kind, ...]:
    """The steps that would be right now and are still to be taken, the most pressing first."""
    steps = []
    if situation.references_owed_since is not None:
        steps.append(Kind.SEND_REFERENCES)
    heard = situation.answer_owed
    if heard and not (steps and heard.requests_references):  # the references are the answer to that
        steps.append(Kind.REPLY)
    if thank_you_open(situation, policy.thresholds):
        steps.append(Kind.THANK_YOU_EMAIL)
    if call_open(situation, policy.thresholds):
        steps.append(Kind.CALL)
    return tuple(steps)


def advise(situation: Situation, policy: Policy = ARTICLE) -> Action:
    """What a persistent candidate would do now: the most pressing open step, or else hold back until one opens."""
    for step in open_steps(situation, policy):
        if assess(situation, Action(step), policy).credit == FULL:
            return Action(step)
    quiet = quiet_time(situation, policy.thresholds)
    return Action(Kind.HOLD_BACK, until=quiet.until if quiet.until > situation.now else None)
