"""A visitor's session on the host: its loop, its threads, its share of CPU, and what its views are told. No server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from ipywidgets import Text

from etiquette.host.hosted_session import HostedSession, LoopPlatform
from etiquette.host.visitors import Visitor
from etiquette.host.wire import split
from etiquette.room.store import Store
from etiquette.sessions import install
from etiquette.views.controls import environment
from tests.host.test_visitors import Socket


def no_rooms() -> Store:
    raise AssertionError("nobody asked for a room")


def a_session(platform: LoopPlatform, origin: str = "") -> HostedSession:
    return HostedSession(platform, Visitor("p", 1, "", 0, 0, 0), origin, no_rooms)


@pytest.fixture
def platform() -> Iterator[LoopPlatform]:
    """On a loop that does not run."""
    install()
    loop = asyncio.new_event_loop()
    with ThreadPoolExecutor(1) as threads:
        yield LoopPlatform(loop, threads)
    loop.close()


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


def test_slow_work_is_done_in_another_thread_and_its_outcome_comes_to_the_loop_while_that_is_open() -> None:
    """In a thread of its own: in this one a browser's loop may be running."""
    here: list[tuple[str, int]] = []

    async def scenario(threads: ThreadPoolExecutor) -> HostedSession:
        session, over = a_session(LoopPlatform(asyncio.get_running_loop(), threads)), asyncio.Event()
        here.append(("loop", threading.get_ident()))

        def told(outcome: Future[int]) -> None:
            here.extend([("worker", outcome.result()), ("told", threading.get_ident())])
            over.set()

        session.in_thread(threading.get_ident, told)
        await asyncio.wait_for(over.wait(), 10)
        return session

    with ThreadPoolExecutor(1) as thread, ThreadPoolExecutor(1) as threads:
        session = thread.submit(lambda: asyncio.run(scenario(threads))).result()
    found = dict(here)
    assert found["told"] == found["loop"] != found["worker"]
    session.call_soon(lambda: here.append(("late", 0)))
    assert dict(here) == found


def test_what_widgets_say_goes_to_each_of_the_sessions_websockets_and_no_other(platform: LoopPlatform) -> None:
    session, other = a_session(platform), a_session(platform)
    sockets, elsewhere = [Socket(), Socket()], Socket()
    session.visitor.sockets.update(sockets)
    other.visitor.sockets.add(elsewhere)
    session.session.run(Text, "hello")
    assert sockets[0].sent == sockets[1].sent
    assert any(b'"hello"' in split(raw)[1][3] for raw in sockets[0].sent)
    assert elsewhere.sent == []
