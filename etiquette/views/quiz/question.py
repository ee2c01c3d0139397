"""How a question of the quiz is drawn: its situation, the feedback on an answer, and finally all of its options."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.practice import Answer, Question, Sitting, Sureness
from etiquette.views.controls import badge, feedback_card, paragraphs, timeline

SURENESS_LABELS = {Sureness.GUESS: "It’s a guess", Sureness.FAIRLY_SURE: "Fairly sure", Sureness.SURE: "Sure"}
SURENESS_PHRASES = {
    Sureness.GUESS: "you were guessing",
    Sureness.FAIRLY_SURE: "you were fairly sure",
    Sureness.SURE: "you were sure",
}


def question_card(question: Question, title: str, heading: str) -> Markup:
    """The question and its situation; `title` is the text of its heading, `heading` its `data-id`."""
    return Markup('<h3 class="pp-when" data-id="{}" tabindex="-1">{}</h3>{}<h4>What would you do?</h4>').format(
        heading, title, _situation(question)
    )


def _situation(question: Question) -> Markup:
    """The timeline, and the situation in words below it."""
    return Markup('{}<div class="pp-passage">{}</div>').format(timeline(question.situation), paragraphs(question.story))


def answer_feedback(sitting: Sitting, heading: str) -> Markup:
    """The feedback on the last answer or, if there was one, on the last try after it."""
    question, answer = sitting.quiz.questions[len(sitting.answers) - 1], sitting.answers[-1]
    *earlier, number = answer.option, *answer.retries
    option = question.options[number]
    aside = "another try; your grade stays the same" if earlier else SURENESS_PHRASES[answer.sureness]
    return feedback_card(
        option.assessment,
        heading,
        aside,
        option.says,
        reason=option.reason,
        with_reading=option.assessment.decisive.template.reading not in _readings_shown(sitting),
    )


def _readings_shown(sitting: Sitting) -> set[str]:
    """The readings in the feedback on everything chosen before the last choice: nobody needs one twice in a sitting."""
    chosen = [
        question.options[number].assessment.decisive.template.reading
        for question, answer in zip(sitting.quiz.questions, sitting.answers, strict=False)
        for number in (answer.option, *answer.retries)
    ]
    return set(chosen[:-1])


def all_options(question: Question, answer: Answer) -> Markup:
    """All options with their verdicts and reasons, best first."""
    ranked = sorted(range(len(question.options)), key=lambda number: -question.options[number].credit)
    return Markup('<div class="pp-answers"><h4>All the options</h4><ol>{}</ol></div>').format(
        Markup("").join(_option(question, number, answer) for number in ranked)
    )


def _option(question: Question, number: int, answer: Answer) -> Markup:
    option = question.options[number]
    marks = (
        "your answer" if number == answer.option else "your next try" if number in answer.retries else "",
        "the best option" if number == question.best else "",
    )
    return Markup(
        '<li><p class="pp-judged">{} <b>{}</b> <span class="pp-muted">out of 100{}</span></p><p>{}</p>'
        '<p class="pp-muted">{}</p></li>'
    ).format(
        badge(option.assessment.verdict),
        option.credit,
        "".join(f" · {mark}" for mark in marks if mark),
        option.says,
        option.reason,
    )


def folded_question(sitting: Sitting, number: int) -> Markup:
    """An answered question, folded away under its number and what its answer adds to the grade."""
    question, answer = sitting.quiz.questions[number], sitting.answers[number]
    return Markup('<details class="pp-earlier"><summary>Question {}: {} out of 100, {}</summary>{}{}</details>').format(
        number + 1,
        sitting.share(number),
        SURENESS_PHRASES[answer.sureness],
        _situation(question),
        all_options(question, answer),
    )
