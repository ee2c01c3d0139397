"""Questions of the quiz: generated from a policy by lot, or taken from a moment of a scenario.

The same rng give the same question. Which option is best is never written down: the policy says so.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import IntEnum

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
)
from etiquette.practice import phrasing as say
from etiquette.practice import times_in_words as spoken
from etiquette.practice.candidates import Candidate
from etiquette.practice.situation_templates import (
    SATURDAY,
    Draw,
    NoSuchTimeError,
    SituationTemplate,
    decide_at,
    draw_interview,
)
from etiquette.stories import Run, Scenario

FEWEST_OPTIONS, MOST_OPTIONS = 3, 4
LEAD = 10  # credit by which the best option is ahead of the next
HALF, SENSIBLE = 50, 0.12  # how often a wrong option that earns half the credit or more is on offer
HARD_LEAD = 30  # a moment of a scenario whose best choice leads by no more is hard
FAR_FETCHED = (Kind.DROP_IN, Kind.SOCIAL_MEDIA_MESSAGE, Kind.GIFT)


class Difficulty(IntEnum):
    """How much has to be seen: only the plain rule, one thing more, or two."""

    EASY = 1
    MEDIUM = 2
    HARD = 3


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to do, in words, and how the policy judges it."""

    says: str
    action: Action
    assessment: Assessment

    @property
    def credit(self) -> int:
        """From 0 to 100."""
        return self.assessment.credit


@dataclass(frozen=True, slots=True)
class Question:
    """A situation told as a story, and three or four things to do, exactly one of which is best.

    `id` begins with the template of the situation, or with the scenario; `guideline` is what it practises.
    """

    id: str
    guideline: str
    difficulty: Difficulty
    story: str
    situation: Situation
    options: tuple[Option, ...]

    @property
    def best(self) -> int:
        """The number of the best option."""
        return max(range(len(self.options)), key=lambda number: self.options[number].credit)

    def share(self, number: int) -> int:
        """What an option is worth, as a percentage of the best."""
        return round(100 * self.options[number].credit / self.options[self.best].credit)

    @property
    def holding(self) -> bool:
        """Whether holding back is best."""
        return self.options[self.best].action.kind is Kind.HOLD_BACK

    def offers(self, kind: Kind) -> bool:
        """Whether one of the options is of this kind."""
        return any(option.action.kind is kind for option in self.options)

    def mistaken(self, number: int) -> bool:
        """Whether an option is pesky or passive where there was a better one."""
        return number != self.best and self.options[number].assessment.verdict not in RIGHT


def fair(options: tuple[Option, ...]) -> bool:
    """Whether exactly one option is best, clearly enough, and is right in itself."""
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        return False
    second, best = sorted(options, key=lambda option: option.credit)[-2:]
    return best.assessment.verdict in RIGHT and best.credit > SECOND_BEST and best.credit - second.credit >= LEAD


# Generated questions


def levels(template: SituationTemplate) -> tuple[Difficulty, Difficulty]:
    """The difficulties that a question of this template may have: far from its boundary, and near to it."""
    return Difficulty(1 + template.twisted), Difficulty(2 + template.twisted)


def generate(
    template: SituationTemplate, person: Candidate, policy: Policy, rng: random.Random, level: Difficulty | None = None
) -> Question | None:
    """A question of this template about this person; None if the draw gave a story that cannot happen.

    With a `level`, None also where they fell on another difficulty.
    """
    drawing = Draw(rng, draw_interview(rng), policy.thresholds)
    try:
        situation, near = decide_at(template, drawing, template.facts(drawing))
    except NoSuchTimeError:
        return None
    difficulty = levels(template)[near]
    if level not in (None, difficulty):
        return None
    options = _options(situation, person, policy, rng)
    if not fair(options):
        return None
    return Question(
        id=f"{template.id}-{_digest(situation, options)}",
        guideline=template.guideline,
        difficulty=difficulty,
        story=_Teller(situation, person, rng).story(),
        situation=situation,
        options=options,
    )


