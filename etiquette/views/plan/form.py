"""The form about the learner's own interview: three steps, in the order in which things happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from ipywidgets import HTML, HBox, Layout, VBox
from markupsafe import Markup

from etiquette.plan import (
    CONTACT_CHOICES,
    INTERVIEWERS_CHOICES,
    MEDIUM_CHOICES,
    MOST_ROWS,
    NO_CALLS_CHOICES,
    REFEREES_CHOICES,
    REFERENCES_CHOICES,
    ROUND_CHOICES,
    ROW_CHOICES,
    EntryError,
    FormEntries,
    FormRow,
    parse_place,
    place_names,
    understood,
)
from etiquette.views.controls import (
    Announcer,
    Field,
    FieldLooks,
    Looks,
    Notice,
    View,
    button,
    choice_field,
    close_all,
    date_field,
    suggesting_field,
    text_field,
    time_field,
)
from etiquette.views.plan.happening import Happening


@dataclass(frozen=True, slots=True)
class FormStep:
    """One step of the form: its heading, the sentence below it, and the labels of its fields by name."""

    title: str
    about: str
    labels: dict[str, str]


STEPS = (
    FormStep(
        "When was it?",
        "Give the date and the time where the employer is.",
        {
            "job": "The job",
            "employer": "The employer",
            "day": "The day of the interview",
            "time": "The time it ended",
            "place": "Their city or country",
            "round": "Which interview was it?",
            "medium": "How did you meet?",
            "contact": "Who are you in touch with there?",
        },
    ),
    FormStep(
        "What did they say?",
        "Enter what they told you at the interview.",
        {
            "hearing": "When did they say you’d hear?",
            "references": "Did they ask for your references?",
            "referees": "Have your referees agreed?",
            "referees_day": "When do you expect them to agree?",
            "interviewers": "How many people interviewed you?",
            "no_calls": "Did they ask you not to call?",
        },
    ),
    FormStep(
        "What has happened since?",
        "Add emails and calls, yours and theirs, in your own time zone. If it’s been quiet, there’s nothing to add.",
        {"rows": "What has happened since"},
    ),
)
LAST_STEP = len(STEPS) - 1
LABELS = {name: label for step in STEPS for name, label in step.labels.items()} | {"home": "Their city or country"}
CHOICES = {
    "round": ROUND_CHOICES,
    "medium": MEDIUM_CHOICES,
    "contact": CONTACT_CHOICES,
    "references": REFERENCES_CHOICES,
    "referees": REFEREES_CHOICES,
    "interviewers": INTERVIEWERS_CHOICES,
    "no_calls": NO_CALLS_CHOICES,
}
BLANK = FormEntries()
DETAILS = ("round", "medium", "contact")  # seldom need changing, so they are shown only on request
REFEREES = ("referees", "referees_day")
ASSUMED = (
    '<p class="pp-muted">We assume that this was your first interview there, that you met in person, and that you’re '
    "in touch with someone who interviewed you.</p>"
)
DETAILS_HEADING = Markup('<h4 data-id="{}" tabindex="-1">About this interview</h4>')
EXAMPLES = {
    "hearing": "Use their words, such as “in two to three weeks” or “call if you haven’t heard by Friday”. Leave this "
    "empty if they didn’t say."
}
TOO_MANY = f"You can add {MOST_ROWS} at most. Leave out what matters least."


class Form(View):
    """The form, showing one `step` of three. `on_change` is called when the learner changes the `entries`.

    The fields of a step are created when it is first shown. `show_problems` puts a sentence beside each field that
    cannot be used.
    """

    def __init__(
        self, notice: Notice, announcer: Announcer, clock: Callable[[], datetime], on_change: Callable[[], None]
    ) -> None:
        self.notice, self.announcer, self.clock, self.on_change = notice, announcer, clock, on_change
        self.looks = FieldLooks()
        self._entries, self._understood, self._filling = BLANK, dict[str, str](), False
        self.fields: dict[str, Field] = {}
        self.boxes: dict[int, VBox] = {}
        self.heading, self.assumed, self.details = HTML(), VBox(), VBox()
        self.referees, self.rows, self.too_many = VBox().add_class("pp-referees"), VBox(), HTML()
        self.spare: list[Happening] = []  # rows that were removed, to be used again
        super().__init__([self.heading], "pp-form")
        self.show_step(0)

    @property
    def entries(self) -> FormEntries:
        """What has been entered."""
        return self._entries

    @entries.setter
    def entries(self, entries: FormEntries) -> None:
        self._entries = entries
        with self._filled():
            for name, field in self.fields.items():
                field.text, field.problem = getattr(entries, name), ""
            if LAST_STEP in self.boxes:
                self._fill_rows()

    def show_step(self, step: int) -> None:
        """Show this step, with what has been entered."""
        self.step = step
        if step not in self.boxes:
            with self._filled():
                self.boxes[step] = (self._make_when, self._make_end, self._make_since)[step]()
        self.children = [self.heading, self.boxes[step]]
        self._arrange()
        steps = (
            Markup("<li{}>{}</li>").format(Markup(' aria-current="step"') if number == step else "", each.title[:-1])
            for number, each in enumerate(STEPS)
        )
        self.heading.value = Markup(
            '<ol class="pp-stepper" aria-label="Steps">{}</ol><h3 data-id="{}" tabindex="-1">{}</h3>'
            '<p class="pp-muted">{}</p>'
        ).format(Markup("").join(steps), self.element_id("step"), STEPS[step].title, STEPS[step].about)

    def focus_on_step(self) -> None:
        """Move the focus to the heading of the step, and announce it."""
        self.focus_on("step", f"Step {self.step + 1} of {len(STEPS)}. {STEPS[self.step].title}")

    def suggest_zone(self, name: str) -> None:
        """Use this as the learner's time zone and, unless they have entered a place, as the employer's."""
        try:
            place = _place_in(name, self.clock())
        except EntryError:
            return
        self.entries = replace(self.entries, home=self.entries.home or name, place=self.entries.place or place)

    def step_of(self, name: str) -> int:
        """The step that asks for the entry of this name."""
        if name in REFEREES and self.entries.references != "asked":
            return LAST_STEP
        return next((number for number, step in enumerate(STEPS) if name.split("[")[0] in step.labels), 0)

    def show_problems(self, problems: Mapping[str, str]) -> list[tuple[str, str]]:
        """Show these problems, by the name of the entry, and no others. Returns (label, problem) pairs."""
        labels = LABELS.copy()
        for name, field in self._fields_by_name():
            labels[name], field.problem = field.label, problems.get(name, "")
        self._say_too_many(problems.get("rows", ""))
        return [(labels[name], sentence) for name, sentence in problems.items()]

    def close(self) -> None:
        """Close the form, including the steps that are not shown and the rows that were removed."""
        close_all(*self.boxes.values(), *self.spare, self.referees, self.rows, self.too_many)
        super().close()

    def _make_when(self) -> VBox:
        self._make("job", "employer", "day", "time", "place")
        change = button(self.notice, self._ask_for_details, "pp-back", description="Change these answers")
        self.assumed.children = [HTML(ASSUMED), change]
        pairs = (self._pair("job", "employer"), self._pair("day", "time"))
        return VBox([*pairs, self.fields["place"], self.assumed, self.details])

    def _make_end(self) -> VBox:
        self._make("hearing", "references", "interviewers", "no_calls")
        said = (self.fields["hearing"], self.fields["references"])
        return VBox([*said, self.referees, self._pair("interviewers", "no_calls")])

    def _make_since(self) -> VBox:
        self.button_looks = Looks()
        add = button(
            self.notice, self._add, "pp-secondary", description="Add what happened next", looks=self.button_looks
        )
        self._fill_rows()
        return VBox([self.rows, self.too_many, add, self.referees])

    def _make(self, *names: str) -> None:
        """Create these fields, filled in with the entries."""
        for name in names:
            if name in CHOICES:
                field = choice_field(LABELS[name], CHOICES[name], self.looks)
            elif name.endswith("day"):
                field = date_field(LABELS[name], self.looks)
            elif name == "time":
                field = time_field(LABELS[name], self.looks)
            elif name == "place":
                field = suggesting_field(LABELS[name], place_names(), self.looks)
            else:
                field = text_field(LABELS[name], self.looks)
            field.text = getattr(self.entries, name)
            field.control.observe(partial(self._entered, name), "value")
            self.fields[name] = field

    def _pair(self, *names: str) -> HBox:
        return HBox([self.fields[name] for name in names]).add_class("pp-pair")

    def _ask_for_details(self) -> None:
        self._show_details()
        self.focus_on("details", "Change anything that was different.")

    def _show_details(self) -> None:
        self.assumed.layout.display = "none"
        self._make(*DETAILS)
        self.details.children = [HTML(DETAILS_HEADING.format(self.element_id("details"))), self._pair(*DETAILS)]

    @contextmanager
    def _filled(self) -> Iterator[None]:
        """While code fills in the form, changes do not count as entered by the learner."""
        self._filling = True
        try:
            yield
        finally:
            self._filling = False
        self._arrange()

    def _arrange(self) -> None:
        """Show the fields that these entries call for, and how free text was read."""
        entries = self.entries
        different = any(getattr(entries, name) != getattr(BLANK, name) for name in DETAILS)
        if different and "job" in self.fields and "round" not in self.fields:
            self._show_details()
        self._arrange_referees()
        self._understood = EXAMPLES | understood(entries, self.clock())
        for name, field in self._fields_by_name():
            if name in ("place", "hearing") or name.endswith(".then"):
                field.understood = self._understood.get(name, "")
        for row in self.rows.children:
            row.arrange()

    def _arrange_referees(self) -> None:
        """Ask about referees in the step where the learner says that references were asked for."""
        asked_since = any(row.what == "requests_references" for row in self.entries.rows)
        asked = asked_since or self.entries.references == "asked"
        if asked and not self.referees.children:
            self._make(*REFEREES)
            self.fields["referees_day"].layout = Layout()  # its own, so that it can be hidden alone
            self.referees.children = [self.fields[name] for name in REFEREES]
        self.referees.layout.display = "" if asked and self.step == self.step_of("referees") else "none"
        if asked:
            self.fields["referees_day"].layout.display = "none" if self.entries.referees == "ready" else ""

    def _entered(self, name: str, _: object) -> None:
        self.fields[name].problem = ""
        self._change(name, **{name: self.fields[name].text})

    def _row_entered(self, name: str, row: Happening) -> None:
        row.fields[name].problem = ""
        self._change(f"rows[{row.number}].{name}", rows=tuple(each.row for each in self.rows.children))

    def _change(self, name: str, **entries: Any) -> None:
        """Record what the learner has entered in the field of this name."""
        if self._filling:
            return
        before, self._entries = self._understood.get(name), replace(self.entries, **entries)
        self._arrange()
        if self._understood.get(name, before) != before:
            self.announcer.say(self._understood[name])
        self.on_change()

    def _fields_by_name(self) -> Iterator[tuple[str, Field]]:
        yield from self.fields.items()
        for row in self.rows.children:
            for name, field in row.fields.items():
                yield f"rows[{row.number}].{name}", field

    def _fill_rows(self) -> None:
        self.spare = [*self.rows.children, *self.spare]
        self.rows.children = [self._row(number, row) for number, row in enumerate(self.entries.rows)]

    def _row(self, number: int, row: FormRow) -> Happening:
        """A row with these entries, reusing a removed one if possible."""
        if not self.spare:
            callbacks = (self._row_entered, self._remove, self._fill_in_now)
            self.spare.append(Happening(*callbacks, self.notice, self.looks, self.button_looks))
        happening = self.spare.pop(0)
        happening.show(number, row)
        return happening

    def _add(self) -> None:
        number = len(self.rows.children)
        if number >= MOST_ROWS:
            self._say_too_many(TOO_MANY)
            return
        with self._filled():
            added = self._row(number, FormRow(next(iter(ROW_CHOICES))))
            self.rows.children = [*self.rows.children, added]
        self._row_entered("what", added)
        self.announcer.move_focus(focus=added.heading_id, show=added.heading_id, say=f"Number {number + 1} added.")

    def _remove(self, removed: Happening) -> None:
        kept = [row for row in self.rows.children if row is not removed]
        self.rows.children, self.spare = kept, [*self.spare, removed]
        for number, row in enumerate(kept):
            row.number = number
        self._say_too_many("")
        self._change("rows", rows=tuple(row.row for row in kept))
        self.focus_on("step", f"Number {removed.number + 1} removed.")

    def _fill_in_now(self, row: Happening) -> None:
        """Enter the current date and time in a row."""
        now = self.clock().astimezone(parse_place(self.entries.home or self.entries.place).zone)
        with self._filled():
            row.fields["day"].text, row.fields["time"].text = f"{now:%Y-%m-%d}", f"{now:%H:%M}"
        self._row_entered("time", row)
        self.announcer.move_focus(
            focus=row.heading_id, show=row.heading_id, say=f"{now:%A} {now.day} {now:%B}, {now:%H:%M}."
        )

    def _say_too_many(self, sentence: str) -> None:
        self.too_many.value = Markup('<p class="pp-problem">{}</p>').format(sentence) if sentence else ""


def _place_in(name: str, now: datetime) -> str:
    """A place in this time zone: the city in its name if that is unambiguous, otherwise the zone.

    Raises:
        EntryError: There is no such zone.
    """
    zone, city = parse_place(name).zone, name.rsplit("/", 1)[-1].replace("_", " ")
    try:
        there = parse_place(city).zone
    except EntryError:
        return name
    return city if now.astimezone(there).utcoffset() == now.astimezone(zone).utcoffset() else name
