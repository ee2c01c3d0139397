"""The control, driven without a browser: each step is taken once, and the dangerous ones are confirmed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from etiquette.room import Command, Phase
from etiquette.room.store import Store
from etiquette.views.room.control.commands import COMMON, CONFIRMED, RARE
from etiquette.views.room.control.control import IT_IS_A_TIE, RoomControl
from etiquette.views.room.links import RoomLinks
from tests.room.store.builders import Clock
from tests.views.drawn import NASTY, Text, buttons
from tests.views.put_off import put_off
from tests.views.test_room import Workshop, visible_text


@pytest.fixture
def workshop(tmp_path: Path, clock: Clock) -> Iterator[Workshop]:
    store = Store.open(f"sqlite:///{tmp_path / 'rooms.sqlite3'}", clock=clock, timeout=0)
    with put_off(store) as here:
        workshop = Workshop(here, clock)
        yield workshop
        workshop.close()
        here.store.close()


@pytest.fixture
def control(workshop: Workshop) -> RoomControl:
    return workshop.control


def press(workshop: Workshop) -> str:
    """Press the primary button; returns what it said."""
    (label,) = workshop.control.primary.labels
    workshop.control.primary.click("primary")
    workshop.here.settle()
    assert workshop.control.notice.value == ""
    return label


def press_key(workshop: Workshop, key: str) -> None:
    workshop.control.presenter.press(key)
    workshop.here.settle()


def enabled(control: RoomControl) -> set[str]:
    """The names of the commands whose buttons can be pressed."""
    groups = (control.common, control.rare, control.dangerous)
    return {each["name"] for group in groups for each in group.buttons if each["enabled"]}


def shown(control: RoomControl) -> str:
    return " ".join(Text(control.notes.value).said)


def test_the_primary_button_leads_through_a_question_by_peer_instruction(workshop: Workshop) -> None:
    """Half of the room is right at first, so they talk and vote again."""
    workshop.join()
    workshop.join()
    assert [press(workshop), press(workshop)] == ["Begin", "Open the vote"]
    best = workshop.prompt.best
    wrong = next(number for number in range(4) if workshop.prompt.mistaken(number))
    workshop.vote(best, wrong)
    steps = [press(workshop), press(workshop)]
    workshop.vote(best, best)
    steps += [press(workshop), press(workshop), press(workshop)]
    assert steps == ["Close the vote", "Vote again", "Close the vote", "Show the answers", "Next"]


def test_a_room_that_is_right_at_once_goes_on_to_the_answers(workshop: Workshop) -> None:
    workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)
    workshop.vote(workshop.prompt.best)
    workshop.run(Command.CLOSE)
    assert "1 of 1 is right, so you don’t need a second vote" in shown(workshop.control)
    assert workshop.control.primary.labels == ["Show the answers"]


def test_two_clicks_on_one_button_do_one_thing_and_the_second_is_explained(
    workshop: Workshop, control: RoomControl
) -> None:
    """The second click arrives after the room has moved on, and names what its button said."""
    workshop.run(Command.NEXT)
    saw = control.primary.state
    for _ in range(2):
        control.primary.click("primary", saw)
        workshop.here.settle()
    assert control.overview.screen.phase is Phase.OPEN
    assert "already moved on" in visible_text(control)


@pytest.mark.parametrize("command", CONFIRMED)
def test_a_late_click_on_a_dangerous_command_is_refused_and_asks_nothing(
    workshop: Workshop, control: RoomControl, command: Command
) -> None:
    workshop.run(Command.NEXT, Command.OPEN)
    control.dangerous.click(command.value, "2")
    workshop.here.settle()
    assert control.confirmation.asked == 0
    assert "already moved on" in visible_text(control)
    assert control.overview.screen.phase is Phase.OPEN


@pytest.mark.parametrize("command", CONFIRMED)
def test_what_is_dangerous_asks_first_and_can_be_undone_for_ten_seconds(
    workshop: Workshop, control: RoomControl, command: Command
) -> None:
    workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)
    workshop.vote(1)
    for yes in (False, True):
        control.dangerous.click(command.value)
        assert control.overview.screen.phase is Phase.OPEN
        control.confirmation.answer(yes=yes)
        workshop.here.settle()
    assert control.overview.screen.phase is not Phase.OPEN
    assert control.undo.left == 10
    control.undo.when_clicked(control.undo.state)
    workshop.here.settle()
    assert (control.overview.screen.phase, control.overview.tallies[0].counts[1]) == (Phase.OPEN, 1)
    assert control.undo.left == 0


def test_it_is_too_late_to_undo_after_ten_seconds(workshop: Workshop, control: RoomControl) -> None:
    workshop.run(Command.NEXT, Command.OPEN, Command.RESET)
    workshop.clock.move(seconds=11)
    control.undo.when_clicked(control.undo.state)
    workshop.here.settle()
    assert "for 10 seconds only" in visible_text(control)


def test_an_answer_to_an_earlier_question_answers_nothing(workshop: Workshop, control: RoomControl) -> None:
    workshop.run(Command.NEXT, Command.OPEN)
    control.dangerous.click("reset")
    control.dangerous.click("delete")
    control.confirmation.answer(yes=True, asked=1)
    workshop.here.settle()
    assert control.overview.screen.phase is Phase.OPEN
    assert "Delete this room" in control.confirmation.question


def test_every_command_keeps_its_place(workshop: Workshop, control: RoomControl) -> None:
    """Those that are not possible now are shown, and do nothing."""
    places = [[each["name"] for each in group.buttons] for group in (control.common, control.rare, control.dangerous)]
    assert places == [[*COMMON], [*RARE], [*CONFIRMED, "delete"]]
    assert enabled(control) == {"next", "end", "delete"}
    workshop.run(Command.NEXT, Command.OPEN)
    assert enabled(control) == {"close", "reset", "skip", "end", "delete"}
    assert [
        [each["name"] for each in group.buttons] for group in (control.common, control.rare, control.dangerous)
    ] == (places)


def test_a_presenters_keys_go_on_and_back_one_step_at_a_time(workshop: Workshop, control: RoomControl) -> None:
    """Back from the second question: to its predecessor's answers, then nowhere, since that is the first."""
    workshop.join()
    press_key(workshop, "PageUp")
    assert control.overview.screen.phase is Phase.LOBBY
    for _ in range(2):
        press_key(workshop, "PageDown")
    workshop.vote(workshop.prompt.best)
    press_key(workshop, "PageUp")
    assert "Close the vote before you go back." in visible_text(control)
    press_key(workshop, "PageDown")
    press_key(workshop, "PageUp")
    assert (control.overview.screen.phase, control.overview.screen.voted) == (Phase.OPEN, 1)
    workshop.run(Command.CLOSE, Command.SHOW)
    press_key(workshop, "PageUp")
    assert (control.overview.screen.phase, control.overview.screen.bars) == (Phase.CLOSED, ())
    for _ in range(2):
        press_key(workshop, "PageDown")
    assert control.overview.screen.item_number == 2
    press_key(workshop, "PageUp")
    assert (control.overview.screen.item_number, control.overview.screen.phase) == (1, Phase.REVEALED)
    press_key(workshop, "PageUp")
    assert "This is the first question" in visible_text(control)


