"""A draft to be typed or assembled, and how its words were judged."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ipywidgets import HTML, HBox, Layout, Textarea, VBox
from markupsafe import Markup

from etiquette.drafts import KIND_NAMES, DraftAssessment, DraftError, MessageKind, assess_draft, message_parts
from etiquette.views.controls import Announcer, Notice, button, style
from etiquette.views.drafts.marked import marked_draft

MOST_PARTS = 10


class DraftView(VBox):
    """A field to write in, sentences to add, and the judgement.

    `reading` is the latest one, None before the first. `on_read` is told each. On a page that has an `attendant`
    already, the view shares it. What is typed is kept nowhere.
    """

    def __init__(
        self,
        kind: MessageKind = MessageKind.THANK_YOU_EMAIL,
        text: str = "",
        on_read: Callable[[DraftAssessment], None] = lambda reading: None,
        announcer: Announcer | None = None,
    ) -> None:
        self.kind, self.on_read = kind, on_read
        self.reading: DraftAssessment | None = None
        self.parts = message_parts()
        self.notice, self.announcer = Notice(), announcer or Announcer()
        self.kinds = {
            each: button(self.notice, partial(self.choose, each), "pp-kind", description=name)
            for each, name in KIND_NAMES.items()
        }
        kinds = HBox(list(self.kinds.values()))
        kinds.add_class("pp-kinds")
        self.field = Textarea(text, description="Your draft", rows=9, layout=Layout(width="auto"))
        self.field.add_class("pp-field")
        self.beside = HTML()
        self.adding = VBox([button(self.notice, partial(self._add, place), "pp-part") for place in range(MOST_PARTS)])
        self.adding.add_class("pp-parts")
        self.judge = button(self.notice, self.judge_it, "pp-primary", description="Judge it")
        self.clear = button(self.notice, self._clear, "pp-secondary", description="Empty the field")
        actions = HBox([self.judge, self.clear])
        actions.add_class("pp-leave")
        self.card = HTML()
        self.heading = HTML()
        own = () if announcer else (self.announcer,)
        super().__init__(
            [
                self.heading,
                kinds,
                self.field,
                self.beside,
                actions,
                self.card,
                HTML(ADD),
                self.adding,
                self.notice,
                *own,
            ]
        )
        self.add_class("pp-draft")
        self.heading.value = Markup('<h2 class="pp-title" id="{}" tabindex="-1">A draft</h2>').format(self._id("draft"))
        self.choose(kind)

    def take_focus(self) -> None:
        """Take the keyboard to the top of the view."""
        self.announcer.move_focus(focus=self._id("draft"), show=self._id("draft"), say="A draft.")

    def choose(self, kind: MessageKind) -> None:
        """Write this kind of message; what is in the field stays."""
        self.kind = kind
        for each, shown in self.kinds.items():
            chosen = each is kind
            shown.description = ("✓ " if chosen else "") + KIND_NAMES[each]
            (shown.add_class if chosen else shown.remove_class)("pp-chosen-kind")
        offered = self.parts[kind]
        for place, shown in enumerate(self.adding.children):
            shown.description = offered[place] if place < len(offered) else ""
            shown.layout.display = "" if place < len(offered) else "none"
        self.card.value, self.reading = "", None

    def judge_it(self) -> None:
        """Judge what is in the field; what cannot be judged is answered beside it."""
        try:
            reading = assess_draft(self.field.value, self.kind)
        except DraftError as error:
            self.card.value, self.reading = "", None
            self.beside.value = Markup('<p class="pp-beside" id="{}" tabindex="-1">{}</p>').format(
                self._id("beside"), error
            )
            self._take_focus("beside", str(error))
            return
        self.reading, self.beside.value = reading, ""
        self.card.value = marked_draft(reading, self._id("reading"))
        self._take_focus("reading", f"{reading.tone.capitalize()}, credit {reading.credit}.")
        self.on_read(reading)

    def _add(self, place: int) -> None:
        """Put a sentence behind what is there: on a line of its own at the beginning and the end of an email."""
        said = self.parts[self.kind][place]
        before = self.field.value.rstrip()
        ends = place + 1 == len(self.parts[self.kind]) or place == 1
        lines = "\n\n" if ends and self.kind is not MessageKind.VOICEMAIL else " "
        self.field.value = f"{before}{lines}{said}" if before else said

    def _clear(self) -> None:
        self.field.value = self.card.value = self.beside.value = ""
        self.reading = None

    def _take_focus(self, part: str, say: str) -> None:
        self.announcer.move_focus(focus=self._id(part), show=self._id(part), say=say)

    def _id(self, part: str) -> str:
        return f"pp-{part}-{self.model_id}"


ADD = '<h3 class="pp-when">Or put it together from these</h3>'


def compose(kind: str = "thank_you_email", text: str = "") -> VBox:
    """A draft in a notebook cell, begun with this text.

    Raises:
        ValueError: there is no such kind of message.
    """
    shown = VBox([style(), DraftView(MessageKind(kind), text)])
    shown.add_class("pp")
    return shown
