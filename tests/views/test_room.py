"""The pages of a room, driven without a browser: what they show after each step, and what they never let through."""

from __future__ import annotations

import base64
import dataclasses
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ipywidgets import Button, Widget
from ipywidgets.widgets.widget import _instances
from sqlalchemy import URL

from etiquette.practice import Sureness
from etiquette.room import AttemptLimit, Command, Phase, StoreError
from etiquette.room.agenda import Prompt
from etiquette.room.store import Store
from etiquette.views import App, Facilitator
from etiquette.views.controls import Announcer, ProgressStore
from etiquette.views.room import LearnerView, read_seat
from etiquette.views.room.control import RoomControl
from tests.room.builders import an_agenda
from tests.room.store.builders import Clock, fill, full_disk
from tests.views.test_stories import NASTY, Text


@pytest.fixture
def store_url(tmp_path: Path) -> URL:
    return URL.create("sqlite", database=str(tmp_path / "rooms.sqlite3"))


class Browser:
    """What several tabs of one browser share: the seat that it keeps, and that there was a vote."""

    def __init__(self) -> None:
        self.seat = ""
        self.keepers: list[ProgressStore] = []

    def tab(self, store: Store, clock: Clock) -> LearnerView:
        progress_store = Tab(self)
        progress_store.observe(lambda change: setattr(self, "seat", change.new), "membership")
        learner = LearnerView(progress_store, Announcer(), store=lambda: store, clock=clock)
        if self.seat:
            progress_store._handle_custom_msg({"seat": self.seat}, [])
        return learner


class Tab(ProgressStore):
    """The keeper of one tab: what it tells the browser of a vote, the other tabs hear."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        super().__init__()
        browser.keepers.append(self)

    def send(self, content: dict[str, Any], buffers: Any = None) -> None:  # noqa: ARG002
        for progress_store in self.browser.keepers:
            if "voted" in content and progress_store is not self:
                progress_store._handle_custom_msg(content, [])


class Workshop:
    """A facilitator and people who have joined, each with the page that they would have."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock = store, clock
        desk = store.open_room(an_agenda())
        self.code = desk.code
        self.ended: list[str] = []
        self.desk = RoomControl(desk, Announcer(), lambda: self.ended.append("gone"), clock, "http://127.0.0.1/")
        self.learners: list[LearnerView] = []

    def join(self, nickname: str = "", browser: Browser | None = None) -> LearnerView:
        learner = (browser or Browser()).tab(self.store, self.clock)
        learner.code.text, learner.nickname.text = self.code.lower(), nickname
        learner.enter.click()
        self.learners.append(learner)
        return learner

    def take(self, *steps: Command) -> None:
        for step in steps:
            assert self.desk.steps[step].layout.display == "", step
            self.desk.steps[step].click()
            assert self.desk.notice.value == ""
            self.look()

    def look(self) -> None:
        """As a beat does, for everybody."""
        self.desk.look()
        for learner in self.learners:
            learner.look()

    def vote(self, *choices: int) -> None:
        self.clock.move(seconds=1)
        for learner, choice in zip(self.learners, choices, strict=True):
            buttons(learner.choices)[choice].click()
            assert learner.notice.value == ""

    @property
    def prompt(self) -> Prompt:
        prompt = self.desk.overview.prompt
        assert prompt is not None
        return prompt


@pytest.fixture
def workshop(store: Store, clock: Clock) -> Iterator[Workshop]:
    made = Workshop(store, clock)
    yield made
    made.desk.close()
    for learner in made.learners:
        learner.close()


def buttons(box: Widget) -> list[Button]:
    """The buttons on screen in this box."""
    if box.layout.display == "none":
        return []
    return [each for each in box.children if each.layout.display != "none"]


def said(view: Any) -> str:
    """Everything that the view has on screen, as text."""
    parts = [view.top, view.status, view.board, view.card]
    return " ".join(" ".join(Text(part.value).said) for part in parts if part.layout.display != "none")


def states(view: Widget) -> str:
    """The states of a view and of all that is in it: what its browser is told."""
    inside = "".join(states(child) for child in getattr(view, "children", ()))
    return json.dumps(view.get_state(), default=str, ensure_ascii=False) + inside


def test_a_code_typed_in_any_way_leads_into_the_room(workshop: Workshop) -> None:
    learner = workshop.join("Zoë")
    assert learner.seen is not None
    assert "You are in, as" in said(learner)
    assert "Zoë" in said(learner)
    assert "1 person is here" in said(learner)
    assert buttons(learner.choices) == []
    workshop.look()
    assert "1 person is here" in said(workshop.desk)


