"""One row of the form: something that has happened since the interview."""

from __future__ import annotations

from collections.abc import Callable

from ipywidgets import HTML, HBox, VBox
from markupsafe import Markup

from etiquette.plan import BY_THEM, ROW_CHOICES, FormRow
from etiquette.views.controls import FieldLooks, Looks, Notice, button, choice_field, date_field, time_field

LABELS = {
    "what": "What happened",
    "day": "On which day",
    "time": "At what time",
    "promised_day": "The date they named, if they did",
    "promised_time": "The time, if they named one",
}


class Happening(VBox):
    """The fields of one `row`. `number` is its position in the list, from 0; on screen it counts from 1.

    All rows of a form share their looks, which makes a row quick to create.
    """

    def __init__(
        self, on_remove: Callable[[Happening], None], notice: Notice, looks: FieldLooks, button_looks: Looks
    ) -> None:
        self.fields = {
            "what": choice_field("", ROW_CHOICES, looks),
            "day": date_field("", looks),
            "time": time_field("", looks),
            "promised_day": date_field("", looks),
            "promised_time": time_field("", looks),
        }
        self.remove = button(notice, lambda: on_remove(self), "pp-back", looks=button_looks)
        self.heading = HTML(layout=looks.sentence, style=looks.sentence_style)
        what, day, time, promised_day, promised_time = self.fields.values()
        when = HBox([day, time], layout=looks.box, _dom_classes=("pp-pair",))
        self.promise = HBox([promised_day, promised_time], _dom_classes=("pp-pair",))
        parts = [self.heading, what, when, self.promise, self.remove]
        super().__init__(parts, layout=looks.box, _dom_classes=("pp-happening",))
        what.control.observe(self._toggle_promise, "value")

    def show(self, number: int, row: FormRow) -> None:
        """Fill in these entries, and give the row this number."""
        self.number = number
        for name, field in self.fields.items():
            field.text, field.problem = getattr(row, name), ""
        self._toggle_promise()

    @property
    def row(self) -> FormRow:
        """What is in the fields now, including a promised date whose fields are hidden."""
        return FormRow(**{name: field.text for name, field in self.fields.items()})

    @property
    def number(self) -> int:
        """The position in the list, from 0."""
        return self._number

    @number.setter
    def number(self, number: int) -> None:
        self._number = number
        self.heading.value = Markup('<h4 id="{}" tabindex="-1">Number {}</h4>').format(self.heading_id, number + 1)
        self.remove.description = f"Take number {number + 1} off the list"
        for name, field in self.fields.items():
            field.label = f"{number + 1}. {LABELS[name]}"

    @property
    def heading_id(self) -> str:
        """The id of the heading, which takes the focus."""
        return f"pp-happening-{self.model_id}"

    def _toggle_promise(self, _: object = None) -> None:
        """Ask for a promised date only if it was the employer who spoke."""
        self.promise.layout.display = "" if self.fields["what"].text in BY_THEM else "none"
