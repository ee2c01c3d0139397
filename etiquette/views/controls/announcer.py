"""The one live region of a page, and the focus."""

from __future__ import annotations

from pathlib import Path

import anywidget


class Announcer(anywidget.AnyWidget):
    """Speaks to a screen reader without interrupting it, and puts the keyboard where the eye should go."""

    _esm = Path(__file__).with_name("announcer.js").read_text(encoding="utf-8")

    def move_focus(self, *, focus: str, show: str, say: str = "") -> None:
        """Say a sentence in the polite live region, focus one element and bring another, by id, to the top."""
        self.send({"say": say, "focus": focus, "show": show})

    def say(self, sentence: str) -> None:
        """Say it, and leave the focus where it is."""
        self.send({"say": sentence})
