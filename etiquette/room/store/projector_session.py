"""The projector's access to a room, which may only be looked at."""

from __future__ import annotations

from dataclasses import dataclass

from etiquette.room import MissedGuideline, ProjectorSnapshot, debrief_room, screen_of
from etiquette.room.store.feed import RoomSession, RoomState


@dataclass(frozen=True, slots=True)
class ProjectorSession(RoomSession):
    """What the whole room may see. Everything comes from the feed, so a projector costs no queries of its own."""

    def snapshot_of(self, state: RoomState) -> ProjectorSnapshot:
        """What the projector shows in this state of the room."""
        return ProjectorSnapshot(screen_of(state.room, state.counts), state.question)

    def missed_of(self, state: RoomState) -> tuple[MissedGuideline, ...]:
        """The guidelines that the room was asked about, the most often missed first; empty before the end."""
        if not state.room.ended:
            return ()
        return debrief_room(state.room, [vote for cast in state.votes.values() for vote in cast]).missed
