"""A session answers its page, does its work in order, keeps its exceptions to itself, and holds only so much."""

from __future__ import annotations

import json

import pytest
from ipywidgets import Button, Image, IntText, Label, Text

from etiquette.sessions import CONTROL, Budget, LimitError, Limits, StoppedError
from tests.sessions.page import Page


def test_each_answer_names_its_message_and_lies_between_busy_and_idle(page: Page) -> None:
    text = page.make(Text)
    text.observe(lambda change: setattr(text, "description", change.new), "value")
    answers = page.update(text, value="new")
    assert [each.kind for each in answers] == ["status", "comm_msg", "comm_msg", "status"]
    assert len({each.parent["msg_id"] for each in answers}) == 1
    text.value = "unasked"
    assert page.told[-1].parent == {}
    assert len({each.id for each in page.told}) == len(page.told)
    (_, reply, _) = page.say("kernel_info_request", {})
    assert (reply.kind, reply.content["status"]) == ("kernel_info_reply", "ok")


def test_a_widget_is_opened_and_closed_as_ipywidgets_has_it(page: Page) -> None:
    text = page.make(Text, value="first")
    opened = page.told[-1]
    assert (opened.kind, opened.content["comm_id"]) == ("comm_open", text.model_id)
    assert opened.content["data"]["state"]["value"] == "first"
    assert opened.metadata["version"]
    text.close()
    assert (page.told[-1].kind, page.told[-1].content["comm_id"]) == ("comm_close", opened.content["comm_id"])


def test_bytes_travel_beside_the_message(page: Page) -> None:
    image, got = page.make(Image), list[object]()
    image.on_msg(lambda _widget, content, buffers: got.append((content, buffers)))
    page.say_to(image, {"method": "custom", "content": "a file"}, buffers=[b"file"])
    page.say_to(image, {"method": "update", "state": {}, "buffer_paths": [["value"]]}, buffers=[b"from the page"])
    assert (got, image.value) == ([("a file", [b"file"])], b"from the page")
    image.value = b"to the page"
    assert page.told[-1].buffers == [b"to the page"]


def test_work_put_off_is_done_in_later_turns_and_in_order(page: Page) -> None:
    done: list[str] = []
    page.session.call_soon(lambda: page.session.call_soon(lambda: done.append("third")))
    page.session.call_soon(lambda: done.append("second"))
    done.append("first")
    page.platform.run_all()
    assert done == ["first", "second", "third"]


