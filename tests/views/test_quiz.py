"""The quiz, without a browser: what it shows after each click, and that it escapes every text."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from ipywidgets import Button

from etiquette.files import library_files
from etiquette.judge import ARTICLE, GUIDELINE_SENTENCES, load_policy, policies
from etiquette.practice import MOST_OPTIONS, Mode, Question, Quiz, Sureness
from etiquette.views import QuizView, ask
from etiquette.views.controls import Announcer
from etiquette.views.quiz.certificate import LONGEST_NAME, certificate, clean_name
from etiquette.views.quiz.debrief import confidence_chart, quiz_debrief
from tests.practice.test_quiz import FIVE, answered
from tests.views.drawn import NASTY, Text, buttons

TODAY = date(2026, 11, 25)


def begun(mode: Mode, seed: str | None = "five", **options: Any) -> QuizView:
    """The view after a click on the button that starts a quiz of five questions in this mode."""
    view = QuizView(seed, **options)
    begin(view, mode)
    return view


def begin(view: QuizView, mode: Mode) -> None:
    """Click the button that starts a quiz of five questions in this mode."""
    label = f"{'Practise with' if mode is Mode.PRACTICE else 'Take a graded quiz of'} 5 questions"
    rows = view.starts.children[1::2]
    next(each for row in rows for each in row.children if each.description == label).click()


def present(view: QuizView) -> Question:
    """The question on screen."""
    assert view.sitting is not None
    assert view.sitting.question is not None
    return view.sitting.question


def answer(view: QuizView, number: int, sureness: Sureness = Sureness.SURE) -> None:
    """Choose an option, and say how sure you are of it."""
    view.choices.click(str(number))
    view.sure.click(sureness.name)


def worst(question: Question) -> int:
    """The number of the option with the least credit."""
    return min(range(len(question.options)), key=lambda number: question.options[number].credit)


def finish(view: QuizView, *, well: bool) -> None:
    """Answer each question that is left: the best option, or the worst. Only practice has a button to go on."""
    while view.showing == "question":
        answer(view, present(view).best if well else worst(present(view)))
        view.onward.click()


def visible(view: QuizView) -> list[str]:
    """The labels of the buttons on screen."""
    single = [view.rethink, view.again, view.reveal, view.onward, view.another]
    shown = [each for each in single if each.layout.display != "none"]
    return [each.description for each in (*shown, *buttons(view.choices), *buttons(view.sure))]


def test_a_graded_quiz_gives_no_feedback_until_the_end_and_then_all_of_it() -> None:
    view = begun(Mode.GRADED)
    while view.showing == "question":
        assert view.card.value == ""
        answer(view, present(view).best)
    assert [taken.grade for taken in view.progress_store.progress.sittings] == [100]
    said = " ".join(Text(view.card.value).said)
    assert "You passed" in said
    assert "You need 80 or more to pass." in said
    assert view.sitting is not None
    for question in view.sitting.quiz.questions:
        for option in question.options:
            assert option.says in said
            assert option.reason in said
    assert view.certificate.layout.display == ""


def test_without_a_seed_every_quiz_is_different() -> None:
    seeds = set()
    for _ in range(3):
        view = begun(Mode.PRACTICE, seed=None)
        assert view.sitting is not None
        seeds.add(view.sitting.quiz.seed)
    assert len(seeds) == 3


def test_the_learner_says_how_sure_they_are_before_any_feedback_and_may_change_their_choice() -> None:
    view = begun(Mode.PRACTICE)
    view.choices.click("0")
    assert view.showing == "sureness"
    assert visible(view) == ["← Choose another answer", "It’s a guess", "Fairly sure", "Sure"]
    assert "pp-badge" not in view.card.value
    view.rethink.click()
    assert present(view).options[0].says in visible(view)
    assert view.sitting is not None
    assert view.sitting.answers == ()


def test_a_quiz_can_be_stopped_half_way_and_another_one_chosen() -> None:
    """A quiz that was given, as in a review or a notebook, has nothing else to choose."""
    view = begun(Mode.GRADED)
    answer(view, 0)
    assert view.progress_store.items
    assert view.stop.layout.display == ""
    view.stop.click()
    assert (view.showing, view.sitting, view.progress_store.items) == ("start", None, {})
    assert view.stop.layout.display == "none"
    assert ask("calling", seed="three").stop.layout.display == "none"


def test_practice_gives_feedback_at_once_but_hides_the_other_options_for_another_try() -> None:
    view = begun(Mode.PRACTICE)
    question = present(view)
    answer(view, worst(question), Sureness.FAIRLY_SURE)
    assert "you were fairly sure" in view.card.value
    assert question.options[worst(question)].reason in "".join(Text(view.card.value).said)
    assert "All the options" not in view.card.value
    assert visible(view) == ["Try again", "Show all the options", "Next question"]
    offered: list[list[str]] = []
    view.choices.layout.observe(lambda _: offered.append(view.choices.labels), "display")
    view.again.click()
    assert question.options[worst(question)].says not in visible(view)
    assert offered == [[option.says for n, option in enumerate(question.options) if n != worst(question)]]
    view.choices.click(str(question.best))
    assert "another try; your grade stays the same" in view.card.value
    assert "All the options" in view.card.value
    assert visible(view) == ["Next question"]
    view.onward.click()
    assert "Question 2 of 5" in view.board.value


def test_a_learner_who_does_not_try_again_can_see_all_the_options() -> None:
    view = begun(Mode.PRACTICE)
    answer(view, worst(present(view)))
    view.reveal.click()
    assert "All the options" in view.card.value
    assert "svg" in Text(view.card.value).elements
    assert visible(view) == ["Next question"]


def test_the_timeline_stands_above_the_situation() -> None:
    view = begun(Mode.PRACTICE)
    question = present(view)
    drawn = view.board.value
    assert drawn.index("pp-timeline") < drawn.index("pp-passage")
    assert question.situation.date(question.situation.now) in drawn
    answer(view, question.best)
    assert "pp-timeline" not in view.card.value, "it is still on the board"


def test_how_we_read_a_rule_is_said_once_in_a_sitting() -> None:
    """Later answers that rest on the same reading do without it, another try too."""
    read = 0
    for seed in ("a", "b", "c", "d"):
        view, known = QuizView(quiz=Quiz.draw(seed, 20)), set[str]()
        while view.showing == "question":
            question = present(view)
            number = question.best if len(known) % 2 else worst(question)
            view.choices.click(str(number))
            view.sure.click("GUESS")
            reading = question.options[number].assessment.decisive.template.reading
            assert ("Our reading" in view.card.value) == bool(reading and reading not in known)
            read += "Our reading" in view.card.value
            known.add(reading)
            view.onward.click()
    assert read


def test_every_screen_has_a_heading_of_the_page_above_its_own() -> None:
    view = begun(Mode.PRACTICE)
    headings = [each for each in Text(view.board.value).elements if each in ("h2", "h3", "h4")]
    assert headings == ["h2", "h3", "h4"]
    finish(view, well=True)
    assert Text(view.board.value).elements == ["h2"]
    assert "h3" in Text(view.card.value).elements


def test_a_quiz_is_judged_by_the_policy_of_where_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    within = policies()["thanks-within-a-day"]
    file = next(path for path in library_files("policies") if load_policy(path) == within)
    monkeypatch.setenv("ETIQUETTE_POLICY", str(file))
    assert begun(Mode.PRACTICE).policy == within
    asked = ask("thank-you")
    assert asked.sitting is not None
    assert asked.sitting.quiz.policy == within


def test_a_failed_quiz_has_no_certificate() -> None:
    view = begun(Mode.GRADED)
    finish(view, well=False)
    assert "You didn’t pass this time" in view.card.value
    assert "Sure, but wrong" in view.card.value
    assert view.certificate.layout.display == "none"
    view.another.click()
    assert view.showing == "start"


def test_a_result_is_kept_before_it_shows() -> None:
    """Otherwise a learner who reloads the page on seeing the result would lose it."""
    happened: list[str] = []
    view = begun(Mode.GRADED)
    view.progress_store.observe(lambda _: happened.append("kept"), "progress")
    view.card.observe(lambda change: happened.append("shown") if "You didn’t pass" in change.new else None, "value")
    finish(view, well=False)
    assert happened == ["kept", "shown"]


def test_a_second_tap_counts_once() -> None:
    view = begun(Mode.GRADED)
    view.choices.click("0")
    view.choices.click("1")
    view.sure.click("GUESS")
    view.sure.click("GUESS")
    assert view.sitting is not None
    assert [given.option for given in view.sitting.answers] == [0]
    assert view.notice.value == ""


def test_every_button_is_safe_in_every_state() -> None:
    """A click on a button that should be hidden by now does no harm."""
    view = QuizView("five")
    clickable: list[Button] = [*view.starts.children[1].children]
    clickable += [view.rethink, view.again, view.reveal, view.onward, view.another]
    for _ in range(40):
        clicks = [each.click for each in clickable]
        clicks += [partial(view.choices.click, str(n)) for n in range(MOST_OPTIONS)]
        clicks += [partial(view.sure.click, each.name) for each in Sureness]
        for click in clicks:
            click()
            assert view.notice.value == ""


def test_a_tap_on_a_question_that_has_gone_is_not_taken_for_an_answer_to_the_next() -> None:
    """Nor is how sure somebody was of another choice. It is said in a sentence."""
    view = begun(Mode.GRADED)
    first = view.choices.state
    view.choices.click("0")
    for click in (partial(view.choices.click, "1"), partial(view.sure.click, "SURE", "another")):
        click()
    assert view.showing == "sureness"
    assert "already moved on" in view.notice.value
    view.sure.click("GUESS")
    view.choices.click("1", first)
    assert "already moved on, so that answer wasn’t taken" in view.notice.value
    assert view.sitting is not None
    assert len(view.sitting.answers) == 1
    assert buttons(view.sure) == []


def test_ask_offers_new_questions_on_one_guideline_again_and_again() -> None:
    view = ask("calling", seed="three")
    assert view.sitting is not None
    assert view.sitting.quiz == Quiz.draw("three", 3, ARTICLE, guideline="calling")
    finish(view, well=True)
    assert view.another.description == "Three new questions"
    view.another.click()
    assert {question.guideline for question in view.sitting.quiz.questions} == {"calling"}
    assert view.sitting.quiz.seed != "three"


def test_ask_without_a_guideline_covers_them_all() -> None:
    view = ask(number=5)
    assert view.sitting is not None
    assert len({question.guideline for question in view.sitting.quiz.questions}) == 4
    with pytest.raises(ValueError, match="there are references, thank-you, calling, principle"):
        ask("thanks")


def test_a_page_can_share_its_announcer() -> None:
    announcer = Announcer()
    assert announcer not in QuizView(announcer=announcer).children
    alone = QuizView()
    assert alone.announcer in alone.children


def test_the_certificate_says_what_was_tested_under_which_policy_when_and_how_to_check_it() -> None:
    """It is a complete document that loads nothing."""
    written = certificate(answered(FIVE, Mode.GRADED, well=True), "Zoë Ünal", TODAY)
    assert written.startswith("<!doctype html>")
    assert "@page { size: A4;" in written
    assert "http" not in written
    assert "script" not in Text(written).elements
    said = " ".join(Text(written).said)
    for expected in (
        "Zoë Ünal",
        "25 November 2026",
        "graded quiz of 5 questions",
        ARTICLE.source,
        FIVE.version,
        "QuizView(seed='five')",
    ):
        assert expected in said
    within = policies()["thanks-within-a-day"]
    other = answered(Quiz.draw("six", 5, within), Mode.GRADED, well=True)
    assert "policy=policies()['thanks-within-a-day']" in " ".join(Text(certificate(other, "", TODAY)).said)
    ours = answered(Quiz.draw("six", 5, replace(within, id="ours", title="Ours")), Mode.GRADED, well=True)
    assert "policy=load_policy(Path('ours.yaml'))" in " ".join(Text(certificate(ours, "", TODAY)).said)


def test_a_practice_quiz_has_no_certificate() -> None:
    with pytest.raises(ValueError, match="only a graded quiz"):
        certificate(answered(FIVE, Mode.PRACTICE, well=True), "", TODAY)


@pytest.mark.parametrize("name", [NASTY, "<script>alert(1)</script>", "‮evil", "a\x00b\nc\td", "😀" * 500, ""])
def test_a_name_on_the_certificate_is_never_treated_as_markup(name: str) -> None:
    view = begun(Mode.GRADED, today=lambda: TODAY)
    finish(view, well=True)
    view.name.value = name
    document = base64.b64decode(view.link.href.removeprefix("data:text/html;base64,")).decode()
    assert {"img", "script"}.isdisjoint(Text(document).elements)
    assert clean_name(name) in Text(document).said or not clean_name(name)
    assert len(clean_name(name)) <= LONGEST_NAME
    assert clean_name(name).isprintable()


def test_nothing_in_a_question_is_treated_as_markup() -> None:
    def nasty(question: Question) -> Question:
        return replace(question, story=NASTY, options=tuple(replace(each, says=NASTY) for each in question.options))

    quiz = replace(FIVE, questions=tuple(nasty(question) for question in FIVE.questions))
    view = QuizView(quiz=quiz)
    drawn = [view.board.value]
    while view.showing == "question":
        view.choices.click("0")
        drawn.append(view.card.value)
        view.sure.click("GUESS")
        view.reveal.click()
        drawn += [view.board.value, view.card.value]
        view.onward.click()
    drawn.append(view.card.value)
    assert all(NASTY in "".join(Text(markup).said) for markup in drawn)
    assert not any("img" in Text(markup).elements for markup in drawn)


def test_the_confidence_chart_has_a_text_alternative_and_is_to_scale() -> None:
    sitting = answered(FIVE, Mode.GRADED, well=True, sureness=Sureness.GUESS)
    drawn = confidence_chart(sitting.debrief().results)
    assert "References: right 100, sure 30." in drawn
    assert drawn.count('class="pp-sure" cx="31.6%"') == len(sitting.debrief().results)
    assert "better than you thought" in quiz_debrief(sitting, "heading")


def test_sure_but_mistaken_answers_are_listed_with_the_guideline_they_miss() -> None:
    sitting = answered(FIVE, Mode.GRADED, well=False)
    said = [each.strip() for each in Text(quiz_debrief(sitting, "heading")).said]
    for number in sitting.debrief().mistaken_though_sure:
        option = FIVE.questions[number].options[sitting.answers[number].option]
        at = said.index(f"Question {number + 1}: {option.says}")
        assert said[at + 1] == GUIDELINE_SENTENCES[option.assessment.guideline]
