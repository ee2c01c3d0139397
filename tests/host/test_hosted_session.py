"""A visitor's place and session on the host: until when it is kept, what it may use, what it is told. No server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from ipywidgets import Text

from etiquette.host.hosted_session import HostedSession, LoopPlatform
from etiquette.host.visitors import Patience, Visitor, Visitors, Why
from etiquette.room.store import Store
from etiquette.sessions import install
from etiquette.views.controls import environment


class Socket:
    """An open websocket, and what was sent through it."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def send(self, raw: bytes) -> None:
        self.sent.append(raw)

    def close(self, code: int | None = None, reason: str | None = None) -> None: ...


def test_a_place_is_kept_for_a_while_for_a_page_without_a_connection_or_that_says_nothing() -> None:
    """One that loses it before it is open may come back, too. One that has a second connection is not lost."""
    house = Visitors(capacity=2, per_address=2, patience=Patience(unopened=60, lost=75, idle=1800))
    visitor, first, second = house.arrive("p", "", 0), Socket(), Socket()
    house.disconnect(visitor, first, 1)
    assert house.overdue(74.9) == []
    assert house.overdue(75) == [("p", Why.LOST)]
    house.connect(visitor, first, 74.9)
    house.connect(visitor, second, 200)
    house.disconnect(visitor, first, 300)
    house.disconnect(visitor, first, 301)
    assert house.overdue(1000) == []
    house.disconnect(visitor, second, 1000)
    assert house.overdue(1074.9) == []
    assert house.overdue(1075) == [("p", Why.LOST)]
    house.connect(visitor, second, 2000)
    assert house.overdue(3799) == []
    assert house.overdue(3800) == [("p", Why.IDLE)]


def a_session(platform: LoopPlatform, origin: str = "") -> HostedSession:
    return HostedSession(platform, Visitor("p", 1, "", 0, 0, 0), origin, lambda: Store.open(""))


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
    stores = [each.session.run(lambda: environment().progress_store) for each in (one, other)]
    assert stores[0] is not stores[1]
    assert [store.folder for store in stores] == [None, None]  # a visitor's progress is in their browser


def test_slow_work_is_done_in_another_thread_and_its_outcome_comes_to_the_loop() -> None:
    """In a thread of its own: in this one a browser's loop may be running. After its end, nothing comes to it."""
    here = threading.get_ident

    async def scenario(threads: ThreadPoolExecutor) -> tuple[HostedSession, int, tuple[int, int]]:
        loop = asyncio.get_running_loop()
        session, told = a_session(LoopPlatform(loop, threads)), loop.create_future()
        session.in_thread(here, lambda outcome: told.set_result((outcome.result(), here())))
        return session, here(), await asyncio.wait_for(told, 10)

    with ThreadPoolExecutor(1) as thread, ThreadPoolExecutor(1) as threads:
        session, loop, (worker, told) = thread.submit(lambda: asyncio.run(scenario(threads))).result()
    assert told == loop != worker
    late: list[int] = []
    session.call_soon(lambda: late.append(1))
    assert late == []


def test_what_widgets_say_goes_to_each_of_the_sessions_websockets_and_no_other(platform: LoopPlatform) -> None:
    session, other = a_session(platform), a_session(platform)
    sockets, elsewhere = [Socket(), Socket()], Socket()
    session.visitor.sockets.update(sockets)
    other.visitor.sockets.add(elsewhere)
    session.session.run(Text, "hello")
    assert sockets[0].sent == sockets[1].sent
    assert any(b'"hello"' in raw for raw in sockets[0].sent)
    assert elsewhere.sent == []
