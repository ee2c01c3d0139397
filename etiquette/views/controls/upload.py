"""A file input. The browser reads the file; nothing is stored on the server."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import traitlets

from etiquette.views.controls.buttons import SOMETHING_WENT_WRONG, Notice
from etiquette.views.controls.in_browser import InBrowser

log = logging.getLogger("etiquette")


class Upload(InBrowser):
    """Calls `on_file` with the text of the chosen file, or with None if the file has more than `most` bytes."""

    says = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode(".json,application/json").tag(sync=True)
    most = traitlets.Int().tag(sync=True)

    def __init__(self, notice: Notice, on_file: Callable[[str | None], None], label: str, most: int) -> None:
        super().__init__(says=label, most=most)
        self.notice, self.on_file = notice, on_file
        self.on_msg(self._on_message)

    def _on_message(self, _: Any, content: dict[str, Any], __: Any) -> None:
        try:
            match content:
                case {"text": str() | None as text}:
                    self.on_file(text)
        except Exception:
            log.exception("a file could not be taken")
            self.notice.value = SOMETHING_WENT_WRONG
