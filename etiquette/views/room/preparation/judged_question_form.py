"""A question of the facilitator's own that the judge answers: a situation by the steps of My interview, and options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from datetime import datetime

from ipywidgets import HTML, HBox, Layout, VBox
from markupsafe import Markup

from etiquette.judge import Kind, Policy
from etiquette.plan import Application, FormEntries, FormError, form_of, format_time, later, parse_form
from etiquette.room import (
    KIND_CHOICES,
    MOST_OPTIONS,
    JudgedQuestion,
    OptionEntries,
    RoomError,
    draft_story,
    moment_problem,
    option_entries,
    read_judged_question,
    read_moment,
)
from etiquette.views.controls import (
    Announcer,
    ButtonGroup,
    GroupButton,
    Notice,
    View,
    button,
    choice_field,
    date_field,
    text_field,
    time_field,
    utc_now,
)
from etiquette.views.plan import LAST_STEP, Form, problem_card
from etiquette.views.room.preparation.descriptions import judged_options
from etiquette.views.room.preparation.long_field import long_field

SHOWN_AT_FIRST = 4  # options
QUESTION_STEP = LAST_STEP + 1
ABOUT = Markup(
    '<p class="pp-muted" data-id="{}" tabindex="-1">Enter the situation as if you were the learner. The program works '
    "out the verdicts.</p>"
)
NO_OPTION = "No option here"
QUESTION_HEADING = (
    '<h3 data-id="{}" tabindex="-1">What could they do?</h3><p class="pp-muted">Change the text that learners read. '
    "Choose what each option stands for, and put it in your own words if you like.</p>"
)


class OptionRow(VBox):
    """The fields of one option."""

    def __init__(self, letter: str) -> None:
        kinds = {"": NO_OPTION, **{kind.value: label for kind, label in KIND_CHOICES.items()}}
        self.kind = choice_field(f"Option {letter} stands for", kinds)
        self.says = text_field(f"Option {letter} in your words (you can leave this empty)")
        self.day, self.time = date_field(f"Option {letter} waits until"), time_field("At what time")
        self.until = HBox([self.day, self.time], layout=Layout()).add_class("pp-pair")
        self.kind.control.observe(lambda _: self._arrange(), "value")
        super().__init__([self.kind, self.until, self.says], _dom_classes=("pp-happening",))
        self._arrange()

    @property
    def entries(self) -> OptionEntries:
        """What has been entered."""
        return OptionEntries(self.kind.text, self.says.text, self.day.text, self.time.text)

    def fill(self, entries: OptionEntries) -> None:
        """Show these entries."""
        self.kind.text, self.says.text, self.day.text, self.time.text = astuple(entries)

    def _arrange(self) -> None:
        self.says.layout.display = "" if self.kind.text else "none"
        self.until.layout.display = "" if self.kind.text == Kind.HOLD_BACK else "none"


class JudgedQuestionForm(View):
    """The form, showing one `step` of four. `on_add` is called with the question, and the form is empty again.

    While a question is `edited`, `on_replace` is called instead, with the old one and the new one.
    """

    def __init__(
        self,
        policy: Policy,
        on_add: Callable[[JudgedQuestion], None],
        on_replace: Callable[[JudgedQuestion, JudgedQuestion], None],
        notice: Notice,
        announcer: Announcer,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.policy, self.on_add, self.on_replace = policy, on_add, on_replace
        self.announcer, self.clock = announcer, clock
        self.edited: JudgedQuestion | None = None
        self.step, self.place, self.drafted = 0, "", ""
        self.day, self.time = date_field("The day of the decision"), time_field("The time of the decision")
        self.form = Form(notice, announcer, self.now, self._entered)
        self.asks, self.verdicts, self.problems = long_field("What learners read", 8), HTML(), HTML()
        self.heading = HTML()
        self.rows = [OptionRow(letter) for letter in "ABCDEF"[:MOST_OPTIONS]]
        self.more = button(notice, self._show_more, "pp-back", description="One more option")
        self.look = button(notice, self._judge, "pp-secondary", description="See what the judge says")
        self.question = VBox([self.heading, self.asks, *self.rows, self.more, self.look, self.verdicts])
        self.added, self.buttons = 0, ButtonGroup(notice, self._clicked, "pp-row-buttons", "Steps of your question")
        when = HBox([self.day, self.time]).add_class("pp-pair")
        self.about = HTML()
        super().__init__([self.about, when, self.form, self.question, self.problems, self.buttons], "pp-form")
        self.about.value = ABOUT.format(self.element_id("about"))
        self.heading.value = QUESTION_HEADING.format(self.element_id("question"))
        self._clear()

    def now(self) -> datetime:
        """The moment of the decision, as far as it has been entered; otherwise the present."""
        try:
            return read_moment(self.day.text, self.time.text, self.place)
        except RoomError:
            return self.clock()

    def _entered(self) -> None:
        self.place = self.form.entries.place

    def edit(self, question: JudgedQuestion) -> None:
        """Put this question into the form; it is replaced when the facilitator saves."""
        self._clear()
        application = question.application
        now = later(application.interview, question.now)
        self.edited, self.form.entries = question, form_of(application)
        self.place, self.day.text, self.time.text = self.form.entries.place, f"{now:%Y-%m-%d}", format_time(now)
        self.asks.text, self.drafted = question.asks, draft_story(application, now)
        for row, option in zip(self.rows, question.options, strict=False):
            row.fill(option_entries(application, option))
            row.layout.display = ""
        self.more.layout.display = "" if len(question.options) < len(self.rows) else "none"
        self.added += 1
        self._show_step(QUESTION_STEP)
        self.focus_on("question", "The question is in the form.")

    def _clear(self) -> None:
        self.day.text, self.time.text, self.asks.text, self.verdicts.value, self.drafted = "", "", "", "", ""
        self.form.entries, self.place, self.edited = FormEntries(), "", None
        for number, row in enumerate(self.rows):
            row.fill(OptionEntries())
            row.layout.display = "" if number < SHOWN_AT_FIRST else "none"
        self.more.layout.display = ""
        self._show_step(0)

    def _show_step(self, step: int) -> None:
        self.step, self.problems.value = step, ""
        asking = step == QUESTION_STEP
        if not asking:
            self.form.show_step(step)
            self.form.show_problems({})
        self.form.layout.display = "none" if asking else ""
        self.question.layout.display = "" if asking else "none"
        back = [GroupButton("back", "← Back", look="pp-secondary")] if step else []
        add = "Save the question" if self.edited else "Add this question"
        go_on = ("add", add) if asking else ("next", "Next")
        cancel = [GroupButton("cancel", "Leave it as it was", look="pp-secondary")] if self.edited else []
        buttons = [*back, GroupButton(*go_on, look="pp-secondary"), *cancel]
        self.buttons.draw(f"{self.added} {step}", buttons)

    def _clicked(self, name: str, state: str) -> None:
        if state == self.buttons.state:
            {"back": self._go_back, "next": self._go_on, "add": self._add, "cancel": self._cancel}[name]()

    def _cancel(self) -> None:
        self._clear()
        self.focus_on("about", "Nothing has changed.")

    def _go_back(self) -> None:
        self._show_step(self.step - 1)
        self.form.focus_on_step()

    def _go_on(self) -> None:
        """Go to the next step, unless something is wrong in the steps so far."""
        problems: dict[str, str] = {}
        application = self._application(problems)
        shown = {name: each for name, each in problems.items() if self._step_of(name) <= self.step}
        if shown:
            self._show_problems(shown)
        elif application and self.step == LAST_STEP:
            self._ask(application)
        else:
            self._show_step(self.step + 1)
            self.form.focus_on_step()

    def _step_of(self, name: str) -> int:
        return 0 if name == "decision" else self.form.step_of(name)

    def _application(self, problems: dict[str, str]) -> Application | None:
        """What has happened; None, with the problems by the name of their field, if that cannot be read."""
        entries = self.form.entries
        if problem := moment_problem(self.day.text, self.time.text, entries.place):
            problems["decision"] = problem
        try:
            return parse_form(entries, self.now())
        except FormError as error:
            problems |= error.problems
            return None

    def _show_problems(self, problems: dict[str, str]) -> None:
        first = min(self._step_of(name) for name in problems)
        self._show_step(first)
        here = {name: each for name, each in problems.items() if self._step_of(name) == first}
        decision = here.pop("decision", "")
        shown = [("The day and time of the decision", decision)] * bool(decision) + self.form.show_problems(here)
        self.problems.value = problem_card(shown, self.element_id("wrong"))
        self.focus_on("wrong", " ".join(sentence for _, sentence in shown))

    def _ask(self, application: Application) -> None:
        """Show the last step, with the facts in words unless the facilitator has written their own."""
        if self.asks.text == self.drafted:
            self.asks.text = self.drafted = draft_story(application, self.now())
        self._show_step(QUESTION_STEP)
        self.focus_on("question", "What could they do?")

    def _show_more(self) -> None:
        hidden = [row for row in self.rows if row.layout.display == "none"]
        for row in hidden[:1]:
            row.layout.display = ""
        self.more.layout.display = "" if len(hidden) > 1 else "none"

    def _judge(self) -> None:
        """Show the verdicts, and why the question cannot be asked, if it cannot. Returns the question if it can."""
        question = self._judged()
        if question is not None:
            self.focus_on("verdicts", "Here’s what the judge says.")

    def _judged(self) -> JudgedQuestion | None:
        """The question, with its verdicts on screen; None, with the reason on screen, if it cannot be asked."""
        self.problems.value, judged = "", Markup("")
        problems: dict[str, str] = {}
        application = self._application(problems)
        if application is None or problems:
            self._show_problems(problems)
            return None
        try:
            entries = [row.entries for row in self.rows]
            question = read_judged_question(application, self.now(), self.asks.text, entries)
            judged = judged_options(question.judged(self.policy))
            question.question(self.policy)
        except RoomError as error:
            self._show_verdicts(judged)
            self.problems.value = Markup('<p class="pp-problem" data-id="{}" tabindex="-1">{}</p>').format(
                self.element_id("wrong"), error
            )
            self.focus_on("wrong", str(error))
            return None
        self._show_verdicts(judged)
        return question

    def _show_verdicts(self, judged: Markup) -> None:
        self.verdicts.value = (
            Markup(
                '<section class="pp-card"><h4 data-id="{}" tabindex="-1">What the judge says</h4>{}</section>'
            ).format(self.element_id("verdicts"), judged)
            if judged
            else ""
        )

    def _add(self) -> None:
        question = self._judged()
        if question is None:
            return
        edited = self.edited
        self.added += 1
        self._clear()
        if edited:
            self.on_replace(edited, question)
        else:
            self.on_add(question)
