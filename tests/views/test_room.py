"""The pages of a room, driven without a browser: what they show after each command, and what they never leak."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances

from etiquette.room import Command, RoomKey, Vote
from etiquette.room.prompt import Prompt
from etiquette.room.store import Store
from etiquette.views import App, Facilitator
from etiquette.views.controls import MEMBERSHIP, Announcer, ButtonGroup, ProgressStore, close_all
from etiquette.views.room import LearnerView
from etiquette.views.room.control.control import RoomControl
from etiquette.views.room.control.drawing import control_heading
from etiquette.views.room.preparation.question_picker import QuizPicker
from etiquette.views.room.preparation.story_picker import StoryPicker
from tests.room.builders import an_agenda
from tests.room.store.builders import Clock
from tests.views.drawn import Text
from tests.views.put_off import PutOff, put_off


@pytest.fixture
def here(tmp_path: Path, clock: Clock) -> Iterator[PutOff]:
    store = Store.open(f"sqlite:///{tmp_path / 'there' / 'rooms.sqlite3'}", clock=clock, timeout=0)
    with put_off(store) as here:
        yield here
        here.store.close()


class Workshop:
    """A facilitator and the learners who have joined, each with their own view."""

    def __init__(self, here: PutOff, clock: Clock) -> None:
        self.here, self.clock = here, clock
        self.session = here.store.open_room(an_agenda())
        self.code = self.session.code
        self.learners: list[LearnerView] = []
        self.views: list[LearnerView | RoomControl] = []
        self.control = self.facilitate()

    def facilitate(self) -> RoomControl:
        control = RoomControl(self.session, self.session.snapshot(), Announcer(), lambda: None, self.clock)
        self.views.append(control)
        return control

    def stranger(self) -> LearnerView:
        """The view of somebody who has typed the room's code, and not joined yet."""
        learner = LearnerView(ProgressStore(), Announcer(), clock=self.clock)
        learner.form.code.text = self.code.lower()
        self.views.append(learner)
        return learner

    def join(self, nickname: str = "") -> LearnerView:
        learner = self.stranger()
        learner.form.nickname.text = nickname
        self.here.click(learner.form.enter)
        self.learners.append(learner)
        return learner

    def run(self, *commands: Command) -> None:
        for command in commands:
            assert command in self.control.overview.allowed, command
            self.control.run(command)
            self.control.confirmation.answer(yes=True)
            self.here.settle()
            assert self.control.notice.value == ""

    def vote(self, *choices: int) -> None:
        for learner, choice in zip(self.learners, choices, strict=True):
            self.tap(learner, choice)
            self.here.settle()
            assert learner.notice.value == ""

    def tap(self, learner: LearnerView, choice: int) -> None:
        self.clock.move(seconds=1)
        learner.choices.click(str(choice))

    def votes(self) -> list[Vote]:
        """All votes that are stored."""
        rows = self.here.store.rows
        return rows.database.read(lambda it: rows.votes(it, self.code, rows.room(it, self.code).room.ballots))

    def close(self) -> None:
        for view in self.views:
            view.close()

    @property
    def prompt(self) -> Prompt:
        prompt = self.control.overview.prompt
        assert prompt is not None
        return prompt


@pytest.fixture
def workshop(here: PutOff, clock: Clock) -> Iterator[Workshop]:
    workshop = Workshop(here, clock)
    yield workshop
    workshop.close()


@pytest.fixture
def voter(workshop: Workshop) -> LearnerView:
    """The view of the only learner, in which the first vote is open."""
    learner = workshop.join("Zoë")
    workshop.run(Command.NEXT, Command.OPEN)
    return learner


def visible_text(*views: Any) -> str:
    """All the text that the views show."""
    parts = [part for view in views for part in (view.top, view.status, view.board, view.card)]
    parts += [view.told for view in views if isinstance(view, LearnerView)]
    return " ".join(" ".join(Text(part.value).said) for part in parts if part.layout.display != "none")


def ticked(group: ButtonGroup) -> list[int]:
    """The positions of the buttons in this group that have a tick."""
    return [number for number, shown in enumerate(group.buttons) if shown["chosen"]]


