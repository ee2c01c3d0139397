"""When a session ends, nothing of it is left, and nothing of it is done any more."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import Future
from functools import partial

import pytest
from ipywidgets import Button, Label, Text, VBox

from etiquette.sessions import LimitError
from etiquette.views import App, set_environment
from etiquette.views.controls import ProgressStore
from tests.sessions.page import HeldThreads, Page, QueuePlatform


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def no_collector() -> Iterator[None]:
    """What is freed in these tests is so without the garbage collector."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


class PageEnvironment:
    """The environment of the views of one page of the tests."""

    learners_url = ""

    def __init__(self, page: Page) -> None:
        self.call_soon, self.in_thread = page.session.call_soon, page.session.in_thread

    def progress_store(self) -> ProgressStore:
        return ProgressStore()

    def room_store(self) -> object:
        raise NotImplementedError("there are no rooms in these tests")

    def origin(self) -> str:
        return ""


def test_no_widget_comm_or_registry_entry_is_left(page: Page) -> None:
    box = page.make(VBox, children=[page.make(Text), page.make(Button)])
    text = box.children[0]
    page.session.close()
    assert page.session.widgets == page.session.comms == {}
    assert (box.comm, text.comm) == (None, None)


def test_a_page_whose_session_ends_hears_nothing_of_it(page: Page) -> None:
    page.make(Text)
    before = len(page.told)
    page.session.close()
    assert len(page.told) == before


def test_what_a_page_says_after_the_end_is_not_heard(page: Page) -> None:
    button, clicks = page.make(Button), []
    button.on_click(lambda _: clicks.append(1))
    model_id = button.model_id
    page.session.close()
    assert page.click(model_id) == []
    assert clicks == []


def test_closing_twice_is_harmless(page: Page) -> None:
    page.update(page.make(Text), value="x", size=600)
    page.session.close()
    left = page.session.budget.left
    page.session.close()
    assert page.session.budget.left == left


def test_other_sessions_go_on(page: Page) -> None:
    other = Page(page.platform)
    text = other.make(Text)
    page.make(Text)
    page.session.close()
    other.update(text, value="still here")
    assert text.value == "still here"


def test_a_widget_that_cannot_be_closed_keeps_no_other(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    class Stubborn(Label):  # type: ignore[misc]
        def close(self) -> None:
            if self.comm is not None and self.value:
                raise ValueError("on purpose")
            super().close()

    page.make(Stubborn, value="stubborn")
    text = page.make(Text)
    page.session.close()
    assert text.comm is None
    assert page.session.widgets == {}
    assert "on purpose" in caplog.text


# What was put off


def test_work_put_off_is_dropped(page: Page) -> None:
    done: list[str] = []
    page.session.call_soon(lambda: done.append("before"))
    page.session.close()
    page.session.call_soon(lambda: done.append("after"))
    page.platform.run_all()
    assert done == []


def test_what_waits_for_a_thread_is_dropped_and_so_is_the_outcome_of_what_has_begun() -> None:
    threads, done = HeldThreads(), []
    page = Page(QueuePlatform(threads))
    for name in ("first", "second"):
        page.session.in_thread(partial(done.append, f"{name} done"), lambda _: done.append("told"))
    page.session.close()
    threads.finish_one()
    page.platform.run_all()
    assert len(threads) == 0
    assert done == ["first done"]


def test_nothing_is_done_in_a_thread_for_a_session_that_is_over(page: Page) -> None:
    done: list[str] = []
    page.session.close()
    page.session.in_thread(lambda: done.append("done"), lambda _: done.append("told"))
    page.platform.run_all()
    assert done == []


def test_what_ends_while_its_outcome_waits_is_not_told(page: Page) -> None:
    done: list[Future[None]] = []
    page.session.in_thread(lambda: None, done.append)
    page.session.close()
    page.platform.run_all()
    assert done == []


# An end at an awkward moment


def test_a_session_may_end_in_its_own_callback(page: Page) -> None:
    button, other = page.make(Button), page.make(Text)
    button.on_click(lambda _: page.session.close())
    page.update(other, value="x", size=600)
    page.click(button)
    assert (button.comm, other.comm) == (None, None)
    assert page.session.widgets == page.session.comms == {}
    assert page.session.budget.left == page.session.limits.bytes


def test_a_session_that_is_over_makes_no_widget(page: Page) -> None:
    def work() -> None:
        page.session.close()
        with pytest.raises(LimitError):
            Label()

    page.session.run(work)
    assert page.session.widgets == page.session.comms == {}


def test_work_that_a_thread_finishes_after_the_end_leaves_no_widget() -> None:
    threads = HeldThreads()
    page = Page(QueuePlatform(threads))
    page.session.in_thread(Label, lambda _: None)
    page.session.close()
    threads.finish_one()
    page.platform.run_all()
    assert page.session.widgets == page.session.comms == {}


# What is reachable


@pytest.mark.usefixtures("no_collector")
def test_a_session_is_freed_with_all_that_refers_to_itself_in_circles() -> None:
    page = Page()

    def circle() -> VBox:
        button, box = Button(), VBox()
        button.on_click(lambda _: box.children)
        box.observe(lambda _: button.description, "children")
        box.children = [button]
        return box

    box, session = weakref.ref(page.session.run(circle)), weakref.ref(page.session)
    page.session.close()
    assert box() is None
    del page
    assert session() is None


@pytest.mark.usefixtures("no_collector")
def test_the_whole_page_is_freed_after_it_was_played() -> None:
    page = Page()
    page.session.run(set_environment, PageEnvironment(page))
    app = page.session.run(App)
    for name in app.menu:
        page.click(app.menu[name])
        page.platform.run_all()
    page.click(app.menu["Stories"])
    page.click(next(each for each in app.chooser.children if isinstance(each, Button)))
    refs = [weakref.ref(widget) for widget in page.session.widgets.values()]
    assert len(refs) > 200
    del app
    page.session.close()
    page.told.clear()
    assert [each() for each in refs if each() is not None] == []


def test_two_whole_pages_share_no_widget() -> None:
    """Not even a layout: each state of a page names models of its own session only."""
    pages = Page(), Page()
    for page in pages:
        page.session.run(set_environment, PageEnvironment(page))
        app = page.session.run(App)
        for name in app.menu:
            page.click(app.menu[name])
    for page in pages:
        states = page.states()["states"]
        named = {name for each in states.values() for name in _models(each["state"])}
        assert named <= states.keys()
    assert set(pages[0].session.widgets).isdisjoint(pages[1].session.widgets)


def _models(value: object) -> Iterator[str]:
    """The ids of all models that are named in a state."""
    if isinstance(value, str) and value.startswith("IPY_MODEL_"):
        yield value.removeprefix("IPY_MODEL_")
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _models(each)
