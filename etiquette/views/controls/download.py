"""A link that saves a file which is in the link itself, so that nothing is kept anywhere else."""

from __future__ import annotations

import base64
from pathlib import Path

import anywidget
import traitlets


class Download(anywidget.AnyWidget):
    """Saves a document under this name."""

    _esm = Path(__file__).with_name("download.js").read_text(encoding="utf-8")
    says = traitlets.Unicode().tag(sync=True)
    href = traitlets.Unicode().tag(sync=True)
    filename = traitlets.Unicode().tag(sync=True)

    def offer(self, document: str, says: str, media_type: str = "text/html") -> None:
        """Offer this document, in these words."""
        with self.hold_sync():
            self.href = f"data:{media_type};base64,{base64.b64encode(document.encode()).decode()}"
            self.says = says
