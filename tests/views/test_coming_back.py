"""Somebody comes back to the page: it offers what is unfinished, and a link comes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from etiquette.practice import Activity, Mode, NextStep
from etiquette.stories import library
from etiquette.views import App, Player
from etiquette.views.page.progress_view import ProgressView
from etiquette.views.quiz import QuizView
from etiquette.views.stories import Chooser
from tests.builders import days
from tests.views.drawn import NASTY, buttons, choose
from tests.views.tab import LocalStorage, Tab

LIBRARY = library()
MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


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


def test_grades_and_missed_questions_survive_a_reload_and_can_be_reviewed() -> None:
    storage = LocalStorage()
    player = playing(a_page(Tab(storage)))
    player.onward.click()
    for choice in ("Leave it until", "Thank Mr Outram for"):
        choose(player, choice)
        player.onward.click()

    again = App(progress_store=Tab(storage), clock=lambda: MONDAY + days(1))
    assert "best grade" not in listed(again)
    assert isinstance(again.progress_store, Tab)
    again.progress_store.drawn()
    assert "best grade 0</b>, played once" in listed(again)
    again.go("practise/review")
    (view,) = again.stage.children
    assert isinstance(view, ProgressView)
    assert isinstance(view.offer, NextStep)
    assert view.offer.activity is Activity.REVIEW
    missed = view.offer.topics[0]
    view.go.click()
    (review,) = again.stage.children
    assert isinstance(review, QuizView)
    assert review.sitting is not None
    while review.sitting.question:
        question = review.sitting.question
        assert question.guideline == missed.guideline
        review.choices.click(str(question.best))
        review.sure.click("SURE")
        review._go_on()
    assert {each.topic: each.passed for each in again.progress.reviews}[missed] == 1


@pytest.mark.parametrize("ready", [True, False])
def test_after_a_reload_a_story_resumes_where_it_was_and_counts_once(ready: bool) -> None:
    """With the feedback that was on screen; even if it was played before the code that keeps it had arrived."""
    tab = Tab(LocalStorage(), ready=ready)
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
    assert there.storage.kept == {}


def test_after_a_reload_a_quiz_resumes_where_it_was() -> None:
    tab = Tab(LocalStorage())
    app = a_page(tab)
    app.go("practise/quiz")
    assert app.quiz is not None
    app.quiz._begin(5, Mode.GRADED)
    app.quiz.choices.click(str(1))
    app.quiz.sure.click("GUESS")
    again = a_page(tab.reloaded(), "practise/quiz")
    assert again.quiz is not None
    assert again.quiz.sitting == app.quiz.sitting
    assert again.quiz.showing == "question"


@pytest.mark.parametrize("address", ["", "my-interview/draft", "practise/stories/room-tone"])
def test_at_another_address_an_unfinished_story_is_offered_and_not_forced_on_anybody(address: str) -> None:
    tab = Tab(LocalStorage())
    player = playing(a_page(tab))
    there = tab.reloaded()
    again = a_page(there, address)
    assert again.player is None or again.player.scenario.id == "room-tone"
    again.go("")
    assert "You’re in the middle of “The quiet week”." in again.home.top.value
    again.home.go.click()
    assert again.player is not None
    assert again.player.run == player.run
    assert there.storage.kept.keys() == {"story-the-quiet-week"}


def test_an_unfinished_quiz_is_offered_too() -> None:
    tab = Tab(LocalStorage())
    app = a_page(tab, "practise/quiz")
    assert app.quiz is not None
    app.quiz._begin(5, Mode.GRADED)
    app.quiz.choices.click(str(1))
    app.quiz.sure.click("GUESS")
    again = a_page(tab.reloaded())
    assert again.home.go.description == "Carry on with your quiz"
    again.home.go.click()
    assert again.quiz is not None
    assert again.quiz.sitting == app.quiz.sitting


def test_nothing_that_the_browser_remembers_comes_before_the_address_is_known() -> None:
    """A link would lose against what was done last time."""
    tab = Tab(LocalStorage())
    playing(a_page(tab))
    there = tab.reloaded()
    again = App(progress_store=there, clock=lambda: MONDAY)
    there.drawn()
    assert again.stage.children == (again.home,)
    assert "Welcome back" not in again.home.top.value
    again.address_bar.set_state({"address": "learn/references", "known": True})
    assert again.stage.children == (again.parts["learn/references"],)


@pytest.mark.parametrize("damage", ["{}", NASTY, "[" * 10_000, '{"run": "{}", "attempt": 0}'])
def test_what_cannot_be_read_is_not_offered(damage: str) -> None:
    items = {f"etiquette:{name}": damage for name in ("story-room-tone", "quiz", "draft", "interview")}
    app = a_page(Tab(LocalStorage(items)))
    assert (app.player, app.unfinished, app.notice.value) == (None, None, "")
    assert "Welcome</h2>" in app.home.top.value


def test_of_what_is_unfinished_the_latest_is_offered_even_if_it_was_in_another_tab() -> None:
    storage, now = LocalStorage(), [MONDAY]
    here, there = (App(progress_store=Tab(storage), clock=lambda: now[0]) for _ in range(2))
    for app in (here, there):
        assert isinstance(app.progress_store, Tab)
        app.progress_store.drawn()
        app.address_bar.set_state({"address": "", "known": True})
    for minute, name in enumerate(("room-tone", "the-quiet-week")):
        now[0] = MONDAY + timedelta(minutes=minute)
        here.play(LIBRARY[name])
        assert here.player is not None
        buttons(here.player.choices)[0].click()
        assert isinstance(there.progress_store, Tab)
        there.progress_store.hear()
        assert f"You’re in the middle of “{LIBRARY[name].title}”." in there.home.top.value


def test_a_story_that_is_left_for_another_is_found_where_it_was() -> None:
    app = a_page(Tab(LocalStorage()))
    run = playing(app).run
    app.play_next()
    assert app.player is not None
    buttons(app.player.choices)[0].click()
    other = app.player.run
    app.play(LIBRARY["the-quiet-week"])
    assert (app.player.run, app.player.showing) == (run, "feedback")
    app.play_next()
    assert (app.player.run, app.player.showing) == (other, "feedback")
