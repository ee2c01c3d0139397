"""A session's work is done in order, one piece at a time; what goes wrong in it stays in it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager
from functools import partial

import pytest
from ipywidgets import Button, Text

from etiquette.sessions import Message, Shown, StoppedError
from tests.sessions.page import TIMEOUT, HeldThreads, Page, QueuePlatform


@pytest.fixture
def page() -> Page:
    return Page()


# Put off


def test_work_put_off_waits_for_a_later_turn_and_keeps_its_order(page: Page) -> None:
    done: list[str] = []
    page.session.run(page.session.call_soon, lambda: done.append("first"))
    page.session.call_soon(lambda: done.append("second"))
    assert done == []
    page.platform.run_all()
    assert done == ["first", "second"]


def test_work_may_be_put_off_from_any_thread(page: Page, threads: Executor) -> None:
    here: list[int] = []
    threads.submit(page.session.call_soon, lambda: here.append(threading.get_ident())).result(TIMEOUT)
    page.platform.next_turn()
    assert here == [threading.get_ident()]


def test_work_may_put_off_more(page: Page) -> None:
    done: list[str] = []
    page.session.call_soon(lambda: page.session.call_soon(lambda: done.append("later")))
    page.platform.next_turn()
    assert done == []
    page.platform.next_turn()
    assert done == ["later"]


def test_an_exception_in_work_put_off_is_logged_and_the_next_is_done(
    page: Page, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    page.session.call_soon(lambda: done[1])
    page.session.call_soon(lambda: done.append("next"))
    page.platform.run_all()
    assert done == ["next"]
    assert [type(record.exc_info[1]) for record in caplog.records if record.exc_info] == [IndexError]


# In threads


def test_work_in_a_thread_delivers_its_result_in_a_later_turn(threads: Executor) -> None:
    page, got = Page(QueuePlatform(threads)), []
    page.session.in_thread(threading.get_ident, lambda outcome: got.append((outcome.result(), threading.get_ident())))
    page.platform.next_turn()
    ((there, here),) = got
    assert there != here == threading.get_ident()


def test_work_in_a_thread_delivers_its_exception(threads: Executor) -> None:
    page, got = Page(QueuePlatform(threads)), []
    page.session.in_thread(lambda: 1 // 0, lambda outcome: got.append(outcome.exception()))
    page.platform.next_turn()
    assert [type(each) for each in got] == [ZeroDivisionError]


def test_the_second_begins_when_the_first_has_been_dealt_with(threads: Executor) -> None:
    page, done = Page(QueuePlatform(threads)), []

    go = threading.Event()

    def work(name: str) -> str:
        go.wait(TIMEOUT)
        done.append(f"{name} done")
        return name

    def then(outcome: Future[str]) -> None:
        done.append(f"{outcome.result()} told")

    page.session.in_thread(partial(work, "first"), then)
    page.session.in_thread(partial(work, "second"), then)
    go.set()
    page.platform.next_turn()
    page.platform.next_turn()
    assert done.index("first done") < done.index("first told") < done.index("second told") == 3


def test_the_second_is_not_even_submitted_before_that() -> None:
    threads = HeldThreads()
    page = Page(QueuePlatform(threads))
    page.session.in_thread(lambda: None, lambda _: None)
    page.session.in_thread(lambda: None, lambda _: None)
    threads.finish_one()
    assert len(threads) == 0
    page.platform.run_all()
    assert len(threads) == 1


def test_another_session_does_not_wait_for_a_thread(threads: Executor) -> None:
    platform = QueuePlatform(threads)
    slow, quick = Page(platform), Page(platform)
    go, done = threading.Event(), []
    slow.session.in_thread(lambda: go.wait(TIMEOUT), lambda _: done.append("slow"))
    quick.session.in_thread(lambda: None, lambda _: done.append("quick"))
    platform.next_turn()
    go.set()
    platform.next_turn()
    assert done == ["quick", "slow"]


def test_where_there_are_no_threads_the_outcome_comes_in_a_later_turn_too(page: Page) -> None:
    done: list[object] = []

    def work() -> None:
        page.session.in_thread(lambda: "result", lambda outcome: done.append(outcome.result()))
        done.append("went on")

    page.session.run(work)
    page.platform.run_all()
    assert done == ["went on", "result"]


def test_a_failure_after_a_thread_keeps_nobody_waiting(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def fail(_: Future[None]) -> None:
        raise ValueError("on purpose")

    page.session.in_thread(lambda: None, fail)
    page.session.in_thread(lambda: None, lambda _: done.append("next"))
    page.platform.run_all()
    assert done == ["next"]
    assert "on purpose" in caplog.text


# What goes wrong


def failing(page: Page, error: BaseException) -> Text:
    """A text of this page whose observer raises an exception."""
    text = page.make(Text)

    def fail(_: object) -> None:
        raise error

    text.observe(fail, "value")
    return text


def test_an_exception_in_a_callback_stays_in_the_session_and_is_logged(
    page: Page, caplog: pytest.LogCaptureFixture
) -> None:
    text = failing(page, ValueError("on purpose"))
    answers = page.update(text, value="new")
    assert answers[0].content == {"execution_state": "busy"}
    assert answers[-1].content == {"execution_state": "idle"}
    assert "on purpose" in caplog.text
    page.update(text, value="newer")
    assert text.value == "newer"


def test_a_page_that_is_told_nonsense_is_only_logged(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    answers = page.say("comm_msg", {"comm_id": page.make(Text).model_id})
    assert [each.content["execution_state"] for each in answers] == ["busy", "idle"]
    assert "KeyError" in caplog.text


def test_work_that_took_too_long_is_stopped_alone(page: Page, caplog: pytest.LogCaptureFixture) -> None:
    slow, quick, done = failing(page, StoppedError()), page.make(Button), []
    quick.on_click(lambda _: done.append("clicked"))
    answers = page.update(slow, value="new")
    page.click(quick)
    assert answers[-1].content == {"execution_state": "idle"}
    assert done == ["clicked"]
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_stopping_work_that_was_put_off_leaves_what_comes_after_it(page: Page) -> None:
    done: list[str] = []

    def slow() -> None:
        raise StoppedError

    page.session.call_soon(slow)
    page.session.call_soon(lambda: done.append("next"))
    page.platform.run_all()
    assert done == ["next"]


class LimitedPlatform(QueuePlatform):
    """Counts how often it has limited work, and notes whether it is doing so now."""

    limited, now = 0, False

    def time_limit(self) -> AbstractContextManager[None]:
        return self._limit()

    @contextmanager
    def _limit(self) -> Iterator[None]:
        self.limited, self.now = self.limited + 1, True
        yield
        self.now = False


def test_everything_a_session_does_in_the_loop_is_limited() -> None:
    platform = LimitedPlatform()
    page, limited = Page(platform), []
    button = page.make(Button)
    button.on_click(lambda _: limited.append(platform.now))
    page.click(button)
    page.session.call_soon(lambda: limited.append(platform.now))
    page.session.in_thread(lambda: None, lambda _: limited.append(platform.now))
    platform.run_all()
    assert limited == [True, True, True]
    assert platform.limited == 4  # one made the button
    assert platform.now is False


# Heard twice


def test_a_message_heard_twice_is_done_once_and_answered_twice(page: Page) -> None:
    button, clicks = page.make(Button), []
    button.on_click(lambda _: clicks.append(1))
    first, second = page.click(button, name="one"), page.click(button, name="one")
    assert len(clicks) == 1
    assert [each.parent["msg_id"] for each in (*first, *second)] == ["one"] * 4


def test_the_same_id_in_two_sessions_is_two_messages() -> None:
    clicks: list[str] = []
    for who in ("Anna", "Ben"):
        page = Page()
        button = page.make(Button)
        button.on_click(lambda _, who=who: clicks.append(who))
        page.click(button, name="one")
    assert clicks == ["Anna", "Ben"]


def test_a_message_that_failed_is_not_done_again(page: Page) -> None:
    text = failing(page, StoppedError())
    page.say_to(text, "update", state={"value": "new"}, name="one")
    (busy, idle) = page.say_to(text, "update", state={"value": "new"}, name="one")
    assert (busy.kind, idle.kind) == ("status", "status")


# What a page hears


def test_each_answer_names_its_message_and_lies_between_busy_and_idle(page: Page) -> None:
    text = page.make(Text)
    text.observe(lambda change: setattr(text, "description", change.new), "value")
    answers = page.say_to(text, "update", state={"value": "new"}, name="one")
    assert [each.kind for each in answers] == ["status", "comm_msg", "comm_msg", "status"]
    assert {each.parent["msg_id"] for each in answers} == {"one"}
    assert len({each.id for each in page.told}) == len(page.told)


def test_what_is_said_unasked_names_no_message(page: Page) -> None:
    text = page.make(Text)
    page.update(text, value="asked")
    text.value = "unasked"
    assert page.told[-1].parent == {}


def test_a_page_that_greets_is_greeted(page: Page) -> None:
    (_, reply, _) = page.say("kernel_info_request", {})
    assert reply.kind == "kernel_info_reply"
    assert (reply.content["status"], reply.content["protocol_version"]) == ("ok", "5.3")


def test_a_page_that_asks_for_its_comms_is_told_their_targets(page: Page) -> None:
    text = page.make(Text)
    (_, reply, _) = page.say("comm_info_request", {})
    assert reply.kind == "comm_info_reply"
    assert reply.content["comms"][text.model_id] == {"target_name": "jupyter.widget"}


@pytest.mark.parametrize("kind", ["execute_request", "shutdown_request", "input_reply", "", "status"])
def test_what_widgets_do_not_need_is_answered_with_nothing(page: Page, kind: str) -> None:
    answers = page.say(kind, {"code": "1 + 1"})
    assert [each.kind for each in answers] == ["status", "status"]


def test_a_widget_travels_as_ipywidgets_has_it_travel(page: Page) -> None:
    text = page.make(Text, value="first")
    opened = next(each for each in page.told if each.content["comm_id"] == text.model_id)
    assert opened.kind == opened.header["msg_type"] == "comm_open"
    assert opened.content["target_name"] == "jupyter.widget"
    assert opened.content["data"]["state"]["value"] == "first"
    assert opened.metadata["version"]
    text.close()
    assert (page.told[-1].kind, page.told[-1].content["comm_id"]) == ("comm_close", opened.content["comm_id"])


def test_bytes_travel_beside_the_message(page: Page) -> None:
    button, got = page.make(Button), []
    button.on_msg(lambda _widget, content, buffers: got.append((content, buffers)))
    content = {"comm_id": button.model_id, "data": {"method": "custom", "content": {"file": 1}}}
    page.say("comm_msg", content, buffers=[b"abc"])
    page.session.run(button.send, {"back": 1}, [b"def"])
    assert got == [({"file": 1}, [b"abc"])]
    assert page.told[-1].buffers == [b"def"]


def test_a_page_that_comes_back_is_told_what_its_cells_show(page: Page) -> None:
    text = page.make(Text)
    page.session.shown = (Shown(text), Shown(text="42"))
    assert page.states()["cells"] == [
        {"model": text.model_id, "text": "", "failed": False},
        {"model": None, "text": "42", "failed": False},
    ]


def test_a_session_goes_on_when_a_widget_cannot_be_told_of() -> None:
    platform, told = QueuePlatform(), []

    def send(message: Message) -> None:
        told.append(message)
        if message.kind == "comm_msg":
            raise OSError("the page has gone")

    page = Page(platform)
    page.session.send = send
    text = page.make(Text)
    page.update(text, value="kept")
    page.update(text, value="kept too")
    assert told[-1].content == {"execution_state": "idle"}
