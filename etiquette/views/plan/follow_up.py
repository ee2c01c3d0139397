"""My follow-up: the form about an interview of one's own, and the plan that follows from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ipywidgets import HTML, VBox
from markupsafe import Markup

from etiquette.judge import ARTICLE, Policy
from etiquette.plan import (
    APPLICATION_TOO_LARGE,
    LARGEST_APPLICATION,
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
from etiquette.views.controls import Announcer, BrowserZone, Download, Notice, Upload, button, style, utc_now
from etiquette.views.plan.answer import answer, said, wrong
from etiquette.views.plan.form import Form

PRIVATE = (
    '<p class="pp-muted">What you enter is kept nowhere; it is gone when you close the page, unless you save it to a '
    "file of your own.</p>"
)
OPENED = "Here is what you saved. Add what has happened since, and make your plan again."
KEEP = "Save what you entered, to open it here again (.json)"
SAVE = "Save these dates for your calendar (.ics)"
FILE_NAME = "my-interview.json"
IMPORTING = (
    '<p class="pp-muted">Thunderbird, Google Calendar and Outlook open this file. Each step has an alarm. Open a newer '
    "one, and the steps that are there already move; a step that is no longer in it you take out yourself.</p>"
)


class FollowUp(VBox):
    """The form, and below it the plan.

    `plan` is the latest one, None while there is none. `clock` tells the present moment, with a time zone. On a page
    that has an `attendant` already, the view shares it. What is entered is kept nowhere but in the learner's own file.
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
        self.go = button(self.notice, self.make_plan, "pp-primary", description="Make my plan")
        self.heading, self.card, self.importing = HTML(), HTML(), HTML(IMPORTING)
        self.link, self.entered = Download(), Download(filename=FILE_NAME)
        self.calendar = VBox([self.link, self.importing])
        self.saving = VBox([self.calendar, self.entered])
        self.upload = Upload(
            self.notice,
            self.take,
            "Been here before? Open the file that you saved",
            ".json,application/json",
            LARGEST_APPLICATION,
        )
        self.opened = HTML()
        own = () if announcer else (self.announcer,)
        asked = (self.heading, self.opened, self.form, HTML(PRIVATE), self.go)
        told = (self.card, self.saving, self.upload)
        super().__init__([style(), *asked, *told, self.notice, self.browser_zone, *own])
        self.add_class("pp")
        self.add_class("pp-follow-up")
        self.heading.value = f'<h2 class="pp-title" id="{self._id("top")}" tabindex="-1">Your interview</h2>'
        self.saving.layout.display = "none"
        self.browser_zone.observe(lambda change: self.form.suggest_zone(change.new), "zone")
        if entries:
            self.form.entries = entries

    def take_focus(self) -> None:
        """Take the keyboard to the top of the view."""
        self._take_focus("top", "My follow-up.")

    def take(self, text: str | None) -> None:
        """Fill the form with what was saved; None stands for a file too large to be read."""
        try:
            if text is None:
                raise EntryError(APPLICATION_TOO_LARGE)
            self.form.entries = form_of(Application.from_json(text))
        except EntryError as error:
            says = str(error)
        else:
            says = OPENED
            self.form.show({})
            self.plan, self.card.value, self.saving.layout.display = None, "", "none"
        self.opened.value = Markup('<p class="pp-answer" id="{}" tabindex="-1">{}</p>').format(self._id("opened"), says)
        self._take_focus("opened", says)

    def make_plan(self) -> None:
        """Draw the plan that follows from what is in the form, or say beside each field why there can be none."""
        now = self.clock()
        try:
            application = parse_form(self.form.entries, now)
        except FormError as error:
            self.plan, self.saving.layout.display = None, "none"
            found = self.form.show(error.problems)
            self.card.value = wrong(found, self._id("wrong"))
            self._take_focus("wrong", " ".join(sentence for _, sentence in found))
            return
        self.form.show({})
        self.plan = plan(application, now, self.policy)
        self.card.value = answer(self.plan, self._id("plan"))
        if self.plan.steps:
            self.link.filename = calendar_file_name(application)
            self.link.offer(calendar_file(self.plan, now).decode(), SAVE, "text/calendar")
        self.calendar.layout.display = "" if self.plan.steps else "none"
        self.entered.offer(application.to_json(), KEEP, "application/json")
        self.saving.layout.display = ""
        self._take_focus("plan", said(self.plan))

    def _take_focus(self, part: str, say: str) -> None:
        self.announcer.move_focus(focus=self._id(part), show=self._id(part), say=say)

    def _id(self, part: str) -> str:
        return f"pp-{part}-{self.model_id}"
