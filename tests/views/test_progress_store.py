"""The progress store and the view of progress, without a browser: a dict stands in for its localStorage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette.practice import (
    Activity,
    Judged,
    Learned,
    Mode,
    Played,
    Progress,
    ProgressFile,
    QuizTaken,
    Sureness,
    Topic,
)
from etiquette.stories import library
from etiquette.views import App, KernelEnvironment, Player
from etiquette.views.controls import Announcer, ProgressStore
from etiquette.views.controls.progress_store import NOT_KEPT, NOT_READ
from etiquette.views.page.progress import ProgressView
from etiquette.views.quiz import QuizView
from etiquette.views.stories import Chooser
from tests.builders import days
from tests.views.drawn import NASTY, Text, choose

LIBRARY = library()
MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
PLAYED = Played(MONDAY, "room-tone", 80)


class Tab(ProgressStore):
    """The progress store in a browser tab. It treats `stored` as progress_store.js treats localStorage.

    `remembered` is the tab's resume point, which the browser keeps in sessionStorage. A tab whose page is not `ready`
    receives no messages.
    """

    def __init__(self, stored: dict[str, str], full: bool = False, ready: bool = True) -> None:
        self.stored, self.full, self.saved, self.remembered, self.ready = stored, full, "", "", ready
        self.kept_entries = ""
        super().__init__()

    def drawn(self) -> Tab:
        """The same tab once its page is drawn: it receives messages, and has reported what the browser keeps."""
        self.ready = True
        self.receive(found=dict(self.stored), place=self.remembered, seat="", entries=self.kept_entries)
        return self

    def reloaded(self) -> Tab:
        """The same tab after a reload, in a new session that knows nothing yet."""
        tab = Tab(self.stored)
        tab.remembered = self.remembered
        return tab

    def receive(self, **message: Any) -> None:
        """Handle a message from the browser."""
        self._handle_custom_msg(message, [])

    def send(self, content: dict[str, Any], buffers: Any = None) -> None:  # noqa: ARG002
        """Do what the browser does with a message."""
        if not self.ready:
            return
        if "save" in content:
            self.saved = content["save"]
        elif "place" in content:
            self.remembered = content["place"]
        elif "entries" in content:
            self.kept_entries = content["entries"]
        elif self.full:
            self.receive(failed="QuotaExceededError")
        else:
            for key in content["drop"]:
                self.stored.pop(key, None)
            self.stored |= content["keep"]
            self.receive(found=content["keep"])


def reopened(stored: dict[str, str]) -> Progress:
    """The progress in a newly opened tab."""
    return Tab(stored).drawn().progress


def view(progress_store: ProgressStore, now: datetime = MONDAY, lessons: dict[str, str] | None = None) -> ProgressView:
    """The view of the progress in this store."""
    return ProgressView(progress_store, LIBRARY, Announcer(), lambda step: None, lessons or {}, clock=lambda: now)


def a_page(tab: Tab, address: str = "") -> App:
    """The page in this tab, once it is drawn at this address."""
    app = App(progress_store=tab, clock=lambda: MONDAY)
    tab.drawn()
    app.address_bar.set_state({"address": address, "known": True})
    return app


def listed(app: App) -> str:
    """The list of stories on this page."""
    app.go("practise/stories")
    chooser = app.parts["practise/stories"]
    assert isinstance(chooser, Chooser)
    return str(chooser.list.value)


def playing(app: App) -> Player:
    """The player on this page, after the first choice of a story."""
    app.play(LIBRARY["the-quiet-week"])
    assert app.player is not None
    choose(app.player, "Send Mr Outram two lines")
    return app.player


# In the browser


def test_the_browser_keeps_progress_over_a_reload_even_if_it_was_made_before_the_page_was_drawn() -> None:
    stored: dict[str, str] = {}
    Tab(stored).keep(Progress().after(PLAYED))
    early = Tab(stored, ready=False)
    early.keep(Progress().after(Played(MONDAY, "the-quiet-week", 70)))
    assert early.drawn().progress == reopened(stored)
    assert reopened(stored).best == {"room-tone": 80, "the-quiet-week": 70}


@given(some.lists(some.tuples(some.integers(0, 2), some.sampled_from(["play", "open", "tell"])), max_size=20))
def test_tabs_lose_nothing_in_whatever_order_they_act(turns: list[tuple[int, str]]) -> None:
    stored: dict[str, str] = {}
    tabs = [Tab(stored).drawn() for _ in range(3)]
    done = set()
    for minute, (number, turn) in enumerate(turns):
        tab = tabs[number]
        if turn == "play":
            done.add(played := Played(MONDAY + timedelta(minutes=minute), f"in-tab-{number}", minute))
            tab.keep(tab.progress.after(played))
        elif turn == "open":
            tabs[number] = Tab(stored).drawn()
        else:
            tab.drawn()
    assert reopened(stored).records == done


def test_a_tab_receives_what_was_done_in_another_and_forgetting_empties_both() -> None:
    stored: dict[str, str] = {}
    here, there = Tab(stored).drawn(), Tab(stored).drawn()
    here.keep(here.progress.after(PLAYED))
    assert there.drawn().progress.best == {"room-tone": 80}
    here.forget(MONDAY + days(1))
    assert "room-tone" not in "".join(stored.values())
    assert there.drawn().progress.records == frozenset()
    there.keep(there.progress.after(Played(MONDAY + days(2), "the-quiet-week", 70)))
    assert reopened(stored).best == {"the-quiet-week": 70}


@pytest.mark.parametrize("damage", ["", "{}", '{"format": "etiquette progress", "version": 99}'])
def test_an_unreadable_entry_is_left_alone_and_an_unknown_message_ignored(damage: str) -> None:
    stored = {"damaged": damage}
    tab = Tab(stored).drawn()
    assert tab.trouble == NOT_READ
    for message in ({}, {"found": 3}, {"found": None}, {"else": 1}):
        tab.receive(**message)
    tab.keep(tab.progress.after(PLAYED))
    assert tab.trouble == NOT_READ
    assert stored["damaged"] == damage
    assert reopened(stored).best == {"room-tone": 80}
    tab.forget(MONDAY + days(1))
    assert "damaged" not in stored
    assert tab.trouble == ""


def test_a_browser_that_keeps_nothing_is_reported_and_no_progress_is_lost() -> None:
    tab = Tab({}, full=True)
    app = App(progress_store=tab.drawn())
    assert app.trouble.value == ""
    tab.keep(tab.progress.after(PLAYED))
    assert tab.trouble == NOT_KEPT
    assert NOT_KEPT in app.trouble.value
    assert 'role="alert"' in app.trouble.value
    assert tab.progress.best == {"room-tone": 80}
    tab.full = False
    tab.keep(tab.progress.after(Played(MONDAY, "the-quiet-week", 70)))
    assert tab.trouble == app.trouble.value == ""
    assert reopened(tab.stored).best == {"room-tone": 80, "the-quiet-week": 70}


# In a file


def test_notebooks_keep_progress_in_their_users_file_and_see_each_others(tmp_path: Path) -> None:
    here, there = (ProgressStore(ProgressFile(tmp_path / "progress.json")) for _ in range(2))
    here.keep(here.progress.after(PLAYED))
    there.keep(there.progress.after(Played(MONDAY, "the-quiet-week", 70)))
    assert there.progress.best == {"room-tone": 80, "the-quiet-week": 70}
    here.refresh()
    assert here.progress == there.progress


def test_a_damaged_file_is_reported_and_no_progress_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "progress.json"
    path.write_text("dear diary", encoding="utf-8")
    progress_store = ProgressStore(ProgressFile(path))
    progress_store.keep(progress_store.progress.after(PLAYED))
    assert "was left as it is" in progress_store.trouble
    assert progress_store.progress.best == {"room-tone": 80}
    path.unlink()
    progress_store.keep(progress_store.progress)
    assert progress_store.trouble == ""
    assert ProgressStore(ProgressFile(path)).progress.best == {"room-tone": 80}


@pytest.mark.parametrize(("name", "value"), [("SERVER_SOFTWARE", "voila/0.5.11"), ("VOILA_PREHEAT", "True")])
def test_a_hosted_page_writes_nothing_on_the_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    assert KernelEnvironment().progress_store().file is not None
    monkeypatch.setenv(name, value)
    app = App()
    assert app.progress_store.in_browser
    app.progress_store.keep(Progress().after(PLAYED))
    assert list(tmp_path.iterdir()) == []


# Saving and loading files


def test_a_saved_file_can_be_loaded_again() -> None:
    tab = Tab({}).drawn()
    tab.keep(tab.progress.after(PLAYED))
    tab.save()
    tab.forget(MONDAY + days(1))
    shown = view(tab)
    shown.upload.on_file(tab.saved)
    assert tab.progress.best == {"room-tone": 80}
    assert "Loaded 1 new entry. What you had before is still here." in shown.answer.value
    shown.upload.on_file(tab.saved)
    assert "Everything in this file is already here." in shown.answer.value
    assert reopened(tab.stored).best == {"room-tone": 80}


@pytest.mark.parametrize(
    ("foreign", "reason"),
    [
        *(
            (text, "This isn’t a saved progress file, or it’s damaged. Choose the file you saved here.")
            for text in ("", "{}", NASTY, "[" * 10_000)
        ),
        (None, "too large to be your progress"),
    ],
)
def test_any_other_file_is_refused_with_a_sentence_and_changes_nothing(foreign: str | None, reason: str) -> None:
    tab = Tab({}).drawn()
    tab.keep(tab.progress.after(PLAYED))
    before, shown = dict(tab.stored), view(tab)
    shown.upload._handle_custom_msg({"text": foreign}, [])
    assert reason in shown.answer.value
    assert (tab.progress.best, tab.stored) == ({"room-tone": 80}, before)


# The view


def test_the_view_shows_where_to_begin_what_is_done_and_what_comes_back() -> None:
    tab = Tab({}).drawn()
    shown = view(tab)
    assert "You haven’t started yet." in shown.next.value
    assert shown.go.description == "Play “The quiet week”"
    assert f"You have played 0 of {len(LIBRARY)}." in shown.board.value
    assert "What you will review" not in shown.board.value
    tab.keep(
        Progress().after(
            PLAYED,
            Played(MONDAY, "room-tone", 40),
            Judged(MONDAY - days(1), "calling", "call", False),
            Judged(MONDAY, "principle", "gift", False),
            QuizTaken(MONDAY - days(3), "4711", 10, "graded", 85),
            Learned(MONDAY, "calling"),
        )
    )
    shown = view(tab, lessons={"calling": "Calling", "thank_you": "Thanks"})
    said = " ".join(" ".join(Text(shown.board.value).said).split())
    assert "Calling: a call due now" in said
    assert "Giving them time: a gift due within a day" in said
    assert f"You have played 1 of {len(LIBRARY)}." in said
    assert "3 days ago graded, 10 questions" in said
    assert "Calling: read Thanks: not yet" in said
    assert 'aria-label="0 of 4 reviews passed"' in shown.board.value
    assert "another go at something you missed: a call. There are three new questions." in shown.next.value


@pytest.mark.parametrize(
    ("done", "sentence"),
    [
        ((), "You could do better in “How late is too late to thank them?”: your best grade so far is 40."),
        ((Played(MONDAY, "room-tone", 90),), "You have done everything here, and done it well."),
        (
            (Played(MONDAY, "room-tone", 90), Judged(MONDAY, "calling", "call", False)),
            "You’re done for now. The next review is due within a day.",
        ),
    ],
)
def test_the_view_says_what_comes_next(done: tuple[Played | Judged, ...], sentence: str) -> None:
    played = (Played(MONDAY, name, 40 if name == "room-tone" else 100) for name in LIBRARY)
    tab = Tab({}).drawn()
    tab.keep(Progress().after(*played))
    assert "Now take a graded quiz." in view(tab).next.value
    tab.keep(tab.progress.after(QuizTaken(MONDAY, "1", 10, "graded", 90), *done))
    shown = view(tab)
    assert sentence in shown.next.value
    assert (shown.go.layout.display == "none") == (shown.step.activity is Activity.REST)


def test_forgetting_needs_a_confirmation() -> None:
    tab = Tab({}).drawn()
    tab.keep(tab.progress.after(PLAYED))
    shown = view(tab)
    assert shown.asked.layout.display == "none"
    shown.forget.click()
    assert shown.asked.layout.display == ""
    assert tab.progress.best
    shown.unsure.click()
    assert (shown.asked.layout.display, tab.progress.best) == ("none", {"room-tone": 80})
    shown.forget.click()
    shown.sure.click()
    assert tab.progress.records == frozenset()
    assert "All your progress has been deleted." in shown.answer.value
    assert f"You have played 0 of {len(LIBRARY)}." in shown.board.value


def test_a_failure_while_a_file_is_loaded_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    shown = view(Tab({}).drawn())
    shown.upload._handle_custom_msg({"else": 1}, [])
    assert shown.notice.value == ""
    shown.upload.on_file = lambda text: [][0]
    shown.upload._handle_custom_msg({"text": ""}, [])
    assert "Something went wrong" in shown.notice.value
    assert "could not be taken" in caplog.text


def test_nothing_from_a_file_is_treated_as_markup(tmp_path: Path) -> None:
    """Neither the names in records, nor a folder's name, nor the title of a lesson."""
    tab = ProgressStore(ProgressFile(tmp_path / NASTY.replace("/", "") / "progress.json"))
    tab.keep(Progress().reviewed(Topic("no such guideline", "no such kind"), MONDAY, right=False))
    shown = view(tab, MONDAY + days(2), lessons={"nasty": NASTY})
    drawn = [each.value for each in shown.children if hasattr(each, "value")]
    assert not any("img" in Text(markup).elements for markup in drawn)
    assert "no such guideline: no such kind" in shown.board.value


