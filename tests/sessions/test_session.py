"""A session answers its page, does its work in order, holds only so much, and leaves nothing when it ends."""

from __future__ import annotations

import gc
import json
import re
import weakref
from types import SimpleNamespace
from typing import Any

import pytest
from ipywidgets import Button, Image, IntText, Label, Text

from etiquette.judge import ARTICLE
from etiquette.sessions import Budget, LimitError, Limits, StoppedError
from etiquette.views import App, set_environment
from etiquette.views.controls import ProgressStore
from tests.sessions.conftest import Page


def test_each_answer_names_its_message_and_lies_between_busy_and_idle(page: Page) -> None:
    text = page.make(Text)
    text.observe(lambda change: setattr(text, "description", change.new), "value")
    answers = page.update(text, value="new")
    assert [each.kind for each in answers] == ["status", "comm_msg", "comm_msg", "status"]
    assert len({each.parent["msg_id"] for each in answers}) == 1
    page.session.run(setattr, text, "value", "unasked")
    assert page.told[-1].parent == {}
    assert len({each.id for each in page.told}) == len(page.told)
    (_, reply, _) = page.say("kernel_info_request", {})
    assert (reply.kind, reply.content["status"]) == ("kernel_info_reply", "ok")


def test_all_that_comes_of_one_turn_is_sent_at_once(page: Page) -> None:
    """Answers to a message, and what a later turn changes, even if it fails. A turn that does nothing sends nothing."""
    sent: list[list[str]] = []
    page.session.send = lambda messages: sent.append([each.kind for each in messages])
    button, texts = page.make(Button), [page.make(Text), page.make(Text)]

    def change() -> None:
        for text in texts:
            text.value += "again"
        raise ZeroDivisionError

    button.on_click(lambda _: page.session.call_soon(change))
    sent.clear()
    page.click(button)
    page.platform.run_all()
    page.session.run(int)
    assert sent == [["status", "status"], ["comm_msg", "comm_msg"]]


def test_bytes_travel_beside_the_message(page: Page) -> None:
    image, got = page.make(Image), list[object]()
    image.on_msg(lambda _widget, content, buffers: got.append((content, buffers)))
    page.say_to(image, {"method": "custom", "content": "a file"}, buffers=[b"file"])
    page.say_to(image, {"method": "update", "state": {}, "buffer_paths": [["value"]]}, buffers=[b"from the page"])
    assert (got, image.value) == ([("a file", [b"file"])], b"from the page")
    page.session.run(setattr, image, "value", b"to the page")
    assert page.told[-1].buffers == [b"to the page"]
    page.states()
    assert page.told[-2].buffers == [b"to the page"]


def test_work_put_off_is_done_in_later_turns_in_order_and_within_a_time_limit(page: Page) -> None:
    done: list[tuple[str, bool]] = []

    def work() -> None:
        page.session.in_thread(lambda: "second", lambda job: done.append((job.result(), page.platform.limited)))
        page.platform.jobs.popleft()()  # at once, as on a platform without threads
        page.session.call_soon(lambda: done.append(("third", page.platform.limited)))
        done.append(("first", page.platform.limited))

    page.session.run(work)
    page.platform.run_all()
    assert done == [("first", True), ("second", True), ("third", True)]


