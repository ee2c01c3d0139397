"""One learner's widgets: messages from the page go to them, and their messages go to the page."""

from __future__ import annotations

import logging
import sys
import uuid
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from contextvars import Context, ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from ipywidgets import Widget
from ipywidgets.widgets.widget import _put_buffers, _remove_buffers
from traitlets import HasTraits, TraitError

from etiquette.sessions.message import Buffers, JsonObject, Message
from etiquette.sessions.notebook import Shown

log = logging.getLogger("etiquette")

Value = TypeVar("Value")

current_session: ContextVar[Session | None] = ContextVar("current_session", default=None)

CONTROL = "jupyter.widget.control"  # the target of the comm through which a page asks for all its widgets
MAX_CONTROLS = 100  # control comms of one page, which opens one for each request
MAX_SEEN = 500  # message ids that are remembered, so that a repeated message is not handled twice
MAX_PENDING = 50  # jobs waiting for a thread
SMALL = 256  # bytes; smaller messages don't count towards what a session holds
NEEDED_BY_TRAITLETS = frozenset(vars(HasTraits()))
KERNEL_INFO = {
    "status": "ok",
    "protocol_version": "5.3",
    "implementation": "etiquette",
    "implementation_version": "1",
    "language_info": {"name": "python", "version": "3", "mimetype": "text/x-python", "file_extension": ".py"},
    "banner": "",
}


class LimitError(Exception):
    """A session would exceed one of its limits."""


class StoppedError(BaseException):
    """Raised in a session's work that has used too much CPU. `except Exception` does not catch it."""


class Platform(Protocol):
    """Runs the work of all sessions."""

    def call_soon(self, work: Callable[[], object]) -> None:
        """Run this in a later turn of the loop that all sessions share. May be called from any thread."""

    def submit(self, work: Callable[[], Value]) -> Future[Value]:
        """Run this in a worker thread or, on platforms without threads, at once."""

    def time_limit(self) -> AbstractContextManager[None]:
        """Raises `StoppedError` in its body once that has used too much CPU."""


