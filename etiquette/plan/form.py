"""The form of My follow-up as typed text, and its conversion to an application and back.

Each field is read on its own, so that all problems are reported at once, each beside its field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from etiquette.judge import Kind
from etiquette.plan.application import FLAGS, MOST_HEARD_AND_DONE, Application, Done, Heard, name_problem, time_problem
from etiquette.plan.local_time import (
    EntryError,
    elapsed,
    end_of_day,
    format_time,
    local_datetime,
    parse_date,
    parse_time,
    parse_zone,
    zone_of,
)

T = TypeVar("T")
REFERENCES_CHOICES = {
    "no": "They did not mention them",
    "asked": "They asked me to send them",
    "brought": "They have them: I handed them over",
}
INVITATION_CHOICES = {
    "no": "No",
    "yes": "Yes, about something in particular",
    "later": "Yes, once the date that they gave has passed",
}
BY_ME = {
    "send_references": ("I sent my references", (Kind.SEND_REFERENCES,)),
    "thank_you_email": ("I thanked them by email", (Kind.THANK_YOU_EMAIL,)),
    "reply": ("I answered them", (Kind.REPLY,)),
    "call": ("I called: nobody picked up", (Kind.CALL,)),
    "call_and_message": ("I called and left a message", (Kind.CALL, Kind.LEAVE_MESSAGE)),
    "call_answered": ("I called: we spoke", (Kind.CALL,)),
    "invited_call": ("I called because they had asked me to", (Kind.INVITED_CALL,)),
    "status_email": ("I asked by email how things stand", (Kind.STATUS_EMAIL,)),
    "email_asking_outcome": ("I asked by email whether I got the job", (Kind.EMAIL_ASKING_OUTCOME,)),
    "drop_in": ("I dropped in", (Kind.DROP_IN,)),
    "social_media_message": ("I wrote to a private account", (Kind.SOCIAL_MEDIA_MESSAGE,)),
    "gift": ("I sent a gift", (Kind.GIFT,)),
}
BY_THEM = {
    "wrote": ("They got in touch, and asked nothing", frozenset[str]()),
    "promises": ("They named a date", frozenset[str]()),
    "asks": ("They asked me something", frozenset({"asks"})),
    "requests_references": ("They asked for my references", frozenset({"requests_references"})),
    "invites_call": ("They asked me to call", frozenset({"asks", "invites_call"})),
    "decides": ("They told me how it ended", frozenset({"decides"})),
    "automatic": ("An automatic reply came", frozenset({"automatic"})),
}
ROW_CHOICES = {name: label for name, (label, _) in (*BY_ME.items(), *BY_THEM.items())}
ANSWERED_CALLS = frozenset({"call_answered", "invited_call"})
REFERENCES_READY_TIME = "09:00"  # the form asks for the day alone
MOST_ROWS = MOST_HEARD_AND_DONE // 2  # a row can be two contacts: a call, and a message left


class FormError(ValueError):
    """A form cannot be used as it is. `problems` maps the name of each wrong field to a sentence for the learner."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class FormRow:
    """One thing that has happened since the interview, as typed. `what` is a key of ROW_CHOICES.

    `day` and `time` are in the learner's own time zone, the promised ones, which may be empty, in the employer's.
    """

    what: str
    day: str = ""
    time: str = ""
    promised_day: str = ""
    promised_time: str = ""


@dataclass(frozen=True, slots=True)
class FormEntries:
    """The whole form as typed. Its times are in the employer's time zone, except those of rows."""

    job: str = ""
    employer: str = ""
    day: str = ""
    time: str = ""
    zone: str = ""
    home: str = ""
    references: str = "no"
    ready_day: str = ""
    promised_day: str = ""
    promised_time: str = ""
    invited: str = "no"
    rows: tuple[FormRow, ...] = ()


