"""The pages of a room, driven without a browser: what they show after each command, and what they never leak."""

from __future__ import annotations

import base64
import dataclasses
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances
from sqlalchemy import URL

from etiquette.practice import Sureness
from etiquette.room import AttemptLimit, Command, Phase, StoreError, Vote
from etiquette.room.agenda import Prompt
from etiquette.room.store import Store
from etiquette.views import App, Facilitator
from etiquette.views.controls import Announcer, ProgressStore, close_all
from etiquette.views.room import LearnerView, parse_saved_session
from etiquette.views.room.control import RoomControl
from tests.room.builders import an_agenda
from tests.room.store.builders import Clock, fill, full_disk
from tests.views.drawn import NASTY, Text, buttons
from tests.views.queued import QueuedEnvironment, queued_environment


@pytest.fixture
def store_url(tmp_path: Path) -> URL:
    return URL.create("sqlite", database=str(tmp_path / "rooms.sqlite3"))


@pytest.fixture
def here(store: Store) -> Iterator[QueuedEnvironment]:
    """The environment of all views of a test: one process."""
    with queued_environment(store) as here:
        yield here


class Browser:
    """What the tabs of one browser share: the saved session, and the news that there was a vote."""

    def __init__(self) -> None:
        self.saved_session = ""
        self.progress_stores: list[ProgressStore] = []

    def tab(self, here: QueuedEnvironment, clock: Clock) -> LearnerView:
        progress_store = Tab(self)
        progress_store.observe(lambda change: setattr(self, "saved_session", change.new), "membership")
        learner = LearnerView(progress_store, Announcer(), clock=clock)
        if self.saved_session:
            progress_store._handle_custom_msg({"seat": self.saved_session}, [])
        here.settle()
        return learner


class Tab(ProgressStore):
    """The progress store of one tab, whose message that there was a vote reaches the other tabs."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        super().__init__()
        browser.progress_stores.append(self)

    def send(self, content: dict[str, Any], buffers: Any = None) -> None:  # noqa: ARG002
        for progress_store in self.browser.progress_stores:
            if "voted" in content and progress_store is not self:
                progress_store._handle_custom_msg(content, [])


class Workshop:
    """A facilitator and the learners who have joined, each with their own view. `here` is the process of them all."""

    def __init__(self, here: QueuedEnvironment, clock: Clock) -> None:
        self.here, self.clock = here, clock
        self.session = here.store.open_room(an_agenda())
        self.code = self.session.code
        self.left: list[str] = []
        self.control = self.facilitate(lambda: self.left.append("gone"))
        self.learners: list[LearnerView] = []
        self.opened: list[LearnerView] = []

    def facilitate(self, on_leave: Callable[[], None] = lambda: None) -> RoomControl:
        """The facilitator's view, in another tab."""
        overview = self.session.snapshot()
        control = RoomControl(self.session, overview, Announcer(), on_leave, self.clock, "http://127.0.0.1/")
        self.here.settle()
        return control

    def open(self, browser: Browser | None = None) -> LearnerView:
        learner = (browser or Browser()).tab(self.here, self.clock)
        self.opened.append(learner)
        return learner

    def join(self, nickname: str = "", browser: Browser | None = None) -> LearnerView:
        learner = self.open(browser)
        learner.code.text, learner.nickname.text = self.code.lower(), nickname
        self.here.click(learner.enter)
        self.learners.append(learner)
        return learner

    def run(self, *commands: Command) -> None:
        for command in commands:
            assert self.control.commands[command].layout.display == "", command
            self.here.click(self.control.commands[command])
            assert self.control.notice.value == ""

    def vote(self, *choices: int) -> None:
        self.clock.move(seconds=1)
        for learner, choice in zip(self.learners, choices, strict=True):
            self.here.click(buttons(learner.choices)[choice])
            assert learner.notice.value == ""

    def votes(self) -> list[Vote]:
        """All votes that are stored."""
        rows = self.here.store.rows
        return rows.database.read(lambda it: rows.votes(it, self.code, rows.room(it, self.code).room.ballots))

    def followers(self) -> list[object]:
        """Those who are told of changes."""
        return list(self.here.store.feed._subscriptions)

    def close(self) -> None:
        for view in (self.control, *self.opened):
            view.close()

    @property
    def prompt(self) -> Prompt:
        prompt = self.control.overview.prompt
        assert prompt is not None
        return prompt


