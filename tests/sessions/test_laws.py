"""Whatever happens in other sessions, and in whichever order, a session answers as if it were alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from ipywidgets import Button, Label, Text, VBox

from tests.sessions.page import Page, QueuePlatform

MODELS = ["text", "button", "box", "status"]  # the same in all sessions
NUMBERS = st.integers(0, 2)


@dataclass(frozen=True)
class Said:
    """What one of several pages says."""

    page: int
    method: str
    model: str
    content: Any


def said_by(page: st.SearchStrategy[int]) -> st.SearchStrategy[Said]:
    values = st.fixed_dictionaries({"value": st.text(max_size=3)})
    children = st.lists(st.sampled_from([f"IPY_MODEL_{model}" for model in MODELS]), max_size=2)
    updates = st.builds(Said, page, st.just("update"), st.just("text"), values)
    boxes = st.builds(Said, page, st.just("update"), st.just("box"), st.fixed_dictionaries({"children": children}))
    clicks = st.builds(Said, page, st.just("custom"), st.just("button"), st.none())
    requests = st.builds(Said, page, st.just("request_state"), st.sampled_from([*MODELS, "nobody"]), st.none())
    states = st.builds(Said, page, st.just("request_states"), st.just("control"), st.none())
    return st.one_of(updates, boxes, clicks, requests, states)


def scene() -> None:
    """A text that is shown in a label in a later turn, and a button that makes a widget and counts."""
    text, button, status = Text(model_id="text"), Button(model_id="button"), Label(model_id="status")
    box = VBox(model_id="box", children=[text, button])
    clicks: list[Label] = []

    def clicked(_: Button) -> None:
        clicks.append(Label(f"click {len(clicks)}", model_id=f"made-{len(clicks)}"))
        box.children = (*box.children, clicks[-1])

    button.on_click(clicked)
    text.observe(lambda change: setattr(status, "value", change.new), "value")


def answers(said: list[Said], number: int) -> list[tuple[object, ...]]:
    """What page `number` is told in the end, without the ids that are drawn by lot."""
    platform = QueuePlatform()
    pages = {each.page: Page(platform) for each in said} | {number: Page(platform)}
    for page in pages.values():
        page.session.run(scene)
    for each in said:
        page = pages[each.page]
        if each.method == "request_states":
            page.states()
        elif each.method == "update":
            page.say_to(each.model, "update", state=each.content)
        elif each.method == "custom":
            page.click(each.model)
            page.session.call_soon(partial(page.session.widgets["status"].send_state, "value"))
        else:
            page.say_to(each.model, each.method)
    platform.run_all()
    told = pages[number].told
    lots = {each: f"model {n}" for n, each in enumerate(pages[number].session.widgets)}
    found: list[tuple[object, ...]] = [
        (each.kind, each.parent.get("msg_id"), _named(each.content, lots)) for each in told
    ]
    for page in pages.values():
        page.session.close()
    return found


def _named(value: Any, lots: dict[str, str]) -> Any:
    """The same with the models' ids replaced."""
    if isinstance(value, dict):
        return {lots.get(name, name): _named(each, lots) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_named(each, lots) for each in value]
    if isinstance(value, str):
        model = value.removeprefix("IPY_MODEL_")
        return value.replace(model, lots.get(model, model)) if model else value
    return value


@given(st.lists(said_by(NUMBERS), max_size=12), NUMBERS)
def test_any_interleaving_gives_each_session_the_answers_it_would_have_alone(said: list[Said], number: int) -> None:
    together = answers(said, number)
    alone = answers([each for each in said if each.page == number], number)
    assert together == alone