@dataclass
class Budget:
    """How many more bytes of data from pages all sessions together may hold."""

    left: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one session may hold: widgets, and bytes of data that its page sent."""

    widgets: int = 3_000
    bytes: int = 16_000_000


@dataclass(slots=True, eq=False)
class SessionComm:
    """The channel between a widget and its model in the page: as much of a comm as ipywidgets uses."""

    session: Session
    comm_id: str

    def on_msg(self, callback: object) -> None:
        """Do nothing: the session passes messages to the widget itself."""

    def send(self, data: JsonObject, buffers: Buffers | None = None) -> None:
        """Send a message to the model."""
        self.session.publish("comm_msg", {"comm_id": self.comm_id, "data": data}, buffers or ())

    def close(self) -> None:
        """Close the model."""
        self.session.widgets.pop(self.comm_id, None)  # ipywidgets removes it only if this session is current
        self.session.publish("comm_close", {"comm_id": self.comm_id, "data": {}})


class Session:
    """One learner's widgets and their comms.

    `send` is called with the messages to the page: all those of one turn together, so that a page never shows half of
    a change. It may drop them while no page is connected, because a page requests all its widgets when it reconnects.
    All work of a session runs in the session's own context, one callback at a time.
    """

    def __init__(
        self,
        platform: Platform,
        send: Callable[[Sequence[Message]], None],
        limits: Limits = Limits(),
        budget: Budget | None = None,
    ) -> None:
        self.platform, self.send, self.limits = platform, send, limits
        self.budget = budget or Budget(limits.bytes)
        self.widgets: dict[str, Widget] = {}
        self.shown: Sequence[Shown] = ()
        self.closed = False
        self._context = Context()
        self._context.run(current_session.set, self)
        self._controls: deque[str] = deque(maxlen=MAX_CONTROLS)
        self._seen: deque[str] = deque(maxlen=MAX_SEEN)
        self._held: dict[tuple[str, str], int] = {}  # bytes, by model id and trait
        self._pending: deque[tuple[Callable[[], Any], Callable[[Future[Any]], object]]] = deque()
        self._parent: JsonObject = {}
        self._unsent: list[Message] = []
        self._id = uuid.uuid4().hex

    def run(self, work: Callable[..., Value], *arguments: object) -> Value:
        """Run this as one turn, in the session's context, and return the result.

        Raises `StoppedError` if it uses too much CPU.
        """
        try:
            return self._run(work, *arguments)
        finally:
            self._end_turn()

    def _run(self, work: Callable[..., Value], *arguments: object) -> Value:
        with self.platform.time_limit():
            return self._context.run(work, *arguments)

    def _run_guarded(self, work: Callable[..., object], *arguments: object) -> None:
        """Run this unless the session is closed. Exceptions are logged and go no further."""
        if self.closed:
            return
        try:
            self._run(work, *arguments)
        except StoppedError:
            log.error("%r of a session took too long, and was stopped", work)
        except LimitError as error:
            log.warning("%s", error)
        except TraitError:
            log.warning("a page set a value that its widget does not accept")  # the error would repeat all of it
        except Exception:
            log.exception("a session failed")

    def call_soon(self, work: Callable[[], object]) -> None:
        """Run this in a later turn, unless the session is closed by then. May be called from any thread."""
        self.platform.call_soon(partial(self._take_turn, work))

    def _take_turn(self, work: Callable[[], object]) -> None:
        self._run_guarded(work)
        self._end_turn()

    def _end_turn(self) -> None:
        """Send all that was published in this turn."""
        messages, self._unsent = self._unsent, []
        if messages and not self.closed:
            self.send(messages)

    def in_thread(self, work: Callable[[], Value], then: Callable[[Future[Value]], object]) -> None:
        """Run `work` in a worker thread, in the session's context; then call `then` with its outcome in a later turn.

        Jobs run one at a time: the next starts once `then` has returned. When the session closes, jobs that have not
        started are dropped, and `then` is no longer called. Raises `LimitError` if too many jobs are pending.
        """
        if self.closed:
            return
        if len(self._pending) >= MAX_PENDING:
            raise LimitError(f"a session has {MAX_PENDING} jobs waiting for a thread and may not add another")
        self._pending.append((work, then))
        if len(self._pending) == 1:
            self._submit_next()

    def _submit_next(self) -> None:
        work, then = self._pending[0]
        outcome = self.platform.submit(partial(self._context.copy().run, work))
        outcome.add_done_callback(lambda done: self.call_soon(partial(self._finish, then, done)))

    def _finish(self, then: Callable[[Future[Any]], object], done: Future[Any]) -> None:
        try:
            then(done)
        finally:
            if not self.closed:
                self._pending.popleft()
            if self._pending:
                self._submit_next()

    def close(self) -> None:
        """Close every widget and drop all work that has not started. Calling it again does nothing."""
        if self.closed:
            return
        self.closed = True
        self._context.copy().run(_dismantle, [*self.widgets.values()])  # a copy: the session's own work may close it
        self.budget.left += sum(self._held.values())
        self._pending.clear()
        self.widgets.clear()
        self.shown, self._context = (), Context()
        del self.send

    # From the page

    def receive(self, message: Message) -> None:
        """Handle a message from the page, and report busy and idle. A repeated message is not handled again.

        Messages that name another session's widget, or would exceed a limit, have no effect.
        """
        self._parent = message.header
        self.publish("status", {"execution_state": "busy"})
        if message.id not in self._seen:
            self._seen.append(message.id)
            self._run_guarded(self._handle, message)
        self.publish("status", {"execution_state": "idle"})
        self._end_turn()
        self._parent = {}

    def _handle(self, message: Message) -> None:
        comm_id, data = message.content.get("comm_id", ""), message.content.get("data", {})
        widget = self.widgets.get(comm_id)
        match message.kind, data.get("method"):
            case "kernel_info_request", _:
                self.publish("kernel_info_reply", KERNEL_INFO)
            case "comm_info_request", _:
                comms = {each: {"target_name": "jupyter.widget"} for each in self.widgets}
                self.publish("comm_info_reply", {"status": "ok", "comms": comms})
            case "comm_open", _ if message.content["target_name"] == CONTROL:
                self._controls.append(comm_id)
            case "comm_msg", "request_states" if comm_id in self._controls:
                self._send_states(comm_id)
            case "comm_msg", "request_state" if widget is not None:
                widget.send_state()
            case "comm_msg", "custom" if widget is not None:
                files = comm_id, ""
                self._hold({files: self._held.get(files, 0) + _memory(message)})
                widget._handle_custom_msg(data["content"], list(message.buffers))
            case "comm_msg", "update" if widget is not None:
                size = _memory(message)
                self._hold({(comm_id, trait): size for trait in data["state"] if trait in widget.keys})
                _put_buffers(data["state"], data.get("buffer_paths", ()), message.buffers)
                widget.set_state(data["state"])

    def _hold(self, sizes: dict[tuple[str, str], int]) -> None:
        """Update the number of bytes that these traits hold. Custom messages to a widget add up."""
        more = sum(sizes.values()) - sum(self._held.get(each, 0) for each in sizes)
        if more > self.budget.left or more + sum(self._held.values()) > self.limits.bytes:
            raise LimitError(f"a page sent {more} bytes, which is more than its session may hold")
        self.budget.left -= more
        self._held |= {each: size for each, size in sizes.items() if size or each in self._held}

    # To the page

    def create_comm(self, *, comm_id: str = "", metadata: Any, buffers: Any, **content: Any) -> SessionComm:
        """Open a comm for a new widget. Raises `LimitError` if the session has as many as it may, or is closed."""
        if self.closed:
            raise LimitError("a closed session cannot create widgets")
        if len(self.widgets) >= self.limits.widgets:
            raise LimitError(f"a session has {self.limits.widgets} widgets and may not create another")
        comm = SessionComm(self, comm_id or uuid.uuid4().hex)
        self.publish("comm_open", {"comm_id": comm.comm_id, **content}, buffers, metadata)
        return comm

    def publish(self, kind: str, content: JsonObject, buffers: Buffers = (), metadata: Mapping[str, Any] = {}) -> None:
        """Send a message to the page at the end of this turn, in answer to the one that is being handled, if any."""
        if self.closed:
            return
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": self._id}
        header |= {"username": "", "date": "", "version": "5.3"}
        self._unsent.append(Message(kind, content, header, self._parent, metadata, buffers))

    def _send_states(self, comm_id: str) -> None:
        """Send the states of all widgets, and what the notebook's cells show."""
        states = {model_id: _full_state(widget) for model_id, widget in self.widgets.items()}
        states, buffer_paths, buffers = _remove_buffers(states)
        cells = [each.as_json() for each in self.shown]
        data = {"method": "update_states", "states": states, "buffer_paths": buffer_paths, "cells": cells}
        self.publish("comm_msg", {"comm_id": comm_id, "data": data}, buffers)


def _dismantle(widgets: Sequence[Widget]) -> None:
    """Close widgets, then remove everything they refer to. Views and callbacks form reference cycles that only the
    garbage collector would free, which takes 4 ms per session and pauses all sessions.
    """
    for widget in widgets:
        try:
            widget.close()
        except Exception:
            log.exception("a widget could not be closed")
    for widget in widgets:
        widget._trait_values.clear()
        widget._trait_notifiers.clear()
        for name in vars(widget).keys() - NEEDED_BY_TRAITLETS:
            delattr(widget, name)
        widget.close = lambda: None  # ipywidgets calls it when the widget is freed


def _memory(message: Message) -> int:
    """The bytes of memory that a message uses: 13 times its size for a list of short strings. 0 if it is small."""
    if message.size <= SMALL:
        return 0
    values = [message.content]
    for each in values:
        if isinstance(each, dict):
            values += [*each, *each.values()]
        elif isinstance(each, list):
            values += each
    return max(message.size, sum(map(sys.getsizeof, values)))


def _full_state(widget: Widget) -> dict[str, Any]:
    names = ("model_name", "model_module", "model_module_version")
    return {name: getattr(widget, f"_{name}") for name in names} | {"state": widget.get_state()}
