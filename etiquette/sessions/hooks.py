"""Makes ipywidgets and the `comm` package use the current session.

ipywidgets has one registry of widgets per process, and `comm` creates comms for one kernel. With these hooks, each
session has its own widgets and comms. Code outside all sessions, such as a notebook's, is not affected.
"""

from __future__ import annotations

from collections import UserDict
from typing import Any

import comm
from ipywidgets import Widget
from ipywidgets.widgets import widget as ipywidgets_registry

from etiquette.sessions.session import current_session


class SessionWidgets(UserDict[str, Widget]):
    """ipywidgets' registry by model id: the current session's widgets or, outside all sessions, all other widgets."""

    def __init__(self, outside: dict[str, Widget]) -> None:
        self._outside = outside

    @property
    def data(self) -> dict[str, Widget]:  # type: ignore[override]
        """The dictionary that all operations use."""
        session = current_session.get()
        return self._outside if session is None else session.widgets


def install() -> None:
    """Make every widget that is created in a session belong to that session. Calling it again does nothing."""
    if isinstance(ipywidgets_registry._instances, SessionWidgets):
        return
    create_outside = comm.create_comm

    def create_comm(*arguments: Any, **options: Any) -> Any:
        session = current_session.get()
        return create_outside(*arguments, **options) if session is None else session.create_comm(**options)

    comm.create_comm = create_comm
    ipywidgets_registry._instances = SessionWidgets(ipywidgets_registry._instances)