def parse_form(entries: FormEntries, now: datetime) -> Application:
    """The application that these entries describe.

    Raises:
        FormError: Some entries cannot be used. Fields of rows are named as in 'rows[2].time'.
    """
    form = _FormReader(now)
    for name in ("job", "employer"):
        if problem := name_problem(getattr(entries, name)):
            form.problems[name] = problem
    zone = form.read("zone", parse_zone, entries.zone)
    home = form.read("home", parse_zone, entries.home) if entries.home.strip() else zone
    interview = form.when("", entries.day, entries.time, zone)
    if interview and elapsed(interview, now) < timedelta(0):
        form.problems["day"] = "The interview has not ended yet. Come back when it has."
        interview = None
    ready = form.when("ready_", entries.ready_day, REFERENCES_READY_TIME, zone) if entries.ready_day.strip() else None
    promised = form.promised("", entries.promised_day, entries.promised_time, zone, interview)
    if entries.invited == "later" and not entries.promised_day.strip():
        form.problems["promised_day"] = "Give the date after which they want you to call."
    if len(entries.rows) > MOST_ROWS:
        form.problems["rows"] = f"That is more than {MOST_ROWS}. Leave out what matters least."
    rows = [form.row(f"rows[{n}].", row, zone, home, interview) for n, row in enumerate(entries.rows)]
    if form.problems or interview is None or home is None:
        raise FormError(form.problems)
    return Application(
        interview=interview,
        home=home,
        job=" ".join(entries.job.split()),
        employer=" ".join(entries.employer.split()),
        heard=(
            *_heard_at_interview(entries, interview, promised),
            *_merge_simultaneous([row for row in rows if isinstance(row, Heard)]),
        ),
        done=tuple(done for row in rows if isinstance(row, tuple) for done in row),
        references_brought=entries.references == "brought",
        references_ready=ready if entries.references != "brought" else None,
    )


def form_of(application: Application) -> FormEntries:
    """The entries that describe this application: the inverse of `parse_form`."""
    interview, zone = application.interview, zone_of(application.interview)
    heard_then = [each for each in application.heard if each.at == interview]
    heard_since = [each for each in application.heard if each.at != interview]
    promised = next((each.promises for each in heard_then if each.promises), None)
    invitation = next((each for each in heard_then if each.invites_call), None)
    asked = any(each.requests_references for each in heard_then)
    rows = [(each.at, row) for each in heard_since for row in _rows_for_heard(each, zone, application.home)]
    rows += _rows_for_done(application)
    return FormEntries(
        job=application.job,
        employer=application.employer,
        day=_format_date(interview),
        time=format_time(interview),
        zone=zone.key,
        home=application.home.key,
        references="brought" if application.references_brought else "asked" if asked else "no",
        ready_day=_format_date(application.references_ready) if application.references_ready else "",
        promised_day=_format_date(promised.astimezone(zone)) if promised else "",
        promised_time=_format_promised_time(promised, zone),
        invited="no" if invitation is None else "later" if invitation.promises else "yes",
        rows=tuple(row for _, row in sorted(rows, key=lambda each: each[0])),
    )


@dataclass(slots=True)
class _FormReader:
    """Reads fields and collects their problems. A field that is wrong adds a problem and reads as None."""

    now: datetime
    problems: dict[str, str] = field(default_factory=dict)

    def read(self, name: str, parse: Callable[..., T], *args: Any) -> T | None:
        try:
            return parse(*args)
        except EntryError as error:
            self.problems[name] = str(error)
            return None

    def when(self, prefix: str, day: str, time: str, zone: ZoneInfo | None) -> datetime | None:
        on, at = self.read(f"{prefix}day", parse_date, day), self.read(f"{prefix}time", parse_time, time)
        if on is None or at is None or zone is None:
            return None
        return self.read(f"{prefix}time", local_datetime, on, at, zone)

    def promised(
        self, prefix: str, day: str, time: str, zone: ZoneInfo | None, given: datetime | None
    ) -> datetime | None:
        """The date they gave at the time `given`. Without a time of day, it is the end of that day."""
        if not day.strip():
            if time.strip():
                self.problems[f"{prefix}promised_day"] = "Give the date too."
            return None
        if time.strip():
            promised = self.when(f"{prefix}promised_", day, time, zone)
        else:
            on = self.read(f"{prefix}promised_day", parse_date, day)
            promised = end_of_day(on, zone) if on and zone else None
        if promised and given and elapsed(given, promised) <= timedelta(0):
            self.problems[f"{prefix}promised_day"] = "That lies before they named it. Check the date."
            return None
        return promised

    def row(
        self, prefix: str, row: FormRow, zone: ZoneInfo | None, home: ZoneInfo | None, interview: datetime | None
    ) -> Heard | tuple[Done, ...] | None:
        """The message or the contacts that a row describes."""
        at = self.when(prefix, row.day, row.time, home)
        if at and interview and (problem := time_problem(at, interview, self.now)):
            self.problems[f"{prefix}day"] = problem
        if row.what in BY_ME:
            answered = row.what in ANSWERED_CALLS
            return tuple(Done(kind, at, answered) for kind in BY_ME[row.what][1]) if at else None
        promised = self.promised(prefix, row.promised_day, row.promised_time, zone, at)
        if row.what == "promises" and not row.promised_day.strip():
            self.problems[f"{prefix}promised_day"] = "Which date did they name?"
        if at and at == interview:
            self.problems[f"{prefix}day"] = "What they said at the interview has its own fields, above."
        return Heard(at, promised, **dict.fromkeys(BY_THEM[row.what][1], True)) if at else None


