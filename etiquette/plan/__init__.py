"""A follow-up plan for the learner's own interview.

An `Application` holds what has happened so far, in local times with time zones. `plan` asks the judge what to do now,
what to leave for later, and when. `calendar_file` turns a plan into an iCalendar file.
"""

from etiquette.plan.application import (
    APPLICATION_TOO_LARGE,
    DAMAGED,
    LARGEST_APPLICATION,
    Application,
    ApplicationEvent,
)
from etiquette.plan.errors import EntryError
from etiquette.plan.form import (
    BY_ME,
    BY_OTHERS,
    BY_THEM,
    CONTACT_CHOICES,
    INTERVIEWERS_CHOICES,
    MEDIUM_CHOICES,
    MOST_ROWS,
    NO_CALLS_CHOICES,
    REFEREES_CHOICES,
    REFERENCES_CHOICES,
    ROUND_CHOICES,
    ROW_CHOICES,
    THEN_LABELS,
    THEN_REQUIRED,
    FormEntries,
    FormRow,
)
from etiquette.plan.form_parser import FormError, form_of, parse_form, understood
from etiquette.plan.ics import calendar_file, calendar_file_name
from etiquette.plan.local_time import elapsed, format_time, later, local_datetime, parse_time
from etiquette.plan.places import parse_place, place_names
from etiquette.plan.plain_text import date_in_words, plan_text
from etiquette.plan.planner import NotYet, Plan, PlanStep, plan
from etiquette.plan.templates import STEP_TITLES, Template, not_yet_title, step_title, template, templates_for

__all__ = [
    "APPLICATION_TOO_LARGE",
    "BY_ME",
    "BY_OTHERS",
    "BY_THEM",
    "CONTACT_CHOICES",
    "DAMAGED",
    "INTERVIEWERS_CHOICES",
    "LARGEST_APPLICATION",
    "MEDIUM_CHOICES",
    "MOST_ROWS",
    "NO_CALLS_CHOICES",
    "REFEREES_CHOICES",
    "REFERENCES_CHOICES",
    "ROUND_CHOICES",
    "ROW_CHOICES",
    "STEP_TITLES",
    "THEN_LABELS",
    "THEN_REQUIRED",
    "Application",
    "ApplicationEvent",
    "EntryError",
    "FormEntries",
    "FormError",
    "FormRow",
    "NotYet",
    "Plan",
    "PlanStep",
    "Template",
    "calendar_file",
    "calendar_file_name",
    "date_in_words",
    "elapsed",
    "form_of",
    "format_time",
    "later",
    "local_datetime",
    "not_yet_title",
    "parse_form",
    "parse_place",
    "parse_time",
    "place_names",
    "plan",
    "plan_text",
    "step_title",
    "template",
    "templates_for",
    "understood",
]