@pytest.fixture
def workshop(here: QueuedEnvironment, clock: Clock) -> Iterator[Workshop]:
    workshop = Workshop(here, clock)
    yield workshop
    workshop.close()


def visible_text(view: Any) -> str:
    """All the text that the view shows."""
    parts = [view.top, view.status, view.board, view.card]
    return " ".join(" ".join(Text(part.value).said) for part in parts if part.layout.display != "none")


def states(view: Widget) -> str:
    """The states of a view and of all its children: everything that the browser receives."""
    children = "".join(states(child) for child in getattr(view, "children", ()))
    return json.dumps(view.get_state(), default=str, ensure_ascii=False) + children


def test_a_code_opens_the_room_however_it_is_typed(workshop: Workshop) -> None:
    learner = workshop.join("Zoë")
    assert learner.snapshot is not None
    assert "You are in, as" in visible_text(learner)
    assert "Zoë" in visible_text(learner)
    assert "1 person is here" in visible_text(learner)
    assert buttons(learner.choices) == []
    assert "1 person is here" in visible_text(workshop.control)


def test_a_wrong_code_is_explained_beside_the_field(workshop: Workshop) -> None:
    learner = workshop.open()
    learner.code.text = "AEIOUY"
    workshop.here.click(learner.enter)
    assert "none of them is a vowel" in learner.code.problem
    learner.code.text = "BBBBBB"
    workshop.here.click(learner.enter)
    assert "There is no room with this code" in learner.code.problem
    assert learner.snapshot is None


def test_without_a_host_to_tell_visitors_apart_wrong_codes_are_counted_for_each_page(workshop: Workshop) -> None:
    workshop.here.store = dataclasses.replace(workshop.here.store, limit=AttemptLimit(max_attempts=1))
    one, other = workshop.open(), workshop.open()
    for learner, sentence in ((one, "There is no room"), (one, "Please wait 60 seconds"), (other, "There is no room")):
        learner.code.text = "BBBBBB"
        workshop.here.click(learner.enter)
        assert sentence in learner.code.problem


def test_a_question_from_the_first_vote_to_the_reveal(workshop: Workshop) -> None:
    """The first vote, hidden bars, shown bars, the second vote; then verdicts, reasons and how the room moved."""
    one, two = workshop.join("One"), workshop.join("Two")
    workshop.run(Command.NEXT)
    assert workshop.prompt.options[0].says in visible_text(one)
    workshop.run(Command.OPEN)
    best = workshop.prompt.best
    other = 0 if best else 1
    workshop.vote(best, other)
    assert "Your vote is in" in visible_text(one)
    assert buttons(one.choices)[best].description.startswith("✓ ")
    workshop.vote(other, other)
    assert buttons(one.choices)[other].description.startswith("✓ ")
    assert "2 voted" in visible_text(workshop.control)
    workshop.run(Command.CLOSE)
    assert "Talk to your neighbour" in visible_text(one)
    assert "100 %" not in visible_text(one) + visible_text(workshop.control)
    workshop.run(Command.SHOW)
    assert "100 %" in visible_text(one)
    assert "100 %" in visible_text(workshop.control)
    workshop.run(Command.HIDE)
    assert "100 %" not in visible_text(one) + visible_text(workshop.control)
    workshop.run(Command.OPEN)
    assert "Second vote open" in visible_text(two)
    workshop.vote(best, best)
    workshop.run(Command.CLOSE, Command.REVEAL)
    for view in (one, workshop.control):
        for option in workshop.prompt.options:
            assert option.assessment.reason in visible_text(view)
        assert "Of 2 people who voted twice, 2 changed: 2 came to the best answer, 0 left it." in visible_text(view)
    assert "your first answer" in visible_text(one)
    assert "your second answer · the best" in visible_text(one)
    assert "your first answer" not in visible_text(workshop.control)


