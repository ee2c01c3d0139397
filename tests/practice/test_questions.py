"""Questions: generated from a policy, told in plain sentences, each with exactly one best option."""

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
from etiquette.cli import main
from etiquette.cli.judge import report_quizzes
from etiquette.judge import (
    A_DAY,
    A_MINUTE,
    A_WEEK,
    AN_HOUR,
    AT_THE_INTERVIEW,
    RIGHT,
    Decision,
    Situation,
    clock_in_words,
    duration,
    next_working_hour,
    policies,
)
from etiquette.practice import Question, Quiz, check_questions
from etiquette.practice.audit import FEWEST_SITUATIONS, QUESTIONS, examine
from etiquette.practice.jobs import JOBS
from etiquette.practice.phrasing import KINDS, OPTIONS
from etiquette.practice.questions import RARE_KINDS, generate
from etiquette.practice.situation_templates import SATURDAY, SITUATION_TEMPLATES, SituationTemplate
from etiquette.practice.times_in_words import (
    day_and_date,
    future_in_words,
    past_in_words,
)
from etiquette.stories import BLIND_GRADE, BLIND_STRATEGIES, OPTIONS_ALONE
from tests.builders import days, hours

POLICIES = policies()
SEEDS, POLICY = some.text(min_size=1, max_size=20), some.sampled_from(list(POLICIES.values()))


def template_named(name: str) -> SituationTemplate:
    """The template with this id."""
    return next(each for each in SITUATION_TEMPLATES if each.id == name)


THANKS_AFTER_SILENCE = template_named("thanks-after-silence")


def drawn_from(template: SituationTemplate, tries: int, rng: random.Random, policy: Policy = ARTICLE) -> list[Question]:
    """The questions that this many tries give."""
    drawn = (generate(template, rng.choice(JOBS), policy, rng) for _ in range(tries))
    return [question for question in drawn if question]


def texts(question: Question) -> list[str]:
    """The paragraphs of its story, and its options in words."""
    return [*question.story.split("\n\n"), *(option.says for option in question.options)]


# Questions


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.id)
def test_every_question_has_exactly_one_best_option_and_it_is_right_as_the_judge_says(policy: Policy) -> None:
    quizzes = [Quiz.draw(f"many {number}", 20, policy) for number in range(8)]
    for question in [question for quiz in quizzes for question in quiz.questions]:
        credits = sorted(option.credit for option in question.options)
        assert 3 <= len(credits) <= 4
        assert credits[-1] > credits[-2], question.id
        assert question.options[question.best].assessment.verdict in RIGHT
        assert len({option.says for option in question.options}) == len(credits)
        for option in question.options:
            assert option.credit == assess(question.situation, option.action, policy).credit


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.id)
def test_the_checker_finds_no_problem(policy: Policy) -> None:
    """There are at least 300 situations, nothing gives the best option away, and no blind strategy gets above 60."""
    report = check_questions(policy)
    assert [str(problem) for problem in report.problems] == []
    assert report.situations >= FEWEST_SITUATIONS
    assert len(report.questions) == QUESTIONS
    assert len(report.blind_grades) == 8
    assert max(report.blind_grades.values()) <= BLIND_GRADE


def test_the_checker_finds_unfair_questions_and_prints_them(capsys: pytest.CaptureFixture[str]) -> None:
    """Their count makes the command exit with 1."""
    first = generated("unfair", ARTICLE)[0]
    twice = (first.options[first.best],) * 3
    report = examine(ARTICLE, (replace(first, options=twice),) * 10)
    assert {problem.remedy.split()[0] for problem in report.problems} == {"Q01", "Q02", "Q03", "Q04", "Q05", "Q06"}
    assert report_quizzes([report]) == len(report.problems)
    assert f"{first.id}: Q01 has not exactly one best option" in capsys.readouterr().out


def test_another_policy_makes_other_options_best_in_the_same_situations() -> None:
    """No answer is written by hand: a thank-you on the first day is wrong under one policy and best under another."""
    within = POLICIES["thanks-within-a-day"]
    rng = random.Random("sides")
    drawn = drawn_from(THANKS_AFTER_SILENCE, 200, rng)
    best = {question.options[question.best].action.kind for question in drawn}
    assert best == {Kind.HOLD_BACK, Kind.THANK_YOU_EMAIL}
    early = [question for question in drawn if question.situation.now < days(7)]
    assert early
    for question in early:
        action = question.options[question.best].action
        assert assess(question.situation, action, within).credit < assess(question.situation, action).credit
    drawn = drawn_from(THANKS_AFTER_SILENCE, 200, rng, within)
    assert {question.options[question.best].action.kind for question in drawn} == {Kind.THANK_YOU_EMAIL}
    assert min(question.situation.now for question in drawn) < days(1)


