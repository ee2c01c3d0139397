"""Views in a kernel, alone with its loop: work that is put off keeps its order and is done in the loop's own thread."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest

from etiquette.views import KernelEnvironment


def test_work_is_done_in_the_next_turn_in_order() -> None:
    """What is put off meanwhile comes after it, and what a thread is asked for takes its turn."""
    done: list[object] = []

    async def kernel() -> None:
        here = KernelEnvironment()
        here.call_soon(lambda: here.call_soon(lambda: done.append("later")))
        here.in_thread(lambda: 1, lambda outcome: done.append(outcome.result()))
        here.in_thread(lambda: 2, lambda outcome: done.append(outcome.result()))
        assert done == []
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    asyncio.run(kernel())
    assert done == [1, 2, "later"]


def test_what_another_thread_asks_for_is_done_in_the_loops_thread() -> None:
    """The feed of the rooms tells of changes in a thread of its own; widgets may only be touched in the kernel's."""
    where: list[int] = []

    async def kernel() -> None:
        here, told = KernelEnvironment(), asyncio.Event()

        def hear() -> None:
            where.append(threading.get_ident())
            told.set()

        here.call_soon(lambda: None)
        feed = threading.Thread(target=here.call_soon, args=(hear,))
        feed.start()
        await told.wait()
        feed.join()

    asyncio.run(kernel())
    assert where == [threading.get_ident()]


def test_in_a_script_without_a_loop_everything_is_done_at_once() -> None:
    here, outcomes = KernelEnvironment(), list[Future[int]]()
    here.in_thread(lambda: 1 // 0, outcomes.append)
    here.call_soon(lambda: here.in_thread(lambda: 1, outcomes.append))
    failed, succeeded = outcomes
    with pytest.raises(ZeroDivisionError):
        failed.result()
    assert succeeded.result() == 1


def test_all_views_of_a_kernel_share_one_store_of_rooms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is the one that the host names in a variable or, without one, the user's own; its feed follows the rooms."""
    monkeypatch.setenv("ETIQUETTE_STORE", f"sqlite:///{tmp_path / 'named' / 'rooms.sqlite3'}")
    here = KernelEnvironment()
    store = here.room_store()
    assert store is here.room_store()
    assert (tmp_path / "named" / "rooms.sqlite3").exists()
    told = threading.Event()
    store.feed.subscribe("BBBBBB", lambda _: told.set(), lambda _: None)
    assert told.wait(timeout=10)
    store.close()
