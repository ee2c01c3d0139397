"""The questions of a quiz, generated at random from situation templates.

The same random draws give the same question. The best option is never written down: the policy determines it. Nor can
it be read off the options: their words name a step and no more, and each of them is as often wrong as right.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from etiquette.judge import (
    A_DAY,
    AN_HOUR,
    AT_THE_INTERVIEW,
    RIGHT,
    SECOND_BEST,
    Action,
    Assessment,
    Contact,
    Kind,
    Policy,
    Situation,
    Word,
    assess,
    clock_in_words,
)
from etiquette.practice import phrasing
from etiquette.practice.jobs import Job
from etiquette.practice.phrasing import Step
from etiquette.practice.situation_templates import (
    SATURDAY,
    FactSampler,
    NoSuchTimeError,
    SituationTemplate,
    draw_decision,
    draw_interview,
)
from etiquette.practice.times_in_words import (
    day_and_date,
    future_in_words,
    past_in_words,
)

FEWEST_OPTIONS, MOST_OPTIONS = 3, 4
FOUR_OPTIONS = 0.7  # the probability of four options rather than three
LEAD = 10  # the least credit by which the best option is ahead of the next
LEAST_BEST = 90  # the least credit of the best option
SENSIBLE, SENSIBLE_SHARE = 50, 0.12  # a wrong option with this credit or more is offered with this probability
DAYS_TO_WAIT = range(2, 9)  # how far ahead the option to wait looks
RARE = (Step.VISIT, Step.PRIVATE_MESSAGE, Step.GIFT)
RARE_KINDS = frozenset(phrasing.KINDS[step] for step in RARE)
RARE_SHARE = 0.3  # the probability that a fourth option is one of these, if it may be
TEMPTING = (Step.STATUS, Step.STATUS, Step.STATUS, Step.OUTCOME, Step.OUTCOME, Step.BYPASS)  # the usual fourth
MAY_BE_BEST = (Step.REFERENCES, Step.CALL, Step.VOICEMAIL, Step.REPLY, Step.THANKS, Step.WAIT)  # first if equal
SENTENCE_END = re.compile(r"(?<=[.?!])[”’]? ")


class Need(StrEnum):
    """What a situation asks for: to wait; a step that you may take; or one that you owe, so that waiting is wrong."""

    WAIT = "wait"
    MAY = "may"
    MUST = "must"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to do, in words, how the policy judges it, and the reason in the wording of this question."""

    says: str
    action: Action
    assessment: Assessment
    reason: str

    @property
    def credit(self) -> int:
        """From 0 to 100."""
        return self.assessment.credit


@dataclass(frozen=True, slots=True)
class Question:
    """A situation told to the learner, with three or four options, exactly one of which is best.

    `template` is the kind of situation; `guideline` is the one being practised.
    """

    id: str
    guideline: str
    template: str
    story: str
    situation: Situation
    options: tuple[Option, ...]

    @property
    def best(self) -> int:
        """The index of the best option."""
        return max(range(len(self.options)), key=lambda number: self.options[number].credit)

    def share(self, number: int) -> int:
        """The credit of an option as a percentage of the best option's."""
        return round(100 * self.options[number].credit / self.options[self.best].credit)

    def offers(self, kind: Kind) -> bool:
        """Whether an option is of this kind."""
        return any(option.action.kind is kind for option in self.options)

    def mistaken(self, number: int) -> bool:
        """Whether an option is pesky or passive although there was a better one."""
        return number != self.best and self.options[number].assessment.verdict not in RIGHT

    @property
    def is_rare(self) -> bool:
        """Whether an option is a visit, a private message or a gift."""
        return any(option.action.kind in RARE_KINDS for option in self.options)

    @property
    def feedback(self) -> tuple[str, ...]:
        """The sentences of all reasons."""
        return tuple(sentence for option in self.options for sentence in sentences_of(option.reason))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text."""
    return SENTENCE_END.split(text)


def fair(options: tuple[Option, ...]) -> bool:
    """Whether exactly one option is best, by a clear lead, and is right."""
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        return False
    second, best = sorted(options, key=lambda option: option.credit)[-2:]
    return best.assessment.verdict in RIGHT and best.credit >= LEAST_BEST and best.credit - second.credit >= LEAD


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question should be like, as far as it matters: what its situation asks for, and a kind that it offers.

    Its feedback does without the sentences in `said`. Only `rare` questions offer a visit, a private message or a gift.
    """

    need: Need | None = None
    kind: Kind | None = None
    said: Collection[str] = ()
    rare: bool = False


