"""My follow-up: the form about the learner's own interview, and the plan for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ipywidgets import HTML, VBox
from markupsafe import Markup

from etiquette.judge import ARTICLE, Policy
from etiquette.plan import (
    APPLICATION_TOO_LARGE,
    LARGEST_APPLICATION,
    MOST_ROWS,
    Application,
    EntryError,
    FormEntries,
    FormError,
    Plan,
    calendar_file,
    calendar_file_name,
    form_of,
    parse_form,
    plan,
)
from etiquette.views.controls import Announcer, BrowserZone, Download, Notice, Upload, View, button, style, utc_now
from etiquette.views.plan.form import TOO_MANY, Form
from etiquette.views.plan.plan_card import plan_card, plan_sentence, problem_card

PRIVACY_NOTE = (
    '<p class="pp-muted">What you enter is kept nowhere; it is gone when you close the page, unless you save it to a '
    "file of your own.</p>"
)
OPENED_MESSAGE = "Here is what you saved. Add what has happened since, and make your plan again."
SAVE_ENTRIES_LABEL = "Save what you entered, to open it here again (.json)"
SAVE_CALENDAR_LABEL = "Save these dates for your calendar (.ics)"
ENTRIES_FILE_NAME = "my-interview.json"
CALENDAR_NOTE = (
    '<p class="pp-muted">Thunderbird, Google Calendar and Outlook open this file. Each step has an alarm. Open a newer '
    "one, and the steps that are there already move; a step that is no longer in it you take out yourself.</p>"
)


class FollowUp(View):
    """The form, and below it the plan.

    `plan` is the plan on screen; None while there is none. `clock` returns the present moment, with a time zone. On a
    page that already has an `announcer`, the view shares it. Entries are stored only in the learner's own file.
    """

    def __init__(
        self,
        entries: FormEntries | None = None,
        policy: Policy = ARTICLE,
        clock: Callable[[], datetime] = utc_now,
        announcer: Announcer | None = None,
    ) -> None:
        self.policy, self.clock = policy, clock
        self.plan: Plan | None = None
        self.notice, self.announcer, self.browser_zone = Notice(), announcer or Announcer(), BrowserZone()
        self.form = Form(self.notice, self.announcer)
        self.submit = button(self.notice, self.make_plan, "pp-primary", description="Make my plan")
        self.heading, self.card = HTML(), HTML()
        self.calendar_download, self.entries_download = Download(), Download(filename=ENTRIES_FILE_NAME)
        self.calendar = VBox([self.calendar_download, HTML(CALENDAR_NOTE)])
        self.saving = VBox([self.calendar, self.entries_download])
        self.upload = Upload(
            self.notice, self.open_file, "Been here before? Open the file that you saved", LARGEST_APPLICATION
        )
        self.opened = HTML()
        entry = (self.heading, self.opened, self.form, HTML(PRIVACY_NOTE), self.submit)
        result = (self.card, self.saving, self.upload)
        own = () if announcer else (style(), self.announcer)
        super().__init__([*entry, *result, self.notice, self.browser_zone, *own])
        self.add_class("pp").add_class("pp-follow-up")
        self.heading.value = f'<h2 class="pp-title" id="{self.element_id("top")}" tabindex="-1">Your interview</h2>'
        self.saving.layout.display = "none"
        self.browser_zone.observe(lambda change: self.form.suggest_zone(change.new), "zone")
        if entries:
            self.form.entries = entries

    def take_focus(self) -> None:
        """Move the focus to the heading, and announce the view."""
        self.focus_on("top", "My follow-up.")

    def open_file(self, text: str | None) -> None:
        """Fill the form from a saved file; None stands for a file too large to read."""
        try:
            if text is None:
                raise EntryError(APPLICATION_TOO_LARGE)
            entries = form_of(Application.from_json(text))
            if len(entries.rows) > MOST_ROWS:
                raise EntryError(TOO_MANY)
            self.form.entries = entries
        except EntryError as error:
            message = str(error)
        else:
            message = OPENED_MESSAGE
            self.form.show({})
            self.plan, self.card.value, self.saving.layout.display = None, "", "none"
        self.opened.value = Markup('<p class="pp-answer" id="{}" tabindex="-1">{}</p>').format(
            self.element_id("opened"), message
        )
        self.focus_on("opened", message)

    def make_plan(self) -> None:
        """Draw the plan for what has been entered, or say what is wrong beside each field."""
        now = self.clock()
        try:
            application = parse_form(self.form.entries, now)
        except FormError as error:
            self.plan, self.saving.layout.display = None, "none"
            problems = self.form.show(error.problems)
            self.card.value = problem_card(problems, self.element_id("wrong"))
            self.focus_on("wrong", " ".join(sentence for _, sentence in problems))
            return
        self.form.show({})
        self.plan = plan(application, now, self.policy)
        self.card.value = plan_card(self.plan, self.element_id("plan"))
        if self.plan.steps:
            self.calendar_download.filename = calendar_file_name(application)
            self.calendar_download.offer(calendar_file(self.plan, now).decode(), SAVE_CALENDAR_LABEL, "text/calendar")
        self.calendar.layout.display = "" if self.plan.steps else "none"
        self.entries_download.offer(application.to_json(), SAVE_ENTRIES_LABEL, "application/json")
        self.saving.layout.display = ""
        self.focus_on("plan", plan_sentence(self.plan))
