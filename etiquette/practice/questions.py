"""The questions of a quiz: generated at random from situation templates, or taken from moments of a scenario.

The same random draws give the same question. The best option is never written down: the policy determines it.
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
    duration,
)
from etiquette.practice import phrasing
from etiquette.practice.candidates import Candidate, capitalized
from etiquette.practice.situation_templates import (
    SATURDAY,
    FactSampler,
    NoSuchTimeError,
    SituationTemplate,
    draw_decision,
    draw_interview,
)
from etiquette.practice.times_in_words import deadline_in_words, moment_in_words
from etiquette.stories import Run, Scenario

FEWEST_OPTIONS, MOST_OPTIONS = 3, 4
LEAD = 10  # the least credit by which the best option is ahead of the next
HALF_CREDIT, SENSIBLE_SHARE = 50, 0.12  # a wrong option with half the credit or more is offered with this probability
HARD_LEAD = 30  # a moment of a scenario is hard if its best choice leads by no more than this
FAR_FETCHED = (Kind.DROP_IN, Kind.SOCIAL_MEDIA_MESSAGE, Kind.GIFT)
DATED_AFTER = 6 * A_DAY  # later than this after the interview, a weekday alone is ambiguous


class Difficulty(IntEnum):
    """How much has to be taken into account: the plain rule only, one thing more, or two."""

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

    @property
    def reason(self) -> str:
        """Why, in a sentence or two."""
        return self.assessment.reason


@dataclass(frozen=True, slots=True)
class Question:
    """A situation told as a story, with three or four options, exactly one of which is best.

    `id` begins with the id of the situation template or the scenario; `guideline` is the one being practised.
    """

    id: str
    guideline: str
    difficulty: Difficulty
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

    @property
    def best_holds_back(self) -> bool:
        """Whether the best option is to hold back."""
        return self.options[self.best].action.kind is Kind.HOLD_BACK

    def offers(self, kind: Kind) -> bool:
        """Whether an option is of this kind."""
        return any(option.action.kind is kind for option in self.options)

    def mistaken(self, number: int) -> bool:
        """Whether an option is pesky or passive although there was a better one."""
        return number != self.best and self.options[number].assessment.verdict not in RIGHT


def fair(options: tuple[Option, ...]) -> bool:
    """Whether exactly one option is best, by a clear lead, and is right."""
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        return False
    second, best = sorted(options, key=lambda option: option.credit)[-2:]
    return best.assessment.verdict in RIGHT and best.credit > SECOND_BEST and best.credit - second.credit >= LEAD


# Generated questions


def difficulties(template: SituationTemplate) -> tuple[Difficulty, Difficulty]:
    """The difficulty of a question from this template, if the decision is far from the boundary and if it is near."""
    return Difficulty(1 + template.twist), Difficulty(2 + template.twist)


def generate(
    template: SituationTemplate,
    candidate: Candidate,
    policy: Policy,
    rng: random.Random,
    wanted: Difficulty | None = None,
) -> Question | None:
    """Draw a question about this candidate; None if it is implausible, unfair, or not of the `wanted` difficulty."""
    sampler = FactSampler(rng, draw_interview(rng), policy.thresholds)
    try:
        situation, near = draw_decision(template, sampler, template.facts(sampler))
    except NoSuchTimeError:
        return None
    difficulty = difficulties(template)[near]
    if wanted not in (None, difficulty):
        return None
    options = _draw_options(situation, candidate, policy, rng)
    if not fair(options):
        return None
    return Question(
        id=f"{template.id}-{_digest(situation, options)}",
        guideline=template.guideline,
        difficulty=difficulty,
        story=_Narrator(situation, candidate, rng).story(),
        situation=situation,
        options=options,
    )


def _digest(situation: Situation, options: tuple[Option, ...]) -> str:
    facts = (situation, [option.action for option in options])
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:8]


def _draw_options(s: Situation, candidate: Candidate, policy: Policy, rng: random.Random) -> tuple[Option, ...]:
    """Draw a best option and wrong ones that could be mistaken for it, in random order."""
    possible = list(_possible_options(s, candidate, policy, rng))
    highest = max(option.credit for option in possible)
    best = rng.choice([option for option in possible if option.credit == highest])
    wrong = [option for option in possible if option.credit <= highest - LEAD and _is_offered(option, rng)]
    rng.shuffle(wrong)
    far_fetched = [option for option in wrong if option.action.kind in FAR_FETCHED]
    likely = [option for option in wrong if option not in far_fetched]
    if rng.random() < 0.7:
        far_fetched = []
    count = MOST_OPTIONS - 1 if rng.random() < 0.6 else FEWEST_OPTIONS - 1
    options = [best, *_distractors(likely, far_fetched[:1], count)]
    rng.shuffle(options)
    return tuple(options)


def _is_offered(wrong: Option, rng: random.Random) -> bool:
    """Whether to offer this wrong option. Sensible ones are offered rarely, or guessing would pay."""
    return wrong.credit < HALF_CREDIT or rng.random() < SENSIBLE_SHARE


def _distractors(likely: list[Option], far_fetched: list[Option], count: int) -> list[Option]:
    """The wrong options to offer: first one that earns credit, if any, then the far-fetched, then the others."""
    earning = [option for option in likely if option.credit > 0][:1]
    return (earning + far_fetched + [option for option in likely if option not in earning])[:count]


def _possible_options(s: Situation, candidate: Candidate, policy: Policy, rng: random.Random) -> Iterator[Option]:
    """Everything that could be done now, each in one wording."""
    for kind in Kind:
        if wordings := phrasing.option_wordings(kind, s):
            yield _option(rng.choice(wordings), {}, Action(kind), s, candidate, policy)
    if s.interview is not None and not s.refusal:
        morning = _draw_working_morning(s.interview + s.now, rng)
        hold_back = Action(Kind.HOLD_BACK, morning - s.interview)
        wording, then = rng.choice(phrasing.HOLD_BACK_UNTIL), f"{morning:%A} morning"
        yield _option(wording, {"then": then}, hold_back, s, candidate, policy)


def _draw_working_morning(now: datetime, rng: random.Random) -> datetime:
    """Nine o’clock on one of the working days among the next six days, so that its weekday alone identifies it."""
    mornings = [datetime.combine(now + number * A_DAY, time(9)) for number in range(1, 7)]
    return rng.choice([morning for morning in mornings if morning.weekday() < SATURDAY])


def _option(
    wording: str, placeholders: dict[str, str], action: Action, s: Situation, candidate: Candidate, policy: Policy
) -> Option:
    return Option(wording.format_map(candidate.placeholders | placeholders), action, assess(s, action, policy))


@dataclass(slots=True)
class _Narrator:
    """Tells the facts of a situation as a story."""

    situation: Situation
    candidate: Candidate
    rng: random.Random

    def story(self) -> str:
        """Three paragraphs: who and where; what has been said and done since; the present."""
        opening = [
            self._in_turn(phrasing.OPENINGS),
            self.candidate.detail,
            self._tell(phrasing.INTERVIEWS, AT_THE_INTERVIEW),
        ]
        events = [*self._at_the_interview(), *self._since()]
        present_time = self._day_and_time(self.situation.now)
        present = [self._in_turn(phrasing.TEMPTATIONS), self._tell(phrasing.PRESENT_TIMES, now=present_time)]
        if self.rng.random() < 0.5:
            present.reverse()
        return "\n\n".join(" ".join(part) for part in (opening, events, present) if part)

    def _at_the_interview(self) -> Iterator[str]:
        s = self.situation
        said = next((word for word in s.words if word.at == AT_THE_INTERVIEW), Word())
        if said.promises is None:
            yield self._tell(phrasing.NO_DATE)
        else:
            wordings = phrasing.CALL_IF_SILENT if said.invites_call else phrasing.DATE_NAMED
            yield self._tell(wordings, then=self._deadline(said.promises))
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
            elif event.automatic:
                yield self._tell(phrasing.AUTOMATIC_REPLY, event.at, then=self._deadline(event.promises or event.at))
            else:
                named = event.call_at or event.promises
                then = "" if named is None else self._deadline(named)
                yield self._tell(phrasing.THEY_WROTE[phrasing.email_topic(event)], event.at, then=then)
        if s.round_began > AT_THE_INTERVIEW:
            yield self._tell(phrasing.SECOND_INTERVIEWS, s.round_began)
        last = max(s.last_contact, s.last_heard)
        if s.unanswered is None and s.now - last > AN_HOUR:
            yield self._tell(phrasing.SILENCES)

    def _in_turn(self, wordings: tuple[str, ...]) -> str:
        return self._tell((wordings[self.candidate.turn % len(wordings)],))

    def _tell(self, wordings: tuple[str, ...], at: timedelta | None = None, **placeholders: str) -> str:
        """One of the wordings, filled in; `at` is the time for its `{when}`."""
        when = {} if at is None else {"when": self._when(at)}
        return capitalized(self.rng.choice(wordings).format_map(self.candidate.placeholders | when | placeholders))

    def _when(self, at: timedelta) -> str:
        """How long ago it happened, or on what day and at what time."""
        if at < self.situation.now and self.rng.random() < 0.4:
            return f"{duration(self.situation.now - at)} ago"
        return f"on {self._day_and_time(at)}"

    def _day_and_time(self, at: timedelta) -> str:
        return moment_in_words(self._date(at), dated=self.situation.now > DATED_AFTER)

    def _deadline(self, at: timedelta) -> str:
        return deadline_in_words(self._date(at))

    def _date(self, at: timedelta) -> datetime:
        assert self.situation.interview is not None
        return self.situation.interview + at


# Moments of scenarios


def question_from_scenario(scenario: Scenario, policy: Policy, rng: random.Random) -> Question | None:
    """Draw a moment of this scenario, reached mostly by good choices; None if its choices are not a fair question."""
    run = Run.start(scenario, policy)
    for _ in range(rng.randrange(4)):
        after = run.choose(_draw_choice(run, policy, rng))
        if after.over:
            break
        run = after
    if run.moment is None:
        return None
    shuffled = [
        Option(" ".join(choice.says.split()), choice.action, assess(run.situation, choice.action, policy))
        for choice in run.moment.choices
    ]
    rng.shuffle(shuffled)
    options = tuple(shuffled)
    if not fair(options):
        return None
    second, best = sorted(options, key=lambda option: option.credit)[-2:]
    return Question(
        id=f"{scenario.id}-{run.moment.id}-{_digest(run.situation, options)}",
        guideline=best.assessment.guideline,
        difficulty=Difficulty.HARD if best.credit - second.credit <= HARD_LEAD else Difficulty.MEDIUM,
        story=_story_so_far(run),
        situation=run.situation,
        options=options,
    )


def _draw_choice(run: Run, policy: Policy, rng: random.Random) -> int:
    """The index of a random choice three times in ten, otherwise of the best one."""
    assert run.moment is not None
    choices = run.moment.choices
    if rng.random() < 0.3:
        return rng.choice(range(len(choices)))
    credits = [assess(run.situation, choice.action, policy).credit for choice in choices]
    return credits.index(max(credits))


def _story_so_far(run: Run) -> str:
    """The story up to the present moment, each scene with its date and time."""
    paragraphs = []
    for passage in run.passages:
        is_dated = passage.kind in ("event", "scene") and passage.at > AT_THE_INTERVIEW
        paragraphs.append(f"{run.situation.date(passage.at)}. {passage.text}" if is_dated else passage.text)
    return "\n\n".join(paragraphs)