def generate(
    template: SituationTemplate, job: Job, policy: Policy, rng: random.Random, wanted: Wanted = Wanted()
) -> Question | None:
    """Draw a question about this job; None if it is implausible, unfair, or not as it is `wanted`."""
    sampler = FactSampler(rng, draw_interview(rng), policy.thresholds)
    try:
        situation = draw_decision(template, sampler, template.facts(sampler))
    except NoSuchTimeError:
        return None
    drawn = _OptionDrawer(situation, job, policy, rng, template)
    if wanted.need not in (None, drawn.need):
        return None
    options = _worded(drawn.draw(wanted), rng, wanted.said)
    if options is None or not fair(options):
        return None
    question = Question(
        id=f"{template.id}-{_digest(situation, options)}",
        guideline=template.guideline,
        template=template.id,
        story=_Narrator(situation, job, rng).story(),
        situation=situation,
        options=options,
    )
    return question if wanted.kind is None or question.offers(wanted.kind) else None


def _digest(situation: Situation, options: tuple[Option, ...]) -> str:
    facts = (situation, [option.action for option in options])
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:8]


def _worded(options: list[Option], rng: random.Random, said: Collection[str]) -> tuple[Option, ...] | None:
    """The options with a reason each of which no sentence has been said; None if there are not enough wordings."""
    used, worded = set(said), []
    for option in options:
        wordings = list(option.assessment.wordings)
        rng.shuffle(wordings)
        reason = next((each for each in wordings if used.isdisjoint(sentences_of(each))), None)
        if reason is None:
            return None
        used.update(sentences_of(reason))
        worded.append(Option(option.says, option.action, option.assessment, reason))
    return tuple(worded)


class _OptionDrawer:
    """Draws the options of one situation.

    Always there: the best, to wait, what the employer asked for, and the step that the template is about. What is added
    to them depends on the template: its `tempting` steps are chosen such that a set of options does not tell the best.
    """

    def __init__(self, s: Situation, job: Job, policy: Policy, rng: random.Random, template: SituationTemplate) -> None:
        self.s, self.job, self.policy, self.rng, self.template = s, job, policy, rng, template
        self.until = self._draw_morning()
        self.possible = {step: option for step in Step if (option := self._option(step))}
        self.best = max(
            (step for step in MAY_BE_BEST if step in self.possible), key=lambda step: self.possible[step].credit
        )

    @property
    def need(self) -> Need:
        """What the situation asks for."""
        if self.best is Step.WAIT:
            return Need.WAIT
        return Need.MAY if self.possible[Step.WAIT].credit >= SECOND_BEST else Need.MUST

    def draw(self, wanted: Wanted) -> list[Option]:
        """The options in random order, one of them of the wanted kind if possible."""
        chosen = dict.fromkeys((self.best, Step.WAIT, self.template.step, *self._asked_for()))
        chosen |= dict.fromkeys(step for step, option in self.possible.items() if option.action.kind is wanted.kind)
        chosen = {step: None for step in list(chosen)[:MOST_OPTIONS] if step in self.possible}
        tempting = self.rng.sample(self.template.tempting, len(self.template.tempting))
        count = FEWEST_OPTIONS
        if Step.REPLY in chosen or self.rng.random() < FOUR_OPTIONS:
            count = MOST_OPTIONS
        if Step.REPLY not in chosen:
            rare = wanted.rare and self.rng.random() < RARE_SHARE
            tempting.insert(1, self.rng.choice(RARE if rare else TEMPTING))
        for step in (*tempting, *TEMPTING):
            if len(chosen) < count and self._may_be_added(step, chosen):
                chosen[step] = None
        options = [self.possible[step] for step in chosen]
        self.rng.shuffle(options)
        return options

    def _may_be_added(self, step: Step, chosen: Collection[Step]) -> bool:
        option = self.possible.get(step)
        if option is None or step in chosen or option.credit > self.possible[self.best].credit - LEAD:
            return False
        return option.credit < SENSIBLE or step is Step.STATUS or self.rng.random() < SENSIBLE_SHARE

    def _asked_for(self) -> Iterator[Step]:
        """What the employer asked for and has not got."""
        if self.s.references_owed_since is not None or self.s.references_awaited:
            yield Step.REFERENCES
        if self.s.invitation:
            yield Step.CALL
        elif self.s.words and self.s.words[-1].at > self.s.round_began:  # whatever they wrote, one is tempted to reply
            yield Step.REPLY

    def _option(self, step: Step) -> Option | None:
        kind = phrasing.kind_of(step, self.s)
        if kind is None:
            return None
        action = Action(kind, self.until if step is Step.WAIT else None)
        words = self.job.placeholders | {"then": self._until_in_words()}
        says = self.rng.choice(phrasing.OPTIONS[step]).format_map(words)
        return Option(says, action, assess(self.s, action, self.policy), "")

    def _draw_morning(self) -> timedelta:
        """Nine o’clock on a working day some days from now."""
        now = self.s.local_time(self.s.now)
        mornings = [datetime.combine(now + days * A_DAY, time(9)) for days in DAYS_TO_WAIT]
        return self.s.since_interview(
            self.rng.choice([morning for morning in mornings if morning.weekday() < SATURDAY])
        )

    def _until_in_words(self) -> str:
        now, until = self.s.local_time(self.s.now), self.s.local_time(self.until)
        return format(until, "%A") if (until.date() - now.date()).days < 7 else day_and_date(until)


