"""Policies, and the judgement of an action by a policy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from etiquette.judge.finding import Finding, Verdict
from etiquette.judge.guidelines import GUIDELINES, call_open, kind_of_call, thank_you_open
from etiquette.judge.situation import Action, Kind, Situation
from etiquette.judge.thresholds import Thresholds, answer_due, quiet_period


@dataclass(frozen=True, slots=True)
class Policy:
    """The thresholds that an office teaches. `id` appears in saved runs; `source` says whose numbers they are."""

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
    """How an action was judged. Of all findings, the strictest decides."""

    findings: tuple[Finding, ...]

    @property
    def decisive(self) -> Finding:
        """The finding with the least credit; if several have it, that of the first guideline."""
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
    def wordings(self) -> tuple[str, ...]:
        """The reason in all its wordings, `reason` first."""
        return self.decisive.wordings

    @property
    def reading(self) -> str:
        """How we read the article, and why, where it leaves the matter open. Otherwise empty."""
        return self.decisive.reading

    @property
    def right_from(self) -> timedelta | None:
        """When the same step would first be right, if waiting is enough to make it so."""
        return self.decisive.right_from


def assess(situation: Situation, action: Action, policy: Policy = ARTICLE) -> Assessment:
    """Judge an action taken now, in this situation, by this policy.

    An "invited call" without an invitation is judged as an ordinary call. So is calling "again" if all calls so far
    were invited; if one of them may be tried once more, calling "again" is that.
    """
    kind = kind_of_call(situation, action.kind, policy.thresholds)
    if kind is not action.kind:
        action = Action(kind)
    findings = (guideline(situation, action, policy.thresholds) for guideline in GUIDELINES.values())
    return Assessment(tuple(finding for finding in findings if finding is not None))


def open_steps(situation: Situation, policy: Policy = ARTICLE) -> tuple[Kind, ...]:
    """The steps that are due or allowed now, the most pressing first."""
    steps = []
    if situation.references_owed_since is not None:
        steps.append(Kind.SEND_REFERENCES)
    heard = situation.answer_owed
    if heard and heard is situation.invitation:
        call = assess(situation, Action(Kind.INVITED_CALL), policy)
        if call.verdict is not Verdict.PESKY:
            steps.append(Kind.INVITED_CALL)
        elif heard is situation.offer or situation.now >= answer_due(situation, heard, policy.thresholds):
            steps.append(Kind.REPLY)  # out of their working hours, an email
    elif heard and not (steps and heard.requests_references):  # sending the references answers this
        steps.append(Kind.REPLY)
    if thank_you_open(situation, policy.thresholds):
        steps.append(Kind.THANK_YOU_EMAIL)
    if call_open(situation, policy.thresholds):
        steps.append(Kind.CALL)
    return tuple(steps)


def advise(situation: Situation, policy: Policy = ARTICLE) -> Action:
    """What a persistent candidate would do now: the most pressing open step or, without one, hold back."""
    hold_back = Action(Kind.HOLD_BACK)
    credit = assess(situation, hold_back, policy).credit
    for step in open_steps(situation, policy):
        if assess(situation, Action(step), policy).credit > credit:
            return Action(step)
    ends = [quiet_period(situation, policy.thresholds).named]
    if owed := situation.answer_owed:
        ends.append(answer_due(situation, owed, policy.thresholds))
    return replace(hold_back, until=min(ends)) if min(ends) > situation.now else hold_back