def states(view: Widget) -> str:
    """The states of a view and of all its children: everything that the browser receives."""
    children = "".join(states(child) for child in getattr(view, "children", ()))
    return json.dumps(view.get_state(), default=str, ensure_ascii=False) + children


def test_a_question_from_joining_to_the_reveal(workshop: Workshop) -> None:
    """The lobby; two votes, with bars shown and hidden between them; the verdicts, reasons and how the room moved."""
    learner, _ = workshop.join("One"), workshop.join("Two")
    both, here = (learner, workshop.control), workshop.here
    assert "You’re in, as" in visible_text(learner)
    assert "One" in visible_text(learner)
    assert all("2 people are here" in visible_text(view) for view in both)
    assert learner.choices.buttons == []
    workshop.run(Command.NEXT, Command.OPEN)
    best = workshop.prompt.best
    other = 0 if best else 1
    for choice in (best, other):
        workshop.vote(choice, other)
        assert "Your vote is in" in visible_text(learner)
        assert ticked(learner.choices) == [choice]
    assert "2 voted" in visible_text(workshop.control)
    workshop.run(Command.CLOSE)
    assert "Talk to your neighbour" in visible_text(learner)
    for command, bars in ((Command.SHOW, 2), (Command.HIDE, 0)):
        workshop.run(command)
        assert visible_text(learner).count("100%") == bars // 2
    workshop.run(Command.OPEN)
    workshop.control.timers.click("1")
    here.settle()
    assert [view.countdown.left for view in both] == [60, 60]
    workshop.vote(best, best)
    workshop.run(Command.CLOSE)
    assert [view.countdown.left for view in both] == [-1, -1]
    workshop.run(Command.REVEAL)
    for view in both:
        assert all(option.reason in visible_text(view) for option in workshop.prompt.options)
        moved = "Two people voted twice. Both changed their answer, to the best option."
        assert moved in visible_text(view)
    assert "your second answer · the best option" in visible_text(learner)
    assert visible_text(*both).count("your first answer") == 1


def test_a_learners_page_holds_no_verdict_before_the_reveal_nor_another_answer(workshop: Workshop) -> None:
    """Not in any of its widgets. Another room on the server hears nothing."""
    learner, other, elsewhere = workshop.join("One"), workshop.join("Other"), Workshop(workshop.here, workshop.clock)
    waiting = states(elsewhere.join("Stranger"))
    for commands in ((Command.NEXT, Command.OPEN), (Command.CLOSE,), (Command.OPEN,), (Command.CLOSE,)):
        workshop.run(*commands)
        if Command.OPEN in commands:
            workshop.tap(other, 1)
            workshop.here.settle()
            assert "Your vote is in" not in states(learner)
            workshop.vote(0, 1)
            assert (ticked(learner.choices), ticked(other.choices)) == ([0], [1])
        received = states(learner)
        assert workshop.prompt.options[0].says in received
        reasons = [json.dumps(each.reason, ensure_ascii=False)[1:-1] for each in workshop.prompt.options]
        for secret in (*reasons, "pp-badge", "the best option", "pp-votes"):
            assert secret not in received
        assert "Other" not in states(learner)
    workshop.run(Command.REVEAL)
    assert "pp-badge" in states(learner)
    assert states(elsewhere.learners[0]) == waiting
    elsewhere.close()


def test_a_story_that_each_plays_alone_ends_with_where_the_paths_diverged(workshop: Workshop) -> None:
    learner, other = workshop.join(), workshop.join()
    workshop.run(Command.NEXT, *[Command.SKIP] * 4, Command.OPEN)
    while learner.choices.buttons:
        workshop.tap(learner, 0)
        workshop.here.settle()
        assert learner.notice.value == ""
    assert "Your story is over" in visible_text(learner)
    assert "pp-badge" not in states(learner)
    workshop.tap(other, 1)
    workshop.here.settle()
    workshop.run(Command.CLOSE, Command.REVEAL)
    assert "Your path" in visible_text(learner)
    assert "Where the paths split" in visible_text(workshop.control)


