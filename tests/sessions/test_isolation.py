"""Many learners' widgets live in one process, and none of them meets another's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextvars import ContextVar

import pytest
from ipywidgets import Button, IntText, Label, Text, VBox, Widget
from ipywidgets.widgets import widget as registry

from etiquette.sessions import Message
from tests.sessions.page import Page, QueuePlatform


@pytest.fixture
def anna() -> Page:
    return Page()


@pytest.fixture
def ben(anna: Page) -> Page:
    return Page(anna.platform)


# Whose a widget is


def test_a_widget_belongs_to_the_session_whose_code_made_it(anna: Page, ben: Page) -> None:
    hers, his = anna.make(Text), ben.make(Text)
    assert hers in anna.session.widgets.values()
    assert hers not in ben.session.widgets.values()
    assert his not in anna.session.widgets.values()
    assert hers.model_id in anna.session.comms
    assert hers.model_id not in ben.session.comms


def test_a_session_made_within_another_is_none_of_it(anna: Page) -> None:
    inner = anna.session.run(Page)
    his = inner.make(Text)
    assert his in inner.session.widgets.values()
    assert his not in anna.session.widgets.values()


def test_only_its_own_page_hears_of_a_widget(anna: Page, ben: Page) -> None:
    hers = anna.make(Text)
    hers.value = "from outside her session, and still hers"
    assert [each.kind for each in anna.told] == ["comm_open", "comm_open", "comm_open", "comm_msg"]  # two are its style
    assert ben.told == []


def test_the_registry_of_widgets_is_that_of_the_session(anna: Page, ben: Page) -> None:
    hers, his = anna.make(Label), ben.make(Label)
    assert hers.model_id in anna.session.run(lambda: list(registry._instances))
    assert anna.session.run(lambda: his.model_id in registry._instances) is False
    assert anna.session.run(lambda: len(registry._instances)) == len(anna.session.widgets)


def test_close_all_closes_the_widgets_of_one_session(anna: Page, ben: Page) -> None:
    anna.make(Text)
    his = ben.make(Text)
    anna.session.run(Widget.close_all)
    assert anna.session.widgets == {}
    assert his in ben.session.widgets.values()


def test_a_widget_that_code_outside_its_session_closes_leaves_its_registry(anna: Page) -> None:
    label = anna.make(Label)
    label.close()
    assert label not in anna.session.widgets.values()


def test_a_session_keeps_nothing_of_where_it_was_made() -> None:
    """A server makes it while it handles a request, which it must not keep in memory as long as the session lasts."""
    request: ContextVar[str] = ContextVar("request", default="none")
    request.set("a request")
    page = Page()
    assert page.session.run(request.get) == "none"


def made_when_clicked(page: Page) -> tuple[Button, list[Label]]:
    """A button and the labels that its clicks have made."""
    made: list[Label] = []
    button = page.make(Button)
    button.on_click(lambda _: made.append(Label()))
    return button, made


def test_a_callback_runs_in_its_own_session(anna: Page, ben: Page) -> None:
    her_button, hers = made_when_clicked(anna)
    his_button, his = made_when_clicked(ben)
    for page, button in ((anna, her_button), (ben, his_button), (anna, her_button)):
        page.click(button)
    assert set(hers) <= set(anna.session.widgets.values())
    assert set(his) <= set(ben.session.widgets.values())
    assert (len(hers), len(his)) == (2, 1)


def test_an_observer_of_an_observer_runs_in_its_own_session(anna: Page, ben: Page) -> None:
    def chain() -> tuple[IntText, list[Label]]:
        first, second, made = IntText(), IntText(), []
        first.observe(lambda change: setattr(second, "value", change.new), "value")
        second.observe(lambda _: made.append(Label()), "value")
        return first, made

    (hers, her_labels), (his, his_labels) = anna.session.run(chain), ben.session.run(chain)
    ben.update(his, value=1)
    anna.update(hers, value=2)
    assert her_labels[0] in anna.session.widgets.values()
    assert his_labels[0] in ben.session.widgets.values()


def test_work_put_off_is_done_in_its_own_session(anna: Page, ben: Page) -> None:
    made: list[Label] = []
    for page in (anna, ben, anna):
        page.session.run(page.session.call_soon, lambda: made.append(Label()))
    anna.platform.run_all()
    assert [each in anna.session.widgets.values() for each in made] == [True, False, True]
    assert made[1] in ben.session.widgets.values()


def test_what_a_thread_makes_and_its_outcome_are_the_session_s(threads: Executor) -> None:
    platform = QueuePlatform(threads)
    pages, made = (Page(platform), Page(platform)), []

    def then(outcome: Future[Label]) -> None:
        made.append((outcome.result(), Label()))

    for page in pages:
        page.session.in_thread(Label, then)
    for _ in pages:
        platform.next_turn()
    owners = [{page for page in pages if widget in page.session.widgets.values()} for pair in made for widget in pair]
    assert owners[0] == owners[1] != owners[2] == owners[3]
    assert [len(each) for each in owners] == [1, 1, 1, 1]


def test_tasks_timers_and_threads_of_asyncio_keep_the_session_that_began_them(anna: Page, ben: Page) -> None:
    async def both() -> None:
        loop = asyncio.get_running_loop()
        timers = [loop.create_future(), loop.create_future()]

        async def task() -> list[Label]:
            first = Label()
            await asyncio.sleep(0)  # the other's task goes on
            return [first, Label(), await asyncio.to_thread(Label)]

        def begin(timer: asyncio.Future[Label]) -> asyncio.Task[list[Label]]:
            loop.call_later(0, lambda: timer.set_result(Label()))
            return asyncio.create_task(task())

        tasks = [page.session.run(begin, timer) for page, timer in zip((anna, ben), timers, strict=True)]
        for page, begun, timer in zip((anna, ben), tasks, timers, strict=True):
            assert {*await begun, await timer} <= set(page.session.widgets.values())

    asyncio.run(both())
    assert set(anna.session.widgets).isdisjoint(ben.session.widgets)


# What a page may name


def test_a_page_that_asks_for_its_widgets_is_told_of_them_alone(anna: Page, ben: Page) -> None:
    hers = anna.make(Text, value="mine")
    ben.make(Text, value="not hers")
    states = anna.states()["states"]
    assert states.keys() == anna.session.widgets.keys()
    assert states[hers.model_id]["state"]["value"] == "mine"


def test_a_page_is_told_of_its_comms_alone(anna: Page, ben: Page) -> None:
    anna.make(Text)
    ben.make(Text)
    (_, reply, _) = anna.say("comm_info_request", {})
    assert reply.content["comms"].keys() == anna.session.comms.keys()


@pytest.mark.parametrize(
    "tamper",
    [
        lambda page, theirs: page.update(theirs, value="changed by a stranger"),
        lambda page, theirs: page.say_to(theirs, "custom", content={"event": "click"}),
        lambda page, theirs: page.say_to(theirs, "request_state"),
        lambda page, theirs: page.say_to(theirs, "request_states"),
        lambda page, theirs: page.say("comm_close", {"comm_id": theirs.model_id, "data": {}}),
        lambda page, theirs: page.say("comm_open", {"comm_id": theirs.model_id, "target_name": "jupyter.widget"}),
    ],
    ids=["update", "custom", "request_state", "request_states", "comm_close", "comm_open"],
)
def test_a_message_that_names_another_session_s_model_does_nothing(
    anna: Page, ben: Page, tamper: Callable[[Page, Widget], list[Message]]
) -> None:
    his, clicks = ben.make(Text, value="his"), []
    his.on_msg(lambda *_: clicks.append(1))
    before = len(ben.told), dict(ben.session.widgets), dict(ben.session.comms)
    answers = tamper(anna, his)
    assert [each.content for each in answers] == [{"execution_state": "busy"}, {"execution_state": "idle"}]
    assert his.value == "his"
    assert clicks == []
    assert (len(ben.told), ben.session.widgets, ben.session.comms) == before


def test_another_session_s_model_cannot_be_put_into_a_box(anna: Page, ben: Page) -> None:
    box, her_label, his = anna.make(VBox), anna.make(Label), ben.make(Label)
    anna.update(box, children=[f"IPY_MODEL_{his.model_id}"])
    assert box.children == ()
    anna.update(box, children=[f"IPY_MODEL_{her_label.model_id}"])
    assert box.children == (her_label,)


def test_another_session_s_layout_cannot_be_taken(anna: Page, ben: Page) -> None:
    label, his = anna.make(Label), ben.make(Label)
    before = label.layout
    anna.update(label, layout=f"IPY_MODEL_{his.layout.model_id}")
    assert label.layout is before


def test_two_sessions_may_use_one_model_id(anna: Page, ben: Page) -> None:
    hers, his = (page.make(Text, model_id="same") for page in (anna, ben))
    anna.update("same", value="hers")
    ben.update("same", value="his")
    assert (hers.value, his.value) == ("hers", "his")


def test_a_page_cannot_make_a_widget(anna: Page) -> None:
    state = {"_model_name": "TextModel", "_model_module": "@jupyter-widgets/controls"}
    anna.say("comm_open", {"comm_id": "new", "target_name": "jupyter.widget", "data": {"state": state}})
    assert anna.session.widgets == anna.session.comms == {}


def test_closing_a_comm_from_the_page_leaves_the_widget(anna: Page) -> None:
    text = anna.make(Text)
    anna.say("comm_close", {"comm_id": text.model_id, "data": {}})
    anna.update(text, value="still here")
    assert text.value == "still here"
