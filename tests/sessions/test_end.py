"""When a session ends, nothing of it is left, and nothing of it is done any more."""

from __future__ import annotations

import gc
import json
import re
import weakref
from types import SimpleNamespace
from typing import Any

import pytest
from ipywidgets import Button, Label, Text

from etiquette.views import App, set_environment
from etiquette.views.controls import ProgressStore
from tests.sessions.page import Page


def test_no_widget_is_left_and_the_page_is_neither_heard_nor_told(page: Page, other: Page) -> None:
    button, text, clicks = page.make(Button), other.make(Text), list[object]()
    button.on_click(clicks.append)
    model_id, before = button.model_id, len(page.told)
    page.session.close()
    assert (button.comm, page.session.widgets) == (None, {})
    assert page.click(model_id) == clicks == []
    assert len(page.told) == before
    other.update(text, value="still here")
    assert text.value == "still here"


def test_a_widget_that_cannot_be_closed_keeps_no_other(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    class Stubborn(Label):  # type: ignore[misc]
        def close(self) -> None:
            raise ValueError("on purpose")

    page.make(Stubborn)
    text = page.make(Text)
    page.session.close()
    assert (text.comm, page.session.widgets) == (None, {})
    assert "on purpose" in caplog.text


def test_work_that_has_not_started_is_dropped_and_so_is_the_outcome_of_what_has(page: Page) -> None:
    done: list[object] = []
    page.session.in_thread(Label, done.append)
    page.session.in_thread(lambda: done.append("second job"), done.append)
    page.session.call_soon(lambda: done.append("turn"))
    page.session.close()
    page.session.in_thread(lambda: done.append("job after the end"), done.append)
    page.session.call_soon(lambda: done.append("turn after the end"))
    page.platform.run_all()
    assert (done, page.session.widgets) == ([], {})


def test_a_session_may_end_in_its_own_callback_and_then_creates_no_widget(page: Page) -> None:
    button = page.make(Button)
    button.on_click(lambda _: page.session.close())
    button.on_click(lambda _: Label())
    page.click(button)
    assert (button.comm, page.session.widgets) == (None, {})


def play(page: Page) -> None:
    """Open each part of the whole page, and a story."""
    environment: Any = SimpleNamespace(
        call_soon=page.session.call_soon, in_thread=page.session.in_thread, progress_store=ProgressStore, origin=str
    )
    page.session.run(set_environment, environment)
    app = page.session.run(App)
    for name in (*app.menu, "Stories"):
        page.click(app.menu[name])
        page.platform.run_all()
    page.click(next(each for each in app.chooser.children if isinstance(each, Button)))


def test_the_whole_page_shares_no_widget_and_is_freed_without_the_garbage_collector() -> None:
    """Not even a layout: its states name models of its own session only."""
    pages, refs = (Page(), Page()), list[weakref.ref[object]]()
    gc.collect()
    gc.disable()
    for page in pages:
        play(page)
        states = page.states()["states"]
        assert set(re.findall(r"IPY_MODEL_(\w+)", json.dumps(states))) <= states.keys()
        refs += [weakref.ref(each) for each in (page.session, *page.session.widgets.values())]
    assert pages[0].session.widgets.keys().isdisjoint(pages[1].session.widgets)
    for page in pages:
        page.session.close()
    del pages, page
    left = [each() for each in refs if each() is not None]
    gc.enable()
    assert (len(refs) > 400, left) == (True, [])
