"""When to send a message of some kind, as the plan for the learner's own interview has it."""

from __future__ import annotations

from datetime import datetime

from etiquette.drafts import KIND_NAMES, MessageKind
from etiquette.judge import Kind, Policy
from etiquette.plan import FormError, Plan, PlanStep, parse_form, plan
from etiquette.views.controls import ProgressStore
from etiquette.views.plan.kept import ENTRIES_ITEM, entries_from_json
from etiquette.views.plan.plan_card import step_templates

MESSAGE_KINDS = {
    Kind.SEND_REFERENCES: MessageKind.REFERENCES_EMAIL,
    Kind.THANK_YOU_EMAIL: MessageKind.THANK_YOU_EMAIL,
    Kind.STATUS_EMAIL: MessageKind.STATUS_EMAIL,
    Kind.LEAVE_MESSAGE: MessageKind.VOICEMAIL,
}


def kept_plan(progress_store: ProgressStore, now: datetime, policy: Policy) -> Plan | None:
    """The plan for the entries that the store has kept; None if there are none, or not enough for a plan."""
    if not (entries := entries_from_json(progress_store.item(ENTRIES_ITEM))):
        return None
    try:
        return plan(parse_form(entries, now), now, policy)
    except FormError:
        return None


def when_to_send(kind: MessageKind, plan: Plan | None) -> str:
    """A sentence that says when to send a message of this kind; empty if there is no plan."""
    if plan is None:
        return ""
    step = next((each for each in plan.steps if kind in _messages(each)), None)
    if step is None:
        _, _, name = KIND_NAMES[kind].partition(" ")
        return f"Your plan has no {name} in it."
    if step in plan.now:
        voicemail = kind is MessageKind.VOICEMAIL
        return "You can call now, and leave this if nobody answers." if voicemail else "You can send this now."
    return f"These words, but not before {_at(step, plan)}."


def _messages(step: PlanStep) -> list[MessageKind]:
    """The kinds of message that a step asks for or offers."""
    return [MESSAGE_KINDS[each.kind] for each in step_templates(step) if each.kind in MESSAGE_KINDS]


def _at(step: PlanStep, plan: Plan) -> str:
    """The suggested time, as the learner's clock has it."""
    theirs, yours = step.suggested, step.suggested.astimezone(plan.application.home)
    whose = "" if theirs.utcoffset() == yours.utcoffset() else " your time"
    return f"{yours:%A} {yours.day} {yours:%B} at {yours.hour}:{yours:%M}{whose}"
