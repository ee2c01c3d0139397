"""The form of My follow-up, as text that somebody typed, and the application that it means.

Every field is read on its own, and everything that is wrong is said at once, beside its field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from etiquette.judge import Kind
from etiquette.plan.application import MOST_HAPPENINGS, Application, Done, Heard, misplaced, name_problem
from etiquette.plan.local_time import (
    EntryError,
    elapsed,
    end_of_day,
    format_time,
    local_moment,
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
HAPPENING_CHOICES = {name: label for name, (label, _) in (*BY_ME.items(), *BY_THEM.items())}
ANSWERED = frozenset({"call_answered", "invited_call"})
FLAGS = ("requests_references", "asks", "invites_call", "decides", "automatic")
IN_THE_MORNING = "09:00"
MOST_ROWS = MOST_HAPPENINGS // 2


class FormError(ValueError):
    """A form cannot be used yet. `problems` has a sentence for each field that is wrong, by its name."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class FormRow:
    """One thing that has happened since, as typed. `what` is one of HAPPENINGS; the date they named may be empty."""

    what: str
    day: str = ""
    time: str = ""
    promised_day: str = ""
    promised_time: str = ""


@dataclass(frozen=True, slots=True)
class FormEntries:
    """The whole form as typed. Times of the interview and dates they named are theirs, those of rows one's own."""

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
    """The application that these entries mean, as things stand now.

    Raises:
        FormError: some cannot be used; it has a sentence for each, by the name of its field, as in 'rows[2].time'.
    """
    form = _Form(now)
    for name in ("job", "employer"):
        if wrong := name_problem(getattr(entries, name)):
            form.problems[name] = wrong
    zone = form.get("zone", lambda: parse_zone(entries.zone))
    home = form.get("home", lambda: parse_zone(entries.home)) if entries.home.strip() else zone
    interview = form.moment("", entries.day, entries.time, zone)
    if interview and elapsed(interview, now) < timedelta(0):
        form.problems["day"] = "The interview has not ended yet. Come back when it has."
        interview = None
    ready = form.moment("ready_", entries.ready_day, IN_THE_MORNING, zone) if entries.ready_day.strip() else None
    promised = form.promise("", entries.promised_day, entries.promised_time, zone, interview)
    if entries.invited == "later" and not entries.promised_day.strip():
        form.problems["promised_day"] = "Give the date after which they want you to call."
    if len(entries.rows) > MOST_ROWS:
        form.problems["rows"] = f"That is more than {MOST_ROWS}. Leave out what matters least."
    happened = [form.row(f"rows[{n}].", row, zone, home, interview) for n, row in enumerate(entries.rows)]
    if form.problems or interview is None or home is None:
        raise FormError(form.problems)
    return Application(
        interview=interview,
        home=home,
        job=" ".join(entries.job.split()),
        employer=" ".join(entries.employer.split()),
        heard=(*_said(entries, interview, promised), *_merged([h for h in happened if isinstance(h, Heard)])),
        done=tuple(each for some in happened if isinstance(some, tuple) for each in some),
        references_brought=entries.references == "brought",
        references_ready=ready if entries.references != "brought" else None,
    )


def form_of(application: Application) -> FormEntries:
    """The entries that mean this application: what `read` undoes."""
    interview, zone = application.interview, zone_of(application.interview)
    said = [each for each in application.heard if each.at == interview]
    since = [each for each in application.heard if each.at != interview]
    promised = next((each.promises for each in said if each.promises), None)
    invited = next((each for each in said if each.invites_call), None)
    asked = any(each.requests_references for each in said)
    rows = [(each.at, row) for each in since for row in _rows_of(each, zone, application.home)]
    rows += _own_rows(application)
    return FormEntries(
        job=application.job,
        employer=application.employer,
        day=_day(interview),
        time=format_time(interview),
        zone=zone.key,
        home=application.home.key,
        references="brought" if application.references_brought else "asked" if asked else "no",
        ready_day=_day(application.references_ready) if application.references_ready else "",
        promised_day=_day(promised.astimezone(zone)) if promised else "",
        promised_time=_named_time(promised, zone),
        invited="no" if invited is None else "later" if invited.promises else "yes",
        rows=tuple(row for _, row in sorted(rows, key=lambda each: each[0])),
    )


