"""One thing that has happened since the interview, as the form asks for it."""

from __future__ import annotations

from collections.abc import Callable

from ipywidgets import HTML, HBox, VBox
from markupsafe import Markup

from etiquette.plan import BY_THEM, ROW_CHOICES, FormRow
from etiquette.views.controls import Notice, button, choice_field, date_field, time_field

LABELS = {
    "what": "What happened",
    "day": "On which day",
    "time": "At what time",
    "promised_day": "The date they named, if they did",
    "promised_time": "The time, if they named one",
}
NAMED = ("promised_day", "promised_time")


class Happening(VBox):
    """What somebody types about it, as `row`. `number` counts from 0; on screen it counts from 1."""

    def __init__(self, number: int, row: FormRow, remove: Callable[[Happening], None], notice: Notice) -> None:
        self.fields = {
            "what": choice_field("", ROW_CHOICES),
            "day": date_field(""),
            "time": time_field(""),
            "promised_day": date_field(""),
            "promised_time": time_field(""),
        }
        self.remove = button(notice, lambda: remove(self), "pp-back")
        self.heading = HTML()
        self.named = HBox([self.fields[name] for name in NAMED])
        when = HBox([self.fields["day"], self.fields["time"]])
        super().__init__([self.heading, self.fields["what"], when, self.named, self.remove])
        for pair in (when, self.named):
            pair.add_class("pp-pair")
        self.add_class("pp-happening")
        self.number = number
        for name, field in self.fields.items():
            field.text = getattr(row, name)
        self.fields["what"].control.observe(self._ask_for_a_date, "value")
        self._ask_for_a_date()

    @property
    def row(self) -> FormRow:
        """What is in the fields now. A date stays in its field, even while what happened can name none."""
        return FormRow(**{name: field.text for name, field in self.fields.items()})

    @property
    def number(self) -> int:
        """Its place in the list."""
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
        """The id of what takes the focus."""
        return f"pp-happening-{self.model_id}"

    def _ask_for_a_date(self, _: object = None) -> None:
        """Only what they said can name a date."""
        self.named.layout.display = "" if self.fields["what"].text in BY_THEM else "none"
