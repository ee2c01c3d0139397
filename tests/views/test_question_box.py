"""The learner's box for questions and the facilitator's panel, driven without a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances

from etiquette.room import Command, QuestionState, RoomError
from etiquette.room.questions import MAX_IN_A_ROW
from etiquette.room.store import Store
from etiquette.views.controls import Announcer, Notice, close_all
from etiquette.views.room.control.question_panel import MAX_ROWS, QuestionPanel, QuestionRow
from etiquette.views.room.phone.question_box import SENT, QuestionBox
from tests.room.builders import an_agenda
from tests.room.store.builders import Clock
from tests.views.drawn import NASTY, Text
from tests.views.put_off import PutOff, put_off

WAITING, SHOWN, ANSWERED, DISMISSED = QuestionState


@pytest.fixture
def here(tmp_path: Path, clock: Clock) -> Iterator[PutOff]:
    store = Store.open(f"sqlite:///{tmp_path / 'there' / 'rooms.sqlite3'}", clock=clock, timeout=0)
    with put_off(store) as here:
        yield here
        here.store.close()


class Heard(Announcer):
    """An announcer that notes what it says, and where it moves the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.focus = ""

    def move_focus(self, *, focus: str, show: str, say: str = "") -> None:
        self.focus = focus
        super().move_focus(focus=focus, show=show, say=say)

    def say(self, sentence: str) -> None:
        self.said.append(sentence)
        super().say(sentence)


class Asking:
    """A room with the facilitator's panel, which hears of every change, and a box for each learner who has joined."""

    def __init__(self, here: PutOff, clock: Clock) -> None:
        self.here, self.clock = here, clock
        self.session = here.store.open_room(an_agenda())
        self.notice, self.announcer = Notice(), Heard()
        self.said = self.announcer.said
        self.panel = QuestionPanel(self.session, self.announcer, self.notice)
        self.session.subscribe(lambda _: self.panel.show(self.session.questions()), lambda _: None, 0)
        self.boxes: list[QuestionBox] = []
        here.settle()

    def join(self, nickname: str = "") -> QuestionBox:
        learner = self.here.store.join(self.session.code, self.here.store.new_token(), nickname)
        self.boxes.append(QuestionBox(learner, self.announcer, self.notice, self.clock))
        return self.boxes[-1]

    def ask(self, box: QuestionBox, text: str) -> None:
        box.form._receive(box.form, {"question": text}, [])
        self.here.settle()
        assert self.notice.value == ""

    def click(self, number: int, name: str, shown: str | None = None) -> None:
        self.row(number).group.click(name, shown)
        self.here.settle()
        assert self.notice.value == ""

    def row(self, number: int) -> QuestionRow:
        return next(row for row in self.rows if row.group.label == f"Question {number}")

    @property
    def rows(self) -> tuple[QuestionRow, ...]:
        rows: tuple[QuestionRow, ...] = self.panel.rows.children
        return rows

    @property
    def states(self) -> list[QuestionState]:
        return [each.state for each in self.session.questions()]

    def close(self) -> None:
        for view in (self.panel, *self.boxes):
            view.close()
        close_all(self.notice, self.announcer)


@pytest.fixture
def asking(here: PutOff, clock: Clock) -> Iterator[Asking]:
    asking = Asking(here, clock)
    yield asking
    asking.close()


def text(*parts: Any) -> str:
    return " ".join(" ".join(Text(part.value).said) for part in parts)


def received(view: Widget) -> str:
    """The states of a view and of all its children: everything that the browser receives."""
    children = "".join(received(child) for child in getattr(view, "children", ()))
    return json.dumps(view.get_state(), default=str, ensure_ascii=False) + children


# The learner's box


def test_a_question_that_was_sent_is_confirmed_and_the_facilitator_hears_of_it(asking: Asking) -> None:
    box = asking.join()
    asking.ask(box, " How long do I wait? ")
    assert (box.form.says, box.form.refused) == (SENT, False)
    assert asking.said == [SENT, "1 question is waiting."]
    assert "How long do I wait?" in text(asking.row(1).text)
    assert "1 question is waiting." in text(asking.panel.count)