def test_learners_say_how_sure_they_are_after_voting(workshop: Workshop) -> None:
    learner = workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)
    assert buttons(learner.sureness) == []
    workshop.vote(0)
    workshop.clock.move(seconds=1)
    workshop.here.click(buttons(learner.sureness)[list(Sureness).index(Sureness.SURE)])
    assert learner.snapshot is not None
    assert [answer and answer.sureness for answer in learner.snapshot.answers] == [Sureness.SURE]
    assert [shown.description for shown in buttons(learner.sureness)][-1] == "✓ Sure"


def test_the_screen_does_not_flicker_after_the_vote(workshop: Workshop) -> None:
    """Saying how sure they are changes no message; voting for the same option again shows only that it is sent."""
    learner = workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)
    workshop.vote(0)
    messages: list[str] = []
    learner.status.observe(lambda change: messages.append(change.new), "value")
    workshop.here.click(buttons(learner.sureness)[1])
    assert messages == []
    workshop.here.click(buttons(learner.choices)[0])
    assert [("Sending" in message, "Your vote is in" in message) for message in messages] == [
        (True, False),
        (False, True),
    ]


def test_no_widget_of_a_learner_holds_a_verdict_or_another_answer_before_the_reveal(workshop: Workshop) -> None:
    """Nor does any widget of the facilitator, whose page is on the projector, hold a verdict."""
    learner, other = workshop.join("One"), workshop.join("Other")
    for commands in ((Command.NEXT, Command.OPEN), (Command.CLOSE,), (Command.OPEN,), (Command.CLOSE,)):
        workshop.run(*commands)
        if Command.OPEN in commands:
            workshop.vote(0, 1)
        for view in (learner, workshop.control):
            received = states(view)
            assert workshop.prompt.options[0].says in received
            for option in workshop.prompt.options:
                assert json.dumps(option.assessment.reason, ensure_ascii=False)[1:-1] not in received
            assert "pp-badge" not in received
            assert "the best" not in received
            assert "pp-votes" not in received
        assert "Other" not in states(learner)
    assert other.snapshot is not None
    workshop.run(Command.REVEAL)
    assert "pp-badge" in states(learner)


def test_a_reload_and_a_second_tab_are_the_same_person(workshop: Workshop) -> None:
    browser = Browser()
    first = workshop.join("Zoë", browser)
    workshop.run(Command.NEXT, Command.OPEN)
    workshop.vote(1)
    second = workshop.open(browser)
    assert second.snapshot is not None
    assert first.snapshot is not None
    assert second.snapshot.person == first.snapshot.person
    assert "Your vote is in" in visible_text(second)
    workshop.vote(0)
    assert buttons(second.choices)[0].description.startswith("✓ "), "the other tab shows the vote at once"
    workshop.here.click(second.leave)
    assert parse_saved_session(browser.saved_session)[1] == ""
    assert "Join a room" in visible_text(second)


def test_the_session_is_saved_before_the_room_is_shown(workshop: Workshop) -> None:
    """A learner who reloads the page as soon as the room appears is still the same person."""
    events: list[str] = []
    learner = workshop.open()
    learner.progress_store.observe(lambda _: events.append("saved"), "membership")
    learner.top.observe(lambda _: events.append("shown"), "value")
    learner.code.text = workshop.code
    workshop.here.click(learner.enter)
    assert events == ["saved", "shown"]


def test_a_link_fills_in_the_code_or_resumes_the_saved_session(workshop: Workshop) -> None:
    stranger = workshop.open()
    stranger.invite(workshop.code)
    assert stranger.code.text.replace(" ", "") == workshop.code
    assert stranger.snapshot is None
    browser = Browser()
    workshop.join("Zoë", browser)
    returned = workshop.open(browser)
    returned.invite(workshop.code)
    workshop.here.settle()
    assert returned.snapshot is not None
    assert returned.snapshot.person.nickname == "Zoë"


def test_a_vote_that_arrives_too_late_is_explained(workshop: Workshop) -> None:
    learner = workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)
    workshop.control.commands[Command.CLOSE].click()
    workshop.here.click(buttons(learner.choices)[0])
    assert "was closed before yours came in" in visible_text(learner)
    assert learner.snapshot is not None
    assert learner.snapshot.screen.phase is Phase.CLOSED


