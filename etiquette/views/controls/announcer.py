"""The announcer: a root's only live region, and its control over the focus."""

from __future__ import annotations

import uuid

import traitlets

from etiquette.views.controls.in_browser import InBrowser


class Announcer(InBrowser):
    """Speaks to screen readers through a polite live region, and moves the keyboard focus. One in each root.

    Its script also keeps JupyterLab's shortcuts away while the focus is in the root, and tells the style sheet whether
    the page around it is dark, where the page doesn't.
    """

    name = traitlets.Unicode().tag(sync=True)

    @traitlets.default("name")
    def _default_name(self) -> str:
        return uuid.uuid4().hex

    def move_focus(self, *, focus: str, show: str, say: str = "") -> None:
        """Announce a sentence, focus the element with the `data-id` `focus` and scroll the one named `show` to the top.

        With an empty `show`, nothing is scrolled. Waits up to five seconds for an element that has not been drawn yet.
        """
        self.send({"say": say, "focus": focus, "show": show})

    def say(self, sentence: str) -> None:
        """Announce a sentence without moving the focus."""
        self.send({"say": sentence})
