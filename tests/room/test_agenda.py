"""The agenda of a session: a facilitator's own questions, saving and loading, and how long it takes."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etiquette.judge import A_DAY, AN_HOUR, ARTICLE, Action, Kind, Policy, Verdict, policies
from etiquette.plan import Application, ApplicationEvent
from etiquette.practice import Question, Quiz
from etiquette.room import (
    Agenda,
    FreeQuestion,
    JudgedQuestion,
    OwnOption,
    Play,
    Prompt,
    RoomError,
    minutes,
    total_minutes,
)
from etiquette.stories import library
from tests.room.builders import ALONE, TOGETHER, a_room_at

LONDON = ZoneInfo("Europe/London")
INTERVIEW = datetime(2026, 3, 3, 11, 0, tzinfo=LONDON)  # a Tuesday
ASKED = ApplicationEvent("requests_references", datetime(2026, 3, 5, 9, 0, tzinfo=LONDON))
FREE = FreeQuestion("Is a gift all right?", ("Yes", "No"), 1, "It puts them in a spot.")
SEND = OwnOption("Send both names today.", Action(Kind.SEND_REFERENCES))
WAIT = OwnOption("Wait until Monday.", Action(Kind.HOLD_BACK, 6 * A_DAY))
CALL = OwnOption("Call them first.", Action(Kind.CALL))


APPLICATION = Application(INTERVIEW, LONDON, job="welder", employer="Ferro", place="London", events=(ASKED,))


def a_judged_question(*options: OwnOption, **changes: Any) -> JudgedQuestion:
    """References were asked for on Thursday at nine, and it is Thursday noon."""
    given: dict[str, Any] = {"application": APPLICATION, "now": 2 * A_DAY + AN_HOUR, "asks": "They want two names."}
    return JudgedQuestion(**given | changes, options=options or (WAIT, SEND, CALL))


def all_parts() -> Agenda:
    """One part of each sort."""
    play = library()[TOGETHER]
    return Agenda((Quiz.draw("all parts", 2), FREE, a_judged_question(), Play(play), Play(play, together=False)))


def loaded(saved: str) -> Agenda:
    return Agenda.from_json(saved, library(), policies())


def test_the_judge_answers_a_question_of_the_facilitators_own() -> None:
    """Verdicts, credit, reasons and the best option are the judge's; the room asks it like any other question."""
    question = a_judged_question().question(ARTICLE)
    assert [option.assessment.verdict for option in question.options] == [
        Verdict.PASSIVE,
        Verdict.PERSISTENT,
        Verdict.PASSIVE,
    ]
    assert question.best == 1
    assert question.guideline == "references"
    prompt = Prompt.of_question(question)
    assert prompt.passages[0].text == "They want two names."
    assert all(option.reason for option in prompt.options)
    assert isinstance(Agenda((a_judged_question(),)).items[0], Question)


def test_an_agenda_keeps_its_name_which_is_no_part_of_its_version() -> None:
    """An agenda that was saved before sessions had names has none."""
    named = Agenda((FREE,), name=" Monday\ngroup ")
    assert named.name == "Monday group"
    assert loaded(named.to_json()) == named
    assert named.version == Agenda((FREE,)).version
    older = json.loads(named.to_json())
    del older["name"]
    assert loaded(json.dumps(older)) == Agenda((FREE,))


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_action_can_be_an_option(kind: Kind) -> None:
    question = a_judged_question(SEND, OwnOption("Something else.", Action(kind)))
    assert len(question.judged(ARTICLE)) == 2


def test_another_policy_judges_it_anew() -> None:
    """An office that wants thanks within a day has another best option."""
    thank = OwnOption("Thank them.", Action(Kind.THANK_YOU_EMAIL))
    application = replace(APPLICATION, events=())
    question = a_judged_question(thank, WAIT, application=application, now=3 * AN_HOUR)
    best = {policy.id: question.question(policy).best for policy in policies().values()}
    assert best == {"article": 1, "thanks-within-a-day": 0}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((WAIT, CALL), "None of your options is right"),
        ((SEND, OwnOption("Email the names.", Action(Kind.SEND_REFERENCES))), "equally good"),
    ],
)
def test_what_has_no_best_option_cannot_be_asked(options: tuple[OwnOption, ...], sentence: str) -> None:
    question = a_judged_question(*options)
    with pytest.raises(RoomError, match=sentence):
        question.question(ARTICLE)
    with pytest.raises(RoomError, match=sentence):
        Agenda((question,))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"asks": "  "}, "write your question"),
        ({"asks": "?" * 5000}, "too long"),
        ({"options": (SEND,)}, "2 to 6 options"),
        ({"options": (SEND, replace(WAIT, says=" "))}, "with words in each"),
        ({"options": (SEND, replace(WAIT, says=SEND.says))}, "say the same"),
        ({"now": AN_HOUR}, "happens after the decision"),
        ({"now": -AN_HOUR}, "happens after the decision"),
        ({"options": (SEND, OwnOption("Wait.", Action(Kind.HOLD_BACK, AN_HOUR)))}, "ends before the decision"),
    ],
)
def test_a_judged_question_that_cannot_be_asked_says_why(change: dict[str, Any], sentence: str) -> None:
    question = a_judged_question()
    with pytest.raises(RoomError, match=sentence):
        replace(question, **change)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"asks": ""}, "write your question"),
        ({"options": ("Yes",)}, "2 to 6 options"),
        ({"options": ("Yes", "Yes ")}, "say the same"),
        ({"right": 2}, "Choose the right answer."),
        ({"why": "?" * 5000}, "too long"),
    ],
)
def test_a_free_question_that_cannot_be_asked_says_why(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RoomError, match=sentence):
        replace(FREE, **change)


