"""One learner's widgets: what the page says reaches them, and what they say reaches the page."""

from __future__ import annotations

import itertools
import logging
import sys
import uuid
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from contextvars import Context
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from ipywidgets import Widget
from ipywidgets.widgets.widget import _remove_buffers
from traitlets import HasTraits, TraitError

from etiquette.sessions.comms import SessionComm, current
from etiquette.sessions.message import Message
from etiquette.sessions.notebook import Shown

log = logging.getLogger("etiquette")

Value = TypeVar("Value")

CONTROL = "jupyter.widget.control"
REMEMBERED = 500  # messages whose ids are kept, so that one that is sent again is not done again
MOST_CONTROLS = 100  # one is opened each time that a page asks for its widgets; those opened first are forgotten
MOST_WAITING = 50  # pieces of work for a thread
SMALL = 256  # bytes: what a page sends is counted from here on
NEEDED_BY_TRAITLETS = frozenset(vars(HasTraits()))
KERNEL_INFO = {
    "status": "ok",
    "protocol_version": "5.3",
    "implementation": "etiquette",
    "implementation_version": "1",
    "language_info": {"name": "python", "version": "3", "mimetype": "text/x-python", "file_extension": ".py"},
    "banner": "",
    "help_links": [],
}


class LimitError(Exception):
    """A session wants more than it may hold."""


class StoppedError(BaseException):
    """Raised within a session's work that has used more CPU than it may. No `except Exception` catches it."""


class Platform(Protocol):
    """What a session needs from where it runs."""

    def call_soon(self, work: Callable[[], object]) -> None:
        """Do this in a later turn of the loop that all sessions share. May be called from any thread."""

    def submit(self, work: Callable[[], Value]) -> Future[Value]:
        """Do this in a worker thread or, where there are none, at once."""

    def time_limit(self) -> AbstractContextManager[None]:
        """Raises a `StoppedError` in what is done within it once that has used too much CPU."""