def test_a_late_key_for_back_is_refused(workshop: Workshop, control: RoomControl) -> None:
    workshop.run(Command.NEXT, Command.SKIP)
    saw = control.presenter.state
    workshop.run(Command.OPEN, Command.CLOSE)
    control.presenter.press("PageUp", saw)
    workshop.here.settle()
    assert "already moved on" in visible_text(control)
    assert control.overview.screen.phase is Phase.CLOSED


@pytest.mark.parametrize("by_key", [False, True])
@pytest.mark.parametrize(("skipped", "asks"), [(0, "Nobody has voted yet. Close the vote"), (4, "Nobody has started")])
def test_closing_a_vote_without_votes_asks_first(
    workshop: Workshop, control: RoomControl, by_key: bool, skipped: int, asks: str
) -> None:
    """Once somebody has voted, it does not."""
    close = partial(control.presenter.press, "PageDown") if by_key else partial(control.common.click, "close")
    workshop.join()
    workshop.run(Command.NEXT, *[Command.SKIP] * skipped, Command.OPEN)
    for yes in (False, True):
        close()
        workshop.here.settle()
        assert control.overview.screen.phase is Phase.OPEN
        assert asks in control.confirmation.question
        control.confirmation.answer(yes=yes)
        workshop.here.settle()
    assert control.overview.screen.phase is Phase.CLOSED
    assert control.undo.left == 0
    workshop.run(Command.REOPEN)
    workshop.vote(0)
    close()
    workshop.here.settle()
    assert control.overview.screen.phase is Phase.CLOSED


