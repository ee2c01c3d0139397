"""Families of situations: what happened, by lot, and the boundary near which the learner is to decide.

No answer is written down here. A template lays out facts and asks `clock` where, under this policy, its boundary lies;
what is right on either side of it is for `assess` to say.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from math import ceil, floor

from etiquette.judge import (
    A_DAY,
    A_MINUTE,
    AN_HOUR,
    AT_THE_INTERVIEW,
    Contact,
    Kind,
    Situation,
    Thresholds,
    Wait,
    Word,
    prompt_window,
    quiet_period,
    wait_before_call,
    wait_before_status_email,
)

FIRST_DAY, DAYS = datetime(2027, 1, 4), 300  # so that no story runs into the turn of the year
TICK = 5 * A_MINUTE  # all times are a multiple of it, so that they can be said in words
OPEN_HOURS = (8, 18)
WAKING_HOURS = (8, 20)
SATURDAY = 5
NEAR = 0.06  # of the wait: closer to its end than this, a question is harder

# How far off the boundary the moment of decision lies, in shares of the wait: from far to near, before it and after.
BEFORE = ((-0.8, -0.3), (-0.3, -NEAR), (-NEAR, -0.005))
AFTER = ((0.0, 0.0), (0.005, NEAR), (NEAR, 0.2), (0.2, 0.45))


class NoSuchTimeError(ValueError):
    """The draw fell so that a time in the story cannot be, such as an office that writes at night."""


@dataclass(frozen=True, slots=True)
class SituationTemplate:
    """Situations of one kind. `twisted` says that something other than the plain rule has to be seen.

    `facts` lays out what has happened, up to the last event; `boundary` is the wait that is to be judged;
    `late` is how likely it is that the moment of decision lies after it.
    """

    id: str
    guideline: str
    facts: Callable[[Draw], Situation]
    boundary: Callable[[Situation, Thresholds], Wait | None]
    twisted: bool = False
    late: float = 0.6


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws the times of one story by lot. They count from the interview, and fall on plausible hours."""

    random: random.Random
    interview: datetime
    thresholds: Thresholds

    def time(self, earliest: timedelta, latest: timedelta, *, office: bool = False) -> timedelta:
        """A time from the earliest to the latest.

        Raises:
            NoSuchTimeError: there is none in waking hours or, with `office`, in opening hours.
        """
        for _ in range(20):
            ticks = self.random.randint(-(-earliest // TICK), max(-(-earliest // TICK), latest // TICK))
            at = ticks * TICK
            if at > AT_THE_INTERVIEW and self.plausible(at, office=office):
                return at
        raise NoSuchTimeError

    def plausible(self, at: timedelta, *, office: bool = False) -> bool:
        """Whether somebody would do something at this time: awake or, with `office`, at work."""
        when = self.interview + at
        first, last = OPEN_HOURS if office else WAKING_HOURS
        return first <= when.hour < last and not (office and when.weekday() >= SATURDAY)

    def opening(self, *words: Word) -> Situation:
        """An application just after the interview, at which this was said."""
        return Situation(AT_THE_INTERVIEW, words=words, interview=self.interview)

    def word(self, earliest: timedelta, latest: timedelta, **does: bool) -> Word:
        """Something that the employer writes in between, in opening hours."""
        return Word(self.time(earliest, latest, office=True), **does)  # type: ignore[arg-type]

    def promise(self, earliest: timedelta, latest: timedelta) -> timedelta:
        """A date to be named: an hour sharp, in between, in opening hours."""
        day = self.time(earliest, latest, office=True)
        when = (self.interview + day).replace(minute=0)
        return max(when - self.interview, earliest)

    def thanked(self, situation: Situation) -> Situation:
        """The same with an email of thanks, sent when this policy would have it."""
        within = self.thresholds.thank_you_within
        if within is not None:
            return situation.after(Contact(Kind.THANK_YOU_EMAIL, self.time(AN_HOUR, within)))
        due = quiet_period(situation, self.thresholds).until
        return situation.after(Contact(Kind.THANK_YOU_EMAIL, self.time(due, due + 36 * AN_HOUR)))

    def courteous(self, situation: Situation) -> Situation:
        """The same, already thanked where this policy teaches early thanks: the question is about what follows."""
        return situation if self.thresholds.thank_you_within is None else self.thanked(situation)

    def sent_references(self, situation: Situation) -> Situation:
        """The same with the references that they had asked for, sent while that is prompt."""
        asked = situation.references_requested or AT_THE_INTERVIEW
        prompt = prompt_window(situation, asked, self.thresholds)
        return situation.after(Contact(Kind.SEND_REFERENCES, self.time(asked + AN_HOUR, asked + prompt)))

    def called(self, situation: Situation, *, answered: bool) -> Situation:
        """The same with a call, made when this policy allows it."""
        wait = wait_before_call(situation, self.thresholds)
        opens = wait.until if wait else situation.now
        at = self.time(opens, opens + 40 * AN_HOUR, office=True)
        return situation.after(Contact(Kind.CALL, at, answered))

    def answered(self, situation: Situation) -> Situation:
        """The same with a reply to their last word."""
        heard = situation.last_heard
        return situation.after(Contact(Kind.REPLY, self.time(heard + TICK, heard + 8 * AN_HOUR)))


def draw_interview(rng: random.Random) -> datetime:
    """A day and hour at which an interview may end."""
    while True:
        day = FIRST_DAY + rng.randrange(DAYS) * A_DAY
        if day.weekday() < SATURDAY:
            return datetime.combine(day, time(9)) + rng.randrange(0, 8 * 60, 15) * A_MINUTE


def decide_at(template: SituationTemplate, draw: Draw, facts: Situation) -> tuple[Situation, bool]:
    """The moment of decision, on either side of the boundary, and whether it is near to it.

    Raises:
        NoSuchTimeError: the draw fell on an impossible moment.
    """
    wait = template.boundary(facts, draw.thresholds)
    if wait is None:
        raise NoSuchTimeError
    nearest, furthest = draw.random.choice(AFTER if draw.random.random() < template.late else BEFORE)
    length = wait.until - wait.since
    for _ in range(12):
        share = draw.random.uniform(nearest, furthest)
        at = (wait.until + share * length) / TICK
        now = (floor(at) if share < 0 or wait.promised else ceil(at)) * TICK
        weekend = (draw.interview + now).weekday() >= SATURDAY and template.guideline != "references"
        if now > facts.now and draw.plausible(now) and not weekend:
            return facts.at(now), abs(now - wait.until) <= NEAR * length
    raise NoSuchTimeError


# The facts of each template


def _nothing_said(draw: Draw) -> Situation:
    return draw.opening()


def _silence(draw: Draw) -> Situation:
    return draw.courteous(draw.opening())


def _date_named(draw: Draw) -> Situation:
    return draw.opening(Word(promises=draw.promise(3 * A_DAY, 16 * A_DAY)))


def _date_awaited(draw: Draw) -> Situation:
    return draw.courteous(_date_named(draw))


def _references_asked(draw: Draw) -> Situation:
    return draw.opening(Word(requests_references=True))


def _references_asked_later(draw: Draw) -> Situation:
    return draw.opening().after(draw.word(20 * AN_HOUR, 6 * A_DAY, requests_references=True, asks=True))


def _references_delivered(draw: Draw) -> Situation:
    if draw.random.random() < 0.5:
        return draw.courteous(replace(draw.opening(), references_brought=True))
    return _after_references(draw)


def _references_awaited(draw: Draw) -> Situation:
    return replace(_references_asked(draw), references_ready=draw.time(20 * AN_HOUR, 4 * A_DAY))


def _written_since(draw: Draw) -> Situation:
    before = _silence(draw)
    return draw.answered(before.after(draw.word(before.now + A_DAY, before.now + 4 * A_DAY)))


def _away(draw: Draw) -> Situation:
    sent = _after_references(draw)
    back = draw.promise(4 * A_DAY, 14 * A_DAY)
    return sent.after(Word(sent.now, promises=back, automatic=True))


def _thanked(draw: Draw) -> Situation:
    return draw.thanked(draw.opening() if draw.random.random() < 0.6 else _date_named(draw))


def _thanked_early(draw: Draw) -> Situation:
    early = draw.time(AN_HOUR, max(draw.thresholds.quiet / 4, 3 * AN_HOUR))
    return draw.opening().after(Contact(Kind.THANK_YOU_EMAIL, early))


def _rang_out(draw: Draw) -> Situation:
    return draw.called(_thanked(draw), answered=False)


def _spoke(draw: Draw) -> Situation:
    return draw.called(_thanked(draw), answered=True)


def _after_references(draw: Draw) -> Situation:
    asked = _references_asked(draw)
    sent = draw.sent_references(asked)
    within = draw.thresholds.thank_you_within
    if within is None or sent.now + TICK > within:
        return sent
    return sent.after(Contact(Kind.THANK_YOU_EMAIL, draw.time(sent.now + TICK, within)))


def _left_a_message(draw: Draw) -> Situation:
    rang = _rang_out(draw)
    return rang.after(Contact(Kind.LEAVE_MESSAGE, rang.now))


def _invited(draw: Draw) -> Situation:
    return draw.opening().after(draw.word(A_DAY, 6 * A_DAY, asks=True, invites_call=True))


def _they_ask(draw: Draw) -> Situation:
    before = draw.thanked(draw.opening()) if draw.random.random() < 0.4 else draw.opening()
    return before.after(draw.word(before.now + 20 * AN_HOUR, before.now + 6 * A_DAY, asks=True))


def _they_decided(draw: Draw) -> Situation:
    before = draw.thanked(draw.opening()) if draw.random.random() < 0.4 else draw.opening()
    return before.after(draw.word(before.now + 2 * A_DAY, before.now + 9 * A_DAY, decides=True))


def _status_asked(draw: Draw) -> Situation:
    thanked = draw.thanked(draw.opening())
    opens = wait_before_status_email(thanked, draw.thresholds).until
    return thanked.after(Contact(Kind.STATUS_EMAIL, draw.time(opens, opens + A_DAY)))


def _date_moved(draw: Draw) -> Situation:
    first = draw.promise(2 * A_DAY, 8 * A_DAY)
    before = draw.courteous(draw.opening(Word(promises=first)))
    moved = before.after(draw.word(max(before.now, first - 2 * A_DAY), first + 3 * AN_HOUR))
    later = draw.promise(first + 2 * A_DAY, first + 8 * A_DAY)
    words = (*moved.words[:-1], replace(moved.words[-1], promises=later))
    return draw.answered(replace(moved, words=words))


# Their boundaries


def _prompt(s: Situation, t: Thresholds) -> Wait | None:
    asked = s.references_requested
    return None if asked is None else Wait(asked, asked + prompt_window(s, asked, t))


def _ready(s: Situation, _: Thresholds) -> Wait:
    return Wait(AT_THE_INTERVIEW, s.references_ready)


def _thanks_due(s: Situation, t: Thresholds) -> Wait:
    within = t.thank_you_within
    return quiet_period(s, t) if within is None or s.contacts else Wait(AT_THE_INTERVIEW, within)


def _message(s: Situation, t: Thresholds) -> Wait:
    return Wait(s.now, s.now + t.message_within)


def _a_day_to_answer(s: Situation, _: Thresholds) -> Wait:
    return Wait(s.last_heard, s.last_heard + A_DAY)


def _two_days_on(s: Situation, t: Thresholds) -> Wait:
    last = max(s.last_contact, s.last_heard)
    return Wait(last, last + t.status_after_contact)


SITUATION_TEMPLATES = (
    SituationTemplate("references-asked", "references", _references_asked, _prompt, late=0.35),
    SituationTemplate(
        "references-asked-later", "references", _references_asked_later, _prompt, twisted=True, late=0.35
    ),
    SituationTemplate("references-unasked", "references", _silence, quiet_period, late=0.3),
    SituationTemplate("references-delivered", "references", _references_delivered, quiet_period, late=0.5),
    SituationTemplate("references-awaited", "references", _references_awaited, _ready, twisted=True),
    SituationTemplate("thanks-after-silence", "thank-you", _nothing_said, _thanks_due),
    SituationTemplate("thanks-after-a-date", "thank-you", _date_named, _thanks_due),
    SituationTemplate("thanks-after-their-letter", "thank-you", _written_since, quiet_period, twisted=True),
    SituationTemplate("thanks-while-away", "thank-you", _away, quiet_period, twisted=True),
    SituationTemplate("thanks-already", "thank-you", _thanked, wait_before_call, late=0.5),
    SituationTemplate("call-after-thanks", "calling", _thanked, wait_before_call),
    SituationTemplate("call-after-early-thanks", "calling", _thanked_early, wait_before_call, twisted=True),
    SituationTemplate("call-before-writing", "calling", _silence, quiet_period, late=0.8),
    SituationTemplate("call-rang-out", "calling", _rang_out, _message, late=0.3),
    SituationTemplate("call-after-references", "calling", _after_references, wait_before_call, twisted=True),
    SituationTemplate("call-invited", "calling", _invited, _a_day_to_answer, late=0.3),
    SituationTemplate("call-answered", "calling", _spoke, _two_days_on, late=0.7),
    SituationTemplate("they-ask", "principle", _they_ask, _a_day_to_answer, late=0.3),
    SituationTemplate("they-decided", "principle", _they_decided, _two_days_on),
    SituationTemplate("status-asked", "principle", _status_asked, wait_before_call, twisted=True),
    SituationTemplate("date-moved", "principle", _date_moved, quiet_period, twisted=True),
    SituationTemplate("date-named", "principle", _date_awaited, quiet_period, late=0.3),
    SituationTemplate("message-left", "principle", _left_a_message, _two_days_on, late=0.7),
)
