"""Form fields: a control with its label above it and any problem with the entry below it."""

from __future__ import annotations

from datetime import date
from typing import Any

from ipywidgets import HTML, Combobox, DatePicker, Dropdown, Layout, Text, VBox
from markupsafe import Markup

FIRST_DATE = date(2000, 1, 1)
LAST_DATE = date(9999, 12, 31)  # the last one that Python knows; browsers let people type later years


class Field(VBox):
    """An ipywidgets control whose value is read and written as text."""

    def __init__(self, control_class: Any, label: str, **options: Any) -> None:
        layout, style = Layout(width="auto"), {"description_width": "initial"}
        self.control = control_class(description=label, layout=layout, style=style, **options)
        self.understood, self.sentence = HTML(), HTML()
        self._problem = ""
        super().__init__([self.control, self.understood, self.sentence])
        self.add_class("pp-entry")

    @property
    def label(self) -> str:
        """The label on screen."""
        name: str = self.control.description
        return name

    @label.setter
    def label(self, name: str) -> None:
        self.control.description = name

    @property
    def text(self) -> str:
        """The entry, a date in ISO format; empty if there is none."""
        value = self.control.value
        return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)

    @text.setter
    def text(self, text: str) -> None:
        if isinstance(self.control, DatePicker):
            self.control.value = date.fromisoformat(text) if text else None
        else:
            self.control.value = text

    @property
    def problem(self) -> str:
        """A sentence that says what is wrong with the entry; empty if nothing is."""
        return self._problem

    @problem.setter
    def problem(self, sentence: str) -> None:
        self._problem = sentence
        self.sentence.value = Markup('<p class="pp-problem">{}</p>').format(sentence) if sentence else ""
        (self.add_class if sentence else self.remove_class)("pp-wrong")


def text_field(label: str) -> Field:
    """A text input."""
    return Field(Text, label, continuous_update=False)


def zone_field(label: str, zones: tuple[str, ...]) -> Field:
    """A text input that suggests time zones."""
    return Field(Combobox, label, options=zones, continuous_update=False)


def date_field(label: str) -> Field:
    """The browser's date picker, with the chosen date and its day of the week spelt out below."""
    field = Field(DatePicker, label, max=LAST_DATE)
    field.control.observe(lambda change: _show_weekday(field, change.new), "value")
    return field


def _show_weekday(field: Field, day: date | None) -> None:
    """Spell out the date, unless its year is still being typed."""
    spelt_out = f"{day:%A} {day.day} {day:%B %Y}" if day and day >= FIRST_DATE else ""
    field.understood.value = Markup('<p class="pp-understood">{}</p>').format(spelt_out) if spelt_out else ""


def time_field(label: str) -> Field:
    """A text input for a time of day. Unlike a time picker it accepts impossible times, so that we can say why."""
    return Field(Text, label, placeholder="as in 14:30", continuous_update=False)


def choice_field(label: str, choices: dict[str, str]) -> Field:
    """A dropdown. `choices` maps each value to its label."""
    return Field(Dropdown, label, options=[(text, value) for value, text in choices.items()])
