"""Templates of situations: random facts, and the boundary near which the learner has to decide.

No answer is written down here. A template draws facts, and the thresholds of the policy say where the boundary lies;
`assess` says what is right on either side of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from math import ceil, floor
from typing import Any

from etiquette.judge import (
    A_DAY,
    A_MINUTE,
    AN_HOUR,
    AT_THE_INTERVIEW,
    Contact,
    Decision,
    Kind,
    Situation,
    Thresholds,
    Wait,
    Word,
    next_working_hour,
    prompt_window,
    quiet_period,
    wait_before_call,
    wait_before_status_email,
)
from etiquette.practice.phrasing import Step

FIRST_DAY, DAYS = datetime(2027, 1, 4), 230  # no story runs into the next year
TICK = 5 * A_MINUTE  # every time is a multiple of it
WAKING_HOURS = (8, 20)
SATURDAY = 5
NEAR = 0.06  # a share of the wait

# How far from the boundary the decision falls, in shares of the wait: ranges before it and after it.
BEFORE = ((-0.8, -0.3), (-0.3, -NEAR), (-NEAR, -0.005))
AFTER = ((0.0, 0.0), (0.005, NEAR), (NEAR, 0.2), (0.2, 0.45))


class NoSuchTimeError(ValueError):
    """No plausible time was found for something in the story; an office does not write at night."""


@dataclass(frozen=True, slots=True)
class SituationTemplate:
    """A kind of situation.

    `facts` draws what has happened, up to the last event; `boundary` is the wait for the `step` to be judged, beside
    which one of the `tempting` steps is offered. `p_after` is the probability that the decision falls after its end.
    With `office`, it falls in the employer's working hours.
    """

    id: str
    guideline: str
    step: Step
    tempting: tuple[Step, ...]
    facts: Callable[[FactSampler], Situation]
    boundary: Callable[[Situation, Thresholds], Wait | None]
    p_after: float = 0.6
    office: bool = False


@dataclass(frozen=True, slots=True)
class FactSampler:
    """Draws the random facts of one story. Times count from the interview and fall on plausible hours.

    Every method that draws a time raises NoSuchTimeError if it finds none.
    """

    rng: random.Random
    interview: datetime
    thresholds: Thresholds

    def time(self, earliest: timedelta, latest: timedelta, *, office: bool = False) -> timedelta:
        """A time in this range, in waking hours or, with `office`, in working hours."""
        first = -(-earliest // TICK)
        for _ in range(20):
            at = self.rng.randint(first, max(first, latest // TICK)) * TICK
            if at > AT_THE_INTERVIEW and self.plausible(at, office=office):
                return at
        raise NoSuchTimeError

    def plausible(self, at: timedelta, *, office: bool = False) -> bool:
        """Whether people are awake at this time or, with `office`, at work."""
        if office:
            return next_working_hour(Situation(at, interview=self.interview), at, self.thresholds) == at
        first, last = WAKING_HOURS
        return first <= (self.interview + at).hour < last

    def opening(self, *words: Word) -> Situation:
        """The situation right after the interview, given what was said there."""
        return Situation(AT_THE_INTERVIEW, words=words, interview=self.interview)

    def word(self, earliest: timedelta, latest: timedelta, **flags: Any) -> Word:
        """An email from the employer in this range, in working hours."""
        return Word(self.time(earliest, latest, office=True), **flags)

    def promise(self, earliest: timedelta, latest: timedelta) -> timedelta:
        """A date for the employer to name: in this range, in working hours, on the hour."""
        day = self.time(earliest, latest, office=True)
        when = (self.interview + day).replace(minute=0)
        return max(when - self.interview, earliest)

    def thanked(self, situation: Situation) -> Situation:
        """The situation after a thank-you email, sent when the policy asks for it."""
        within = self.thresholds.thank_you_within
        if within is not None:
            return situation.after(Contact(Kind.THANK_YOU_EMAIL, self.time(AN_HOUR, within)))
        due = max(quiet_period(situation, self.thresholds).until, situation.now)
        return situation.after(Contact(Kind.THANK_YOU_EMAIL, self.time(due, due + 36 * AN_HOUR)))

    def courteous(self, situation: Situation) -> Situation:
        """The situation, with thanks already sent if the policy asks for them early: the question is what follows."""
        return situation if self.thresholds.thank_you_within is None else self.thanked(situation)

    def sent_references(self, situation: Situation) -> Situation:
        """The situation after the requested references were sent promptly."""
        asked = situation.references_requested or AT_THE_INTERVIEW
        prompt = prompt_window(situation, asked, self.thresholds)
        return situation.after(Contact(Kind.SEND_REFERENCES, self.time(asked + AN_HOUR, asked + prompt)))

    def called(self, situation: Situation, *, answered: bool) -> Situation:
        """The situation after a call, made once the policy allows it."""
        wait = _call_open(situation, self.thresholds)
        opens = wait.until if wait else situation.now
        at = self.time(opens, opens + 40 * AN_HOUR, office=True)
        return situation.after(Contact(Kind.CALL, at, answered))

    def replied(self, situation: Situation) -> Situation:
        """The situation after a reply to the employer's last email."""
        heard = situation.last_heard
        return situation.after(Contact(Kind.REPLY, self.time(heard + TICK, heard + 8 * AN_HOUR)))