def test_a_question_that_is_refused_stays_in_the_field_with_the_reason(asking: Asking) -> None:
    box = asking.join()
    for typed, reason in ((" ", "Please type your question first."), ("a" * 281, "keep it to 280 characters")):
        asking.ask(box, typed)
        assert reason in box.form.says
        assert asking.said[-1] == box.form.says
        assert box.form.refused
    asking.ask(box, "a" * 280)
    assert (box.form.says, box.form.refused) == (SENT, False)


def test_a_page_asks_a_few_questions_in_a_minute_and_others_are_not_held_up(asking: Asking) -> None:
    box, other = asking.join(), asking.join()
    for number in range(MAX_IN_A_ROW):
        asking.ask(box, f"Question {number}?")
    asking.ask(box, "One more?")
    assert "Please wait 60 seconds" in box.form.says
    asking.ask(other, "May I?")
    assert other.form.says == SENT
    asking.clock.move(seconds=60)
    asking.ask(box, "One more?")
    assert box.form.says == SENT
    assert len(asking.states) == MAX_IN_A_ROW + 2


def test_a_double_tap_asks_once_and_nothing_is_dropped_while_the_last_question_is_on_its_way(asking: Asking) -> None:
    box = asking.join()
    for question in ("Why?", "Why?", "And then?", "So what?", "One too many?"):
        box.form.send_question(question)
    assert "Please wait 60 seconds" in box.form.says
    asking.here.settle()
    assert [each.text for each in asking.session.questions()] == ["Why?", "And then?", "So what?"]
    assert asking.said.count(SENT) == 3


def test_after_the_end_and_in_an_outage_the_reason_is_given_and_one_may_try_again(
    asking: Asking, tmp_path: Path
) -> None:
    box = asking.join()
    asking.here.store.close()
    (tmp_path / "there").rename(tmp_path / "away")
    asking.ask(box, "Why?")
    assert "can’t open or write" in box.form.says
    (tmp_path / "away").rename(tmp_path / "there")
    asking.ask(box, "Why?")
    assert box.form.says == SENT
    asking.session.do(Command.NEXT, seen=1)
    asking.session.do(Command.END, seen=2)
    asking.ask(box, "Too late?")
    assert "The session has ended" in box.form.says
    asking.session.delete()
    asking.ask(box, "Much too late?")
    assert box.form.refused


def test_nothing_that_a_browser_receives_says_who_asked(asking: Asking) -> None:
    """Not even the box keeps what was asked, and other learners' boxes do not change."""
    ann, ben = asking.join("Annabelle"), asking.join("Benedict")
    before = received(ben)
    asking.ask(ann, "Who am I?")
    assert received(ben) == before
    assert "Who am I?" not in received(ann)
    facilitators = received(asking.panel)
    assert "Who am I?" in facilitators
    for trace in ("Annabelle", "Benedict", "Person", ann.session.token, ben.session.token):
        assert trace not in facilitators


# The facilitator's panel


@pytest.mark.parametrize("typed", [NASTY, "<script>alert(1)</script>", "\u202eevil", "{0} %s", "a" * 280])
def test_a_question_is_never_markup(asking: Asking, typed: str) -> None:
    asking.ask(asking.join(), typed)
    drawn = Text(asking.row(1).text.value)
    assert drawn.elements == ["h4", "p", "bdi"]
    assert drawn.said[-1] == typed.removeprefix("\u202e")


def test_a_question_is_shown_taken_down_and_answered(asking: Asking) -> None:
    box = asking.join()
    for question in ("First?", "Second?"):
        asking.ask(box, question)
    assert asking.row(1).group.labels == ["Show on the projector", "Answered", "Dismiss"]
    asking.click(1, "projector")
    assert asking.row(1).group.labels[0] == "Take it down"
    assert "on the projector now" in text(asking.row(1).text)
    asking.click(2, "projector")
    assert asking.states == [WAITING, SHOWN]
    assert "on the projector now" not in text(asking.row(1).text)
    asking.click(2, "projector")
    assert asking.states == [WAITING, WAITING]
    asking.click(2, "answered")
    asking.click(1, "dismissed")
    assert asking.states == [DISMISSED, ANSWERED]
    assert asking.rows == ()
    assert "No questions are waiting." in text(asking.panel.count)