def test_a_story_played_together_follows_the_majority_and_the_facilitator_breaks_a_tie(workshop: Workshop) -> None:
    workshop.join(), workshop.join()
    workshop.run(Command.NEXT, Command.SKIP, Command.SKIP, Command.SKIP, Command.OPEN)
    assert "pp-timeline" in workshop.learners[0].board.value
    workshop.vote(0, 1)
    workshop.run(Command.CLOSE)
    workshop.here.click(workshop.control.commands[Command.REVEAL])
    assert "It is a tie" in visible_text(workshop.control)
    options = workshop.prompt.options
    assert [shown.description for shown in buttons(workshop.control.ties)] == [options[0].says, options[1].says]
    workshop.here.click(buttons(workshop.control.ties)[1])
    assert "this is what the room did" in visible_text(workshop.learners[0])
    assert buttons(workshop.control.ties) == []
    workshop.run(Command.NEXT)
    assert "The story so far" in visible_text(workshop.learners[0])


def test_a_story_that_each_plays_alone_ends_with_where_the_paths_diverged(workshop: Workshop) -> None:
    learner, other = workshop.join(), workshop.join()
    workshop.run(Command.NEXT, *[Command.SKIP] * 4, Command.OPEN)
    while buttons(learner.choices):
        workshop.here.click(buttons(learner.choices)[0])
        assert learner.notice.value == ""
    assert "Your story is over" in visible_text(learner)
    assert "pp-badge" not in states(learner)
    workshop.here.click(buttons(other.choices)[1])
    workshop.run(Command.CLOSE, Command.REVEAL)
    assert "Your path" in visible_text(learner)
    assert "Where the paths parted" in visible_text(workshop.control)


def test_after_the_end_learners_have_their_own_debrief_and_the_facilitator_three_files(workshop: Workshop) -> None:
    learner = workshop.join("Zoë")
    ended: list[Any] = []
    learner.on_end = lambda debrief, at: ended.append((debrief, at))
    workshop.run(Command.NEXT, Command.OPEN)
    worst = min(range(len(workshop.prompt.options)), key=lambda n: workshop.prompt.options[n].credit)
    workshop.vote(worst)
    workshop.run(Command.CLOSE, Command.REVEAL, Command.END)
    assert "End the session for everybody" in Text(workshop.control.question.value).said[0]
    assert workshop.control.overview.screen.phase is Phase.REVEALED
    workshop.here.click(workshop.control.yes)
    assert "How it went for you" in visible_text(learner)
    assert workshop.learners[0].debrief is not None
    assert len(ended) == 1
    assert ended[0][1] == workshop.clock()
    control = workshop.control
    media_types = [link.href.partition(";")[0] for link in (control.report, control.table, control.lines)]
    assert media_types == ["data:text/html", "data:text/csv", "data:application/jsonl"]
    assert json.loads(_decoded(control.lines.href))["result"]["response"] == str(worst + 1)
    assert "Most often missed" in visible_text(control)


def _decoded(href: str) -> str:
    return base64.b64decode(href.partition("base64,")[2]).decode()


def test_deleting_a_room_needs_confirmation_and_learners_are_told(workshop: Workshop) -> None:
    learner = workshop.join()
    workshop.here.click(workshop.control.delete)
    workshop.here.click(workshop.control.no)
    workshop.here.click(workshop.control.yes)
    assert workshop.left == []
    workshop.here.click(workshop.control.delete)
    workshop.here.click(workshop.control.yes)
    assert workshop.left == ["gone"]
    assert "There is no room with this code" in visible_text(learner)


def test_while_the_store_cannot_be_reached_the_page_says_so_and_confirms_no_vote(tmp_path: Path, clock: Clock) -> None:
    here, away = tmp_path / "here", tmp_path / "away"
    store = Store.open(f"sqlite:///{here / 'rooms.sqlite3'}", clock=clock, timeout=0)
    with queued_environment(store) as process:
        workshop = Workshop(process, clock)
        learner = workshop.join()
        workshop.run(Command.NEXT, Command.OPEN)
        process.store.close()
        here.rename(away)
        workshop.vote(0)
        assert "Your vote is in" not in visible_text(learner)
        assert "pp-answer" in learner.status.value
        workshop.here.click(workshop.control.commands[Command.CLOSE])
        assert "pp-answer" in workshop.control.status.value
        assert workshop.control.notice.value == ""
        away.rename(here)
        workshop.vote(0)
        assert "Your vote is in" in visible_text(learner)
        workshop.run(Command.CLOSE)
        workshop.close()
    store.close()


