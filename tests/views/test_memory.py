"""What is unfinished is kept: each view goes on where it was left, in a new kernel and after a reload."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from etiquette.drafts import MessageKind
from etiquette.judge import ARTICLE
from etiquette.practice import (
    Mode,
    Progress,
    Quiz,
    QuizPoint,
    Sitting,
    StoryPoint,
    Sureness,
    resume_point_from_json,
    resume_point_to_json,
)
from etiquette.stories import Run, library
from etiquette.views import DraftView, FollowUp, Player, QuizView, ask, compose, play, set_environment
from etiquette.views.plan.kept import entries_from_json, entries_to_json
from tests.views.drawn import NASTY, buttons, choose
from tests.views.tab import LocalStorage, Tab
from tests.views.test_plan import THE_NEXT_MORNING, TYPED, go_through
from tests.views.test_quiz import answer, begin, finish, present
from tests.views.visits import Here, Visits

LIBRARY = library()
MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
SHORT_PATH = ("Send Mr Outram two lines", "Leave it until", "Thank Mr Outram for")  # through “The quiet week”


def the_quiet_week() -> Player:
    return play("the-quiet-week")


def my_interview() -> FollowUp:
    return FollowUp(clock=lambda: THE_NEXT_MORNING)


def fill_in(view: FollowUp) -> None:
    """Type what the first step asks for."""
    view.browser_zone.zone = TYPED.home
    for name in ("job", "employer", "day", "time", "place"):
        view.form.fields[name].text = getattr(TYPED, name)


def open_thanks(view: FollowUp) -> DraftView:
    """Make the plan, and open the thank-you email in one's own words."""
    go_through(view)
    assert view.result is not None
    view.result.own_words.offered.children[0].click()
    assert view.result.own_words.draft is not None
    return view.result.own_words.draft


class TestStory:
    def test_it_goes_on_with_the_feedback_that_was_on_screen(self, visits: Visits) -> None:
        player = the_quiet_week()
        choose(player, SHORT_PATH[0])
        again = visits.again(the_quiet_week)
        assert (again.run, again.attempt, again.showing) == (player.run, 0, "feedback")
        assert player.run.decisions[-1].assessment.reason in again.card.value

    def test_it_goes_on_at_the_moment_that_was_on_screen_with_its_choices_in_the_same_order(
        self, visits: Visits
    ) -> None:
        player = the_quiet_week()
        choose(player, SHORT_PATH[0])
        player.onward.click()
        again = visits.again(the_quiet_week)
        assert (again.run, again.showing) == (player.run, "moment")
        assert [each.description for each in buttons(again.choices)] == [
            each.description for each in buttons(player.choices)
        ]

    def test_it_begins_anew_when_it_was_started_again(self, visits: Visits) -> None:
        player = the_quiet_week()
        choose(player, SHORT_PATH[0])
        player.again.click()
        assert visits.store.items == {}
        assert visits.again(the_quiet_week).run.decisions == ()

    def test_each_story_is_kept_by_itself(self, visits: Visits) -> None:
        names = ("the-quiet-week", "room-tone")
        runs = []
        for name in names:
            player = play(name)
            buttons(player.choices)[0].click()
            runs.append(player.run)
        assert [visits.again(lambda name=name: play(name)).run for name in names] == runs  # type: ignore[misc]

    def test_left_at_the_feedback_on_its_last_choice_it_ends_on_the_next_visit_and_counts_once(
        self, visits: Visits
    ) -> None:
        player = the_quiet_week()
        for number, choice in enumerate(SHORT_PATH):
            choose(player, choice)
            if number < 2:
                player.onward.click()
        again = visits.again(the_quiet_week)
        assert (again.showing, visits.store.progress.attempts) == ("feedback", {})
        again.onward.click()
        assert (again.showing, visits.store.items) == ("debrief", {})
        third = visits.again(the_quiet_week)
        assert (third.run.decisions, visits.store.progress.attempts) == ((), {"the-quiet-week": 1})

    def test_it_counts_once_even_if_the_computer_stopped_while_its_end_was_being_kept(self, visits: Visits) -> None:
        player = the_quiet_week()
        for number, choice in enumerate(SHORT_PATH):
            choose(player, choice)
            if number < 2:
                player.onward.click()
        ((name, left),) = visits.store.items.items()
        player.onward.click()
        recorded = visits.store.progress.records
        visits.store.set_item(name, left)
        again = visits.again(the_quiet_week)
        again.onward.click()
        assert (again.showing, visits.store.progress.records) == ("debrief", recorded)