def test_jobs_of_a_session_run_one_at_a_time_and_their_outcomes_come_in_later_turns(page: Page, other: Page) -> None:
    done: list[object] = []
    page.session.in_thread(lambda: "result", lambda outcome: done.append(outcome.result()))
    page.session.in_thread(lambda: 1 // 0, lambda outcome: done.append(type(outcome.exception())))
    other.session.in_thread(lambda: "theirs", lambda outcome: done.append(outcome.result()))
    page.platform.jobs.popleft()()
    assert (done, len(page.platform.jobs)) == ([], 1)  # the other session's
    page.platform.run_all()
    assert done == ["result", "theirs", ZeroDivisionError]


def test_without_threads_an_outcome_comes_in_a_later_turn_too(page: Page) -> None:
    page.platform.threads, done = False, list[str]()
    page.session.run(page.session.in_thread, lambda: "result", lambda outcome: done.append(outcome.result()))
    done.append("went on")
    page.platform.run_all()
    assert done == ["went on", "result"]


@pytest.mark.parametrize("error", [ValueError, StoppedError])
def test_an_exception_is_logged_and_the_session_goes_on(
    page: Page, caplog: pytest.LogCaptureFixture, error: type[BaseException]
) -> None:
    def fail(_: object = None) -> None:
        raise error

    text, done = page.make(Text), list[str]()
    text.observe(fail, "value")
    for _ in range(2):
        answers = page.say_to(text, {"method": "update", "state": {"value": "new"}}, name="one")
        assert answers[-1].content == {"execution_state": "idle"}
    page.session.call_soon(fail)
    page.session.call_soon(lambda: done.append("next turn"))
    page.session.in_thread(lambda: None, fail)
    page.session.in_thread(lambda: None, lambda _: done.append("next job"))
    page.platform.run_all()
    assert done == ["next turn", "next job"]
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 3, "the message sent twice failed once"


def test_a_value_that_a_widget_does_not_accept_is_not_copied_into_the_log(
    page: Page, caplog: pytest.LogCaptureFixture
) -> None:
    number = page.make(IntText)
    page.update(number, value="x" * 10_000)
    assert number.value == 0
    assert 0 < len(caplog.text) < 1_000


def test_everything_that_a_session_does_in_the_loop_has_a_time_limit(page: Page) -> None:
    button, limited = page.make(Button), list[bool]()
    button.on_click(lambda _: limited.append(page.platform.limited))
    page.click(button)
    page.session.call_soon(lambda: limited.append(page.platform.limited))
    page.session.in_thread(lambda: None, lambda _: limited.append(page.platform.limited))
    page.platform.run_all()
    assert limited == [True, True, True]
    assert not page.platform.limited


def test_a_session_may_have_so_many_widgets_at_once(other: Page) -> None:
    page = Page(limits=Limits(widgets=3))
    label = page.make(Label)  # with its layout and its style
    with pytest.raises(LimitError, match="3 widgets"):
        page.make(Label)
    assert len(page.session.widgets) == 3
    assert other.make(Label).model_id in other.session.widgets
    for widget in (label.layout, label.style, label):
        widget.close()
    assert page.make(Label).model_id in page.session.widgets


def test_values_add_up_and_a_new_value_replaces_the_old_one() -> None:
    page = Page(limits=Limits(bytes=10_000))
    first, second = page.make(Text), page.make(Text)
    for n in range(3):
        page.update(first, 9_000, unheard_of="costs nothing")
        page.update(first, 8_000, value=str(n))
    page.update(first, 2_000, placeholder="fits")
    page.update(second, 300, value="too much")
    assert (first.value, first.placeholder, second.value) == ("2", "fits", "")
    page.update(first, 100, value="short")
    page.update(second, 8_000, value="fits now")
    assert (first.value, second.value, page.session.budget.left) == ("short", "fits now", 0)


def test_a_list_of_short_texts_counts_as_the_memory_it_takes() -> None:
    page = Page(limits=Limits(bytes=100_000))
    label = page.make(Label)
    written = json.dumps(["ab"] * 5_000)
    page.update(label, len(written), _dom_classes=json.loads(written))
    page.update(label, len(written), value=written)
    assert (label._dom_classes, label.value) == ((), written)


def test_files_add_up_and_clicks_count_for_nothing() -> None:
    page, got = Page(limits=Limits(bytes=10_000)), list[object]()
    button = page.make(Button)
    button.on_msg(lambda _widget, content, _buffers: got.append(content))
    for name in ("first", "second"):
        page.say_to(button, {"method": "custom", "content": name}, size=6_000)
    for _ in range(100):
        page.click(button, size=200)
    assert got == ["first", *[{"event": "click"}] * 100]


def test_all_sessions_share_a_budget_and_give_back_what_they_held() -> None:
    budget = Budget(10_000)
    page, other = Page(budget=budget), Page(budget=budget)
    mine, theirs = page.make(Text), other.make(Text)
    page.update(mine, 6_000, value="mine")
    other.update(theirs, 6_000, value="theirs")
    assert (mine.value, theirs.value, budget.left) == ("mine", "", 4_000)
    for _ in range(2):
        page.session.close()
    assert budget.left == 10_000


def test_a_page_may_ask_for_its_widgets_again_and_again(page: Page) -> None:
    for n in range(300):
        page.say("comm_open", {"comm_id": f"control-{n}", "target_name": CONTROL})
        assert len(page.say_to(f"control-{n}", {"method": "request_states"})) == 3
    assert len(page.say_to("control-0", {"method": "request_states"})) == 2, "old ones are forgotten"


def test_jobs_that_wait_for_a_thread_are_limited(page: Page) -> None:
    for _ in range(50):
        page.session.in_thread(lambda: None, lambda _: None)
    with pytest.raises(LimitError, match="50 jobs"):
        page.session.in_thread(lambda: None, lambda _: None)