def test_the_app_opens_a_room_by_its_link_and_records_what_was_missed(workshop: Workshop) -> None:
    app, control = App(progress_store=ProgressStore(), clock=workshop.clock), workshop.control
    app.address_bar.known = True
    app.progress_store._handle_custom_msg({"invited": workshop.code}, [])
    assert app.learner is not None
    workshop.here.click(app.learner.form.enter)
    workshop.learners.append(app.learner)
    workshop.run(Command.NEXT, Command.OPEN)
    worst = min(range(len(workshop.prompt.options)), key=lambda n: workshop.prompt.options[n].credit)
    workshop.vote(worst)
    workshop.run(Command.CLOSE, Command.REVEAL, Command.END)
    for _ in range(2):
        assert "How you did" in visible_text(app.learner)
        assert len(app.progress.records) == 1
        app.learner.load()
        workshop.here.settle()
    workshop.clock.move(seconds=5)
    workshop.run(Command.UNDO, Command.END)
    assert len(app.progress.records) == 1, "an end that was undone is the same session"
    assert "Guidelines missed most often" in visible_text(control)
    files = [link.href.partition(";base64,") for link in control.files.children]
    assert (files[0][0], files[-1][0]) == ("data:text/html", "data:application/jsonl")
    assert json.loads(base64.b64decode(files[-1][2]))["result"]["response"] == str(worst + 1)
    app.close()


def test_a_vote_or_command_that_comes_too_late_is_explained(workshop: Workshop, voter: LearnerView) -> None:
    other = workshop.facilitate()
    for view in (workshop.control, other):
        view.run(Command.CLOSE)
        view.confirmation.answer(yes=True)
    workshop.vote(0)
    assert "The room had already moved on" in visible_text(other)
    assert "The first vote on question 1 closed before yours reached us" in visible_text(voter)
    for view in (other, voter):
        assert "First vote is closed" in visible_text(view)


def test_voting_creates_no_widgets_and_closed_views_leave_none(here: PutOff, clock: Clock) -> None:
    """Nor is any view told of changes once it has been closed. Closing it a second time does no harm."""
    before = len(_instances)
    workshop = Workshop(here, clock)
    learner, joining = workshop.join("One"), workshop.stranger()
    workshop.run(Command.NEXT)
    widgets = len(_instances)
    workshop.run(Command.OPEN)
    workshop.vote(0)
    workshop.run(Command.CLOSE, Command.SHOW, Command.REVEAL, Command.NEXT)
    assert len(_instances) == widgets
    here.click(workshop.control.people.toggle)
    workshop.control.people.list.click("hide 1")
    here.settle()
    joining.form.enter.click()
    for _ in range(2):
        workshop.close()
        here.click(joining.form.enter)
    assert joining.snapshot is None
    assert not here.store.feed._subscriptions
    close_all(*(view.announcer for view in workshop.views), learner.progress_store, joining.progress_store)
    assert len(_instances) == before


def test_a_room_has_the_name_of_its_session_on_the_control_and_in_the_list_of_rooms(here: PutOff, clock: Clock) -> None:
    page = Facilitator(clock=clock)
    quiz = page.agenda_editor.additions.show("quiz")
    assert isinstance(quiz, QuizPicker)
    quiz.buttons.click("add")
    page.agenda_editor.keeping.name.text = "Monday <group>"
    here.click(page.agenda_editor.open_room)
    assert page.control is not None
    session = page.control.session
    key = RoomKey(session.code, session.secret)
    assert "Monday &lt;group&gt; · Room <b>" in control_heading(session.snapshot(), key.code, "", 0)
    page.my_rooms.draw(here.store.overviews([key]), clock(), UTC)
    (row,) = page.my_rooms.rows.children
    assert "<h4>Monday &lt;group&gt; · Room <b>" in row.children[0].value
    page.close()