def test_decisions_fall_on_both_sides_of_the_boundary_near_it_far_from_it_and_on_it() -> None:
    drawn = drawn_from(THANKS_AFTER_SILENCE, 400, random.Random("near"))
    offsets = [question.situation.now - days(7) for question in drawn]
    assert {hours(0)} < {each for each in offsets if abs(each) < hours(3)}
    assert 0 < sum(each == hours(0) for each in offsets) < len(offsets) / 4
    assert sum(each < hours(0) for each in offsets) > len(offsets) / 5
    assert sum(abs(each) > hours(24) for each in offsets) > len(offsets) / 5


@pytest.mark.parametrize("template", SITUATION_TEMPLATES, ids=lambda template: template.id)
@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.id)
def test_every_template_gives_questions_under_every_policy(template: SituationTemplate, policy: Policy) -> None:
    assert drawn_from(template, 40, random.Random("template"), policy)


# Stories and options in words


def generated(seed: str, policy: Policy) -> list[Question]:
    """The questions of one long quiz without scenarios."""
    return list(Quiz.draw(seed, 20, policy).questions)


def times_told(s: Situation) -> list[timedelta]:
    """The times that a story tells: of the interviews, of contacts, and of emails from the employer."""
    contacts = [each.at for each in s.contacts if each.kind is not Kind.LEAVE_MESSAGE and each.at < s.now]
    emails = [word.at for word in s.words if word.at > AT_THE_INTERVIEW and not word.automatic]
    return [AT_THE_INTERVIEW, s.round_began, *contacts, *emails]


@given(SEEDS, POLICY)
@settings(max_examples=20)
def test_a_story_tells_every_time_that_it_depends_on_to_the_minute(seed: str, policy: Policy) -> None:
    """The interviews, contacts, emails, deadlines and the present."""
    for question in generated(seed, policy):
        s = question.situation
        now = s.local_time(s.now)
        for at in times_told(s):
            when = s.local_time(at)
            told = {past_in_words(when, now, last) for last in (None, when, when - days(7))}
            assert any(each in question.story for each in told), question.story
        today, clock = day_and_date(now), clock_in_words(now)
        assert re.search(rf"now {clock} on {today}\.|{today}, and it’s {clock}\.", question.story), question.story
        for word in s.words:
            for named in (word.promises, word.call_at):
                if named is not None:
                    assert future_in_words(s.local_time(named), s.local_time(word.at), now) in question.story


@given(SEEDS, POLICY)
@settings(max_examples=20)
def test_stories_and_options_are_whole_sentences(seed: str, policy: Policy) -> None:
    for question in generated(seed, policy):
        for text in texts(question):
            assert re.fullmatch(r"[“\w].*[.?!]”?", text), text
            assert text.lstrip("“")[0].isupper(), text
            for sentence in re.split(r"(?<=[.?!]) ", text.replace("”", "").replace("“", "")):
                assert sentence[0].isupper(), text


TYPOS = {
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
@pytest.mark.parametrize("typo", TYPOS)
def test_no_question_has_a_typo(typo: str, policy: Policy) -> None:
    for question in generated("slips 1", policy) + generated("slips 2", policy) + generated("slips 3", policy):
        for text in texts(question):
            assert not re.search(TYPOS[typo], text), text


@given(SEEDS, POLICY)
@settings(max_examples=20)
def test_what_they_asked_for_is_among_the_options(seed: str, policy: Policy) -> None:
    """The references they want, the call they invited, the answer to their email; and to wait is always an option."""
    for question in generated(seed, policy):
        s, offered = question.situation, {option.action.kind for option in question.options}
        assert Kind.HOLD_BACK in offered
        if s.references_owed_since is not None:
            assert Kind.SEND_REFERENCES in offered
        if s.invitation:
            assert Kind.INVITED_CALL in offered
        elif s.answer_owed and not s.answer_owed.requests_references:
            assert Kind.REPLY in offered


def wording_of(says: str) -> str:
    """The wording in `OPTIONS` that an option was made of."""
    for wording in (wording for wordings in OPTIONS.values() for wording in wordings):
        pattern = (
            re.escape(wording).replace(r"\{boss\}", ".+").replace(r"\{employer\}", ".+").replace(r"\{then\}", ".+")
        )
        if re.fullmatch(pattern, says):
            return wording
    raise AssertionError(says)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.id)
