"""HTML for a plan on a calendar drawn to scale: one line per week, Monday to Sunday, in the employer's time zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count

from markupsafe import Markup

from etiquette.judge import A_DAY, A_WEEK, AT_THE_INTERVIEW
from etiquette.plan import BY_ME, ROW_CHOICES, Plan, date_in_words, elapsed, step_title
from etiquette.views.controls import now_mark, numbered_mark

FLAG_SHAPE = Markup('<path d="M0 8v-17h13l-4 4.5 4 4.5h-13"/>')
LEGEND = Markup('<p class="pp-muted">Where the line is thick, wait. An open circle is a step still to come.</p>')
MOST_WEEKS = 8  # in a row: over a longer time, empty weeks are left out
SATURDAY = 5
LEFT, WIDTH = 3, 94  # of the week's line, in percent
LINE_Y, LANE_HEIGHT = 36, 23  # pixels
CLOSEST = 7.0  # percent between two marks in one lane
UNNUMBERED = ("now", "flag")
FLAGS = {  # the label of the second date of each kind of event
    "promises": "The date they gave",
    "call_if_silent": "The date they gave",
    "silence_refuses": "The date they gave",
    "invites_call": "The time they gave for a call",
    "invites_interview": "The next interview",
    "calls_off": "The next interview",
    "offer": "Your answer is due",
    "automatic": "They’re back",
    "deadline": "Your answer to the other offer is due",
}


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One moment on the calendar.

    `kind` is 'both' for the interview, 'yours', 'theirs', 'step', 'flag' for a date that somebody gave, or 'now'.
    """

    kind: str
    at: datetime
    label: str


def week_calendar(plan: Plan) -> Markup:
    """The calendar and, below it, the same entries as a list, which screen readers read instead."""
    entries = calendar_entries(plan)
    numbers = _numbers(entries)
    rows: list[Markup] = []
    height = 0
    for monday, skipped in _mondays([entry.at for entry in entries]):
        if skipped:
            height += 26
            rows.append(_skipped_weeks(skipped, height - 8))
        in_week = [pair for pair in zip(numbers, entries, strict=True) if _monday(pair[1].at) == monday]
        row, row_height = _week(monday, in_week, _quiet_times(plan), first=not rows)
        rows.append(Markup('<svg y="{}" width="100%" overflow="visible">{}</svg>').format(height, row))
        height += row_height
    items = [
        Markup('<li class="pp-{}"><time>{}</time> {}</li>').format(
            entry.kind, date_in_words(entry.at, plan.application.home), entry.label
        )
        for entry in entries
    ]
    return Markup(
        '<svg class="pp-weeks" aria-hidden="true" width="100%" height="{}">{}</svg>{}<ol class="pp-happened">{}</ol>'
    ).format(height, Markup("").join(rows), LEGEND if plan.steps else "", Markup("").join(items))


def calendar_entries(plan: Plan) -> list[CalendarEntry]:
    """Everything that has happened and everything the plan suggests, in chronological order."""
    application, interview = plan.application, plan.application.interview
    entries = [CalendarEntry("both", interview, "The interview")]
    for event in application.events:
        if event.at != interview:
            at, whose = event.at.astimezone(interview.tzinfo), "yours" if event.what in BY_ME else "theirs"
            entries.append(CalendarEntry(whose, at, ROW_CHOICES[event.what]))
    for what, label in FLAGS.items():
        latest = next(application.latest(what), None)
        if latest and latest.then:
            entries.append(CalendarEntry("flag", latest.then.astimezone(interview.tzinfo), label))
    entries.append(CalendarEntry("now", plan.at, "Now"))
    entries += [
        CalendarEntry("step", step.suggested, step_title(step.application, step.kind, step.suggested))
        for step in plan.steps
    ]
    return sorted(entries, key=lambda entry: elapsed(interview, entry.at))


def _numbers(entries: list[CalendarEntry]) -> list[int]:
    """The number of each entry in the list; 0 for those drawn without one."""
    counter = count(1)
    return [0 if entry.kind in UNNUMBERED else next(counter) for entry in entries]


def _quiet_times(plan: Plan) -> list[tuple[datetime, datetime]]:
    """The times to wait, each from now or from a step until the next step is right."""
    quiet, since = [], plan.at
    for step in plan.steps:
        if elapsed(since, step.right_from) > AT_THE_INTERVIEW:
            quiet.append((since, step.right_from))
        since = step.suggested
    return quiet


