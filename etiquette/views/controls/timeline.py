"""A situation on a timeline drawn to scale: what you did above the line, what they did below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from markupsafe import Markup

from etiquette.judge import A_DAY, A_WEEK, AT_THE_INTERVIEW, Decision, Kind, Situation, Word

CONTACT_LABELS = {
    Kind.SEND_REFERENCES: "You sent your references",
    Kind.THANK_YOU_EMAIL: "You thanked them by email",
    Kind.STATUS_EMAIL: "You emailed to ask how things stand",
    Kind.EMAIL_ASKING_OUTCOME: "You emailed to ask whether you got the job",
    Kind.CALL: "You called",
    Kind.LEAVE_MESSAGE: "You left a voicemail",
    Kind.CALL_AGAIN: "You called again",
    Kind.INVITED_CALL: "You called, as they had asked",
    Kind.REPLY: "You answered them",
    Kind.DROP_IN: "You dropped in",
    Kind.SOCIAL_MEDIA_MESSAGE: "You wrote to a private account",
    Kind.GIFT: "You sent a gift",
    Kind.BYPASS: "You contacted somebody else there",
    Kind.MENTION_DEADLINE: "You mentioned your other offer",
}
CALLS = (Kind.CALL, Kind.CALL_AGAIN, Kind.INVITED_CALL)
SHAPES = {
    "both": Markup('<rect x="-9" y="-9" width="18" height="18" transform="rotate(45)"/>'),
    "yours": Markup('<circle r="10.5"/>'),
    "theirs": Markup('<rect x="-10" y="-10" width="20" height="20" rx="3"/>'),
    "step": Markup('<circle class="pp-to-come" r="10.5"/>'),  # still to come
}
STACKING_STEP = 23  # pixels between events that would overlap
OVERLAP = 5.5  # percent of the width within which they would


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something you did, something they said, or an interview, at a time since the interview.

    `whose` is "yours", "theirs" or "both"; `label` is its text in the list below the line.
    """

    whose: str
    at: timedelta
    label: str


def timeline_events(situation: Situation) -> list[TimelineEvent]:
    """Everything that has happened, in chronological order."""
    events = [TimelineEvent("both", AT_THE_INTERVIEW, _interview_label(situation))]
    for word in situation.words:
        if word.at != AT_THE_INTERVIEW:
            events.append(TimelineEvent("theirs", word.at, _word_label(word)))
        if word.interview_at == situation.round_began != AT_THE_INTERVIEW:
            events.append(TimelineEvent("both", situation.round_began, "Your next interview"))
    for contact in situation.contacts:
        label = CONTACT_LABELS[contact.kind]
        if contact.kind in CALLS:
            label += " and spoke to them" if contact.answered else "; nobody picked up"
        events.append(TimelineEvent("yours", contact.at, label))
    return sorted(events, key=lambda event: event.at)


def timeline(situation: Situation) -> Markup:
    """The line, and below it the same events as a list, which is what screen readers read.

    Raises:
        ValueError: the situation does not say when the interview was.
    """
    if situation.interview is None:
        raise ValueError("a timeline needs to know when the interview was")
    events = timeline_events(situation)
    dated = situation.offer or situation.promise
    promised = dated.promises if dated else None
    start = events[0].at
    end = start + (max(situation.now, promised or start, start + A_WEEK) - start) * 1.04
    marks = _stacked([(event.whose, _x(event.at, start, end)) for event in events])
    above = max((30 + STACKING_STEP * level for whose, _, level in marks if whose == "yours"), default=12)
    below = max((30 + STACKING_STEP * level for whose, _, level in marks if whose == "theirs"), default=12)
    baseline = 20 + max(above, 30 if promised else 12)

    drawn = [Markup('<line class="pp-track" x1="2%" x2="98%" y1="{0}" y2="{0}"/>').format(baseline)]
    drawn += _days(situation, start, end, baseline, baseline + below + 14)
    if promised is not None:
        drawn.append(_flag(_x(promised, start, end), baseline))
    drawn.append(now_mark(_x(situation.now, start, end), (16, baseline + below), 11))
    drawn += [_mark(number, whose, x, level, baseline) for number, (whose, x, level) in enumerate(marks, start=1)]
    items = [Markup("<li><time>{}</time> {}</li>").format(situation.date(event.at), event.label) for event in events]
    if promised is not None:
        items.append(
            Markup('<li class="pp-flag"><time>{}</time> The date they named</li>').format(situation.date(promised))
        )
    items.append(Markup('<li class="pp-now"><time>{}</time> Now</li>').format(situation.date(situation.now)))
    return Markup(
        '<svg class="pp-timeline" aria-hidden="true" width="100%" height="{}">{}</svg><ol class="pp-happened">{}</ol>'
    ).format(baseline + below + 20, Markup("").join(drawn), Markup("").join(items))


