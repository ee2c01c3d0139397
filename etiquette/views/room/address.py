"""The address of a page, and the facilitator session that its link or its browser tab holds."""

from __future__ import annotations

from typing import Any

import traitlets

from etiquette.views.controls import InBrowser

MOST_CHARACTERS = 2000


class PageAddress(InBrowser):
    """Receives from the browser, once, the address of the `page` and the saved `session`, as 'code.secret' or empty."""

    page = traitlets.Unicode()
    session = traitlets.Unicode()

    def __init__(self) -> None:
        super().__init__()
        self.on_msg(self._receive)

    def save(self, session: str) -> None:
        """Save the session in the browser tab, to be resumed after a reload. An empty string removes it."""
        self.send({"desk": session})

    def _receive(self, _: Any, content: dict[str, Any], __: Any) -> None:
        match content:
            case {"page": str(page), "desk": str(session)} if len(page) + len(session) <= MOST_CHARACTERS:
                self.page, self.session = page, session
