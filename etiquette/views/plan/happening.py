"""One row of the form: something that has happened since the interview."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ipywidgets import HTML, HBox, Layout, VBox
from markupsafe import Markup

from etiquette.plan import ROW_CHOICES, THEN_LABELS, FormRow
from etiquette.views.controls import FieldLooks, Looks, Notice, button, choice_field, date_field, text_field, time_field

LABELS = {"what": "What happened", "day": "Date", "time": "Time, if you know it"}


class Happening(VBox):
    """The fields of one `row`. `number` is its position in the list, counted from 0 here and from 1 on screen.

    All rows of a form share their looks, so a row is quick to create.
    """

    def __init__(
        self,
        on_change: Callable[[str, Happening], None],
        on_remove: Callable[[Happening], None],
        on_now: Callable[[Happening], None],
        notice: Notice,
        looks: FieldLooks,
        button_looks: Looks,
    ) -> None:
        self._number = 0
        self.fields = {
            "what": choice_field("", ROW_CHOICES, looks),
            "day": date_field("", looks),
            "time": time_field("", looks),
            "then": text_field("", looks),
        }
        what, day, time, then = self.fields.values()
        then.layout = Layout()  # its own, so that it can be hidden alone
        for name, field in self.fields.items():
            field.control.observe(partial(self._entered, on_change, name), "value")
        self.remove = button(notice, lambda: on_remove(self), "pp-back", looks=button_looks)
        self.now = button(notice, lambda: on_now(self), "pp-back", looks=Looks(button_looks.style))
        self.heading = HTML(layout=looks.sentence, style=looks.sentence_style)
        when = HBox([day, time], layout=looks.box, _dom_classes=("pp-pair",))
        parts = [self.heading, what, when, self.now, then, self.remove]
        super().__init__(parts, layout=looks.box, _dom_classes=("pp-happening",))

    def show(self, number: int, row: FormRow) -> None:
        """Show these entries under this number."""
        for name, field in self.fields.items():
            field.text, field.problem = getattr(row, name), ""
        self.number = number

    @property
    def row(self) -> FormRow:
        """The entries in the fields."""
        texts = {name: field.text for name, field in self.fields.items()}
        return FormRow(**texts) if texts["what"] in THEN_LABELS else FormRow(texts["what"], texts["day"], texts["time"])

    @property
    def number(self) -> int:
        """The position in the list, from 0."""
        return self._number

    @number.setter
    def number(self, number: int) -> None:
        self._number = number
        self.heading.value = Markup('<h4 data-id="{}" tabindex="-1">Number {}</h4>').format(self.heading_id, number + 1)
        self.remove.description = f"Remove number {number + 1}"
        self.now.description = f"{number + 1}. Just now"
        self.arrange()

    @property
    def heading_id(self) -> str:
        """The id of the heading, which can take the focus."""
        return f"pp-happening-{self.model_id}"

    def arrange(self) -> None:
        """Show the second date if this kind of row has one, and the “Just now” button until there is a date or time."""
        row = self.row
        labels = LABELS | {"then": THEN_LABELS.get(row.what, "")}
        for name, field in self.fields.items():
            field.label = f"{self.number + 1}. {labels[name]}"
        self.fields["then"].layout.display = "" if row.what in THEN_LABELS else "none"
        self.now.layout.display = "none" if row.day or row.time else ""

    def _entered(self, on_change: Callable[[str, Happening], None], name: str, _: object) -> None:
        on_change(name, self)