class TestQuiz:
    @pytest.mark.parametrize("mode", Mode)
    def test_it_goes_on_with_the_next_question(self, visits: Visits, mode: Mode) -> None:
        view = QuizView()
        begin(view, mode)
        answer(view, 1)
        again = visits.again(QuizView)
        assert (again.sitting, again.showing) == (view.sitting, "question")
        assert "Question 2 of 5" in again.board.value

    def test_one_of_a_given_seed_is_kept_by_itself(self, visits: Visits) -> None:
        """As the code on a certificate draws it: it is that quiz, whatever else was left unfinished."""
        begin(other := QuizView(), Mode.GRADED)
        answer(other, 1)
        begin(view := QuizView("a seed"), Mode.GRADED)
        answer(view, 0)
        assert visits.again(lambda: QuizView("another seed")).showing == "start"
        assert visits.again(lambda: QuizView("a seed")).sitting == view.sitting
        assert visits.again(QuizView).sitting == other.sitting

    def test_it_is_forgotten_once_it_was_stopped(self, visits: Visits) -> None:
        view = QuizView()
        begin(view, Mode.GRADED)
        answer(view, 1)
        view.stop.click()
        assert (visits.again(QuizView).showing, visits.store.items) == ("start", {})

    @pytest.mark.parametrize("mode", Mode)
    def test_it_counts_once_even_if_it_was_left_at_its_last_answer(self, visits: Visits, mode: Mode) -> None:
        view = QuizView()
        begin(view, mode)
        for _ in range(5):
            view.onward.click()
            answer(view, present(view).best)
        again = visits.again(QuizView)
        assert again.showing == ("debrief" if mode is Mode.PRACTICE else "start")
        third = visits.again(QuizView)
        assert (third.showing, visits.store.items) == ("start", {})
        assert [taken.grade for taken in visits.store.progress.sittings] == [100]

    @pytest.mark.parametrize("mode", Mode)
    def test_it_counts_once_even_if_the_computer_stopped_while_its_end_was_being_kept(
        self, visits: Visits, mode: Mode
    ) -> None:
        view, left = QuizView(), list[str]()
        begin(view, mode)
        visits.store.observe(lambda change: left.append(change.new.get("quiz", "")), "items")
        for _ in range(5):
            view.onward.click()
            answer(view, present(view).best)
        view.onward.click()
        recorded = visits.store.progress.records
        assert recorded
        visits.store.set_item("quiz", next(each for each in reversed(left) if each))
        again = visits.again(QuizView)
        assert (again.showing, visits.store.progress.records) == ("debrief", recorded)

    def test_questions_of_a_notebook_go_on_too_each_guideline_by_itself(self, visits: Visits) -> None:
        sittings = []
        for guideline in ("calling", "references"):
            view = ask(guideline)
            answer(view, 0)
            sittings.append(view.sitting)
        again = [visits.again(lambda name=name: ask(name)) for name in ("calling", "references")]  # type: ignore[misc]
        assert [view.sitting for view in again] == sittings
        assert visits.again(lambda: ask("calling", number=5)).sitting not in sittings
        assert visits.again(ask).sitting not in sittings

    def test_questions_of_a_notebook_count_once_and_are_new_the_next_time(self, visits: Visits) -> None:
        view = ask("calling")
        answer(view, present(view).best)
        finish(again := visits.again(lambda: ask("calling")), well=True)
        assert again.sitting is not None
        third = visits.again(lambda: ask("calling"))
        assert third.sitting is not None
        assert (third.sitting.answers, visits.store.items) == ((), {})
        assert [taken.seed for taken in visits.store.progress.sittings] == [again.sitting.quiz.seed]

    def test_a_seed_asks_its_own_questions_whatever_was_left_unfinished(self, visits: Visits) -> None:
        left = [ask("calling"), ask("calling", seed="one"), ask(seed="two")]
        for view in left:
            answer(view, 0)
        seeded = visits.again(lambda: ask("calling", seed="two"))
        assert seeded.sitting == Sitting(Quiz.draw("two", 3, ARTICLE, guideline="calling"))
        assert visits.again(lambda: ask("calling", seed="one")).sitting == left[1].sitting


