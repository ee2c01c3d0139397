"""A quiz as plain text, to print on paper: the questions first, the answers at the end."""

from __future__ import annotations

from string import ascii_lowercase
from textwrap import fill

from etiquette.practice.questions import Question
from etiquette.practice.quiz import Quiz
from etiquette.practice.quiz_file import PROMPT, QuizFile, option_feedback, question_feedback, timeline_lines

WIDTH = 80


def quiz_as_text(quiz: Quiz) -> QuizFile:
    """The quiz, with lettered options."""
    questions = "\n\n".join(_question(number, question) for number, question in enumerate(quiz.questions, start=1))
    answers = "\n\n".join(_answer(number, question) for number, question in enumerate(quiz.questions, start=1))
    return QuizFile(f"{questions}\n\n\nAnswers\n\n{answers}\n".encode())


def _question(number: int, question: Question) -> str:
    story = "\n\n".join(_hanging("", part) for part in question.story.split("\n\n"))
    timeline = "\n".join(_hanging("  - ", line) for line in timeline_lines(question))
    options = _lettered([option.says for option in question.options])
    return f"Question {number}\n\n{story}\n\n{timeline}\n\n{PROMPT}\n\n{options}"


def _answer(number: int, question: Question) -> str:
    feedback = _lettered([option_feedback(option) for option in question.options])
    guideline = _hanging("  ", question_feedback(question))
    return f"Question {number}: {ascii_lowercase[question.best]})\n{feedback}\n{guideline}"


def _lettered(texts: list[str]) -> str:
    return "\n".join(_hanging(f"  {ascii_lowercase[number]}) ", text) for number, text in enumerate(texts))


def _hanging(start: str, text: str) -> str:
    """The text in lines that begin below the first word after `start`."""
    return fill(text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False)