def test_an_agenda_with_every_sort_of_part_is_restored() -> None:
    agenda = all_parts()
    again = loaded(agenda.to_json())
    assert again == agenda
    assert again.items == agenda.items
    assert again.version == agenda.version


def test_its_version_depends_on_what_the_facilitator_wrote() -> None:
    versions = {
        Agenda((part,)).version
        for part in (FREE, replace(FREE, why=""), a_judged_question(), a_judged_question(asks="They want names."))
    }
    assert len(versions) == 4


def test_a_room_asks_questions_of_both_kinds_of_ones_own() -> None:
    """They come after the two questions of the quiz."""
    free, judged = (a_room_at(item, agenda=all_parts()) for item in (2, 3))
    prompts = [room.prompt(room.current) for room in (free, judged)]
    assert [prompt and prompt.passages[0].text for prompt in prompts] == [FREE.asks, "They want two names."]
    assert [prompt and prompt.best for prompt in prompts] == [1, 1]
    assert [prompt and prompt.guideline for prompt in prompts] == ["", "references"]


SAVED = json.loads(all_parts().to_json())


@given(st.data())
def test_a_damaged_agenda_is_refused_with_a_sentence(data: st.DataObject) -> None:
    """Unless it can be used all the same, no error but ours comes of it."""
    saved = json.loads(json.dumps(SAVED))
    part = saved["parts"][data.draw(st.integers(0, len(saved["parts"]) - 1))]
    key = data.draw(st.sampled_from(sorted(part)))
    part[key] = data.draw(st.sampled_from([None, -1, 10**30, 0.5, "", "x", [], [[]], [None], {}, {"says": 1}]))
    with suppress(RoomError):
        loaded(json.dumps(saved))


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"policy": "article", "version": "", "parts": {}}'])
def test_a_text_that_is_no_agenda_is_refused(text: str) -> None:
    with pytest.raises(RoomError, match="damaged"):
        loaded(text)


def test_a_file_cannot_make_us_draw_a_huge_quiz() -> None:
    saved = {
        "policy": "article",
        "version": "",
        "parts": [{"quiz": "x", "length": 1000, "guideline": "", "kind": None}],
    }
    with pytest.raises(RoomError, match="damaged"):
        loaded(json.dumps(saved))
    with pytest.raises(RoomError, match="damaged"):
        loaded(" " * 2_000_000)


def test_a_session_that_is_too_large_is_not_saved() -> None:
    long = [FreeQuestion(f"{number} " + "?" * 3900, ("A", "B"), 0, "!" * 3900) for number in range(60)]
    assert len(Agenda(tuple(long)).to_json()) < 1_000_000
    event = replace(ASKED, said="\\" * 300)
    application = replace(APPLICATION, events=(event,) * 50)
    judged = [a_judged_question(asks=f"{number}", application=application) for number in range(60)]
    with pytest.raises(RoomError, match="too large"):
        Agenda(tuple(judged)).to_json()


@pytest.mark.parametrize("policy", policies().values(), ids=lambda policy: policy.id)
def test_how_long_each_part_takes(policy: Policy) -> None:
    """A question with two votes takes 4 minutes, a decision of a story together 3; a story alone the time to play."""
    scenario = library()[ALONE]
    quiz = Quiz.draw("minutes", 3, policy)
    assert minutes(quiz, policy) == 12
    assert minutes(FREE, policy) == minutes(a_judged_question(), policy) == 4
    assert minutes(Play(scenario), policy) == 18
    assert minutes(Play(scenario, together=False), policy) == 9
    assert total_minutes(Agenda((quiz, FREE, Play(scenario)), policy)) == 34
