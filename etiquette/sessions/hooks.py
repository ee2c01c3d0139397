"""Makes ipywidgets and the `comm` package use the current session.

ipywidgets has one registry of widgets for a process, and `comm` makes comms for one kernel. With these hooks each
session has widgets and comms of its own. Code outside all sessions, such as a notebook's, notices no difference.
"""

from __future__ import annotations

from collections import UserDict
from typing import Any

import comm
from ipywidgets import Widget
from ipywidgets.widgets import widget as ipywidgets_registry

from etiquette.sessions.session import current_session


class SessionWidgets(UserDict[str, Widget]):
    """ipywidgets' registry: the widgets of the current session by model id or, outside all sessions, the others."""

    def __init__(self, outside: dict[str, Widget]) -> None:
        self._outside = outside

    @property
    def data(self) -> dict[str, Widget]:  # type: ignore[override]
        """The dictionary that all operations go to."""
        session = current_session.get()
        return self._outside if session is None else session.widgets


def install() -> None:
    """Make every widget that is created in a session belong to that session. Does nothing the second time."""
    if isinstance(ipywidgets_registry._instances, SessionWidgets):
        return
    create_outside = comm.create_comm

    def create_comm(*arguments: Any, **options: Any) -> Any:
        session = current_session.get()
        return create_outside(*arguments, **options) if session is None else session.create_comm(**options)

    comm.create_comm = create_comm
    ipywidgets_registry._instances = SessionWidgets(ipywidgets_registry._instances)
