"""A field for a file, which is read in the browser and kept nowhere."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from etiquette.views.controls.buttons import SOMETHING_WENT_WRONG, Notice

log = logging.getLogger("etiquette")


class Upload(anywidget.AnyWidget):
    """Hands the text of a file to `taken`; None, if the file has more than `most` bytes."""

    _esm = Path(__file__).with_name("upload.js").read_text(encoding="utf-8")
    says = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode().tag(sync=True)
    most = traitlets.Int().tag(sync=True)

    def __init__(self, notice: Notice, taken: Callable[[str | None], None], says: str, accept: str, most: int) -> None:
        super().__init__(says=says, accept=accept, most=most)
        self.notice, self.taken = notice, taken
        self.on_msg(self._hear)

    def _hear(self, _: Any, content: dict[str, Any], __: Any) -> None:
        try:
            match content:
                case {"text": str() | None as text}:
                    self.taken(text)
        except Exception:
            log.exception("a file could not be taken")
            self.notice.value = SOMETHING_WENT_WRONG
