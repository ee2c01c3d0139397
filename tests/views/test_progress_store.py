"""The progress store without a browser: progress and items are kept in a folder or in a tab, and none is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from ipywidgets import HTML, Widget

from etiquette.practice import Outcome, Played, Progress, ProgressFolder, QuizTaken
from etiquette.views import (
    App,
    DraftView,
    FollowUp,
    KernelEnvironment,
    ProgressStore,
    ask,
    compose,
    finish,
    play,
    progress,
)
from etiquette.views.controls import Announcer, View
from etiquette.views.controls.progress_store import LONGEST_ITEM, MOST_ITEMS, NOT_KEPT, NOT_READ, PLATFORM_TROUBLE
from etiquette.views.page.progress_view import ProgressView
from tests.builders import days
from tests.views.tab import PROGRESS, LocalStorage, PlatformTab, Tab, reopened

MONDAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
PLAYED = Played(MONDAY, "room-tone", 80)


def written(view: View) -> str:
    """All that is written in a view."""

    def texts(widget: Widget) -> Iterator[str]:
        if isinstance(widget, HTML):
            yield widget.value
        for child in getattr(widget, "children", ()):
            yield from texts(child)

    return " ".join(texts(view))


# In the browser


def test_the_browser_keeps_progress_over_a_reload_even_if_it_was_made_before_the_page_was_drawn() -> None:
    storage = LocalStorage()
    Tab(storage).keep(Progress().after(PLAYED))
    early = Tab(storage, ready=False)
    early.keep(Progress().after(Played(MONDAY, "the-quiet-week", 70)))
    assert early.drawn().progress == reopened(storage)
    assert reopened(storage).best == {"room-tone": 80, "the-quiet-week": 70}


@given(some.lists(some.tuples(some.integers(0, 2), some.sampled_from(["play", "open", "tell"])), max_size=20))
def test_tabs_lose_nothing_in_whatever_order_they_act(turns: list[tuple[int, str]]) -> None:
    storage = LocalStorage()
    tabs = [Tab(storage).drawn() for _ in range(3)]
    done = set()
    for minute, (number, turn) in enumerate(turns):
        tab = tabs[number]
        if turn == "play":
            done.add(played := Played(MONDAY + timedelta(minutes=minute), f"in-tab-{number}", minute))
            tab.keep(tab.progress.after(played))
        elif turn == "open":
            tabs[number] = Tab(storage).drawn()
        else:
            tab.hear()
    assert reopened(storage).records == done


def test_a_tab_receives_what_was_done_in_another_and_forgetting_empties_both() -> None:
    storage = LocalStorage()
    here, there = Tab(storage).drawn(), Tab(storage).drawn()
    here.keep(here.progress.after(PLAYED))
    assert there.hear().progress.best == {"room-tone": 80}
    here.forget(MONDAY + days(1))
    assert "room-tone" not in "".join(storage.values())
    assert there.hear().progress.records == frozenset()
    there.keep(there.progress.after(Played(MONDAY + days(2), "the-quiet-week", 70)))
    assert reopened(storage).best == {"the-quiet-week": 70}


@pytest.mark.parametrize("damage", ["", "{}", '{"format": "etiquette progress", "version": 99}'])
def test_an_unreadable_entry_is_left_alone_and_an_unknown_message_ignored(damage: str) -> None:
    storage = LocalStorage({PROGRESS + "damaged": damage})
    tab = Tab(storage).drawn()
    assert tab.trouble == NOT_READ
    for message in ({}, {"found": 3}, {"found": None}, {"else": 1}):
        tab.receive(**message)
    tab.keep(tab.progress.after(PLAYED))
    assert tab.trouble == NOT_READ
    assert storage.found["damaged"] == damage
    assert reopened(storage).best == {"room-tone": 80}
    tab.forget(MONDAY + days(1))
    assert "damaged" not in storage.found
    assert tab.trouble == ""


def test_a_browser_that_keeps_nothing_is_reported_and_no_progress_is_lost() -> None:
    tab = Tab(LocalStorage(), full=True)
    app = App(progress_store=tab.drawn())
    assert app.trouble is not None
    assert app.trouble.value == ""
    tab.keep(tab.progress.after(PLAYED))
    assert tab.trouble == NOT_KEPT
    assert NOT_KEPT in app.trouble.value
    assert 'role="alert"' in app.trouble.value
    assert tab.progress.best == {"room-tone": 80}
    tab.full = False
    tab.keep(tab.progress.after(Played(MONDAY, "the-quiet-week", 70)))
    assert tab.trouble == app.trouble.value == ""
    assert reopened(tab.storage).best == {"room-tone": 80, "the-quiet-week": 70}


# On a learning platform


def sat(grade: int, day: float = 0) -> QuizTaken:
    """A graded quiz."""
    return QuizTaken(MONDAY + days(day), "5eed", 10, "graded", grade)


def test_a_platform_keeps_one_entry_however_often_progress_is_made() -> None:
    storage = LocalStorage()
    tab = PlatformTab(storage)
    tab.keep(Progress().after(PLAYED))
    tab.drawn()
    for day in range(5):
        tab.keep(tab.progress.after(sat(60 + day, day)))
    assert len(storage.found) == 1
    assert PlatformTab(storage).drawn().progress == tab.progress
    tab.forget(MONDAY + days(9))
    assert len(storage.found) == 1
    assert PlatformTab(storage).drawn().progress == Progress(began=MONDAY + days(9))


def test_nothing_is_written_for_somebody_who_has_done_nothing() -> None:
    storage = LocalStorage()
    PlatformTab(storage).drawn()
    assert storage == {}


def test_a_platform_with_little_room_keeps_the_grades_and_the_page_all_of_it() -> None:
    storage = LocalStorage()
    tab = PlatformTab(storage, room=1_000).drawn()
    plays = [Played(MONDAY + timedelta(minutes=n, microseconds=n * n), "room-tone", 90 - n % 60) for n in range(300)]
    tab.keep(Progress().after(*plays, sat(85)))
    assert tab.progress.attempts["room-tone"] == 300
    kept = PlatformTab(storage).drawn().progress
    assert 1 < kept.attempts["room-tone"] < 300
    assert (kept.best, Outcome.of(kept)) == (tab.progress.best, Outcome(85))


def test_the_platform_is_told_the_outcome_at_once_and_whenever_it_changes() -> None:
    tab = PlatformTab(LocalStorage()).drawn()
    assert tab.outcomes == [{"grade": None, "complete": False, "passed": None}]
    for done in (PLAYED, sat(60), sat(50, day=1), sat(80, day=2)):
        tab.keep(tab.progress.after(done))
    assert tab.outcomes[1:] == [
        {"grade": 60, "complete": True, "passed": False},
        {"grade": 80, "complete": True, "passed": True},
    ]


def test_an_entry_that_cannot_be_read_stays_on_the_platform_too() -> None:
    storage = LocalStorage({PROGRESS + "damaged": "{}"})
    tab = PlatformTab(storage).drawn()
    tab.keep(Progress().after(PLAYED))
    assert tab.trouble == NOT_READ
    assert storage.found["damaged"] == "{}"
    assert len(storage.found) == 2


@pytest.mark.parametrize("fault", ["full", "unsaved"])
def test_the_learner_reads_what_a_platform_does_not_keep_until_it_does(fault: str) -> None:
    tab = PlatformTab(LocalStorage()).drawn()
    troubles: list[str] = []
    tab.observe(lambda change: troubles.append(change.new), "trouble")
    tab.fault = fault
    tab.receive(found={}, **tab.told)
    tab.keep(Progress().after(PLAYED))
    tab.fault = ""
    tab.receive(found={}, **tab.told)
    assert troubles == [PLATFORM_TROUBLE[fault], ""]


def test_the_page_says_that_the_platform_keeps_what_is_done_and_typed() -> None:
    tab = PlatformTab(LocalStorage())
    here = ProgressView(tab, {}, Announcer(), lambda _: None, {}, clock=lambda: MONDAY)
    views = here, DraftView(progress_store=tab), FollowUp(progress_store=tab)
    assert all("this browser" in written(view) for view in views)
    tab.drawn()
    assert all("learning platform that opened this page" in written(view) for view in views)
    assert not any("this browser" in written(view) for view in views)


# In a file


def test_notebooks_keep_progress_in_their_users_file_and_see_each_others(tmp_path: Path) -> None:
    here, there = (ProgressStore(ProgressFolder(tmp_path)) for _ in range(2))
    here.keep(here.progress.after(PLAYED))
    there.keep(there.progress.after(Played(MONDAY, "the-quiet-week", 70)))
    assert there.progress.best == {"room-tone": 80, "the-quiet-week": 70}
    here.refresh()
    assert here.progress == there.progress


def test_a_damaged_file_is_reported_and_no_progress_is_lost(tmp_path: Path) -> None:
    folder = ProgressFolder(tmp_path)
    folder.file.write_text("dear diary", encoding="utf-8")
    progress_store = ProgressStore(folder)
    progress_store.keep(progress_store.progress.after(PLAYED))
    assert "was left as it is" in progress_store.trouble
    assert progress_store.progress.best == {"room-tone": 80}
    folder.file.unlink()
    progress_store.keep(progress_store.progress)
    assert progress_store.trouble == ""
    assert ProgressStore(folder).progress.best == {"room-tone": 80}


def test_progress_that_could_not_be_written_is_written_as_soon_as_it_can_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way", encoding="utf-8")
    store = ProgressStore(ProgressFolder(tmp_path / "data"))
    store.keep(store.progress.after(PLAYED))
    store.set_item("draft", "typed")
    (tmp_path / "data").unlink()
    store.refresh()
    again = ProgressStore(ProgressFolder(tmp_path / "data"))
    assert (store.trouble, again.progress, again.items) == ("", store.progress, {"draft": "typed"})


def test_an_item_that_cannot_be_written_is_said_although_progress_can_be(tmp_path: Path) -> None:
    (tmp_path / "draft.json").mkdir()
    store = ProgressStore(ProgressFolder(tmp_path))
    store.set_item("draft", "typed")
    store.keep(store.progress.after(PLAYED))
    assert "draft.json cannot be written" in store.trouble
    (tmp_path / "draft.json").rmdir()
    store.keep(store.progress)
    assert (store.trouble, ProgressStore(ProgressFolder(tmp_path)).items) == ("", {"draft": "typed"})


@pytest.mark.parametrize(
    "show",
    [
        App,
        FollowUp,
        progress,
        lambda: play("room-tone"),
        lambda: ask("calling"),
        lambda: compose("voicemail"),
        lambda: finish("calling"),
    ],
)
def test_every_view_in_a_notebook_says_what_cannot_be_kept(show: Callable[[], View]) -> None:
    view = show()
    view.progress_store.trouble = "<full>"
    assert "&lt;full&gt;" in written(view)
    assert "&lt;full&gt;" in written(again := show())
    view.progress_store.trouble = ""
    assert "&lt;full&gt;" not in written(again)


@pytest.mark.parametrize(("name", "value"), [("SERVER_SOFTWARE", "voila/0.5.11"), ("VOILA_PREHEAT", "True")])
def test_a_hosted_page_writes_nothing_on_the_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    assert not KernelEnvironment().progress_store.in_browser
    monkeypatch.setenv(name, value)
    app = App()
    assert app.progress_store.in_browser
    app.progress_store.keep(Progress().after(PLAYED))
    app.progress_store.set_item("draft", "typed")
    assert list(tmp_path.iterdir()) == []


class TestItems:
    """Texts by name, kept beside the progress."""

    def test_a_browser_brings_them_back(self) -> None:
        storage = LocalStorage({"etiquette:draft": "typed last week"})
        assert Tab(storage).drawn().items == {"draft": "typed last week"}

    def test_what_is_set_before_the_browser_listens_is_kept_too(self) -> None:
        storage = LocalStorage({"etiquette:draft": "typed last week", "etiquette:quiz": "begun last week"})
        tab = Tab(storage, ready=False)
        tab.set_item("draft", "typed now")
        tab.set_item("story-room-tone", "begun now")
        kept = {"draft": "typed now", "quiz": "begun last week", "story-room-tone": "begun now"}
        assert tab.drawn().items == storage.kept == kept

    def test_what_is_removed_before_the_browser_listens_stays_removed(self) -> None:
        storage = LocalStorage({"etiquette:draft": "typed last week"})
        tab = Tab(storage, ready=False)
        tab.set_item("draft", "")
        assert tab.drawn().items == storage.kept == {}

    def test_another_tab_hears_of_every_change(self) -> None:
        here, there = Tab(storage := LocalStorage()).drawn(), Tab(storage).drawn()
        here.set_item("draft", "typed")
        assert there.hear().items == {"draft": "typed"}
        there.set_item("draft", "")
        assert here.hear().items == {}

    def test_a_folder_brings_them_back_until_they_are_removed(self, tmp_path: Path) -> None:
        folder = ProgressFolder(tmp_path / "new")
        store = ProgressStore(folder)
        store.set_item("draft", "typed")
        assert store.item_file("draft") == folder.item_file("draft")
        assert ProgressStore(folder).items == {"draft": "typed"}
        store.set_item("draft", "")
        assert (ProgressStore(folder).items, folder.item_file("draft").exists()) == ({}, False)

    def test_what_cannot_be_written_is_said_and_not_lost_while_the_page_is_open(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("in the way", encoding="utf-8")
        store = ProgressStore(ProgressFolder(tmp_path / "data"))
        store.set_item("draft", "typed")
        assert "draft.json cannot be written" in store.trouble
        store.refresh()
        assert store.item("draft") == "typed"
        (tmp_path / "data").unlink()
        store.refresh()
        assert ProgressStore(ProgressFolder(tmp_path / "data")).item("draft") == "typed"

    def test_a_browser_that_is_full_still_removes_them(self) -> None:
        tab = Tab(LocalStorage({"etiquette:draft": "typed"}), full=True).drawn()
        tab.set_item("quiz", "begun")
        assert (tab.trouble, tab.item("quiz")) == (NOT_KEPT, "begun")
        tab.set_item("draft", "")
        assert tab.storage.kept == {}

    def test_a_text_that_is_far_too_long_is_not_kept(self) -> None:
        tab = Tab(LocalStorage()).drawn()
        tab.set_item("draft", "typed")
        tab.set_item("draft", "x" * (LONGEST_ITEM + 1))
        assert tab.storage.kept == tab.items == {"draft": "typed"}

    def test_a_browser_cannot_fill_the_memory_of_the_server(self) -> None:
        """Whatever it sends: other people use this server too."""
        tab = Tab(LocalStorage(), ready=False)
        tab.receive(found={}, items={"draft": "x" * (LONGEST_ITEM + 1), "quiz": 3, "seat": "a key"})
        assert tab.items == {"seat": "a key"}
        tab.receive(item="draft", text="x" * (LONGEST_ITEM + 1))
        for number in range(2 * MOST_ITEMS):
            tab.receive(item=f"draft-{number}", text="typed")
        assert len(tab.items) == MOST_ITEMS
        tab.receive(found={}, items={f"draft-{number}": "typed" for number in range(2 * MOST_ITEMS)})
        assert len(tab.items) == MOST_ITEMS