def _digest(situation: Situation, options: tuple[Option, ...]) -> str:
    facts = (situation, [option.action for option in options])
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:8]


def _options(s: Situation, person: Candidate, policy: Policy, rng: random.Random) -> tuple[Option, ...]:
    """The best thing to do, others that could be mistaken for it, in random order."""
    ways = list(_ways(s, person, policy, rng))
    highest = max(option.credit for option in ways)
    best = rng.choice([option for option in ways if option.credit == highest])
    others = [option for option in ways if option.credit <= highest - LEAD and _shown(option, rng)]
    rng.shuffle(others)
    far = [option for option in others if option.action.kind in FAR_FETCHED]
    near = [option for option in others if option not in far]
    if rng.random() < 0.7:
        far = []
    chosen = _tempting(near, far[:1], MOST_OPTIONS - 1 if rng.random() < 0.6 else FEWEST_OPTIONS - 1)
    shown = [best, *chosen]
    rng.shuffle(shown)
    return tuple(shown)


def _shown(option: Option, rng: random.Random) -> bool:
    """Whether to show a wrong option: those that are sensible all the same sparingly, or guessing would pay."""
    return option.credit < HALF or rng.random() < SENSIBLE


def _tempting(near: list[Option], far: list[Option], number: int) -> list[Option]:
    """The wrong options to show: one that earns something, if there is one, and those that are far-fetched."""
    earning = [option for option in near if option.credit > 0][:1]
    return (earning + far + [option for option in near if option not in earning])[:number]


def _ways(s: Situation, person: Candidate, policy: Policy, rng: random.Random) -> Iterator[Option]:
    """Everything that could be done now, each in one wording."""
    for kind in Kind:
        if templates := say.options_for(kind, s):
            yield _option(rng.choice(templates), {}, Action(kind), s, person, policy)
    if s.interview is not None:
        morning = _working_morning(s.interview + s.now, rng)
        until = Action(Kind.HOLD_BACK, morning - s.interview)
        yield _option(rng.choice(say.HOLD_UNTIL), {"then": f"{morning:%A} morning"}, until, s, person, policy)


def _working_morning(now: datetime, rng: random.Random) -> datetime:
    """Nine o’clock on one of the next six days, not at a weekend: a weekday alone says which."""
    mornings = [datetime.combine(now + number * A_DAY, time(9)) for number in range(1, 7)]
    return rng.choice([morning for morning in mornings if morning.weekday() < SATURDAY])


def _option(
    template: str, words: dict[str, str], action: Action, s: Situation, person: Candidate, policy: Policy
) -> Option:
    return Option(template.format_map(person.words | words), action, assess(s, action, policy))