def test_each_wording_of_an_option_is_right_at_times_and_wrong_at_times(policy: Policy) -> None:
    """Unless the step is never right, such as a gift: a wording belongs to a step, not to a situation."""
    right: set[str] = set()
    wrong: set[str] = set()
    for question in Quiz.draw("wordings", 600, policy).questions:
        for number, option in enumerate(question.options):
            (right if number == question.best else wrong).add(wording_of(option.says))
    never_right = {Kind.STATUS_EMAIL, Kind.EMAIL_ASKING_OUTCOME, Kind.BYPASS, *RARE_KINDS}
    for step, wordings in OPTIONS.items():
        for wording in wordings:
            assert wording in wrong
            assert (wording in right) == (KINDS.get(step) not in never_right), wording


@given(SEEDS, POLICY)
@settings(max_examples=20)
def test_the_option_to_wait_names_a_working_day(seed: str, policy: Policy) -> None:
    for question in generated(seed, policy):
        for option in question.options:
            if option.action.until is not None:
                until = question.situation.local_time(option.action.until)
                assert until.weekday() < SATURDAY
                assert f"{until:%A}" in option.says


@given(SEEDS, POLICY)
@settings(max_examples=20)
def test_calls_in_a_story_were_made_in_working_hours(seed: str, policy: Policy) -> None:
    for question in generated(seed, policy):
        s = question.situation
        for call in (each for each in s.contacts if each.kind is Kind.CALL):
            assert next_working_hour(s, call.at, policy.thresholds) == call.at, question.story


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.id)
def test_whether_to_call_is_asked_in_working_hours_but_for_the_questions_about_them(policy: Policy) -> None:
    """Those have a moment before the office closes, when a call is best, and one after it, when it is too late."""
    for template in (each for each in SITUATION_TEMPLATES if each.office):
        for question in drawn_from(template, 20, random.Random("office"), policy):
            s = question.situation
            assert next_working_hour(s, s.now, policy.thresholds) == s.now, question.story
    drawn = drawn_from(template_named("call-out-of-hours"), 60, random.Random("hours"), policy)
    best = {question.options[question.best].action.kind for question in drawn}
    assert best == {Kind.CALL, Kind.HOLD_BACK}


def test_a_voicemail_is_best_on_the_call_just_made_and_never_later() -> None:
    """To leave one later, the candidate would have to call again."""
    for question in drawn_from(template_named("call-rang-out"), 20, random.Random("tone")):
        assert question.options[question.best].action.kind is Kind.LEAVE_MESSAGE
    later = drawn_from(template_named("call-missed"), 60, random.Random("tone"))
    offered = [option for question in later for option in question.options if option.action.kind is Kind.LEAVE_MESSAGE]
    assert offered
    assert {option.credit for option in offered} == {0}


def test_an_offer_wants_an_answer_by_its_date_and_a_refusal_does_not() -> None:
    after = {
        decision: drawn_from(template_named(name), 40, random.Random("decided"))
        for decision, name in ((Decision.OFFER, "offer-made"), (Decision.REFUSAL, "they-refused"))
    }
    assert {each.options[each.best].action.kind for each in after[Decision.OFFER]} == {Kind.REPLY}
    assert {each.options[each.best].action.kind for each in after[Decision.REFUSAL]} == {Kind.HOLD_BACK}


@given(SEEDS)
@settings(max_examples=20)
def test_no_story_runs_into_the_next_year(seed: str) -> None:
    for question in generated(seed, ARTICLE):
        s = question.situation
        assert s.interview is not None
        assert (s.interview + s.now).year == s.interview.year
        assert s.interview.weekday() < SATURDAY


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.id)
def test_near_misses_are_offered_and_earn_some_credit(policy: Policy) -> None:
    """At least half of the questions offer a wrong option that earns credit, always less than the best."""
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


# The check command


def test_without_arguments_the_command_reports_on_the_quiz_of_every_policy(capsys: pytest.CaptureFixture[str]) -> None:
    """The report has the grade of every blind strategy."""
    assert main(["check"]) == 0
    printed = capsys.readouterr().out
    for policy in POLICIES.values():
        quiz = printed.split(f"The quiz, by policy {policy.id!r}: ")[1].split("\n\n")[0]
        assert quiz.startswith(f"{QUESTIONS} questions, ")
        assert [line.split(": ")[0].strip() for line in quiz.splitlines()[1:]] == [*BLIND_STRATEGIES, OPTIONS_ALONE]
    assert f"{len(POLICIES)} quizzes, 0 problems" in printed