# The app


def test_grades_and_missed_questions_survive_a_reload_and_can_be_reviewed() -> None:
    stored: dict[str, str] = {}
    player = playing(a_page(Tab(stored)))
    player.onward.click()
    for choice in ("Leave it until", "Thank Mr Outram for"):
        choose(player, choice)
        player.onward.click()

    again = App(progress_store=Tab(stored), clock=lambda: MONDAY + days(1))
    assert "best grade" not in listed(again)
    assert isinstance(again.progress_store, Tab)
    again.progress_store.drawn()
    assert "best grade 0</b>, played once" in listed(again)
    again.go("practise/review")
    (view,) = again.stage.children
    assert isinstance(view, ProgressView)
    assert view.step.activity is Activity.REVIEW
    missed = view.step.topics[0]
    view.go.click()
    (review,) = again.stage.children
    assert isinstance(review, QuizView)
    assert review.sitting is not None
    while review.sitting.question:
        question = review.sitting.question
        assert question.guideline == missed.guideline
        review._pick(question.best)
        review._answer(Sureness.SURE)
        review._go_on()
    assert {each.topic: each.passed for each in again.progress.reviews}[missed] == 1


@pytest.mark.parametrize("ready", [True, False])
def test_after_a_reload_a_story_resumes_where_it_was_and_counts_once(ready: bool) -> None:
    """With the feedback that was on screen; even if it was played before the code that keeps it had arrived."""
    tab = Tab({}, ready=ready)
    tab.remembered = "" if ready else "an older place"
    player = playing(App(progress_store=tab, clock=lambda: MONDAY))
    there = tab.drawn().reloaded()
    again = a_page(there, "practise/stories/the-quiet-week")
    assert again.player is not None
    assert again.stage.children == (again.back, again.player)
    assert (again.player.run, again.player.attempt, again.player.showing) == (player.run, 0, "feedback")
    again.player.onward.click()
    choose(again.player, "Leave it until")
    again.player.onward.click()
    choose(again.player, "Thank Mr Outram for")
    there = there.reloaded()
    ended = a_page(there, "practise/stories/the-quiet-week")
    assert ended.player is not None
    assert "pp-debrief" not in ended.player.card.value
    ended.player.onward.click()
    assert "pp-debrief" in ended.player.card.value
    assert "played once" in listed(ended)
    assert there.remembered == ""


