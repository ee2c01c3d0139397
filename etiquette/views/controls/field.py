"""A control with its label above it and, below it, what is wrong with what was entered."""

from __future__ import annotations

from datetime import date
from typing import Any

from ipywidgets import HTML, Combobox, DatePicker, Dropdown, Layout, Text, VBox
from markupsafe import Markup

FIRST_DATE = date(2000, 1, 1)
LAST_DATE = date(9999, 12, 31)  # a browser would let people type years that Python has no dates for


class Field(VBox):
    """One control of ipywidgets, read and written as text. `problem` is a sentence, or empty."""

    def __init__(self, control: Any, *classes: str) -> None:
        self.control = control
        self.understood, self.sentence = HTML(), HTML()
        self._problem = ""
        super().__init__([control, self.understood, self.sentence])
        for name in ("pp-entry", *classes):
            self.add_class(name)

    @property
    def label(self) -> str:
        """What the control is called on screen."""
        name: str = self.control.description
        return name

    @label.setter
    def label(self, name: str) -> None:
        self.control.description = name

    @property
    def text(self) -> str:
        """What was entered: a date as 2026-03-03, nothing as empty text."""
        value = self.control.value
        return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)

    @text.setter
    def text(self, text: str) -> None:
        dated = isinstance(self.control, DatePicker)
        self.control.value = (date.fromisoformat(text) if text else None) if dated else text

    @property
    def problem(self) -> str:
        """What is wrong with what was entered."""
        return self._problem

    @problem.setter
    def problem(self, sentence: str) -> None:
        self._problem = sentence
        self.sentence.value = Markup('<p class="pp-problem">{}</p>').format(sentence) if sentence else ""
        (self.add_class if sentence else self.remove_class)("pp-wrong")


def text_field(label: str) -> Field:
    """A line of text."""
    return Field(_made(Text, label, continuous_update=False))


def zone_field(label: str, zones: tuple[str, ...]) -> Field:
    """A line of text that suggests time zones."""
    return Field(_made(Combobox, label, options=zones, continuous_update=False))


def date_field(label: str) -> Field:
    """A date, by the date picker of the browser; below it, the day of the week that it fell on."""
    field = Field(_made(DatePicker, label, max=LAST_DATE))
    field.control.observe(lambda change: _say_the_day(field, change.new), "value")
    return field


def _say_the_day(field: Field, day: date | None) -> None:
    """Say which day has been understood; while a year is being typed, none has."""
    says = f"{day:%A} {day.day} {day:%B %Y}" if day and day >= FIRST_DATE else ""
    field.understood.value = Markup('<p class="pp-understood">{}</p>').format(says) if says else ""


def time_field(label: str) -> Field:
    """A time of day, as text: what nobody's clock ever showed can be said to be so."""
    return Field(_made(Text, label, placeholder="as in 14:30", continuous_update=False))


def choice_field(label: str, choices: dict[str, str]) -> Field:
    """One of several, each named by its label."""
    options = [(says, name) for name, says in choices.items()]
    return Field(_made(Dropdown, label, options=options))


def _made(control: Any, label: str, **more: Any) -> Any:
    return control(description=label, layout=Layout(width="auto"), style={"description_width": "initial"}, **more)
