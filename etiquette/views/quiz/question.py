"""How a question of the quiz is drawn: its story, the verdict on a choice, and in the end every option."""

from __future__ import annotations

from markupsafe import Markup

from etiquette.practice import Answer, Question, Sitting, Sureness
from etiquette.views.controls import badge, feedback_card, paragraphs, timeline

SURENESS_LABELS = {Sureness.GUESS: "It’s a guess", Sureness.FAIRLY_SURE: "Fairly sure", Sureness.SURE: "Sure"}
YOU_WERE = {
    Sureness.GUESS: "you were guessing",
    Sureness.FAIRLY_SURE: "you were fairly sure",
    Sureness.SURE: "you were sure",
}


def asked(question: Question, where: str, heading: str) -> Markup:
    """The story and the question, under a heading with this id that says `where` in the quiz we are."""
    return Markup(
        '<h3 class="pp-when" id="{}" tabindex="-1">{}</h3><div class="pp-passage">{}</div><h4>What would you do?</h4>'
    ).format(heading, where, paragraphs(question.story))


def judged(question: Question, number: int, given: Answer, heading: str) -> Markup:
    """The verdict on the option with this number, chosen first or on another try."""
    option = question.options[number]
    again = number != given.option
    credit = Markup("<b>{}</b> of 100 credit · {}").format(
        option.credit,
        "another try, which does not change your score" if again else YOU_WERE[given.sureness],
    )
    lines = [
        Markup('<p class="pp-chosen"><span>You chose</span> {}</p>').format(option.says),
        Markup('<p class="pp-reason">{}</p>').format(option.assessment.reason),
    ]
    return feedback_card(option.assessment, heading, credit, lines)


def answers(question: Question, given: Answer) -> Markup:
    """Every option with its verdict and reason, the best first, and the situation drawn to scale."""
    ranked = sorted(range(len(question.options)), key=lambda number: -question.options[number].credit)
    return Markup('<div class="pp-answers"><h4>All the options</h4><ol>{}</ol>{}</div>').format(
        Markup("").join(_option(question, number, given) for number in ranked), timeline(question.situation)
    )


def _option(question: Question, number: int, given: Answer) -> Markup:
    option = question.options[number]
    marks = (
        "your answer" if number == given.option else "your next try" if number in given.retries else "",
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


def folded(sitting: Sitting, number: int) -> Markup:
    """A question that has been answered, folded away under its number and what the answer was worth."""
    question, given = sitting.quiz.questions[number], sitting.answers[number]
    return Markup('<details class="pp-earlier"><summary>Question {}: {} of 100, {}</summary>{}{}</details>').format(
        number + 1,
        sitting.share(number),
        YOU_WERE[given.sureness],
        paragraphs(question.story),
        answers(question, given),
    )
