"""A question of the facilitator's own, of which they mark the right answer."""

from __future__ import annotations

from collections.abc import Callable

from ipywidgets import HTML, VBox
from markupsafe import Markup

from etiquette.room import MOST_OPTIONS, FreeQuestion, RoomError
from etiquette.views.controls import Announcer, ButtonGroup, GroupButton, Notice, View, choice_field, text_field
from etiquette.views.room.preparation.long_field import long_field

LETTERS = "ABCDEF"[:MOST_OPTIONS]


class FreeQuestionForm(View):
    """The form. `on_add` is called with the question, and the form is empty again."""

    def __init__(self, on_add: Callable[[FreeQuestion], None], notice: Notice, announcer: Announcer) -> None:
        self.on_add, self.announcer = on_add, announcer
        self.asks = long_field("Your question")
        self.options = [text_field(f"Option {letter}") for letter in LETTERS]
        self.right = choice_field("The right answer", {"": "Choose one", **dict(zip(LETTERS, LETTERS, strict=True))})
        self.why = long_field("Why it’s right (you can leave this empty)")
        self.problem = HTML()
        self.added, self.buttons = 0, ButtonGroup(notice, self._clicked, "pp-row-buttons", "Your question")
        about = HTML('<p class="pp-muted">You say which answer is right. Leave any options you don’t need empty.</p>')
        options = VBox(self.options)
        super().__init__([about, self.asks, options, self.right, self.why, self.problem, self.buttons], "pp-form")
        self._draw()

    def question(self) -> FreeQuestion:
        """The question that has been entered. Raises `RoomError` if something is missing."""
        typed = {letter: field.text.strip() for letter, field in zip(LETTERS, self.options, strict=True)}
        given = {letter: says for letter, says in typed.items() if says}
        right = list(given).index(self.right.text) if self.right.text in given else -1
        return FreeQuestion(self.asks.text.strip(), tuple(given.values()), right, self.why.text.strip())

    def _draw(self) -> None:
        self.buttons.draw(f"{self.added}", [GroupButton("add", "Add your question", look="pp-secondary")])

    def _clicked(self, _: str, state: str) -> None:
        if state != self.buttons.state:
            return
        try:
            question = self.question()
        except RoomError as error:
            self.problem.value = Markup('<p class="pp-problem" data-id="{}" tabindex="-1">{}</p>').format(
                self.element_id("problem"), error
            )
            self.focus_on("problem", str(error))
            return
        self.problem.value = ""
        self.added += 1
        self._draw()
        for field in (self.asks, *self.options, self.right, self.why):
            field.text = ""
        self.on_add(question)
