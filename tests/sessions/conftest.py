"""ipywidgets with sessions installed, pages without a browser, and a platform that runs what tests tell it to run."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar

import comm
import pytest
from ipywidgets import Widget
from ipywidgets.widgets import widget as registry

from etiquette.sessions import CONTROL, Message, Session, install

Value = TypeVar("Value")


class QueuePlatform:
    """Queues the turns of the loop and the jobs of its threads."""

    def __init__(self) -> None:
        self.turns: deque[Callable[[], object]] = deque()
        self.jobs: deque[Callable[[], object]] = deque()
        self.limited = False  # whether a time limit applies now

    def call_soon(self, work: Callable[[], object]) -> None:
        self.turns.append(work)

    def submit(self, work: Callable[[], Value]) -> Future[Value]:
        outcome: Future[Value] = Future()

        def job() -> None:
            try:
                outcome.set_result(work())
            except Exception as error:
                outcome.set_exception(error)

        self.jobs.append(job)
        return outcome

    @contextmanager
    def time_limit(self) -> Iterator[None]:
        self.limited = True
        yield
        self.limited = False

    def run_all(self) -> None:
        """Run all turns and jobs, also those that these add."""
        while queue := self.turns or self.jobs:
            queue.popleft()()


class Page:
    """One page and its session."""

    def __init__(self, platform: QueuePlatform | None = None, **options: Any) -> None:
        self.platform = platform or QueuePlatform()
        self.told: list[Message] = []
        self.session = Session(self.platform, self.told.extend, **options)

    def make(self, widget: Callable[..., Value], **traits: Any) -> Value:
        """Create a widget in this page's session."""
        return self.session.run(lambda: widget(**traits))

    def say(self, kind: str, content: dict[str, Any], *, name: str = "", **options: Any) -> list[Message]:
        """Send a message, by default with a new `name` as its id; returns the answers."""
        before = len(self.told)
        self.session.receive(Message(kind, content, {"msg_id": name or f"after-{before}"}, **options))
        return self.told[before:]

    def say_to(self, model: Widget | str, data: dict[str, Any], **options: Any) -> list[Message]:
        """Send a message to a widget or a model id."""
        model_id = model if isinstance(model, str) else model.model_id
        return self.say("comm_msg", {"comm_id": model_id, "data": data}, **options)

    def update(self, model: Widget, size: int = 0, **state: Any) -> list[Message]:
        return self.say_to(model, {"method": "update", "state": state}, size=size)

    def click(self, model: Widget | str, size: int = 0) -> list[Message]:
        return self.say_to(model, {"method": "custom", "content": {"event": "click"}}, size=size)

    def states(self, control: str = "control") -> dict[str, Any]:
        """Ask for all widgets; returns the data of the answer."""
        self.say("comm_open", {"comm_id": control, "target_name": CONTROL})
        (_, answer, _) = self.say_to(control, {"method": "request_states"})
        return dict(answer.content["data"])


@pytest.fixture(autouse=True)
def notebook_widgets(monkeypatch: pytest.MonkeyPatch) -> dict[str, Widget]:
    """The widgets outside all sessions. After the test nothing is installed any more."""
    widgets: dict[str, Widget] = {}
    monkeypatch.setattr(registry, "_instances", widgets)
    monkeypatch.setattr(comm, "create_comm", comm.DummyComm)
    install()
    return widgets


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def other(page: Page) -> Page:
    return Page(page.platform)
