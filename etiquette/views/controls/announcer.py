"""The announcer: the page's only live region, and its control over the focus."""

from __future__ import annotations

from etiquette.views.controls.in_browser import InBrowser


class Announcer(InBrowser):
    """Speaks to screen readers through a polite live region, and moves the keyboard focus. One per page."""

    def move_focus(self, *, focus: str, show: str, say: str = "") -> None:
        """Announce a sentence, focus the element with the id `focus` and scroll the one with the id `show` to the top.

        Waits up to five seconds for an element that has not been drawn yet.
        """
        self.send({"say": say, "focus": focus, "show": show})

    def say(self, sentence: str) -> None:
        """Announce a sentence without moving the focus."""
        self.send({"say": sentence})
