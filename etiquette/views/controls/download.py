"""A download link that contains its file as a data URL, so that no server stores it."""

from __future__ import annotations

import base64

import traitlets

from etiquette.views.controls.in_browser import InBrowser


class Download(InBrowser):
    """A link with the label `says` that saves a document as `filename`."""

    says = traitlets.Unicode().tag(sync=True)
    href = traitlets.Unicode().tag(sync=True)
    filename = traitlets.Unicode().tag(sync=True)

    def offer(self, document: str | bytes, label: str, media_type: str = "text/html") -> None:
        """Make this document the one that the link saves. A text is saved as UTF-8."""
        content = document.encode() if isinstance(document, str) else document
        with self.hold_sync():
            self.href = f"data:{media_type};base64,{base64.b64encode(content).decode()}"
            self.says = label