class TestDraft:
    def test_it_goes_on_as_it_was_typed(self, visits: Visits) -> None:
        view = DraftView()
        view.kinds[MessageKind.VOICEMAIL].click()
        view.field.value = "Hello, “Zoë” here"
        again = visits.again(DraftView)
        assert (again.kind, again.field.value) == (MessageKind.VOICEMAIL, "Hello, “Zoë” here")
        assert again.kinds[MessageKind.VOICEMAIL].description.startswith("✓")

    def test_those_of_a_notebook_are_kept_each_by_itself(self, visits: Visits) -> None:
        starts = (("thank_you_email", ""), ("voicemail", ""), ("voicemail", "Hello"))
        for number, start in enumerate(starts):
            compose(*start).field.value = f"typed {number}"
        again = [visits.again(lambda start=start: compose(*start)).field.value for start in starts]  # type: ignore[misc]
        assert again == ["typed 0", "typed 1", "typed 2"]

    def test_what_is_only_looked_at_is_not_kept(self, visits: Visits) -> None:
        view = compose("voicemail", "Hello")
        view.judge_button.click()
        assert visits.store.items == {}

    def test_clearing_it_brings_back_its_start_and_leaves_all_else(self, visits: Visits) -> None:
        cleared, other, player = compose(text="Dear Ms Okafor"), compose("voicemail"), the_quiet_week()
        cleared.field.value = other.field.value = "typed"
        choose(player, SHORT_PATH[0])
        cleared.clear_button.click()
        assert cleared.field.value == ""
        assert visits.store.items.keys() == {"draft-voicemail", "story-the-quiet-week"}
        assert visits.again(lambda: compose(text="Dear Ms Okafor")).field.value == "Dear Ms Okafor"
        assert visits.again(lambda: compose("voicemail")).field.value == "typed"


class TestInterview:
    def test_it_goes_on_as_it_was_typed(self, visits: Visits) -> None:
        fill_in(view := my_interview())
        again = visits.again(my_interview)
        assert (again.form.entries, again.form.step) == (view.form.entries, 2)
        assert "what you entered last time" in again.message.value

    def test_its_messages_go_on_in_the_learners_own_words(self, visits: Visits) -> None:
        fill_in(view := my_interview())
        open_thanks(view).field.value = "My own words"
        assert open_thanks(visits.again(my_interview)).field.value == "My own words"

    def test_clearing_it_removes_its_messages_too_and_leaves_all_else(self, visits: Visits) -> None:
        fill_in(view := my_interview())
        open_thanks(view).field.value = "My own words"
        other = compose()
        other.field.value = "typed"
        view.clear()
        assert visits.store.items.keys() == {"draft-thank_you_email"}
        again = visits.again(my_interview)
        assert again.form.entries.job == ""
        fill_in(again)
        assert "own words" not in open_thanks(again).field.value


