"""Form fields: a control with its label above it and any problem with the entry below it."""

from __future__ import annotations

from collections.abc import Callable
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
        self._understood = self._problem = ""
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
    def understood(self) -> str:
        """What the entry is taken for, or an example of one, in a sentence; empty for nothing."""
        return self._understood

    @understood.setter
    def understood(self, sentence: str) -> None:
        self._understood = sentence
        self._draw()

    @property
    def problem(self) -> str:
        """A sentence that says what is wrong with the entry; empty if nothing is."""
        return self._problem

    @problem.setter
    def problem(self, sentence: str) -> None:
        self._problem = sentence
        (self.add_class if sentence else self.remove_class)("pp-wrong")
        self._draw()

    def on_enter(self, submit: Callable[[], object]) -> None:
        """Call `submit` when somebody presses Enter in it."""

        def received(_: Any, content: dict[str, Any], __: Any) -> None:
            if content.get("event") == "submit":
                submit()

        self.control.on_msg(received)
        self.control.continuous_update = True  # Enter is reported before the browser regards the entry as changed

    def _draw(self) -> None:
        drawn = Markup("")
        for css_class, sentence in (("pp-understood", self.understood), ("pp-problem", self.problem)):
            if sentence:
                drawn += Markup('<p class="{}">{}</p>').format(css_class, sentence)
        self.sentence.value = drawn


def text_field(label: str, looks: FieldLooks | None = None, placeholder: str = "") -> Field:
    """A text input."""
    return Field(Text, label, looks, placeholder=placeholder, continuous_update=False)


def suggesting_field(label: str, suggestions: tuple[str, ...], looks: FieldLooks | None = None) -> Field:
    """A text input that suggests entries but takes others too."""
    return Field(Combobox, label, looks, options=suggestions, continuous_update=False)


def date_field(label: str, looks: FieldLooks | None = None) -> Field:
    """The browser's date picker, with the chosen date and its day of the week spelt out below."""
    field = Field(DatePicker, label, looks, max=LAST_DATE)
    field.control.observe(lambda change: _show_weekday(field, change.new), "value")
    return field


def _show_weekday(field: Field, day: date | None) -> None:
    """Spell out the date, unless its year is still being typed."""
    field.understood = f"{day:%A} {day.day} {day:%B %Y}" if day and day >= FIRST_DATE else ""


def time_field(label: str, looks: FieldLooks | None = None) -> Field:
    """A text input for a time of day. Unlike a time picker it accepts impossible times, so that we can say why."""
    return text_field(label, looks, placeholder="such as 14:30 or 2.30 pm")


def choice_field(label: str, choices: dict[str, str], looks: FieldLooks | None = None) -> Field:
    """A dropdown. `choices` maps each value to its label."""
    return Field(Dropdown, label, looks, options=[(text, value) for value, text in choices.items()])
