"""What can be added to a session: a quiz, a story, one question, or the facilitator's own question."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ipywidgets import HTML, VBox

from etiquette.judge import Policy
from etiquette.room import AgendaPart, FreeQuestion, JudgedQuestion
from etiquette.stories import Scenario
from etiquette.views.controls import Announcer, ButtonGroup, GroupButton, Notice, View
from etiquette.views.room.preparation.free_question_form import FreeQuestionForm
from etiquette.views.room.preparation.judged_question_form import JudgedQuestionForm
from etiquette.views.room.preparation.question_picker import QuestionPicker, QuizPicker
from etiquette.views.room.preparation.story_picker import StoryPicker

LABELS = {
    "quiz": "Add a quiz",
    "story": "Add a story",
    "question": "Add a question",
    "free": "Write your own question",
    "judged": "Write a question with a situation",
}


class Additions(View):
    """Buttons that choose what to add, and the panel of the chosen one. `on_add` is called with the new part,
    `on_replace` with a question that has been edited, as it was and as it is.

    `panels` are created when they are first shown.
    """

    def __init__(
        self,
        scenarios: Mapping[str, Scenario],
        policy: Policy,
        on_add: Callable[[AgendaPart], None],
        on_replace: Callable[[AgendaPart, AgendaPart], None],
        notice: Notice,
        announcer: Announcer,
    ) -> None:
        self.scenarios, self.policy, self.on_add, self.on_replace = scenarios, policy, on_add, on_replace
        self.notice, self.announcer = notice, announcer
        self.panels: dict[str, View] = {}
        self.choose = ButtonGroup(notice, lambda name, _: self.show(name), "pp-row-buttons", "What to add")
        self.shown = VBox()
        super().__init__([HTML("<h3>Add to your session</h3>"), self.choose, self.shown])
        self.show("quiz")

    def show(self, name: str) -> View:
        """Show this panel, and return it."""
        if name not in self.panels:
            self.panels[name] = self._panel(name)
            self.shown.children = (*self.shown.children, self.panels[name])
        for other, panel in self.panels.items():
            panel.layout.display = "" if other == name else "none"
        self.choose.draw(
            name, [GroupButton(each, label, chosen=each == name, look="pp-step") for each, label in LABELS.items()]
        )
        return self.panels[name]

    def edit(self, part: AgendaPart) -> None:
        """Put a question of the facilitator's own back into its form."""
        match part:
            case FreeQuestion():
                free = self.show("free")
                assert isinstance(free, FreeQuestionForm)
                free.edit(part)
            case JudgedQuestion():
                judged = self.show("judged")
                assert isinstance(judged, JudgedQuestionForm)
                judged.edit(part)

    def _panel(self, name: str) -> View:
        shared = (self.on_add, self.notice, self.announcer)
        match name:
            case "story":
                return StoryPicker(self.scenarios, self.policy, *shared)
            case "question":
                return QuestionPicker(self.policy, *shared)
            case "free":
                return FreeQuestionForm(self.on_add, self.on_replace, self.notice, self.announcer)
            case "judged":
                return JudgedQuestionForm(self.policy, self.on_add, self.on_replace, self.notice, self.announcer)
            case _:
                return QuizPicker(self.policy, *shared)