def test_a_wrong_code_is_told_where_it_was_typed(workshop: Workshop) -> None:
    learner = Browser().tab(workshop.store, workshop.clock)
    learner.code.text = "AEIOUY"
    learner.enter.click()
    assert "none of them is a vowel" in learner.code.problem
    learner.code.text = "BBBBBB"
    learner.enter.click()
    assert "There is no room with this code" in learner.code.problem
    assert learner.seen is None


def test_where_no_host_tells_visitors_apart_wrong_codes_are_counted_by_page(workshop: Workshop) -> None:
    strict = dataclasses.replace(workshop.store, limit=AttemptLimit(max_attempts=1))
    one, other = (Browser().tab(strict, workshop.clock) for _ in range(2))
    for learner, says in ((one, "There is no room"), (one, "Please wait 60 seconds"), (other, "There is no room")):
        learner.code.text = "BBBBBB"
        learner.enter.click()
        assert says in learner.code.problem


def test_a_question_from_the_first_vote_to_the_reveal(workshop: Workshop) -> None:
    """Alone, hidden bars, shown, a second vote, and then verdicts, reasons and how the room moved."""
    one, two = workshop.join("One"), workshop.join("Two")
    workshop.take(Command.NEXT)
    assert workshop.prompt.options[0].says in said(one)
    workshop.take(Command.OPEN)
    best = workshop.prompt.best
    other = 0 if best else 1
    workshop.vote(best, other)
    assert "Your vote is in" in said(one)
    assert buttons(one.choices)[best].description.startswith("✓ ")
    workshop.vote(other, other)
    assert buttons(one.choices)[other].description.startswith("✓ ")
    workshop.look()
    assert "2 voted" in said(workshop.desk)
    workshop.take(Command.CLOSE)
    assert "Talk to your neighbour" in said(one)
    assert "100 %" not in said(one) + said(workshop.desk)
    workshop.take(Command.SHOW)
    assert "100 %" in said(one)
    assert "100 %" in said(workshop.desk)
    workshop.take(Command.HIDE)
    assert "100 %" not in said(one) + said(workshop.desk)
    workshop.take(Command.OPEN)
    assert "Second vote open" in said(two)
    workshop.vote(best, best)
    workshop.take(Command.CLOSE, Command.REVEAL)
    for view in (one, workshop.desk):
        for option in workshop.prompt.options:
            assert option.assessment.reason in said(view)
        assert "Of 2 people who voted twice, 2 changed: 2 came to the best answer, 0 left it." in said(view)
    assert "your first answer" in said(one)
    assert "your second answer · the best" in said(one)
    assert "your first answer" not in said(workshop.desk)


def test_one_says_how_sure_one_is_after_the_vote_is_in(workshop: Workshop) -> None:
    learner = workshop.join()
    workshop.take(Command.NEXT, Command.OPEN)
    assert buttons(learner.sure) == []
    workshop.vote(0)
    workshop.clock.move(seconds=1)
    buttons(learner.sure)[list(Sureness).index(Sureness.SURE)].click()
    assert learner.seen is not None
    assert [given and given.sureness for given in learner.seen.answers] == [Sureness.SURE]
    assert [each.description for each in buttons(learner.sure)][-1] == "✓ Sure"


def test_a_vote_that_is_in_is_said_all_the_time(workshop: Workshop) -> None:
    """To say how sure one is, or to vote for the same again, makes nothing on screen jump."""
    learner = workshop.join()
    workshop.take(Command.NEXT, Command.OPEN)
    workshop.vote(0)
    said_since: list[str] = []
    learner.status.observe(lambda change: said_since.append(change.new), "value")
    buttons(learner.sure)[1].click()
    assert said_since == []
    buttons(learner.choices)[0].click()
    assert [("Sending" in each, "Your vote is in" in each) for each in said_since] == [(True, False), (False, True)]


def test_no_verdict_and_no_other_answer_is_in_a_learners_widgets_before_the_reveal(workshop: Workshop) -> None:
    """Nor in those of the facilitator, whose page is on the projector."""
    learner, other = workshop.join("One"), workshop.join("Other")
    for steps in ((Command.NEXT, Command.OPEN), (Command.CLOSE,), (Command.OPEN,), (Command.CLOSE,)):
        workshop.take(*steps)
        if Command.OPEN in steps:
            workshop.vote(0, 1)
        for view in (learner, workshop.desk):
            told = states(view)
            assert workshop.prompt.options[0].says in told
            for option in workshop.prompt.options:
                assert json.dumps(option.assessment.reason, ensure_ascii=False)[1:-1] not in told
            assert "pp-badge" not in told
            assert "the best" not in told
            assert "pp-votes" not in told
        assert "Other" not in states(learner)
    assert other.seen is not None
    workshop.take(Command.REVEAL)
    assert "pp-badge" in states(learner)


