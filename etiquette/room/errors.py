"""Errors of a room and of its store. Every message is a sentence to show to the person at the page."""


class RoomError(ValueError):
    """The room refuses what somebody asked for. The message tells them why."""


class MovedOnError(RoomError):
    """The room changed after the page was drawn: a double tap, or a second page of the same facilitator."""


class StoreError(Exception):
    """The store of the rooms is unavailable. The message says why, and what to do."""