def draw_interview(rng: random.Random) -> datetime:
    """Draw the day and time at which an interview ends."""
    while True:
        day = FIRST_DAY + rng.randrange(DAYS) * A_DAY
        if day.weekday() < SATURDAY:
            return datetime.combine(day, time(9, 30)) + rng.randrange(0, 7 * 60 + 30, 15) * A_MINUTE


def draw_decision(template: SituationTemplate, sampler: FactSampler, facts: Situation) -> Situation:
    """The facts at a moment of decision, before or after the boundary.

    Raises:
        NoSuchTimeError: the facts have no boundary, or no plausible moment was found.
    """
    wait = template.boundary(facts, sampler.thresholds)
    if wait is None:
        raise NoSuchTimeError
    nearest, furthest = sampler.rng.choice(AFTER if sampler.rng.random() < template.p_after else BEFORE)
    length = wait.until - wait.since
    for _ in range(12):
        share = sampler.rng.uniform(nearest, furthest)
        at = (wait.until + share * length) / TICK
        now = (floor(at) if share < 0 else ceil(at)) * TICK
        weekend = (sampler.interview + now).weekday() >= SATURDAY and template.guideline != "references"
        later = now > facts.now or not length
        if later and sampler.plausible(now, office=template.office) and not weekend:
            return facts.at(now)
    raise NoSuchTimeError


# The facts of each template


def _silence(sampler: FactSampler) -> Situation:
    return sampler.courteous(sampler.opening())


def _silence_or_news(sampler: FactSampler) -> Situation:
    return _silence(sampler) if sampler.rng.random() < 0.6 else _employer_wrote(sampler)


def _date_named(sampler: FactSampler) -> Situation:
    return sampler.opening(Word(promises=sampler.promise(3 * A_DAY, 16 * A_DAY)))


def _date_awaited(sampler: FactSampler) -> Situation:
    return sampler.courteous(_date_named(sampler))


def _references_requested(sampler: FactSampler) -> Situation:
    return sampler.opening(Word(requests_references=True))


def _asked_later(sampler: FactSampler) -> Situation:
    return sampler.opening().after(sampler.word(20 * AN_HOUR, 6 * A_DAY, requests_references=True, asks=True))


def _references_delivered(sampler: FactSampler) -> Situation:
    if sampler.rng.random() < 0.5:
        return sampler.courteous(replace(sampler.opening(), references_brought=True))
    return _references_sent(sampler)


def _references_awaited(sampler: FactSampler) -> Situation:
    return replace(_references_requested(sampler), references_ready=(sampler.time(20 * AN_HOUR, 4 * A_DAY),))


def _partly_ready(sampler: FactSampler) -> Situation:
    ready = (AT_THE_INTERVIEW, sampler.time(5 * A_DAY, 9 * A_DAY))
    return replace(_references_requested(sampler), references_ready=ready)


def _employer_wrote(sampler: FactSampler) -> Situation:
    before = _silence(sampler)
    return sampler.replied(before.after(sampler.word(before.now + A_DAY, before.now + 4 * A_DAY)))


