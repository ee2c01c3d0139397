"""A draft to type or to put together, and the assessment of its wording."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from zlib import crc32

from ipywidgets import HTML, HBox, VBox, Widget
from markupsafe import Markup

from etiquette.drafts import KIND_NAMES, DraftAssessment, DraftError, MessageKind, Suggestion, Tone, message_parts
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
from etiquette.views.drafts.draft_field import DraftField
from etiquette.views.drafts.marked import Reading, marked_draft, read_draft, tone_line
from etiquette.views.drafts.undo import TextChange, Undo

log = logging.getLogger("etiquette")

MOST_PARTS = 10
FEW_WORDS = 5  # that it takes to know the language of a text, whose last word may be half typed
KEPT_IN_BROWSER = "Your draft is kept in this browser until you clear it."
KEPT_ON_PLATFORM = (
    "Your draft is kept by the learning platform that opened this page until you clear it. Its administrators may be "
    "able to read it."
)
TOO_LONG_TO_KEEP = (
    "Your draft is too long for us to keep. If you leave this page, you’ll lose what you’ve changed since it got so "
    "long. Copy it somewhere safe, or make it shorter."
)
BEING_READ = '<p class="pp-being-read pp-muted">Reading your draft…</p>'
SHOW_PARTS, HIDE_PARTS = "Build it from ready-made sentences", "Hide the ready-made sentences"


class DraftView(View):
    """A text field, ready-made sentences to add to it, and the latest assessment.

    The text is judged in a worker thread, quietly whenever it has changed, and with the focus on the result when the
    learner asks. `assessment` is that of the text in the field, None until there is one. The progress store, by default
    that of the environment, keeps what is typed under the name `item` until it is cleared; `kind` and `text` are what
    the draft starts with. A page that already has an `announcer` shares it. `when` says in a sentence when to send a
    message of a kind, or nothing.
    """

    def __init__(
        self,
        kind: MessageKind = MessageKind.THANK_YOU_EMAIL,
        text: str = "",
        announcer: Announcer | None = None,
        progress_store: ProgressStore | None = None,
        item: str = DRAFT_ITEM,
        when: Callable[[MessageKind], str] = lambda _: "",
    ) -> None:
        self.progress_store = progress_store or environment().progress_store
        self.assessment: DraftAssessment | None = None
        self.when = when
        self._awaited: tuple[MessageKind, str] | None = None  # the draft whose assessment will be shown
        self._read: tuple[MessageKind, str] | None = None  # the one that a thread is reading
        self._asked: str | None = None  # what to say first when the focus goes to the assessment; None if it will not
        self._tone: Tone | None = None  # the last one that was announced
        self._offers: dict[str, Suggestion] = {}
        self._readings = 0
        self._undo = Undo()
        self.environment = environment()
        self.parts = message_parts()
        self.notice, self.announcer = Notice(), announcer or Announcer()
        looks = Looks()
        self.kinds = {
            each: button(self.notice, partial(self.choose, each), "pp-kind", description=name, looks=looks)
            for each, name in KIND_NAMES.items()
        }
        kinds = HBox(list(self.kinds.values())).add_class("pp-kinds")
        self.field = DraftField(self.notice, self._take, "Your draft")
        self.beside = HTML().add_class("pp-beside-field")
        self.judge_button = button(self.notice, self.judge, "pp-primary", description="Check my draft", looks=looks)
        self.undo_button = button(self.notice, self.undo, "pp-secondary", description="Undo", looks=looks)
        self.clear_button = button(self.notice, self._clear, "pp-secondary", description="Clear my draft", looks=looks)
        actions = HBox([self.judge_button, self.undo_button, self.clear_button]).add_class("pp-leave")
        self.parts_button = button(self.notice, self._fold, "pp-secondary", looks=looks)
        part_buttons = [button(self.notice, partial(self._add, n), "pp-part") for n in range(MOST_PARTS)]
        self.part_buttons = VBox(part_buttons).add_class("pp-parts")
        self.card = HTML().add_class("pp-reading-card")
        self.heading, self.keeping = HTML(), HTML()
        parts = (self.heading, kinds, self.field, self.beside, actions, self.keeping, self.parts_button)
        super().__init__([*parts, self.part_buttons, self.card, self.notice], "pp-draft", root=announcer is None)
        self.heading.value = Markup('<h2 class="pp-title" data-id="{}" tabindex="-1">Your draft</h2>').format(
            self.element_id("draft")
        )
        self.edit(kind, text, item)
        self.field.observe(lambda _: self._go_on(self.field.value), ["value", "edits"])
        self.field.observe(lambda _: self.judge(), "checks")
        self.follow(self.progress_store, "items", lambda _: self._take_up())
        self.follow(self.progress_store, "on_platform", lambda _: self._say_where_it_is_kept())

    def edit(self, kind: MessageKind, text: str, item: str) -> None:
        """Show the draft that is kept under the name `item` or, if there is none, one that starts with this text."""
        self.item, self.start, self.touched = item, (kind, text), False
        self.shown = self._kept() or self.start
        self._undo, self.undo_button.disabled = Undo(), True
        self._tone = None
        self.field.item = item if self.progress_store.in_browser else ""
        self.kind, text = self.shown
        self.field.put(text)
        self._select(self.kind)
        self._withdraw()
        self._show_parts(not self.field.value)
        self._say_where_it_is_kept()

    def copied_parts(self) -> Sequence[Widget]:
        """All but the assessment, which quotes the draft."""
        return [part for part in self.children if part not in (self.beside, self.card)]

    def take_focus(self) -> None:
        """Move the focus to the top of the view."""
        self.focus_on("draft", "Your draft.")

    def choose(self, kind: MessageKind) -> None:
        """Select this kind of message. The text in the field stays."""
        self._select(kind)
        self._go_on(self.field.value)

    def _select(self, kind: MessageKind) -> None:
        self.kind, self.field.kind = kind, kind.value
        for each, kind_button in self.kinds.items():
            chosen = each is kind
            kind_button.description = ("✓ " if chosen else "") + KIND_NAMES[each]
            (kind_button.add_class if chosen else kind_button.remove_class)("pp-chosen-kind")
        show_labels(self.part_buttons.children, self.parts[kind])

    # Judging

    def judge(self, said: str = "") -> None:
        """Judge the text in the field and move the focus to the assessment or, if there can be none, to the reason.

        `said` is announced first.
        """
        self._await(said)

    def _await(self, asked: str | None) -> None:
        """Have the text in the field read, unless that is being done already."""
        self._awaited, self._asked = (self.kind, self.field.value), asked
        self.assessment, self._offers = None, {}
        self.field.begin_reading()
        if self._read is None:
            self._read_next()

    def _read_next(self) -> None:
        """Read the draft that is awaited. Those that were awaited before, and not read yet, are passed over."""
        if self._awaited:
            kind, text = draft = self._read = self._awaited
            self.environment.in_thread(partial(read_draft, text, kind), partial(self._arrived, draft))

    def _arrived(self, draft: tuple[MessageKind, str], outcome: Future[Reading]) -> None:
        """Show the reading of this draft, unless the learner has moved on since."""
        self._read = None
        if self.closed:
            return
        if draft != self._awaited:
            self._read_next()
            return
        asked = self._asked
        try:
            self.show(outcome.result(), asked)
        except DraftError as error:
            self._refuse(str(error), asked)
        except Exception:
            log.exception("a draft could not be judged")
            self._withdraw()
            self.notice.value = SOMETHING_WENT_WRONG

    def _refuse(self, reason: str, asked: str | None) -> None:
        """Say beside the field why the text in it cannot be judged; unasked, not before there are a few words."""
        if asked is None and len(self.field.value.split()) < FEW_WORDS:
            self._withdraw()
            return
        quiet = " pp-quiet" if asked is None else ""
        self._withdraw(
            Markup('<p class="pp-beside{}" data-id="{}" tabindex="-1">{}</p>').format(
                quiet, self.element_id("beside"), reason
            )
        )
        if asked is not None:
            self.focus_on("beside", f"{asked} {reason}".strip())

    def show(self, reading: Reading, asked: str | None = None) -> None:
        """Show this reading of the text in the field.

        If it was `asked` for, the focus goes there and that sentence is announced before the tone. Otherwise the tone
        is announced if it has changed.
        """
        assessment = reading.assessment
        self._readings += 1
        offer = f"{self._readings}-"
        when = "" if assessment.tone is Tone.PESKY else self.when(self.kind)
        self._withdraw(tone_line(assessment), marked_draft(reading, self.element_id("reading"), offer, when))
        self.assessment = assessment
        self._offers = {f"{offer}{number}": each for number, each in enumerate(reading.suggestions)}
        tone = assessment.tone.capitalize()
        if asked is not None:
            self.focus_on("reading", f"{asked} {tone}, credit {assessment.credit}.".strip())
        elif assessment.tone is not self._tone:
            self.announcer.say(f"{tone}.")
        self._tone = assessment.tone

    def _withdraw(self, beside: str = "", card: str = "") -> None:
        """Replace the assessment on the page, and no longer wait for another."""
        self._awaited = self._asked = self.assessment = None
        self._offers = {}
        self.card.value, self.beside.value = card, f"{BEING_READ}{beside}"
        self.field.end_reading()

    # Changing the text

    def undo(self) -> None:
        """Take back the last suggestion taken, sentence added or clearing, but nothing that was typed since."""
        if not (change := self._undo.last_in(self.field.value)):
            return
        self._go_on(self._undo.take_back(change, self.field.value))
        if self.undo_button.disabled:  # it cannot keep the focus
            self.announcer.move_focus(focus=self.field.name, show="", say=change.undone)
        else:
            self.announcer.say(change.undone)

    def _change(self, text: str, undone: str, asked: str | None = None) -> None:
        """Put this text into the field, as a step that can be undone."""
        self._undo.add(TextChange.of(self.field.value, text, undone))
        self._go_on(text, asked)

    def _take(self, name: str) -> None:
        """Take the suggestion of this name, unless it is no longer on offer."""
        if (suggestion := self._offers.get(name)) and self.assessment:
            text = suggestion.applied_to(self.assessment.text)
            self._change(text, "The suggestion is taken back.", "Left out." if suggestion.leaves_out else "Replaced.")

    def _add(self, number: int) -> None:
        """Append a sentence. In emails, the opening and the closing sentence each start a new paragraph."""
        parts, before = self.parts[self.kind], self.field.value.rstrip()
        starts_paragraph = self.kind is not MessageKind.VOICEMAIL and number in (1, len(parts) - 1)
        separator = "\n\n" if starts_paragraph else " "
        self._change(f"{before}{separator}{parts[number]}" if before else parts[number], "The sentence is taken out.")
        self.announcer.say("Added to your draft.")

    def _clear(self) -> None:
        if self.field.value:
            self._change("", "Your draft is back.")
            self.announcer.say("Your draft is cleared. Undo brings it back.")
        self.progress_store.set_item(self.item, "")

    def _fold(self) -> None:
        shown = self.part_buttons.layout.display == "none"
        self._show_parts(shown)
        self.announcer.say("The sentences are below." if shown else "The sentences are hidden.")

    def _show_parts(self, shown: bool) -> None:
        self.part_buttons.layout.display = "" if shown else "none"
        self.parts_button.description = HIDE_PARTS if shown else SHOW_PARTS

    # Keeping

    def _go_on(self, text: str, asked: str | None = None) -> None:
        """Keep what the learner has made of the draft and have it read, unless it is as it was."""
        draft = (self.kind, text)
        if draft == self.shown:
            if not self._awaited:
                self.field.end_reading()  # typed and taken back
            return
        self.shown, self.touched = draft, True
        self.field.put(text)
        self.undo_button.disabled = self._undo.last_in(text) is None
        self.progress_store.set_item(self.item, "" if draft == self.start else _as_json(draft))
        self._say_where_it_is_kept()
        if not text.strip():
            self._withdraw()
            self._tone = None
        elif draft != self._awaited:
            self._await(asked)

    def _say_where_it_is_kept(self) -> None:
        if self.touched and self.shown != self.start and self.progress_store.item(self.item) != _as_json(self.shown):
            self.keeping.value = Markup('<p class="pp-sorry" role="alert">{}</p>').format(TOO_LONG_TO_KEEP)
            return
        elsewhere = KEPT_ON_PLATFORM if self.progress_store.on_platform else KEPT_IN_BROWSER
        file = self.progress_store.item_file(self.item)
        kept = Markup("Your draft is kept in <code>{}</code> until you clear it.").format(file) if file else ""
        self.keeping.value = Markup('<p class="pp-muted">{}</p>').format(kept or elsewhere)

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


def _as_json(draft: tuple[MessageKind, str]) -> str:
    return json.dumps(draft, ensure_ascii=False)


def compose(kind: str = "thank_you_email", text: str = "") -> DraftView:
    """A draft that starts with this text, for a notebook cell. It goes on as the learner left it, until it is cleared.

    Raises:
        ValueError: There is no such kind of message.
    """
    item = f"{DRAFT_ITEM}-{kind}" + (f"-{crc32(text.encode()):x}" if text else "")
    return DraftView(MessageKind(kind), text, item=item)