def test_a_reload_and_a_second_tab_are_the_same_person(workshop: Workshop) -> None:
    browser = Browser()
    first = workshop.join("Zoë", browser)
    workshop.take(Command.NEXT, Command.OPEN)
    workshop.vote(1)
    second = browser.tab(workshop.store, workshop.clock)
    assert second.seen is not None
    assert first.seen is not None
    assert second.seen.person == first.seen.person
    assert "Your vote is in" in said(second)
    workshop.vote(0)
    assert buttons(second.choices)[0].description.startswith("✓ "), "the other tab shows it at once"
    second.leave.click()
    assert read_seat(browser.seat)[1] == ""
    assert "Join a room" in said(second)


def test_a_seat_has_been_kept_when_the_room_shows(workshop: Workshop) -> None:
    """Whoever loads the page again at the sight of the room comes back as the same person."""
    happened: list[str] = []
    learner = Browser().tab(workshop.store, workshop.clock)
    workshop.learners.append(learner)
    learner.progress_store.observe(lambda _: happened.append("kept"), "membership")
    learner.top.observe(lambda _: happened.append("shown"), "value")
    learner.code.text = workshop.code
    learner.enter.click()
    assert happened == ["kept", "shown"]


def test_a_link_fills_in_the_code_and_leads_back_whoever_has_a_seat(workshop: Workshop) -> None:
    stranger = Browser().tab(workshop.store, workshop.clock)
    stranger.invite(workshop.code)
    assert stranger.code.text.replace(" ", "") == workshop.code
    assert stranger.seen is None
    browser = Browser()
    workshop.join("Zoë", browser)
    back = browser.tab(workshop.store, workshop.clock)
    back.invite(workshop.code)
    assert back.seen is not None
    assert back.seen.person.nickname == "Zoë"


def test_a_vote_that_comes_too_late_is_told(workshop: Workshop) -> None:
    learner = workshop.join()
    workshop.take(Command.NEXT, Command.OPEN)
    workshop.desk.steps[Command.CLOSE].click()
    buttons(learner.choices)[0].click()
    assert "was closed before yours came in" in said(learner)
    assert learner.seen is not None
    assert learner.seen.screen.phase is Phase.CLOSED


def test_a_story_played_together_follows_the_majority_and_a_tie_is_the_facilitators(workshop: Workshop) -> None:
    workshop.join(), workshop.join()
    workshop.take(Command.NEXT, Command.SKIP, Command.SKIP, Command.SKIP, Command.OPEN)
    assert "pp-timeline" in workshop.learners[0].board.value
    workshop.vote(0, 1)
    workshop.take(Command.CLOSE)
    workshop.desk.steps[Command.REVEAL].click()
    assert "It is a tie" in said(workshop.desk)
    options = workshop.prompt.options
    assert [each.description for each in buttons(workshop.desk.ties)] == [options[0].says, options[1].says]
    buttons(workshop.desk.ties)[1].click()
    workshop.look()
    assert "this is what the room did" in said(workshop.learners[0])
    assert buttons(workshop.desk.ties) == []
    workshop.take(Command.NEXT)
    assert "The story so far" in said(workshop.learners[0])


def test_a_story_that_each_plays_alone_ends_where_paths_parted(workshop: Workshop) -> None:
    learner, other = workshop.join(), workshop.join()
    workshop.take(Command.NEXT, *[Command.SKIP] * 4, Command.OPEN)
    while buttons(learner.choices):
        buttons(learner.choices)[0].click()
        assert learner.notice.value == ""
    assert "Your story is over" in said(learner)
    assert "pp-badge" not in states(learner)
    buttons(other.choices)[1].click()
    workshop.take(Command.CLOSE, Command.REVEAL)
    assert "Your path" in said(learner)
    assert "Where the paths parted" in said(workshop.desk)


