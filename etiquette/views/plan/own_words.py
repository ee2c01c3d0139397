"""The templates of a plan. The learner opens one in the draft judge and rewrites it in their own words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from ipywidgets import HTML, HBox, Layout, VBox

from etiquette.drafts import MessageKind
from etiquette.plan import Plan, plan
from etiquette.views.controls import Announcer, Looks, Notice, ProgressStore, View, button, close_all
from etiquette.views.drafts import DraftView
from etiquette.views.plan.plan_card import step_templates
from etiquette.views.plan.when_to_send import MESSAGE_KINDS, when_to_send

LABELS = {
    MessageKind.REFERENCES_EMAIL: "Check my email with the references",
    MessageKind.THANK_YOU_EMAIL: "Check my thank-you email",
    MessageKind.STATUS_EMAIL: "Check my email about the decision",
    MessageKind.VOICEMAIL: "Check my voicemail",
}
OWN_WORDS_ITEM = "own_words-{}"
HEADING = "<h3>In your own words</h3><p>Open a message, put it in your own words, and check it before you send it.</p>"


class OwnWords(View):
    """A button for each message of a plan, with the draft that was opened last below them.

    The progress store keeps what the learner makes of each message. `clock` returns the current time.
    """

    def __init__(
        self,
        notice: Notice,
        announcer: Announcer,
        progress_store: ProgressStore,
        clock: Callable[[], datetime],
    ) -> None:
        self.announcer, self.progress_store, self.clock = announcer, progress_store, clock
        self.plan: Plan | None = None
        self.texts: dict[MessageKind, str] = {}  # as they are in the plan
        self.draft: DraftView | None = None
        looks = Looks()
        self.openers = {
            kind: button(notice, partial(self.show_draft, kind), "pp-kind", description=label, looks=looks)
            for kind, label in LABELS.items()
        }
        self.offered, self.stage = HBox().add_class("pp-kinds"), VBox()
        super().__init__([HTML(HEADING), self.offered, self.stage], "pp-own-words", layout=Layout(display="none"))

    def offer(self, plan: Plan) -> None:
        """Offer the messages of this plan."""
        self.plan, self.stage.children = plan, []
        messages = [message for step in plan.steps for message in step_templates(step)]
        self.texts = {MESSAGE_KINDS[each.kind]: each.text for each in reversed(messages) if each.kind in MESSAGE_KINDS}
        self.offered.children = [opener for kind, opener in self.openers.items() if kind in self.texts]
        self.layout.display = "" if self.texts else "none"

    def show_draft(self, kind: MessageKind) -> None:
        """Open a message as the learner left it or, the first time, as it is in the plan."""
        draft = (kind, self.texts[kind])
        if self.draft is None:
            item = OWN_WORDS_ITEM.format(kind)
            self.draft = DraftView(*draft, self.announcer, self.progress_store, item, self._when)
        else:
            self.draft.edit(*draft, OWN_WORDS_ITEM.format(kind))
        self.stage.children = [self.draft]
        self.draft.take_focus()

    def _when(self, kind: MessageKind) -> str:
        offered = self.plan
        return when_to_send(kind, offered and plan(offered.application, self.clock(), offered.policy))

    def close(self) -> None:
        """Close the view, including the buttons and the draft that are not shown."""
        close_all(*self.openers.values(), *filter(None, [self.draft]))
        super().close()


def forget_own_words(progress_store: ProgressStore) -> None:
    """Have the store forget what the learner made of the messages."""
    for kind in MessageKind:
        progress_store.set_item(OWN_WORDS_ITEM.format(kind), "")
