"""The form of My follow-up: the interview, what was said there, and what has happened since."""

from __future__ import annotations

from collections.abc import Iterator

from ipywidgets import HTML, HBox, VBox
from markupsafe import Markup

from etiquette.plan import (
    INVITATION_CHOICES,
    MOST_ROWS,
    REFERENCES_CHOICES,
    ROW_CHOICES,
    EntryError,
    FormEntries,
    FormRow,
    parse_zone,
    zone_names,
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
    text_field,
    time_field,
    zone_field,
)
from etiquette.views.plan.happening import Happening

PLACE_ZONES = tuple(name for name in zone_names() if "/" in name and not name.startswith("Etc/"))
INTERVIEW_HEADING = (
    '<h3>When it was</h3><p class="pp-muted">Its date and time as clocks there show them. A time zone goes by the '
    "name of a city, such as Europe/London.</p>"
)
SAID_HEADING = (
    '<h3>What was said there</h3><p class="pp-muted">Leave a date empty if there was none. Without a time, the whole '
    "of that day is theirs.</p>"
)
SINCE_HEADING = Markup(
    '<h3 id="{}" tabindex="-1">What has happened since</h3><p class="pp-muted">Emails and calls, yours and theirs, '
    "as your own clock showed them. If it has been quiet, there is nothing to add.</p>"
)
TOO_MANY = f"{MOST_ROWS} is the most. Leave out what matters least."


class Form(View):
    """The form, read and filled in as `entries`; `show` puts a sentence beside each field that cannot be used."""

    def __init__(self, notice: Notice, announcer: Announcer) -> None:
        self.notice, self.announcer = notice, announcer
        self.looks, self.button_looks = FieldLooks(), Looks()
        looks = self.looks
        self.fields = {
            "job": text_field("The job", looks),
            "employer": text_field("The employer", looks),
            "day": date_field("The day of the interview", looks),
            "time": time_field("The time at which it ended", looks),
            "zone": zone_field("Their time zone", PLACE_ZONES, looks),
            "home": zone_field("Your own time zone", PLACE_ZONES, looks),
            "references": choice_field("Your references", REFERENCES_CHOICES, looks),
            "ready_day": date_field("If a referee has yet to say yes: the day you expect it", looks),
            "promised_day": date_field("The date by which you will hear", looks),
            "promised_time": time_field("The time, if they gave one", looks),
            "invited": choice_field("Did they ask you to call them?", INVITATION_CHOICES, looks),
        }
        self.rows = VBox()
        self.spare: list[Happening] = []  # rows that were removed, to be used again
        self.add = button(
            notice, self._add, "pp-secondary", description="Add something that has happened", looks=self.button_looks
        )
        self.since, self.too_many = HTML(), HTML()
        super().__init__(
            [
                HTML(INTERVIEW_HEADING),
                *(self._pair("job", "employer"), self._pair("day", "time"), self._pair("zone", "home")),
                HTML(SAID_HEADING),
                *(self._pair("promised_day", "promised_time"), self.fields["invited"]),
                *(self.fields["references"], self.fields["ready_day"]),
                *(self.since, self.rows, self.too_many, self.add),
            ]
        )
        self.since.value = SINCE_HEADING.format(self.element_id("since"))
        self.add_class("pp-form")

    @property
    def entries(self) -> FormEntries:
        """What is in the form now."""
        rows = tuple(happening.row for happening in self.rows.children)
        return FormEntries(**{name: field.text for name, field in self.fields.items()}, rows=rows)

    @entries.setter
    def entries(self, entries: FormEntries) -> None:
        for name, field in self.fields.items():
            field.text = getattr(entries, name)
        self.spare = [*self.rows.children, *self.spare]
        self.rows.children = [self._row(number, row) for number, row in enumerate(entries.rows)]

    def suggest_zone(self, name: str) -> None:
        """Fill in this time zone where none has been entered. An unknown name is ignored."""
        try:
            zone = parse_zone(name).key
        except EntryError:
            return
        for field in (self.fields["zone"], self.fields["home"]):
            field.text = field.text or zone

    def show(self, problems: dict[str, str]) -> list[tuple[str, str]]:
        """Show these problems, by field name, and no others. Returns (field label, problem) pairs."""
        shown = []
        for name, field in self._fields_by_name():
            field.problem = problems.get(name, "")
            if field.problem:
                shown.append((field.label, field.problem))
        too_many = problems.get("rows", "")
        self._say_too_many(too_many)
        return [*shown, *([("What has happened since", too_many)] if too_many else [])]

    def _fields_by_name(self) -> Iterator[tuple[str, Field]]:
        yield from self.fields.items()
        for number, row in enumerate(self.rows.children):
            for name, field in row.fields.items():
                yield f"rows[{number}].{name}", field

    def close(self) -> None:
        """Close the form, and the rows that were removed from it."""
        close_all(*self.spare)
        super().close()

    def _row(self, number: int, row: FormRow) -> Happening:
        """A row with these entries: one that was removed earlier or, if there is none, a new one."""
        if not self.spare:
            self.spare.append(Happening(self._remove, self.notice, self.looks, self.button_looks))
        happening = self.spare.pop(0)
        happening.show(number, row)
        return happening

    def _add(self) -> None:
        number = len(self.rows.children)
        if number >= MOST_ROWS:
            self._say_too_many(TOO_MANY)
            return
        added = self._row(number, FormRow(next(iter(ROW_CHOICES))))
        self.rows.children = [*self.rows.children, added]
        self.announcer.move_focus(focus=added.heading_id, show=added.heading_id, say=f"Number {number + 1} added.")

    def _remove(self, removed: Happening) -> None:
        kept = [row for row in self.rows.children if row is not removed]
        self.rows.children, self.spare = kept, [*self.spare, removed]
        for number, row in enumerate(kept):
            row.number = number
        self._say_too_many("")
        self.focus_on("since", f"Number {removed.number + 1} is off the list.")

    def _say_too_many(self, sentence: str) -> None:
        self.too_many.value = Markup('<p class="pp-problem">{}</p>').format(sentence) if sentence else ""

    def _pair(self, *names: str) -> HBox:
        return HBox([self.fields[name] for name in names]).add_class("pp-pair")