class TestDamaged:
    """What cannot be read, or belongs elsewhere, is passed over, and replaced by what comes next."""

    STORY = resume_point_to_json(StoryPoint(Run.start(LIBRARY["room-tone"]).choose(0)), MONDAY)
    QUIZ = resume_point_to_json(QuizPoint(Sitting(Quiz.draw("a seed", 5, ARTICLE)).answer(0, Sureness.SURE)), MONDAY)
    DAMAGED = ("null", "{}", '"text"', NASTY, "[" * 10_000, json.dumps({"run": "{}", "attempt": 0}), '["fax", ""]')

    @pytest.mark.parametrize("damaged", [*DAMAGED, QUIZ, STORY])
    def test_a_story(self, visits: Visits, damaged: str) -> None:
        visits.store.set_item("story-the-quiet-week", damaged)
        player = visits.again(the_quiet_week)
        assert (player.run.decisions, player.notice.value) == ((), "")
        assert visits.store.item("story-the-quiet-week") == damaged
        choose(player, SHORT_PATH[0])
        kept = resume_point_from_json(visits.store.item("story-the-quiet-week"), LIBRARY, {ARTICLE.id: ARTICLE})
        assert kept == StoryPoint(player.run, unread=True)

    @pytest.mark.parametrize("damaged", [*DAMAGED, STORY])
    def test_a_quiz(self, visits: Visits, damaged: str) -> None:
        visits.store.set_item("quiz", damaged)
        view = visits.again(QuizView)
        assert (view.showing, view.notice.value, visits.store.item("quiz")) == ("start", "", damaged)
        begin(view, Mode.GRADED)
        answer(view, 0)
        assert view.sitting is not None
        kept = resume_point_from_json(visits.store.item("quiz"), {}, {ARTICLE.id: ARTICLE})
        assert kept == QuizPoint(view.sitting)

    @pytest.mark.parametrize("damaged", [*DAMAGED, STORY, '["voicemail", 3]', '["voicemail"]'])
    def test_a_draft(self, visits: Visits, damaged: str) -> None:
        visits.store.set_item("draft", damaged)
        view = visits.again(lambda: DraftView(text="Dear Ms Okafor"))
        assert (view.field.value, view.notice.value) == ("Dear Ms Okafor", "")
        assert visits.store.item("draft") == damaged
        view.field.value = "Dear Ms Okafor,"
        assert json.loads(visits.store.item("draft")) == ["thank_you_email", "Dear Ms Okafor,"]

    @pytest.mark.parametrize("damaged", [*DAMAGED, STORY])
    def test_the_interview(self, visits: Visits, damaged: str) -> None:
        visits.store.set_item("interview", damaged)
        view = visits.again(my_interview)
        assert (view.form.entries.job, view.notice.value, visits.store.item("interview")) == ("", "", damaged)
        view.form.fields["job"].text = "clerk"
        assert entries_from_json(visits.store.item("interview")) == view.form.entries


class TestMeanwhile:
    """What is done on a page before its browser has reported is not lost to what it reports then."""

    @staticmethod
    def page(**items: str) -> Tab:
        """The store of such a page, in a browser that keeps these items."""
        tab = Tab(
            LocalStorage({f"etiquette:{name.replace('_', '-')}": text for name, text in items.items()}), ready=False
        )
        set_environment(Here(tab))
        return tab

    def test_a_story_that_has_begun_goes_on(self) -> None:
        tab = self.page(story_room_tone=TestDamaged.STORY)
        player = play("room-tone")
        buttons(player.choices)[1].click()
        run = player.run
        tab.drawn()
        assert (player.run, player.showing) == (run, "feedback")
        assert Tab(tab.storage).drawn().items == tab.items == tab.storage.kept
        assert tab.item("story-room-tone") != TestDamaged.STORY

    def test_a_quiz_that_has_begun_goes_on(self) -> None:
        tab = self.page(quiz=TestDamaged.QUIZ)
        begin(view := QuizView(), Mode.GRADED)
        view.choices.click("0")
        tab.drawn()
        assert view.showing == "sureness"
        view.sure.click("GUESS")
        assert view.sitting is not None
        kept = resume_point_from_json(tab.storage.kept["quiz"], {}, {ARTICLE.id: ARTICLE})
        assert kept == QuizPoint(view.sitting)

    def test_a_draft_stays_as_it_was_typed(self) -> None:
        tab = self.page(draft='["voicemail", "last week"]')
        (view := DraftView()).field.value = "now"
        assert (tab.drawn().storage.kept["draft"], view.field.value) == ('["thank_you_email", "now"]', "now")

    def test_the_interview_stays_as_it_was_typed(self) -> None:
        tab = self.page(interview=entries_to_json(TYPED))
        (view := my_interview()).form.fields["job"].text = "baker"
        tab.drawn()
        assert entries_from_json(tab.storage.kept["interview"]) == view.form.entries
        assert view.form.fields["job"].text == "baker"


def test_nothing_is_recorded_before_anything_was_done(visits: Visits) -> None:
    for make in (the_quiet_week, QuizView, ask, DraftView, my_interview):
        visits.again(make)
        assert (visits.store.items, visits.store.progress) == ({}, Progress())
