"""What one session may hold, and all of them together."""

from __future__ import annotations

import json

import pytest
from ipywidgets import Button, Label, Text

from etiquette.sessions import CONTROL, MOST_CONTROLS, Budget, LimitError, Limits
from tests.sessions.page import Page

SMALL_ENOUGH = 200  # bytes of a message that is not counted


def test_a_session_has_so_many_widgets_and_no_more() -> None:
    page = Page(limits=Limits(widgets=3))
    page.make(Label)  # with its layout and its style
    with pytest.raises(LimitError, match="3 widgets"):
        page.make(Label)
    assert len(page.session.widgets) == len(page.session.comms) == 3


def test_a_closed_widget_makes_room_for_another() -> None:
    page = Page(limits=Limits(widgets=3))
    label = page.make(Label)
    for widget in (label.layout, label.style, label):
        widget.close()
    assert page.make(Label).model_id in page.session.widgets


def test_the_limit_on_widgets_is_each_session_s_own() -> None:
    pages = Page(limits=Limits(widgets=3)), Page(limits=Limits(widgets=3))
    assert all(page.make(Label).model_id in page.session.widgets for page in pages)


def test_a_value_that_is_too_large_is_not_taken() -> None:
    page = Page(limits=Limits(bytes=1000))
    text = page.make(Text)
    page.update(text, value="taken", size=1000)
    page.update(text, value="not taken", size=1001)
    assert text.value == "taken"


def test_a_new_value_takes_the_place_of_the_former() -> None:
    page, budget = Page(limits=Limits(bytes=1000)), 1000
    text = page.make(Text)
    for n in range(3):
        page.update(text, value=str(n), size=budget)
    page.update(text, value="short", size=SMALL_ENOUGH)
    assert (text.value, page.session.budget.left) == ("short", budget)


def test_values_of_several_traits_and_widgets_add_up() -> None:
    page = Page(limits=Limits(bytes=1000))
    first, second = page.make(Text), page.make(Text)
    page.update(first, value="a", size=400)
    page.update(first, placeholder="b", size=400)
    page.update(second, value="c", size=400)
    assert (first.value, first.placeholder, second.value) == ("a", "b", "")


def test_what_is_not_a_trait_costs_nothing() -> None:
    page = Page(limits=Limits(bytes=1000))
    text = page.make(Text)
    for n in range(5):
        page.update(text, **{f"unheard_of_{n}": "x"}, size=900)
    page.update(text, value="taken", size=900)
    assert text.value == "taken"


def test_a_list_of_short_texts_counts_as_the_memory_it_takes() -> None:
    page = Page(limits=Limits(bytes=100_000))
    label = page.make(Label)
    written = json.dumps(["ab"] * 5_000)
    page.update(label, _dom_classes=json.loads(written), size=len(written))
    assert label._dom_classes == ()
    page.update(label, value=written, size=len(written))
    assert label.value == written


def test_files_that_are_handed_in_add_up() -> None:
    page, got = Page(limits=Limits(bytes=1000)), []
    button = page.make(Button)
    button.on_msg(lambda _widget, content, _buffers: got.append(content))
    for name in ("first", "second"):
        page.say_to(button, "custom", content=name, size=600)
    assert got == ["first"]


def test_clicks_are_never_too_many() -> None:
    page, clicks = Page(limits=Limits(bytes=1000)), []
    button = page.make(Button)
    button.on_click(lambda _: clicks.append(1))
    for _ in range(100):
        page.say_to(button, "custom", content={"event": "click"}, size=SMALL_ENOUGH)
    assert len(clicks) == 100


def test_all_sessions_together_hold_no_more_than_the_budget() -> None:
    budget = Budget(1000)
    anna, ben = Page(budget=budget), Page(budget=budget)
    hers, his = anna.make(Text), ben.make(Text)
    anna.update(hers, value="hers", size=600)
    ben.update(his, value="his", size=600)
    assert (hers.value, his.value, budget.left) == ("hers", "", 400)


def test_what_a_session_held_is_given_back_at_its_end() -> None:
    budget = Budget(1000)
    page = Page(budget=budget)
    page.update(page.make(Text), value="x", size=600)
    page.say_to(page.make(Button), "custom", content="x", size=300)
    page.session.close()
    assert budget.left == 1000


def test_a_page_that_asks_for_its_widgets_again_and_again_is_answered_each_time() -> None:
    page = Page()
    page.make(Text)
    for n in range(3 * MOST_CONTROLS):
        page.say("comm_open", {"comm_id": f"control-{n}", "target_name": CONTROL, "data": {}})
        answers = page.say_to(f"control-{n}", "request_states")
        assert [each.kind for each in answers] == ["status", "comm_msg", "status"], f"the {n}th time"
    assert len(page.say_to("control-0", "request_states")) == 2, "those opened first are forgotten"


@pytest.mark.parametrize("method", ["update", "custom", "request_state"])
def test_only_the_request_for_all_states_is_answered_with_them(method: str) -> None:
    page = Page()
    page.say("comm_open", {"comm_id": "control", "target_name": CONTROL, "data": {}})
    assert [each.kind for each in page.say_to("control", method)] == ["status", "status"]