@pytest.mark.parametrize(
    ("skipped", "asks"), [(0, "Skip this one?"), (3, "Skip the rest of this story?"), (4, "Skip this story?")]
)
def test_the_question_before_skipping_says_what_is_skipped(
    workshop: Workshop, control: RoomControl, skipped: int, asks: str
) -> None:
    workshop.run(Command.NEXT, *[Command.SKIP] * skipped)
    control.dangerous.click("skip")
    assert asks in control.confirmation.question


def test_the_last_step_is_the_end_which_asks(workshop: Workshop, control: RoomControl) -> None:
    workshop.run(Command.NEXT, *[Command.SKIP] * 4, Command.OPEN, Command.CLOSE, Command.REVEAL)
    assert press(workshop) == "End the session"
    press_key(workshop, "PageDown")
    assert "End the session for everyone" in control.confirmation.question
    assert control.overview.screen.phase is Phase.REVEALED
    assert control.saving.layout.display == "none"
    control.confirmation.answer(yes=True)
    workshop.here.settle()
    assert control.primary.labels == []
    assert control.saving.layout.display == ""
    assert control.running.layout.display == "none"
    assert enabled(control) == {"delete"}


def test_a_skipped_last_item_leads_to_the_end(workshop: Workshop, control: RoomControl) -> None:
    workshop.run(Command.NEXT, *[Command.SKIP] * 5)
    assert control.primary.labels == ["End the session"]


def test_the_facilitator_sees_votes_and_verdicts_before_the_room(workshop: Workshop, control: RoomControl) -> None:
    learner = workshop.join()
    workshop.run(Command.NEXT, Command.OPEN)
    workshop.vote(0)
    assert "100%" in visible_text(control)
    assert all(option.reason in visible_text(control) for option in workshop.prompt.options)
    assert "100%" not in visible_text(learner)


def test_a_story_that_each_plays_alone_counts_who_started_and_finished(
    workshop: Workshop, control: RoomControl
) -> None:
    workshop.join()
    workshop.run(Command.NEXT, *[Command.SKIP] * 4)
    assert control.primary.labels == ["Start the story"]
    assert "The story hasn’t started yet" in visible_text(control)
    assert control.overview.teaches in shown(control)
    workshop.run(Command.OPEN)
    workshop.vote(0)
    assert "1 started, 0 finished" in visible_text(control)


def test_a_tie_in_a_story_is_decided_by_the_facilitator(workshop: Workshop, control: RoomControl) -> None:
    workshop.join()
    workshop.join()
    workshop.run(Command.NEXT, *[Command.SKIP] * 3, Command.OPEN)
    workshop.vote(0, 1)
    workshop.run(Command.CLOSE)
    assert control.ties.layout.display == "none"
    workshop.run(Command.OPEN)
    workshop.vote(0, 1)
    workshop.run(Command.CLOSE)
    assert press(workshop) == "Decide the tie"
    assert control.ties.layout.display == ""
    assert visible_text(control).count(IT_IS_A_TIE) == 1
    assert control.tie.labels == list(control.overview.screen.options[:2])
    control.tie.click("1")
    workshop.here.settle()
    assert control.overview.screen.revealed is not None
    assert control.overview.screen.revealed.choice == 1
    assert control.ties.layout.display == "none"
    assert IT_IS_A_TIE not in visible_text(control)


def test_the_next_step_leads_to_the_tie_each_time_until_it_is_decided(workshop: Workshop, control: RoomControl) -> None:
    """By button and by key. If somebody decides it elsewhere, the sentence goes."""
    sent: list[dict[str, str]] = []
    control.announcer.send = sent.append
    workshop.run(Command.NEXT, *[Command.SKIP] * 3, Command.OPEN, Command.CLOSE, Command.OPEN, Command.CLOSE)
    sent.clear()
    press(workshop)
    press_key(workshop, "PageDown")
    press(workshop)
    assert [message["say"] for message in sent if "focus" in message] == [IT_IS_A_TIE] * 3
    assert IT_IS_A_TIE in visible_text(control)
    other = workshop.facilitate()
    other.run(Command.REVEAL)
    other.tie.click("0")
    workshop.here.settle()
    assert control.overview.screen.phase is Phase.REVEALED
    assert IT_IS_A_TIE not in visible_text(control)


