"""The view of progress: what is done and what comes next, saved, loaded and deleted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from etiquette.practice import (
    Activity,
    Judged,
    Learned,
    NextStep,
    Played,
    Progress,
    ProgressFolder,
    QuizTaken,
    Topic,
    lessons,
)
from etiquette.stories import library
from etiquette.views.controls import Announcer, ProgressStore
from etiquette.views.page.progress_cell import ProgressCell
from etiquette.views.page.progress_view import ProgressView
from tests.builders import days
from tests.views.drawn import NASTY, Text
from tests.views.tab import LocalStorage, Tab, reopened

LIBRARY = library()
MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
PLAYED = Played(MONDAY, "room-tone", 80)


def view(progress_store: ProgressStore, now: datetime = MONDAY, lessons: dict[str, str] | None = None) -> ProgressView:
    """The view of the progress in this store."""
    return ProgressView(progress_store, LIBRARY, Announcer(), lambda step: None, lessons or {}, clock=lambda: now)


def test_a_saved_file_can_be_loaded_again() -> None:
    tab = Tab(LocalStorage()).drawn()
    tab.keep(tab.progress.after(PLAYED))
    tab.save()
    tab.forget(MONDAY + days(1))
    shown = view(tab)
    shown.upload.on_file(tab.saved)
    assert tab.progress.best == {"room-tone": 80}
    assert "Loaded 1 new entry. What you had before is still here." in shown.answer.value
    shown.upload.on_file(tab.saved)
    assert "Everything in this file is already here." in shown.answer.value
    assert reopened(tab.storage).best == {"room-tone": 80}


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
    tab = Tab(LocalStorage()).drawn()
    tab.keep(tab.progress.after(PLAYED))
    before, shown = dict(tab.storage), view(tab)
    shown.upload._handle_custom_msg({"text": foreign}, [])
    assert reason in shown.answer.value
    assert (tab.progress.best, tab.storage) == ({"room-tone": 80}, before)


def test_the_view_shows_where_to_begin_what_is_done_and_what_comes_back() -> None:
    tab = Tab(LocalStorage()).drawn()
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
    tab = Tab(LocalStorage()).drawn()
    tab.keep(Progress().after(*played))
    assert "Now take a graded quiz." in view(tab).next.value
    tab.keep(tab.progress.after(QuizTaken(MONDAY, "1", 10, "graded", 90), *done))
    shown = view(tab)
    assert sentence in shown.next.value
    assert isinstance(shown.offer, NextStep)
    assert (shown.go.layout.display == "none") == (shown.offer.activity is Activity.REST)


def test_forgetting_needs_a_confirmation() -> None:
    tab = Tab(LocalStorage()).drawn()
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


def test_forgetting_deletes_what_is_unfinished_and_nothing_else() -> None:
    """The learner's own interview is deleted where they entered it."""
    tab = Tab(LocalStorage()).drawn()
    left = {"interview": "typed", "own_words-voicemail": "typed", "seat": "a key"}
    for name in ("story-room-tone", "quiz", "quiz-calling-3", "draft", "draft-voicemail", *left):
        tab.set_item(name, left.get(name, "unfinished"))
    view(tab).sure.click()
    assert tab.items == tab.storage.kept == left


def test_a_failure_while_a_file_is_loaded_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    shown = view(Tab(LocalStorage()).drawn())
    shown.upload._handle_custom_msg({"else": 1}, [])
    assert shown.notice.value == ""
    shown.upload.on_file = lambda text: [][0]
    shown.upload._handle_custom_msg({"text": ""}, [])
    assert "Something went wrong" in shown.notice.value
    assert "could not be taken" in caplog.text


def test_nothing_from_a_file_is_treated_as_markup(tmp_path: Path) -> None:
    """Neither the names in records, nor a folder's name, nor the title of a lesson."""
    tab = ProgressStore(ProgressFolder(tmp_path / NASTY.replace("/", "")))
    tab.keep(Progress().reviewed(Topic("no such guideline", "no such kind"), MONDAY, right=False))
    shown = view(tab, MONDAY + days(2), lessons={"nasty": NASTY})
    drawn = [each.value for each in shown.children if hasattr(each, "value")]
    assert not any("img" in Text(markup).elements for markup in drawn)
    assert "no such guideline: no such kind" in shown.board.value


class TestCell:
    """`progress()`, in a notebook."""

    @pytest.mark.parametrize(
        ("done", "opened"),
        [
            (Progress(), "LessonView"),
            (Progress().after(*(Learned(MONDAY, name) for name in lessons())), "Player"),
            (Progress().reviewed(Topic("calling", "call"), MONDAY, right=False), "Reviewer"),
        ],
    )
    def test_what_comes_next_opens_below_it_and_replaces_what_was_there(self, done: Progress, opened: str) -> None:
        cell = ProgressCell(clock=lambda: MONDAY + days(2))
        cell.progress_store.keep(done)
        cell.progress_view.go.click()
        (first,) = cell.stage.children
        cell.progress_view.go.click()
        (second,) = cell.stage.children
        assert (type(first).__name__, first.closed, second.closed) == (opened, True, False)
        cell.close()
        assert second.closed

    def test_a_lesson_in_it_has_no_link_to_a_page_that_is_not_there(self) -> None:
        cell = ProgressCell(clock=lambda: MONDAY)
        cell.progress_view.go.click()
        (lesson,) = cell.stage.children
        cell.progress_store.keep(Progress().after(Learned(MONDAY, lesson.lesson.id)))
        assert lesson.onward.layout.display == "none"
