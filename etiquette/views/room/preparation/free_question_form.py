"""A question of the facilitator's own, of which they mark the right answer."""

from __future__ import annotations

from collections.abc import Callable

from ipywidgets import HTML, VBox
from markupsafe import Markup

from etiquette.room import MOST_OPTIONS, FreeQuestion, RoomError
from etiquette.views.controls import Announcer, ButtonGroup, GroupButton, Notice, View, choice_field, text_field
from etiquette.views.room.preparation.long_field import long_field

LETTERS = "ABCDEF"[:MOST_OPTIONS]
ABOUT = Markup(
    '<p class="pp-muted" data-id="{}" tabindex="-1">You say which answer is right. Leave the options that you don’t '
    "need empty.</p>"
)


class FreeQuestionForm(View):
    """The form. `on_add` is called with the question, and the form is empty again.

    While a question is `edited`, `on_replace` is called instead, with the old one and the new one.
    """

    def __init__(
        self,
        on_add: Callable[[FreeQuestion], None],
        on_replace: Callable[[FreeQuestion, FreeQuestion], None],
        notice: Notice,
        announcer: Announcer,
    ) -> None:
        self.on_add, self.on_replace, self.announcer = on_add, on_replace, announcer
        self.edited: FreeQuestion | None = None
        self.asks = long_field("Your question")
        self.options = [text_field(f"Option {letter}") for letter in LETTERS]
        self.right = choice_field("The right answer", {"": "Choose one", **dict(zip(LETTERS, LETTERS, strict=True))})
        self.why = long_field("Why it’s right (you can leave this empty)")
        self.problem = HTML()
        self.added, self.buttons = 0, ButtonGroup(notice, self._clicked, "pp-row-buttons", "Your question")
        about = HTML()
        options = VBox(self.options)
        super().__init__([about, self.asks, options, self.right, self.why, self.problem, self.buttons], "pp-form")
        about.value = ABOUT.format(self.element_id("about"))
        self._draw()

    def question(self) -> FreeQuestion:
        """The question that has been entered. Raises `RoomError` if something is missing."""
        typed = {letter: field.text.strip() for letter, field in zip(LETTERS, self.options, strict=True)}
        given = {letter: says for letter, says in typed.items() if says}
        right = list(given).index(self.right.text) if self.right.text in given else -1
        return FreeQuestion(self.asks.text.strip(), tuple(given.values()), right, self.why.text.strip())

    def _draw(self) -> None:
        add = "Save the question" if self.edited else "Add your question"
        cancel = [GroupButton("cancel", "Leave it as it was", look="pp-secondary")] if self.edited else []
        self.buttons.draw(f"{self.added}", [GroupButton("add", add, look="pp-secondary"), *cancel])

    def edit(self, question: FreeQuestion) -> None:
        """Put this question into the form; it is replaced when the facilitator saves."""
        self._fill(question)
        self.focus_on("about", "The question is in the form.")

    def _fill(self, question: FreeQuestion | None) -> None:
        """Show this question; None for an empty form."""
        self.edited, self.problem.value = question, ""
        self.added += 1
        says = question.options if question else ()
        self.asks.text, self.why.text = (question.asks, question.why) if question else ("", "")
        for field, option in zip(self.options, (*says, *[""] * MOST_OPTIONS), strict=False):
            field.text = option
        self.right.text = LETTERS[question.right] if question else ""
        self._draw()

    def _clicked(self, name: str, state: str) -> None:
        if state != self.buttons.state:
            return
        if name == "cancel":
            self._fill(None)
            self.focus_on("about", "Nothing has changed.")
            return
        try:
            question = self.question()
        except RoomError as error:
            self.problem.value = Markup('<p class="pp-problem" data-id="{}" tabindex="-1">{}</p>').format(
                self.element_id("problem"), error
            )
            self.focus_on("problem", str(error))
            return
        edited = self.edited
        self._fill(None)
        if edited:
            self.on_replace(edited, question)
        else:
            self.on_add(question)
