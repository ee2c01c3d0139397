"""Keeps the widgets of many learners in one process, each with their own comms. There is no kernel that runs code.

A `Session` holds one learner's widgets. `install` makes ipywidgets use the current session, so that a widget belongs to
the session whose code creates it, and a page can reach only its own widgets. This package does not depend on servers,
websockets or views: a session gets a `Platform` that runs its work, and a function that sends its messages.
"""

from etiquette.sessions.hooks import install
from etiquette.sessions.message import Message
from etiquette.sessions.notebook import CodeCell, Notebook, Shown
from etiquette.sessions.session import CONTROL, Budget, LimitError, Limits, Platform, Session, StoppedError

__all__ = [
    "CONTROL",
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
