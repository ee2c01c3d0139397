"""What the host may take of the machine, and a piece of a session's work of the CPU. No server."""

from __future__ import annotations

import gc
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etiquette.host.limits import MB, TimeLimit, machine_memory, places
from etiquette.sessions import StoppedError


@pytest.mark.parametrize(
    ("memory", "files", "least", "most"),
    [
        (1024 * MB, None, 1000, 1500),  # a small machine holds 1,000
        (512 * MB, 20_000, 300, 500),
        (100 * MB, None, 1, 1),  # less than the server itself needs
        (8192 * MB, 1024, 400, 512),  # the usual limit of open files
        (None, None, 500, 500),
    ],
)
def test_memory_and_open_files_limit_the_places(memory: int | None, files: int | None, least: int, most: int) -> None:
    assert least <= places(memory, files) <= most


def test_a_limit_on_memory_counts_if_it_is_lower_than_the_machines(tmp_path: Path) -> None:
    limit = tmp_path / "memory.max"
    machine = machine_memory(limit)
    limit.write_text("1000000\n")
    assert machine is None or machine_memory(limit) == 1_000_000
    limit.write_text("max\n")
    assert machine_memory(limit) == machine


@pytest.fixture
def limit() -> Iterator[TimeLimit]:
    """A limit of a tenth of a second. Python collects no garbage meanwhile: after many tests, that takes a second."""
    before = signal.getsignal(signal.SIGVTALRM)
    gc.disable()
    yield TimeLimit(0.1)
    gc.enable()
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def use(seconds: float = 60.0) -> None:
    """Use so much CPU."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        sum(range(1000))


def stubborn() -> None:
    while True:
        try:
            use()
        except Exception:
            continue


class Freed:
    def __del__(self) -> None:
        use()  # Python prints what is raised here, and goes on


def swallowing() -> None:
    Freed()
    use()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("work", [use, stubborn, swallowing])
def test_work_without_end_is_stopped_and_the_next_has_all_its_time(limit: TimeLimit, work: Callable[[], None]) -> None:
    began = time.thread_time()
    with pytest.raises(StoppedError), limit.limited():
        work()
    assert 0.05 < time.thread_time() - began < 1.0
    with limit.limited():
        use(0.5 * limit.seconds)


def test_neither_waiting_nor_what_other_threads_use_is_counted(limit: TimeLimit) -> None:
    with limit.limited():
        busy = threading.Thread(target=use, args=(3 * limit.seconds,))
        busy.start()
        busy.join()
        use(0.2 * limit.seconds)


def test_after_an_exception_nothing_is_stopped_even_by_a_signal_that_comes_late(limit: TimeLimit) -> None:
    with pytest.raises(ZeroDivisionError), limit.limited():
        _ = 1 / 0
    use(2 * limit.seconds)
    signal.raise_signal(signal.SIGVTALRM)
