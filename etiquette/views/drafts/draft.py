"""A draft to type or to put together, and the assessment of its wording."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from functools import partial

from ipywidgets import HTML, HBox, Layout, Textarea, VBox
from markupsafe import Markup

from etiquette.drafts import KIND_NAMES, DraftAssessment, DraftError, MessageKind, assess_draft, message_parts
from etiquette.views.controls import (
    SOMETHING_WENT_WRONG,
    Announcer,
    Looks,
    Notice,
    View,
    button,
    environment,
    show_labels,
    styled,
)
from etiquette.views.drafts.marked import marked_draft

log = logging.getLogger("etiquette")

MOST_PARTS = 10
READING = '<p class="pp-muted">Reading your draft…</p>'


class DraftView(View):
    """A text field, ready-made sentences to add to it, and the latest assessment.

    `assessment` is None until the draft has been judged, in a worker thread. What is typed is not stored.
    A page that already has an `announcer` shares it.
    """

    def __init__(
        self,
        kind: MessageKind = MessageKind.THANK_YOU_EMAIL,
        text: str = "",
        announcer: Announcer | None = None,
    ) -> None:
        self.assessment: DraftAssessment | None = None
        self._awaited: tuple[str, MessageKind] | None = None  # the draft whose assessment will be shown
        self.environment = environment()
        self.parts = message_parts()
        self.notice, self.announcer = Notice(), announcer or Announcer()
        looks = Looks()
        self.kinds = {
            each: button(self.notice, partial(self.choose, each), "pp-kind", description=name, looks=looks)
            for each, name in KIND_NAMES.items()
        }
        kinds = HBox(list(self.kinds.values())).add_class("pp-kinds")
        self.field = Textarea(text, description="Your draft", rows=9, layout=Layout(width="auto")).add_class("pp-field")
        self.error = HTML()
        part_buttons = [button(self.notice, partial(self._add, n), "pp-part") for n in range(MOST_PARTS)]
        self.part_buttons = VBox(part_buttons).add_class("pp-parts")
        self.judge_button = button(self.notice, self.judge, "pp-primary", description="Check my draft", looks=looks)
        self.clear_button = button(self.notice, self._clear, "pp-secondary", description="Clear my draft", looks=looks)
        actions = HBox([self.judge_button, self.clear_button]).add_class("pp-leave")
        self.card = HTML()
        self.heading = HTML()
        offer = HTML('<h3 class="pp-when">Or build it from these sentences</h3>')
        more = (self.part_buttons, self.notice, *(() if announcer else (self.announcer,)))
        super().__init__([self.heading, kinds, self.field, self.error, actions, self.card, offer, *more])
        self.add_class("pp-draft")
        self.heading.value = Markup('<h2 class="pp-title" id="{}" tabindex="-1">Your draft</h2>').format(
            self.element_id("draft")
        )
        self.choose(kind)

    def take_focus(self) -> None:
        """Move the focus to the top of the view."""
        self.focus_on("draft", "Your draft.")

    def choose(self, kind: MessageKind) -> None:
        """Select this kind of message. The text in the field stays."""
        self.kind = kind
        for each, kind_button in self.kinds.items():
            chosen = each is kind
            kind_button.description = ("✓ " if chosen else "") + KIND_NAMES[each]
            (kind_button.add_class if chosen else kind_button.remove_class)("pp-chosen-kind")
        show_labels(self.part_buttons.children, self.parts[kind])
        self._withdraw()

    def judge(self) -> None:
        """Judge the text in the field or, if it cannot be judged, say why beside the field."""
        self._withdraw(READING)
        draft = self._awaited = (self.field.value, self.kind)
        self.environment.in_thread(partial(assess_draft, *draft), partial(self._draw, draft))

    def _withdraw(self, instead: str = "") -> None:
        """Remove the assessment from the page, and drop one that is still being made."""
        self.card.value, self.assessment, self._awaited = instead, None, None

    def _draw(self, draft: tuple[str, MessageKind], outcome: Future[DraftAssessment]) -> None:
        """Draw the assessment of this draft, unless the learner has moved on since."""
        if self.closed or draft is not self._awaited:
            return
        self._withdraw()
        try:
            assessment = outcome.result()
        except DraftError as error:
            self.error.value = Markup('<p class="pp-beside" id="{}" tabindex="-1">{}</p>').format(
                self.element_id("beside"), error
            )
            self.focus_on("beside", str(error))
        except Exception:
            log.exception("could not judge a draft")
            self.notice.value = SOMETHING_WENT_WRONG
        else:
            self.assessment, self.error.value = assessment, ""
            self.card.value = marked_draft(assessment, self.element_id("reading"))
            self.focus_on("reading", f"{assessment.tone.capitalize()}, credit {assessment.credit}.")

    def _add(self, number: int) -> None:
        """Append a sentence. In emails, the opening and the closing sentence each start a new paragraph."""
        parts, before = self.parts[self.kind], self.field.value.rstrip()
        starts_paragraph = self.kind is not MessageKind.VOICEMAIL and number in (1, len(parts) - 1)
        separator = "\n\n" if starts_paragraph else " "
        self.field.value = f"{before}{separator}{parts[number]}" if before else parts[number]

    def _clear(self) -> None:
        self.field.value = self.error.value = ""
        self._withdraw()


def compose(kind: str = "thank_you_email", text: str = "") -> VBox:
    """A draft that starts with this text, for a notebook cell.

    Raises:
        ValueError: There is no such kind of message.
    """
    return styled(DraftView(MessageKind(kind), text))