def _heard_at_interview(entries: FormEntries, interview: datetime, promised: datetime | None) -> list[Heard]:
    """What was said at the interview. An invitation to call after the promised date goes into one `Heard` with it."""
    asked, later = entries.references == "asked", entries.invited == "later"
    heard = [Heard(interview, promised, requests_references=asked, invites_call=later)]
    if entries.invited == "yes":
        heard.append(Heard(interview, invites_call=True))
    return [each for each in heard if each != Heard(interview)]


def _merge_simultaneous(heard: list[Heard]) -> list[Heard]:
    """Merges messages of the same minute into one; automatic ones are kept apart."""
    merged: dict[tuple[datetime, bool], Heard] = {}
    for each in heard:
        before = merged.get((each.at, each.automatic), each)
        flags = {name: before.flags[name] or each.flags[name] for name in FLAGS}
        merged[each.at, each.automatic] = Heard(before.at, each.promises or before.promises, **flags)
    return list(merged.values())


def _rows_for_heard(heard: Heard, zone: ZoneInfo, home: ZoneInfo) -> list[FormRow]:
    """The rows that describe one message; the first of them has the promised date."""
    names = [name for name in ("automatic", "decides", "requests_references", "invites_call") if getattr(heard, name)]
    if heard.asks and not heard.invites_call:
        names.append("asks")
    if not names:
        names.append("promises" if heard.promises else "wrote")
    at, promised = heard.at.astimezone(home), heard.promises
    rows = [FormRow(name, _format_date(at), format_time(at)) for name in names]
    if promised:
        promised_day, promised_time = _format_date(promised.astimezone(zone)), _format_promised_time(promised, zone)
        rows[0] = replace(rows[0], promised_day=promised_day, promised_time=promised_time)
    return rows


def _rows_for_done(application: Application) -> list[tuple[datetime, FormRow]]:
    """The rows that describe the candidate's contacts, with their times. A call and its message share a row."""
    rows, messages = [], Counter[datetime]()
    for each in reversed(application.done):
        if each.kind is Kind.LEAVE_MESSAGE:
            messages[each.at] += 1
            continue
        what = each.kind.value
        if each.kind in (Kind.CALL, Kind.CALL_AGAIN):
            what = "call_answered" if each.answered else "call"
            if what == "call" and messages[each.at]:
                messages[each.at] -= 1
                what = "call_and_message"
        at = each.at.astimezone(application.home)
        rows.append((each.at, FormRow(what, _format_date(at), format_time(at))))
    return rows[::-1]


def _format_date(when: datetime) -> str:
    return f"{when:%Y-%m-%d}"


def _format_promised_time(promised: datetime | None, zone: ZoneInfo) -> str:
    """The time of day of a promised date; empty if they gave no time."""
    if promised is None or promised == end_of_day(promised.astimezone(zone).date(), zone):
        return ""
    return format_time(promised.astimezone(zone))
