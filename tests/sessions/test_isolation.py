"""The widgets of many learners are in one process, and no session reaches another's, nor a notebook's."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any

import comm
from hypothesis import given
from hypothesis import strategies as st
from ipywidgets import Button, Label, Text, VBox, Widget
from ipywidgets.widgets import widget as registry

from etiquette.sessions import CONTROL, Shown, install
from tests.sessions.conftest import Page, QueuePlatform


def test_a_widget_belongs_to_the_session_whose_code_creates_it(page: Page, other: Page) -> None:
    inner = page.session.run(Page)
    mine, theirs, innermost = page.make(Text), other.make(Text), inner.make(Text)
    assert page.session.run(lambda: dict(registry._instances)) == page.session.widgets
    assert mine in page.session.widgets.values()
    assert {theirs, innermost}.isdisjoint(page.session.widgets.values())
    mine.close()  # by code outside the session
    assert mine not in page.session.widgets.values()
    page.session.run(Widget.close_all)
    assert page.session.widgets == {}
    assert theirs in other.session.widgets.values()


def test_a_session_keeps_nothing_of_the_request_that_it_was_made_in() -> None:
    request: ContextVar[str] = ContextVar("request", default="none")
    request.set("a request")
    assert Page().session.run(request.get) == "none"


def test_tasks_and_threads_of_asyncio_keep_the_session_that_started_them(page: Page) -> None:
    async def task() -> set[Label]:
        return {Label(), await asyncio.to_thread(Label)}

    async def start() -> set[Label]:
        return await page.session.run(asyncio.create_task, task())

    with ThreadPoolExecutor(1) as thread:  # in this one a browser's loop may be running
        labels = thread.submit(asyncio.run, start()).result()
    assert labels <= set(page.session.widgets.values())


def test_a_page_is_told_of_its_own_widgets_and_of_what_its_cells_show(page: Page, other: Page) -> None:
    text = page.make(Text, value="mine")
    other.make(Text, value="theirs")
    page.session.shown = (Shown(text), Shown(text="42"))
    data = page.states()
    assert data["states"].keys() == page.session.widgets.keys()
    assert data["states"][text.model_id]["state"]["value"] == "mine"
    assert [(each["model"], each["text"]) for each in data["cells"]] == [(text.model_id, ""), (None, "42")]
    (_, reply, _) = page.say("comm_info_request", {})
    assert reply.content["comms"] == {each: {"target_name": "jupyter.widget"} for each in page.session.widgets}


def test_a_message_that_names_another_sessions_model_does_nothing(page: Page, other: Page) -> None:
    theirs, clicks = other.make(Text, value="theirs"), list[object]()
    theirs.on_msg(lambda *_: clicks.append(1))
    before = len(other.told), dict(other.session.widgets)
    answers = [page.update(theirs, value="changed by a stranger"), page.click(theirs)]
    answers += [page.say("comm_open", {"comm_id": theirs.model_id, "target_name": "jupyter.widget"})]
    answers += [page.say_to(theirs, {"method": method}) for method in ("request_state", "request_states")]
    assert [[each.kind for each in answer] for answer in answers] == [["status", "status"]] * 5
    assert (theirs.value, clicks, page.session.widgets) == ("theirs", [], {})
    assert (len(other.told), other.session.widgets) == before


def test_a_widget_cannot_be_made_to_refer_to_another_sessions_model(page: Page, other: Page) -> None:
    box, mine, theirs = page.make(VBox), page.make(Label), other.make(Label)
    layout = box.layout
    page.update(box, children=[f"IPY_MODEL_{theirs.model_id}"], layout=f"IPY_MODEL_{theirs.layout.model_id}")
    assert (box.children, box.layout) == ((), layout)
    page.update(box, children=[f"IPY_MODEL_{mine.model_id}"])
    assert box.children == (mine,)


def test_a_notebooks_widgets_are_as_they_were_before(page: Page, notebook_widgets: dict[str, Widget]) -> None:
    mine, label = page.make(Label), Label()
    assert type(label.comm) is comm.DummyComm
    assert registry._instances[label.model_id] is notebook_widgets[label.model_id] is label
    assert mine.model_id not in registry._instances
    label.close()
    assert label not in notebook_widgets.values()
    before = comm.create_comm, registry._instances
    install()
    assert (comm.create_comm, registry._instances) == before, "installing twice changes nothing"


MODELS = ["text", "button", "box", "status", "made-0", "nobody"]  # all but the last are in every session
CHILDREN = st.lists(st.sampled_from([f"IPY_MODEL_{each}" for each in MODELS]), max_size=2)
DATA = st.one_of(
    st.builds(lambda value: {"method": "update", "state": {"value": value}}, st.text(max_size=3)),
    st.builds(lambda children: {"method": "update", "state": {"children": children}}, CHILDREN),
    st.just({"method": "custom", "content": {"event": "click"}}),
    st.sampled_from([{"method": "request_state"}, {"method": "request_states"}]),
)
SAID = st.tuples(st.integers(0, 2), st.sampled_from([*MODELS, "control"]), DATA)  # by one of three pages


def scene(page: Page) -> None:
    """A text that a label shows in a later turn, and a button that creates a label at once and another in a thread."""
    text, button, status = Text(model_id="text"), Button(model_id="button"), Label(model_id="status")
    box, clicks = VBox(model_id="box", children=[text, button]), list[Label]()

    def clicked(_: object) -> None:
        clicks.append(Label(model_id=f"made-{len(clicks)}"))
        box.children = (*box.children, clicks[-1])
        page.session.in_thread(Label, lambda outcome: setattr(box, "children", (*box.children, outcome.result())))

    button.on_click(clicked)
    text.observe(lambda change: page.session.call_soon(lambda: setattr(status, "value", change.new)), "value")


def answers(said: list[tuple[int, str, dict[str, Any]]], number: int) -> str:
    """What page `number` is told, with ids that do not depend on chance."""
    platform = QueuePlatform()
    pages = [Page(platform) for _ in range(3)]
    for page in pages:
        page.say("comm_open", {"comm_id": "control", "target_name": CONTROL})
        page.session.run(scene, page)
    for speaker, model, data in said:
        pages[speaker].say_to(model, data)
    platform.run_all()
    assert set(MODELS[:4]) <= pages[number].session.widgets.keys()
    told = json.dumps([(each.kind, each.parent.get("msg_id"), each.content) for each in pages[number].told])
    for n, model_id in enumerate(pages[number].session.widgets):
        told = told.replace(model_id, f"model {n}")
    for page in pages:
        page.session.close()
    return told


@given(st.lists(SAID, max_size=12), st.integers(0, 2))
def test_whatever_others_do_a_session_answers_as_if_it_were_alone(said: list[Any], number: int) -> None:
    assert answers(said, number) == answers([each for each in said if each[0] == number], number)
