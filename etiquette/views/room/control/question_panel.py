"""The facilitator's panel of what learners have asked: show a question on the projector, answer or dismiss it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ipywidgets import HTML, VBox
from markupsafe import Markup

from etiquette.room import QuestionState, RoomQuestion
from etiquette.views.controls import Announcer, ButtonGroup, GroupButton, Notice, close_all, environment
from etiquette.views.room.room_view import RoomView

if TYPE_CHECKING:
    from etiquette.room.store import FacilitatorSession

MAX_ROWS = 20  # questions listed at a time
PROJECTOR = "projector"  # the button that shows a question or takes it down; the others are named after a state


class QuestionPanel(RoomView):
    """The questions that have not been dealt with, oldest first. Call `show` whenever the room has changed.

    Each question has widgets of its own, so a click never acts on another one, however late it arrives.
    """

    def __init__(self, session: FacilitatorSession, announcer: Announcer, notice: Notice) -> None:
        self.session, self.announcer, self.notice = session, announcer, notice
        self.environment = environment()
        self.questions: tuple[RoomQuestion, ...] | None = None
        self._rows: dict[int, QuestionRow] = {}
        self.top, self.count, self.rest, self.status, self.rows = HTML(), HTML(), HTML(), HTML(), VBox()
        self.put_back = ButtonGroup(notice, self._clicked, "pp-steps", "The question you dealt with last")
        super().__init__([self.top, self.count, self.rows, self.rest, self.status, self.put_back], "pp-questions")
        self.top.value = Markup('<h3 data-id="{}" tabindex="-1">Questions from the room</h3>').format(
            self.element_id("questions")
        )
        self.put_back.draw("", [])
        self._draw(())

    def show(self, questions: tuple[RoomQuestion, ...]) -> None:
        """Draw the questions of the room as they are now, and announce that there are new ones."""
        before, self.questions = self.questions, questions
        if before == questions:
            return
        self._draw(questions)
        if before is not None and len(questions) > len(before):
            self.announcer.say(_summary(questions))

    @property
    def waiting(self) -> int:
        """How many questions wait for an answer."""
        return _waiting(self.questions or ())

    # Clicks

    def _clicked(self, name: str, shown: str) -> None:
        """Do what the button of this name said when it showed this: the question's number, its state and its place."""
        number, state, _ = shown.split(" ")
        seen = QuestionState(state)
        if name == PROJECTOR:
            wanted = QuestionState.WAITING if seen is QuestionState.SHOWN else QuestionState.SHOWN
        else:
            wanted = QuestionState(name)
        mark = partial(self.session.mark, int(number), wanted, seen=seen)
        self._ask(mark, partial(self._marked, int(number), wanted), self._not_marked)

    def _marked(self, number: int, wanted: QuestionState, questions: tuple[RoomQuestion, ...]) -> None:
        self.questions = questions
        self._draw(questions)
        self._say("")
        if wanted.is_open:
            self.put_back.draw("", [])
            shown = wanted is QuestionState.SHOWN
            self.announcer.say(f"Question {number} is {'on' if shown else 'not on'} the projector.")
            return
        put_back = GroupButton(QuestionState.WAITING, f"Put question {number} back", look="pp-step")
        self.put_back.draw(f"{number} {wanted} 0", [put_back])
        following = min((each for each in self._rows if each > number), default=None)
        name = "questions" if following is None else f"question-{following}"
        sentence = f"Question {number} is {wanted}. {_summary(questions)}"
        self.announcer.move_focus(focus=self.element_id(name), show="", say=sentence)

    def _not_marked(self, reason: str) -> None:
        self._say(reason)
        self._ask(self.session.questions, self.show)

    # Drawing

    def _draw(self, questions: tuple[RoomQuestion, ...]) -> None:
        left = [each for each in questions if each.state.is_open]
        self.count.value = Markup('<p class="pp-muted">{}</p>').format(_summary(questions))
        listed = left[:MAX_ROWS]
        for number in self._rows.keys() - {each.number for each in listed}:
            close_all(self._rows.pop(number))
        for place, each in enumerate(listed):
            if each.number not in self._rows:
                group = ButtonGroup(self.notice, self._clicked, "pp-steps", f"Question {each.number}")
                self._rows[each.number] = QuestionRow(self.element_id(f"question-{each.number}"), group)
            self._rows[each.number].draw(each, place)
        self.rows.children = [self._rows[each.number] for each in listed]
        more = len(left) - len(listed)
        self.rest.value = Markup("<p>{} more will follow as you deal with these.</p>").format(more) if more else ""


class QuestionRow(VBox):
    """One question, with its buttons. `heading` is the `data-id` of its heading."""

    def __init__(self, heading: str, group: ButtonGroup) -> None:
        self.heading, self.group, self.text = heading, group, HTML()
        super().__init__([self.text, self.group], _dom_classes=("pp-asked",))

    def draw(self, question: RoomQuestion, place: int) -> None:
        """Draw the question as it is now, in this place of the list.

        Its buttons rest when it moves, because a second tap may be meant for the question that was there before.
        """
        shown = question.state is QuestionState.SHOWN
        self.text.value = Markup(
            '<h4 data-id="{}" tabindex="-1">Question {}{}</h4><p class="pp-asks"><bdi>{}</bdi></p>'
        ).format(
            self.heading,
            question.number,
            Markup(" · <b>on the projector now</b>") if shown else "",
            question.text,
        )
        (self.add_class if shown else self.remove_class)("pp-on-projector")
        self.group.draw(
            f"{question.number} {question.state} {place}",
            [
                GroupButton(PROJECTOR, "Take it down" if shown else "Show on the projector", look="pp-step"),
                GroupButton(QuestionState.ANSWERED, "Answered", look="pp-step"),
                GroupButton(QuestionState.DISMISSED, "Dismiss", look="pp-step"),
            ],
        )


def _waiting(questions: tuple[RoomQuestion, ...]) -> int:
    return sum(each.state is QuestionState.WAITING for each in questions)


def _summary(questions: tuple[RoomQuestion, ...]) -> str:
    waiting = _waiting(questions)
    if not questions:
        return "Nobody has asked anything yet."
    if not waiting:
        return "No questions are waiting."
    return f"{waiting} question{' is' if waiting == 1 else 's are'} waiting."