@dataclass(slots=True)
class _Narrator:
    """Tells the facts of a situation to the learner."""

    situation: Situation
    job: Job
    rng: random.Random
    told: datetime | None = None  # the last moment that has been named
    named: bool = False  # whether the last sentence names the interviewer

    def story(self) -> str:
        """Three paragraphs: the job and the interview; what has been said and done since; the present."""
        opening = [self._tell((self.job.opening,)), self._tell(phrasing.INTERVIEWS, AT_THE_INTERVIEW)]
        events = [*self._at_the_interview(), *self._since()]
        return "\n\n".join(" ".join(part) for part in (opening, events, self._present()))

    def _at_the_interview(self) -> Iterator[str]:
        s = self.situation
        said = next((word for word in s.words if word.at == AT_THE_INTERVIEW), Word())
        if said.promises is None:
            yield self._tell(phrasing.NO_DATE)
        else:
            wordings = phrasing.CALL_IF_SILENT if said.invites_call else phrasing.DATE_NAMED
            yield self._tell(wordings, then=said.promises)
        if said.no_calls:
            yield self._tell(phrasing.NO_CALLS)
        if said.requests_references:
            yield self._tell(phrasing.REFERENCES_ASKED)
        elif s.references_brought:
            yield self._tell(phrasing.REFERENCES_BROUGHT)
        elif s.references_requested is None and self.rng.random() < 0.5:
            yield self._tell(phrasing.REFERENCES_NOT_MENTIONED)
        if s.references_awaited:
            partly = s.references_owed_since is not None
            yield self._tell(phrasing.REFEREES_PARTLY_READY if partly else phrasing.REFEREE_AWAITED)
        elif s.references_complete_at > AT_THE_INTERVIEW:
            yield self._tell(phrasing.REFEREE_AGREED, s.references_complete_at)

    def _since(self) -> Iterator[str]:
        s = self.situation
        events: list[Word | Contact] = [word for word in s.words if word.at > AT_THE_INTERVIEW]
        events += s.contacts
        for event in sorted(events, key=lambda event: (event.at, isinstance(event, Word))):
            if isinstance(event, Contact):
                yield self._tell(phrasing.contact_wordings(event, s.now), event.at)
                continue
            topic = phrasing.AUTOMATIC_REPLY if event.automatic else phrasing.THEY_WROTE[phrasing.email_topic(event)]
            yield self._tell(topic, event.at, event.call_at or event.promises)
        if s.round_began > AT_THE_INTERVIEW:
            yield self._tell(phrasing.SECOND_INTERVIEWS, s.round_began)
        last = max(s.last_contact, s.last_heard)
        told_of_referees = s.references_complete_at > AT_THE_INTERVIEW  # so “they” would be the referees
        if s.unanswered is None and s.now - last > AN_HOUR and not told_of_referees:
            yield self._tell(phrasing.SILENCES)

    def _present(self) -> list[str]:
        s, now = self.situation, self._local(self.situation.now)
        time = self._tell(phrasing.PRESENT_TIMES, today=day_and_date(now), clock=clock_in_words(now))
        if s.last_call and s.last_call.at == s.now:
            return [time]
        temptation = self._tell(phrasing.DISTRACTIONS if s.decided else phrasing.TEMPTATIONS)
        return self.rng.sample([time, temptation], 2)

    def _tell(
        self, wordings: tuple[str, ...], at: timedelta | None = None, then: timedelta | None = None, **words: str
    ) -> str:
        """One of the wordings, filled in; `at` is the time for its `{when}`, `then` the time that was named in it.

        If possible, it does not name the interviewer in two sentences in a row.
        """
        others = [each for each in wordings if "{boss}" not in each]
        wording = self.rng.choice(others if others and self.named else wordings)
        self.named = "{boss}" in wording
        now, filled = self._local(self.situation.now), self.job.placeholders | words
        if at is not None:
            filled["when"] = past_in_words(self._local(at), now, self.told)
            self.told = self._local(at)
        if then is not None:
            self.told = self._local(then)
            filled["then"] = future_in_words(self.told, self._local(at or AT_THE_INTERVIEW), now)
        return wording.format_map(filled)

    def _local(self, at: timedelta) -> datetime:
        return self.situation.local_time(at)
