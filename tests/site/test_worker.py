"""What runs in a page's worker, without a browser: a session that a page speaks to in bytes, with its environment."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from etiquette.judge import ARTICLE, Policy, policies
from etiquette.sessions import CONTROL, Message, Session, decode_message, encode_messages, install
from etiquette.site.worker import LonePlatform, RemainingModules, WorkerEnvironment, pack_policy, start, unpack_policy
from etiquette.views import App, set_environment
from etiquette.views.page.workshop_elsewhere import WorkshopElsewhere
from tests.host.guest import apart

OFFICE = policies()["thanks-within-a-day"]


@pytest.fixture(autouse=True)
def loop(monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.AbstractEventLoop]:
    """The worker's event loop. Whatever the worker adds to the places where Python looks for modules is removed."""
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield loop
    asyncio.set_event_loop(None)
    loop.close()


class Worker:
    """A worker, as its page knows it."""

    def __init__(self, policy: Policy = ARTICLE) -> None:
        self.told: list[Message] = []
        self.receive = start(pack_policy(policy), self._hear, lambda: None)

    def _hear(self, raw: bytes) -> None:
        self.told.extend(map(decode_message, apart(raw)))

    def say(self, kind: str, **content: Any) -> list[Message]:
        """Send a message; returns what is told at once."""
        before = len(self.told)
        self.receive(encode_messages([Message(kind, content, {"msg_id": f"after-{before}", "msg_type": kind})]))
        return self.told[before:]

    def states(self) -> dict[str, Any]:
        """Ask for all widgets, and for what is shown; returns the answer."""
        self.say("comm_open", comm_id="control", target_name=CONTROL)
        (_, answer, _) = self.say("comm_msg", comm_id="control", data={"method": "request_states"})
        return dict(answer.content["data"])


def test_a_page_is_told_of_all_widgets_and_of_what_comes_of_a_click() -> None:
    """The answers to a message lie between busy and idle, and name it."""
    worker = Worker()
    states = worker.states()
    (cell,) = states["cells"]
    assert cell["model"] in states["states"]
    assert cell["failed"] is False
    begins = "Start with a story: “The quiet week”"
    (button,) = (name for name, each in states["states"].items() if begins in each["state"].get("description", ""))
    told = worker.say("comm_msg", comm_id=button, data={"method": "custom", "content": {"event": "click"}})
    assert [each.content.get("execution_state") for each in (told[0], told[-1])] == ["busy", "idle"]
    assert len({each.parent["msg_id"] for each in told}) == 1
    assert any("Half past six." in str(each.content) for each in told)


def test_a_page_teaches_the_policy_that_it_is_started_with() -> None:
    assert "teaches the rules" not in str(Worker().states())
    assert "This page teaches the rules of “Thanks within a day”" in str(Worker(OFFICE).states())


@pytest.mark.parametrize("policy", policies().values(), ids=policies())
def test_a_policy_is_the_same_after_its_journey_and_the_articles_need_not_travel(policy: Policy) -> None:
    packed = pack_policy(policy)
    assert packed.isascii()
    assert (unpack_policy(packed) if packed else ARTICLE) == policy
    assert bool(packed) == (policy != ARTICLE)


def test_work_for_a_thread_is_done_at_once_and_all_else_that_is_put_off_in_a_later_turn(
    loop: asyncio.AbstractEventLoop,
) -> None:
    session, done = Session(LonePlatform(), lambda _: None), list[object]()
    session.call_soon(lambda: done.append("later"))
    session.in_thread(lambda: done.append("at once"), lambda _: done.append("outcome"))
    assert done == ["at once"]
    session.in_thread(lambda: 1 // 0, lambda outcome: done.append(type(outcome.exception())))
    for _ in range(2):
        loop.run_until_complete(asyncio.sleep(0))
    assert done == ["at once", "later", "outcome", ZeroDivisionError]


def test_the_modules_that_are_not_there_are_fetched_once_when_the_first_of_them_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    fetched = list[str]()

    def fetch() -> None:
        fetched.append("modules")
        for name in ("a_late_module", "another_late_module"):
            (tmp_path / f"{name}.py").write_text("HERE = True", encoding="utf-8")

    sys.meta_path.insert(0, RemainingModules(fetch))
    import_module("json")
    assert fetched == []
    assert import_module("a_late_module").HERE
    assert import_module("another_late_module").HERE
    with pytest.raises(ModuleNotFoundError):
        import_module("a_module_that_nobody_has")
    assert fetched == ["modules"]


@pytest.mark.parametrize("address", ["workshop", "workshop/ABC-123", "projector/ABC-123"])
def test_there_are_no_rooms_and_the_page_says_where_they_are(address: str) -> None:
    install()
    session = Session(LonePlatform(), lambda _: None)
    session.run(set_environment, WorkerEnvironment(session, ARTICLE))
    app = session.run(App)
    session.run(app.go, address)
    (shown,) = app.stage.children
    assert isinstance(shown, WorkshopElsewhere)
    assert "open the link your facilitator sent you" in shown.text.value
