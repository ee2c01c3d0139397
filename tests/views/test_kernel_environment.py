"""Views in a kernel, alone with its loop: what they put off is done later, in order, in the loop's thread."""

from __future__ import annotations

import asyncio
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from etiquette.room import StoreError
from etiquette.views import KernelEnvironment


def test_work_is_done_in_a_later_turn_in_order_and_in_the_loops_thread() -> None:
    """The feed of the rooms reports changes from its own thread, but widgets may only be touched in the kernel's."""
    done: list[object] = []

    async def kernel() -> None:
        here, told = KernelEnvironment(), asyncio.Event()
        here.call_soon(lambda: here.call_soon(lambda: done.append("put off meanwhile")))
        here.in_thread(lambda: 1, lambda outcome: done.append(outcome.result()))
        assert done == []
        await asyncio.sleep(0)
        feed = threading.Thread(target=here.call_soon, args=(lambda: done.append(threading.get_ident()),))
        feed.start()
        feed.join()
        here.call_soon(told.set)
        await told.wait()

    # In a thread without a browser's loop; with `debug`, a loop refuses what is not safe from another thread.
    with ThreadPoolExecutor(1) as thread:
        ident = thread.submit(threading.get_ident).result()
        thread.submit(asyncio.run, kernel(), debug=True).result()
    assert done == [1, "put off meanwhile", ident]


def test_in_a_script_without_a_loop_everything_is_done_at_once() -> None:
    here, outcomes = KernelEnvironment(), list[Future[int]]()
    with ThreadPoolExecutor(1) as thread:
        thread.submit(here.in_thread, lambda: 1 // 0, outcomes.append)
        thread.submit(here.call_soon, lambda: here.in_thread(lambda: 1, outcomes.append))
    assert [type(outcome.exception()) for outcome in outcomes] == [ZeroDivisionError, type(None)]


def test_a_kernel_in_a_browser_keeps_progress_there_and_says_that_a_workshop_needs_a_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "emscripten")
    here = KernelEnvironment()
    assert here.progress_store.in_browser
    with pytest.raises(StoreError, match="needs a server"):
        here.room_store()


def test_all_views_of_a_kernel_share_the_named_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ETIQUETTE_STORE", f"sqlite:///{tmp_path / 'named' / 'rooms.sqlite3'}")
    here, told = KernelEnvironment(), threading.Event()
    store = here.room_store()
    assert store is here.room_store()
    assert (tmp_path / "named" / "rooms.sqlite3").exists()
    store.feed.subscribe("BBBBBB", lambda _: told.set(), lambda _: None)
    assert told.wait(timeout=10), "its feed follows the rooms"
    store.close()
