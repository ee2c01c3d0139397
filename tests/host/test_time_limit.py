"""One piece of a session's work may use so much CPU of its own, wherever in it the time runs out."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator

import pytest

from etiquette.host.limits import TimeLimit
from etiquette.sessions import StoppedError


@pytest.fixture
def limit() -> Iterator[TimeLimit]:
    before = signal.getsignal(signal.SIGVTALRM)
    yield TimeLimit(0.1)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def use(seconds: float) -> None:
    """Use so much CPU."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        sum(range(1000))


def test_work_without_end_is_stopped(limit: TimeLimit) -> None:
    began = time.thread_time()
    with pytest.raises(StoppedError), limit.limited():
        use(60)
    assert 0.05 < time.thread_time() - began < 0.5


def test_work_that_catches_every_exception_is_stopped_too(limit: TimeLimit) -> None:
    def stubborn() -> None:
        while True:
            try:
                use(60)
            except Exception:
                continue

    with pytest.raises(StoppedError), limit.limited():
        stubborn()


def test_work_that_is_quick_is_not_stopped_however_much_of_it_there_is(limit: TimeLimit) -> None:
    for _ in range(30):
        with limit.limited():
            use(0.1 * limit.seconds)


def test_waiting_is_not_work(limit: TimeLimit) -> None:
    with limit.limited():
        threading.Event().wait(3 * limit.seconds)


def test_after_what_was_stopped_the_next_has_all_its_time(limit: TimeLimit) -> None:
    for _ in range(3):
        with pytest.raises(StoppedError), limit.limited():
            use(60)
        with limit.limited():
            use(0.5 * limit.seconds)


def test_after_an_exception_nothing_is_stopped(limit: TimeLimit) -> None:
    with pytest.raises(ZeroDivisionError), limit.limited():
        _ = 1 / 0
    use(3 * limit.seconds)


def test_a_signal_that_arrives_late_does_nothing(limit: TimeLimit) -> None:
    with limit.limited():
        pass
    signal.raise_signal(signal.SIGVTALRM)


def test_what_other_threads_use_is_not_counted(limit: TimeLimit) -> None:
    over = threading.Event()

    def busy() -> None:
        while not over.is_set():
            use(0.01)

    threads = [threading.Thread(target=busy) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        with limit.limited():
            use(0.05)
    finally:
        over.set()
        for thread in threads:
            thread.join()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_work_is_stopped_although_the_first_attempt_was_swallowed(limit: TimeLimit) -> None:
    class Freed:
        def __del__(self) -> None:
            use(1.0)  # Python prints what is raised here, and goes on

    def work() -> None:
        Freed()
        use(60.0)

    began = time.thread_time()
    with pytest.raises(StoppedError), limit.limited():
        work()
    assert time.thread_time() - began < 2.0