def test_jobs_of_a_session_run_one_at_a_time_and_their_outcomes_come_in_later_turns(page: Page, other: Page) -> None:
    done: list[object] = []
    page.session.in_thread(lambda: "result", lambda outcome: done.append(outcome.result()))
    page.session.in_thread(lambda: 1 // 0, lambda outcome: done.append(type(outcome.exception())))
    other.session.in_thread(lambda: "theirs", lambda outcome: done.append(outcome.result()))
    page.platform.jobs.popleft()()
    assert (done, len(page.platform.jobs)) == ([], 1)  # the other session's
    page.platform.run_all()
    assert done == ["result", "theirs", ZeroDivisionError]
    for _ in range(50):
        page.session.in_thread(lambda: None, done.append)
    with pytest.raises(LimitError, match="50 jobs"):
        page.session.in_thread(lambda: None, done.append)


@pytest.mark.parametrize("error", [ValueError, StoppedError])
def test_an_exception_is_logged_and_work_goes_on(page: Page, caplog: pytest.LogCaptureFixture, error: Any) -> None:
    def fail(_: object = None) -> None:
        raise error

    text, done = page.make(Text), list[str]()
    text.observe(fail, "value")
    for value in ("new", "sent under the same id"):
        answers = page.say_to(text, {"method": "update", "state": {"value": value}}, name="one")
        assert answers[-1].content == {"execution_state": "idle"}
    page.session.call_soon(fail)
    page.session.call_soon(lambda: done.append("next turn"))
    page.session.in_thread(lambda: None, fail)
    page.session.in_thread(lambda: None, lambda _: done.append("next job"))
    page.platform.run_all()
    assert done == ["next turn", "next job"]
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 3
    assert text.value == "new", "a message is handled once"


def test_a_value_that_a_widget_refuses_is_not_written_to_the_log(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    number = page.make(IntText)
    page.update(number, value="x" * 10_000)
    assert number.value == 0
    assert 0 < len(caplog.text) < 1_000


def test_a_session_may_have_so_many_widgets_at_once() -> None:
    page = Page(limits=Limits(widgets=3))
    label = page.make(Label)  # with its layout and its style
    with pytest.raises(LimitError, match="3 widgets"):
        page.make(Label)
    assert len(page.session.widgets) == 3
    for widget in (label.layout, label.style, label):
        widget.close()
    assert page.make(Label).model_id in page.session.widgets


def test_values_add_up_and_a_new_value_replaces_the_old_one() -> None:
    page = Page(limits=Limits(bytes=10_000), budget=Budget(50_000))
    first, second = page.make(Text), page.make(Text)
    for n in range(3):
        page.update(first, 9_000, unheard_of="costs nothing")
        page.update(first, 8_000, value=str(n))
    page.update(first, 2_000, placeholder="fits")
    page.update(second, 300, value="too much")
    assert (first.value, first.placeholder, second.value) == ("2", "fits", "")
    page.update(first, 100, value="short")
    page.update(second, 8_000, value="fits now")
    assert (first.value, second.value, page.session.budget.left) == ("short", "fits now", 40_000)


def test_files_add_up_lists_count_as_the_memory_they_take_and_clicks_as_nothing() -> None:
    page, got = Page(limits=Limits(bytes=100_000)), list[object]()
    label, strings = page.make(Label), ["ab"] * 5_000
    label.on_msg(lambda _widget, content, _buffers: got.append(content))
    for name in ("first", "second"):
        page.say_to(label, {"method": "custom", "content": name}, size=60_000)
    for _ in range(100):
        page.click(label, size=200)
    page.update(label, len(json.dumps(strings)), _dom_classes=strings)
    assert (got, label._dom_classes) == (["first", *[{"event": "click"}] * 100], ())


def test_all_sessions_share_a_budget_and_give_back_what_they_held() -> None:
    budget = Budget(10_000)
    page, other = Page(budget=budget), Page(budget=budget)
    mine, theirs = page.make(Text), other.make(Text)
    page.update(mine, 6_000, value="mine")
    other.update(theirs, 6_000, value="theirs")
    assert (mine.value, theirs.value, budget.left) == ("mine", "", 4_000)
    for _ in range(2):
        page.session.close()
    other.update(theirs, 6_000, value="theirs")
    assert (theirs.value, budget.left) == ("theirs", 4_000)


def test_a_page_may_ask_for_its_widgets_again_and_again(page: Page) -> None:
    for n in range(300):
        assert page.states(f"control-{n}")["states"] == {}
    assert len(page.say_to("control-0", {"method": "request_states"})) == 2, "old ones are forgotten"


def test_the_end_leaves_no_widget_and_the_page_is_not_heard(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    stubborn, button, clicks = page.make(Label), page.make(Button), list[object]()
    stubborn.close = lambda: 1 / 0
    button.on_click(clicks.append)
    model_id, before = button.model_id, len(page.told)
    page.session.close()
    assert (button.comm, page.session.widgets) == (None, {})
    assert page.click(model_id) == clicks == []
    assert len(page.told) == before
    assert "ZeroDivisionError" in caplog.text


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
    """Open each part of the whole page, and a story; make reference cycles."""
    environment: Any = SimpleNamespace(
        call_soon=page.session.call_soon,
        in_thread=page.session.in_thread,
        progress_store=page.session.run(ProgressStore),
        origin=str,
        has_rooms=True,
        policy=ARTICLE,
    )
    page.session.run(set_environment, environment)
    app = page.session.run(App)
    for address in (*app.addresses, "", "practise/stories/the-quiet-week"):
        page.update(app.address_bar, address=address)
        page.platform.run_all()
    app.observe(lambda _: app)
    for _ in range(2):
        page.session.in_thread(app.close, lambda _: page.session)  # one starts, the other is pending
    page.platform.jobs.clear()


def test_the_whole_page_shares_no_widget_and_is_freed_without_the_garbage_collector() -> None:
    """Not even a layout: its states name models of its own session only."""
    pages, refs = (Page(), Page()), list[weakref.ref[object]]()
    for page in pages:
        play(page)
        states = page.states()["states"]
        assert set(re.findall(r"IPY_MODEL_(\w+)", json.dumps(states))) <= states.keys()
        refs += [weakref.ref(each) for each in (page.session, *page.session.widgets.values())]
    assert len(refs) > 400
    gc.disable()
    for page in pages:
        page.session.close()
    del pages, page
    left = [each() for each in refs if each() is not None]
    gc.enable()
    assert left == []