def test_the_facilitator_puts_a_session_together_and_comes_back_to_it(here: PutOff, clock: Clock) -> None:
    """Each computer fills in the learners' address where the host knows it."""
    address = "http://127.0.0.1:1/"
    here.learners_url = "../../"
    assert here.progress_store.items == {}  # the store outlives the pages
    before = len(_instances)
    page, elsewhere, tab = (Facilitator(clock=clock) for _ in range(3))
    editor = page.agenda_editor
    page.learners_url.text = "javascript:alert(1)"
    quiz, story = (editor.additions.show(name) for name in ("quiz", "story"))
    assert isinstance(quiz, QuizPicker)
    assert isinstance(story, StoryPicker)
    quiz.buttons.click("add")
    here.click(editor.open_room)
    assert "isn’t the address of a page" in page.learners_url.problem
    page.learners_url.text = address
    editor.list.rows[0].buttons.click("remove")
    here.click(editor.open_room)
    assert "1 to 60" in editor.problem.value
    for picker, name in ((quiz, "add"), (story, "together"), (story, "alone")):
        picker.buttons.click(name)
    assert len(editor.list.children) == 3
    editor.list.rows[0].buttons.click("remove")
    assert len(editor.parts) == 2
    editor.open_room.click()
    here.click(editor.open_room)
    control = page.control
    here.click(editor.open_room)
    assert control is not None
    assert page.control is control, "of several rooms opened at once, one is shown, and stays"
    code, secret = control.session.code, control.session.secret
    assert "pp-qr" in control.join_info.value
    assert f"{address}?room={code}" in control.join_info.value
    elsewhere.link.text = f"{code} {'0' * 64}"
    here.click(elsewhere.resume)
    assert "doesn’t open a room" in elsewhere.status.value
    elsewhere.link.text = f"{address}#desk={code}.{secret}"
    here.click(elsewhere.resume)
    tab.address._handle_custom_msg({"page": f"{address}facilitator/1/", "desk": f"{code}.{secret}"}, [])
    here.settle()
    assert tab.learners_url.text == address
    for view in (page, elsewhere, tab):
        assert view.control is not None
        assert view.control.session.code == code
        here.click(view.control.leave)
        assert view.notice.value == ""
        view.close()
    assert [view.control for view in (page, elsewhere, tab)] == [None] * 3
    assert len(_instances) == before


def test_an_outage_of_the_store_is_reported_and_harms_nobody(
    workshop: Workshop, voter: LearnerView, tmp_path: Path
) -> None:
    """Who loaded the page again in the outage finds the code filled in, and is still the same person."""
    here, control, returned = workshop.here, workshop.control, workshop.stranger()
    returned.form.code.text = ""
    workshop.vote(0)
    here.store.close()
    (tmp_path / "there").rename(tmp_path / "away")
    seat = voter.progress_store.item(MEMBERSHIP)
    returned.progress_store._handle_custom_msg({"found": {}, "items": {MEMBERSHIP: seat}}, [])
    here.settle()
    for view in (voter, control, returned):
        assert "can’t open or write" in visible_text(view)
    workshop.vote(1)
    control.run(Command.CLOSE)
    here.settle()
    assert "Your vote is in" not in visible_text(voter)
    for view in (voter, control):
        assert "can’t open or write" in visible_text(view)
        assert view.notice.value == ""
    (tmp_path / "away").rename(tmp_path / "there")
    here.settle()
    assert "Your vote is in" in visible_text(voter)
    assert ticked(voter.choices) == [0]
    assert control.status.value == ""
    here.click(returned.form.enter)
    assert [person.nickname for person in workshop.session.snapshot().people] == ["Zoë"]
    workshop.run(Command.CLOSE)


def test_only_what_is_newer_than_the_screen_is_drawn_and_of_several_changes_the_newest(workshop: Workshop) -> None:
    """The facilitator's view, which has to load the room, does so once for all of them."""
    learner, here, drawn = workshop.join(), workshop.here, list[str]()
    learner.top.observe(lambda change: drawn.append(change.new), "value")
    for version, command in enumerate((Command.NEXT, Command.OPEN, Command.CLOSE), start=1):
        workshop.session.do(command, seen=version)
        here.tell()
    for _ in range(len(here.work)):
        here.do_next()
    (load,) = here.work
    here.work.clear()
    workshop.session.do(Command.SHOW, seen=4)
    here.tell()
    for _ in range(len(here.work)):
        here.do_next()
    assert here.work == []
    here.work.append(load)
    here.settle()
    assert workshop.control.overview.version == 5
    workshop.session.do(Command.HIDE, seen=5)
    here.tell()
    workshop.session.do(Command.OPEN, seen=6)
    learner.load()
    here.work.insert(0, here.work.pop())  # it is loaded before the earlier change arrives
    here.settle()
    assert ["First vote is closed" in heading for heading in drawn] == [True, False]
    assert "Second vote is open" in drawn[-1]
