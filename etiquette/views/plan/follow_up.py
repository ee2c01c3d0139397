"""My interview: the form about the learner's own interview, and the plan for it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from ipywidgets import HTML, Button, HBox, VBox, Widget
from markupsafe import Markup

from etiquette.judge import Policy
from etiquette.plan import (
    APPLICATION_TOO_LARGE,
    LARGEST_APPLICATION,
    MOST_ROWS,
    Application,
    EntryError,
    FormEntries,
    FormError,
    Plan,
    form_of,
    parse_form,
    plan,
)
from etiquette.views.controls import (
    Announcer,
    BrowserZone,
    Looks,
    Notice,
    ProgressStore,
    Upload,
    View,
    button,
    close_all,
    environment,
    utc_now,
)
from etiquette.views.plan.form import LAST_STEP, TOO_MANY, Form
from etiquette.views.plan.kept import ENTRIES_ITEM, entries_from_json, entries_to_json
from etiquette.views.plan.own_words import forget_own_words
from etiquette.views.plan.plan_card import problem_card
from etiquette.views.plan.plan_view import PlanView

KEEPING = Markup(
    '<h3 data-id="{}" tabindex="-1">Where this is kept</h3><p class="pp-muted">{} It’s saved nowhere else, and stays '
    "until you clear it. Clear it to start another application, or if other people use this device.</p>"
)
IN_BROWSER = "What you type is saved in this browser, on this device."
ON_PLATFORM = (
    "What you type is saved by the learning platform that opened this page. Its administrators may be able to read it."
)
IN_FILE = Markup("What you type is saved in <code>{}</code>.")
CLEAR_QUESTION = Markup(
    '<h4 data-id="{}" tabindex="-1">Clear everything?</h4><p>This deletes everything you typed here. You can only get '
    "it back from a file that you saved.</p>"
)
WELCOME_BACK = "Here’s what you entered last time. Add what has happened since, then make a new plan."
OPENED_MESSAGE = "Here’s what you saved. Add what has happened since, then make a new plan."
CLEARED_MESSAGE = "Everything has been cleared. You can start another application."


class FollowUp(View):
    """The form, and then the plan.

    `plan` is the plan on screen, if any. `clock` returns the current time, with a time zone. A page that already has an
    `announcer` or a `progress_store` shares it. The store keeps what is entered; entries given in code are shown
    instead of those that it has kept.
    """

    def __init__(
        self,
        entries: FormEntries | None = None,
        policy: Policy | None = None,
        clock: Callable[[], datetime] = utc_now,
        announcer: Announcer | None = None,
        progress_store: ProgressStore | None = None,
    ) -> None:
        self.policy, self.clock = policy or environment().policy, clock
        self.plan: Plan | None = None
        self.notice, self.announcer, self.browser_zone = Notice(), announcer or Announcer(), BrowserZone()
        self.progress_store = progress_store or environment().progress_store
        self.form = Form(self.notice, self.announcer, clock, self._keep)
        self.heading, self.message, self.problems = HTML(), HTML(), HTML()
        self.back = button(self.notice, self.go_back, "pp-secondary", description="← Back")
        self.submit = button(self.notice, self.go_on, "pp-primary")
        actions = HBox([self.back, self.submit]).add_class("pp-leave")
        self.entry = VBox([self.form, self.problems, actions])

        self.result: PlanView | None = None
        self.stage = VBox([self.entry])

        self.keeping = HTML().add_class("pp-keeping")
        self.looks = Looks()
        clear = self._button("Clear everything", self._ask_to_clear)
        self.asked = VBox()
        label = "Open a file you saved here before"
        self.upload = Upload(self.notice, self.open_file, label, LARGEST_APPLICATION)
        parts = (self.heading, self.message, self.stage, self.keeping, clear, self.asked, self.upload, self.notice)
        super().__init__([*parts, self.browser_zone], "pp-follow-up", root=announcer is None)
        self.heading.value = (
            f'<h2 class="pp-title" data-id="{self.element_id("top")}" tabindex="-1">Your interview</h2>'
        )
        self.follow(self.progress_store, "on_platform", lambda _: self._say_where_it_is_kept())
        self._say_where_it_is_kept()
        self.browser_zone.observe(lambda change: self.form.suggest_zone(change.new), "zone")
        self._fill(entries or FormEntries())
        if entries is None:
            self.follow(self.progress_store, "items", self._items_changed)
            self._restore()

    def _say_where_it_is_kept(self) -> None:
        file = self.progress_store.item_file(ENTRIES_ITEM)
        elsewhere = ON_PLATFORM if self.progress_store.on_platform else IN_BROWSER
        self.keeping.value = KEEPING.format(self.element_id("keeping"), IN_FILE.format(file) if file else elsewhere)

    def copied_parts(self) -> Sequence[Widget]:
        """The form, also when a plan is shown: a plan tells of the learner's interview."""
        return (self.heading, self.entry)

    def take_focus(self) -> None:
        """Move the focus to the heading, and announce the view."""
        self.focus_on("top", "Your interview.")

    def go_on(self) -> None:
        """Go to the next step or, after the last, make the plan, unless something is wrong in the steps so far."""
        now, application, steps = self.clock(), None, dict[str, int]()
        try:
            application = parse_form(self.form.entries, now)
        except FormError as error:
            problems = error.problems
            steps = {name: step for name in problems if (step := self.form.step_of(name)) <= self.form.step}
        if steps:
            self._show_step(first := min(steps.values()))
            shown = self.form.show_problems({name: problems[name] for name, step in steps.items() if step == first})
            self.problems.value = problem_card(shown, self.element_id("wrong"))
            self.focus_on("wrong", " ".join(sentence for _, sentence in shown))
        elif application and self.form.step == LAST_STEP:
            self._show_plan(application, now)
        else:
            self._go_to(self.form.step + 1)

    def go_back(self) -> None:
        """Go to the step before."""
        self._go_to(self.form.step - 1)

    def change_entries(self) -> None:
        """Go from the plan back to the last step."""
        self._go_to(LAST_STEP)

    def open_file(self, text: str | None) -> None:
        """Fill the form from a saved file; None stands for a file too large to read."""
        try:
            if text is None:
                raise EntryError(APPLICATION_TOO_LARGE)
            entries = form_of(Application.from_json(text))
            if len(entries.rows) > MOST_ROWS:
                raise EntryError(TOO_MANY)
        except EntryError as error:
            self._say(str(error))
        else:
            if entries.id != self.form.entries.id:
                forget_own_words(self.progress_store)
            self._fill(entries)
            self._resume()
            self._keep()
            self._say(OPENED_MESSAGE)

    def clear(self) -> None:
        """Erase everything that was entered, here and where it is kept."""
        self.asked.layout.display = "none"
        self.progress_store.set_item(ENTRIES_ITEM, "")
        forget_own_words(self.progress_store)
        self._fill(FormEntries())
        self._say(CLEARED_MESSAGE)

    def close(self) -> None:
        """Close the view with the form and the plan, although only one of them is shown."""
        close_all(self.entry, *filter(None, [self.result]))
        super().close()

    def _button(self, label: str, when_clicked: Callable[[], None]) -> Button:
        return button(self.notice, when_clicked, "pp-secondary", description=label, looks=self.looks)

    def _ask_to_clear(self) -> None:
        if not self.asked.children:
            question = HTML(CLEAR_QUESTION.format(self.element_id("question")))
            answers = (self._button("Yes, clear it", self.clear), self._button("No, keep it", self._keep_after_all))
            self.asked.children = [question, HBox(answers).add_class("pp-leave")]
        self.asked.layout.display = ""
        self.focus_on("question", "Clear everything?")

    def _keep_after_all(self) -> None:
        self.asked.layout.display = "none"
        self.focus_on("keeping", "Nothing has been cleared.")

    def _keep(self) -> None:
        self.progress_store.set_item(ENTRIES_ITEM, entries_to_json(self.form.entries))

    def _items_changed(self, change: Any) -> None:
        """Show what was entered before, once a browser has it, or in another tab. Other items matter to others."""
        if change.new.get(ENTRIES_ITEM) != change.old.get(ENTRIES_ITEM):
            self._restore()

    def _restore(self) -> None:
        """Show what the store keeps, or an empty form once it has been cleared, perhaps in another tab."""
        saved = self.progress_store.item(ENTRIES_ITEM)
        kept = entries_from_json(saved)
        if kept == self.form.entries or (saved and not kept):
            return
        arriving, step = not self.form.entries.day, self.form.step
        self._fill(kept or FormEntries())
        if kept and arriving:
            self._resume()
            self.message.value = _message(WELCOME_BACK, self.element_id("message"))
        elif kept:
            self._show_step(step)

    def _fill(self, entries: FormEntries) -> None:
        """Show these entries, and no plan. A new application gets an id."""
        self.form.entries = replace(entries, id=entries.id or secrets.token_hex(8))
        self.form.suggest_zone(self.browser_zone.zone)
        self.message.value = ""
        self._show_step(0)

    def _resume(self) -> None:
        """Show the first step with something wrong in it, otherwise the last."""
        try:
            parse_form(self.form.entries, self.clock())
        except FormError as error:
            self._show_step(min(self.form.step_of(name) for name in error.problems))
        else:
            self._show_step(LAST_STEP)

    def _go_to(self, step: int) -> None:
        self._show_step(step)
        self.form.focus_on_step()

    def _show_step(self, step: int) -> None:
        self.plan, self.problems.value = None, ""
        self.stage.children = [self.entry]
        self.form.show_step(step)
        self.form.show_problems({})
        self.back.layout.display = "" if step else "none"
        self.submit.description = "Make my plan" if step == LAST_STEP else "Next"

    def _show_plan(self, application: Application, now: datetime) -> None:
        self.plan = plan(application, now, self.policy)
        self.message.value = self.problems.value = ""
        if self.result is None:
            shared = (self.notice, self.announcer, self.progress_store, self.clock)
            self.result = PlanView(*shared, self.change_entries)
        self.stage.children = [self.result]
        self.result.show(self.plan, now)

    def _say(self, sentence: str) -> None:
        self.message.value = _message(sentence, self.element_id("message"))
        self.focus_on("message", sentence)


def _message(sentence: str, element_id: str) -> Markup:
    return Markup('<p class="pp-answer" data-id="{}" tabindex="-1">{}</p>').format(element_id, sentence)