def test_the_end_gives_each_their_own_debrief_and_the_facilitator_three_files(workshop: Workshop) -> None:
    learner = workshop.join("Zoë")
    ended: list[Any] = []
    learner.on_end = lambda debrief, at: ended.append((debrief, at))
    workshop.take(Command.NEXT, Command.OPEN)
    worst = min(range(len(workshop.prompt.options)), key=lambda n: workshop.prompt.options[n].credit)
    workshop.vote(worst)
    workshop.take(Command.CLOSE, Command.REVEAL, Command.END)
    assert "End the session for everybody" in Text(workshop.desk.question.value).said[0]
    assert workshop.desk.overview.screen.phase is Phase.REVEALED
    workshop.desk.yes.click()
    workshop.look()
    workshop.look()
    assert "How it went for you" in said(learner)
    assert workshop.learners[0].debrief is not None
    assert len(ended) == 1
    assert ended[0][1] == workshop.clock()
    desk = workshop.desk
    kinds = [link.href.partition(";")[0] for link in (desk.report, desk.table, desk.lines)]
    assert kinds == ["data:text/html", "data:text/csv", "data:application/jsonl"]
    assert json.loads(_saved(desk.lines.href))["result"]["response"] == str(worst + 1)
    assert "Most often missed" in said(desk)


def _saved(href: str) -> str:
    return base64.b64decode(href.partition("base64,")[2]).decode()


def test_deleting_is_asked_about_and_tells_everybody(workshop: Workshop) -> None:
    learner = workshop.join()
    workshop.desk.delete.click()
    workshop.desk.no.click()
    workshop.desk.yes.click()
    assert workshop.ended == []
    workshop.desk.delete.click()
    workshop.desk.yes.click()
    assert workshop.ended == ["gone"]
    learner.look()
    assert "There is no room with this code" in said(learner)


def test_while_the_store_is_away_a_sentence_says_so_and_nothing_is_taken_for_stored(
    tmp_path: Path, clock: Clock
) -> None:
    place, away = tmp_path / "here", tmp_path / "away"
    store = Store.open(f"sqlite:///{place / 'rooms.sqlite3'}", clock=clock, timeout=0)
    workshop = Workshop(store, clock)
    learner = workshop.join()
    workshop.take(Command.NEXT, Command.OPEN)
    store.close()
    place.rename(away)
    workshop.vote(0)
    assert "Your vote is in" not in said(learner)
    assert "pp-answer" in learner.status.value
    workshop.desk.steps[Command.CLOSE].click()
    assert "pp-answer" in workshop.desk.status.value
    assert workshop.desk.notice.value == ""
    away.rename(place)
    workshop.vote(0)
    assert "Your vote is in" in said(learner)
    workshop.take(Command.CLOSE)
    workshop.desk.close()
    learner.close()
    store.close()


def test_when_the_disk_is_full_a_sentence_says_so_and_what_was_confirmed_stays(workshop: Workshop) -> None:
    learner = workshop.join()
    workshop.take(Command.NEXT, Command.OPEN)
    workshop.vote(0)
    with full_disk(workshop.store):
        with pytest.raises(StoreError):
            fill(workshop.store, workshop.code)
        late = workshop.join("Late")
        assert "The disk of the rooms is full" in said(late)
        assert late.seat is None
        workshop.look()
        assert "Your vote is in" in said(learner)
    late.enter.click()
    assert late.seat is not None
    workshop.vote(1, 1)
    assert workshop.desk.desk.snapshot().screen.voted == 2


NICKNAMES = [NASTY, "‮evil", "a" * 10_000, "Z̷̧̛͎͙̓̿a" * 50, "<script>alert(1)</script>", "{0} %s"]


@pytest.mark.parametrize("nickname", NICKNAMES)
def test_a_nickname_is_only_ever_a_name_and_can_be_hidden_with_a_click(workshop: Workshop, nickname: str) -> None:
    learner = workshop.join(nickname)
    assert learner.notice.value == ""
    assert {"img", "script"}.isdisjoint(Text(learner.board.value).elements)
    assert len(said(learner)) < 300
    workshop.look()
    workshop.desk.names.click()
    (hide,) = workshop.desk.people.children
    assert "‮" not in hide.description
    hide.click()
    workshop.look()
    assert workshop.desk.notice.value == ""
    assert workshop.desk.people.children[0].description == "Show the nickname of Person 1"


def test_a_timer_is_quiet_and_stops_with_the_vote(workshop: Workshop) -> None:
    learner = workshop.join()
    workshop.take(Command.NEXT, Command.OPEN)
    workshop.desk.timers.children[0].click()
    workshop.look()
    assert workshop.desk.countdown.left == 60
    assert learner.countdown.left == 60
    workshop.take(Command.CLOSE)
    assert learner.countdown.left == -1