def test_when_the_disk_is_full_the_page_says_so_and_confirmed_votes_are_kept(workshop: Workshop) -> None:
    learner = workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)
    workshop.vote(0)
    with full_disk(workshop.here.store):
        with pytest.raises(StoreError):
            fill(workshop.here.store, workshop.code)
        late = workshop.join("Late")
        assert "The disk of the rooms is full" in visible_text(late)
        assert late.session is None
        assert "Your vote is in" in visible_text(learner)
    workshop.here.click(late.enter)
    assert late.session is not None
    workshop.vote(1, 1)
    assert workshop.control.session.snapshot().screen.voted == 2


NICKNAMES = [NASTY, "‮evil", "a" * 10_000, "Z̷̧̛͎͙̓̿a" * 50, "<script>alert(1)</script>", "{0} %s"]


@pytest.mark.parametrize("nickname", NICKNAMES)
def test_a_nickname_is_never_markup_and_a_click_hides_it(workshop: Workshop, nickname: str) -> None:
    learner = workshop.join(nickname)
    assert learner.notice.value == ""
    assert {"img", "script"}.isdisjoint(Text(learner.board.value).elements)
    assert len(visible_text(learner)) < 300
    workshop.here.click(workshop.control.toggle_nicknames)
    (hide,) = workshop.control.nicknames.children
    assert "‮" not in hide.description
    workshop.here.click(hide)
    assert workshop.control.notice.value == ""
    assert workshop.control.nicknames.children[0].description == "Show the nickname of Person 1"


def test_a_timer_counts_down_for_everybody_and_stops_with_the_vote(workshop: Workshop) -> None:
    learner = workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)
    workshop.here.click(workshop.control.timers.children[0])
    assert workshop.control.countdown.left == 60
    assert learner.countdown.left == 60
    workshop.run(Command.CLOSE)
    assert learner.countdown.left == -1


def test_the_facilitator_is_offered_what_is_allowed_now_and_rare_commands_are_folded_away(workshop: Workshop) -> None:
    def offered() -> list[str]:
        return [shown.description for row in (control.main_commands, control.rare_commands) for shown in buttons(row)]

    control = workshop.control
    assert offered() == ["Begin", "End the session"]
    workshop.run(Command.NEXT, Command.OPEN)
    assert offered() == ["Close the vote", "End the session"]
    assert control.more.description == "More steps"
    workshop.here.click(control.more)
    assert offered() == ["Close the vote", "End the session", "Reset this vote", "Skip"]
    assert control.more.description == "Fewer steps"
    workshop.here.click(control.more)
    workshop.run(Command.CLOSE)
    assert offered() == ["Open the second vote", "Show the bars", "Reveal the answers", "End the session"]


def test_of_two_commands_at_once_the_room_runs_one(workshop: Workshop) -> None:
    other = workshop.facilitate()
    workshop.control.commands[Command.NEXT].click()
    workshop.here.click(other.commands[Command.NEXT])
    assert "The room has moved on" in visible_text(other)
    assert other.overview.screen.phase is Phase.READY
    other.close()


def test_every_button_is_safe_in_every_state(workshop: Workshop) -> None:
    """Nothing fails, even when a hidden button is clicked."""
    workshop.join("Zoë")
    rng = random.Random(5)
    control = workshop.control
    every = [*control.commands.values(), *control.timers.children, *control.ties.children]
    every += [control.no, control.toggle_nicknames]
    for _ in range(300):
        workshop.here.click(rng.choice(every))
        assert control.notice.value == ""
        for shown in (*workshop.learners[0].choices.children, *workshop.learners[0].sureness.children):
            shown.click()
        workshop.here.settle()
        assert workshop.learners[0].notice.value == ""


