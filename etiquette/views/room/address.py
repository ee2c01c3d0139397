"""The address of a page, and the desk that its link leads to."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import anywidget
import traitlets

log = logging.getLogger("etiquette")

LONGEST = 2000


class PageAddress(anywidget.AnyWidget):
    """Is told once, by the browser, at which address the `page` is, and which `desk` is kept by its tab."""

    _esm = Path(__file__).with_name("address.js").read_text(encoding="utf-8")
    page = traitlets.Unicode()
    desk = traitlets.Unicode()

    def __init__(self) -> None:
        super().__init__()
        self.on_msg(self._hear)

    def keep(self, desk: str) -> None:
        """Have the tab keep this desk, for when it is loaded again; empty, have it forget."""
        self.send({"desk": desk})

    def _hear(self, _: Any, content: dict[str, Any], __: Any) -> None:
        match content:
            case {"page": str(page), "desk": str(desk)} if len(page) + len(desk) <= LONGEST:
                try:
                    self.page, self.desk = page, desk
                except Exception:
                    log.exception("the address of a page could not be taken")
