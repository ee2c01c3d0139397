"""A plan as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from textwrap import fill
from zoneinfo import ZoneInfo

from etiquette.plan.local_time import in_both_zones
from etiquette.plan.planner import NotYet, Plan, PlanStep
from etiquette.plan.templates import not_yet_title, step_title

WIDTH = 100
LAST_MINUTE = time(23, 59)


def plan_text(plan: Plan) -> str:
    """The whole plan in paragraphs, with each date in both time zones and each reason."""
    return "\n".join(_lines(plan))


def date_in_words(when: datetime, home: ZoneInfo) -> str:
    """The time in its own zone and, if it differs, in the home zone. The last minute of a day is called its end."""
    text = in_both_zones(when, home)
    return f"the end of {text.replace(', 23:59', '', 1)}" if when.time() == LAST_MINUTE else text


def _lines(plan: Plan) -> Iterator[str]:
    application = plan.application
    names = " at ".join(name for name in (application.job, application.employer) if name)
    yield f"{names or 'Your interview'}, planned on {date_in_words(plan.at, plan.application.home)}"
    yield "\nNow"
    for step in plan.now:
        yield from _step(plan, step)
    if not plan.now:
        yield from ("  Nothing.", _paragraph(plan.why_nothing_now))
    for heading, listed in (("Not yet", plan.not_yet), ("Not at all", plan.not_at_all)):
        yield from [f"\n{heading}"] if listed else []
        for each in listed:
            yield from _not_yet(plan, each)
    yield from ["\nLater"] if plan.after else []
    for step in plan.after:
        yield from _step(plan, step)
    if plan.steps:
        yield from ("\nAnd then", _paragraph(plan.in_the_end))
    yield from ["\nGood to know"] if plan.notes else []
    yield from (_paragraph(note) for note in plan.notes)


def _step(plan: Plan, step: PlanStep) -> Iterator[str]:
    title = step_title(step.application, step.kind, step.suggested) + (" (if you like)" if step.optional else "")
    yield f"  {title}: {date_in_words(step.suggested, plan.application.home)}"
    if step.by:
        yield _paragraph(f"{step.by_label} {date_in_words(step.by, plan.application.home)}.")
    yield _paragraph(step.why)
    if step.instead:
        instead = step_title(step.application, step.instead, step.suggested)
        yield _paragraph(f"If you’d rather not call, {instead[0].lower()}{instead[1:]} instead.")


def _not_yet(plan: Plan, each: NotYet) -> Iterator[str]:
    title = not_yet_title(plan.application, each.kind, plan.at)
    yield f"  {title}" + (f": not before {date_in_words(each.until, plan.application.home)}" if each.until else "")
    yield _paragraph(each.why)


def _paragraph(text: str) -> str:
    return fill(text, WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