def test_the_command_with_a_policy_checks_only_the_quiz_of_that_policy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "shorter.yaml"
    file.write_text("id: shorter\ntitle: S\nsource: S\nthresholds:\n  references_prompt: 12\n", encoding="utf-8")
    main(["check", "--policy", str(file)])
    printed = capsys.readouterr().out
    assert "The quiz, by policy 'shorter'" in printed
    assert "1 quiz, 0 problems" in printed


# Times in words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2026-03-12 11:00", "at 11:00 today"),
        ("2026-03-11 11:00", "yesterday at 11:00"),
        ("2026-03-06 11:00", "on Friday at 11:00"),
        ("2026-03-05 15:20", "on Thursday 5 March at 15:20"),
    ],
)
def test_when_something_happened_has_a_date_where_a_weekday_alone_is_ambiguous(when: str, words: str) -> None:
    assert past_in_words(datetime.fromisoformat(when), datetime(2026, 3, 12, 14, 0)) == words


def test_two_things_on_one_day_name_the_day_once() -> None:
    morning, noon, now = (datetime(2026, 3, day, hour) for day, hour in ((3, 10), (3, 12), (12, 14)))
    assert past_in_words(noon, now, told=morning) == "that day at 12:00"


def test_a_weekday_that_might_be_another_week_s_has_a_date() -> None:
    """After “on Thursday 26 February”, “on Friday” would be the day after it."""
    friday, now = datetime(2026, 3, 6, 11, 0), datetime(2026, 3, 9, 14, 0)
    assert past_in_words(friday, now, told=friday - days(4)) == "on Friday at 11:00"
    assert past_in_words(friday, now, told=friday - days(8)) == "on Friday 6 March at 11:00"
    assert past_in_words(friday, now, told=friday + days(1)) == "on Friday 6 March at 11:00"


@pytest.mark.parametrize(
    ("when", "days_later", "words"),
    [
        ("2026-03-17 12:00", 0, "Tuesday at 12:00"),
        ("2026-03-17 12:00", 6, "Tuesday at 12:00"),
        ("2026-03-17 12:00", 7, "Tuesday 17 March at 12:00"),
        ("2026-03-18 12:00", 0, "Wednesday 18 March at 12:00"),
    ],
)
def test_a_time_to_come_has_a_date_where_a_weekday_alone_is_ambiguous(when: str, days_later: int, words: str) -> None:
    """Because it is far from the moment when it was named, or because that moment is long past."""
    said = datetime(2026, 3, 12, 14, 0)
    assert future_in_words(datetime.fromisoformat(when), said, said + days(days_later)) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(minutes=5), "5 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47, minutes=59), "47 hours"),
        (timedelta(hours=48), "48 hours"),
        (timedelta(days=3, hours=20), "3 days 20 hours"),
        (timedelta(days=6, hours=23, minutes=59), "6 days 23 hours"),
        (timedelta(days=7), "a week"),
        (timedelta(days=21, hours=1, minutes=10), "21 days"),
    ],
)
def test_a_length_of_time_in_words(length: timedelta, words: str) -> None:
    assert duration(length) == words


LENGTHS = some.integers(1, 60 * 24 * 60).map(lambda minutes: minutes * A_MINUTE)


@given(LENGTHS)
def test_a_length_of_time_in_words_is_rounded_down(length: timedelta) -> None:
    """By less than an hour or, from two weeks on, less than a day."""
    assert timedelta(0) <= length - parse_duration(duration(length)) < (AN_HOUR if length < 2 * A_WEEK else A_DAY)


@given(LENGTHS, LENGTHS | some.integers(1, 14 * 24).map(lambda number: hours(number)))
def test_a_wait_that_is_not_over_never_reads_as_if_it_were(waited: timedelta, wait: timedelta) -> None:
    """Nor does one that is over read as if it were not, if the words can tell its length exactly."""
    assert waited >= wait or parse_duration(duration(waited)) < wait
    if parse_duration(duration(wait)) == wait:
        assert (parse_duration(duration(waited)) >= wait) == (waited >= wait)


def parse_duration(words: str) -> timedelta:
    """The length of time that these words name."""
    if words == "a week":
        return A_WEEK
    units = {"minute": A_MINUTE, "hour": AN_HOUR, "day": A_DAY}
    named = re.findall(r"(\d+) (minute|hour|day)", words)
    return sum((int(number) * units[unit] for number, unit in named), timedelta(0))
