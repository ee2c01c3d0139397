"""An environment for tests in which nothing that is put off happens by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from etiquette.views import KernelEnvironment, environment, set_environment


class PutOff(KernelEnvironment):
    """Keeps what views put off, and the work of their threads, in `work` until the test does it."""

    def __init__(self) -> None:
        super().__init__()
        self.work: list[Callable[[], object]] = []

    def call_soon(self, work: Callable[[], object]) -> None:
        self.work.append(work)

    def do_next(self) -> None:
        """Do the oldest piece of it."""
        self.work.pop(0)()


@contextmanager
def put_off() -> Iterator[PutOff]:
    """A context whose views are in such an environment."""
    before, here = environment(), PutOff()
    set_environment(here)
    yield here
    set_environment(before)