@dataclass(slots=True)
class _Form:
    """What is wrong with the form so far. Reading a field that is wrong notes a problem and gives None."""

    now: datetime
    problems: dict[str, str] = field(default_factory=dict)

    def get(self, name: str, reader: Callable[..., T], *typed: Any) -> T | None:
        try:
            return reader(*typed)
        except EntryError as error:
            self.problems[name] = str(error)
            return None

    def moment(self, prefix: str, day: str, time: str, zone: ZoneInfo | None) -> datetime | None:
        on, at = self.get(f"{prefix}day", parse_date, day), self.get(f"{prefix}time", parse_time, time)
        if on is None or at is None or zone is None:
            return None
        return self.get(f"{prefix}time", local_moment, on, at, zone)

    def promise(
        self, prefix: str, day: str, time: str, zone: ZoneInfo | None, named: datetime | None
    ) -> datetime | None:
        """The date that they named at that moment: without a time of day, all of that day."""
        if not day.strip():
            if time.strip():
                self.problems[f"{prefix}promised_day"] = "Give the date too."
            return None
        if time.strip():
            promised = self.moment(f"{prefix}promised_", day, time, zone)
        else:
            on = self.get(f"{prefix}promised_day", parse_date, day)
            promised = end_of_day(on, zone) if on and zone else None
        if promised and named and elapsed(named, promised) <= timedelta(0):
            self.problems[f"{prefix}promised_day"] = "That lies before they named it. Check the date."
            return None
        return promised

    def row(
        self, prefix: str, row: FormRow, zone: ZoneInfo | None, home: ZoneInfo | None, interview: datetime | None
    ) -> Heard | tuple[Done, ...] | None:
        """What one row says has happened."""
        at = self.moment(prefix, row.day, row.time, home)
        if at and interview and (wrong := misplaced(at, interview, self.now)):
            self.problems[f"{prefix}day"] = wrong
        if row.what in BY_ME:
            answered = row.what in ANSWERED
            return tuple(Done(kind, at, answered) for kind in BY_ME[row.what][1]) if at else None
        promised = self.promise(prefix, row.promised_day, row.promised_time, zone, at)
        if row.what == "promises" and not row.promised_day.strip():
            self.problems[f"{prefix}promised_day"] = "Which date did they name?"
        if at and at == interview:
            self.problems[f"{prefix}day"] = "What they said at the interview has its own fields, above."
        return Heard(at, promised, **dict.fromkeys(BY_THEM[row.what][1], True)) if at else None


def _said(entries: FormEntries, interview: datetime, promised: datetime | None) -> list[Heard]:
    """What was said at the interview. An invitation that waits for their date is said in one breath with it."""
    asked, later = entries.references == "asked", entries.invited == "later"
    said = [Heard(interview, promised, requests_references=asked, invites_call=later)]
    if entries.invited == "yes":
        said.append(Heard(interview, invites_call=True))
    return [each for each in said if each != Heard(interview)]


def _merged(heard: list[Heard]) -> list[Heard]:
    """What they said in one and the same minute, as the one thing it was; what a machine wrote stays apart."""
    found: dict[tuple[datetime, bool], Heard] = {}
    for each in heard:
        before = found.get((each.at, each.automatic), each)
        flags = {name: getattr(before, name) or getattr(each, name) for name in FLAGS}
        found[each.at, each.automatic] = Heard(before.at, each.promises or before.promises, **flags)
    return list(found.values())


def _rows_of(heard: Heard, zone: ZoneInfo, home: ZoneInfo) -> list[FormRow]:
    """The rows that mean one thing they said; the first of them has the date that they named."""
    names = [name for name in ("automatic", "decides", "requests_references", "invites_call") if getattr(heard, name)]
    if heard.asks and not heard.invites_call:
        names.append("asks")
    if not names:
        names.append("promises" if heard.promises else "wrote")
    at, promised = heard.at.astimezone(home), heard.promises
    first = FormRow(names[0], _day(at), format_time(at))
    if promised:
        first = replace(first, promised_day=_day(promised.astimezone(zone)), promised_time=_named_time(promised, zone))
    return [first, *(FormRow(name, _day(at), format_time(at)) for name in names[1:])]


def _own_rows(application: Application) -> list[tuple[datetime, FormRow]]:
    """The rows that mean what the candidate did; a message left is one with the call that it follows."""
    found, messages = [], Counter[datetime]()
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
        found.append((each.at, FormRow(what, _day(at), format_time(at))))
    return found[::-1]


def _day(when: datetime) -> str:
    return f"{when:%Y-%m-%d}"


def _named_time(promised: datetime | None, zone: ZoneInfo) -> str:
    """The time of day of a date that they named; empty where they meant the whole day."""
    if promised is None or promised == end_of_day(promised.astimezone(zone).date(), zone):
        return ""
    return format_time(promised.astimezone(zone))
