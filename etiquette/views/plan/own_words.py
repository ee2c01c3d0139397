"""The templates of a plan. The learner opens one in the draft judge and rewrites it in their own words."""

from __future__ import annotations

from functools import partial

from ipywidgets import HTML, HBox, Layout, VBox

from etiquette.drafts import MessageKind
from etiquette.judge import Kind
from etiquette.plan import Plan
from etiquette.views.controls import Announcer, Looks, Notice, View, button, close_all
from etiquette.views.drafts import DraftView
from etiquette.views.plan.plan_card import step_templates

MESSAGE_KINDS = {
    Kind.SEND_REFERENCES: MessageKind.REFERENCES_EMAIL,
    Kind.THANK_YOU_EMAIL: MessageKind.THANK_YOU_EMAIL,
    Kind.STATUS_EMAIL: MessageKind.STATUS_EMAIL,
    Kind.LEAVE_MESSAGE: MessageKind.VOICEMAIL,
}
LABELS = {
    MessageKind.REFERENCES_EMAIL: "Check my email with the references",
    MessageKind.THANK_YOU_EMAIL: "Check my thank-you email",
    MessageKind.STATUS_EMAIL: "Check my email about the decision",
    MessageKind.VOICEMAIL: "Check my voicemail",
}
HEADING = "<h3>In your own words</h3><p>Open a message, put it in your own words, and check it before you send it.</p>"


class OwnWords(View):
    """A button for each message of a plan, with the draft that was opened last below them."""

    def __init__(self, notice: Notice, announcer: Announcer) -> None:
        self.announcer = announcer
        self.texts: dict[MessageKind, str] = {}  # as they are in the plan
        self.drafts: dict[MessageKind, str] = {}  # as the learner left them
        self.draft: DraftView | None = None
        self.opened: MessageKind | None = None
        looks = Looks()
        self.openers = {
            kind: button(notice, partial(self.show_draft, kind), "pp-kind", description=label, looks=looks)
            for kind, label in LABELS.items()
        }
        self.offered, self.stage = HBox().add_class("pp-kinds"), VBox()
        super().__init__([HTML(HEADING), self.offered, self.stage], layout=Layout(display="none"))
        self.add_class("pp-own-words")

    def offer(self, plan: Plan) -> None:
        """Offer the messages of this plan."""
        self._set_aside()
        messages = [message for step in plan.steps for message in step_templates(step)]
        self.texts = {MESSAGE_KINDS[each.kind]: each.text for each in reversed(messages) if each.kind in MESSAGE_KINDS}
        self.offered.children = [opener for kind, opener in self.openers.items() if kind in self.texts]
        self.layout.display = "" if self.texts else "none"

    def show_draft(self, kind: MessageKind) -> None:
        """Open a message as the learner left it or, the first time, as it is in the plan."""
        self._set_aside()
        if self.draft is None:
            self.draft = DraftView(announcer=self.announcer)
        self.draft.field.value, self.opened = self.drafts.get(kind) or self.texts[kind], kind
        self.draft.choose(kind)
        self.stage.children = [self.draft]
        self.draft.take_focus()

    def clear(self) -> None:
        """Forget every message."""
        self._set_aside()
        self.drafts, self.texts = {}, {}

    def close(self) -> None:
        """Close the view, including the buttons and the draft that are not shown."""
        close_all(*self.openers.values(), *filter(None, [self.draft]))
        super().close()

    def _set_aside(self) -> None:
        """Take the open draft off the page, and remember the learner's changes."""
        if self.draft and self.opened:
            if self.draft.field.value != self.texts.get(self.opened):
                self.drafts[self.opened] = self.draft.field.value
            self.draft.field.value, self.opened = "", None
        self.stage.children = []
