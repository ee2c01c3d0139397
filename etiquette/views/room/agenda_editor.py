"""The editor in which a facilitator plans the agenda of a session."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import partial

from ipywidgets import HTML, HBox, VBox
from markupsafe import Markup

from etiquette.judge import GUIDELINE_TITLES, Policy
from etiquette.practice import Quiz
from etiquette.room import Agenda, AgendaPart, FreeQuestion, JudgedQuestion, Play, RoomError
from etiquette.stories import Scenario
from etiquette.views.controls import Looks, Notice, button, choice_field, close_all

QUIZ_LENGTHS = (1, 3, 5, 10)  # questions
ALL_GUIDELINES = ""


class AgendaEditor(VBox):
    """The `parts` of the agenda so far. `on_open` is called with the agenda when the facilitator opens the room."""

    def __init__(
        self, scenarios: Mapping[str, Scenario], policy: Policy, on_open: Callable[[Agenda], None], notice: Notice
    ) -> None:
        self.scenarios, self.policy, self.on_open, self.notice = scenarios, policy, on_open, notice
        self.parts: tuple[AgendaPart, ...] = ()
        self.guideline = choice_field("Questions about", {ALL_GUIDELINES: "all guidelines", **GUIDELINE_TITLES})
        self.length = choice_field("How many", {str(n): str(n) for n in QUIZ_LENGTHS})
        self.length.text = "5"
        self.scenario = choice_field("Story", {name: scenario.title for name, scenario in scenarios.items()})
        actions = {
            "Add these questions": self._add_quiz,
            "Add it for the whole room": lambda: self._add(Play(self._chosen_scenario)),
            "Add it for each person separately": lambda: self._add(Play(self._chosen_scenario, together=False)),
        }
        self.add_buttons = {
            label: button(notice, add, "pp-secondary", description=label) for label, add in actions.items()
        }
        add_quiz, *add_story = self.add_buttons.values()
        quiz = HBox([self.guideline, self.length]).add_class("pp-pair")
        story = HBox(add_story).add_class("pp-leave")
        self.rows, self.problem = VBox([]).add_class("pp-program"), HTML()
        self.open_room = button(notice, self._open, "pp-primary", description="Open the room")
        heading = HTML(Markup("<h3>Plan your session</h3>"))
        super().__init__([heading, quiz, add_quiz, self.scenario, story, self.rows, self.problem, self.open_room])
        self.add_class("pp-form")
        self._draw()

    @property
    def _chosen_scenario(self) -> Scenario:
        return self.scenarios[self.scenario.text]

    def _add(self, part: AgendaPart) -> None:
        self.parts += (part,)
        self._draw()

    def _add_quiz(self) -> None:
        length = int(self.length.text)
        self._add(Quiz.draw(secrets.token_hex(4), length, self.policy, self.guideline.text))

    def _remove(self, number: int) -> None:
        self.parts = self.parts[:number] + self.parts[number + 1 :]
        self._draw()

    def _open(self) -> None:
        try:
            agenda = Agenda(self.parts, self.policy)
        except RoomError as error:
            self._say(str(error))
        else:
            self.on_open(agenda)

    def _draw(self) -> None:
        self._say("")
        close_all(*self.rows.children)
        looks = Looks() if self.parts else None
        labels = [f"{number}. {_part_label(part)} – remove" for number, part in enumerate(self.parts, start=1)]
        self.rows.children = [
            button(self.notice, partial(self._remove, number), "pp-back", description=label, looks=looks)
            for number, label in enumerate(labels)
        ]

    def _say(self, sentence: str) -> None:
        self.problem.value = Markup('<p class="pp-problem" role="alert">{}</p>').format(sentence) if sentence else ""


def _part_label(part: AgendaPart) -> str:
    match part:
        case Quiz():
            about = GUIDELINE_TITLES[part.guideline].lower() if part.guideline else "all guidelines"
            return f"{len(part.questions)} question{'s' * (len(part.questions) != 1)} about {about}"
        case FreeQuestion() | JudgedQuestion():
            return f"Your question: “{part.asks}”"
        case Play():
            return f"“{part.scenario.title}”, {'the room plays together' if part.together else 'everyone plays alone'}"