@dataclass(slots=True)
class _Teller:
    """Tells a situation as a story, from its facts alone."""

    situation: Situation
    person: Candidate
    rng: random.Random

    def story(self) -> str:
        """Who and where; what was said and has happened since; what time it is now. A paragraph each."""
        opening = [self._in_turn(say.OPENINGS), self.person.detail, self._say(say.INTERVIEWS, AT_THE_INTERVIEW)]
        happened = [*self._at_the_interview(), *self._since()]
        now = [self._in_turn(say.TEMPTATIONS), self._say(say.NOWS, now=self._day_and_hour(self.situation.now))]
        if self.rng.random() < 0.5:
            now.reverse()
        return "\n\n".join(" ".join(part) for part in (opening, happened, now) if part)

    def _at_the_interview(self) -> Iterator[str]:
        s = self.situation
        said = next((word for word in s.words if word.at == AT_THE_INTERVIEW), Word())
        if said.promises is None:
            yield self._say(say.NO_DATE)
        else:
            yield self._say(say.DATE_NAMED, then=self._deadline(said.promises))
        if said.requests_references:
            yield self._say(say.REFERENCES_ASKED)
        elif s.references_brought:
            yield self._say(say.REFERENCES_BROUGHT)
        elif s.references_requested is None and self.rng.random() < 0.5:
            yield self._say(say.REFERENCES_NOT_MENTIONED)
        if s.references_awaited:
            yield self._say(say.REFEREE_AWAITED)
        elif s.references_ready > AT_THE_INTERVIEW:
            yield self._say(say.REFEREE_AGREED, s.references_ready)

    def _since(self) -> Iterator[str]:
        s = self.situation
        happened: list[Word | Contact] = [word for word in s.words if word.at > AT_THE_INTERVIEW]
        happened += s.contacts
        for each in sorted(happened, key=lambda each: (each.at, isinstance(each, Word))):
            if isinstance(each, Contact):
                yield self._say(say.did(each), each.at)
            elif each.automatic:
                yield self._say(say.NOTICE, each.at, then=self._deadline(each.promises or each.at))
            else:
                then = "" if each.promises is None else self._deadline(each.promises)
                yield self._say(say.THEY_WROTE[say.wrote(each)], each.at, then=then)
        last = max(s.last_contact, s.last_heard)
        if s.unanswered is None and s.now - last > AN_HOUR:
            yield self._say(say.SILENCES)

    def _in_turn(self, templates: tuple[str, ...]) -> str:
        return self._say((templates[self.person.turn % len(templates)],))

    def _say(self, templates: tuple[str, ...], at: timedelta | None = None, **words: str) -> str:
        when = {} if at is None else {"when": self._when(at)}
        said = self.rng.choice(templates).format_map(self.person.words | when | words)
        return said[0].upper() + said[1:]

    def _when(self, at: timedelta) -> str:
        """When it happened: how long ago, or on what day at what hour."""
        if at < self.situation.now and self.rng.random() < 0.4:
            return f"{spoken.lasting(self.situation.now - at)} ago"
        return f"on {self._day_and_hour(at)}"

    def _day_and_hour(self, at: timedelta) -> str:
        return spoken.moment_in_words(self._date(at), dated=self.situation.now > spoken.DATED_AFTER)

    def _deadline(self, at: timedelta) -> str:
        return spoken.deadline_in_words(self._date(at))

    def _date(self, at: timedelta) -> datetime:
        assert self.situation.interview is not None
        return self.situation.interview + at


# Moments of scenarios


def from_scenario(scenario: Scenario, policy: Policy, rng: random.Random) -> Question | None:
    """A moment of this scenario, reached by judging well more often than not; None if it is not fair."""
    run = Run.start(scenario, policy)
    for _ in range(rng.randrange(4)):
        onward = run.choose(_mostly_well(run, policy, rng))
        if onward.over:
            break
        run = onward
    if run.moment is None:
        return None
    judged = [
        Option(_flat(choice.says), choice.action, assess(run.situation, choice.action, policy))
        for choice in run.moment.choices
    ]
    rng.shuffle(judged)
    options = tuple(judged)
    if not fair(options):
        return None
    best = max(options, key=lambda option: option.credit)
    hard = best.credit - sorted(option.credit for option in options)[-2] <= HARD_LEAD
    return Question(
        id=f"{scenario.id}-{run.moment.id}-{_digest(run.situation, options)}",
        guideline=best.assessment.guideline,
        difficulty=Difficulty.HARD if hard else Difficulty.MEDIUM,
        story=_so_far(run),
        situation=run.situation,
        options=options,
    )


def _mostly_well(run: Run, policy: Policy, rng: random.Random) -> int:
    assert run.moment is not None
    numbers = range(len(run.moment.choices))
    if rng.random() < 0.3:
        return rng.choice(numbers)
    return max(numbers, key=lambda n: assess(run.situation, run.moment.choices[n].action, policy).credit)  # type: ignore[union-attr]


def _so_far(run: Run) -> str:
    """The story up to the present moment, each scene with its day and hour."""
    told = []
    for passage in run.passages:
        text = "\n\n".join(_flat(part) for part in passage.text.split("\n\n"))
        stamped = passage.kind in ("event", "scene") and passage.at > AT_THE_INTERVIEW
        told.append(f"{run.situation.date(passage.at)}. {text}" if stamped else text)
    return "\n\n".join(told)


def _flat(text: str) -> str:
    return " ".join(text.split())
