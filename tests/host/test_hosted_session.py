"""A visitor's session on the host: its loop, its threads, its share of CPU, and what its views are told. No server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from ipywidgets import Text

from etiquette.host.hosted_session import HostedSession, LoopPlatform
from etiquette.host.limits import TimeLimit
from etiquette.host.visitors import Visitor
from etiquette.host.wire import split
from etiquette.room.store import Store
from etiquette.sessions import install
from etiquette.views.controls import environment


@dataclass(eq=False)
class Socket:
    """An open websocket, and what was sent through it."""

    sent: list[bytes] = field(default_factory=list)

    def send(self, raw: bytes) -> None:
        self.sent.append(raw)

    def close(self, code: int | None = None, reason: str | None = None) -> None: ...


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture
def platform(loop: asyncio.AbstractEventLoop) -> Iterator[LoopPlatform]:
    install()
    with ThreadPoolExecutor(2) as threads:
        yield LoopPlatform(loop, threads, TimeLimit())


def no_rooms() -> Store:
    raise AssertionError("nobody asked for a room")


def a_session(platform: LoopPlatform, origin: str = "") -> HostedSession:
    return HostedSession(platform, Visitor("p", 1, "", 0, 0, 0), origin, no_rooms)


def turn(loop: asyncio.AbstractEventLoop) -> None:
    """One turn of the loop."""
    loop.run_until_complete(asyncio.sleep(0))


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


def test_slow_work_is_done_in_another_thread_and_its_outcome_comes_to_the_loop(
    platform: LoopPlatform, loop: asyncio.AbstractEventLoop
) -> None:
    session, came = a_session(platform), asyncio.Event()
    told: list[tuple[int, int]] = []

    def then(outcome: Future[int]) -> None:
        told.append((outcome.result(), threading.get_ident()))
        came.set()

    session.in_thread(threading.get_ident, then)
    loop.run_until_complete(asyncio.wait_for(came.wait(), 10))
    ((worker, here),) = told
    assert here == threading.get_ident() != worker


def test_another_thread_may_ask_for_work_in_the_loop(platform: LoopPlatform, loop: asyncio.AbstractEventLoop) -> None:
    session, done = a_session(platform), list[int]()
    asking = threading.Thread(target=session.call_soon, args=[lambda: done.append(threading.get_ident())])
    asking.start()
    asking.join()
    turn(loop)
    assert done == [threading.get_ident()]


def test_what_is_asked_for_after_the_loop_has_closed_is_dropped(
    platform: LoopPlatform, loop: asyncio.AbstractEventLoop
) -> None:
    session, done = a_session(platform), list[int]()
    loop.close()
    with ThreadPoolExecutor(1) as other:
        other.submit(session.call_soon, lambda: done.append(1)).result()
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
