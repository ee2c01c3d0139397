"""A visitor's session on the host: its loop, its threads, its share of CPU, and what its views are told. No server."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from ipywidgets import Text

from etiquette.host.hosted_session import HostedSession, LoopPlatform
from etiquette.host.limits import TimeLimit
from etiquette.host.visitors import Visitor
from etiquette.host.wire import split
from etiquette.room.store import Store
from etiquette.sessions import install
from etiquette.views.controls import environment

Value = TypeVar("Value")


@dataclass(eq=False)
class Socket:
    """An open websocket, and what was sent through it."""

    sent: list[bytes] = field(default_factory=list)

    def send(self, raw: bytes) -> None:
        self.sent.append(raw)

    def close(self, code: int | None = None, reason: str | None = None) -> None: ...


@pytest.fixture
def limit() -> Iterator[TimeLimit]:
    before = signal.getsignal(signal.SIGVTALRM)
    yield TimeLimit()
    signal.signal(signal.SIGVTALRM, before)


@pytest.fixture
def platform(limit: TimeLimit) -> Iterator[LoopPlatform]:
    """On a loop that does not run."""
    install()
    loop = asyncio.new_event_loop()
    with ThreadPoolExecutor(1) as threads:
        yield LoopPlatform(loop, threads, limit)
    loop.close()


def ran(scenario: Callable[[ThreadPoolExecutor], Coroutine[Any, Any, Value]]) -> Value:
    """What it returns, in a thread of its own: in this one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as thread, ThreadPoolExecutor(1) as threads:
        return thread.submit(asyncio.run, scenario(threads)).result()


def no_rooms() -> Store:
    raise AssertionError("nobody asked for a room")


def a_session(platform: LoopPlatform, origin: str = "") -> HostedSession:
    return HostedSession(platform, Visitor("p", 1, "", 0, 0, 0), origin, no_rooms)


def test_a_session_may_use_much_cpu_at_once_and_a_fifth_of_a_core_in_the_long_run(platform: LoopPlatform) -> None:
    session, other = a_session(platform), a_session(platform)
    session.charge(4.5)
    assert session.pause() == 0
    session.charge(1.5)
    assert 4 < session.pause() <= 5
    assert other.pause() == 0


def test_each_session_is_the_environment_of_its_own_views(platform: LoopPlatform) -> None:
    one, other = a_session(platform, "here"), a_session(platform, "there")
    assert one.session.run(environment) is one
    assert other.session.run(environment) is other
    assert environment() not in (one, other)
    assert (one.origin(), other.origin()) == ("here", "there")


def test_a_visitors_progress_is_in_their_browser_and_in_no_file(platform: LoopPlatform) -> None:
    session = a_session(platform)
    store = session.session.run(session.progress_store)
    assert store is not session.session.run(session.progress_store)
    assert store.file is None


def test_slow_work_is_done_in_another_thread_and_its_outcome_comes_to_the_loop(limit: TimeLimit) -> None:
    async def scenario(threads: ThreadPoolExecutor) -> tuple[int, int, int]:
        loop = asyncio.get_running_loop()
        session, came = a_session(LoopPlatform(loop, threads, limit)), loop.create_future()
        session.in_thread(threading.get_ident, lambda done: came.set_result((done.result(), threading.get_ident())))
        worker, told = await asyncio.wait_for(came, 10)
        return worker, told, threading.get_ident()

    worker, told, here = ran(scenario)
    assert told == here != worker


def test_another_thread_may_ask_for_work_in_the_loop(limit: TimeLimit) -> None:
    async def scenario(threads: ThreadPoolExecutor) -> tuple[int, int]:
        loop = asyncio.get_running_loop()
        session, came = a_session(LoopPlatform(loop, threads, limit)), loop.create_future()
        threads.submit(session.call_soon, lambda: came.set_result(threading.get_ident()))
        return await asyncio.wait_for(came, 10), threading.get_ident()

    did, here = ran(scenario)
    assert did == here


def test_what_is_asked_for_after_the_loop_has_closed_is_dropped(limit: TimeLimit) -> None:
    done: list[int] = []

    async def scenario(threads: ThreadPoolExecutor) -> HostedSession:
        return a_session(LoopPlatform(asyncio.get_running_loop(), threads, limit))

    ran(scenario).call_soon(lambda: done.append(1))
    assert done == []


def test_what_widgets_say_goes_to_each_of_the_sessions_websockets_and_no_other(platform: LoopPlatform) -> None:
    session, other = a_session(platform), a_session(platform)
    sockets, elsewhere = [Socket(), Socket()], Socket()
    session.visitor.sockets.update(sockets)
    other.visitor.sockets.add(elsewhere)
    session.session.run(Text, "hello")
    assert sockets[0].sent == sockets[1].sent
    assert any(b'"hello"' in split(raw)[1][3] for raw in sockets[0].sent)
    assert elsewhere.sent == []
