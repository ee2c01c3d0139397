"""How a question of the quiz is drawn: its story, the feedback on an answer, and finally all of its options."""

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
    """The question and its story; `title` is the text of its heading, `heading` the id."""
    return Markup(
        '<h3 class="pp-when" id="{}" tabindex="-1">{}</h3><div class="pp-passage">{}</div><h4>What would you do?</h4>'
    ).format(heading, title, paragraphs(question.story))


def answer_feedback(question: Question, number: int, answer: Answer, heading: str) -> Markup:
    """The feedback on the option with this number, which is the answer or a later try."""
    option = question.options[number]
    aside = "another try, which does not change your score"
    if number == answer.option:
        aside = SURENESS_PHRASES[answer.sureness]
    return feedback_card(option.assessment, heading, aside, option.says)


def all_options(question: Question, answer: Answer) -> Markup:
    """All options with their verdicts and reasons, best first, and the situation's timeline."""
    ranked = sorted(range(len(question.options)), key=lambda number: -question.options[number].credit)
    return Markup('<div class="pp-answers"><h4>All the options</h4><ol>{}</ol>{}</div>').format(
        Markup("").join(_option(question, number, answer) for number in ranked), timeline(question.situation)
    )


def _option(question: Question, number: int, answer: Answer) -> Markup:
    option = question.options[number]
    marks = (
        "your answer" if number == answer.option else "your next try" if number in answer.retries else "",
        "the best" if number == question.best else "",
    )
    return Markup(
        '<li><p class="pp-judged">{} <b>{}</b> <span class="pp-muted">of 100{}</span></p><p>{}</p>'
        '<p class="pp-muted">{}</p></li>'
    ).format(
        badge(option.assessment.verdict),
        option.credit,
        "".join(f" · {mark}" for mark in marks if mark),
        option.says,
        option.assessment.reason,
    )


def folded_question(sitting: Sitting, number: int) -> Markup:
    """An answered question, folded away under its number and the credit of its answer."""
    question, answer = sitting.quiz.questions[number], sitting.answers[number]
    return Markup('<details class="pp-earlier"><summary>Question {}: {} of 100, {}</summary>{}{}</details>').format(
        number + 1,
        sitting.share(number),
        SURENESS_PHRASES[answer.sureness],
        paragraphs(question.story),
        all_options(question, answer),
    )