def test_the_desk_offers_what_can_be_done_now_and_puts_away_what_seldom_is(workshop: Workshop) -> None:
    def offered() -> list[str]:
        return [each.description for row in (desk.steps_row, desk.seldom) for each in buttons(row)]

    desk = workshop.desk
    assert offered() == ["Begin", "End the session"]
    workshop.take(Command.NEXT, Command.OPEN)
    assert offered() == ["Close the vote", "End the session"]
    assert desk.more.description == "More steps"
    desk.more.click()
    assert offered() == ["Close the vote", "End the session", "Reset this vote", "Skip"]
    assert desk.more.description == "Fewer steps"
    desk.more.click()
    workshop.take(Command.CLOSE)
    assert offered() == ["Open the second vote", "Show the bars", "Reveal the answers", "End the session"]


def test_two_facilitators_do_not_step_on_each_other(workshop: Workshop) -> None:
    other = RoomControl(workshop.desk.desk, Announcer(), lambda: None, workshop.clock)
    workshop.desk.steps[Command.NEXT].click()
    other.steps[Command.NEXT].click()
    assert "The room has moved on" in said(other)
    assert other.overview.screen.phase is Phase.READY
    other.close()


def test_every_button_of_the_desk_is_safe_in_every_state(workshop: Workshop) -> None:
    """Disabled or hidden, whatever is clicked: nothing fails."""
    workshop.join("Zoë")
    rng = random.Random(5)
    desk = workshop.desk
    every = [*desk.steps.values(), *desk.timers.children, *desk.ties.children, desk.no, desk.names]
    for _ in range(300):
        rng.choice(every).click()
        assert desk.notice.value == ""
        workshop.look()
        for shown in (*workshop.learners[0].choices.children, *workshop.learners[0].sure.children):
            shown.click()
        assert workshop.learners[0].notice.value == ""


def test_a_session_makes_no_new_widgets(workshop: Workshop) -> None:
    workshop.join()
    workshop.take(Command.NEXT)
    before = len(_instances)
    workshop.take(Command.OPEN)
    workshop.vote(0)
    workshop.take(Command.CLOSE, Command.SHOW, Command.REVEAL, Command.NEXT)
    assert len(_instances) == before


def test_the_facilitator_puts_a_session_together_and_comes_back_to_it(store: Store, clock: Clock) -> None:
    page = Facilitator(store=lambda: store, clock=clock)
    page.learners.text = "javascript:alert(1)"
    page.program.adds["Add one moment of it"].click()
    page.program.begin.click()
    assert "Give the address" in page.learners.problem
    page.learners.text = "http://127.0.0.1:1/"
    page.program.listed.children[0].click()
    page.program.begin.click()
    assert "1 to 60" in page.program.problem.value
    for add in page.program.adds.values():
        add.click()
    assert len(page.program.listed.children) == 4
    page.program.listed.children[0].click()
    assert len(page.program.parts) == 3
    page.program.begin.click()
    assert page.desk is not None
    assert "pp-qr" in page.desk.door.value
    assert f"http://127.0.0.1:1/?room={page.desk.desk.code}" in page.desk.door.value
    code, secret = page.desk.desk.code, page.desk.desk.secret
    assert page.desk.steps[Command.NEXT].description == "Begin"
    elsewhere = Facilitator(store=lambda: store, clock=clock)
    elsewhere.code.text, elsewhere.secret.text = code, "0" * 64
    elsewhere.again.click()
    assert "opens no room" in elsewhere.status.value
    elsewhere.secret.text = f"http://127.0.0.1:1/#desk={code}.{secret}"
    elsewhere.again.click()
    assert elsewhere.desk is not None
    assert elsewhere.desk.desk.code == code
    tab = Facilitator(store=lambda: store, clock=clock)
    tab.address._handle_custom_msg({"page": "http://127.0.0.1:1/", "desk": f"{code}.{secret}"}, [])
    assert tab.desk is not None
    for each in (page, elsewhere, tab):
        assert each.desk is not None
        each.desk.away.click()
        assert each.notice.value == ""


def test_the_app_leads_into_a_room_by_link_and_keeps_what_was_missed(workshop: Workshop) -> None:
    app = App(progress_store=ProgressStore(), clock=workshop.clock)
    app.progress_store._handle_custom_msg({"invited": workshop.code}, [])
    assert app.learner is not None
    app.learner.store = lambda: workshop.store
    app.learner.enter.click()
    workshop.learners.append(app.learner)
    workshop.take(Command.NEXT, Command.OPEN)
    workshop.vote(min(range(len(workshop.prompt.options)), key=lambda n: workshop.prompt.options[n].credit))
    workshop.take(Command.CLOSE, Command.REVEAL, Command.END)
    workshop.desk.yes.click()
    workshop.look()
    assert app.notice.value == ""
    assert len(app.progress.records) == 1