def _x(at: timedelta, start: timedelta, end: timedelta) -> float:
    """The position of a time on a line from `start` to `end`, in percent of the width."""
    return 4 + 92 * ((at - start) / (end - start))


def _stacked(positions: list[tuple[str, float]]) -> list[tuple[str, float, int]]:
    """Each event with its distance from the line, in steps, such that those on one side do not overlap."""
    stacked = []
    last: dict[str, tuple[float, int]] = {}
    for whose, x in positions:
        previous, level = last.get(whose, (-100.0, 0))
        level = (level + 1) % 3 if x - previous < OVERLAP else 0
        last[whose] = (x, level)
        stacked.append((whose, x, level))
    return stacked


def _mark(number: int, whose: str, x: float, level: int, baseline: int) -> Markup:
    offset = {"both": 0, "yours": -17 - STACKING_STEP * level, "theirs": 17 + STACKING_STEP * level}[whose]
    return numbered_mark(whose, x, baseline + offset, number)


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


def now_mark(x: float, line: tuple[int, int], label: int) -> Markup:
    """A vertical line at the present, from top to bottom, and its label at this height, all in pixels."""
    anchor = "end" if x > 85 else "start" if x < 15 else "middle"
    return Markup(
        '<g class="pp-today"><line x1="{0:.2f}%" x2="{0:.2f}%" y1="{1}" y2="{2}"/>'
        '<text x="{0:.2f}%" y="{3}" text-anchor="{4}">now</text></g>'
    ).format(x, *line, label, anchor)


def _days(situation: Situation, start: timedelta, end: timedelta, baseline: int, bottom: int) -> list[Markup]:
    """A tick for each day, labelled with its weekday.

    Beyond 15 days, one for each Monday, labelled with its date; beyond ten weeks, one for the first Monday of a month.
    """
    drawn = []
    by_day, by_month = end - start <= 15 * A_DAY, end - start > 10 * A_WEEK
    midnight = datetime.combine(situation.local_time(start), time.min) + A_DAY
    while (at := situation.since_interview(midnight)) < end:
        if by_day or (midnight.weekday() == 0 and not (by_month and midnight.day > 7)):
            label = f"{midnight:%a}"[:2] if by_day else f"{midnight.day} {midnight:%b}"
            middle = min(at + A_DAY / 2, end) if by_day else at
            drawn.append(
                Markup(
                    '<line class="pp-tick" x1="{0:.2f}%" x2="{0:.2f}%" y1="{1}" y2="{2}"/>'
                    '<text class="pp-muted" x="{3:.2f}%" y="{4}" text-anchor="middle">{5}</text>'
                ).format(_x(at, start, end), baseline - 5, baseline + 5, _x(middle, start, end), bottom, label)
            )
        midnight += A_DAY
    return drawn


def _interview_label(situation: Situation) -> str:
    said = [part for word in situation.words if word.at == AT_THE_INTERVIEW for part in _word_parts(word)]
    said = [f"; they {part}" for part in said]
    return "".join(["The interview", *said, "; you handed over your references" * situation.references_brought])


def _word_label(word: Word) -> str:
    if word.reposted:
        return "They listed the job again"
    if word.automatic:
        return "An automatic reply" + (" named a day" if word.promises else "")
    return "They " + (" and ".join(_word_parts(word)) or "wrote to you")


def _word_parts(word: Word) -> list[str]:
    """What they did with this word."""
    plain_question = word.asks and not (word.invites_call or word.requests_references or word.decides)
    parts = {
        "made you an offer": word.decides is Decision.OFFER,
        "turned you down": word.decides is Decision.REFUSAL,
        "invited you to another interview": word.invites_interview,
        "asked for your references": word.requests_references,
        "asked you to call": word.invites_call and word.call_at is None,
        "arranged a time for you to call": word.call_at is not None,
        "asked you not to call": word.no_calls,
        "asked you something": plain_question,
        "named a date": word.promises is not None,
    }
    return [part for part, applies in parts.items() if applies]
