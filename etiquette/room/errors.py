"""Errors of a room and of its store. Every message is written for the person using the page."""


class RoomError(ValueError):
    """The room refuses a request. The message tells the person why."""


class MovedOnError(RoomError):
    """The room changed after the page was drawn: a double tap, or a second page of the same facilitator."""


class StoreError(Exception):
    """The store of the rooms is unavailable. The message says why, and what to do about it."""
