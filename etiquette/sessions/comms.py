"""Makes ipywidgets and the `comm` package ask which session is current.

ipywidgets keeps one registry of widgets a process, and `comm` makes comms for one kernel. With these hooks each session
has its own widgets and comms; code outside all sessions, such as a notebook's, has what was there before.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextvars import ContextVar
from typing import Any, Protocol

import comm
from ipywidgets import Widget
from ipywidgets.widgets import widget as ipywidgets_registry


class CommOwner(Protocol):
    """What a comm is part of: a session."""

    widgets: dict[str, Widget]
    comms: dict[str, SessionComm]

    def create_comm(self, **given: Any) -> SessionComm:
        """A comm for a new widget."""

    def publish(
        self,
        kind: str,
        content: Mapping[str, Any],
        metadata: Mapping[str, Any],
        buffers: Sequence[bytes | memoryview],
    ) -> None:
        """Send a widget's message to the page."""


current: ContextVar[CommOwner | None] = ContextVar("session", default=None)


class SessionComm:
    """The channel between a widget and its model in the page: what ipywidgets asks of a comm, and no more."""

    __slots__ = ("closed", "comm_id", "heard", "session", "target_name")

    def __init__(
        self,
        session: CommOwner,
        target_name: str,
        data: Mapping[str, Any],
        metadata: Mapping[str, Any],
        buffers: Sequence[bytes],
        comm_id: str = "",
    ) -> None:
        self.session, self.target_name, self.comm_id = session, target_name, comm_id or uuid.uuid4().hex
        self.heard: Callable[[Mapping[str, Any]], None] | None = None
        self.closed = False
        session.comms[self.comm_id] = self
        self._publish("comm_open", data, metadata, buffers, target_name=target_name)

    def on_msg(self, callback: Callable[[Mapping[str, Any]], None] | None) -> None:
        """Call this with each message from the page; in place of what was called before."""
        self.heard = callback

    def send(
        self,
        data: Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        buffers: Sequence[bytes] | None = None,
    ) -> None:
        """Send a message to the model."""
        self._publish("comm_msg", data or {}, metadata or {}, buffers or ())

    def close(self, *_: object, **__: object) -> None:
        """End the model. Harmless the second time."""
        if self.closed:
            return
        self.closed, self.heard = True, None
        self.session.comms.pop(self.comm_id, None)
        self.session.widgets.pop(self.comm_id, None)  # ipywidgets looks in the session that is current
        self._publish("comm_close", {}, {}, ())

    def _publish(
        self, kind: str, data: Mapping[str, Any], metadata: Mapping[str, Any], buffers: Sequence[bytes], **more: str
    ) -> None:
        self.session.publish(kind, {"comm_id": self.comm_id, "data": data, **more}, metadata, buffers)


class CurrentWidgets(MutableMapping[str, Widget]):
    """ipywidgets' registry: the widgets of the current session by model id, and those made outside all sessions."""

    def __init__(self, outside: MutableMapping[str, Widget]) -> None:
        self._outside = outside

    @property
    def _here(self) -> MutableMapping[str, Widget]:
        session = current.get()
        return self._outside if session is None else session.widgets

    def __getitem__(self, model_id: str) -> Widget:
        return self._here[model_id]

    def __setitem__(self, model_id: str, widget: Widget) -> None:
        self._here[model_id] = widget

    def __delitem__(self, model_id: str) -> None:
        del self._here[model_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._here)

    def __len__(self) -> int:
        return len(self._here)


def install() -> None:
    """Have every widget that is made within a session belong to it, from now on. Harmless the second time."""
    if isinstance(ipywidgets_registry._instances, CurrentWidgets):
        return
    create_comm = comm.create_comm

    def create(*arguments: Any, **given: Any) -> Any:
        session = current.get()
        return create_comm(*arguments, **given) if session is None else session.create_comm(**given)

    comm.create_comm = create
    ipywidgets_registry._instances = CurrentWidgets(ipywidgets_registry._instances)
