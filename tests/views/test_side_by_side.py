"""Two notebooks, two tabs, and two views in one kernel: none of them loses what is done in the other."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as some

from etiquette.drafts import MessageKind
from etiquette.practice import Mode, ProgressFolder
from etiquette.stories import library
from etiquette.views import DraftView, FollowUp, Player, ProgressStore, QuizView, ask, environment, play
from etiquette.views.controls import Announcer
from etiquette.views.page.progress_view import ProgressView
from tests.views.drawn import buttons, choose
from tests.views.tab import LocalStorage, Tab
from tests.views.test_memory import SHORT_PATH
from tests.views.test_plan import THE_NEXT_MORNING
from tests.views.test_quiz import answer, begin, finish, present

LIBRARY = library()
NAMES = some.sampled_from(["draft", "quiz", "story-room-tone"])
TEXTS = some.sampled_from(["", "one", "two", "three"])
STEPS = some.lists(some.tuples(some.integers(0, 2), some.none() | some.tuples(NAMES, TEXTS)), max_size=20)
"""What happens where: an item is set, or (None) it is looked what has been set elsewhere."""


@pytest.fixture
def notebooks(tmp_path: Path) -> tuple[ProgressStore, ProgressStore]:
    """The stores of two notebooks of one learner."""
    folder = ProgressFolder(tmp_path / "kept")
    return ProgressStore(folder), ProgressStore(folder)


class TestTwoNotebooks:
    def test_neither_loses_what_is_unfinished_or_done_in_the_other(
        self, notebooks: tuple[ProgressStore, ProgressStore]
    ) -> None:
        here, there = notebooks
        story, quiz = Player(LIBRARY["the-quiet-week"], progress_store=here), QuizView(progress_store=there)
        begin(quiz, Mode.GRADED)
        other = Player(LIBRARY["room-tone"], progress_store=there)
        buttons(other.choices)[0].click()
        for choice in SHORT_PATH:
            choose(story, choice)
            story.onward.click()
        answer(quiz, 0)
        DraftView(progress_store=here).field.value = "typed"
        assert other.progress_store.folder is not None
        new = ProgressStore(other.progress_store.folder)
        assert new.items.keys() == {"story-room-tone", "quiz", "draft"}
        assert new.progress.attempts == {"the-quiet-week": 1}
        finish(quiz, well=True)
        for store in notebooks:
            store.refresh()
            assert store.items.keys() == {"story-room-tone", "draft"}
            assert (store.progress.attempts, len(store.progress.sittings)) == ({"the-quiet-week": 1}, 1)

    def test_deleting_all_progress_in_one_deletes_what_is_unfinished_in_both(
        self, notebooks: tuple[ProgressStore, ProgressStore]
    ) -> None:
        here, there = notebooks
        there.set_item("story-room-tone", "begun")
        there.set_item("interview", "typed")
        view = ProgressView(here, LIBRARY, Announcer(), lambda step: None, {}, clock=lambda: THE_NEXT_MORNING)
        view.sure.click()
        there.refresh()
        assert there.items == {"interview": "typed"}

    @given(STEPS)
    def test_each_item_ends_as_its_last_version_everywhere(
        self, steps: list[tuple[int, tuple[str, str] | None]]
    ) -> None:
        with TemporaryDirectory() as path:
            stores = [ProgressStore(ProgressFolder(Path(path))) for _ in range(3)]
            last = dict[str, str]()
            for number, change in steps:
                if change is None:
                    stores[number].refresh()
                else:
                    stores[number].set_item(*change)
                    last |= [change]
            kept = {name: text for name, text in last.items() if text}
            for store in (*stores, ProgressStore(ProgressFolder(Path(path)))):
                store.refresh()
                assert store.items == kept
                store.close()


@given(STEPS)
def test_in_tabs_each_item_ends_as_its_last_version_everywhere(steps: list[tuple[int, tuple[str, str] | None]]) -> None:
    storage, last = LocalStorage(), dict[str, str]()
    tabs = [Tab(storage).drawn() for _ in range(3)]
    for number, change in steps:
        if change is None:
            tabs[number].hear()
        else:
            tabs[number].set_item(*change)
            last |= [change]
    kept = {name: text for name, text in last.items() if text}
    assert storage.kept == kept
    for tab in tabs:
        assert tab.reloaded().drawn().items == kept


class TestTwoViewsInOneKernel:
    def test_a_story_that_has_not_been_used_follows_the_other_to_its_end_which_counts_once(self) -> None:
        one, other = play("the-quiet-week"), play("the-quiet-week")
        for choice in SHORT_PATH:
            choose(one, choice)
            assert (other.run, other.showing) == (one.run, "feedback")
            one.onward.click()
            assert (other.run, other.showing) == (one.run, "moment") or one.showing == "debrief"
        assert (other.run.decisions, other.showing) == ((), "moment")
        assert environment().progress_store.progress.attempts == {"the-quiet-week": 1}

    def test_a_story_that_has_begun_is_not_disturbed(self) -> None:
        one, other = play("the-quiet-week"), play("the-quiet-week")
        choose(one, SHORT_PATH[0])
        other.again.click()
        choose(other, "Put the phone in")
        assert (one.run == other.run, one.showing, other.showing) == (False, "feedback", "feedback")
        run = other.run
        one.onward.click()
        choose(one, SHORT_PATH[1])
        assert (other.run, other.showing) == (run, "feedback")

    def test_another_story_is_not_disturbed_either(self) -> None:
        one, other = play("the-quiet-week"), play("room-tone")
        choose(one, SHORT_PATH[0])
        assert (other.run.decisions, other.showing) == ((), "moment")

    def test_a_story_that_ended_in_one_begins_anew_in_the_other(self) -> None:
        one = play("the-quiet-week")
        for choice in SHORT_PATH:
            choose(one, choice)
            one.onward.click()
        other = play("the-quiet-week")
        assert (one.showing, other.showing, other.run.decisions, other.attempt) == ("debrief", "moment", (), 1)
        assert environment().progress_store.progress.attempts == {"the-quiet-week": 1}

    def test_questions_that_have_not_begun_follow_and_others_are_not_disturbed(self) -> None:
        one, other, third = ask("calling"), ask("calling"), ask("references")
        before = third.sitting
        answer(one, 0)
        assert (other.sitting, other.showing, third.sitting) == (one.sitting, "question", before)
        answer(other, 1)
        assert one.sitting != other.sitting

    def test_questions_follow_to_the_last_one_and_begin_anew_after_it(self) -> None:
        one, other = ask("calling"), ask("calling")
        for _ in range(2):
            answer(one, 0)
            one.onward.click()
            assert (other.sitting, other.showing) == (one.sitting, "question")
        answer(one, 0)
        one.onward.click()
        assert one.showing == "debrief"
        assert other.sitting is not None
        assert (other.showing, other.sitting.answers) == ("question", ())
        assert len(environment().progress_store.progress.sittings) == 1

    def test_a_quiz_that_was_stopped_stops_where_it_was_followed(self) -> None:
        one, other = QuizView(), QuizView()
        begin(one, Mode.GRADED)
        answer(one, 0)
        assert other.sitting == one.sitting
        one.stop.click()
        assert (one.showing, other.showing) == ("start", "start")

    def test_a_single_question_counts_once_although_two_views_ask_it(self) -> None:
        one, other = ask("calling", number=1), ask("calling", number=1)
        answer(one, present(one).best)
        one.onward.click()
        assert one.showing == "debrief"
        assert len(environment().progress_store.progress.sittings) == 1
        assert other.sitting is not None
        assert (other.showing, other.sitting.answers) == ("question", ())

    def test_a_draft_follows_the_other_until_it_is_used(self) -> None:
        one, other = DraftView(), DraftView()
        for text in ("D", "De", "Dear"):
            one.field.value = text
        one.kinds[MessageKind.VOICEMAIL].click()
        assert (other.field.value, other.kind) == ("Dear", MessageKind.VOICEMAIL)
        one.clear_button.click()
        assert other.field.value == ""
        other.field.value = "Hello"
        one.field.value = "Dear Ms Okafor"
        assert (one.field.value, other.field.value) == ("Dear Ms Okafor", "Hello")

    def test_the_interview_follows_the_other(self) -> None:
        one, other = (FollowUp(clock=lambda: THE_NEXT_MORNING) for _ in range(2))
        for text in ("c", "clerk"):
            one.form.fields["job"].text = text
        assert other.form.fields["job"].text == "clerk"
        one.clear()
        assert other.form.fields["job"].text == ""

    @pytest.mark.parametrize("elsewhere", ["story-room-tone", "own_words-voicemail", "seat"])
    def test_what_is_typed_into_the_interview_is_not_lost_to_what_happens_elsewhere(self, elsewhere: str) -> None:
        """Even if it is far too long to be kept, or shows what is wrong with it."""
        view = FollowUp(clock=lambda: THE_NEXT_MORNING)
        view.submit.click()
        problems = view.problems.value
        view.progress_store.set_item(elsewhere, "changed")
        assert view.problems.value == problems != ""
        view.form.fields["job"].text = "x" * 100_000
        view.progress_store.set_item(elsewhere, "changed again")
        assert view.form.fields["job"].text == "x" * 100_000
