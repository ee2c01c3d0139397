"""A situation on a timeline drawn to scale: what you did above the line, what they did below it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

from markupsafe import Markup

from etiquette.judge import A_DAY, A_WEEK, Situation, TimelineEvent, promised_date, timeline_events

MARK_KINDS = {"you": "yours", "they": "theirs", "both": "both"}
SHAPES = {
    "both": Markup('<rect x="-9" y="-9" width="18" height="18" transform="rotate(45)"/>'),
    "yours": Markup('<circle r="10.5"/>'),
    "theirs": Markup('<rect x="-10" y="-10" width="20" height="20" rx="3"/>'),
    "step": Markup('<circle class="pp-to-come" r="10.5"/>'),  # still to come
}
STACKING_STEP = 23  # pixels between events that would overlap
OVERLAP = 5.5  # percent of the width within which they would
A_FEW_DAYS = 3 * A_DAY
NARROWEST = 2.8  # pixels for each percent of the width, on the smallest screen
CLOCK_WIDTH, MARK_SIZE = 34, 11  # pixels: the width of a clock time, and half the width of a mark


class _Box(NamedTuple):
    """What a mark or a label covers: `left` and `right` in percent of the width, `top` and `bottom` in pixels."""

    left: float
    right: float
    top: float
    bottom: float

    def overlaps(self, other: _Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


class _Drawn(NamedTuple):
    """An event with its place on the line: `x` in percent of the width, `y` in pixels."""

    event: TimelineEvent
    x: float
    y: int

    @property
    def box(self) -> _Box:
        half = MARK_SIZE / NARROWEST
        return _Box(self.x - half, self.x + half, self.y - MARK_SIZE, self.y + MARK_SIZE)


def timeline(situation: Situation) -> Markup:
    """The line, and below it the same events as a list, which is what screen readers read.

    Raises:
        ValueError: the situation does not say when the interview was.
    """
    if situation.interview is None:
        raise ValueError("a timeline needs to know when the interview was")
    events = timeline_events(situation)
    promised = promised_date(situation)
    start = events[0].at
    last = max(situation.now, promised.at if promised else start)
    end = start + max(last - start, A_FEW_DAYS if last - start <= A_FEW_DAYS else A_WEEK) * 1.04
    levels = _levels([(event.whose, _x(event.at, start, end)) for event in events])
    above = max(
        44 + STACKING_STEP * level for (event, level) in zip(events, levels, strict=True) if event.whose != "they"
    )
    below = max(
        (44 + STACKING_STEP * level for event, level in zip(events, levels, strict=True) if event.whose == "they"),
        default=12,
    )
    baseline = 20 + above
    marks = [
        _Drawn(event, _x(event.at, start, end), baseline + _offset(event.whose, level))
        for event, level in zip(events, levels, strict=True)
    ]

    drawn = [Markup('<line class="pp-track" x1="2%" x2="98%" y1="{0}" y2="{0}"/>').format(baseline)]
    drawn += _days(situation, start, end, baseline, baseline + below + 14)
    taken = [mark.box for mark in marks]
    now_x = _x(situation.now, start, end)
    taken.append(_Box(now_x - 0.5, now_x + 0.5, 0, baseline + below))
    if promised:
        x = _x(promised.at, start, end)
        taken.append(_Box(x - 0.5, x + 5, baseline - 32, baseline))
        drawn.append(_flag(x, baseline))
    local_now = situation.local_time(situation.now)
    drawn.append(now_mark(now_x, (16, baseline + below), 11, f"now, {local_now:%a %H:%M}"))
    drawn += [numbered_mark(MARK_KINDS[e.whose], x, y, number) for number, (e, x, y) in enumerate(marks, start=1)]
    timed = [mark for mark in marks if end - start <= 15 * A_DAY or situation.now - mark.event.at <= A_FEW_DAYS]
    drawn += _clock_times(situation, timed, taken)
    listed = [("", event) for event in events]
    listed += [("pp-flag", promised)] if promised else []
    listed.append(("pp-now", TimelineEvent("both", situation.now, "Now")))
    listed.sort(key=lambda item: item[1].at)
    items = [
        Markup('<li class="{}"><time>{}</time> {}</li>').format(css_class, situation.date(event.at), event.label)
        for css_class, event in listed
    ]
    return Markup(
        '<svg class="pp-timeline" aria-hidden="true" width="100%" height="{}">{}</svg><ol class="pp-happened">{}</ol>'
    ).format(baseline + below + 20, Markup("").join(drawn), Markup("").join(items))


def _x(at: timedelta, start: timedelta, end: timedelta) -> float:
    """The position of a time on a line from `start` to `end`, in percent of the width."""
    return 4 + 92 * ((at - start) / (end - start))


def _levels(positions: list[tuple[str, float]]) -> list[int]:
    """Each event's distance from the line, in steps, such that those on one side do not overlap."""
    levels = []
    last: dict[str, tuple[float, int]] = {}
    for whose, x in positions:
        previous, level = last.get(whose, (-100.0, 0))
        level = (level + 1) % 3 if x - previous < OVERLAP else 0
        last[whose] = (x, level)
        levels.append(level)
    return levels