def _employer_away(sampler: FactSampler) -> Situation:
    sent = _references_sent(sampler)
    back = sampler.promise(4 * A_DAY, 14 * A_DAY)
    return sent.after(Word(sent.now + A_MINUTE, promises=back, automatic=True))


def _thanked(sampler: FactSampler) -> Situation:
    draw = sampler.rng.choice((FactSampler.opening, _date_named, _employer_wrote))
    situation = draw(sampler)
    return situation if situation.latest(Kind.THANK_YOU_EMAIL) else sampler.thanked(situation)


def _thanked_too_early(sampler: FactSampler) -> Situation:
    early = sampler.time(AN_HOUR, max(sampler.thresholds.quiet / 4, 3 * AN_HOUR))
    return sampler.opening().after(Contact(Kind.THANK_YOU_EMAIL, early))


def _call_unanswered(sampler: FactSampler) -> Situation:
    return sampler.called(_thanked(sampler), answered=False)


def _call_answered(sampler: FactSampler) -> Situation:
    return sampler.called(_thanked(sampler), answered=True)


def _references_sent(sampler: FactSampler) -> Situation:
    asked = _references_requested(sampler)
    sent = sampler.sent_references(asked)
    within = sampler.thresholds.thank_you_within
    if within is None or sent.now + TICK > within:
        return sent
    return sent.after(Contact(Kind.THANK_YOU_EMAIL, sampler.time(sent.now + TICK, within)))


def _message_left(sampler: FactSampler) -> Situation:
    called = _call_unanswered(sampler)
    return called.after(Contact(Kind.LEAVE_MESSAGE, called.now))


def _call_invited(sampler: FactSampler) -> Situation:
    return sampler.opening().after(sampler.word(A_DAY, 6 * A_DAY, asks=True, invites_call=True))


def _call_arranged(sampler: FactSampler) -> Situation:
    """For a time that they gave, or for the case that they are silent until a date."""
    if sampler.rng.random() < 0.5:
        return sampler.courteous(
            sampler.opening(Word(promises=sampler.promise(3 * A_DAY, 12 * A_DAY), invites_call=True))
        )
    word = sampler.word(A_DAY, 5 * A_DAY, asks=True, invites_call=True)
    call_at = sampler.promise(word.at + A_DAY, word.at + 4 * A_DAY)
    return sampler.opening().after(replace(word, call_at=call_at))


def _asked_not_to_call(sampler: FactSampler) -> Situation:
    return sampler.thanked(sampler.opening(Word(no_calls=True)))


def _perhaps_thanked(sampler: FactSampler) -> Situation:
    return sampler.thanked(sampler.opening()) if sampler.rng.random() < 0.4 else sampler.opening()


def _employer_asks(sampler: FactSampler) -> Situation:
    before = _perhaps_thanked(sampler)
    return before.after(sampler.word(before.now + 20 * AN_HOUR, before.now + 6 * A_DAY, asks=True))


def _asked_meanwhile(sampler: FactSampler) -> Situation:
    """A thank-you or a call would be welcome by now, had they not just asked for something."""
    before = sampler.opening()
    if sampler.rng.random() < 0.5 and sampler.thresholds.thank_you_within is None:
        before = sampler.thanked(before)
    open_from = max(before.now, quiet_period(before, sampler.thresholds).until) + 2 * A_DAY
    references = sampler.rng.random() < 0.5
    return before.after(sampler.word(open_from, open_from + 5 * A_DAY, asks=True, requests_references=references))


def _employer_refused(sampler: FactSampler) -> Situation:
    before = _perhaps_thanked(sampler)
    return before.after(sampler.word(before.now + 2 * A_DAY, before.now + 9 * A_DAY, decides=Decision.REFUSAL))


def _offer_made(sampler: FactSampler) -> Situation:
    before = _perhaps_thanked(sampler)
    offer = sampler.word(before.now + 2 * A_DAY, before.now + 9 * A_DAY, decides=Decision.OFFER)
    return before.after(replace(offer, promises=sampler.promise(offer.at + 2 * A_DAY, offer.at + 7 * A_DAY)))


def _second_interview(sampler: FactSampler) -> Situation:
    thanked = sampler.thanked(sampler.opening())
    invitation = sampler.word(thanked.now + 20 * AN_HOUR, thanked.now + 3 * A_DAY, invites_interview=True)
    interview_at = sampler.promise(invitation.at + A_DAY, invitation.at + 5 * A_DAY)
    return sampler.replied(thanked.after(replace(invitation, interview_at=interview_at))).at(interview_at)