def test_after_a_reload_a_quiz_resumes_where_it_was() -> None:
    tab = Tab({})
    app = a_page(tab)
    app.go("practise/quiz")
    assert app.quiz is not None
    app.quiz._begin(5, Mode.GRADED)
    app.quiz._pick(1)
    app.quiz._answer(Sureness.GUESS)
    again = a_page(tab.reloaded(), "practise/quiz")
    assert again.quiz is not None
    assert again.quiz.sitting == app.quiz.sitting
    assert again.quiz.showing == "question"


@pytest.mark.parametrize("address", ["", "my-interview/draft", "practise/stories/room-tone"])
def test_at_another_address_an_unfinished_story_is_offered_and_not_forced_on_anybody(address: str) -> None:
    tab = Tab({})
    player = playing(a_page(tab))
    there = tab.reloaded()
    again = a_page(there, address)
    assert again.player is None or again.player.scenario.id == "room-tone"
    again.go("")
    assert "You’re in the middle of “The quiet week”." in again.home.top.value
    again.home.go.click()
    assert again.player is not None
    assert again.player.run == player.run
    assert there.remembered == tab.remembered


def test_an_unfinished_quiz_is_offered_too() -> None:
    tab = Tab({})
    app = a_page(tab, "practise/quiz")
    assert app.quiz is not None
    app.quiz._begin(5, Mode.GRADED)
    app.quiz._pick(1)
    app.quiz._answer(Sureness.GUESS)
    again = a_page(tab.reloaded())
    assert again.home.go.description == "Carry on with your quiz"
    again.home.go.click()
    assert again.quiz is not None
    assert again.quiz.sitting == app.quiz.sitting


