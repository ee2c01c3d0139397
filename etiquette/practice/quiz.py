"""A quiz, drawn from a seed, and a learner's sitting of it.

The same seed, length, policy, guideline and kind give the same quiz again, so a saved sitting holds only these and the
answers. A `Sitting` is immutable: answering returns a new one.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from statistics import mean

from etiquette.judge import ARTICLE, GUIDELINES, Kind, Policy
from etiquette.practice.jobs import Job, draw_jobs
from etiquette.practice.questions import Need, Question, Wanted, generate
from etiquette.practice.records import Mode, passes
from etiquette.practice.situation_templates import SITUATION_TEMPLATES, SituationTemplate
from etiquette.stories import RunError

QUIZ_LENGTHS = (5, 10, 20)
LONGEST = 1_000
LONGEST_SITTING = 40  # questions that a learner answers in one go
LONGEST_SEED = 60
BLOCK = 20  # questions among which nothing is repeated
CALIBRATED_WITHIN = 20  # percentage points between sureness and correctness
MOST_TRIES = 12
RARE_INTERVAL = 10  # questions, in which at most one option is a visit, a private message or a gift
MOST_ALIKE = 3  # questions of one kind of situation in a block
# What the situations of each guideline ask for, as shares: a learner who always waits, or always acts, does not pass.
NEEDS = {
    "references": (Need.MUST, Need.MUST, Need.MUST, Need.MUST, Need.WAIT),
    "thank-you": (Need.MUST, Need.MUST, Need.MAY, Need.MAY, Need.WAIT),
    "calling": (Need.MUST, Need.MUST, Need.MUST, Need.MAY, Need.WAIT),
    "principle": (Need.MUST, Need.MUST, Need.MUST, Need.WAIT, Need.WAIT),
}


class Sureness(IntEnum):
    """How sure the learner is of an answer; the value is the percent chance of being right that we take it to mean."""

    GUESS = 30
    FAIRLY_SURE = 65
    SURE = 95


@dataclass(frozen=True, slots=True)
class Quiz:
    """Questions drawn at random. With a `guideline`, all of them practise it.

    With a `kind` too, each offers an action of that kind if the guideline has situations in which it is possible.
    """

    seed: str
    policy: Policy
    guideline: str
    questions: tuple[Question, ...]
    kind: Kind | None = None

    @classmethod
    def draw(
        cls, seed: str, length: int = 10, policy: Policy = ARTICLE, guideline: str = "", kind: Kind | None = None
    ) -> Quiz:
        """Draw the quiz of this seed.

        In a block of twenty questions, all have different openings, no kind of situation comes more than three times
        and, as far as the policy allows, no sentence of their feedback twice.

        Raises:
            ValueError: the length or the seed is out of bounds, the guideline is unknown, there is a kind but no
                guideline, or the policy leaves nothing to ask about a guideline.
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
        questions: list[Question] = []
        while len(questions) < length:
            count = min(BLOCK, length - len(questions))
            questions += _Block(policy, kind, rng, count // RARE_INTERVAL).questions(guideline, count)
        return cls(seed, policy, guideline, tuple(questions), kind)

    @property
    def version(self) -> str:
        """A fingerprint of all questions and of the credit of their options."""
        asked = [
            (each.id, each.story, [(option.says, option.credit) for option in each.options]) for each in self.questions
        ]
        return hashlib.sha256(repr(asked).encode()).hexdigest()[:12]


@dataclass(slots=True)
class _Block:
    """Up to twenty questions among which nothing is repeated."""

    policy: Policy
    kind: Kind | None
    rng: random.Random
    most_rare: int
    drawn: list[Question] = field(default_factory=list)

    def questions(self, guideline: str, count: int) -> list[Question]:
        """Draw this many questions, in random order."""
        names = [guideline] if guideline else self.rng.sample(list(NEEDS), len(NEEDS))
        needs = {name: self.rng.sample(NEEDS[name], len(NEEDS[name])) for name in names}
        for number, job in enumerate(draw_jobs(self.rng, count)):
            turn, name = number // len(names), names[number % len(names)]
            self.drawn.append(self._question(name, needs[name][turn % len(needs[name])], job))
        return self.rng.sample(self.drawn, count)

    def _question(self, guideline: str, need: Need, job: Job) -> Question:
        """Draw a question on this guideline: of this need and kind, and without repeating anything, if possible."""
        said = {sentence for question in self.drawn for sentence in question.feedback}
        rare = sum(question.is_rare for question in self.drawn) < self.most_rare
        templates = self._templates(guideline)
        fresh = [template for template in templates if self._times_used(template) < MOST_ALIKE]
        for wanted, allowed in (
            (Wanted(need, self.kind, said, rare), fresh),
            (Wanted(None, self.kind, said, rare), fresh),
            (Wanted(None, self.kind, rare=rare), fresh),
            (Wanted(None, self.kind), templates),
            (Wanted(), templates),
        ):
            for _ in range(MOST_TRIES):
                for template in allowed:
                    question = generate(template, job, self.policy, self.rng, wanted)
                    if question:
                        return question
        raise ValueError(f"policy {self.policy.id!r} leaves nothing to ask about {guideline}")

    def _templates(self, guideline: str) -> list[SituationTemplate]:
        """The templates of a guideline, those used least first."""
        templates = [template for template in SITUATION_TEMPLATES if template.guideline == guideline]
        self.rng.shuffle(templates)
        return sorted(templates, key=self._times_used)

    def _times_used(self, template: SituationTemplate) -> int:
        return sum(question.template == template.id for question in self.drawn)


@dataclass(frozen=True, slots=True)
class Answer:
    """The option chosen first, how sure the learner was, and the options tried after it."""

    option: int
    sureness: Sureness
    retries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GuidelineResult:
    """The result for one guideline: the average share of the best credit, and the average sureness (0 to 100)."""

    guideline: str
    questions: int
    correctness: int
    sureness: int

    @property
    def overconfidence(self) -> int:
        """Sureness minus correctness; below 0, the learner was underconfident."""
        return self.sureness - self.correctness

    @property
    def calibrated(self) -> bool:
        """Whether sureness and correctness are close."""
        return abs(self.overconfidence) <= CALIBRATED_WITHIN


@dataclass(frozen=True, slots=True)
class QuizDebrief:
    """The outcome of a sitting. `mistaken_though_sure` are the indices of questions answered surely but wrongly."""

    grade: int
    passed: bool
    results: tuple[GuidelineResult, ...]
    mistaken_though_sure: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A learner's answers to a quiz so far.

    The grade is the average, over all first answers, of their share of the best credit in percent. Retries do not
    count, so a grade means the same in both modes.
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
        """The question to answer now, None if the quiz is over."""
        return None if self.over else self.quiz.questions[len(self.answers)]

    def answer(self, option: int, sureness: Sureness) -> Sitting:
        """The sitting after this answer to the current question.

        Raises:
            ValueError: the quiz is over, or the question has no such option.
        """
        if self.question is None:
            raise ValueError("the quiz is over; there is nothing to answer")
        _check_option(option, self.question)
        return replace(self, answers=(*self.answers, Answer(option, sureness)))

    @property
    def may_retry(self) -> bool:
        """Whether the last question answered may be tried again."""
        if self.mode is Mode.GRADED or not self.answers:
            return False
        last = self.answers[-1]
        return self._last_question.best not in (last.option, *last.retries)

    def retry(self, option: int) -> Sitting:
        """The sitting after another try at the last question answered; the grade stays the same.

        Raises:
            ValueError: retrying is not allowed, there is no such option, or it has been tried.
        """
        if not self.may_retry:
            raise ValueError("there is no question to try again")
        last = self.answers[-1]
        _check_option(option, self._last_question)
        if option in (last.option, *last.retries):
            raise ValueError(f"option {option} has been tried already")
        return replace(self, answers=(*self.answers[:-1], replace(last, retries=(*last.retries, option))))

    @property
    def _last_question(self) -> Question:
        return self.quiz.questions[len(self.answers) - 1]

    @property
    def revealed(self) -> int:
        """How many questions, counted from the first, may be shown with their verdicts."""
        return len(self.answers) if self.over or self.mode is Mode.PRACTICE else 0

    def share(self, number: int) -> int:
        """The credit of the first answer to a question as a percentage of the best option's."""
        return self.quiz.questions[number].share(self.answers[number].option)

    def debrief(self) -> QuizDebrief:
        """The grade, the result for each guideline, and the mistakes made with confidence.

        Raises:
            ValueError: the quiz is not over yet.
        """
        if not self.over:
            raise ValueError("the quiz is not over")
        results = []
        for guideline in GUIDELINES:
            numbers = [n for n, question in enumerate(self.quiz.questions) if question.guideline == guideline]
            if numbers:
                correctness = round(mean(self.share(number) for number in numbers))
                sureness = round(mean(self.answers[number].sureness.value for number in numbers))
                results.append(GuidelineResult(guideline, len(numbers), correctness, sureness))
        mistaken = tuple(
            number
            for number, answer in enumerate(self.answers)
            if answer.sureness is Sureness.SURE and self.quiz.questions[number].mistaken(answer.option)
        )
        grade = round(mean(self.share(number) for number in range(len(self.answers))))
        return QuizDebrief(grade, passes(self.mode, grade), tuple(results), mistaken)

    def to_json(self) -> str:
        """The sitting as JSON, for `from_json`."""
        return json.dumps(
            {
                "seed": self.quiz.seed,
                "length": len(self.quiz.questions),
                "policy": self.quiz.policy.id,
                "guideline": self.quiz.guideline,
                "kind": self.quiz.kind,
                "version": self.quiz.version,
                "mode": self.mode,
                "answers": [(each.option, each.sureness, each.retries) for each in self.answers],
            }
        )

    @classmethod
    def from_json(cls, text: str, policies: Mapping[str, Policy]) -> Sitting:
        """Restore a saved sitting by drawing its quiz again and repeating its answers.

        Raises:
            RunError: it is damaged, or was saved by another version; the message is for the learner.
        """
        try:
            saved = json.loads(text)
            seed, length, version = str(saved["seed"]), saved["length"], saved["version"]
            policy, guideline = str(saved["policy"]), str(saved["guideline"])
            kind = Kind(saved["kind"]) if saved["kind"] is not None else None
            mode, answers = Mode(saved["mode"]), saved["answers"]
            if policy not in policies:
                raise RunError("This saved quiz was judged by a policy that is not here.")
            if type(length) is not int or length > LONGEST_SITTING or not isinstance(answers, list):
                raise TypeError("not as it was saved")
            quiz = Quiz.draw(seed, length, policies[policy], guideline, kind)
            if version != quiz.version:
                raise RunError("The questions have been revised since this quiz was saved. Please begin a new one.")
            sitting = cls(quiz, mode)
            for option, sureness, retries in answers:
                sitting = sitting.answer(option, Sureness(sureness))
                for retried in retries:
                    sitting = sitting.retry(retried)
        except RunError:
            raise
        except (ValueError, KeyError, TypeError, RecursionError):
            raise RunError("This saved quiz is damaged, so it cannot be continued. Please begin a new one.") from None
        return sitting


def _check_option(option: int, question: Question) -> None:
    if type(option) is not int or not 0 <= option < len(question.options):
        raise ValueError(f"question {question.id!r} has no option {option!r}")
