"""What the host may take of the machine, and how long one piece of a session's work may take. No server."""

from __future__ import annotations

import itertools
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from etiquette.host.limits import KEPT_FREE, MB, TimeLimit, machine_memory, places
from etiquette.sessions import StoppedError


@pytest.mark.parametrize(
    ("memory", "files", "least", "most"),
    [
        (1024 * MB, None, 1000, 1500),  # a small machine holds 1,000
        (512 * MB, None, 300, 500),
        (100 * MB, None, 1, 1),  # less than the server itself needs
        (8192 * MB, 1024, 400, 512),  # the usual limit of open files
        (8192 * MB, 10, 1, 1),
        (512 * MB, 20_000, 300, 500),
        (None, None, 500, 500),
        (None, 512, 200, 256),
    ],
)
def test_there_is_room_for_as_many_as_memory_and_open_files_hold(
    memory: int | None, files: int | None, least: int, most: int
) -> None:
    assert least <= places(memory, files) <= most


def test_a_limit_on_memory_counts_if_it_is_lower_than_the_machines(tmp_path: Path) -> None:
    limit = tmp_path / "memory.max"
    machine = machine_memory(tmp_path / "none")
    limit.write_text("1000000\n")
    assert machine is None or machine_memory(limit) == 1_000_000
    limit.write_text("max\n")
    assert machine_memory(limit) == machine


def test_the_server_itself_has_room() -> None:
    assert places(KEPT_FREE, None) == 1


# --- CPU ---


@pytest.fixture
def limit() -> Iterator[TimeLimit]:
    before = signal.getsignal(signal.SIGVTALRM)
    yield TimeLimit(0.05)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def test_work_without_end_is_stopped(limit: TimeLimit) -> None:
    began = time.thread_time()
    with pytest.raises(StoppedError), limit.limited():
        for _ in itertools.count():
            pass
    assert 0.03 < time.thread_time() - began < 0.5


def test_work_that_catches_every_exception_is_stopped_too(limit: TimeLimit) -> None:
    def stubborn() -> None:
        while True:
            try:
                list(range(1000))
            except Exception:
                continue

    with pytest.raises(StoppedError), limit.limited():
        stubborn()


def test_work_that_is_quick_is_not_stopped_however_much_of_it_there_is(limit: TimeLimit) -> None:
    deadline = time.thread_time() + 4 * limit.seconds
    while time.thread_time() < deadline:
        with limit.limited():
            sum(range(1000))


def test_waiting_is_not_work(limit: TimeLimit) -> None:
    with limit.limited():
        threading.Event().wait(2 * limit.seconds)


def test_after_what_was_stopped_the_next_has_all_its_time(limit: TimeLimit) -> None:
    for _ in range(3):
        with pytest.raises(StoppedError), limit.limited():
            for _ in itertools.count():
                pass
        with limit.limited():
            sum(range(1000))


def test_after_an_exception_nothing_is_stopped(limit: TimeLimit) -> None:
    with pytest.raises(ZeroDivisionError), limit.limited():
        _ = 1 / 0
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_a_signal_that_arrives_late_does_nothing(limit: TimeLimit) -> None:
    with limit.limited():
        pass
    signal.raise_signal(signal.SIGVTALRM)
