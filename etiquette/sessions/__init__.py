"""Keeps many learners' widgets in one process, each with its own comms: no kernel, and nothing that could run code.

A `Session` is one learner's widgets. `install` makes ipywidgets ask which session is current, so that a widget belongs
to the session whose code made it, and a page reaches its own widgets only. Where a session's messages go, in which loop
its work waits and which threads it may use are arguments: this room knows no server, no websocket and no views.
"""

from etiquette.sessions.comms import install
from etiquette.sessions.message import Message
from etiquette.sessions.notebook import CodeCell, Notebook, Shown
from etiquette.sessions.session import (
    CONTROL,
    MOST_CONTROLS,
    Budget,
    LimitError,
    Limits,
    Platform,
    Session,
    StoppedError,
)

__all__ = [
    "CONTROL",
    "MOST_CONTROLS",
    "Budget",
    "CodeCell",
    "LimitError",
    "Limits",
    "Message",
    "Notebook",
    "Platform",
    "Session",
    "Shown",
    "StoppedError",
    "install",
]
