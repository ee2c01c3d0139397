"""What this process may take of the machine, and how that is divided among visitors."""

from __future__ import annotations

import math
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etiquette.sessions import StoppedError

MB = 1024 * 1024
KEPT_FREE = 250 * MB  # of memory: for the server itself and the system
A_VISITOR = 700 * 1024  # bytes of memory: 0.5 MB measured with a story open, and something for use
OWN_FILES = 50  # that the server opens itself, for the rooms above all
FILES_KEPT_FREE = 100  # these, and pages that are only just being fetched
FILES_A_VISITOR = 2  # a websocket, and the connection by which the page was fetched, for up to 75 s
UNKNOWN = 500  # visitors, where the system does not say how much memory it has
LONGEST = 0.5  # seconds of CPU that one piece of a session's work may take
LOOK_EVERY = 0.1  # seconds of CPU, from then on


def places(memory: int | None, files: int | None) -> int:
    """How many visitors so many bytes of memory and so many open files hold; None where there is no limit to know."""
    by_memory = UNKNOWN if memory is None else (memory - KEPT_FREE) // A_VISITOR
    by_files = by_memory if files is None else (files - FILES_KEPT_FREE) // FILES_A_VISITOR
    return max(1, min(by_memory, by_files))


def machine_memory(control_group: Path = Path("/sys/fs/cgroup/memory.max")) -> int | None:
    """The bytes of memory that may be used: the machine's, or what this container, service or process is limited to."""
    names = getattr(os, "sysconf_names", {})
    if not {"SC_PHYS_PAGES", "SC_PAGE_SIZE"} <= set(names):
        return None
    found = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    limit = control_group.read_text().strip() if control_group.exists() else "max"
    found += [int(limit)] if limit != "max" else []
    if sys.platform != "win32":
        import resource

        soft = (resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA))
        found += [each for each in soft if each != resource.RLIM_INFINITY]
    return min(found)


def raise_open_files() -> int | None:
    """Allow this process as many open files as it may have, and return how many; None where there is no limit."""
    if sys.platform == "win32":
        return None
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        return None
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


class TimeLimit:
    """Stops what is done within `limited` and uses over `seconds` of CPU. In the main thread, and not on Windows.

    The timer counts what other threads use too, so it only says when to look. It goes on after the first time: what is
    raised while Python frees something, in `__del__`, stops nothing.
    """

    def __init__(self, seconds: float = LONGEST) -> None:
        self.seconds = seconds
        self._until = math.inf  # of this thread's CPU time
        self._works = hasattr(signal, "setitimer")
        if self._works:
            signal.signal(signal.SIGVTALRM, self._stop)

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Raises a `StoppedError` in the work within."""
        if not self._works:
            yield
            return
        self._until = time.thread_time() + self.seconds
        signal.setitimer(signal.ITIMER_VIRTUAL, self.seconds, LOOK_EVERY)
        try:
            yield
        finally:
            self._until = math.inf  # first: a signal may be on its way
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def _stop(self, number: int, frame: object) -> None:  # noqa: ARG002
        if time.thread_time() > self._until:
            raise StoppedError
