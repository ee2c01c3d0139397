"""The address of a page, and the rooms that its link, its browser tab and its browser remember."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import traitlets

from etiquette.room import RoomError, RoomKey
from etiquette.views.controls import InBrowser

MOST_CHARACTERS = 2000
MOST_ROOMS = 20


class PageAddress(InBrowser):
    """Receives from the browser the address of the `page`, the `session` to be resumed, and the facilitator's `rooms`.

    `session` is a room's key as text, from the link or from the tab, which keeps it over a reload; empty if there is
    none. `rooms` are the keys that the browser keeps, at most 20, those opened last first; they change when another tab
    opens or forgets one.
    """

    page = traitlets.Unicode()
    session = traitlets.Unicode()
    rooms = traitlets.Tuple()

    def __init__(self) -> None:
        super().__init__()
        self.on_msg(self._receive)

    def resume_later(self, session: str) -> None:
        """Have the tab resume this session after a reload; with an empty string, none."""
        self.send({"desk": session})

    def keep(self, key: RoomKey, opened: datetime) -> None:
        """Have the browser keep this room among the facilitator's."""
        self.send({"keep": {"session": str(key), "opened": opened.isoformat()}})

    def forget(self, *keys: RoomKey) -> None:
        """Have the browser no longer keep these rooms."""
        if keys:
            self.send({"forget": [str(key) for key in keys]})

    def _receive(self, _: Any, content: dict[str, Any], __: Any) -> None:
        match content:
            case {"page": str(page), "desk": str(session)} if len(page) + len(session) <= MOST_CHARACTERS:
                self.page = page
                self._receive_rooms(content.get("rooms"))
                self.session = session
            case {"rooms": rooms}:
                self._receive_rooms(rooms)

    def _receive_rooms(self, rooms: object) -> None:
        """Take the keys among what the browser has stored, where anybody may have written anything."""
        found = []
        for each in rooms[:MOST_ROOMS] if isinstance(rooms, list) else []:
            match each:
                case {"session": str(session)} if len(session) <= MOST_CHARACTERS:
                    try:
                        found.append(RoomKey.parse(session))
                    except RoomError:
                        continue
        self.rooms = tuple(dict.fromkeys(found))
