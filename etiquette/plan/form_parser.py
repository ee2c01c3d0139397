"""Turns the entries of the form into an application, and an application into entries.

Each field is read on its own, so that all problems are reported at once, each beside its field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from etiquette.judge import A_MINUTE
from etiquette.plan.application import LONGEST_SAID, Application, ApplicationEvent, name_problem
from etiquette.plan.errors import EntryError
from etiquette.plan.form import MOST_ROWS, THEN_LABELS, THEN_REQUIRED, FormEntries, FormRow
from etiquette.plan.hearing import Hearing, read_hearing
from etiquette.plan.local_time import (
    elapsed,
    end_of_day,
    format_time,
    later,
    local_datetime,
    parse_date,
    parse_time,
    zone_of,
)
from etiquette.plan.places import Place, parse_place, zone_names

T = TypeVar("T")
HEARING = ("promises", "call_if_silent", "silence_refuses")  # what they can say about hearing back
SAID_AT_THE_INTERVIEW = (*HEARING, "requests_references", "no_calls")  # each has its own field
# What can happen before a first interview. Before a later one, anything can.
BEFORE_ANY_INTERVIEW = frozenset({"requests_references", "send_references", "send_some_references", "deadline"})
AGREED_BY = time(9)  # the form asks only for the day on which referees agree
CALL_ON_A_DAY = time(9)  # when to call, if they named only the day
PARTS_OF_DAY = {"morning": (time(9), time(12)), "afternoon": (time(14), time(18))}
NOT_OVER = "The interview hasn’t ended yet. Come back when it has."
STILL_TO_COME = "That hasn’t happened yet. Check the date and the time."
LONG_AGO = timedelta(days=300)  # an earlier date more likely has the wrong year


class FormError(ValueError):
    """A form cannot be used as it is. `problems` maps the name of each wrong field to a sentence for the learner."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def parse_form(entries: FormEntries, now: datetime) -> Application:
    """The application that these entries describe.

    Raises:
        FormError: Some entries cannot be used. Fields of rows are named as in 'rows[2].time'.
    """
    form = _FormReader(entries, now)
    application = form.application()
    if form.problems or application is None:
        raise FormError(form.problems)
    return application


def understood(entries: FormEntries, now: datetime) -> dict[str, str]:
    """How free text was read: a sentence for `hearing`, for `place` and for each 'rows[2].then'.

    A field is left out if it is empty, or if it or a field that it depends on cannot be read.
    """
    form = _FormReader(entries, now)
    form.application()
    return form.readings


def form_of(application: Application) -> FormEntries:
    """The entries that describe this application: the inverse of `parse_form`."""
    interview, zone, home = application.interview, zone_of(application.interview), application.home
    typed = [each for each in application.events if not (each.what == "no_calls" and each.said)]
    then = {each.what: each for each in typed if _has_own_field(each, application)}
    hearing = next((then[what] for what in HEARING if what in then), None)
    ready = application.referees_ready
    rows = sorted((each for each in typed if not _has_own_field(each, application)), key=_moment)
    return FormEntries(
        id=application.id,
        job=application.job,
        employer=application.employer,
        round=str(application.round),
        medium=application.medium,
        contact=application.contact,
        day=f"{interview:%Y-%m-%d}",
        time=format_time(interview),
        place=application.place or zone.key,
        home=home.key,
        hearing=_words(hearing, zone) if hearing else "",
        references="brought" if application.references_brought else "asked" if "requests_references" in then else "no",
        referees={0: "ready", 1: "none"}.get(len(ready), "some"),
        referees_day=f"{ready[-1].astimezone(zone):%Y-%m-%d}" if ready else "",
        interviewers=str(application.interviewers),
        no_calls="yes" if "no_calls" in then else "no",
        rows=tuple(_row(event, zone, home) for event in rows),
    )


