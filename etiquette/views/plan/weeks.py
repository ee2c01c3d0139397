"""A plan on a calendar drawn to scale: a line for each week, from Monday to Sunday, by the clocks where they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from markupsafe import Markup

from etiquette.judge import A_DAY, A_WEEK, AT_THE_INTERVIEW
from etiquette.plan import STEP_TITLES, Plan, elapsed, in_both_zones, later
from etiquette.views.controls import TIMELINE_SHAPES, timeline_events

STEP = Markup('<circle class="pp-to-come" r="10.5"/>')
FLAG = Markup('<path d="M0 8v-17h13l-4 4.5 4 4.5h-13"/>')
KEY = Markup('<p class="pp-muted">Where the line is thick, leave them in peace. An open circle is still to come.</p>')
MOST_WEEKS = 8
SATURDAY = 5
TOP, LANE, NEAR = 36, 23, 7.0


@dataclass(frozen=True, slots=True)
class Spot:
    """One moment on the calendar: whose it is, and what it says in the list below."""

    whose: str
    at: datetime
    says: str


def weeks(planned: Plan) -> Markup:
    """The calendar, and under it the same as a list, which is also what a screen reader reads."""
    shown = spots(planned)
    numbers = _numbered(shown)
    rows: list[Markup] = []
    height = 0
    for monday, gap in _mondays([spot.at for spot in shown]):
        if gap:
            height += 26
            rows.append(_quiet_weeks(gap, height - 8))
        week = [(number, spot) for number, spot in zip(numbers, shown, strict=True) if _monday(spot.at) == monday]
        row, below = _week(monday, week, _in_peace(planned), first=not rows)
        rows.append(Markup('<svg y="{}" width="100%" overflow="visible">{}</svg>').format(height, row))
        height += below
    items = [
        Markup('<li class="pp-{}"><time>{}</time> {}</li>').format(
            spot.whose, in_both_zones(spot.at, planned.application.home), spot.says
        )
        for spot in shown
    ]
    return Markup(
        '<svg class="pp-weeks" aria-hidden="true" width="100%" height="{}">{}</svg>{}<ol class="pp-happened">{}</ol>'
    ).format(height, Markup("").join(rows), KEY if planned.steps else "", Markup("").join(items))


def spots(planned: Plan) -> list[Spot]:
    """All that has happened and is to come, in order of time."""
    situation, interview = planned.situation, planned.application.interview
    found = [Spot(mark.whose, later(interview, mark.at), mark.label) for mark in timeline_events(situation)]
    if situation.promise and situation.promise.promises:
        found.append(Spot("flag", later(interview, situation.promise.promises), "The date they named"))
    found.append(Spot("now", planned.at, "Now"))
    found += [Spot("step", step.suggested, STEP_TITLES[step.kind]) for step in planned.steps]
    return sorted(found, key=lambda spot: elapsed(interview, spot.at))


def _numbered(shown: list[Spot]) -> list[int]:
    """The number of each in the list; 0 for what has a sign of its own."""
    numbers, last = [], 0
    for spot in shown:
        last += spot.whose not in ("now", "flag")
        numbers.append(0 if spot.whose in ("now", "flag") else last)
    return numbers


def _in_peace(planned: Plan) -> list[tuple[datetime, datetime]]:
    """The times in which the plan has nothing to be sent, from one step until the next is right."""
    found, since = [], planned.at
    for step in planned.steps:
        if elapsed(since, step.right_from) > AT_THE_INTERVIEW:
            found.append((since, step.right_from))
        since = step.suggested
    return found


def _monday(when: datetime) -> date:
    return when.date() - when.weekday() * A_DAY


def _mondays(moments: list[datetime]) -> Iterator[tuple[date, int]]:
    """The weeks to draw, and how many are left out before each; of a long time, only those with something in them."""
    busy = sorted({_monday(moment) for moment in moments})
    if busy[-1] - busy[0] < MOST_WEEKS * A_WEEK:
        busy = [busy[0] + number * A_WEEK for number in range((busy[-1] - busy[0]) // A_WEEK + 1)]
    for before, monday in zip([busy[0] - A_WEEK, *busy], busy, strict=False):
        yield monday, (monday - before) // A_WEEK - 1


def _x(monday: date, when: datetime) -> float:
    """The place of a moment on the line of its week, in percent; what lies before or after is at its ends."""
    since = when.replace(tzinfo=None) - datetime.combine(monday, time.min)
    return 3 + 94 * min(1.0, max(0.0, since / A_WEEK))


def _week(
    monday: date, shown: list[tuple[int, Spot]], in_peace: list[tuple[datetime, datetime]], *, first: bool
) -> tuple[Markup, int]:
    """One week, and how high it is."""
    drawn = list(_days(monday, first=first))
    for since, until in in_peace:
        start, end = _x(monday, since), _x(monday, until)
        if end > start:
            drawn.append(
                Markup('<line class="pp-in-peace" x1="{0:.2f}%" x2="{1:.2f}%" y1="{2}" y2="{2}"/>').format(
                    start, end, TOP
                )
            )
    numbered = [(number, spot, _x(monday, spot.at)) for number, spot in shown if number]
    levels = _stacked([x for _, _, x in numbered])
    lanes = max(levels, default=0)
    bottom = TOP + 14 + LANE * lanes
    now = [spot for _, spot in shown if spot.whose == "now"]
    for spot in now:
        drawn.append(_now(_x(monday, spot.at), bottom + 12))
    for _, spot in shown:
        if spot.whose == "flag":
            drawn.append(
                Markup('<svg class="pp-deadline" x="{:.2f}%" y="{}" overflow="visible">{}</svg>').format(
                    _x(monday, spot.at), TOP - 8, FLAG
                )
            )
    for (number, spot, x), level in zip(numbered, levels, strict=True):
        drawn.append(
            Markup(
                '<svg class="pp-mark pp-{}" x="{:.2f}%" y="{}" overflow="visible">{}'
                '<text y="4.5" text-anchor="middle">{}</text></svg>'
            ).format(spot.whose, x, TOP + LANE * level, TIMELINE_SHAPES.get(spot.whose, STEP), number)
        )
    return Markup("").join(drawn), bottom + (18 if now else 6)


def _days(monday: date, *, first: bool) -> Iterator[Markup]:
    """The days of a week with their dates; the weekend is shaded."""
    yield Markup('<rect class="pp-weekend" x="{:.2f}%" width="{:.2f}%" y="2" height="{}"/>').format(
        3 + 94 * SATURDAY / 7, 94 * 2 / 7, TOP + 8
    )
    yield Markup('<line class="pp-track" x1="3%" x2="97%" y1="{0}" y2="{0}"/>').format(TOP)
    for number in range(7):
        day = monday + number * A_DAY
        new_month = number == 0 or day.day == 1
        named = f"{day:%a}"[:2] + f" {day.day}" if first else f"{day.day} {day:%b}" if new_month else f"{day.day}"
        yield Markup(
            '<line class="pp-tick" x1="{0:.2f}%" x2="{0:.2f}%" y1="{1}" y2="{2}"/>'
            '<text class="pp-muted" x="{3:.2f}%" y="16" text-anchor="middle">{4}</text>'
        ).format(3 + 94 * number / 7, TOP - 5, TOP + 5, 3 + 94 * (number + 0.5) / 7, named)


def _now(x: float, bottom: int) -> Markup:
    return Markup(
        '<g class="pp-today"><line x1="{0:.2f}%" x2="{0:.2f}%" y1="22" y2="{1}"/>'
        '<text x="{0:.2f}%" y="{2}" text-anchor="{3}">now</text></g>'
    ).format(x, bottom - 8, bottom + 2, "end" if x > 85 else "start" if x < 15 else "middle")


def _quiet_weeks(number: int, y: int) -> Markup:
    says = "a week with nothing in it" if number == 1 else f"{number} weeks with nothing in them"
    return Markup('<text class="pp-muted" x="50%" y="{}" text-anchor="middle">… {} …</text>').format(y, says)


def _stacked(places: list[float]) -> list[int]:
    """How far below the line each mark stands, so that none covers another."""
    ends: list[float] = []
    levels = []
    for x in places:
        free = next((level for level, end in enumerate(ends) if x - end >= NEAR), len(ends))
        ends[free : free + 1] = [x]
        levels.append(free)
    return levels
