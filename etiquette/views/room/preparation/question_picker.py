"""Choosing questions from the quiz: one that you have read, or several at random."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from ipywidgets import HTML, HBox
from markupsafe import Markup

from etiquette.judge import GUIDELINE_TITLES, Policy
from etiquette.practice import Quiz
from etiquette.room import Prompt
from etiquette.views.controls import Announcer, Notice, View, button, choice_field
from etiquette.views.room.preparation.descriptions import question_text

QUIZ_LENGTHS = (1, 3, 5, 10)  # questions
ALL_GUIDELINES = ""
GUIDELINE_CHOICES = {ALL_GUIDELINES: "all guidelines", **GUIDELINE_TITLES}


class QuizPicker(View):
    """Several questions at random. `on_add` is called with a quiz."""

    def __init__(self, policy: Policy, on_add: Callable[[Quiz], None], notice: Notice, announcer: Announcer) -> None:
        self.policy, self.on_add, self.announcer = policy, on_add, announcer
        self.guideline = choice_field("Questions about", GUIDELINE_CHOICES)
        self.length = choice_field("How many", {str(n): str(n) for n in QUIZ_LENGTHS})
        self.length.text = "5"
        self.add = button(notice, self._add, "pp-secondary", description="Add these questions")
        super().__init__([HBox([self.guideline, self.length]).add_class("pp-pair"), self.add], "pp-form")

    def _add(self) -> None:
        self.on_add(_draw_quiz(int(self.length.text), self.policy, self.guideline.text))


class QuestionPicker(View):
    """One question, shown with its options and the best answer. `on_add` is called with a quiz of this one."""

    def __init__(self, policy: Policy, on_add: Callable[[Quiz], None], notice: Notice, announcer: Announcer) -> None:
        self.policy, self.on_add, self.announcer = policy, on_add, announcer
        self.guideline = choice_field("A question about", GUIDELINE_CHOICES)
        self.guideline.control.observe(lambda _: self._draw(), "value")
        self.text = HTML()
        self.another = button(notice, self._another, "pp-secondary", description="Another one")
        self.add = button(notice, self._add, "pp-secondary", description="Add this question")
        actions = HBox([self.another, self.add]).add_class("pp-leave")
        super().__init__([self.guideline, self.text, actions], "pp-form")
        self._draw()

    def _add(self) -> None:
        self.on_add(self.quiz)
        self._draw()

    def _another(self) -> None:
        self._draw()
        self.focus_on("question", "Here’s another question.")

    def _draw(self) -> None:
        self.quiz = _draw_quiz(1, self.policy, self.guideline.text)
        self.text.value = Markup('<div class="pp-card" data-id="{}" tabindex="-1">{}</div>').format(
            self.element_id("question"), question_text(Prompt.of_question(self.quiz.questions[0]))
        )


def _draw_quiz(length: int, policy: Policy, guideline: str) -> Quiz:
    return Quiz.draw(secrets.token_hex(4), length, policy, guideline)
