"""The quiz: its questions follow from the policy, its sittings are immutable, and its debrief is honest."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from etiquette import ARTICLE, Policy
from etiquette.judge import GUIDELINES, Kind, Thresholds, policies
from etiquette.practice import PASS_MARK, QUIZ_LENGTHS, Mode, Quiz, Sitting, Sureness
from etiquette.practice.questions import RARE_KINDS, fair
from etiquette.practice.quiz import LONGEST
from etiquette.stories import RunError
from tests.builders import days, hours

POLICIES = policies()
FIVE = Quiz.draw("five", 5, ARTICLE)
SEEDS = some.text(min_size=1, max_size=20)
ANSWERS = some.lists(some.tuples(some.integers(0, 3), some.sampled_from(Sureness)), max_size=5)


def answered(quiz: Quiz, mode: Mode, *, well: bool, sureness: Sureness = Sureness.SURE) -> Sitting:
    """A sitting with the best answer to every question, or the worst."""
    sitting = Sitting(quiz, mode)
    while sitting.question:
        credits = [option.credit for option in sitting.question.options]
        sitting = sitting.answer(credits.index(max(credits) if well else min(credits)), sureness)
    return sitting


# Quizzes


@given(SEEDS, some.sampled_from(sorted(GUIDELINES)))
@settings(max_examples=20)
def test_questions_on_one_guideline_are_on_that_guideline(seed: str, guideline: str) -> None:
    quiz = Quiz.draw(seed, 3, ARTICLE, guideline)
    assert [question.guideline for question in quiz.questions] == [guideline] * 3


@given(SEEDS, some.sampled_from(QUIZ_LENGTHS), some.sampled_from(sorted(POLICIES)))
@settings(max_examples=30)
def test_a_seed_gives_the_same_quiz_again_and_no_two_questions_alike(seed: str, length: int, policy: str) -> None:
    quiz = Quiz.draw(seed, length, POLICIES[policy])
    assert quiz == Quiz.draw(seed, length, POLICIES[policy])
    assert len(quiz.questions) == length
    for differs in ("id", "story", "situation"):
        assert len({getattr(question, differs) for question in quiz.questions}) == length


@pytest.mark.parametrize("length", QUIZ_LENGTHS)
def test_a_quiz_is_spread_over_the_guidelines(length: int) -> None:
    for seed in range(10):
        quiz = Quiz.draw(f"spread {seed}", length)
        asked = Counter(question.guideline for question in quiz.questions)
        assert asked.keys() == set(GUIDELINES)
        assert max(asked.values()) - min(asked.values()) <= 1


@given(SEEDS, some.sampled_from(sorted(POLICIES)))
@settings(max_examples=30)
def test_in_twenty_questions_nothing_is_repeated(seed: str, policy: str) -> None:
    """No sentence of feedback and no opening comes twice, and no kind of situation more than three times."""
    questions = Quiz.draw(seed, 20, POLICIES[policy]).questions
    feedback = Counter(sentence for question in questions for sentence in question.feedback)
    assert [sentence for sentence, times in feedback.items() if times > 1] == []
    assert len({question.story.split("\n\n")[0] for question in questions}) == 20
    assert len({re.split(r"(?<=[.?!]) ", question.story)[0] for question in questions}) == 20
    assert max(Counter(question.template for question in questions).values()) <= 3


@given(SEEDS, some.sampled_from(sorted(POLICIES)))
@settings(max_examples=20)
def test_at_most_one_option_in_ten_questions_is_a_visit_a_private_message_or_a_gift(seed: str, policy: str) -> None:
    for length, most in ((5, 0), (10, 1), (20, 2)):
        options = [option for each in Quiz.draw(seed, length, POLICIES[policy]).questions for option in each.options]
        assert sum(option.action.kind in RARE_KINDS for option in options) <= most


def test_a_long_quiz_is_drawn_in_blocks_of_twenty() -> None:
    """So that six hundred questions can be drawn to see what learners get."""
    questions = Quiz.draw("long", 60).questions
    for block in (questions[:20], questions[20:40], questions[40:]):
        assert len({question.story.split("\n\n")[0] for question in block}) == 20


def test_another_seed_gives_another_quiz() -> None:
    assert len({Quiz.draw(str(seed), 5).version for seed in range(20)}) == 20


@pytest.mark.parametrize(
    ("guideline", "kind"),
    [
        ("references", Kind.SEND_REFERENCES),
        ("thank-you", Kind.THANK_YOU_EMAIL),
        ("calling", Kind.CALL_AGAIN),
        ("principle", Kind.GIFT),
        ("principle", Kind.HOLD_BACK),
    ],
)
def test_questions_of_one_kind_offer_an_action_of_that_kind(guideline: str, kind: Kind) -> None:
    """The situations are new each time, so that a review cannot be passed from memory."""
    quizzes = [Quiz.draw(seed, 3, ARTICLE, guideline, kind) for seed in ("one", "two", "three")]
    asked = [question for quiz in quizzes for question in quiz.questions]
    assert all(question.guideline == guideline and question.offers(kind) for question in asked)
    assert len({question.story for question in asked}) == len(asked)


def test_a_kind_that_a_guideline_never_offers_gives_questions_on_the_guideline() -> None:
    assert len(Quiz.draw("never", 3, ARTICLE, "references", Kind.CALL_AGAIN).questions) == 3
    with pytest.raises(ValueError, match="is on one guideline"):
        Quiz.draw("none", 3, ARTICLE, kind=Kind.GIFT)


@pytest.mark.parametrize(
    ("length", "seed", "guideline"),
    [(0, "a", ""), (LONGEST + 1, "a", ""), (5, "", ""), (5, "a" * 61, ""), (5, "a", "x")],
)
def test_a_quiz_that_cannot_be_drawn_is_refused(length: int, seed: str, guideline: str) -> None:
    with pytest.raises(ValueError, match=r"a quiz has|a seed has|no guideline"):
        Quiz.draw(seed, length, ARTICLE, guideline)


@pytest.mark.parametrize(
    "thresholds",
    [
        Thresholds(quiet=hours(36), call_after_email=hours(5)),
        Thresholds(quiet=days(21), call_after_email=days(7), references_prompt=hours(6)),
        Thresholds(thank_you_within=hours(72), status_after_contact=days(5)),
        Thresholds(quiet=hours(12), thank_you_within=hours(200)),  # under which two templates have no situations
        Thresholds(quiet=hours(1)),  # which is over before they have replied to an email
        Thresholds(quiet=days(60), silence_answers=days(400)),
        Thresholds(opens=hours(12), closes=hours(13)),
    ],
)
def test_a_policy_with_quite_different_thresholds_has_a_fair_quiz_too(thresholds: Thresholds) -> None:
    """On all guidelines, and on each alone, where it has to use some templates more often."""
    policy = Policy("strange", "Strange", "Nobody", thresholds)
    for seed, guideline in enumerate(("", "", *GUIDELINES)):
        assert all(fair(each.options) for each in Quiz.draw(str(seed), 20, policy, guideline).questions)


def test_questions_of_a_kind_that_few_situations_offer_come_from_these_alone() -> None:
    questions = Quiz.draw("voicemail", 20, ARTICLE, "calling", Kind.LEAVE_MESSAGE).questions
    assert all(question.offers(Kind.LEAVE_MESSAGE) for question in questions)


# Sittings


def test_the_best_answers_get_100_and_pass_except_in_practice_and_the_worst_fail() -> None:
    practised = answered(FIVE, Mode.PRACTICE, well=True).debrief()
    assert (practised.grade, practised.passed) == (100, False)
    well = answered(FIVE, Mode.GRADED, well=True).debrief()
    assert (well.grade, well.passed, well.mistaken_though_sure) == (100, True, ())
    badly = answered(FIVE, Mode.GRADED, well=False).debrief()
    assert badly.grade < PASS_MARK
    assert not badly.passed
    assert set(badly.mistaken_though_sure) <= set(range(5))
    assert badly.mistaken_though_sure


def test_a_wrong_guess_is_not_counted_as_mistaken_though_sure() -> None:
    assert answered(FIVE, Mode.GRADED, well=False, sureness=Sureness.GUESS).debrief().mistaken_though_sure == ()


def test_the_debrief_compares_sureness_with_correctness_by_guideline() -> None:
    results = answered(FIVE, Mode.PRACTICE, well=False, sureness=Sureness.SURE).debrief().results
    assert sum(result.questions for result in results) == 5
    assert {result.sureness for result in results} == {95}
    assert all(result.overconfidence == 95 - result.correctness for result in results)
    assert not any(result.calibrated for result in results if result.correctness < 75)


FIVE_ANSWERS = some.lists(some.tuples(some.integers(0, 3), some.sampled_from(Sureness)), min_size=5, max_size=5)


@given(some.sampled_from(Mode), FIVE_ANSWERS)
@settings(max_examples=50)
def test_every_sitting_has_a_debrief_with_numbers_from_0_to_100(
    mode: Mode, answers: list[tuple[int, Sureness]]
) -> None:
    debrief = taken(mode, answers).debrief()
    assert 0 <= debrief.grade <= 100
    for result in debrief.results:
        assert 0 <= result.correctness <= 100
        assert Sureness.GUESS <= result.sureness <= Sureness.SURE


def test_the_sureness_for_a_guideline_is_the_average() -> None:
    quiz = Quiz.draw("average", 2, ARTICLE, "calling")
    sitting = Sitting(quiz).answer(0, Sureness.GUESS).answer(0, Sureness.SURE)
    assert [result.sureness for result in sitting.debrief().results] == [62]


def test_a_retry_does_not_change_the_grade() -> None:
    question = FIVE.questions[0]
    worst = min(range(len(question.options)), key=lambda number: question.options[number].credit)
    once = Sitting(FIVE).answer(worst, Sureness.SURE)
    assert once.may_retry
    again = once.retry(question.best)
    assert again.share(0) == once.share(0)
    assert again.answers[0].retries == (question.best,)
    assert not again.may_retry
    with pytest.raises(ValueError, match="no question to try again"):
        again.retry(worst)
    with pytest.raises(ValueError, match="tried already"):
        once.retry(worst)


def test_a_graded_quiz_allows_no_retry_and_reveals_nothing_before_the_end() -> None:
    sitting = Sitting(FIVE, Mode.GRADED)
    while sitting.question:
        assert sitting.revealed == 0
        with pytest.raises(ValueError, match="not over"):
            sitting.debrief()
        sitting = sitting.answer(0, Sureness.GUESS)
        assert not sitting.may_retry
    assert sitting.revealed == 5


def test_a_missing_option_or_a_finished_quiz_cannot_be_answered() -> None:
    with pytest.raises(ValueError, match="no option 4"):
        Sitting(FIVE).answer(4, Sureness.SURE)
    with pytest.raises(ValueError, match="quiz is over"):
        answered(FIVE, Mode.GRADED, well=True).answer(0, Sureness.SURE)


def taken(mode: Mode, answers: list[tuple[int, Sureness]]) -> Sitting:
    """A sitting with these answers, each modulo the number of options; every second question is retried."""
    sitting = Sitting(FIVE, mode)
    for turn, (pick, sureness) in enumerate(answers):
        if sitting.question:
            options = len(sitting.question.options)
            sitting = sitting.answer(pick % options, sureness)
            if turn % 2 and sitting.may_retry:
                sitting = sitting.retry((pick + 1) % options)
    return sitting


@given(some.sampled_from(Mode), ANSWERS)
@settings(max_examples=30)
def test_a_sitting_survives_saving_and_loading(mode: Mode, answers: list[tuple[int, Sureness]]) -> None:
    sitting = taken(mode, answers)
    again = Sitting.from_json(sitting.to_json(), POLICIES)
    assert again == sitting
    assert again.to_json() == sitting.to_json()


def test_a_sitting_on_one_kind_survives_saving_and_loading() -> None:
    sitting = Sitting(Quiz.draw("kind", 3, ARTICLE, "principle", Kind.GIFT))
    assert Sitting.from_json(sitting.to_json(), POLICIES) == sitting


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": "0" * 12}, "have been revised"),
        ({"seed": "another"}, "have been revised"),
        ({"policy": "none such"}, "a policy that is not here"),
        ({"policy": ["article"]}, "a policy that is not here"),
        ({"length": "5"}, "damaged"),
        ({"length": 10**9}, "damaged"),
        ({"guideline": "none such"}, "damaged"),
        ({"kind": "none such"}, "damaged"),
        ({"kind": "gift"}, "damaged"),
        ({"mode": "cheating"}, "damaged"),
        ({"answers": [[9, 95, []]]}, "damaged"),
        ({"answers": [[0, 96, []]]}, "damaged"),
        ({"answers": [[True, 95, []]]}, "damaged"),
        ({"answers": [[0, 95]]}, "damaged"),
        ({"answers": [[0, 95, []]] * 6}, "damaged"),
        ({"answers": {"0": 1}}, "damaged"),
    ],
)
def test_a_sitting_that_was_tampered_with_is_refused(change: dict[str, object], message: str) -> None:
    saved = json.loads(Sitting(FIVE).to_json()) | change
    with pytest.raises(RunError, match=message):
        Sitting.from_json(json.dumps(saved), POLICIES)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "[" * 100_000, '{"seed": 1}'])
def test_text_that_is_not_a_sitting_is_refused(text: str) -> None:
    with pytest.raises(RunError, match="damaged"):
        Sitting.from_json(text, POLICIES)