def _status_asked(sampler: FactSampler) -> Situation:
    thanked = sampler.thanked(sampler.opening())
    opens = wait_before_status_email(thanked, sampler.thresholds).until
    return thanked.after(Contact(Kind.STATUS_EMAIL, sampler.time(opens, opens + A_DAY)))


def _date_moved(sampler: FactSampler) -> Situation:
    first = sampler.promise(2 * A_DAY, 8 * A_DAY)
    before = sampler.courteous(sampler.opening(Word(promises=first)))
    moved = before.after(sampler.word(max(before.now, first - 2 * A_DAY), first + 3 * AN_HOUR))
    later = sampler.promise(first + 2 * A_DAY, first + 8 * A_DAY)
    words = (*moved.words[:-1], replace(moved.words[-1], promises=later))
    return sampler.replied(replace(moved, words=words))


# The boundaries of the templates


def _prompt(s: Situation, t: Thresholds) -> Wait | None:
    asked = s.references_requested
    return None if asked is None else Wait(asked, asked + prompt_window(s, asked, t))


def _references_ready(s: Situation, _: Thresholds) -> Wait:
    return Wait(AT_THE_INTERVIEW, s.references_complete_at)


def _thank_you_due(s: Situation, t: Thresholds) -> Wait:
    within = t.thank_you_within
    if within is None or s.latest(Kind.THANK_YOU_EMAIL):
        return quiet_period(s, t)
    return Wait(s.round_began, s.round_began + within)


def _thanks_late(s: Situation, t: Thresholds) -> Wait:
    """A third of it, so that what falls after its end is late by some days."""
    return Wait(s.round_began + t.thank_you_late * 2 / 3, s.round_began + t.thank_you_late)


def _silence_answers(s: Situation, t: Thresholds) -> Wait:
    return Wait(s.last_heard, s.last_heard + t.silence_answers)


def _call_open(s: Situation, t: Thresholds) -> Wait | None:
    wait = wait_before_call(s, t)
    return None if wait is None else replace(wait, until=next_working_hour(s, wait.until, t))


def _closing_time(s: Situation, t: Thresholds) -> Wait | None:
    """The working hours of the first day on which a call is open."""
    wait = _call_open(s, t)
    if wait is None:
        return None
    midnight = datetime.combine(s.local_time(wait.until), time.min)
    return Wait(s.since_interview(midnight + t.opens), s.since_interview(midnight + t.closes))


def _at_once(s: Situation, _: Thresholds) -> Wait:
    return Wait(s.now, s.now)


def _date_of_last_word(s: Situation, _: Thresholds) -> Wait | None:
    """Until the time for the call they invite, or the date for the answer they want."""
    word = s.words[-1]
    until = word.call_at or word.promises
    return None if until is None else Wait(word.at, until, promised=True)


def _reply_due(s: Situation, _: Thresholds) -> Wait:
    return Wait(s.last_heard, s.last_heard + A_DAY)


def _pause_after_contact(s: Situation, t: Thresholds) -> Wait:
    last = max(s.last_contact, s.last_heard)
    return Wait(last, last + t.status_after_contact)


REFERENCES, THANKS, CALL, VOICEMAIL, REPLY = Step.REFERENCES, Step.THANKS, Step.CALL, Step.VOICEMAIL, Step.REPLY

