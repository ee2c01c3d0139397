"""No view leaves anything behind: not while it is used, not once it is closed, and least of all what somebody typed."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from ipywidgets.widgets.widget import _instances

from etiquette.drafts import MessageKind
from etiquette.judge import BOUNDARIES
from etiquette.plan import MOST_ROWS, FormEntries, FormRow
from etiquette.practice import Topic
from etiquette.stories import library
from etiquette.views import App, BoundaryView, DraftView, FollowUp, Player, QuizView, boundary, play, warm_up
from etiquette.views.controls import Announcer, ProgressStore, View, close_all
from tests.plan.test_application import TYPED
from tests.views.drawn import buttons

LONGEST_FIELD = 10_000  # characters: longer than anything that is typed here
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)


@pytest.fixture
def page() -> Iterator[App]:
    """The whole page, with the progress in the browser."""
    app = App(progress_store=ProgressStore(), clock=lambda: NOW)
    yield app
    app.close()


def play_to_the_end(page: App) -> None:
    """Play a story to its end by the first choice, and open it again."""
    page.play(next(iter(page.scenarios.values())))
    player = page.player
    assert player is not None
    while player.showing != "debrief":
        (buttons(player.choices)[0] if player.showing == "moment" else player.onward).click()
    player.again.click()


def take_a_quiz(page: App) -> None:
    """Take a graded quiz of the least length to its debrief, and start another."""
    page.menu["Quiz"].click()
    quiz = page.quiz
    assert quiz is not None
    quiz.starts.children[3].children[0].click()
    finish(quiz)
    quiz.another.click()


def finish(quiz: QuizView) -> None:
    """Answer all questions by the first option."""
    while quiz.showing != "debrief":
        match quiz.showing:
            case "question":
                buttons(quiz.choices)[0].click()
            case "sureness":
                buttons(quiz.sure)[0].click()
            case _:
                quiz.onward.click()


def review(page: App) -> None:
    """Review a topic to the end."""
    page.review(Topic("calling", "call"))
    assert page.reviewer is not None
    finish(page.reviewer)


def judge_drafts(page: App) -> None:
    """Judge a draft of each kind."""
    page.menu["Your draft"].click()
    view = page.parts["Your draft"]
    assert isinstance(view, DraftView)
    for kind in MessageKind:
        view.choose(kind)
        buttons(view.part_buttons)[0].click()
        view.judge_button.click()


def make_plans(page: App) -> None:
    """Add rows to the form and take them off, fill it as a file would, and make plans that fail and plans that work."""
    page.menu["Your interview"].click()
    view = page.parts["Your interview"]
    assert isinstance(view, FollowUp)
    for _ in range(MOST_ROWS):
        view.form.add.click()
    view.submit.click()
    while view.form.rows.children:
        view.form.rows.children[0].remove.click()
    row = FormRow("wrote", "2026-03-03", "13:00")
    for entries in (FormEntries(), TYPED, FormEntries(rows=(row,) * MOST_ROWS), TYPED):
        view.form.entries = entries
        view.submit.click()


def look_around(page: App) -> None:
    """Open every part by the menu, as a learner who has progress."""
    for opener in page.menu.values():
        opener.click()


def save_and_forget(page: App) -> None:
    """Save the progress, load it, and forget all of it."""
    page.menu["Your progress"].click()
    view: Any = page.parts["Your progress"]
    saved = page.progress.to_json()
    view.save.click()
    view.forget.click()
    view.sure.click()
    view.upload.on_file(saved)


USES: tuple[Callable[[App], None], ...] = (
    play_to_the_end,
    take_a_quiz,
    review,
    judge_drafts,
    make_plans,
    look_around,
    save_and_forget,
)


@pytest.mark.parametrize("use", USES, ids=lambda use: use.__name__)
def test_using_a_part_of_the_page_again_makes_no_new_widgets(page: App, use: Callable[[App], None]) -> None:
    use(page)
    before = len(_instances)
    for _ in range(3):
        use(page)
    assert len(_instances) == before
    assert page.notice.value == ""


def test_a_closed_page_leaves_no_widget_behind() -> None:
    before = set(_instances)
    page = App(progress_store=ProgressStore(), clock=lambda: NOW)
    for use in USES:
        use(page)
    page.close()
    assert set(_instances) == before
    page.close()


VIEWS: Mapping[str, Callable[[Announcer], View]] = {
    "draft": lambda announcer: DraftView(announcer=announcer),
    "plan": lambda announcer: FollowUp(TYPED, announcer=announcer),
    "quiz": lambda announcer: QuizView(announcer=announcer),
    "story": lambda announcer: Player(library()["two-names"], announcer=announcer),
}


@pytest.mark.parametrize("make", VIEWS.values(), ids=VIEWS)
def test_a_closed_view_takes_everything_in_it_along_but_not_the_announcer_of_the_page(
    make: Callable[[Announcer], View],
) -> None:
    announcer = Announcer()
    make(announcer).close()
    before = set(_instances)
    view = make(announcer)
    assert set(_instances) > before
    for _ in range(2):
        view.close()
        assert view.closed
        assert set(_instances) == before
    assert announcer.comm is not None


@pytest.mark.parametrize("make", [lambda: boundary("calling"), lambda: play("two-names")], ids=["boundary", "story"])
def test_what_a_notebook_shows_can_be_closed_with_all_that_is_in_it(make: Callable[[], BoundaryView]) -> None:
    before = set(_instances)
    close_all(make())
    assert set(_instances) == before


def test_all_boundaries_are_closed_with_their_sliders() -> None:
    before = set(_instances)
    for name in BOUNDARIES:
        view = boundary(name)
        view.slide.value = view.boundary.steps
        close_all(view)
    assert set(_instances) == before


def type_everywhere(word: str) -> None:
    """Judge a draft, make plans and a certificate with this word in them, and close the views."""
    draft = DraftView(text=f"Dear Ms {word.title()}, thank you for the {word} interview. {word.title()} {word}")
    follow_up = FollowUp(replace(TYPED, job=word, employer=word, zone=word), clock=lambda: NOW)
    quiz = QuizView(seed="a seed")
    draft.judge_button.click()
    follow_up.submit.click()
    follow_up.form.fields["zone"].text = "Europe/London"
    follow_up.submit.click()
    quiz.name.value = word
    assert draft.assessment is not None
    assert follow_up.plan is not None
    assert held(word)
    close_all(draft, follow_up, quiz)


def held(word: str) -> list[str]:
    """All short texts with this word that an object of this process refers to, a cache's dictionary among them."""
    gc.collect()
    found = []
    for each in gc.get_objects():
        referents = gc.get_referents(each)
        for referent in referents:
            if type(referent) is str:
                found += [referent] if word in referent and len(referent) < LONGEST_FIELD else []
            elif type(referent) in (dict, tuple) and not gc.is_tracked(referent):
                referents += gc.get_referents(referent)
    return found


def test_a_word_that_somebody_typed_is_gone_once_their_view_is_closed() -> None:
    """What people write is private, and one process serves all of them: nothing that they typed may be kept."""
    word = "".join(("zyq", "wolph"))  # put together here, so that it is no constant of this module
    type_everywhere(word)
    assert held(word) == []


def test_warming_up_makes_no_widgets() -> None:
    before = set(_instances)
    warm_up()
    assert set(_instances) == before
