"""Views are tested where they do everything at once, unless a test puts it off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from etiquette.views import KernelEnvironment, set_environment
from tests.views.visits import NewKernels, Reloads, Visits


class AtOnce(KernelEnvironment):
    """A script, even while a browser's loop runs in this thread."""

    def call_soon(self, work: Callable[[], object]) -> None:
        work()


@pytest.fixture(autouse=True)
def at_once() -> None:
    set_environment(AtOnce())


@pytest.fixture(params=["new kernel", "reload", "reload, and views that are made before items arrive"])
def visits(request: pytest.FixtureRequest, tmp_path: Path) -> Visits:
    """A first visit to somewhere that keeps what is unfinished."""
    kind: str = request.param
    return NewKernels(tmp_path) if kind == "new kernel" else Reloads(early=kind != "reload")
