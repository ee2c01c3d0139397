"""Questions: generated from the policy, told in plain sentences, each with exactly one best answer."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from etiquette import ARTICLE, Kind, Policy, assess
from etiquette.cli import main, report_quizzes
from etiquette.judge import AT_THE_INTERVIEW, RIGHT, Thresholds, policies
from etiquette.practice import Question, Quiz, check_questions
from etiquette.practice.audit import FEWEST_SITUATIONS, QUIZZES, examine, without_date
from etiquette.practice.candidates import draw_candidates
from etiquette.practice.questions import fair, generate
from etiquette.practice.situation_templates import SATURDAY, SITUATION_TEMPLATES
from etiquette.practice.times_in_words import deadline_in_words, lasting, moment_in_words, time_of_day_in_words
from etiquette.stories import BLIND_GRADE, BLIND_STRATEGIES, library
from tests.builders import days, hours

SCENARIOS, POLICIES = library(), policies()
SEEDS, POLICY = some.text(min_size=1, max_size=20), some.sampled_from(list(POLICIES.values()))


def questions(policy: Policy, quizzes: int = 8) -> list[Question]:
    """Many questions, as learners get them."""
    drawn = [Quiz.draw(f"many {number}", 20, policy, SCENARIOS) for number in range(quizzes)]
    return [question for quiz in drawn for question in quiz.questions]


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
    rng = random.Random("facts")
    drawn = [
        question
        for template in SITUATION_TEMPLATES
        for person in draw_candidates(rng, 60)
        if (question := generate(template, person, ARTICLE, rng))
    ]
    assert len({without_date(question.situation) for question in drawn}) >= FEWEST_SITUATIONS


def test_the_checker_finds_what_is_unfair() -> None:
    first = generated("unfair", ARTICLE)[0]
    twice = (first.options[first.best],) * 3
    report = examine(ARTICLE, (replace(first, options=twice),) * 10)
    assert {problem.remedy.split()[0] for problem in report.problems} == {"Q01", "Q02", "Q03", "Q04", "Q05"}


def test_another_policy_gives_other_best_answers_in_the_same_situations() -> None:
    """Nothing is typed by hand: the thank-you of the first day changes sides."""
    within = POLICIES["thanks-within-a-day"]
    rng = random.Random("sides")
    template = next(template for template in SITUATION_TEMPLATES if template.id == "thanks-after-silence")
    drawn = [question for person in draw_candidates(rng, 200) if (question := generate(template, person, ARTICLE, rng))]
    best = {question.options[question.best].action.kind for question in drawn}
    assert best == {Kind.HOLD_BACK, Kind.THANK_YOU_EMAIL}
    early = [question for question in drawn if question.situation.now < days(7)]
    assert early
    for question in early:
        action = question.options[question.best].action
        assert assess(question.situation, action, within).credit < assess(question.situation, action).credit
    drawn = [question for person in draw_candidates(rng, 200) if (question := generate(template, person, within, rng))]
    assert {question.options[question.best].action.kind for question in drawn} == {Kind.THANK_YOU_EMAIL}
    assert min(question.situation.now for question in drawn) < days(1)


def test_times_lie_near_the_boundary_on_both_sides_sometimes_on_it_and_not_always() -> None:
    rng = random.Random("near")
    template = next(template for template in SITUATION_TEMPLATES if template.id == "thanks-after-silence")
    drawn = [question for person in draw_candidates(rng, 400) if (question := generate(template, person, ARTICLE, rng))]
    off = [question.situation.now - days(7) for question in drawn]
    assert {hours(0)} < {each for each in off if abs(each) < hours(3)}
    assert 0 < sum(each == hours(0) for each in off) < len(off) / 4
    assert sum(each < hours(0) for each in off) > len(off) / 5
    assert sum(abs(each) > hours(24) for each in off) > len(off) / 5


@pytest.mark.parametrize("template", SITUATION_TEMPLATES, ids=lambda template: template.id)
@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.id)
def test_every_family_can_be_asked_under_every_policy(template: object, policy: Policy) -> None:
    rng = random.Random("template")
    drawn = [generate(template, person, policy, rng) for person in draw_candidates(rng, 40)]  # type: ignore[arg-type]
    assert any(drawn)


# How they are told


def generated(seed: str, policy: Policy) -> list[Question]:
    """The questions of one long quiz that come from no scenario."""
    return list(Quiz.draw(seed, 20, policy).questions)


@given(SEEDS, POLICY)
@settings(max_examples=20)
def test_a_story_says_every_time_that_it_depends_on(seed: str, policy: Policy) -> None:
    """The interview, each contact, each word of theirs, the present: by the clock or as how long ago, to the minute."""
    for question in generated(seed, policy):
        s = question.situation
        assert s.interview is not None
        told = [contact.at for contact in s.contacts if contact.kind is not Kind.LEAVE_MESSAGE]
        told += [word.at for word in s.words if word.at > AT_THE_INTERVIEW and not word.automatic]
        for at in (AT_THE_INTERVIEW, *told):
            by_the_clock, ago = time_of_day_in_words(s.interview + at), f"{lasting(s.now - at)} ago"
            assert by_the_clock in question.story or ago in question.story, question.story
        assert re.search(
            f"(now it is|is now) .*{time_of_day_in_words(s.interview + s.now)}", question.story, re.IGNORECASE
        )
        for promised in [word.promises for word in s.words if word.promises is not None]:
            assert deadline_in_words(s.interview + promised) in question.story


@given(SEEDS, POLICY)
@settings(max_examples=20)
def test_questions_are_told_in_whole_sentences(seed: str, policy: Policy) -> None:
    for question in generated(seed, policy):
        for text in (*question.story.split("\n\n"), *(option.says for option in question.options)):
            assert re.fullmatch(r"[“\w].*[.?!]”?", text), text
            assert text.lstrip("“")[0].isupper(), text
            for sentence in re.split(r"(?<=[.?!]) ", text.replace("”", "").replace("“", "")):
                assert sentence[0].isupper(), text


SLIPS = {
    "a placeholder": r"[{}]",
    "two spaces": r"\s{2}",
    "a space before a stop": r"\s[.,;:?!]",
    "two stops": r"[.,;:?!]{2}",
    "a straight quote": r"[\"']",
    "a word twice": r"\b(\w+) \1\b",
    "a for an": r"\b[Aa] [aeio]",
    "an for a": r"\b[Aa]n [^aeiouh]",
    "a bare None": r"\bNone\b",
}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.id)
@pytest.mark.parametrize("slip", SLIPS)
def test_no_question_has_a_slip_of_the_pen(slip: str, policy: Policy) -> None:
    for question in generated("slips 1", policy) + generated("slips 2", policy) + generated("slips 3", policy):
        for text in (*question.story.split("\n\n"), *(option.says for option in question.options)):
            assert not re.search(SLIPS[slip], text), text


@given(SEEDS, POLICY)
@settings(max_examples=20)
def test_nothing_is_offered_that_the_story_contradicts(seed: str, policy: Policy) -> None:
    """A call that was answered was not missed, and nothing is put off to a weekend."""
    for question in generated(seed, policy):
        offered = [option.says for option in question.options]
        call = question.situation.last_call
        if call is None or call.answered:
            assert not any("missed call" in says for says in offered)
        assert not any(f"{day} morning" in says for says in offered for day in ("Saturday", "Sunday"))


@given(SEEDS)
@settings(max_examples=20)
def test_no_story_runs_into_the_turn_of_the_year(seed: str) -> None:
    for question in generated(seed, ARTICLE):
        s = question.situation
        assert s.interview is not None
        assert (s.interview + s.now).year == s.interview.year
        assert s.interview.weekday() < SATURDAY


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.id)
def test_near_misses_earn_some_credit_and_are_on_offer(policy: Policy) -> None:
    """Half of the questions or more have a wrong option that earns something, and nothing wrong earns as much."""
    drawn = [question for quiz in range(6) for question in generated(f"near {quiz}", policy)]
    earning = [
        question
        for question in drawn
        if any(option.credit > 0 for n, option in enumerate(question.options) if n != question.best)
    ]
    assert len(earning) >= len(drawn) / 2
    shares = [question.share(n) for question in drawn for n in range(len(question.options)) if n != question.best]
    assert max(shares) < 100
    assert len({share for share in shares if 0 < share < 50}) > 10


def test_a_policy_whose_thanks_come_after_the_quiet_week_can_be_asked_about_too() -> None:
    """What two of the templates ask about cannot be under it; the others stand in."""
    thresholds = Thresholds(quiet=hours(12), thank_you_within=hours(200))
    late = Policy("late", "Late", "Nobody", thresholds)
    assert all(fair(question.options) for seed in range(5) for question in generated(str(seed), late))


# What the command says of them


def test_the_command_prints_the_findings_on_the_quiz_of_every_policy(capsys: pytest.CaptureFixture[str]) -> None:
    """Without arguments, and with the scores of those who answer blindly."""
    assert main(["check"]) == 0
    printed = capsys.readouterr().out
    for policy in POLICIES.values():
        quiz = printed.split(f"The quiz, by policy {policy.id!r}: ")[1].split("\n\n")[0]
        assert quiz.startswith(f"{20 * QUIZZES} questions, ")
        assert [line.split(": ")[0].strip() for line in quiz.splitlines()[1:]] == list(BLIND_STRATEGIES)
    assert f"{len(POLICIES)} quizzes, 0 problems" in printed


def test_the_command_with_a_policy_checks_the_quiz_of_that_policy_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "shorter.yaml"
    file.write_text("id: shorter\ntitle: S\nsource: S\nthresholds:\n  references_prompt: 12\n", encoding="utf-8")
    main(["check", "--policy", str(file)])
    printed = capsys.readouterr().out
    assert "The quiz, by policy 'shorter'" in printed
    assert "1 quiz, 0 problems" in printed


def test_unfair_questions_are_counted_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    """The count is what makes the command exit with 1."""
    first = generated("unfair", ARTICLE)[0]
    report = examine(ARTICLE, (replace(first, options=(first.options[first.best],) * 3),))
    assert report_quizzes([report]) == len(report.problems) > 0
    assert f"{first.id}: Q01 has not exactly one best option" in capsys.readouterr().out


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
    assert time_of_day_in_words(datetime.fromisoformat(f"2026-03-03 {clock}")) == words


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
    assert moment_in_words(noon, dated=False) == "Tuesday at noon"
    assert moment_in_words(noon, dated=True) == "Tuesday 3 March at noon"
    assert deadline_in_words(noon) == "noon on Tuesday 3 March"
