"""ipywidgets as it is in a kernel, with sessions installed; and two pages."""

from __future__ import annotations

import comm
import pytest
from ipywidgets import Widget
from ipywidgets.widgets import widget as registry

from etiquette.sessions import install
from tests.sessions.page import Page


@pytest.fixture(autouse=True)
def notebook_widgets(monkeypatch: pytest.MonkeyPatch) -> dict[str, Widget]:
    """The widgets outside all sessions. After the test nothing is installed any more."""
    widgets: dict[str, Widget] = {}
    monkeypatch.setattr(registry, "_instances", widgets)
    monkeypatch.setattr(comm, "create_comm", comm.DummyComm)
    install()
    return widgets


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def other(page: Page) -> Page:
    return Page(page.platform)