def test_nothing_that_the_browser_remembers_comes_before_the_address_is_known() -> None:
    """A link would lose against what was done last time."""
    tab = Tab({})
    playing(a_page(tab))
    there = tab.reloaded()
    again = App(progress_store=there, clock=lambda: MONDAY)
    there.drawn()
    assert again.stage.children == (again.home,)
    assert "Welcome back" not in again.home.top.value
    again.address_bar.set_state({"address": "learn/references", "known": True})
    assert again.stage.children == (again.parts["learn/references"],)


@pytest.mark.parametrize("damage", ["{}", NASTY, "[" * 100_000, '{"run": "{}", "attempt": 0}'])
def test_an_unreadable_resume_point_is_forgotten(damage: str) -> None:
    tab = Tab({})
    tab.remembered = damage
    app = a_page(tab)
    assert (app.player, tab.remembered, app.notice.value) == (None, "", "")


class TestEntries:
    """What the learner typed about their own interview is kept like their progress."""

    def test_a_browser_brings_them_back(self) -> None:
        tab = Tab({}, ready=False)
        tab.kept_entries = "typed last week"
        assert tab.drawn().entries == "typed last week"

    def test_what_is_typed_before_the_browser_listens_is_kept_too(self) -> None:
        tab = Tab({}, ready=False)
        tab.kept_entries = "typed last week"
        tab.remember_entries("typed now")
        assert (tab.drawn().entries, tab.kept_entries) == ("typed now", "typed now")

    def test_a_file_beside_that_of_the_progress_keeps_them_for_its_owner_alone(self, tmp_path: Path) -> None:
        file = ProgressFile(tmp_path / "new" / "progress.json")
        store = ProgressStore(file)
        store.remember_entries("typed")
        assert store.entries_file is not None
        assert store.entries_file.parent == file.path.parent
        assert store.entries_file.stat().st_mode & 0o077 == 0
        assert ProgressStore(file).entries == "typed"
        store.remember_entries("")
        assert not store.entries_file.exists()

    def test_what_cannot_be_written_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        store = ProgressStore(ProgressFile(tmp_path / "file" / "progress.json"))
        store.remember_entries("typed")
        assert "can’t be written" in store.trouble

    def test_a_text_that_is_far_too_long_is_not_kept(self) -> None:
        tab = Tab({})
        tab.remember_entries("typed")
        tab.remember_entries("x" * 1_000_000)
        assert tab.kept_entries == "typed"
