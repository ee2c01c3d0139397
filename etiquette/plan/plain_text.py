"""A plan as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from textwrap import fill

from etiquette.plan.local_time import in_both_zones
from etiquette.plan.planner import NotYet, Plan, PlanStep
from etiquette.plan.templates import STEP_TITLES, step_title

WIDTH = 100


def plan_text(plan: Plan) -> str:
    """The whole plan, with each date in both zones and each reason, in paragraphs."""
    return "\n".join(_lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    application = plan.application
    names = " at ".join(name for name in (application.job, application.employer) if name)
    yield f"{names or 'Your interview'}, planned on {_date(plan, plan.at)}"
    yield "\nNow"
    for step in plan.now:
        yield from _step(plan, step)
    if not plan.now:
        yield from ("  Nothing.", _paragraph(plan.why_nothing_now))
    yield from ["\nNot yet"] if plan.not_yet else []
    for each in plan.not_yet:
        yield from _not_yet(plan, each)
    yield from ["\nAfter that"] if plan.after else []
    for step in plan.after:
        yield from _step(plan, step)
    if plan.steps:
        yield from ("\nIn the end", _paragraph(plan.hold_back_after.reason))
    yield from ["\nGood to know"] if plan.notes else []
    yield from (_paragraph(note) for note in plan.notes)


def _step(plan: Plan, step: PlanStep) -> Iterator[str]:
    title = step_title(plan.application, step.kind, step.suggested) + (" (if you like)" if step.optional else "")
    by = f", and by {_date(plan, step.by)}" if step.by else ""
    yield f"  {title}: {_date(plan, step.suggested)}{by}"
    yield _paragraph(step.why)
    if step.instead:
        yield _paragraph(f"Or instead: {STEP_TITLES[step.instead]}.")


def _not_yet(plan: Plan, each: NotYet) -> Iterator[str]:
    yield f"  {STEP_TITLES[each.kind]}: " + (f"not before {_date(plan, each.until)}" if each.until else "no")
    yield _paragraph(each.why)


def _date(plan: Plan, when: datetime) -> str:
    return in_both_zones(when.astimezone(plan.application.interview.tzinfo), plan.application.home)


def _paragraph(text: str) -> str:
    return fill(text, WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
