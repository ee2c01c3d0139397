"""The facilitator's rooms that this browser keeps, so that a closed tab loses none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ipywidgets import HTML, Button, VBox
from markupsafe import Markup

from etiquette.room import Phase, RoomKey, Screen, format_code
from etiquette.views.controls import Notice, View, button, close_all
from etiquette.views.room.drawing import position_label, quantity

if TYPE_CHECKING:
    from etiquette.room.store import RoomOverview


class MyRooms(View):
    """A list of rooms, each with where it stands and a button that goes back to it. Nothing is shown for no rooms.

    `on_return` is called with the key of the room whose button is clicked.
    """

    def __init__(self, notice: Notice, on_return: Callable[[RoomKey], None]) -> None:
        self.notice, self.on_return = notice, on_return
        self.overviews: tuple[RoomOverview, ...] = ()
        self.heading, self.rows = HTML(Markup("<h3>My rooms</h3>")), VBox([])
        super().__init__([self.heading, self.rows], "pp-my-rooms")
        self.layout.display = "none"

    def draw(self, overviews: Sequence[RoomOverview], now: datetime, zone: tzinfo) -> None:
        """Show these rooms, with days and times in this time zone."""
        self.overviews = tuple(overviews)
        close_all(*self.rows.children)
        self.rows.children = [self._row(each, now, zone) for each in overviews]
        self.layout.display = "" if overviews else "none"

    def buttons(self) -> list[Button]:
        """The button of each room, in the order in which they are listed."""
        return [row.children[1] for row in self.rows.children]

    def _row(self, overview: RoomOverview, now: datetime, zone: tzinfo) -> VBox:
        code, opened = format_code(overview.key.code), overview.opened.astimezone(zone)
        told = HTML(
            Markup("<h4>{}Room <b>{}</b></h4><p>{}</p><p>Opened {} at {:%H:%M}. It will be deleted {}.</p>").format(
                f"{overview.name} · " if overview.name else "",
                code,
                standing(overview.screen, now, zone),
                day_name(overview.opened, now, zone),
                opened,
                day_name(max(overview.deleted_from, now), now, zone),
            )
        )
        go_back = button(
            self.notice, partial(self.on_return, overview.key), "pp-secondary", description=f"Go back to room {code}"
        )
        return VBox([told, go_back], _dom_classes=("pp-my-room",))


def standing(screen: Screen | None, now: datetime, zone: tzinfo) -> str:
    """Where a room stands, on one line: '2 of 5 · First vote is open · 14 people'."""
    if screen is None:
        return "This server can’t continue it."
    people = quantity(screen.people, "person", "people")
    if screen.phase is Phase.ENDED and screen.ended:
        return f"Ended {day_name(screen.ended, now, zone)} · {people}"
    return f"{position_label(screen)} · {people}"


def day_name(at: datetime, now: datetime, zone: tzinfo) -> str:
    """The day of a time, as people say it who live in this time zone: 'today', 'on Monday 7 December'."""
    day, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return near.get((day - today).days, f"on {day:%A} {day.day} {day:%B}")


def time_zone(name: str) -> tzinfo:
    """The time zone of this name; UTC if it is unknown."""
    try:
        return ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        return UTC