def test_voting_creates_no_new_widgets(workshop: Workshop) -> None:
    workshop.join()
    workshop.run(Command.NEXT)
    before = len(_instances)
    workshop.run(Command.OPEN)
    workshop.vote(0)
    workshop.run(Command.CLOSE, Command.SHOW, Command.REVEAL, Command.NEXT)
    assert len(_instances) == before


def test_the_facilitator_puts_a_session_together_and_comes_back_to_it(here: QueuedEnvironment, clock: Clock) -> None:
    page = Facilitator(clock=clock)
    page.learners_url.text = "javascript:alert(1)"
    here.click(page.agenda_editor.add_buttons["Add one moment of it"])
    here.click(page.agenda_editor.open_room)
    assert "Give the address" in page.learners_url.problem
    page.learners_url.text = "http://127.0.0.1:1/"
    here.click(page.agenda_editor.rows.children[0])
    here.click(page.agenda_editor.open_room)
    assert "1 to 60" in page.agenda_editor.problem.value
    for add in page.agenda_editor.add_buttons.values():
        here.click(add)
    assert len(page.agenda_editor.rows.children) == 4
    here.click(page.agenda_editor.rows.children[0])
    assert len(page.agenda_editor.parts) == 3
    here.click(page.agenda_editor.open_room)
    assert page.control is not None
    assert "pp-qr" in page.control.join_info.value
    assert f"http://127.0.0.1:1/?room={page.control.session.code}" in page.control.join_info.value
    code, secret = page.control.session.code, page.control.session.secret
    assert page.control.commands[Command.NEXT].description == "Begin"
    elsewhere = Facilitator(clock=clock)
    elsewhere.code.text, elsewhere.secret.text = code, "0" * 64
    here.click(elsewhere.resume)
    assert "opens no room" in elsewhere.status.value
    elsewhere.secret.text = f"http://127.0.0.1:1/#desk={code}.{secret}"
    here.click(elsewhere.resume)
    assert elsewhere.control is not None
    assert elsewhere.control.session.code == code
    tab = Facilitator(clock=clock)
    tab.address._handle_custom_msg({"page": "http://127.0.0.1:1/", "desk": f"{code}.{secret}"}, [])
    here.settle()
    assert tab.control is not None
    for view in (page, elsewhere, tab):
        assert view.control is not None
        here.click(view.control.leave)
        assert view.notice.value == ""


def test_a_link_opens_a_room_in_the_app_and_what_was_missed_is_recorded(workshop: Workshop) -> None:
    app = App(progress_store=ProgressStore(), clock=workshop.clock)
    app.progress_store._handle_custom_msg({"invited": workshop.code}, [])
    assert app.learner is not None
    workshop.here.click(app.learner.enter)
    workshop.learners.append(app.learner)
    workshop.run(Command.NEXT, Command.OPEN)
    workshop.vote(min(range(len(workshop.prompt.options)), key=lambda n: workshop.prompt.options[n].credit))
    workshop.run(Command.CLOSE, Command.REVEAL, Command.END)
    workshop.here.click(workshop.control.yes)
    assert app.notice.value == ""
    assert len(app.progress.records) == 1


# One process for all: nothing waits for the store, and what comes late does no harm


def test_a_click_does_not_wait_for_the_store(workshop: Workshop) -> None:
    """The page says that the vote is on its way; it is confirmed when the store has kept it."""
    learner = workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)
    buttons(learner.choices)[0].click()
    assert "Sending…" in visible_text(learner)
    assert workshop.session.snapshot().screen.voted == 0
    workshop.here.settle()
    assert "Your vote is in" in visible_text(learner)
    assert workshop.session.snapshot().screen.voted == 1


def test_of_two_quick_taps_the_later_counts_from_when_it_was_tapped(workshop: Workshop) -> None:
    learner = workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)
    for number in (1, 0):
        workshop.clock.move(seconds=1)
        buttons(learner.choices)[number].click()
    tapped = workshop.clock()
    workshop.clock.move(minutes=1)
    workshop.here.settle()
    assert buttons(learner.choices)[0].description.startswith("✓ ")
    assert workshop.session.snapshot().tallies[0].counts[:2] == (1, 0)
    assert [vote.at for vote in workshop.votes()] == [tapped]


