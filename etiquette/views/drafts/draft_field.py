"""The field for a draft: a text area that reports what is typed after a pause, and in which undo always works."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import traitlets

from etiquette.views.controls import SOMETHING_WENT_WRONG, InBrowser, Notice

log = logging.getLogger("etiquette")

BEING_READ = -1


class DraftField(InBrowser):
    """A labelled text area. Its script hides an assessment that is not of the text in it.

    - `value` is the text. The browser sends it after a pause in typing, when the focus leaves the field, with
      Ctrl+Enter and when the page is left.
    - `puts` counts the texts that were put here, `replaced` is the text before the last of them, and `seen` is the
      `puts` that the browser had when it sent its text.
    - `edits` counts what was typed up to that text. `shown` is the `edits` of the draft whose assessment is on the
      page, or `BEING_READ`. While they differ, the view has the class `pp-typing`.
    - `checks` counts how often Ctrl+Enter, or Cmd+Enter, was pressed.
    - `item` is the name under which the browser keeps the draft; empty if a folder does. The page that is left keeps
      under it what it could no longer report, as JSON: `kind` and the text.

    `on_use` is called with the `data-use` of a button in the same view that was clicked.
    """

    says = traitlets.Unicode().tag(sync=True)
    name = traitlets.Unicode().tag(sync=True)
    value = traitlets.Unicode().tag(sync=True)
    replaced = traitlets.Unicode().tag(sync=True)
    puts = traitlets.Int().tag(sync=True)
    seen = traitlets.Int().tag(sync=True)
    edits = traitlets.Int().tag(sync=True)
    shown = traitlets.Int().tag(sync=True)
    checks = traitlets.Int().tag(sync=True)
    item = traitlets.Unicode().tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)

    def __init__(self, notice: Notice, on_use: Callable[[str], None], label: str) -> None:
        super().__init__(says=label, _dom_classes=("pp-field",))
        self.name = f"pp-field-{self.model_id}"
        self.notice, self.on_use = notice, on_use
        self.on_msg(self._on_message)

    @property
    def copied_label(self) -> str:
        """The label on screen."""
        label: str = self.says
        return label

    def put(self, text: str) -> None:
        """Put this text into the field.

        The browser replaces only the characters that differ; the caret and the scroll position stay where they are,
        and the browser's own undo takes it back. What was typed meanwhile stays, unless it is in the same words.
        """
        if text == self.value:
            return
        with self.hold_sync():
            self.replaced, self.puts = self.value, self.puts + 1
            self.value = text

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what the browser sends.

        A text from before the last `put` had come is passed over: the browser sends it again, with what was put.
        """
        if sync_data.get("seen", self.seen) != self.puts:
            sync_data = {name: each for name, each in sync_data.items() if name != "value"}
        super().set_state(sync_data)

    def begin_reading(self) -> None:
        """Have the page say that the draft is being read, instead of its last assessment."""
        if self.shown == self.edits:
            self.shown = BEING_READ

    def end_reading(self) -> None:
        """Have the page show the assessment, which is that of the text in the field."""
        self.shown = self.edits

    def _on_message(self, _: Any, content: dict[str, Any], __: Any) -> None:
        try:
            match content:
                case {"use": str(name)}:
                    self.on_use(name)
        except Exception:
            log.exception("a suggestion could not be taken")
            self.notice.value = SOMETHING_WENT_WRONG