def _offset(whose: str, level: int) -> int:
    """How far below the line an event of this level is drawn, in pixels."""
    return {"both": 0, "you": -17 - STACKING_STEP * level, "they": 17 + STACKING_STEP * level}[whose]


def _clock_times(situation: Situation, marks: list[_Drawn], taken: list[_Box]) -> list[Markup]:
    """The time of day beyond or beside each of these marks, the latest first, where it covers nothing drawn so far."""
    texts = []
    width, half, aside = (pixels / NARROWEST for pixels in (CLOCK_WIDTH, MARK_SIZE, MARK_SIZE + 3))
    for event, x, y in reversed(marks):
        top = y + 13 if event.whose == "they" else y - 25
        places = [
            (0, "middle", _Box(x - width / 2, x + width / 2, top, top + 12)),
            (-MARK_SIZE, "start", _Box(x - half, x - half + width, top, top + 12)),
            (-MARK_SIZE - 3, "end", _Box(x - aside - width, x - aside, y - 6, y + 6)),
            (MARK_SIZE + 3, "start", _Box(x + aside, x + aside + width, y - 6, y + 6)),
        ]
        for dx, anchor, box in places:
            if box.left >= 0 and box.right <= 100 and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                texts.append(
                    Markup('<text class="pp-clock" x="{:.2f}%" dx="{}" y="{}" text-anchor="{}">{}</text>').format(
                        x, dx, box.bottom - 2, anchor, f"{situation.local_time(event.at):%H:%M}"
                    )
                )
                break
    return texts


def numbered_mark(kind: str, x: float, y: float, number: int) -> Markup:
    """A number in the shape for this kind of event. `x` is in percent of the width, `y` in pixels."""
    return Markup(
        '<svg class="pp-mark pp-{}" x="{:.2f}%" y="{}" overflow="visible">{}'
        '<text y="4.5" text-anchor="middle">{}</text></svg>'
    ).format(kind, x, y, SHAPES[kind], number)


def _flag(x: float, baseline: int) -> Markup:
    return Markup(
        '<g class="pp-promised"><line x1="{0:.2f}%" x2="{0:.2f}%" y1="{1}" y2="{2}"/>'
        '<svg x="{0:.2f}%" y="{1}" overflow="visible"><path d="M0 0h13l-4 4.5 4 4.5h-13z"/></svg></g>'
    ).format(x, baseline - 30, baseline)


def now_mark(x: float, line: tuple[int, int], height: int, label: str = "now") -> Markup:
    """A vertical line at the present, from top to bottom, and its label at this height, all in pixels."""
    anchor = "end" if x > 80 else "start" if x < 20 else "middle"
    return Markup(
        '<g class="pp-today"><line x1="{0:.2f}%" x2="{0:.2f}%" y1="{1}" y2="{2}"/>'
        '<text x="{0:.2f}%" y="{3}" text-anchor="{4}">{5}</text></g>'
    ).format(x, *line, height, anchor, label)


def _days(situation: Situation, start: timedelta, end: timedelta, baseline: int, bottom: int) -> list[Markup]:
    """A tick for each day, labelled with its weekday, and within a few days for each quarter of a day.

    Beyond 15 days, one for each Monday, labelled with its date; beyond seven weeks, one for the first Monday of each
    month.
    """
    drawn = []
    by_day, by_month = end - start <= 15 * A_DAY, end - start > 7 * A_WEEK
    tick = Markup('<line class="pp-tick" x1="{0:.2f}%" x2="{0:.2f}%" y1="{1}" y2="{2}"/>')
    if end - start < 4 * A_DAY:
        quarter = datetime.combine(situation.local_time(start), time.min)
        while (at := situation.since_interview(quarter)) < end:
            if at > start and quarter.hour:
                drawn.append(tick.format(_x(at, start, end), baseline - 2, baseline + 2))
            quarter += A_DAY / 4
    midnight = datetime.combine(situation.local_time(start), time.min) + A_DAY
    while (at := situation.since_interview(midnight)) < end:
        if by_day or (midnight.weekday() == 0 and not (by_month and midnight.day > 7)):
            label = f"{midnight:%a}"[:2] if by_day else f"{midnight.day} {midnight:%b}"
            middle = at + A_DAY / 2 if by_day else at
            drawn.append(tick.format(_x(at, start, end), baseline - 5, baseline + 5))
            if middle < end:
                drawn.append(
                    Markup('<text class="pp-muted" x="{:.2f}%" y="{}" text-anchor="middle">{}</text>').format(
                        _x(middle, start, end), bottom, label
                    )
                )
        midnight += A_DAY
    return drawn
