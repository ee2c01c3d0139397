"""A button that copies a link."""

from __future__ import annotations

import traitlets

from etiquette.views.controls.in_browser import InBrowser

COPY = "Copy the link"


class CopyLink(InBrowser):
    """A button with the label `says` that copies `link`, and says that it did. Without a link it isn't shown.

    If the browser does not let a page copy, the link appears in a field, selected, to be copied by hand.
    """

    link = traitlets.Unicode().tag(sync=True)
    says = traitlets.Unicode().tag(sync=True)

    def __init__(self, link: str = "", says: str = COPY) -> None:
        super().__init__(link=link, says=says)
