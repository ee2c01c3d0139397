"""The quiz: questions that follow from the policy, a sitting that never changes, and a debrief that owns up."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from etiquette import ARTICLE, Kind, Policy, assess
from etiquette.checks import BLIND_GRADE
from etiquette.clock import Thresholds
from etiquette.errors import RunError
from etiquette.families import FAMILIES
from etiquette.guidelines import GUIDELINES
from etiquette.packs import library, policies
from etiquette.people import cast
from etiquette.question_checks import FEWEST_SITUATIONS, QUIZZES, check_questions, examine, facts
from etiquette.questions import RIGHT, Difficulty, Question, fair, generate
from etiquette.quiz import LENGTHS, LONGEST, PASS_MARK, Mode, Quiz, Sitting, Sureness
from etiquette.spoken import deadline, hour, lasting, moment
from tests.builders import days, hours

SCENARIOS, POLICIES = library(), policies()
FIVE = Quiz.draw("five", 5, ARTICLE, SCENARIOS)
SEEDS = some.text(min_size=1, max_size=20)
PICKS = some.lists(some.tuples(some.integers(0, 3), some.sampled_from(Sureness)), max_size=5)


def questions(policy: Policy, quizzes: int = 8) -> list[Question]:
    """Many questions, as learners get them."""
    drawn = [Quiz.draw(f"many {number}", 20, policy, SCENARIOS) for number in range(quizzes)]
    return [question for quiz in drawn for question in quiz.questions]


def answered(quiz: Quiz, mode: Mode, *, well: bool, sureness: Sureness = Sureness.SURE) -> Sitting:
    """A sitting in which every answer is the best, or the worst."""
    sitting = Sitting(quiz, mode)
    while sitting.question:
        credits = [option.credit for option in sitting.question.options]
        sitting = sitting.answer(credits.index(max(credits) if well else min(credits)), sureness)
    return sitting


# Questions


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.id)
def test_every_question_has_exactly_one_best_option_and_it_is_right(policy: Policy) -> None:
    for question in questions(policy):
        credits = sorted(option.credit for option in question.options)
        assert 3 <= len(credits) <= 4
        assert credits[-1] > credits[-2], question.id
        assert question.options[question.best].assessment.verdict in RIGHT
        assert len({option.says for option in question.options}) == len(credits)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.id)
def test_credit_is_what_the_judge_says(policy: Policy) -> None:
    for question in questions(policy, quizzes=2):
        for option in question.options:
            assert option.credit == assess(question.situation, option.action, policy).credit


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.id)
def test_the_checker_has_nothing_to_say(policy: Policy) -> None:
    """At least 300 situations, no give-away, and no blind strategy above 60."""
    report = check_questions(policy, SCENARIOS)
    assert [str(problem) for problem in report.problems] == []
    assert report.situations >= FEWEST_SITUATIONS
    assert len(report.questions) == 20 * QUIZZES
    assert len(report.blind_scores) == 7
    assert max(report.blind_scores.values()) <= BLIND_GRADE


def test_three_hundred_situations_differ_in_their_facts_and_not_only_in_names() -> None:
    """Without the date, the people and the minutes there are still as many, from generated questions alone."""
    lots = random.Random("facts")
    drawn = [
        question
        for family in FAMILIES
        for person in cast(lots, 60)
        if (question := generate(family, person, ARTICLE, lots))
    ]
    assert len({facts(question.situation) for question in drawn}) >= FEWEST_SITUATIONS


def test_the_checker_finds_what_is_unfair() -> None:
    first = FIVE.questions[0]
    twice = (first.options[first.best],) * 3
    report = examine(ARTICLE, (replace(first, options=twice),) * 10)
    assert {problem.remedy.split()[0] for problem in report.problems} == {"Q01", "Q02", "Q03", "Q04", "Q05"}


def test_another_policy_gives_other_best_answers_in_the_same_situations() -> None:
    """Nothing is typed by hand: the thank-you of the first day changes sides."""
    within = POLICIES["thanks-within-a-day"]
    lots = random.Random("sides")
    family = next(family for family in FAMILIES if family.id == "thanks-after-silence")
    drawn = [question for person in cast(lots, 200) if (question := generate(family, person, ARTICLE, lots))]
    best = {question.options[question.best].action.kind for question in drawn}
    assert best == {Kind.HOLD_BACK, Kind.THANK_YOU_EMAIL}
    early = [question for question in drawn if question.situation.now < days(7)]
    assert early
    for question in early:
        action = question.options[question.best].action
        assert assess(question.situation, action, within).credit < assess(question.situation, action).credit
    drawn = [question for person in cast(lots, 200) if (question := generate(family, person, within, lots))]
    assert {question.options[question.best].action.kind for question in drawn} == {Kind.THANK_YOU_EMAIL}
    assert min(question.situation.now for question in drawn) < days(1)


def test_times_lie_near_the_boundary_on_both_sides_sometimes_on_it_and_not_always() -> None:
    lots = random.Random("near")
    family = next(family for family in FAMILIES if family.id == "thanks-after-silence")
    drawn = [question for person in cast(lots, 400) if (question := generate(family, person, ARTICLE, lots))]
    off = [question.situation.now - days(7) for question in drawn]
    assert {hours(0)} < {each for each in off if abs(each) < hours(3)}
    assert 0 < sum(each == hours(0) for each in off) < len(off) / 4
    assert sum(each < hours(0) for each in off) > len(off) / 5
    assert sum(abs(each) > hours(24) for each in off) > len(off) / 5


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.id)
def test_every_family_can_be_asked_under_every_policy(family: object, policy: Policy) -> None:
    lots = random.Random("family")
    drawn = [generate(family, person, policy, lots) for person in cast(lots, 40)]  # type: ignore[arg-type]
    assert any(drawn)


def test_a_story_says_every_time_that_it_depends_on() -> None:
    """Without a template left open, with a time now, and with every contact and word told."""
    for question in questions(ARTICLE, quizzes=2):
        assert "{" not in question.story + "".join(option.says for option in question.options)
        if question.id.startswith(tuple(SCENARIOS)):
            continue
        assert " now it is " in question.story or " is now " in question.story or "Now it is " in question.story


@given(SEEDS, some.sampled_from(sorted(GUIDELINES)))
@settings(max_examples=20)
def test_questions_on_one_guideline_are_on_that_guideline(seed: str, guideline: str) -> None:
    quiz = Quiz.draw(seed, 3, ARTICLE, SCENARIOS, guideline)
    assert [question.guideline for question in quiz.questions] == [guideline] * 3


# Quizzes


@given(SEEDS, some.sampled_from(LENGTHS), some.sampled_from(sorted(POLICIES)))
@settings(max_examples=30)
def test_a_seed_gives_the_same_quiz_again_and_no_two_questions_alike(seed: str, length: int, policy: str) -> None:
    quiz = Quiz.draw(seed, length, POLICIES[policy], SCENARIOS)
    assert quiz == Quiz.draw(seed, length, POLICIES[policy], library())
    assert len(quiz.questions) == length
    for differs in ("id", "story", "situation"):
        assert len({getattr(question, differs) for question in quiz.questions}) == length


@pytest.mark.parametrize("length", LENGTHS)
def test_a_quiz_is_spread_over_guidelines_difficulties_and_packs(length: int) -> None:
    for seed in range(10):
        quiz = Quiz.draw(f"spread {seed}", length, ARTICLE, SCENARIOS)
        assert {question.guideline for question in quiz.questions} == set(GUIDELINES)
        assert sum(question.id.startswith(tuple(SCENARIOS)) for question in quiz.questions) == length // 5
        assert {question.difficulty for question in quiz.questions} == set(Difficulty)


def test_another_seed_gives_another_quiz() -> None:
    assert len({Quiz.draw(str(seed), 5, ARTICLE, SCENARIOS).version for seed in range(20)}) == 20


@pytest.mark.parametrize(
    ("length", "seed", "guideline"),
    [(0, "a", ""), (LONGEST + 1, "a", ""), (5, "", ""), (5, "a" * 61, ""), (5, "a", "x")],
)
def test_what_cannot_be_drawn_is_refused(length: int, seed: str, guideline: str) -> None:
    with pytest.raises(ValueError, match=r"a quiz has|a seed has|no guideline"):
        Quiz.draw(seed, length, ARTICLE, SCENARIOS, guideline)


@pytest.mark.parametrize(
    "thresholds",
    [
        Thresholds(quiet=hours(36), call_after_email=hours(5)),
        Thresholds(quiet=days(21), call_after_email=days(7), references_prompt=hours(6)),
        Thresholds(thank_you_within=hours(72), status_after_contact=days(5)),
    ],
)
def test_an_office_with_quite_other_numbers_gets_a_fair_quiz_too(thresholds: Thresholds) -> None:
    policy = Policy("strange", "Strange", "Nobody", thresholds)
    for seed in range(5):
        assert all(fair(each.options) for each in Quiz.draw(str(seed), 10, policy, SCENARIOS).questions)


# Sittings


def test_the_best_answers_score_100_and_pass_and_the_worst_do_not() -> None:
    well = answered(FIVE, Mode.GRADED, well=True).debrief()
    assert (well.score, well.passed, well.mistaken_though_sure) == (100, True, ())
    badly = answered(FIVE, Mode.GRADED, well=False).debrief()
    assert badly.score < PASS_MARK
    assert not badly.passed
    assert set(badly.mistaken_though_sure) <= set(range(5))
    assert badly.mistaken_though_sure


def test_a_learner_who_was_guessing_was_not_sure_and_mistaken() -> None:
    assert answered(FIVE, Mode.GRADED, well=False, sureness=Sureness.GUESS).debrief().mistaken_though_sure == ()


def test_the_debrief_sets_sureness_against_correctness_by_guideline() -> None:
    lines = answered(FIVE, Mode.PRACTICE, well=False, sureness=Sureness.SURE).debrief().lines
    assert sum(line.questions for line in lines) == 5
    assert {line.sureness for line in lines} == {95}
    assert all(line.surer_by == 95 - line.correctness for line in lines)
    assert not any(line.level for line in lines if line.correctness < 75)


FULL_PICKS = some.lists(some.tuples(some.integers(0, 3), some.sampled_from(Sureness)), min_size=5, max_size=5)


@given(some.sampled_from(Mode), FULL_PICKS)
@settings(max_examples=50)
def test_every_way_through_has_a_debrief_whose_numbers_run_from_0_to_100(
    mode: Mode, picks: list[tuple[int, Sureness]]
) -> None:
    debrief = taken(mode, picks).debrief()
    assert 0 <= debrief.score <= 100
    for line in debrief.lines:
        assert 0 <= line.correctness <= 100
        assert Sureness.GUESS <= line.sureness <= Sureness.SURE


def test_sureness_of_one_guideline_is_the_average() -> None:
    quiz = Quiz.draw("average", 2, ARTICLE, None, "calling")
    sitting = Sitting(quiz).answer(0, Sureness.GUESS).answer(0, Sureness.SURE)
    assert [line.sureness for line in sitting.debrief().lines] == [62]


def test_practice_is_never_a_pass() -> None:
    debrief = answered(FIVE, Mode.PRACTICE, well=True).debrief()
    assert (debrief.score, debrief.passed) == (100, False)


def test_a_retry_does_not_change_the_score() -> None:
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


def test_graded_allows_no_retry_and_reveals_nothing_before_the_end() -> None:
    sitting = Sitting(FIVE, Mode.GRADED)
    while sitting.question:
        assert sitting.revealed == 0
        with pytest.raises(ValueError, match="not over"):
            sitting.debrief()
        sitting = sitting.answer(0, Sureness.GUESS)
        assert not sitting.may_retry
    assert sitting.revealed == 5


def test_what_is_not_there_cannot_be_answered() -> None:
    with pytest.raises(ValueError, match="no option 4"):
        Sitting(FIVE).answer(4, Sureness.SURE)
    with pytest.raises(ValueError, match="quiz is over"):
        answered(FIVE, Mode.GRADED, well=True).answer(0, Sureness.SURE)


def taken(mode: Mode, picks: list[tuple[int, Sureness]]) -> Sitting:
    """The sitting that comes of these picks, each modulo what is on offer; every second is tried again."""
    sitting = Sitting(FIVE, mode)
    for turn, (pick, sureness) in enumerate(picks):
        if sitting.question:
            options = len(sitting.question.options)
            sitting = sitting.answer(pick % options, sureness)
            if turn % 2 and sitting.may_retry:
                sitting = sitting.retry((pick + 1) % options)
    return sitting


@given(some.sampled_from(Mode), PICKS)
@settings(max_examples=30)
def test_a_saved_sitting_is_the_same_sitting_again(mode: Mode, picks: list[tuple[int, Sureness]]) -> None:
    sitting = taken(mode, picks)
    again = Sitting.from_json(sitting.to_json(), SCENARIOS, POLICIES)
    assert again == sitting
    assert again.to_json() == sitting.to_json()


@given(PICKS)
@settings(max_examples=30)
def test_answering_never_changes_the_sitting_it_was_answered_in(picks: list[tuple[int, Sureness]]) -> None:
    sitting = taken(Mode.PRACTICE, picks)
    before = repr(sitting.answers)
    if sitting.question:
        sitting.answer(0, Sureness.SURE)
    if sitting.may_retry:
        last = sitting.answers[-1]
        sitting.retry(next(n for n in range(3) if n not in (last.option, *last.retries)))
    assert repr(sitting.answers) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"version": "0" * 12}, "have been revised"),
        ({"seed": "another"}, "have been revised"),
        ({"policy": "none such"}, "a policy that is not here"),
        ({"policy": ["article"]}, "a policy that is not here"),
        ({"length": "5"}, "damaged"),
        ({"length": 10**9}, "damaged"),
        ({"guideline": "none such"}, "damaged"),
        ({"mode": "cheating"}, "damaged"),
        ({"answers": [[9, 95, []]]}, "damaged"),
        ({"answers": [[0, 96, []]]}, "damaged"),
        ({"answers": [[True, 95, []]]}, "damaged"),
        ({"answers": [[0, 95]]}, "damaged"),
        ({"answers": [[0, 95, []]] * 6}, "damaged"),
        ({"answers": {"0": 1}}, "damaged"),
    ],
)
def test_a_sitting_that_was_tampered_with_is_refused_with_a_sentence(change: dict[str, object], says: str) -> None:
    saved = json.loads(Sitting(FIVE).to_json()) | change
    with pytest.raises(RunError, match=says):
        Sitting.from_json(json.dumps(saved), SCENARIOS, POLICIES)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "[" * 100_000, '{"seed": 1}'])
def test_what_is_no_sitting_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(RunError, match="damaged"):
        Sitting.from_json(text, SCENARIOS, POLICIES)


# Times in words


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("00:00", "twelve at night"),
        ("09:00", "nine in the morning"),
        ("10:05", "five past ten in the morning"),
        ("11:45", "a quarter to twelve in the morning"),
        ("12:00", "noon"),
        ("12:30", "half past twelve in the afternoon"),
        ("17:35", "twenty-five to six in the afternoon"),
        ("18:15", "a quarter past six in the evening"),
        ("22:10", "ten past ten at night"),
    ],
)
def test_the_hour_in_words(clock: str, words: str) -> None:
    assert hour(datetime.fromisoformat(f"2026-03-03 {clock}")) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(minutes=5), "five minutes"),
        (timedelta(hours=1), "one hour"),
        (timedelta(days=3, hours=20), "three days and twenty hours"),
        (timedelta(days=21, hours=1, minutes=10), "twenty-one days, one hour and ten minutes"),
    ],
)
def test_a_length_of_time_in_words_loses_nothing(length: timedelta, words: str) -> None:
    assert lasting(length) == words


def test_a_moment_is_dated_where_a_weekday_could_mean_two() -> None:
    noon = datetime(2026, 3, 3, 12, 0)
    assert moment(noon, dated=False) == "Tuesday at noon"
    assert moment(noon, dated=True) == "Tuesday 3 March at noon"
    assert deadline(noon) == "noon on Tuesday 3 March"