def test_who_says_how_sure_they_are_before_a_changed_vote_has_arrived_means_the_changed_vote(
    workshop: Workshop,
) -> None:
    learner = workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)
    workshop.vote(0)
    workshop.clock.move(seconds=1)
    buttons(learner.choices)[1].click()
    workshop.clock.move(seconds=1)
    workshop.here.click(buttons(learner.sureness)[-1])
    assert [(vote.option, vote.sureness) for vote in workshop.votes()] == [(1, Sureness.SURE)]


def test_two_taps_on_join_are_one_person(workshop: Workshop) -> None:
    learner, before = workshop.open(), len(workshop.followers())
    learner.code.text = workshop.code
    learner.enter.click()
    workshop.here.click(learner.enter)
    assert "You are in" in visible_text(learner)
    assert len(workshop.followers()) == before + 1
    assert len(workshop.session.snapshot().people) == 1


def test_what_comes_after_a_learner_has_left_is_dropped(workshop: Workshop) -> None:
    """A vote that was on its way counts, but they do not see the room again."""
    learner = workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)
    buttons(learner.choices)[0].click()
    learner.leave.click()
    workshop.run(Command.CLOSE)
    assert "Join a room" in visible_text(learner)
    assert learner.status.value == ""
    assert workshop.session.snapshot().screen.voted == 1


def test_a_view_that_is_closed_while_it_joins_follows_no_room(workshop: Workshop) -> None:
    """A late click, or closing a view a second time, does no harm."""
    learner, before = workshop.open(), len(workshop.followers())
    learner.code.text = workshop.code
    learner.enter.click()
    learner.close()
    workshop.here.click(learner.enter)
    assert learner.snapshot is None
    assert len(workshop.followers()) == before
    for view in (learner, workshop.control, workshop.control):
        view.close()
    assert workshop.followers() == []


def test_a_room_that_was_left_leaves_no_widget_and_no_subscription(here: QueuedEnvironment, clock: Clock) -> None:
    before = len(_instances)
    workshop = Workshop(here, clock)
    for nickname in ("One", "Two"):
        workshop.join(nickname)
    workshop.run(Command.NEXT, Command.OPEN)
    workshop.vote(0, 1)
    workshop.here.click(workshop.control.toggle_nicknames)
    workshop.close()
    for view in (workshop.control, *workshop.learners):
        close_all(view.announcer)
    close_all(*(learner.progress_store for learner in workshop.learners))
    assert workshop.followers() == []
    assert len(_instances) == before


def test_no_change_is_lost_while_a_learner_joins(workshop: Workshop) -> None:
    """The facilitator begins after the room was loaded, and before it is on screen."""
    learner = workshop.open()
    learner.code.text = workshop.code
    learner.enter.click()
    workshop.here.thread(meanwhile=lambda: workshop.session.do(Command.NEXT, seen=1))
    assert "You are in" in visible_text(learner)
    workshop.here.settle()
    assert "The vote is not open yet" in visible_text(learner)


def test_of_several_changes_only_the_newest_is_drawn(workshop: Workshop) -> None:
    """The facilitator's view, which asks the store, does so once."""
    learner = workshop.join()
    headings: list[str] = []
    learner.top.observe(lambda change: headings.append(change.new), "value")
    for version, command in enumerate((Command.NEXT, Command.OPEN, Command.CLOSE), start=1):
        workshop.session.do(command, seen=version)
        workshop.here.tell()
    workshop.here.loop()
    assert ["First vote closed" in heading for heading in headings] == [True]
    workshop.session.do(Command.SHOW, seen=4)
    workshop.here.tell()
    workshop.here.loop()
    assert len(workshop.here.threads) == 1
    workshop.here.settle()
    assert workshop.control.overview.version == 5


def test_a_state_that_is_older_than_the_screen_is_not_drawn(workshop: Workshop) -> None:
    """A learner loads the room, because they voted in another tab, while an earlier change is on its way to them."""
    learner = workshop.join()
    headings: list[str] = []
    learner.top.observe(lambda change: headings.append(change.new), "value")
    workshop.session.do(Command.NEXT, seen=1)
    workshop.here.tell()
    workshop.session.do(Command.OPEN, seen=2)
    learner.load()
    workshop.here.thread()
    workshop.here.settle()
    assert ["First vote open" in heading for heading in headings] == [True]


