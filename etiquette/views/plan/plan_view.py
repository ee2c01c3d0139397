"""The plan on the page, with its messages to rewrite and the files to save."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ipywidgets import HTML, VBox

from etiquette.plan import Plan, calendar_file, calendar_file_name
from etiquette.views.controls import Announcer, Download, Notice, ProgressStore, View, button
from etiquette.views.plan.own_words import OwnWords
from etiquette.views.plan.plan_card import calendar_card, plan_card, plan_sentence

SAVE_ENTRIES_LABEL = "Save my entries so I can open them on another device (.json)"
SAVE_CALENDAR_LABEL = "Save to my calendar (.ics)"
ENTRIES_FILE_NAME = "my-interview.json"
CALENDAR_NOTE = (
    '<p class="pp-muted">Google Calendar, Outlook and Thunderbird can open this file. Each step has a reminder. If you '
    "open a newer file later, the steps move to their new times; delete any step the new plan no longer has.</p>"
)


class PlanView(View):
    """The latest plan. `on_change` is called when the learner wants to change their entries."""

    def __init__(
        self,
        notice: Notice,
        announcer: Announcer,
        progress_store: ProgressStore,
        clock: Callable[[], datetime],
        on_change: Callable[[], None],
    ) -> None:
        self.announcer = announcer
        self.card, self.dates = HTML(), HTML()
        self.calendar_download, self.entries_download = Download(), Download(filename=ENTRIES_FILE_NAME)
        self.calendar = VBox([self.calendar_download, HTML(CALENDAR_NOTE)])
        self.own_words = OwnWords(notice, announcer, progress_store, clock)
        self.change = button(notice, on_change, "pp-secondary", description="← Change what I entered")
        parts = (self.card, self.dates, self.calendar, self.own_words, self.entries_download, self.change)
        super().__init__(parts)

    def show(self, plan: Plan, now: datetime) -> None:
        """Show this plan, made at this time, move the focus to it and announce it."""
        self.card.value, self.dates.value = plan_card(plan, self.element_id("plan")), calendar_card(plan)
        self.own_words.offer(plan)
        if plan.steps:
            self.calendar_download.filename = calendar_file_name(plan.application)
            self.calendar_download.offer(calendar_file(plan, now).decode(), SAVE_CALENDAR_LABEL, "text/calendar")
        self.calendar.layout.display = "" if plan.steps else "none"
        self.entries_download.offer(plan.application.to_json(), SAVE_ENTRIES_LABEL, "application/json")
        self.focus_on("plan", plan_sentence(plan))