@dataclass(slots=True)
class _FormReader:
    """Reads fields and collects their problems. A field that cannot be used adds a problem and is read as None."""

    entries: FormEntries
    now: datetime
    problems: dict[str, str] = field(default_factory=dict)
    readings: dict[str, str] = field(default_factory=dict)

    def application(self) -> Application | None:
        entries = self.entries
        for name in ("job", "employer"):
            if problem := name_problem(getattr(entries, name)):
                self.problems[name] = problem
        place = self._place()
        home = ZoneInfo(entries.home) if entries.home in zone_names() else place.zone if place else None
        interview = self._interview(place)
        if len(entries.rows) > MOST_ROWS:
            self.problems["rows"] = f"That’s more than {MOST_ROWS} rows. Leave out what matters least."
        heard = list(self._heard_at_interview(interview))
        rows = [self._events(f"rows[{n}].", row, place, home, interview) for n, row in enumerate(entries.rows)]
        ready = self._referees_ready(place, interview)
        if self.problems or place is None or home is None or interview is None:
            return None
        return Application(
            interview=interview,
            home=home,
            id=entries.id,
            job=" ".join(entries.job.split()),
            employer=" ".join(entries.employer.split()),
            round=int(entries.round),
            medium=entries.medium,
            contact=entries.contact,
            place=" ".join(entries.place.split()),
            country=place.country,
            interviewers=int(entries.interviewers),
            references_brought=entries.references == "brought",
            referees_ready=ready,
            events=(*heard, *(event for row in rows for event in row)),
        )

    def _read(self, name: str, parse: Callable[..., T], *args: Any) -> T | None:
        try:
            return parse(*args)
        except EntryError as error:
            self.problems[name] = str(error)
            return None

    def _place(self) -> Place | None:
        place = self._read("place", parse_place, self.entries.place)
        if place:
            self.readings["place"] = f"It’s {self.now.astimezone(place.zone):%H:%M on %A} there now."
        return place

    def _interview(self, place: Place | None) -> datetime | None:
        zone = place.zone if place else None
        day = self._read("day", self._past_date, self.entries.day, zone, NOT_OVER)
        at = self._read("time", parse_time, self.entries.time)
        if day is None or at is None or zone is None:
            return None
        interview = self._read("time", local_datetime, day, at, zone)
        if interview and elapsed(interview, self.now) < timedelta(0):
            self.problems["day"] = NOT_OVER
            return None
        return interview

    def _past_date(self, text: str, zone: ZoneInfo | None, still_to_come: str) -> date:
        """A date that is not in the future everywhere on Earth."""
        today = (self.now.astimezone(zone) if zone else self.now).date()
        try:
            day = parse_date(text, today, past=True)
        except EntryError:
            if today < parse_date(text, today) < today + LONG_AGO:
                raise EntryError(still_to_come) from None
            raise
        if today - day > LONG_AGO:
            raise EntryError(f"That’s {(today - day).days // 30} months ago. Is the year right?")
        return day

    def _heard_at_interview(self, interview: datetime | None) -> Iterator[ApplicationEvent]:
        said = " ".join(self.entries.hearing.split())
        if interview and said and (hearing := self._hearing("hearing", said, interview)):
            self.readings["hearing"] = hearing.why
            yield from _heard("promises", interview, hearing, said)
        if interview and self.entries.references == "asked":
            yield ApplicationEvent("requests_references", interview)
        if interview and self.entries.no_calls == "yes":
            yield ApplicationEvent("no_calls", interview)

    def _hearing(self, name: str, said: str, at: datetime) -> Hearing | None:
        if problem := name_problem(said, LONGEST_SAID):
            self.problems[name] = problem
            return None
        hearing = self._read(name, read_hearing, said, at)
        if hearing and hearing.by and elapsed(at, hearing.by) <= timedelta(0):
            self.problems[name] = "That’s before they said it. Check the date."
            return None
        return hearing

    def _events(
        self, prefix: str, row: FormRow, place: Place | None, home: ZoneInfo | None, interview: datetime | None
    ) -> list[ApplicationEvent]:
        at = self._row_time(prefix, row, home, interview)
        if at is None:
            return []
        if problem := self._time_problem(row.what, at, interview):
            self.problems[f"{prefix}day"] = problem
        zone = home if row.what == "deadline" else place.zone if place else None
        if row.what not in THEN_LABELS or zone is None:
            return [ApplicationEvent(row.what, at)]
        said = " ".join(row.then.split())
        if not said:
            if row.what in THEN_REQUIRED:
                self.problems[f"{prefix}then"] = (
                    "When do you have to answer by? Write a date, such as “Friday 13 March”."
                )
            return [ApplicationEvent(row.what, at)]
        hearing = self._hearing(f"{prefix}then", said, at.astimezone(zone))
        if hearing is None:
            return []
        by, what = hearing.by, row.what
        if what in ("invites_call", "automatic"):
            by = _start_of_call(said, by, at) or (by if what == "automatic" else None)
        if what == "deadline" and by is None:
            self.problems[f"{prefix}then"] = "Which day is that? Write a date."
        in_their_words = what in HEARING
        self.readings[f"{prefix}then"] = _taken_as(by) if by and not in_their_words else hearing.why
        return list(_heard(what, at, replace(hearing, by=by), said))

    def _row_time(
        self, prefix: str, row: FormRow, zone: ZoneInfo | None, interview: datetime | None
    ) -> datetime | None:
        """When a row happened. Without a time: at noon, but not before the interview and not in the future."""
        day = self._read(f"{prefix}day", self._past_date, row.day, zone, STILL_TO_COME)
        clock = self._read(f"{prefix}time", parse_time, row.time.strip() or "12:00")
        if day is None or clock is None or zone is None:
            return None
        at = self._read(f"{prefix}time", local_datetime, day, clock, zone)
        if at and not row.time.strip():
            if interview and interview.astimezone(zone).date() == day and elapsed(at, interview) >= timedelta(0):
                at = later(interview, A_MINUTE).astimezone(zone)
            if day == self.now.astimezone(zone).date() and elapsed(at, self.now) < timedelta(0):
                at = self.now.astimezone(zone).replace(second=0, microsecond=0)
        return at

    def _time_problem(self, what: str, at: datetime, interview: datetime | None) -> str:
        """Why something cannot have happened at this time, as a sentence for the learner; empty if it can."""
        if elapsed(at, self.now) < timedelta(0):
            return STILL_TO_COME
        if interview is None:
            return ""
        before = elapsed(at, interview)
        if before == timedelta(0) and what in SAID_AT_THE_INTERVIEW:
            return "If they said it at the interview, enter it in step 2 instead."
        if before > timedelta(0) and self.entries.round == "1" and what not in BEFORE_ANY_INTERVIEW:
            return "That’s before the interview ended. Check the date, or say in step 1 that it wasn’t your first."
        return ""

    def _referees_ready(self, place: Place | None, interview: datetime | None) -> tuple[datetime, ...]:
        entries = self.entries
        asked = entries.references == "asked" or any(row.what == "requests_references" for row in entries.rows)
        if not asked or entries.referees == "ready" or interview is None or place is None:
            return ()
        if not entries.referees_day.strip():
            self.problems["referees_day"] = "When do you expect them to agree? Your best guess will do."
            return ()
        day = self._read("referees_day", parse_date, entries.referees_day, self.now.astimezone(place.zone).date())
        if day is None:
            return ()
        ready = datetime.combine(day, AGREED_BY, place.zone)
        return (interview, ready) if entries.referees == "some" else (ready,)