def test_a_confirmed_vote_is_not_undone_by_a_state_from_before_it(workshop: Workshop) -> None:
    """Somebody else has arrived in the meantime, which is told at the same version of the room."""
    learner = workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)
    workshop.here.store.join(workshop.code, workshop.here.store.new_token())
    workshop.here.tell()
    buttons(learner.choices)[0].click()
    workshop.here.thread()
    assert "Your vote is in" in visible_text(learner)
    workshop.here.loop()
    assert "Your vote is in" in visible_text(learner)
    assert buttons(learner.choices)[0].description.startswith("✓ ")


def test_a_vote_that_is_confirmed_after_it_was_closed_does_not_open_it_again(workshop: Workshop) -> None:
    learner = workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)

    def close() -> None:
        workshop.session.do(Command.CLOSE, seen=3)
        workshop.here.tell()
        workshop.here.loop()

    buttons(learner.choices)[0].click()
    workshop.here.thread(meanwhile=close)
    assert "First vote closed" in visible_text(learner)
    assert "You would" in visible_text(learner)
    assert "Sending" not in visible_text(learner)


def test_in_the_lobby_each_sees_how_many_have_arrived(workshop: Workshop) -> None:
    learner = workshop.join()
    workshop.join()
    assert "2 people are here" in visible_text(learner)


def test_learners_in_one_process_see_their_own_room_and_answers_only(workshop: Workshop) -> None:
    one, two = workshop.join("One"), workshop.join("Two")
    elsewhere = Workshop(workshop.here, workshop.clock)
    stranger = elsewhere.join("Stranger")
    waiting = states(stranger)
    workshop.run(Command.NEXT, Command.OPEN)
    buttons(one.choices)[0].click()
    workshop.here.settle()
    assert [shown.description.startswith("✓ ") for shown in buttons(one.choices)][:2] == [True, False]
    assert "✓ " not in states(two)
    assert "Your vote is in" not in states(two)
    assert states(stranger) == waiting
    elsewhere.close()


def test_after_an_outage_a_vote_is_confirmed_again_and_whoever_came_in_it_can_join(
    tmp_path: Path, clock: Clock
) -> None:
    """Who loaded the page again in the outage finds the code filled in, and is still the same person."""
    here, away = tmp_path / "here", tmp_path / "away"
    store = Store.open(f"sqlite:///{here / 'rooms.sqlite3'}", clock=clock, timeout=0)
    with queued_environment(store) as process:
        workshop = Workshop(process, clock)
        browser = Browser()
        learner = workshop.join("Zoë", browser)
        workshop.run(Command.NEXT, Command.OPEN)
        workshop.vote(0)
        process.store.close()
        here.rename(away)
        process.settle()
        returned = workshop.open(browser)
        for view in (learner, workshop.control, returned):
            assert "cannot be opened" in visible_text(view)
        away.rename(here)
        process.settle()
        assert "Your vote is in" in visible_text(learner)
        assert workshop.control.status.value == ""
        process.click(returned.enter)
        assert returned.snapshot is not None
        assert returned.snapshot.person.nickname == "Zoë"
        workshop.close()


@pytest.mark.parametrize("told", ["../../", "http://127.0.0.1:1/learn/"])
def test_the_learners_address_is_filled_in_where_the_host_knows_it(here: QueuedEnvironment, told: str) -> None:
    here.learners_url = told
    page = Facilitator()
    page.address._handle_custom_msg({"page": "http://127.0.0.1:1/learn/facilitator/secret/", "desk": ""}, [])
    assert page.learners_url.text == "http://127.0.0.1:1/learn/"


def test_a_facilitator_who_opens_a_room_twice_at_once_sees_one(here: QueuedEnvironment) -> None:
    before = len(_instances)
    page = Facilitator()
    page.agenda_editor.add_buttons["Add the questions"].click()
    page.agenda_editor.open_room.click()
    page.agenda_editor.open_room.click()
    here.settle()
    assert page.control is not None
    first = page.control
    page.agenda_editor.open_room.click()
    here.settle()
    assert page.control is first
    page.close()
    assert len(_instances) == before, "it leaves no widget"
