"""Choosing questions from the quiz: one that you have read, or several at random."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from ipywidgets import HTML, HBox
from markupsafe import Markup

from etiquette.judge import GUIDELINE_TITLES, Policy
from etiquette.practice import Quiz
from etiquette.room import Prompt
from etiquette.views.controls import Announcer, ButtonGroup, GroupButton, Notice, View, choice_field
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
        self.added, self.buttons = 0, ButtonGroup(notice, self._clicked, "pp-row-buttons", "Add a quiz")
        super().__init__([HBox([self.guideline, self.length]).add_class("pp-pair"), self.buttons], "pp-form")
        self._draw()

    def _draw(self) -> None:
        self.buttons.draw(f"{self.added}", [GroupButton("add", "Add these questions", look="pp-secondary")])

    def _clicked(self, _: str, state: str) -> None:
        if state == self.buttons.state:
            self.added += 1
            self._draw()
            self.on_add(_draw_quiz(int(self.length.text), self.policy, self.guideline.text))


class QuestionPicker(View):
    """One question, shown with its options and the best answer. `on_add` is called with a quiz of this one."""

    def __init__(self, policy: Policy, on_add: Callable[[Quiz], None], notice: Notice, announcer: Announcer) -> None:
        self.policy, self.on_add, self.announcer = policy, on_add, announcer
        self.guideline = choice_field("A question about", GUIDELINE_CHOICES)
        self.guideline.control.observe(lambda _: self._draw(), "value")
        self.text = HTML()
        self.buttons = ButtonGroup(notice, self._clicked, "pp-row-buttons", "This question")
        super().__init__([self.guideline, self.text, self.buttons], "pp-form")
        self._draw()

    def _clicked(self, name: str, state: str) -> None:
        if state != self.buttons.state:
            return
        shown = self.quiz
        self._draw()
        if name == "add":
            self.on_add(shown)
        else:
            self.focus_on("question", "Here’s another question.")

    def _draw(self) -> None:
        self.quiz = _draw_quiz(1, self.policy, self.guideline.text)
        self.text.value = Markup('<div class="pp-card" data-id="{}" tabindex="-1">{}</div>').format(
            self.element_id("question"), question_text(Prompt.of_question(self.quiz.questions[0]))
        )
        another = GroupButton("another", "Another one", look="pp-secondary")
        self.buttons.draw(self.quiz.seed, [another, GroupButton("add", "Add this question", look="pp-secondary")])


def _draw_quiz(length: int, policy: Policy, guideline: str) -> Quiz:
    return Quiz.draw(secrets.token_hex(4), length, policy, guideline)
