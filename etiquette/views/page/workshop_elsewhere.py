"""Where a page without a server sends those who come for a workshop."""

from __future__ import annotations

from ipywidgets import HTML
from markupsafe import Markup

from etiquette.views.controls import Announcer, View

TEXT = Markup("""<h2 class="pp-title" data-id="{}" tabindex="-1">Workshop</h2>
<p>This page works without a server, so it has no rooms to join.</p>
<p>If you’ve been invited to a workshop, open the link your facilitator sent you, or scan the code on the screen.</p>
<p>If you’d like to run one, <a href="trainers.html">read how to set it up</a>.</p>""")


class WorkshopElsewhere(View):
    """Says where a workshop is to be found."""

    def __init__(self, announcer: Announcer) -> None:
        self.announcer, self.text = announcer, HTML()
        super().__init__([self.text])
        self.text.value = TEXT.format(self.element_id("workshop"))

    def take_focus(self) -> None:
        """Move the focus to the heading."""
        self.focus_on("workshop")
