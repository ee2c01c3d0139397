"""ipywidgets as it is in a process that has installed sessions."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import comm
import pytest
from comm.base_comm import BaseComm
from ipywidgets import Widget
from ipywidgets.widgets import widget as registry

from etiquette.sessions import install


class NotebookComm(BaseComm):
    """A comm as a notebook's kernel makes it."""

    def publish_msg(self, *_: object, **__: object) -> None:
        """Say nothing: no page is open."""


@pytest.fixture(autouse=True)
def notebook_widgets(monkeypatch: pytest.MonkeyPatch) -> dict[str, Widget]:
    """The registry of a kernel, in which sessions have been installed; afterwards all is as it was before."""
    outside: dict[str, Widget] = {}
    monkeypatch.setattr(registry, "_instances", outside)
    monkeypatch.setattr(comm, "create_comm", NotebookComm)
    install()
    return outside


@pytest.fixture
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as executor:
        yield executor
