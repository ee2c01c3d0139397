"""What a room, or the store that keeps it, cannot do. Each message is a sentence for the person at the page."""


class RoomError(ValueError):
    """A room refuses what somebody wants to do. The message is a sentence for them."""


class MovedOnError(RoomError):
    """The room has moved on since the page was drawn: two taps at once, or two pages of one facilitator."""


class StoreError(Exception):
    """The store of the rooms cannot do its work. The message is a sentence that says why, and what to do."""