def test_the_line_of_numbers_counts_the_questions_that_wait(workshop: Workshop, control: RoomControl) -> None:
    assert "waiting" not in visible_text(control)
    for asked in (1, 2):
        learner = workshop.join()
        assert learner.session is not None
        learner.session.ask(f"May I call {asked} times?")
        workshop.here.settle()
        assert f"{asked} question{' is' if asked == 1 else 's are'} waiting" in visible_text(control)


def test_the_timer_is_set_and_stopped(workshop: Workshop, control: RoomControl) -> None:
    workshop.run(Command.NEXT, Command.OPEN)
    for minutes, left in (("2", 120), ("0", -1)):
        control.timers.click(minutes)
        workshop.here.settle()
        assert control.countdown.left == left


def test_minutes_are_counted_for_what_began_while_the_page_was_open(workshop: Workshop, control: RoomControl) -> None:
    assert control.spent.spent == -1
    workshop.run(Command.NEXT)
    assert (control.spent.item, control.spent.spent) == (1, 0)
    assert workshop.facilitate().spent.spent == -1


def test_deleting_a_room_needs_confirmation_and_learners_are_told(workshop: Workshop, control: RoomControl) -> None:
    learner = workshop.join("Zoë")
    for yes in (False, True):
        control.dangerous.click("delete")
        assert not control.closed
        control.confirmation.answer(yes=yes)
        workshop.here.settle()
    assert control.closed
    assert "There’s no room with that code" in visible_text(learner)


@pytest.mark.parametrize("nickname", [NASTY, "‮evil", "a" * 10_000, "Z̷̧̛͎͙̓̿a" * 50, "<script>alert(1)</script>", "{0} %s"])
def test_a_nickname_is_never_markup_and_a_click_hides_it(
    workshop: Workshop, control: RoomControl, nickname: str
) -> None:
    learner = workshop.join(nickname)
    assert learner.notice.value == ""
    assert {"img", "script"}.isdisjoint(Text(learner.board.value).elements)
    assert len(visible_text(learner)) < 300
    assert control.people.list.buttons == []
    workshop.here.click(control.people.toggle)
    assert "‮" not in control.people.list.labels[0]
    control.people.list.click("hide 1")
    workshop.here.settle()
    assert control.notice.value == ""
    assert control.people.list.labels == ["Show Person 1’s nickname", "Remove Person 1"]


def test_removing_a_person_asks_first(workshop: Workshop, control: RoomControl) -> None:
    workshop.join()
    workshop.here.click(control.people.toggle)
    assert control.people.list.labels == ["Person 1, without a nickname", "Remove Person 1"]
    control.people.list.click("remove 1")
    assert "Remove Person 1 from this room?" in control.confirmation.question


def test_the_projector_is_a_link_to_a_window_of_its_own_and_absent_without_an_address(workshop: Workshop) -> None:
    links = RoomLinks("https://example.org/?room=B", "", "https://example.org/#projector/B.0/")
    overview, view = workshop.session.snapshot(), workshop.control
    assert view.projector.value == ""
    linked = RoomControl(workshop.session, overview, view.announcer, lambda: None, workshop.clock, links)
    workshop.views.append(linked)
    assert f'href="{links.projector}" target="etiquette-projector-{workshop.code}"' in linked.projector.value


def test_every_button_is_safe_in_every_state(workshop: Workshop, control: RoomControl) -> None:
    """Nothing fails, even when a button is clicked that is not enabled or not on screen."""
    learner, rng = workshop.join("Zoë"), random.Random(5)
    clicks: list[Callable[[], object]] = [
        *(partial(control.common.click, each.value) for each in (*COMMON, *RARE, *CONFIRMED)),
        *(partial(control.timers.click, each) for each in "120"),
        lambda: control.tie.click("0", str(control.overview.version)),
        lambda: control.undo.when_clicked(control.undo.state),
        lambda: control.confirmation.answer(yes=True),
        lambda: control.presenter.press("PageDown") if control.presenter.state else None,
        lambda: control.people.toggle.click(),
    ]
    for _ in range(100):
        rng.choice(clicks)()
        workshop.here.settle()
        for shown in (*buttons(learner.choices), *buttons(learner.sureness)):
            shown.click()
        workshop.here.settle()
        assert (control.notice.value, learner.notice.value) == ("", "")
