"""Form fields: a control with its label above it and any problem with the entry below it."""

from __future__ import annotations

from datetime import date
from typing import Any

from ipywidgets import HTML, Combobox, DatePicker, Dropdown, Layout, Text, VBox
from ipywidgets.widgets.widget_string import HTMLStyle, TextStyle
from markupsafe import Markup

FIRST_DATE = date(2000, 1, 1)
LAST_DATE = date(9999, 12, 31)  # the last one that Python knows; browsers let people type later years


class FieldLooks:
    """The layouts and styles of a field. Fields that share them cannot be hidden one by one."""

    def __init__(self) -> None:
        self.box, self.control, self.sentence = Layout(), Layout(width="auto"), Layout()
        self.control_style, self.sentence_style = TextStyle(description_width="initial"), HTMLStyle()


class Field(VBox):
    """An ipywidgets control whose value is read and written as text."""

    def __init__(self, control_class: Any, label: str, looks: FieldLooks | None = None, **options: Any) -> None:
        looks = looks or FieldLooks()
        layout, style = looks.control, looks.control_style
        self.control = control_class(description=label, layout=layout, style=style, **options)
        self.sentence = HTML(layout=looks.sentence, style=looks.sentence_style)
        self._problem = ""
        super().__init__([self.control, self.sentence], layout=looks.box, _dom_classes=("pp-entry",))

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


def text_field(label: str, looks: FieldLooks | None = None) -> Field:
    """A text input."""
    return Field(Text, label, looks, continuous_update=False)


def zone_field(label: str, zones: tuple[str, ...], looks: FieldLooks | None = None) -> Field:
    """A text input that suggests time zones."""
    return Field(Combobox, label, looks, options=zones, continuous_update=False)


def date_field(label: str, looks: FieldLooks | None = None) -> Field:
    """The browser's date picker, with the chosen date and its day of the week spelt out below."""
    field = Field(DatePicker, label, looks, max=LAST_DATE)
    understood = HTML(layout=field.sentence.layout, style=field.sentence.style)
    field.children = [field.control, understood, field.sentence]
    field.control.observe(lambda change: _show_weekday(understood, change.new), "value")
    return field


def _show_weekday(understood: HTML, day: date | None) -> None:
    """Spell out the date, unless its year is still being typed."""
    spelt_out = f"{day:%A} {day.day} {day:%B %Y}" if day and day >= FIRST_DATE else ""
    understood.value = Markup('<p class="pp-understood">{}</p>').format(spelt_out) if spelt_out else ""


def time_field(label: str, looks: FieldLooks | None = None) -> Field:
    """A text input for a time of day. Unlike a time picker it accepts impossible times, so that we can say why."""
    return Field(Text, label, looks, placeholder="as in 14:30", continuous_update=False)


def choice_field(label: str, choices: dict[str, str], looks: FieldLooks | None = None) -> Field:
    """A dropdown. `choices` maps each value to its label."""
    return Field(Dropdown, label, looks, options=[(text, value) for value, text in choices.items()])
