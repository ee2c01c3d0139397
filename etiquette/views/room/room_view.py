"""What the views of a room have in common: they follow the room, and say what it refused and what failed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from ipywidgets import HTML
from markupsafe import Markup

from etiquette.room import RoomError, StoreError
from etiquette.views.controls import SOMETHING_WENT_WRONG, Notice, View

if TYPE_CHECKING:
    from etiquette.room.store import Pulse, Watch

log = logging.getLogger("etiquette")


class RoomView(View):
    """A view of a room. Subclasses set `status`, where the latest sentence is, and `notice`, where apologies are."""

    notice: Notice
    status: HTML

    def _guarded(self, work: Callable[..., object], *arguments: object) -> None:
        """Do the work. If the room refuses it or the store fails, say why; own up to any other error and log it."""
        try:
            work(*arguments)
        except StoreError as error:
            self._say(str(error))
        except RoomError as error:
            self._refused(error)
        except Exception:
            log.exception("a view of a room failed")
            self.notice.value = SOMETHING_WENT_WRONG

    def _refused(self, error: RoomError) -> None:
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        """Show this sentence instead of the last, and announce it unless it ends in '…': another will follow."""
        self.status.value = Markup('<p class="pp-answer">{}</p>').format(sentence) if sentence else ""
        if sentence and not sentence.endswith("…"):
            self.announcer.say(sentence)

    def _poll_watch(self, watch: Watch) -> Pulse | None:
        """The room's pulse if it has changed. Says so when the store has gone away or come back."""
        trouble = watch.trouble
        pulse = watch.changed()
        if watch.trouble != trouble:
            self._say(watch.trouble)
        return pulse