@dataclass
class Budget:
    """Bytes that all sessions together may hold of what their pages sent."""

    left: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What one session may hold: widgets, and bytes of what its page sent."""

    widgets: int = 3_000
    bytes: int = 16_000_000


class Session:
    """One learner's widgets and their comms.

    `send` gets every message to the page; it may drop those that nobody listens to, as a page that comes back asks for
    everything anew. All work of a session, put off or not, is done in its own context, one piece at a time.
    """

    def __init__(
        self,
        platform: Platform,
        send: Callable[[Message], None],
        limits: Limits = Limits(),
        budget: Budget | None = None,
    ) -> None:
        self.platform, self.send, self.limits = platform, send, limits
        self.budget = budget or Budget(limits.bytes)
        self.widgets: dict[str, Widget] = {}
        self.comms: dict[str, SessionComm] = {}
        self.shown: Sequence[Shown] = ()
        self.closed = False
        self._context = Context()
        self._context.run(current.set, self)
        self._controls: deque[str] = deque(maxlen=MOST_CONTROLS)
        self._heard: deque[str] = deque(maxlen=REMEMBERED)
        self._held: dict[tuple[str, str], int] = {}
        self._threads: deque[tuple[Callable[[], Any], Callable[[Future[Any]], object]]] = deque()
        self._parent: Mapping[str, Any] = {}
        self._numbers = itertools.count()
        self._name = uuid.uuid4().hex

    # Work

    def run(self, work: Callable[..., Value], *arguments: object) -> Value:
        """Do this in the session's context, within its time limit, and return the result.

        Raises:
            StoppedError: it took too long.
        """
        return self._context.run(self._limited, work, *arguments)

    def _limited(self, work: Callable[..., Value], *arguments: object) -> Value:
        with self.platform.time_limit():
            return work(*arguments)

    def _guarded(self, work: Callable[..., object], *arguments: object) -> None:
        """The same, unless the session is over. Whatever it raises stays in the session, and goes into the log."""
        if self.closed:
            return
        try:
            self.run(work, *arguments)
        except StoppedError:
            log.error("%r of a session took too long, and was stopped", work)
        except LimitError as error:
            log.warning("%s", error)
        except TraitError:
            log.warning("a page set a value that its widget does not take")  # which is in the error, in full
        except Exception:
            log.exception("a session failed")

    def call_soon(self, work: Callable[[], object]) -> None:
        """Do this in a later turn; never, if the session is over by then. May be called from any thread."""
        self.platform.call_soon(partial(self._guarded, work))

    def in_thread(self, work: Callable[[], Value], then: Callable[[Future[Value]], object]) -> None:
        """Do `work` in a worker thread, in the session's context, then call `then` with its outcome in a later turn.

        One after another. What has not begun when the session ends is dropped; of what has begun, the outcome.

        Raises:
            LimitError: too much is waiting already.
        """
        if self.closed:
            return
        if len(self._threads) >= MOST_WAITING:
            raise LimitError(f"{MOST_WAITING} pieces of work of a session wait for a thread, and no more may")
        self._threads.append((work, then))
        if len(self._threads) == 1:
            self._begin()

    def _begin(self) -> None:
        work, then = self._threads[0]
        outcome = self.platform.submit(partial(self._context.copy().run, work))
        outcome.add_done_callback(lambda done: self.call_soon(partial(self._finish, then, done)))

    def _finish(self, then: Callable[[Future[Any]], object], done: Future[Any]) -> None:
        try:
            then(done)
        finally:
            if self._threads:
                self._threads.popleft()
            if self._threads:
                self._begin()

    # What the page says

    def receive(self, message: Message) -> None:
        """Do what the page asks, and say when it is done. A message that was heard before is only answered.

        What cannot be done, because the widget is not this session's or a limit is reached, is not.
        """
        if self.closed:
            return
        self._parent = message.header
        self._say("status", {"execution_state": "busy"})
        if message.id not in self._heard:
            self._heard.append(message.id)
            self._guarded(self._handle, message)
        self._say("status", {"execution_state": "idle"})
        self._parent = {}

    def _handle(self, message: Message) -> None:
        comm_id = str(message.content.get("comm_id", ""))
        match message.kind:
            case "kernel_info_request":
                self._say("kernel_info_reply", KERNEL_INFO)
            case "comm_info_request":
                comms = {name: {"target_name": each.target_name} for name, each in self.comms.items()}
                self._say("comm_info_reply", {"status": "ok", "comms": comms})
            case "comm_open" if message.content.get("target_name") == CONTROL:
                self._controls.append(comm_id)
            case "comm_close" if comm_id in self._controls:
                self._controls.remove(comm_id)
            case "comm_msg" if comm_id in self._controls:
                if message.content["data"].get("method") == "request_states":
                    self._say_states(comm_id)
            case "comm_msg" if comm_id in self.comms:
                self._hold(comm_id, message)
                said = {"content": message.content, "buffers": list(message.buffers), "header": message.header}
                heard = self.comms[comm_id].heard
                if heard is not None:
                    heard(said)

    def _hold(self, comm_id: str, message: Message) -> None:
        """Count what this message may leave in a widget: in place of a trait's former value, or added to it."""
        data = message.content["data"]

        def size(value: object) -> int:
            return max(message.size, _memory(value)) if message.size > SMALL else 0

        if data.get("method") == "custom":
            sizes = {(comm_id, ""): self._held.get((comm_id, ""), 0) + size(data.get("content"))}
        else:
            keys = self.widgets[comm_id].keys
            sizes = {(comm_id, name): size(value) for name, value in data.get("state", {}).items() if name in keys}
        more = sum(sizes.values()) - sum(self._held.get(each, 0) for each in sizes)
        if more > self.budget.left or more + sum(self._held.values()) > self.limits.bytes:
            raise LimitError(f"a page wants to have {more} bytes more kept, which is too much")
        self.budget.left -= more
        self._held |= {each: count for each, count in sizes.items() if count or each in self._held}

    # What the widgets say

    def create_comm(self, **given: Any) -> SessionComm:
        """A comm for a new widget of this session.

        Raises:
            LimitError: it holds as many as it may, or is over.
        """
        if self.closed:
            raise LimitError("a session that is over has no widgets")
        if len(self.comms) >= self.limits.widgets:
            raise LimitError(f"a session has {self.limits.widgets} widgets, and may have no more")
        return SessionComm(self, **given)

    def publish(
        self,
        kind: str,
        content: Mapping[str, Any],
        metadata: Mapping[str, Any],
        buffers: Sequence[bytes | memoryview],
    ) -> None:
        """Send a widget's message to the page."""
        if self.closed:
            return
        header = {"msg_id": f"{self._name}-{next(self._numbers)}", "msg_type": kind, "session": self._name}
        header |= {"username": "", "date": "", "version": "5.3"}
        self.send(Message(kind, content, header, self._parent, metadata, buffers))

    def _say(self, kind: str, content: Mapping[str, Any]) -> None:
        self.publish(kind, content, {}, ())

    def _say_states(self, comm_id: str) -> None:
        """Tell the page of all widgets of this session, and which of them its cells show."""
        states: dict[str, Any] = {}
        while new := [name for name in self.widgets if name not in states]:  # a widget may make its layout only now
            states |= {name: _full_state(self.widgets[name]) for name in new}
        states, buffer_paths, buffers = _remove_buffers(states)
        data = {"method": "update_states", "states": states, "buffer_paths": buffer_paths}
        data["cells"] = [each.as_json() for each in self.shown]
        self.publish("comm_msg", {"comm_id": comm_id, "data": data}, {}, buffers)

    # The end

    def close(self) -> None:
        """Close every widget and drop all work that was put off. Harmless the second time."""
        if self.closed:
            return
        self.closed = True
        self._context.copy().run(self._close_widgets)  # a copy: it may be its own work that ends it
        self.budget.left += sum(self._held.values())
        for kept in (self._held, self._controls, self._heard, self._threads, self.comms, self.widgets):
            kept.clear()
        self.shown, self.send, self._context = (), _nowhere, Context()

    def _close_widgets(self) -> None:
        widgets = list(self.widgets.values())
        for widget in widgets:
            try:
                widget.close()
            except Exception:
                log.exception("a widget could not be closed")
        for widget in widgets:
            _take_apart(widget)


def _take_apart(widget: Widget) -> None:
    """Free what a closed widget refers to. Views and their callbacks refer to each other in circles, which only the
    garbage collector would break: 4 ms for each session, and a pause for all others in proportion to their number.
    """
    widget._trait_values.clear()
    widget._trait_notifiers.clear()
    for name in vars(widget).keys() - NEEDED_BY_TRAITLETS:
        delattr(widget, name)
    widget.close = _nothing  # which ipywidgets calls when the widget is freed


def _nothing() -> None:
    """What there is left to close."""


def _memory(value: object) -> int:
    """Bytes of memory that a value from JSON takes: 13 times its length if it is a list of short texts."""
    size, inside = 0, [value]
    while inside:
        each = inside.pop()
        size += sys.getsizeof(each)
        if isinstance(each, dict):
            inside += [*each, *each.values()]
        elif isinstance(each, list):
            inside += each
    return size


def _full_state(widget: Widget) -> dict[str, Any]:
    return {
        "model_name": widget._model_name,
        "model_module": widget._model_module,
        "model_module_version": widget._model_module_version,
        "state": widget.get_state(),
    }


def _nowhere(message: Message) -> None:
    """Where a session that is over sends to."""
