"""Buttons that are drawn from one state, and whose clicks say which."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import traitlets
from markupsafe import Markup

from etiquette.views.controls.buttons import SOMETHING_WENT_WRONG, Notice
from etiquette.views.controls.in_browser import InBrowser

log = logging.getLogger("etiquette")


@dataclass(frozen=True, slots=True)
class GroupButton:
    """One button of a group. A click reports its `name`; `letter` stands before the label; `look` is a CSS class.

    A button that is not `enabled` keeps its place, and does nothing. `spoken` is what assistive technology calls it, if
    the label alone does not say enough; it contains the label.
    """

    name: str
    label: str
    letter: str = ""
    chosen: bool = False
    look: str = "pp-choice"
    enabled: bool = True
    spoken: str = ""


class ButtonGroup(InBrowser):
    """Buttons in one widget. `when_clicked` is called with the name of a button and the state that it showed.

    A click may arrive late: after a break of the network, or because another view has gone on. With a sentence `late`,
    such a click does nothing, and the sentence says so; without one, the handler is told of it, and decides. In the
    browser, the buttons rest for 0.4 s whenever the state has changed, so that a double tap presses nothing that has
    just appeared.
    """

    state = traitlets.Unicode().tag(sync=True)
    buttons = traitlets.List(traitlets.Dict()).tag(sync=True)
    look = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        notice: Notice,
        when_clicked: Callable[[str, str], object],
        look: str = "pp-choices",
        label: str = "",
        late: str = "",
    ) -> None:
        super().__init__(look=look, label=label)
        self.notice, self.when_clicked, self.late = notice, when_clicked, late
        self.on_msg(self._receive)

    def draw(self, state: str, buttons: Sequence[GroupButton]) -> None:
        """Show these buttons, in one message, and hide the group if there are none.

        A group that was hidden appears only then: never, for a moment, with the buttons of before.
        """
        with self.hold_sync():
            self.state, self.buttons = state, [asdict(each) for each in buttons]
        self.layout.display = "" if buttons else "none"

    @property
    def labels(self) -> list[str]:
        """What the buttons say, without letters and ticks."""
        return [each["label"] for each in self.buttons]

    def click(self, name: str, state: str | None = None) -> None:
        """Do what a click on the button with this name does; `state` is the one that it showed, by default this one."""
        shown = self.state if state is None else state
        if self.late and shown != self.state:
            self.notice.value = Markup('<p class="pp-answer" role="alert">{}</p>').format(self.late)
            return
        if shown == self.state and not any(each["name"] == name and each["enabled"] for each in self.buttons):
            return
        try:
            self.when_clicked(name, shown)
        except Exception:
            log.exception("a click on %r failed", name)
            self.notice.value = SOMETHING_WENT_WRONG
        else:
            self.notice.value = ""

    def _receive(self, _: Any, content: Any, __: Any) -> None:
        match content:
            case {"name": str(name), "state": str(state)}:
                self.click(name, state)
