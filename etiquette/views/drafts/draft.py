"""A draft to type or to put together, and the assessment of its wording."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from zlib import crc32

from ipywidgets import HTML, HBox, Layout, Textarea, VBox, Widget
from markupsafe import Markup

from etiquette.drafts import KIND_NAMES, DraftAssessment, DraftError, MessageKind, assess_draft, message_parts
from etiquette.practice import DRAFT_ITEM
from etiquette.views.controls import (
    SOMETHING_WENT_WRONG,
    Announcer,
    Looks,
    Notice,
    ProgressStore,
    View,
    button,
    environment,
    show_labels,
)
from etiquette.views.drafts.marked import marked_draft

log = logging.getLogger("etiquette")

MOST_PARTS = 10
KEPT_IN_BROWSER = "Your draft is kept in this browser until you clear it."
READING = '<p class="pp-muted">Reading your draft…</p>'


class DraftView(View):
    """A text field, ready-made sentences to add to it, and the latest assessment.

    `assessment` is None until the draft has been judged, in a worker thread. The progress store, by default that of the
    environment, keeps what is typed under the name `item` until it is cleared; `kind` and `text` are what the draft
    starts with. A page that already has an `announcer` shares it.
    """

    def __init__(
        self,
        kind: MessageKind = MessageKind.THANK_YOU_EMAIL,
        text: str = "",
        announcer: Announcer | None = None,
        progress_store: ProgressStore | None = None,
        item: str = DRAFT_ITEM,
    ) -> None:
        self.progress_store = progress_store or environment().progress_store
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
        self.field = Textarea(description="Your draft", rows=9, layout=Layout(width="auto")).add_class("pp-field")
        self.error = HTML()
        part_buttons = [button(self.notice, partial(self._add, n), "pp-part") for n in range(MOST_PARTS)]
        self.part_buttons = VBox(part_buttons).add_class("pp-parts")
        self.judge_button = button(self.notice, self.judge, "pp-primary", description="Check my draft", looks=looks)
        self.clear_button = button(self.notice, self._clear, "pp-secondary", description="Clear my draft", looks=looks)
        actions = HBox([self.judge_button, self.clear_button]).add_class("pp-leave")
        self.card = HTML()
        self.heading, self.keeping = HTML(), HTML()
        offer = HTML('<h3 class="pp-when">Or build it from these sentences</h3>')
        parts = (self.heading, kinds, self.field, self.error, actions, self.keeping, self.card, offer)
        super().__init__([*parts, self.part_buttons, self.notice], "pp-draft", root=announcer is None)
        self.heading.value = Markup('<h2 class="pp-title" data-id="{}" tabindex="-1">Your draft</h2>').format(
            self.element_id("draft")
        )
        self.edit(kind, text, item)
        self.field.observe(lambda _: self._keep(), "value")
        self.follow(self.progress_store, "items", lambda _: self._take_up())

    def edit(self, kind: MessageKind, text: str, item: str) -> None:
        """Show the draft that is kept under the name `item` or, if there is none, one that starts with this text."""
        self.item, self.start, self.touched = item, (kind, text), False
        self.shown = self._kept() or self.start
        self.kind, self.field.value = self.shown
        self._select(self.kind)
        file = self.progress_store.item_file(item)
        kept = Markup("Your draft is kept in <code>{}</code> until you clear it.").format(file) if file else ""
        self.keeping.value = Markup('<p class="pp-muted">{}</p>').format(kept or KEPT_IN_BROWSER)

    def copied_parts(self) -> Sequence[Widget]:
        """All but the assessment, which quotes the draft."""
        return [part for part in self.children if part is not self.card]

    def take_focus(self) -> None:
        """Move the focus to the top of the view."""
        self.focus_on("draft", "Your draft.")

    def choose(self, kind: MessageKind) -> None:
        """Select this kind of message. The text in the field stays."""
        self._select(kind)
        self._keep()

    def _select(self, kind: MessageKind) -> None:
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
            self.error.value = Markup('<p class="pp-beside" data-id="{}" tabindex="-1">{}</p>').format(
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
        self.progress_store.set_item(self.item, "")

    # Keeping

    def _keep(self) -> None:
        """Have the progress store keep what the learner has made of the draft, unless it is as it was at the start."""
        draft = (self.kind, self.field.value)
        if draft == self.shown:
            return
        self.shown, self.touched = draft, True
        self.progress_store.set_item(self.item, "" if draft == self.start else json.dumps(draft, ensure_ascii=False))

    def _kept(self) -> tuple[MessageKind, str] | None:
        """The draft that is kept; None if there is none, or it cannot be read."""
        try:
            match json.loads(self.progress_store.item(self.item)):
                case [str(kind), str(text)]:
                    return MessageKind(kind), text
        except (ValueError, RecursionError):
            pass
        return None

    def _take_up(self) -> None:
        """Show the draft that was left, once a browser has it, and what another view makes of it, until used here."""
        if not self.touched and (self._kept() or self.start) != self.shown:
            self.edit(*self.start, self.item)


def compose(kind: str = "thank_you_email", text: str = "") -> DraftView:
    """A draft that starts with this text, for a notebook cell. It goes on as the learner left it, until it is cleared.

    Raises:
        ValueError: There is no such kind of message.
    """
    item = f"{DRAFT_ITEM}-{kind}" + (f"-{crc32(text.encode()):x}" if text else "")
    return DraftView(MessageKind(kind), text, item=item)
