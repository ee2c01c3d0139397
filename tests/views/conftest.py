"""Views are tested where they do everything at once, unless a test puts it off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etiquette.views import KernelEnvironment, set_environment


class AtOnce(KernelEnvironment):
    """A script, even while a browser's loop runs in this thread."""

    def call_soon(self, work: Callable[[], object]) -> None:
        work()


@pytest.fixture(autouse=True)
def at_once() -> None:
    set_environment(AtOnce())
