"""Buttons that are drawn from one state: a click names the state that its button showed."""

from __future__ import annotations

import logging

import pytest

from etiquette.views.controls import ButtonGroup, GroupButton, Notice

TWO = (GroupButton("stay", "Stay"), GroupButton("go", "Go"))


def clicked_in_browser(group: ButtonGroup, **content: object) -> None:
    group._handle_custom_msg(content, [])


class Clicks(list[tuple[str, str]]):
    def note(self, name: str, state: str) -> None:
        self.append((name, state))


def test_a_click_reports_the_name_and_the_state_however_late_it_is() -> None:
    clicks = Clicks()
    group = ButtonGroup(Notice(), clicks.note)
    group.draw("one", TWO)
    clicked_in_browser(group, name="go", state="one")
    group.draw("two", TWO)
    clicked_in_browser(group, name="stay", state="one")
    assert clicks == [("go", "one"), ("stay", "one")]


def test_with_a_sentence_for_it_a_late_click_does_nothing_and_the_sentence_says_so() -> None:
    clicks, notice = Clicks(), Notice()
    group = ButtonGroup(notice, clicks.note, late="That was too late.")
    group.draw("two", TWO)
    clicked_in_browser(group, name="go", state="one")
    assert (clicks, notice.value) == ([], '<p class="pp-answer" role="alert">That was too late.</p>')
    clicked_in_browser(group, name="go", state="two")
    assert (clicks, notice.value) == ([("go", "two")], "")


@pytest.mark.parametrize(
    "content", [{"name": "jump", "state": "one"}, {"name": "go", "state": "one"}, {"name": 1}, {}, {"state": "one"}]
)
def test_a_click_on_what_is_no_button_or_must_not_be_clicked_does_nothing(content: dict[str, object]) -> None:
    clicks, notice = Clicks(), Notice()
    group = ButtonGroup(notice, clicks.note)
    group.draw("one", [GroupButton("go", "Go", enabled=False)])
    clicked_in_browser(group, **content)
    assert (clicks, notice.value) == ([], "")


def test_what_a_handler_raises_is_logged_and_apologised_for(caplog: pytest.LogCaptureFixture) -> None:
    def fail(*_: str) -> None:
        raise RuntimeError("a fault")

    notice = Notice()
    group = ButtonGroup(notice, fail)
    group.draw("one", TWO)
    with caplog.at_level(logging.ERROR):
        clicked_in_browser(group, name="go", state="one")
    assert "Something went wrong here" in notice.value
    assert "a fault" in caplog.text


def test_without_buttons_the_group_is_hidden() -> None:
    group = ButtonGroup(Notice(), Clicks().note)
    group.draw("one", TWO)
    assert (group.layout.display, group.labels) == ("", ["Stay", "Go"])
    group.draw("two", ())
    assert group.layout.display == "none"


def test_a_hidden_group_appears_with_its_new_buttons_and_never_with_those_of_before() -> None:
    """Those would be there for a moment, and could be pressed."""
    group = ButtonGroup(Notice(), Clicks().note)
    group.draw("one", [GroupButton("stay", "Stay")])
    group.layout.display = "none"
    seen: list[list[str]] = []
    group.layout.observe(lambda _: seen.append(group.labels), "display")
    group.draw("two", [GroupButton("stay", "Wait")])
    assert seen == [["Wait"]]
