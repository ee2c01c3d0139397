"""A quiz in GIFT, Moodle's text format for questions, which other platforms read too.

Moodle describes it at https://docs.moodle.org/en/GIFT_format.
"""

from __future__ import annotations

from etiquette.practice.moodle_grades import MOODLE_GRADES, nearest_moodle_grade, rounding_loss
from etiquette.practice.questions import Question
from etiquette.practice.quiz import Quiz
from etiquette.practice.quiz_file import (
    PROMPT,
    QuizFile,
    losses_of_all_formats,
    option_feedback,
    question_feedback,
    timeline_lines,
)

ESCAPES = str.maketrans({character: f"\\{character}" for character in "\\~=#{}:"} | {"\n": "\\n"})


def quiz_as_gift(quiz: Quiz) -> QuizFile:
    """The quiz as text, with a blank line between questions."""
    content = "\n".join(_question(question) for question in quiz.questions)
    losses = (*losses_of_all_formats(quiz.questions), *rounding_loss(quiz.questions))
    return QuizFile(content.encode(), (*losses, "GIFT has no setting for the order of options: Moodle shuffles them."))


def _question(question: Question) -> str:
    text = "\n\n".join([question.story, "\n".join(f"- {line}" for line in timeline_lines(question)), PROMPT])
    lines = [
        f"::{_escaped(question.id)}::[plain]{_escaped(text)}{{",
        *(f"\t{_option(question, number)}" for number in range(len(question.options))),
        f"\t####{_escaped(question_feedback(question))}",
        "}",
    ]
    return "".join(f"{line}\n" for line in lines)


def _option(question: Question, number: int) -> str:
    """The best option begins with '=': that makes it a question with one answer to choose."""
    option, grade = question.options[number], nearest_moodle_grade(question.share(number))
    mark = "=" if number == question.best else f"~%{MOODLE_GRADES[grade]}%"
    return f"{mark}{_escaped(option.says)}#{_escaped(option_feedback(option))}"


def _escaped(text: str) -> str:
    """The text in one line. Arrows of two characters have no escape: some readers take them for matching."""
    return text.replace("->", "→").translate(ESCAPES)