SITUATION_TEMPLATES = (
    SituationTemplate(
        "references-asked", "references", REFERENCES, (THANKS, CALL), _references_requested, _prompt, 0.35
    ),
    SituationTemplate("references-asked-later", "references", REFERENCES, (THANKS, CALL), _asked_later, _prompt, 0.35),
    SituationTemplate(
        "references-unasked", "references", REFERENCES, (THANKS, CALL), _silence_or_news, quiet_period, 0.3
    ),
    SituationTemplate(
        "references-delivered", "references", REFERENCES, (THANKS, CALL), _references_delivered, quiet_period, 0.5
    ),
    SituationTemplate(
        "references-awaited", "references", REFERENCES, (THANKS, CALL), _references_awaited, _references_ready
    ),
    SituationTemplate("references-partly-ready", "references", REFERENCES, (THANKS, CALL), _partly_ready, _prompt, 0.3),
    SituationTemplate(
        "thanks-after-silence", "thank-you", THANKS, (REFERENCES, CALL), FactSampler.opening, _thank_you_due
    ),
    SituationTemplate("thanks-after-a-date", "thank-you", THANKS, (REFERENCES, CALL), _date_named, _thank_you_due),
    SituationTemplate(
        "thanks-after-their-letter", "thank-you", THANKS, (REFERENCES, CALL), _employer_wrote, quiet_period
    ),
    SituationTemplate("thanks-while-away", "thank-you", THANKS, (REFERENCES, CALL), _employer_away, quiet_period),
    SituationTemplate("thanks-already", "thank-you", THANKS, (CALL,), _thanked, _call_open, 0.5, office=True),
    SituationTemplate(
        "thanks-second-interview", "thank-you", THANKS, (REFERENCES, CALL), _second_interview, _thank_you_due
    ),
    SituationTemplate("thanks-or-answer", "thank-you", THANKS, (REFERENCES,), _asked_meanwhile, _reply_due, 0.1),
    SituationTemplate("thanks-late", "thank-you", THANKS, (CALL,), _silence_or_news, _thanks_late, 0.7),
    SituationTemplate("call-after-thanks", "calling", CALL, (REFERENCES, THANKS), _thanked, _call_open, office=True),
    SituationTemplate(
        "call-after-early-thanks", "calling", CALL, (REFERENCES, THANKS), _thanked_too_early, _call_open, office=True
    ),
    SituationTemplate(
        "call-before-writing", "calling", CALL, (REFERENCES, THANKS), _silence_or_news, quiet_period, 0.8, office=True
    ),
    SituationTemplate("call-out-of-hours", "calling", CALL, (REFERENCES, THANKS), _thanked, _closing_time, 0.5),
    SituationTemplate("call-rang-out", "calling", VOICEMAIL, (CALL,), _call_unanswered, _at_once),
    SituationTemplate(
        "call-missed", "calling", VOICEMAIL, (CALL,), _call_unanswered, _pause_after_contact, 0.3, office=True
    ),
    SituationTemplate(
        "call-after-references", "calling", CALL, (REFERENCES, THANKS), _references_sent, _call_open, office=True
    ),
    SituationTemplate(
        "call-invited", "calling", CALL, (REFERENCES, THANKS), _call_invited, _reply_due, 0.3, office=True
    ),
    SituationTemplate(
        "call-arranged", "calling", CALL, (REFERENCES, THANKS, REPLY), _call_arranged, _date_of_last_word, office=True
    ),
    SituationTemplate("call-or-answer", "calling", CALL, (REFERENCES,), _asked_meanwhile, _reply_due, 0.1, office=True),
    SituationTemplate(
        "call-answered", "calling", CALL, (REFERENCES, THANKS), _call_answered, _pause_after_contact, 0.7
    ),
    SituationTemplate(
        "call-ruled-out", "calling", CALL, (REFERENCES, THANKS), _asked_not_to_call, _call_open, 0.8, office=True
    ),
    SituationTemplate("they-ask", "principle", REPLY, (REFERENCES, THANKS, CALL), _employer_asks, _reply_due, 0.3),
    SituationTemplate(
        "they-refused", "principle", REPLY, (REFERENCES, THANKS, CALL), _employer_refused, _pause_after_contact
    ),
    SituationTemplate("offer-made", "principle", REPLY, (REFERENCES, CALL), _offer_made, _date_of_last_word, 0.2),
    SituationTemplate("status-asked", "principle", CALL, (REFERENCES, THANKS), _status_asked, _call_open, office=True),
    SituationTemplate("date-moved", "principle", THANKS, (REFERENCES, CALL), _date_moved, quiet_period),
    SituationTemplate("date-named", "principle", THANKS, (REFERENCES, CALL), _date_awaited, quiet_period, 0.3),
    SituationTemplate(
        "long-silence", "principle", THANKS, (CALL,), _silence_or_news, _silence_answers, 0.4, office=True
    ),
    SituationTemplate("message-left", "principle", CALL, (VOICEMAIL,), _message_left, _pause_after_contact, 0.7),
)
