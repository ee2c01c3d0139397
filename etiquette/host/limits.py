"""How much memory, CPU and how many files this process may use, and how they are divided among visitors."""

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
KEPT_FREE = 250 * MB  # of memory: reserved for the server itself and the system
A_VISITOR = 700 * 1024  # bytes of memory: 0.5 MB measured with a story open, plus a margin
OWN_FILES = 50  # files that the server opens itself, mostly for the rooms
FILES_KEPT_FREE = 100  # these, plus pages that are being fetched
FILES_A_VISITOR = 2  # a websocket, and for up to 75 s the connection that fetched the page
UNKNOWN = 500  # visitors, if the system does not report its memory
LONGEST = 0.5  # seconds of CPU that one callback of a session may use
LOOK_EVERY = 0.1  # seconds of CPU between later checks


def places(memory: int | None, files: int | None) -> int:
    """How many visitors fit into `memory` bytes and `files` open files. None means that the limit is unknown."""
    by_memory = UNKNOWN if memory is None else (memory - KEPT_FREE) // A_VISITOR
    by_files = by_memory if files is None else (files - FILES_KEPT_FREE) // FILES_A_VISITOR
    return max(1, min(by_memory, by_files))


def machine_memory(control_group: Path = Path("/sys/fs/cgroup/memory.max")) -> int | None:
    """The bytes of memory available: the machine's, or the lower limit of this container, service or process."""
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
    """Raise this process's limit on open files to its hard limit, and return that; None if there is no limit."""
    if sys.platform == "win32":
        return None
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        return None
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


class TimeLimit:
    """Stops work in `limited` that uses more than `seconds` of CPU. Only in the main thread, and not on Windows.

    The timer also counts the CPU time of other threads, so it only triggers a check. It repeats, because an exception
    that is raised in a `__del__` method is ignored.
    """

    def __init__(self, seconds: float = LONGEST) -> None:
        self.seconds = seconds
        self._until = math.inf  # in this thread's CPU time
        self._works = hasattr(signal, "setitimer")
        if self._works:
            signal.signal(signal.SIGVTALRM, self._stop)

    @contextmanager
    def limited(self) -> Iterator[None]:
        """A context manager that raises `StoppedError` in its body once it has used too much CPU."""
        if not self._works:
            yield
            return
        self._until = time.thread_time() + self.seconds
        signal.setitimer(signal.ITIMER_VIRTUAL, self.seconds, LOOK_EVERY)
        try:
            yield
        finally:
            self._until = math.inf  # first, because a signal may be pending
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def _stop(self, number: int, frame: object) -> None:  # noqa: ARG002
        if time.thread_time() > self._until:
            raise StoppedError