def _monday(when: datetime) -> date:
    return when.date() - when.weekday() * A_DAY


def _mondays(moments: list[datetime]) -> Iterator[tuple[date, int]]:
    """The Monday of each week to draw, and how many weeks are left out before it."""
    mondays = sorted({_monday(moment) for moment in moments})
    if mondays[-1] - mondays[0] < MOST_WEEKS * A_WEEK:
        mondays = [mondays[0] + number * A_WEEK for number in range((mondays[-1] - mondays[0]) // A_WEEK + 1)]
    for before, monday in zip([mondays[0] - A_WEEK, *mondays], mondays, strict=False):
        yield monday, (monday - before) // A_WEEK - 1


def _x(monday: date, when: datetime) -> float:
    """The position of a moment on the line of a week, in percent; moments outside the week are at its ends."""
    since = when.replace(tzinfo=None) - datetime.combine(monday, time.min)
    return LEFT + WIDTH * min(1.0, max(0.0, since / A_WEEK))


def _week(
    monday: date, entries: list[tuple[int, CalendarEntry]], quiet: list[tuple[datetime, datetime]], *, first: bool
) -> tuple[Markup, int]:
    """One week as SVG, and its height in pixels."""
    drawn = list(_days(monday, first=first))
    in_peace = Markup('<line class="pp-in-peace" x1="{0:.2f}%" x2="{1:.2f}%" y1="{2}" y2="{2}"/>')
    for since, until in quiet:
        start, end = _x(monday, since), _x(monday, until)
        if end > start:
            drawn.append(in_peace.format(start, end, LINE_Y))
    numbered = [(number, entry, _x(monday, entry.at)) for number, entry in entries if number]
    lanes = _lanes([x for _, _, x in numbered])
    bottom = LINE_Y + 14 + LANE_HEIGHT * max(lanes, default=0)
    line = (22, bottom + 4)
    now = [now_mark(_x(monday, entry.at), line, bottom + 14) for _, entry in entries if entry.kind == "now"]
    flag = Markup('<svg class="pp-deadline" x="{:.2f}%" y="{}" overflow="visible">{}</svg>')
    drawn += now
    drawn += [flag.format(_x(monday, entry.at), LINE_Y - 8, FLAG_SHAPE) for _, entry in entries if entry.kind == "flag"]
    drawn += [
        numbered_mark(entry.kind, x, LINE_Y + LANE_HEIGHT * lane, number)
        for (number, entry, x), lane in zip(numbered, lanes, strict=True)
    ]
    return Markup("").join(drawn), bottom + (18 if now else 6)


def _days(monday: date, *, first: bool) -> Iterator[Markup]:
    """The days of a week with their dates and, in the first row, their names; the weekend is shaded."""
    yield Markup('<rect class="pp-weekend" x="{:.2f}%" width="{:.2f}%" y="2" height="{}"/>').format(
        LEFT + WIDTH * SATURDAY / 7, WIDTH * 2 / 7, LINE_Y + 8
    )
    yield Markup('<line class="pp-track" x1="{0}%" x2="{1}%" y1="{2}" y2="{2}"/>').format(LEFT, LEFT + WIDTH, LINE_Y)
    for number in range(7):
        day = monday + number * A_DAY
        new_month = number == 0 or day.day == 1
        label = f"{day:%a}"[:2] + f" {day.day}" if first else f"{day.day} {day:%b}" if new_month else f"{day.day}"
        yield Markup(
            '<line class="pp-tick" x1="{0:.2f}%" x2="{0:.2f}%" y1="{1}" y2="{2}"/>'
            '<text class="pp-muted" x="{3:.2f}%" y="16" text-anchor="middle">{4}</text>'
        ).format(LEFT + WIDTH * number / 7, LINE_Y - 5, LINE_Y + 5, LEFT + WIDTH * (number + 0.5) / 7, label)


def _skipped_weeks(number: int, y: int) -> Markup:
    label = "a week with nothing in it" if number == 1 else f"{number} weeks with nothing in them"
    return Markup('<text class="pp-muted" x="50%" y="{}" text-anchor="middle">… {} …</text>').format(y, label)


def _lanes(positions: list[float]) -> list[int]:
    """The lane of each mark, 0 on the line and the others below it, so that no mark covers another."""
    ends: list[float] = []
    lanes = []
    for x in positions:
        free = next((lane for lane, end in enumerate(ends) if x - end >= CLOSEST), len(ends))
        ends[free : free + 1] = [x]
        lanes.append(free)
    return lanes