def test_the_focus_moves_from_a_question_that_is_dealt_with_to_the_next_or_to_the_heading(asking: Asking) -> None:
    """And nowhere when a question is shown, because its buttons stay."""
    box = asking.join()
    for question in ("First?", "Second?", "Third?"):
        asking.ask(box, question)
    asking.click(2, "dismissed")
    asking.panel.put_back.click("waiting")
    asking.here.settle()
    asking.announcer.focus = ""
    asking.click(1, "projector")
    assert asking.announcer.focus == ""
    for number, button, after in ((1, "answered", 2), (2, "dismissed", 3)):
        asking.click(number, button)
        assert asking.announcer.focus == asking.row(after).heading
        assert f'data-id="{asking.announcer.focus}"' in asking.row(after).text.value
    asking.click(3, "dismissed")
    assert f'data-id="{asking.announcer.focus}"' in asking.panel.top.value


def test_the_last_question_dealt_with_can_be_put_back(asking: Asking) -> None:
    box, put_back = asking.join(), asking.panel.put_back
    asking.ask(box, "First?")
    assert put_back.labels == []
    asking.click(1, "dismissed")
    assert put_back.labels == ["Put question 1 back"]
    put_back.click("waiting")
    asking.here.settle()
    assert (asking.states, put_back.labels) == ([WAITING], [])
    assert "First?" in text(asking.row(1).text)


def test_a_late_click_never_acts_on_another_question_nor_on_another_state(asking: Asking) -> None:
    """Buttons that moved have another state, so that in the browser they rest for a moment."""
    box = asking.join()
    for question in ("First?", "Second?"):
        asking.ask(box, question)
    first, showed = asking.row(1).group, asking.row(1).group.state
    moves = asking.row(2).group.state
    asking.session.mark(1, ANSWERED, seen=WAITING)
    first.click("projector", showed)
    asking.here.settle()
    assert asking.states == [ANSWERED, WAITING]
    assert "Question 1 had already changed" in text(asking.panel.status)
    assert asking.row(2).group.state != moves
    asking.click(2, "projector", moves)
    assert asking.states == [ANSWERED, SHOWN]


def test_a_double_tap_does_the_same_thing_once(asking: Asking) -> None:
    asking.ask(asking.join(), "Why?")
    for _ in range(2):
        asking.row(1).group.click("projector")
    asking.here.settle()
    assert asking.states == [SHOWN]
    assert text(asking.panel.status).strip() == ""


def test_the_oldest_questions_are_listed_and_the_others_counted(asking: Asking) -> None:
    learner = asking.join().session
    for number in range(MAX_ROWS + 3):
        learner.ask(f"Question {number}?")
    asking.here.settle()
    assert [row.group.label for row in asking.rows] == [f"Question {number}" for number in range(1, MAX_ROWS + 1)]
    assert "3 more will follow" in text(asking.panel.rest)
    asking.click(1, "answered")
    assert [row.group.label for row in asking.rows][-1] == f"Question {MAX_ROWS + 1}"
    assert "2 more will follow" in text(asking.panel.rest)


def test_a_facilitator_who_comes_back_finds_the_questions(asking: Asking) -> None:
    asking.ask(asking.join(), "Why?")
    panel = QuestionPanel(asking.session, asking.announcer, asking.notice)
    panel.show(asking.session.questions())
    asking.here.settle()
    assert "1 question is waiting." in text(panel.count)
    assert len(panel.rows.children) == 1
    panel.close()


def test_a_room_that_was_deleted_is_no_error(asking: Asking) -> None:
    asking.ask(asking.join(), "Why?")
    asking.session.delete()
    asking.click(1, "projector")
    assert "There’s no room with that code" in text(asking.panel.status)
    with pytest.raises(RoomError):
        asking.session.questions()


def test_closed_views_and_questions_that_are_dealt_with_leave_no_widgets(here: PutOff, clock: Clock) -> None:
    before = len(_instances)
    asking = Asking(here, clock)
    box = asking.join()
    empty = len(_instances)
    asking.ask(box, "Why?")
    asking.click(1, "answered")
    assert len(_instances) == empty
    asking.ask(box, "And then?")
    asking.close()
    box.form.send_question("Is anybody there?")
    here.settle()
    assert len(_instances) == before
    assert asking.session.questions()[-1].text == "And then?"
