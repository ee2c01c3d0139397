"""Prepared sessions: names, files, and those that come with the package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etiquette.files import PackError
from etiquette.judge import ARTICLE, GUIDELINES, Policy, policies
from etiquette.practice import Question, Quiz
from etiquette.room import (
    Agenda,
    Play,
    PreparedSession,
    RoomError,
    check_name,
    free_name,
    shipped_sessions,
    total_minutes,
)
from etiquette.room.prepared import load_session
from etiquette.stories import library
from tests.room.test_agenda import FREE, a_judged_question, all_parts

POLICIES = pytest.mark.parametrize("policy", policies().values(), ids=lambda policy: policy.id)


@POLICIES
def test_two_sessions_come_with_the_package_and_fit_their_time(policy: Policy) -> None:
    long, short = shipped_sessions(library(), policy)
    assert long.name == "A 45-minute session"
    assert short.name == "A 20-minute session"
    assert 30 <= total_minutes(long.agenda) <= 45
    assert 15 <= total_minutes(short.agenda) <= 20


@POLICIES
def test_each_opens_with_a_question_and_closes_with_one_on_the_principle(policy: Policy) -> None:
    """The longer one has a question on each guideline, a story together and a story alone."""
    long, short = (session.agenda for session in shipped_sessions(library(), policy))
    for agenda in (long, short):
        first, last = agenda.items[0], agenda.items[-1]
        assert isinstance(first, Question)
        assert isinstance(last, Question)
        assert last.guideline == "principle"
        assert any(isinstance(item, Play) and item.together for item in agenda.items)
    asked = {item.guideline for item in long.items if isinstance(item, Question)}
    assert asked == set(GUIDELINES)
    assert any(isinstance(item, Play) and not item.together for item in long.items)


def test_a_session_is_restored_from_its_file() -> None:
    session = PreparedSession("Monday’s group", all_parts())
    assert PreparedSession.from_json(session.to_json(), library(), ARTICLE) == session


def test_questions_that_have_changed_are_asked_as_they_are_now() -> None:
    """A new release, or other rules, do not cost a facilitator the session; they are told."""
    session = PreparedSession("Mine", Agenda((Quiz.draw("one", 1), FREE)))
    other = policies()["thanks-within-a-day"]
    again = PreparedSession.from_json(session.to_json(), library(), other)
    assert again.revised
    assert again.agenda == Agenda((Quiz.draw("one", 1, other), FREE), other)


@pytest.mark.parametrize("text", ["", "null", "{}", "[]", '{"format": "etiquette session 1"}', "[" * 10_000])
def test_a_file_that_is_no_session_is_refused(text: str) -> None:
    with pytest.raises(RoomError, match="isn’t a saved session"):
        PreparedSession.from_json(text, library(), ARTICLE)


def test_a_file_with_a_story_that_is_not_here_says_so() -> None:
    saved = json.loads(PreparedSession("Mine", Agenda((FREE,))).to_json())
    saved["agenda"]["parts"].append({"play": "elsewhere", "together": True})
    with pytest.raises(RoomError, match="a story that isn’t installed"):
        PreparedSession.from_json(json.dumps(saved), library(), ARTICLE)


def test_a_question_without_a_best_option_under_these_rules_says_so() -> None:
    """It had one when it was saved."""
    saved = json.loads(PreparedSession("Mine", Agenda((a_judged_question(),))).to_json())
    judged = saved["agenda"]["parts"][0]
    judged["options"] = [option for option in judged["options"] if option["kind"] != "send_references"]
    with pytest.raises(RoomError, match="None of your options is right"):
        PreparedSession.from_json(json.dumps(saved), library(), ARTICLE)


def test_a_name_is_kept_on_one_line() -> None:
    assert check_name("  Monday’s\n group\u202e ") == "Monday’s group"
    for typed, sentence in ((" \n", "give your session a name"), ("x" * 81, "too long")):
        with pytest.raises(RoomError, match=sentence):
            check_name(typed)


def test_a_copy_gets_a_free_name() -> None:
    assert free_name("Mine", ["Mine"]) == "Mine (copy)"
    assert free_name("Mine", ["Mine", "Mine (copy)"]) == "Mine (copy 2)"
    assert len(free_name("x" * 80, [])) == 80


def test_a_session_file_with_mistakes_names_them_all(tmp_path: Path) -> None:
    path = tmp_path / "session.yaml"
    path.write_text("name: Mine\nparts:\n  - play: quiet-weak\n  - quiz: one\n    about: patience\n    length: 3\n")
    with pytest.raises(PackError) as error:
        load_session(path, library(), ARTICLE)
    remedies = "\n".join(str(problem) for problem in error.value.problems)
    for part in ("parts[0].play", "parts[1].about", "parts[1].length"):
        assert part in remedies
