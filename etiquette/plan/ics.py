"""A plan as an iCalendar file (RFC 5545): one event with an alarm for each step.

Times are in UTC, which calendars convert to their owner's time zone. An event keeps its UID from one plan to the next,
so that importing a newer plan moves existing events. The alarm goes off when the event begins, so that acting on it at
once is never too early.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from etiquette.judge import A_MINUTE
from etiquette.plan.application import Application
from etiquette.plan.local_time import elapsed, in_both_zones
from etiquette.plan.planner import Plan, PlanStep
from etiquette.plan.templates import STEP_TITLES, templates_for

if TYPE_CHECKING:
    from icalendar import Event

PRODID = "-//Persistent or Pesky//My follow-up//EN"
EVENT_LENGTH = timedelta(minutes=15)


def calendar_file(plan: Plan, stamp: datetime) -> bytes:
    """The plan as the content of an .ics file. `stamp` is the time of writing: a later file replaces an earlier one.

    Raises:
        ValueError: `stamp` has no time zone.
    """
    from icalendar import Calendar  # imported here because it is large and nothing else needs it

    if stamp.tzinfo is None:
        raise ValueError("the stamp of a calendar file needs a time zone")
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    for step in plan.steps:
        calendar.add_component(_event(plan.application, step, stamp))
    content: bytes = calendar.to_ical()
    return content


def calendar_file_name(application: Application) -> str:
    """A file name that every system accepts."""
    return f"follow-up-{application.interview:%Y-%m-%d}.ics"


def _event(application: Application, step: PlanStep, stamp: datetime) -> Event:
    from icalendar import Alarm, Event

    names = ", ".join(name for name in (application.job, application.employer) if name)
    title = STEP_TITLES[step.kind] + (f" ({names})" if names else "")
    event, alarm = Event(), Alarm()
    event.add("uid", f"{application.id}-{step.kind.value}@persistent-or-pesky")
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", max(0, elapsed(application.interview, stamp) // A_MINUTE))
    event.add("dtstart", step.suggested.astimezone(UTC))
    event.add("dtend", step.suggested.astimezone(UTC) + EVENT_LENGTH)
    event.add("summary", title)
    event.add("description", _description(application, step))
    event.add("transp", "TRANSPARENT")
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(0))
    alarm.add("description", title)
    event.add_component(alarm)
    return event


def _description(application: Application, step: PlanStep) -> str:
    parts = [
        step.why,
        f"Right from {in_both_zones(step.right_from, application.home)}.",
        "If they have answered in the meantime, this no longer holds: make a new plan.",
    ]
    for draft in templates_for(application, step.kind):
        subject = f"Subject: {draft.subject}\n\n" if draft.subject else ""
        parts.append(f"{STEP_TITLES[draft.kind]}, to start from:\n\n{subject}{draft.text}")
    return "\n\n".join(parts)
