"""A page without a browser: what it says to its session, and what it is told. Whatever is put off waits for a test."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from ipywidgets import Widget

from etiquette.sessions import CONTROL, Budget, Limits, Message, Session

Value = TypeVar("Value")

TIMEOUT = 10  # seconds


class QueuePlatform:
    """Work that was put off waits in a queue. Without an executor, what is meant for a thread is done at once."""

    def __init__(self, threads: Executor | None = None) -> None:
        self.threads = threads
        self.waiting: SimpleQueue[Callable[[], object]] = SimpleQueue()

    def call_soon(self, work: Callable[[], object]) -> None:
        self.waiting.put(work)

    def submit(self, work: Callable[[], Value]) -> Future[Value]:
        if self.threads is not None:
            return self.threads.submit(work)
        done: Future[Value] = Future()
        try:
            done.set_result(work())
        except Exception as error:
            done.set_exception(error)
        return done

    def time_limit(self) -> AbstractContextManager[None]:
        return nullcontext()

    def next_turn(self) -> None:
        """Do one piece of the work that waits; waits itself for one that a thread is about to put there."""
        self.waiting.get(timeout=TIMEOUT)()

    def run_all(self) -> None:
        """Do all the work that waits, and what that puts off in turn."""
        while True:
            try:
                work = self.waiting.get_nowait()
            except Empty:
                return
            work()


class HeldThreads(Executor):
    """Threads that begin nothing by themselves: a test has the work done, one piece after another."""

    def __init__(self) -> None:
        self._held: deque[tuple[Future[Any], Callable[[], Any]]] = deque()

    def __len__(self) -> int:
        return len(self._held)

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        outcome: Future[Any] = Future()
        self._held.append((outcome, partial(work, *arguments, **named)))
        return outcome

    def finish_one(self) -> None:
        """Do what has waited longest."""
        outcome, work = self._held.popleft()
        try:
            outcome.set_result(work())
        except Exception as error:
            outcome.set_exception(error)


class Page:
    """One page and its session."""

    def __init__(
        self, platform: QueuePlatform | None = None, limits: Limits | None = None, budget: Budget | None = None
    ) -> None:
        self.platform = platform or QueuePlatform()
        self.told: list[Message] = []
        self.session = Session(self.platform, self.told.append, limits or Limits(), budget)
        self._numbers = itertools.count()

    def make(self, widget: Callable[..., Value], **traits: Any) -> Value:
        """A widget of this page's session."""
        return self.session.run(lambda: widget(**traits))

    def say(
        self,
        kind: str,
        content: Mapping[str, Any],
        *,
        name: str = "",
        buffers: Sequence[bytes] = (),
        size: int = 0,
    ) -> list[Message]:
        """Send a message; returns all that is said in answer. `name` is the message's id, a new one by default."""
        before = len(self.told)
        header = {"msg_id": name or f"said-{next(self._numbers)}", "msg_type": kind, "session": "page"}
        self.session.receive(Message(kind, content, header, buffers=buffers, size=size))
        return self.told[before:]

    def say_to(self, model: Widget | str, method: str, *, size: int = 0, name: str = "", **data: Any) -> list[Message]:
        """Send a message to a widget, by itself or by its model id."""
        model_id = model if isinstance(model, str) else model.model_id
        return self.say("comm_msg", {"comm_id": model_id, "data": {"method": method, **data}}, size=size, name=name)

    def update(self, model: Widget | str, *, size: int = 0, **state: Any) -> list[Message]:
        """Set traits of a widget, as its model in the page does."""
        return self.say_to(model, "update", state=state, buffer_paths=[], size=size)

    def click(self, model: Widget | str, name: str = "") -> list[Message]:
        """Click a button."""
        return self.say_to(model, "custom", content={"event": "click"}, name=name)

    def states(self) -> dict[str, Any]:
        """The data that the session answers with when the page asks for its widgets."""
        self.say("comm_open", {"comm_id": "control", "target_name": CONTROL, "data": {}})
        (answer,) = (each for each in self.say_to("control", "request_states") if each.kind == "comm_msg")
        data: dict[str, Any] = answer.content["data"]
        return data

    def states_told(self, model: Widget) -> list[dict[str, Any]]:
        """The states that a widget has sent to its model, one after another."""
        about = [each.content for each in self.told if each.content.get("comm_id") == model.model_id]
        return [each["data"]["state"] for each in about if each["data"].get("method") == "update"]
