"""A quiz, drawn from a seed, and the sitting of a learner in it.

The same seed, length and policy give the same quiz again, so a saved sitting is only these and the answers. A
`Sitting` never changes: answering gives the next one.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from statistics import mean
from typing import TypeVar

from etiquette.judge import ARTICLE, GUIDELINES, Kind, Policy
from etiquette.practice.candidates import Candidate, draw_candidates
from etiquette.practice.questions import Difficulty, Question, from_scenario, generate, levels
from etiquette.practice.situation_templates import SITUATION_TEMPLATES
from etiquette.stories import RunError, Scenario

T = TypeVar("T")

QUIZ_LENGTHS = (5, 10, 20)
LONGEST = 40
LONGEST_SEED = 60
PASS_MARK = 80
FROM_PACKS = 5  # one question in so many is a moment of a scenario
MOST_HOLDING = 0.3  # the share of questions for which holding back may be best
CLOSE = 20  # in percent: nearer than this, sureness and correctness agree
MOST_TRIES = 20


class Mode(StrEnum):
    """Practice tells at once and allows another try; graded tells at the end."""

    PRACTICE = "practice"
    GRADED = "graded"


class Sureness(IntEnum):
    """How sure the learner is of an answer; the value is the chance in 100 of being right that we take it to claim."""

    GUESS = 30
    FAIRLY_SURE = 65
    SURE = 95


@dataclass(frozen=True, slots=True)
class Quiz:
    """Questions, drawn by lot. With a `guideline`, all of them practise that one, and none comes from a scenario.

    With a `kind` too, each offers an action of that kind, if there are situations in which the guideline meets it.
    """

    seed: str
    policy: Policy
    guideline: str
    questions: tuple[Question, ...]
    kind: Kind | None = None

    @classmethod
    def draw(
        cls,
        seed: str,
        length: int = 10,
        policy: Policy = ARTICLE,
        scenarios: Mapping[str, Scenario] | None = None,
        guideline: str = "",
        kind: Kind | None = None,
    ) -> Quiz:
        """The quiz of this seed: spread over the guidelines and the difficulties, no two questions alike.

        One in five questions is a moment of one of the `scenarios`, if any are given.

        Raises:
            ValueError: the length or the seed is out of bounds, there is no such guideline, a kind comes without one,
                or the policy leaves nothing to ask about it.
        """
        if not 1 <= length <= LONGEST:
            raise ValueError(f"a quiz has from 1 to {LONGEST} questions, not {length}")
        if not 1 <= len(seed) <= LONGEST_SEED:
            raise ValueError(f"a seed has from 1 to {LONGEST_SEED} characters, not {len(seed)}")
        if guideline and guideline not in GUIDELINES:
            raise ValueError(f"there is no guideline {guideline!r}")
        if kind and not guideline:
            raise ValueError("a quiz on a kind of action is on one guideline")
        rng = random.Random(f"{seed} {length} {policy.id} {guideline} {kind or ''}".rstrip())
        packs = {} if guideline or scenarios is None else scenarios
        holding = max(1, int(MOST_HOLDING * length))
        told = list(_from_packs(list(packs.values()), length // FROM_PACKS, holding // 2, policy, rng))
        holding -= sum(question.holding for question in told)
        questions = [*told, *_Drawing(policy, guideline, kind, rng).questions(length - len(told), holding)]
        rng.shuffle(questions)
        return cls(seed, policy, guideline, tuple(questions), kind)

    @property
    def version(self) -> str:
        """A fingerprint of everything that is asked, and of how it is judged."""
        asked = [
            (each.id, each.story, [(option.says, option.credit) for option in each.options]) for each in self.questions
        ]
        return hashlib.sha256(repr(asked).encode()).hexdigest()[:12]


def _from_packs(
    scenarios: list[Scenario], number: int, holding: int, policy: Policy, rng: random.Random
) -> Iterator[Question]:
    """That many moments, of as many scenarios; holding back may be best at so many of them."""
    rng.shuffle(scenarios)
    for scenario in scenarios:
        question = from_scenario(scenario, policy, rng) if number else None
        if question and (holding or not question.holding):
            number, holding = number - 1, holding - question.holding
            yield question


@dataclass(slots=True)
class _Drawing:
    """Draws generated questions, each of another template while there are enough, about another person."""

    policy: Policy
    guideline: str
    kind: Kind | None
    rng: random.Random

    def questions(self, number: int, holding: int) -> Iterator[Question]:
        """That many questions; holding back may be best for so many of them."""
        guidelines = [self.guideline] if self.guideline else self.rng.sample(list(GUIDELINES), len(GUIDELINES))
        wanted = _spread(list(Difficulty), number, self.rng)
        waiting = {name: self._templates(name) for name in guidelines}
        for place, person in enumerate(draw_candidates(self.rng, number)):
            guideline = guidelines[place % len(guidelines)]
            may_hold = holding > 0
            question = None
            for kind in dict.fromkeys((self.kind, None)):
                question = self._question(waiting[guideline], wanted[place], person, kind, may_hold=may_hold)
                if question is None:  # this policy asks nothing of the templates that are left
                    waiting[guideline] = self._templates(guideline)
                    question = self._question(waiting[guideline], wanted[place], person, kind, may_hold=may_hold)
                if question:
                    break
            if question is None:
                raise ValueError(f"policy {self.policy.id!r} leaves nothing to ask about {guideline}")
            holding -= question.holding
            waiting[guideline].remove(question.id.rsplit("-", 1)[0])
            waiting[guideline] = waiting[guideline] or self._templates(guideline)
            yield question

    def _templates(self, guideline: str) -> list[str]:
        names = [template.id for template in SITUATION_TEMPLATES if template.guideline == guideline]
        return _spread(names, len(names), self.rng)

    def _question(
        self, names: list[str], level: Difficulty, person: Candidate, kind: Kind | None, *, may_hold: bool
    ) -> Question | None:
        """A question of one of these templates: of the level that is wanted or, if none has it, of another.

        None where no try at any of them gave a fair one or, with a `kind`, one that offers it.
        """
        templates = [template for name in names for template in SITUATION_TEMPLATES if template.id == name]
        for wanted, may in ((level, may_hold), (None, may_hold), (None, True)):
            for template in templates:
                for _ in range(MOST_TRIES if wanted is None or wanted in levels(template) else 0):
                    question = generate(template, person, self.policy, self.rng, wanted)
                    if question and (may or not question.holding) and (kind is None or question.offers(kind)):
                        return question
        return None


def _spread(values: list[T], number: int, rng: random.Random) -> list[T]:
    """That many of the values, each as often as the others or once more, in random order."""
    spread = (values * (number // len(values) + 1))[:number]
    rng.shuffle(spread)
    return spread


@dataclass(frozen=True, slots=True)
class Answer:
    """What was chosen first, how sure the learner was, and what was tried after that."""

    option: int
    sureness: Sureness
    retries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GuidelineResult:
    """How one guideline went: the average share of the best credit and the average sureness, both from 0 to 100."""

    guideline: str
    questions: int
    correctness: int
    sureness: int

    @property
    def surer_by(self) -> int:
        """How much surer the learner was than right; below 0, how much less sure."""
        return self.sureness - self.correctness

    @property
    def level(self) -> bool:
        """Whether sureness and correctness are close enough to call the learner a good judge of both."""
        return abs(self.surer_by) <= CLOSE


@dataclass(frozen=True, slots=True)
class QuizDebrief:
    """The outcome. `mistaken_though_sure` are the numbers of the questions on which a sure learner was wrong."""

    score: int
    passed: bool
    lines: tuple[GuidelineResult, ...]
    mistaken_though_sure: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A learner's way through a quiz so far.

    The score is the average share of the best credit over all first answers. A retry teaches and does not count,
    so practice and graded scores mean the same.
    """

    quiz: Quiz
    mode: Mode = Mode.PRACTICE
    answers: tuple[Answer, ...] = ()

    @property
    def over(self) -> bool:
        """Whether every question has been answered."""
        return len(self.answers) == len(self.quiz.questions)

    @property
    def question(self) -> Question | None:
        """The question to answer now, None when it is over."""
        return None if self.over else self.quiz.questions[len(self.answers)]

    def answer(self, option: int, sureness: Sureness) -> Sitting:
        """The sitting after this answer to the present question.

        Raises:
            ValueError: it is over, or the question has no such option.
        """
        if self.question is None:
            raise ValueError("the quiz is over; there is nothing to answer")
        _check(option, self.question)
        return replace(self, answers=(*self.answers, Answer(option, sureness)))

    @property
    def may_retry(self) -> bool:
        """Whether the last question answered may be tried again."""
        if self.mode is Mode.GRADED or not self.answers:
            return False
        last = self.answers[-1]
        return self.quiz.questions[len(self.answers) - 1].best not in (last.option, *last.retries)

    def retry(self, option: int) -> Sitting:
        """The sitting after another try at the last question answered; the score stays as it is.

        Raises:
            ValueError: it may not be tried again, it has no such option, or that one has been tried.
        """
        if not self.may_retry:
            raise ValueError("there is no question to try again")
        last = self.answers[-1]
        _check(option, self.quiz.questions[len(self.answers) - 1])
        if option in (last.option, *last.retries):
            raise ValueError(f"option {option} has been tried already")
        return replace(self, answers=(*self.answers[:-1], replace(last, retries=(*last.retries, option))))

    @property
    def revealed(self) -> int:
        """How many questions, from the first, may be shown with their verdicts."""
        return len(self.answers) if self.over or self.mode is Mode.PRACTICE else 0

    def share(self, number: int) -> int:
        """What the first answer to a question was worth, as a percentage of the best."""
        return self.quiz.questions[number].share(self.answers[number].option)

    def debrief(self) -> QuizDebrief:
        """What came of it.

        Raises:
            ValueError: it is not over yet.
        """
        if not self.over:
            raise ValueError("the quiz is not over")
        numbers = range(len(self.answers))
        score = round(mean(self.share(number) for number in numbers))
        lines = []
        for guideline in GUIDELINES:
            of_it = [number for number in numbers if self.quiz.questions[number].guideline == guideline]
            if of_it:
                correctness = round(mean(self.share(number) for number in of_it))
                sureness = round(mean(self.answers[number].sureness.value for number in of_it))
                lines.append(GuidelineResult(guideline, len(of_it), correctness, sureness))
        mistaken = tuple(
            number
            for number, given in enumerate(self.answers)
            if given.sureness is Sureness.SURE and self.quiz.questions[number].mistaken(given.option)
        )
        passed = self.mode is Mode.GRADED and score >= PASS_MARK
        return QuizDebrief(score, passed, tuple(lines), mistaken)

    def to_json(self) -> str:
        """The sitting as JSON, to be kept by whoever keeps it."""
        return json.dumps(
            {
                "seed": self.quiz.seed,
                "length": len(self.quiz.questions),
                "policy": self.quiz.policy.id,
                "guideline": self.quiz.guideline,
                "kind": self.quiz.kind,
                "version": self.quiz.version,
                "mode": self.mode,
                "answers": [(given.option, given.sureness, given.retries) for given in self.answers],
            }
        )

    @classmethod
    def from_json(cls, text: str, scenarios: Mapping[str, Scenario], policies: Mapping[str, Policy]) -> Sitting:
        """The sitting that was saved: its quiz drawn again, its answers given again.

        Raises:
            RunError: it is damaged, or belongs to another version; the message says so to the learner.
        """
        damaged = RunError("This saved quiz is damaged, so it cannot be continued. Please begin a new one.")
        try:
            saved = json.loads(text)
            seed, length, version = str(saved["seed"]), saved["length"], saved["version"]
            policy, guideline = str(saved["policy"]), str(saved["guideline"])
            kind = Kind(saved["kind"]) if saved["kind"] is not None else None
            mode, answers = Mode(saved["mode"]), saved["answers"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise damaged from None
        if policy not in policies:
            raise RunError("This saved quiz was judged by a policy that is not here.")
        if type(length) is not int or not isinstance(answers, list):
            raise damaged
        try:
            quiz = Quiz.draw(seed, length, policies[policy], scenarios, guideline, kind)
        except ValueError:
            raise damaged from None
        if version != quiz.version:
            raise RunError("The questions have been revised since this quiz was saved. Please begin a new one.")
        sitting = cls(quiz, mode)
        try:
            for option, sureness, retries in answers:
                sitting = sitting.answer(option, Sureness(sureness))
                for another in retries:
                    sitting = sitting.retry(another)
        except (ValueError, TypeError):
            raise damaged from None
        return sitting


def _check(option: int, question: Question) -> None:
    if type(option) is not int or not 0 <= option < len(question.options):
        raise ValueError(f"question {question.id!r} has no option {option!r}")
