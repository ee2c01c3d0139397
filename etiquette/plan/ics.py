"""A plan as an iCalendar file (RFC 5545): one event with an alarm for each step.

Times are in UTC, which calendars convert to their owner's time zone. An event keeps its UID from one plan to the
next, so that importing a newer plan moves existing events. The alarm goes off when the event begins, never earlier, so
that acting on it at once is never too early.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from etiquette.judge import A_MINUTE
from etiquette.plan.application import Application
from etiquette.plan.errors import EntryError
from etiquette.plan.local_time import elapsed
from etiquette.plan.plain_text import date_in_words
from etiquette.plan.planner import Plan, PlanStep
from etiquette.plan.templates import STEP_TITLES, step_title, templates_for

if TYPE_CHECKING:
    from icalendar import Event

PRODID = "-//Persistent or Pesky//My interview//EN"
EVENT_LENGTH = timedelta(minutes=15)


def calendar_file(plan: Plan, stamp: datetime) -> bytes:
    """The plan as the content of an .ics file. `stamp` is the time of writing: a later file replaces an earlier one.

    Raises:
        ValueError: `stamp` has no time zone.
        EntryError: The application has no id, so its events could not be told from those of another.
    """
    from icalendar import Calendar  # imported here because it is large and nothing else needs it

    if stamp.tzinfo is None:
        raise ValueError("the stamp of a calendar file needs a time zone")
    if not plan.application.id:
        raise EntryError("This file has no id for a calendar. Open it in My interview and save it again.")
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    for n, step in enumerate(plan.steps):
        earlier = sum(1 for each in plan.steps[:n] if each.kind is step.kind)
        calendar.add_component(_event(plan.application, step, stamp, earlier))
    content: bytes = calendar.to_ical()
    return content


def calendar_file_name(application: Application) -> str:
    """A file name that every system accepts."""
    return f"follow-up-{application.interview:%Y-%m-%d}.ics"


def _event(application: Application, step: PlanStep, stamp: datetime, earlier: int) -> Event:
    """The event of one step, after `earlier` steps of the same kind."""
    from icalendar import Alarm, Event

    names = ", ".join(name for name in (application.job, application.employer) if name)
    title = step_title(step.application, step.kind, step.suggested) + (f" ({names})" if names else "")
    event, alarm = Event(), Alarm()
    name = step.kind.value + (f"-{earlier + 1}" if earlier else "")
    event.add("uid", f"{application.id}-{name}@persistent-or-pesky")
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
    parts = [step.why, f"You can do this from {date_in_words(step.right_from, application.home)}."]
    if step.by:
        parts.append(f"{step.by_label} {date_in_words(step.by, application.home)}.")
    parts.append("If you hear from them before then, make a new plan.")
    for draft in templates_for(step.application, step.kind, step.suggested):
        subject = f"Subject: {draft.subject}\n\n" if draft.subject else ""
        parts.append(f"{STEP_TITLES[draft.kind]}. You could start with this wording:\n\n{subject}{draft.text}")
    return "\n\n".join(parts)
