"""A situation on a line that can be read from the back of a room: its size follows from that of the text around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from markupsafe import Markup

from etiquette.judge import A_DAY, A_WEEK, Situation, promised_date, timeline_events, timeline_with_dates
from etiquette.views.controls import MARK_KINDS, SHAPES

NARROWEST = 18  # times the size of the text: the length of the line on the narrowest projector
LABEL_STEPS = ((A_DAY, 2.0), (2 * A_DAY, 2.0), (A_WEEK, 3.9), (2 * A_WEEK, 3.9), (4 * A_WEEK, 3.9))
"""How far apart labels may be, and how much room one takes there, in sizes of the text."""
MARK_WIDTH = 100 / NARROWEST  # percent of the line
START, LENGTH, NEAR_THE_END = 3, 92, 88  # percent of the line


def projected_timeline(situation: Situation) -> Markup:
    """The line, with what you did above it and what they did below it, what its marks mean, and a list that only screen
    readers read.

    Raises:
        ValueError: the situation does not say when the interview was.
    """
    events, promised, now = timeline_events(situation), promised_date(situation), situation.now
    start = events[0].at
    end = max(now, promised.at if promised else start, start + A_DAY)

    def x(at: timedelta) -> float:
        return START + LENGTH * ((at - start) / (end - start))

    marks = Markup("").join(
        _mark(MARK_KINDS[whose], place)
        for whose in MARK_KINDS
        for place in _apart([x(event.at) for event in events if event.whose == whose])
    )
    flag = Markup('<span class="pp-due" style="left: {:.1f}%">⚑</span>').format(x(promised.at)) if promised else ""
    labels = Markup("").join(
        Markup('<span class="pp-day{}" style="left: {:.1f}%">{}</span>').format(
            " pp-end" if x(at) > NEAR_THE_END else "", x(at), label
        )
        for at, label in _labels(situation, start, end)
    )
    listed = Markup("").join(
        Markup("<li>{} {}</li>").format(situation.date(event.at), event.label)
        for event in timeline_with_dates(situation)
    )
    return Markup(
        '<div class="pp-projected" aria-hidden="true"><div class="pp-axis">{}{}{}{}</div>'
        '<p class="pp-keys">{}</p></div><ol class="pp-unseen">{}</ol>'
    ).format(_now(x(now), situation), marks, flag, labels, _keys(situation), listed)


def _keys(situation: Situation) -> Markup:
    """What each kind of mark means that is on the line."""
    interview, *later = timeline_events(situation)
    key = Markup('<span class="pp-key"><svg class="pp-mark pp-{0}" viewBox="-13 -13 26 26">{1}</svg> {2}</span> ')
    says = {"both": f"interview, {situation.local_time(interview.at):%a}", "you": "you did", "they": "they did"}
    there = {"both"} | {event.whose for event in later}
    keys = [key.format(MARK_KINDS[each], SHAPES[MARK_KINDS[each]], says[each]) for each in says if each in there]
    if promised_date(situation):
        due = "answer due" if situation.offer else "date they gave"
        keys.append(Markup('<span class="pp-key">⚑ {}</span>').format(due))
    return Markup("").join(keys)


def _now(place: float, situation: Situation) -> Markup:
    side = "start" if place < 30 else "end" if place > 70 else "middle"
    return Markup(
        '<span class="pp-today" style="left: {0:.1f}%"></span>'
        '<span class="pp-now pp-{1}" style="left: {0:.1f}%">now, {2}</span>'
    ).format(place, side, f"{situation.local_time(situation.now):%a %H:%M}")


def _mark(kind: str, place: float) -> Markup:
    return Markup('<svg class="pp-mark pp-{}" viewBox="-13 -13 26 26" style="left: {:.1f}%">{}</svg>').format(
        kind, place, SHAPES[kind]
    )


def _apart(places: list[float]) -> list[float]:
    """These ascending places, with each moved back from the next one as far as it takes not to cover it."""
    moved: list[float] = []
    for place in reversed(places):
        moved.append(min(place, moved[-1] - MARK_WIDTH) if moved else place)
    return [max(START, place) for place in reversed(moved)]


def _labels(situation: Situation, start: timedelta, end: timedelta) -> Iterator[tuple[timedelta, str]]:
    """Days at noon with their weekdays or, where they would overlap, Mondays with their dates."""
    length = NARROWEST * LENGTH / 100
    step = next((step for step, width in LABEL_STEPS if length * (step / (end - start)) >= width), 4 * A_WEEK)
    day = datetime.combine(situation.local_time(start), time(12))
    if step >= A_WEEK:
        day += A_DAY * (-day.weekday() % 7)
    while (at := situation.since_interview(day)) <= end:
        if at >= start:
            yield at, f"{day:%a}"[:2] if step < A_WEEK else f"{day.day} {day:%b}"
        day += step