def _heard(what: str, at: datetime, hearing: Hearing, said: str) -> Iterator[ApplicationEvent]:
    """What they said about hearing back, or the second date of another kind of row."""
    if what == "promises" and hearing.no_calls:
        yield ApplicationEvent("no_calls", at, said=said)
    if what == "promises" and (hearing.call or hearing.silence_refuses):
        what = "call_if_silent" if hearing.call else "silence_refuses"
    yield ApplicationEvent(what, at, hearing.by, said)


def _taken_as(by: datetime) -> str:
    time = "" if by == end_of_day(by.date(), zone_of(by)) else f", {format_time(by)}"
    return f"We read that as {by:%A} {by.day} {by:%B}{time}."


def _start_of_call(said: str, by: datetime | None, said_at: datetime) -> datetime | None:
    """When the time for the call begins, given their words and when it ends. None if they want the call at once."""
    words = said.casefold()
    if by is None or re.match(r"(by|before|until)\b", words):
        return None
    part = next((part for part in PARTS_OF_DAY if part in words), "")
    if part and by.time() == PARTS_OF_DAY[part][1]:
        start = datetime.combine(by.date(), PARTS_OF_DAY[part][0], by.tzinfo)
    elif by.time() == time.min or by == end_of_day(by.date(), zone_of(by)):
        first = by.date() - timedelta(days=by.weekday() if re.fullmatch(r"(some time )?(this|next) week", words) else 0)
        start = datetime.combine(first, CALL_ON_A_DAY, by.tzinfo)
    else:
        return by
    return start if elapsed(said_at, start) > timedelta(0) else None


def _has_own_field(event: ApplicationEvent, application: Application) -> bool:
    return event.what in SAID_AT_THE_INTERVIEW and _moment(event) == application.interview.timestamp()


def _moment(event: ApplicationEvent) -> float:
    return event.at.timestamp()


def _row(event: ApplicationEvent, zone: ZoneInfo, home: ZoneInfo) -> FormRow:
    at = event.at.astimezone(home)
    then = _words(event, home if event.what == "deadline" else zone)
    return FormRow(event.what, f"{at:%Y-%m-%d}", format_time(at), then)


def _words(event: ApplicationEvent, zone: ZoneInfo) -> str:
    """The second date of an event in the words it was read from or, if there are none, in digits."""
    if event.said or event.then is None:
        return event.said
    then = event.then.astimezone(zone)
    whole_day = then == end_of_day(then.date(), zone)
    date = f"{then:%Y-%m-%d}" + ("" if whole_day else f" {format_time(then)}")
    return f"if you haven’t heard by {date}, call" if event.what == "call_if_silent" else date
